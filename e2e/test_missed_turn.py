"""The site lost its copy, and the phone that keeps it safe anew had missed a new key: the other joins it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from e2e.ceremony import waits_until_the_phone_is_named
from e2e.kept_safe import (
    NOTE,
    brings_it_here,
    comes_to_another_phone,
    makes_a_code_alone,
    signs_out,
    uses_the_code,
    waits_until_backed_up,
    writes,
)
from e2e.test_phones_listed import some_minutes_later

if TYPE_CHECKING:
    from e2e.fixtures import MakePerson
    from e2e.person import Person
    from e2e.server import Server
    from e2e.witness import Witness

UNDER_THE_NEW_KEY, MEANWHILE = "Listened to rain on the roof", "Sorted the button box"


def test_a_phone_that_missed_a_new_key_keeps_it_safe_anew_and_the_other_joins_with_nothing_lost(
    already_has_a_diary: Person, make_person: MakePerson, own_server: Server, witness: Witness
) -> None:
    # Signed out, and a code that opens nothing any more.
    witness.expects("status of 40[014]")
    person = already_has_a_diary
    second, old = comes_to_another_phone(person, make_person)
    second.closes_the_app()
    third = make_person()
    brings_it_here(third, old)
    third.sees("lives.backed-up")
    # Its own key is in the roll once the site's list has its name: what it leaves behind below.
    waits_until_the_phone_is_named(third.page)
    third.phone.context.route("**/api/v1/account", some_minutes_later)
    signs_out(third)
    person.opens("/keep-safe/phones")
    person.taps("phones.sign-out-for-good-of")
    person.taps("show-who.passkey")
    person.sees("phones.signed-out")
    writes(person, UNDER_THE_NEW_KEY)
    person.sees("lives.backed-up")

    own_server.loses_its_database()
    writes(second, MEANWHILE)
    second.opens("/keep-safe")
    uses_the_code(second, old)
    second.taps("kept.begin-anew")
    second.taps("consent.yes")
    code = makes_a_code_alone(second)
    waits_until_backed_up(second)
    second.opens("/")
    second.does_not_see_text(UNDER_THE_NEW_KEY)

    person.opens("/keep-safe")
    person.sees("needs.signed-out")
    uses_the_code(person, code)
    person.sees("lives.backed-up")
    fourth = make_person()
    brings_it_here(fourth, code)
    for each in (person, second, fourth):
        each.opens("/diary")
        for note in (NOTE, UNDER_THE_NEW_KEY, MEANWHILE):
            each.sees_text_once(note)
