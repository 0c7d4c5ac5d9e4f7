"""Another phone is signed out: it gets nothing new, and the third goes on by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from e2e.kept_safe import NOTE, brings_it_here, comes_to_another_phone, uses_the_code, writes
from e2e.test_keep_safe import arrives_and_is_lost

if TYPE_CHECKING:
    from playwright.sync_api import Route

    from e2e.fixtures import MakePerson
    from e2e.person import Person
    from e2e.witness import Witness

KEPT_BACK = "Wrote this on the phone that was given away"
LATER = "Potted up the seedlings, sitting"


@pytest.mark.parametrize("way", ["passkey", "code"])
def test_a_phone_that_is_signed_out_gets_nothing_new_and_the_third_goes_on_by_itself(
    already_has_a_diary: Person, make_person: MakePerson, witness: Witness, way: str
) -> None:
    # What the phone meets that was signed out.
    witness.expects("status of 40[01]")
    person = already_has_a_diary
    second, code = comes_to_another_phone(person, make_person)

    signs_the_other_out(person, code if way == "code" else None)
    third = make_person()
    brings_it_here(third, code)
    writes(person, LATER)
    person.sees("lives.backed-up")

    writes(second, KEPT_BACK)
    second.sees("lives.needs-you")
    second.opens("/")
    second.sees_text_once(NOTE)
    second.sees_text_once(KEPT_BACK)
    second.does_not_see_text(LATER)
    second.taps("lives.see")
    second.sees("needs.signed-out")

    third.opens("/")
    third.sees_text_once(LATER)
    # Whoever shows the code comes back with all that was kept, and learns the new key.
    uses_the_code(second, code)
    second.sees("lives.backed-up")
    second.opens("/")
    second.sees_text_once(LATER)
    second.sees_text_once(KEPT_BACK)
    third.opens("/")
    third.sees_text_once(KEPT_BACK)


def test_a_sync_that_is_signed_out_in_its_middle_loses_nothing_that_was_written(
    already_has_a_diary: Person, make_person: MakePerson, witness: Witness
) -> None:
    witness.expects("status of 40[01]")
    person = already_has_a_diary
    second, code = comes_to_another_phone(person, make_person)
    # What it sends waits on its way until it was signed out.
    held: list[Route] = []
    second.phone.context.route("**/revisions", lambda route: held.append(route), times=1)  # noqa: PLW0108 — Playwright marks what it is given.
    second.opens("/check-in")
    second.writes("check-in.note", KEPT_BACK)
    with second.page.expect_request("**/revisions"):
        second.taps("check-in.keep")
    second.sees_text(KEPT_BACK)
    signs_the_other_out(person, None)
    assert held, "It was sent."
    held[0].continue_()
    second.sees("lives.needs-you")
    second.opens("/")
    second.sees_text_once(KEPT_BACK)
    second.taps("lives.see")
    second.sees("needs.signed-out")
    uses_the_code(second, code)
    second.sees("lives.backed-up")
    person.opens("/")
    person.sees_text_once(KEPT_BACK)


def test_signing_out_that_is_cut_off_says_so_and_is_finished_later(
    already_has_a_diary: Person, make_person: MakePerson, witness: Witness
) -> None:
    witness.expects("net::ERR_FAILED|status of 40[014]")
    person = already_has_a_diary
    comes_to_another_phone(person, make_person)

    person.opens("/keep-safe/phones")
    person.taps("phones.sign-out-of")
    # The phone's session ends, and nobody hears of it; then nothing goes through.
    person.phone.context.route("**/api/v1/sessions/*", arrives_and_is_lost, times=1)
    person.taps("show-who.passkey")
    person.sees("account-trouble.no-connection")
    person.sees("phones.half")
    person.opens("/")
    person.sees("lives.needs-you")
    person.taps("lives.see")
    person.sees("phones.half")
    person.taps("show-who.passkey")
    person.sees("phones.signed-out")
    person.does_not_see("phones.half")
    person.opens("/keep-safe/phones")
    person.sees("phones.none-other")


def signs_the_other_out(person: Person, code: str | None) -> None:
    """Sign the only other phone out, by the passkey or the code."""
    person.opens("/keep-safe/phones")
    person.sees("phones.this")
    person.taps("phones.sign-out-of")
    person.sees("phones.turns")
    if code is None:
        person.taps("show-who.passkey")
    else:
        uses_the_code(person, code)
    person.sees("phones.signed-out")
    person.sees("phones.none-other")
