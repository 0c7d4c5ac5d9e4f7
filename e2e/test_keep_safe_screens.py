"""Each step of keeping a diary safe: sound for a screen reader, never wider than a small phone in large text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from e2e.accessibility import assert_no_axe_violations, assert_no_sideways_scroll
from e2e.authenticator import Authenticator
from e2e.kept_safe import (
    begins_a_diary,
    comes_to_another_phone,
    reads_the_code,
    shows_the_code_is_on_paper,
    uses_the_code,
)

if TYPE_CHECKING:
    from e2e.fixtures import MakePerson
    from e2e.person import Person

WAYS = ":is(.top-bar a, button, a.button):visible"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_step_of_keeping_it_safe_is_sound(make_person: MakePerson, *, dark: bool) -> None:
    person = make_person(dark=dark, still=True)
    person.opens("/")
    person.sees("welcome.already")
    person.taps("welcome.already")
    is_sound(person)
    person.opens("/")
    person.taps("welcome.start")
    Authenticator(person.phone)
    person.taps("keep-safe.title")
    is_sound(person)
    person.taps("consent.yes")
    is_sound(person)
    person.taps("way-in.make-passkey")
    groups = reads_the_code(person)
    is_sound(person)
    person.taps("code.have-it")
    person.taps("ask-back.done")
    is_sound(person)
    person.taps("ask-back.show-again")
    shows_the_code_is_on_paper(person, groups)
    person.sees("kept.passkey-opens")
    is_sound(person)
    person.taps("kept.phones")
    person.sees("phones.none-other")
    is_sound(person)
    person.opens("/keep-safe/sign-out")
    person.sees("sign-out.why")
    is_sound(person)
    person.opens("/keep-safe/take-back")
    person.sees("take-back.stays")
    is_sound(person)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_step_of_changing_what_opens_it_is_sound(make_person: MakePerson, *, dark: bool) -> None:
    person = make_person(dark=dark, still=True)
    begins_a_diary(person)
    _, code = comes_to_another_phone(person, make_person)
    person.opens("/keep-safe/phones")
    person.taps("phones.sign-out-of")
    person.taps("phones.lost")
    person.sees("phones.mislead")
    is_sound(person)
    uses_the_code(person, code)
    person.sees("phones.none-other")
    person.opens("/keep-safe/code")
    person.sees("new-code.old")
    is_sound(person)
    person.taps("show-who.passkey")
    groups = reads_the_code(person)
    is_sound(person)
    shows_the_code_is_on_paper(person, groups)
    person.sees("new-code.keep-both")
    is_sound(person)
    person.taps("new-code.another")
    is_sound(person)
    person.opens("/keep-safe/passkey")
    person.sees("add-passkey.who")
    is_sound(person)
    person.taps("show-who.passkey")
    person.sees("way-in.make-passkey")
    is_sound(person)


def is_sound(person: Person) -> None:
    """Look at the screen as it is, and on a small phone in text twice as large."""
    person.page.get_by_role("heading", level=1).wait_for()
    names = person.page.locator(WAYS).all_inner_texts()
    assert sorted(set(names)) == sorted(names), "Two ways from here have one name."
    assert_no_axe_violations(person.page)
    person.phone.is_as_wide_as(320, 640)
    assert_no_sideways_scroll(person.page)
    person.phone.has_text(twice_as_large=True)
    assert_no_sideways_scroll(person.page)
    person.phone.has_text(twice_as_large=False)
    person.phone.is_as_wide_as(360, 740)
