"""The list of phones: two of a kind told apart by names, and each that could still open the diary, signed in or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from e2e.builds import this_build
from e2e.ceremony import waits_until_the_phone_is_named
from e2e.kept_safe import brings_it_here, comes_to_another_phone, signs_out
from e2e.test_keep_safe_screens import is_sound
from e2e.two_phones import comes_to_a_second_phone, starts_a_diary

if TYPE_CHECKING:
    from playwright.sync_api import Route

    from e2e.fixtures import MakePerson
    from e2e.person import Person
    from e2e.server import Server
    from e2e.witness import Witness

TABLET = "<b>Omas & Opas Tablet 📱 ظهر"
THIS = "This phone"
BY_THE_BED = "By the bed"


def test_a_phone_is_called_the_same_on_each_and_nobody_else_learns_it(
    already_has_a_diary: Person, make_person: MakePerson
) -> None:
    person = already_has_a_diary
    second, _ = comes_to_another_phone(person, make_person)
    for each in (person, second):
        each.phone.requests.must_not_hold(BY_THE_BED, TABLET)
    person.opens("/keep-safe/phones")
    person.sees("phones.sign-out-of")
    with person.beside(THIS):
        person.taps("phones.name-of")
    person.writes("phones.called", " ")
    person.taps("phones.keep-name")
    person.sees("complaint.empty")
    person.writes("phones.called", "x" * 61)
    person.taps("phones.keep-name")
    person.sees("complaint.too-long", most=60)
    person.writes("phones.called", f"  {BY_THE_BED} ")
    person.taps("phones.keep-name")
    person.sees("phones.named", phone=BY_THE_BED)

    second.opens("/keep-safe/phones")
    second.sees("phones.sign-out-of", phone=BY_THE_BED)
    calls_this_phone(second, TABLET)
    person.opens("/keep-safe/phones")
    person.sees("phones.sign-out-of", phone=TABLET)
    # Each may be named from the other too.
    person.taps("phones.name-of", phone=TABLET)
    person.writes("phones.called", "Kitchen")
    person.taps("phones.keep-name")
    person.sees("phones.sign-out-of", phone="Kitchen")
    second.opens("/keep-safe/phones")
    second.sees_text("Kitchen")
    second.does_not_see_text(TABLET)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_phone_that_left_its_key_behind_is_listed_and_signed_out_for_good(
    make_person: MakePerson, witness: Witness, *, dark: bool
) -> None:
    # A session that is over already.
    witness.expects("status of 404")
    person = make_person(dark=dark, still=True)
    person.opens("/")
    person.taps("welcome.start")
    person.sees("today.lives-here")
    second, code = comes_to_another_phone(person, make_person)
    third = make_person()
    brings_it_here(third, code)
    third.sees("lives.backed-up")
    waits_until_the_phone_is_named(third.page)
    # It came just now: it takes its key along.
    signs_out(third)
    waits_until_the_phone_is_named(second.page)
    second.phone.context.route("**/api/v1/account", some_minutes_later)
    signs_out(second)

    person.opens("/keep-safe/phones")
    person.sees("phones.no-way-in")
    person.cannot_tap("phones.sign-out")
    is_sound(person)
    person.taps("phones.name-of")
    is_sound(person)
    person.opens("/keep-safe/phones")
    person.taps("phones.sign-out-for-good-of")
    person.sees("phones.turns")
    person.taps("show-who.passkey")
    person.sees("phones.none-other")
    person.does_not_see("phones.no-way-in")


def some_minutes_later(route: Route) -> None:
    """Answer as the site does when nobody has shown who they are for a while."""
    answer = route.fetch()
    route.fulfill(response=answer, json={**answer.json(), "proved": False})


def test_another_phone_is_named_only_by_whoever_just_showed_who_they_are(
    make_person: MakePerson, own_server: Server, witness: Witness
) -> None:
    witness.expects("status of 403")
    person = starts_a_diary(make_person)
    second = comes_to_a_second_phone(person, make_person).second
    own_server.serves(this_build(person.phone.folder), seconds_later=301)
    calls_this_phone(second, TABLET)
    person.opens("/keep-safe/phones")
    person.taps("phones.name-of", phone=TABLET)
    person.writes("phones.called", "Kitchen")
    person.taps("phones.keep-name")
    person.sees("phones.who")
    is_sound(person)
    person.taps("show-who.passkey")
    person.sees("phones.named", phone="Kitchen")
    person.sees("phones.sign-out-of", phone="Kitchen")


def calls_this_phone(person: Person, name: str) -> None:
    """Name the phone in one's hand."""
    person.opens("/keep-safe/phones")
    with person.beside(THIS):
        person.taps("phones.name-of")
    person.writes("phones.called", name)
    person.taps("phones.keep-name")
    person.sees("phones.named", phone=name)
