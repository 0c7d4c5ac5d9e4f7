"""A yes that is taken back: the site's copy goes, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from e2e.kept_safe import (
    NOTE,
    comes_to_another_phone,
    keeps_a_note_safe,
    makes_a_passkey_and_a_code,
    says_yes,
    takes_the_yes_back,
    uses_the_code,
    waits_until_backed_up,
    writes,
)

if TYPE_CHECKING:
    from e2e.fixtures import MakePerson
    from e2e.person import Person
    from e2e.witness import Witness

LATER = "Potted up the seedlings, sitting"


def test_a_yes_taken_back_erases_the_sites_copy_and_nothing_else_and_can_be_given_again(
    already_has_a_diary: Person, make_person: MakePerson, witness: Witness
) -> None:
    # A code that opens nothing any more, and what the other phone meets.
    witness.expects("status of (400|401|410)")
    person = already_has_a_diary
    second, code = comes_to_another_phone(person, make_person)
    writes(second, LATER)
    second.sees("lives.backed-up")
    person.opens("/")
    person.sees_text_once(LATER)

    takes_the_yes_back(person)
    person.sees("today.lives-here")
    person.sees_text_once(NOTE)
    person.sees_text_once(LATER)
    third = make_person()
    third.opens("/sign-in")
    uses_the_code(third, code)
    third.sees("account-trouble.not-recognised")

    says_yes(person)
    another = makes_a_passkey_and_a_code(person)
    assert another != code
    person.sees("kept.passkey-opens")
    waits_until_backed_up(person)
    uses_the_code(third, another)
    third.sees_text_once(NOTE)
    third.sees_text_once(LATER)

    second.opens("/")
    second.sees("lives.needs-you")
    second.taps("lives.see")
    second.sees("needs.account-deleted")
    second.taps("kept.begin-anew")
    second.taps("consent.already")
    uses_the_code(second, another)
    second.sees("lives.backed-up")
    second.sees_text_once(NOTE)
    second.sees_text_once(LATER)


def test_a_code_that_opens_nothing_leaves_a_diary_that_was_begun_as_it_is(
    already_has_a_diary: Person, witness: Witness
) -> None:
    witness.expects("status of 401")
    person = already_has_a_diary
    code = keeps_a_note_safe(person)
    takes_the_yes_back(person)
    person.opens("/sign-in")
    uses_the_code(person, code)
    person.sees("account-trouble.not-recognised")
    person.opens("/")
    person.sees_text_once(NOTE)
    person.sees("today.lives-here")
