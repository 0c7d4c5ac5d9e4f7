"""A new recovery code, and a passkey that is added later: what opens the diary from then on, and what does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from e2e.authenticator import Authenticator
from e2e.kept_safe import (
    NOTE,
    brings_it_here,
    keeps_a_note_safe,
    makes_a_code_alone,
    reads_the_code,
    says_yes,
    shows_the_code_is_on_paper,
    signs_out,
    uses_the_code,
    writes,
)
from e2e.test_keep_safe import arrives_and_is_lost
from e2e.ways import by_touch_and_by_keyboard

if TYPE_CHECKING:
    from e2e.fixtures import MakePerson
    from e2e.person import Person
    from e2e.witness import Witness


@by_touch_and_by_keyboard
def test_the_old_code_is_refused_and_the_new_one_opens(
    already_has_a_diary: Person, make_person: MakePerson, witness: Witness
) -> None:
    witness.expects("status of 401")
    person = already_has_a_diary
    old = keeps_a_note_safe(person)
    person.opens("/keep-safe")
    person.taps("new-code.title")
    person.sees("new-code.old")
    person.taps("show-who.passkey")
    person.sees("new-code.not-yet")
    groups = reads_the_code(person)
    assert "-".join(groups) != old
    shows_the_code_is_on_paper(person, groups)
    person.sees("new-code.keep-both")
    person.taps("show-who.passkey")
    person.sees("new-code.done")

    second = make_person()
    second.opens("/sign-in")
    uses_the_code(second, old)
    second.sees("account-trouble.not-recognised")
    brings_it_here(second, "-".join(groups))
    second.sees("lives.backed-up")


@pytest.mark.parametrize("address", ["**/api/v1/account/recovery", "**/revisions"])
def test_an_answer_that_is_lost_leaves_no_paper_that_opens_nothing(
    already_has_a_diary: Person, make_person: MakePerson, witness: Witness, address: str
) -> None:
    witness.expects("net::ERR_FAILED|status of 40[01]")
    person = already_has_a_diary
    old = keeps_a_note_safe(person)
    person.opens("/keep-safe/code")
    person.taps("show-who.passkey")
    groups = reads_the_code(person)
    shows_the_code_is_on_paper(person, groups)
    person.sees("new-code.keep-both")
    person.phone.context.route(address, arrives_and_is_lost, times=1)
    person.taps("show-who.passkey")
    person.sees("account-trouble.no-connection")
    person.opens("/keep-safe")
    person.sees("new-code.keep-both")
    second = make_person()
    brings_it_here(second, "-".join(groups) if "recovery" in address else old)

    person.opens("/keep-safe/code")
    person.taps("show-who.passkey")
    person.sees("new-code.done")
    third = make_person()
    brings_it_here(third, "-".join(groups))


def test_a_code_that_was_not_asked_back_can_be_left_and_the_old_one_stays(
    already_has_a_diary: Person, make_person: MakePerson
) -> None:
    person = already_has_a_diary
    code = keeps_a_note_safe(person)
    person.opens("/keep-safe/code")
    person.taps("show-who.passkey")
    reads_the_code(person)
    person.taps("new-code.keep-old")
    person.sees("new-code.old")
    brings_it_here(make_person(), code)


def test_a_code_that_somebody_else_wrote_down_gives_way_to_another_or_to_the_old_one(
    already_has_a_diary: Person, make_person: MakePerson
) -> None:
    person = already_has_a_diary
    code = keeps_a_note_safe(person)
    person.opens("/keep-safe/code")
    person.sees("new-code.old")
    person.cannot_tap("code.have-it")
    person.taps("show-who.passkey")
    planted = reads_the_code(person)
    person.opens("/keep-safe/code")
    person.sees("new-code.waits")
    assert planted[0] not in person.page.content(), "It is shown to nobody who has not shown who they are."
    person.taps("show-who.passkey")
    assert reads_the_code(person) == planted
    shows_the_code_is_on_paper(person, planted)
    person.taps("new-code.another")
    person.taps("show-who.passkey")
    another = reads_the_code(person)
    assert another != planted
    shows_the_code_is_on_paper(person, another)
    person.sees("new-code.keep-both")
    person.taps("new-code.keep-old")
    person.sees("new-code.old-who")
    person.taps("show-who.passkey")
    person.sees("new-code.old")
    brings_it_here(make_person(), code)


def test_a_passkey_that_is_added_later_brings_the_diary_back_alone(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    writes(person, NOTE)
    says_yes(person)
    code = makes_a_code_alone(person)
    authenticator = Authenticator(person.phone)
    person.taps("add-passkey.title")
    uses_the_code(person, code)
    authenticator.has_its_next_question_closed(making=False)
    person.taps("way-in.make-passkey")
    person.sees("account-trouble.passkey-not-made")
    person.taps("way-in.make-passkey")
    person.sees("add-passkey.opens")
    person.sees("kept.passkey-opens")
    assert len(authenticator.passkeys) == 1
    person.taps("add-passkey.title")
    person.taps("show-who.passkey")
    person.taps("way-in.make-passkey")
    person.sees("account-trouble.passkey-known")

    signs_out(person)
    person.taps("welcome.already")
    person.taps("show-who.passkey")
    person.sees_text_once(NOTE)
    person.sees("lives.backed-up")


def test_a_passkey_without_a_secret_that_is_added_signs_in_only(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    says_yes(person)
    code = makes_a_code_alone(person)
    Authenticator(person.phone, has_prf=False)
    person.opens("/keep-safe/passkey")
    uses_the_code(person, code)
    person.taps("way-in.make-passkey")
    person.sees("add-passkey.signs-in")
    person.sees("kept.passkey-signs-in")
