"""A diary that is kept safe, opened on a second phone; and how it goes on on both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from e2e.kept_safe import (
    NOTE,
    begins_a_diary,
    brings_it_here,
    keeps_a_note_safe,
    keeps_it_safe,
    signs_out,
    uses_the_code,
    writes,
)
from e2e.ways import by_touch_and_by_keyboard

if TYPE_CHECKING:
    from e2e.fixtures import MakePerson
    from e2e.person import Person

LATER = "Potted up the seedlings, sitting"


@by_touch_and_by_keyboard
def test_the_code_opens_the_diary_on_a_second_phone_and_both_go_on(
    already_has_a_diary: Person, make_person: MakePerson
) -> None:
    person = already_has_a_diary
    code = keeps_a_note_safe(person)

    second = make_person()
    brings_it_here(second, code.lower().replace("-", " "))
    second.sees_text_once(NOTE)
    second.sees("lives.backed-up")
    writes(second, LATER)
    second.sees("lives.backed-up")

    person.opens("/")
    person.sees_text_once(LATER)
    person.sees_text_once(NOTE)


@by_touch_and_by_keyboard
def test_a_passkey_alone_brings_the_diary_back_to_a_phone_that_has_nothing_of_it(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    keeps_it_safe(person)
    writes(person, NOTE)
    signs_out(person)
    person.taps("welcome.already")
    person.taps("show-who.passkey")
    person.sees_text_once(NOTE)
    person.sees("lives.backed-up")
    person.opens("/keep-safe")
    person.sees("kept.passkey-opens")


def test_a_passkey_without_a_secret_asks_for_the_code_and_shows_nothing_before_it(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    code = keeps_it_safe(person, has_prf=False)
    writes(person, NOTE)
    signs_out(person)
    person.taps("welcome.already")
    person.taps("show-who.passkey")
    person.sees("sign-in.needs-code")
    person.does_not_see("show-who.passkey")
    person.does_not_see_text(NOTE)
    uses_the_code(person, code)
    person.sees_text_once(NOTE)


@by_touch_and_by_keyboard
def test_a_diary_that_was_begun_here_and_the_one_that_is_kept_safe_become_one(
    already_has_a_diary: Person, make_person: MakePerson
) -> None:
    person = already_has_a_diary
    code = keeps_a_note_safe(person)
    second = make_person()
    begins_a_diary(second)
    writes(second, LATER)
    second.opens("/")
    second.taps("keep-safe.title")
    second.taps("consent.already")
    second.sees("sign-in.begun-joined")
    uses_the_code(second, code)
    second.sees("sign-in.is-it-yours")
    second.sees("sign-in.for-good")
    second.does_not_see("show-who.use-code")
    second.taps("sign-in.leave-apart")
    second.sees_written("show-who.code", code)
    second.does_not_see("sign-in.is-it-yours")
    second.opens("/")
    second.sees_text_once(LATER)
    second.does_not_see_text(NOTE)
    second.opens("/sign-in")
    uses_the_code(second, code)
    second.taps("sign-in.join")
    second.sees_text_once(NOTE)
    second.sees_text_once(LATER)
    second.sees("lives.backed-up")
    second.opens("/sign-in")
    second.sees("sign-in.kept-already")

    person.opens("/")
    person.sees_text_once(NOTE)
    person.sees_text_once(LATER)
    third = make_person()
    brings_it_here(third, code)
    third.sees_text_once(LATER)
