"""A site that knows nobody any more, or is put back to before the account: nothing is lost, all is kept safe anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from e2e.kept_safe import (
    NOTE,
    brings_it_here,
    comes_to_another_phone,
    is_signed_out_unasked,
    keeps_it_safe_anew,
    makes_a_code_alone,
    uses_the_code,
    writes,
)
from e2e.two_phones import comes_to_a_second_phone, starts_a_diary

if TYPE_CHECKING:
    from pathlib import Path

    from e2e.fixtures import MakePerson
    from e2e.person import Person
    from e2e.server import Server
    from e2e.witness import Witness

THERE = "Listened to the shipping forecast"
NOBODYS = "74WK-JE9S-74WK-JE9S-74WK-JE9S-76WT"
MORE_HERE, MORE_THERE = "Shelled peas on the back step", "Wrote two postcards lying down"


@pytest.mark.parametrize("has_backup", [False, True], ids=["an empty database", "a backup from before"])
def test_a_site_that_knows_nobody_any_more_leads_to_keeping_it_safe_anew_with_nothing_lost(
    make_person: MakePerson, own_server: Server, tmp_path: Path, witness: Witness, *, has_backup: bool
) -> None:
    # Signed out, and a passkey and a code that open nothing any more.
    witness.expects("status of 40[01]")
    backup = tmp_path / "before.sqlite3" if has_backup else None
    if backup is not None:
        own_server.backs_up(backup)
    person = starts_a_diary(make_person)
    both = comes_to_a_second_phone(person, make_person)
    second = both.second
    writes(second, THERE)
    both.both_are_backed_up()

    own_server.loses_its_database(backup=backup)
    for each, note in ((person, MORE_HERE), (second, MORE_THERE)):
        writes(each, note)
        each.opens("/")
        each.sees("lives.needs-you")
        each.does_not_see("lives.backed-up")
        each.sees_text_once(note)
    person.taps("lives.see")
    person.sees("needs.signed-out")
    person.does_not_see("kept.begin-anew")
    person.taps("show-who.passkey")
    person.sees("account-trouble.not-recognised")
    person.sees("kept.anew-why")
    code = keeps_it_safe_anew(person)
    assert code != both.code
    person.opens("/")
    person.sees_text_once(MORE_HERE)
    person.does_not_see_text(MORE_THERE)

    second.taps("lives.see")
    uses_the_code(second, both.code)
    second.sees("account-trouble.not-recognised")
    uses_the_code(second, code)
    second.sees("lives.backed-up")
    both.both_are_backed_up()
    both.assert_both_show_the_same(NOTE, THERE, MORE_HERE, MORE_THERE)
    third = make_person()
    brings_it_here(third, code)
    third.sees("lives.backed-up")
    for note in (NOTE, THERE, MORE_HERE, MORE_THERE):
        third.sees_text_once(note)
    both.assert_untold([THERE, MORE_HERE, MORE_THERE, code, code.replace("-", "")])


def test_the_second_of_two_that_keeps_it_safe_anew_is_told_and_goes_on_with_the_new_code(
    already_has_a_diary: Person, make_person: MakePerson, own_server: Server, witness: Witness
) -> None:
    # Signed out; a passkey and a code that open nothing any more; a diary that is kept safe already.
    witness.expects("status of 40[019]")
    person = already_has_a_diary
    second, old, code = keeps_it_safe_anew_before_the_second(person, make_person, own_server)
    second.opens("/keep-safe")
    uses_the_code(second, old)
    second.sees("account-trouble.not-recognised")
    is_told_that_it_is_kept_safe_already(second, code)
    for each in (person, second):
        each.opens("/diary")
        each.sees_text_once(NOTE)
        each.sees_text_once(MORE_THERE)


def test_a_diary_whose_place_is_taken_by_what_nobody_opens_gets_another_place(
    already_has_a_diary: Person, make_person: MakePerson, own_server: Server, witness: Witness
) -> None:
    # Signed out; a code that opens nothing any more; a place that is taken.
    witness.expects("status of 40[019]")
    person = already_has_a_diary
    second, old, _ = keeps_it_safe_anew_before_the_second(person, make_person, own_server)
    second.opens("/keep-safe")
    uses_the_code(second, old)
    second.taps("kept.begin-anew")
    second.taps("consent.already")
    second.sees("show-who.use-code")
    second.does_not_see("sign-in.taken")
    second.opens("/keep-safe")
    second.taps("consent.yes")
    second.taps("way-in.code-alone")
    second.sees("account-trouble.taken")
    second.taps("page.back")
    second.taps("consent.already")
    uses_the_code(second, old)
    second.sees("account-trouble.not-recognised")
    second.taps("sign-in.taken")
    second.taps("sign-in.new-place")
    second.taps("consent.yes")
    another = makes_a_code_alone(second)
    second.sees("lives.backed-up")
    person.opens("/diary")
    person.sees_text_once(NOTE)
    person.does_not_see_text(MORE_THERE)
    third = make_person()
    brings_it_here(third, another)
    third.sees("lives.backed-up")
    for each in (second, third):
        each.opens("/diary")
        each.sees_text_once(NOTE)
        each.sees_text_once(MORE_THERE)


def test_who_typed_the_wrong_code_while_signed_out_loses_nothing_on_any_way_they_take(
    already_has_a_diary: Person, make_person: MakePerson, witness: Witness
) -> None:
    witness.expects("status of 40[019]")
    person = already_has_a_diary
    second, code = comes_to_another_phone(person, make_person)
    is_signed_out_unasked(second, MORE_THERE)
    second.opens("/keep-safe")
    second.sees("needs.signed-out")
    second.does_not_see("kept.begin-anew")
    uses_the_code(second, f"{code[:-1]}U")
    second.sees("account-trouble.code-sign-in", group=7)
    second.does_not_see("kept.begin-anew")
    uses_the_code(second, NOBODYS)
    second.sees("account-trouble.not-recognised")
    second.sees("kept.look-again")
    uses_the_code(second, code)
    second.sees("lives.backed-up")
    second.does_not_see("kept.begin-anew")

    is_signed_out_unasked(second, MORE_HERE)
    second.opens("/keep-safe")
    uses_the_code(second, NOBODYS)
    is_told_that_it_is_kept_safe_already(second, code)
    person.opens("/diary")
    for note in (NOTE, MORE_THERE, MORE_HERE):
        person.sees_text_once(note)


def keeps_it_safe_anew_before_the_second(
    person: Person, make_person: MakePerson, server: Server
) -> tuple[Person, str, str]:
    """Have the site lose all, and the first phone keep the diary safe anew; return the second, and both codes."""
    second, old = comes_to_another_phone(person, make_person)
    server.loses_its_database()
    writes(second, MORE_THERE)
    is_led_on(person)
    return second, old, keeps_it_safe_anew(person)


def is_led_on(person: Person) -> None:
    """Show the passkey that the site does not know any more."""
    person.opens("/keep-safe")
    person.sees("needs.signed-out")
    person.taps("show-who.passkey")
    person.sees("account-trouble.not-recognised")


def is_told_that_it_is_kept_safe_already(person: Person, code: str) -> None:
    """Begin to keep it safe once more, be told that another phone has, and go on with the code that this one has."""
    person.taps("kept.begin-anew")
    person.taps("consent.yes")
    person.taps("way-in.code-alone")
    person.sees("account-trouble.taken")
    person.taps("page.back")
    person.taps("consent.already")
    uses_the_code(person, code)
    person.sees("lives.backed-up")
