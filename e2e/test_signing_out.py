"""Signed out, by oneself or from another phone: what stays, what goes, and how it goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from e2e.kept_safe import (
    NOTE,
    brings_it_here,
    comes_to_another_phone,
    is_signed_out_unasked,
    keeps_it_safe,
    signs_out,
    takes_the_yes_back,
    uses_the_code,
    writes,
)

if TYPE_CHECKING:
    from e2e.connection import Network
    from e2e.fixtures import MakePerson
    from e2e.person import Person
    from e2e.witness import Witness

LATER = "Potted up the seedlings, sitting"


def test_a_phone_that_was_signed_out_keeps_what_it_has_and_goes_on_once_its_person_is_known(
    already_has_a_diary: Person, make_person: MakePerson, witness: Witness
) -> None:
    # Signed out, and then with another cookie than before: the browser says so of each request.
    witness.expects("status of 40[01]")
    person = already_has_a_diary
    second, code = comes_to_another_phone(person, make_person)

    person.opens("/keep-safe/phones")
    person.sees("phones.this")
    person.taps("phones.sign-out-of")
    person.taps("show-who.passkey")
    person.sees("phones.signed-out")
    person.sees("phones.none-other")

    writes(second, LATER)
    second.sees("lives.needs-you")
    second.sees_text_once(NOTE)
    second.taps("lives.see")
    second.sees("needs.signed-out")
    uses_the_code(second, code)
    second.sees("lives.backed-up")
    second.sees("kept.passkey-opens")
    person.opens("/")
    person.sees_text_once(LATER)


def test_signing_out_sends_what_waits_first_takes_all_off_the_phone_and_the_code_brings_it_back(
    already_has_a_diary: Person,
) -> None:
    person = already_has_a_diary
    code = keeps_it_safe(person)
    writes(person, NOTE)
    signs_out(person)
    person.reloads()
    person.sees("welcome.start")
    person.does_not_see_text(NOTE)
    brings_it_here(person, code)


def test_what_would_be_lost_at_signing_out_is_named_and_can_be_saved(
    already_has_a_diary: Person, network: Network
) -> None:
    person = already_has_a_diary
    keeps_it_safe(person)
    person.phone.waits_until_the_app_is_kept()
    network.offline()
    writes(person, NOTE)
    person.opens("/keep-safe/sign-out")
    person.taps("sign-out.do")
    person.sees("sign-out.waiting", count=1)
    person.sees_text_once(NOTE)
    person.opens("/")
    person.sees_text_once(NOTE)
    person.opens("/keep-safe/sign-out")
    person.taps("sign-out.do")
    person.taps("consent.or-a-file")
    person.sees("take-with-me.save")
    person.opens("/keep-safe/sign-out")
    person.taps("sign-out.do")
    person.taps("sign-out.all-the-same")
    person.sees("welcome.start")
    person.does_not_see_text(NOTE)


def test_what_was_begun_is_not_thrown_away_unasked(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    keeps_it_safe(person)
    person.opens("/check-in")
    person.writes("check-in.note", NOTE)
    person.opens("/")
    person.sees("lives.backed-up")
    person.opens("/keep-safe/sign-out")
    person.sees("sign-out.begun")
    person.taps("sign-out.do")
    person.sees("sign-out.begun-lost")
    person.opens("/check-in")
    person.sees_written("check-in.note", NOTE)
    person.taps("check-in.keep")
    person.sees("lives.backed-up")
    signs_out(person)


def test_where_the_copy_was_erased_signing_out_says_that_all_would_be_gone(
    already_has_a_diary: Person, make_person: MakePerson, witness: Witness
) -> None:
    # The account is gone, and the other phone is told.
    witness.expects("status of 410")
    person = already_has_a_diary
    second, _ = comes_to_another_phone(person, make_person)
    takes_the_yes_back(person)
    second.opens("/")
    second.sees("lives.needs-you")
    second.opens("/keep-safe/sign-out")
    second.sees("sign-out.gone")
    second.does_not_see("sign-out.back")
    second.taps("consent.or-a-file")
    second.sees("take-with-me.save")
    second.opens("/keep-safe")
    second.sees("needs.account-deleted")
    for untrue in ("kept.code-yes", "kept.passkey-opens"):
        second.does_not_see(untrue)
    second.taps("kept.begin-anew")
    second.sees("consent.ask")
    second.opens("/")
    second.sees_text_once(NOTE)


def test_a_phone_that_was_signed_out_is_led_to_showing_who_it_is(
    already_has_a_diary: Person, make_person: MakePerson, witness: Witness
) -> None:
    # Signed out, and then with another cookie than before.
    witness.expects("status of 40[01]")
    person = already_has_a_diary
    second, code = comes_to_another_phone(person, make_person)
    is_signed_out_unasked(second, LATER)
    second.opens("/")
    second.sees("lives.needs-you")
    second.opens("/keep-safe/phones")
    second.sees("account-trouble.signed-out")
    second.opens("/keep-safe/sign-out")
    second.sees("sign-out.unknown")
    second.taps("sign-out.show-who")
    uses_the_code(second, code)
    second.sees("lives.backed-up")
    second.opens("/")
    second.sees_text_once(LATER)


def test_a_site_that_never_answers_keeps_nobody_from_signing_out(already_has_a_diary: Person, witness: Witness) -> None:
    # What was under way is given up.
    witness.expects("net::ERR_(ABORTED|FAILED)")
    person = already_has_a_diary
    keeps_it_safe(person)
    person.phone.context.route("**/api/v1/**", lambda _: None)
    writes(person, NOTE)
    person.opens("/keep-safe/sign-out")
    person.taps("sign-out.do")
    person.sees("sign-out.waiting", count=1)
    person.taps("sign-out.all-the-same")
    person.sees("welcome.start")
    person.does_not_see_text(NOTE)
