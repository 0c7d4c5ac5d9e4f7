"""Browsers without passkeys: the code alone signs up, signs in, signs a phone out and erases the site's copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from e2e.authenticator import has_no_passkeys
from e2e.kept_safe import (
    NOTE,
    brings_it_here,
    reads_the_code,
    shows_the_code_is_on_paper,
    waits_until_backed_up,
    writes,
)
from e2e.test_another_phone_signed_out import signs_the_other_out

if TYPE_CHECKING:
    from e2e.fixtures import MakePerson
    from e2e.person import Person
    from e2e.witness import Witness

LATER = "Potted up the seedlings, sitting"


def test_the_code_alone_does_all_that_a_passkey_does(make_person: MakePerson, witness: Witness) -> None:
    # What the phone meets that was signed out, and then that its account is gone.
    witness.expects("status of (40[01]|410)")
    person, second = begins_without_passkeys(make_person), make_person()
    person.taps("welcome.start")
    person.sees("today.lives-here")
    writes(person, NOTE)
    person.opens("/")
    person.taps("keep-safe.title")
    person.taps("consent.yes")
    person.taps("way-in.make-code")
    groups = reads_the_code(person)
    code = "-".join(groups)
    kept = person.saves_a_file("code.save").read_text(encoding="utf-8")
    assert code in kept
    person.sees("code.saved")
    shows_the_code_is_on_paper(person, groups)
    person.sees("kept.passkey-none")
    waits_until_backed_up(person)

    has_no_passkeys(second.phone)
    brings_it_here(second, code)
    second.sees("lives.backed-up")
    signs_the_other_out(person, code)
    writes(second, LATER)
    second.opens("/keep-safe")
    second.sees("needs.signed-out")
    second.does_not_see("show-who.passkey")
    second.writes("show-who.code", code)
    second.taps("show-who.use-code")
    second.sees("lives.backed-up")
    person.opens("/")
    person.sees_text_once(LATER)

    person.opens("/keep-safe/take-back")
    person.does_not_see("take-back.with-passkey")
    person.writes("show-who.code", code)
    person.taps("take-back.with-code")
    person.sees("take-back.done")
    person.sees_text_once(NOTE)
    second.opens("/keep-safe")
    second.sees("needs.account-deleted")
    second.opens("/")
    second.sees_text_once(NOTE)
    second.sees_text_once(LATER)


def begins_without_passkeys(make_person: MakePerson) -> Person:
    """Open the app in a browser that has none."""
    person = make_person()
    has_no_passkeys(person.phone)
    person.opens("/")
    return person
