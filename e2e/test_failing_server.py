"""A site that is away for a week, or put back to yesterday: both phones end with all of it, once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from e2e.kept_safe import NOTE, brings_it_here, keeps_it_safe, uses_the_code, writes
from e2e.two_phones import comes_to_a_second_phone, notes_saved, starts_a_diary

if TYPE_CHECKING:
    from pathlib import Path

    from e2e.fixtures import MakePerson
    from e2e.server import Server
    from e2e.witness import Witness

MORNING = "2026-03-02 09:30"
HERE, THERE = "Fed the birds from the doorway", "Listened to the shipping forecast"
MORE_HERE, MORE_THERE = "Shelled peas on the back step", "Wrote two postcards lying down"


def test_while_the_site_is_away_both_write_on_and_it_is_backed_up_by_itself_when_it_is_back(
    make_person: MakePerson, own_server: Server
) -> None:
    person = starts_a_diary(make_person, time=MORNING)
    both = comes_to_a_second_phone(person, make_person, time=MORNING)
    second = both.second
    own_server.stop()
    for notes in ((HERE, THERE), (MORE_HERE, MORE_THERE)):
        for each, note in zip((person, second), notes, strict=True):
            writes(each, note)
            each.opens("/")
            each.sees("lives.waiting")
            each.does_not_see("lives.backed-up")
            each.phone.let_pass(days=3.5)
            each.sees("lives.waiting")
    person.opens("/diary")
    for note in (NOTE, HERE, MORE_HERE):
        person.sees_text_once(note)
    person.does_not_see_text(THERE)
    person.opens("/")

    own_server.start()
    for each in (person, second):
        each.phone.let_pass(minutes=16)
        each.sees("lives.backed-up")
        each.does_not_see("lives.waiting")
    both.both_are_backed_up()
    both.assert_both_show_the_same(NOTE, HERE, THERE, MORE_HERE, MORE_THERE)
    both.assert_untold([HERE, THERE, MORE_HERE, MORE_THERE])


def test_a_site_that_was_put_back_to_yesterday_is_brought_what_it_lost_by_one_phone_alone(
    make_person: MakePerson, own_server: Server, tmp_path: Path
) -> None:
    person = starts_a_diary(make_person)
    both = comes_to_a_second_phone(person, make_person)
    second = both.second
    writes(person, HERE)
    both.both_are_backed_up()
    own_server.backs_up(tmp_path / "yesterday.sqlite3")
    writes(person, MORE_HERE)
    writes(second, THERE)
    both.both_are_backed_up()
    second.closes_the_app()

    own_server.loses_its_database(backup=tmp_path / "yesterday.sqlite3")
    person.opens("/")
    person.sees("lives.backed-up")
    third = make_person()
    brings_it_here(third, both.code)
    third.sees("lives.backed-up")
    for note in (NOTE, HERE, THERE, MORE_HERE):
        third.sees_text_once(note)
    writes(second, MORE_THERE)
    both.both_are_backed_up()
    both.assert_both_show_the_same(NOTE, HERE, THERE, MORE_HERE, MORE_THERE)
    assert notes_saved(person) == notes_saved(second) == sorted([NOTE, HERE, THERE, MORE_HERE, MORE_THERE])
    both.assert_untold([HERE, THERE, MORE_HERE, MORE_THERE])


def test_a_phone_that_comes_first_after_a_backup_was_put_back_shuts_no_older_one_out(
    make_person: MakePerson, own_server: Server, tmp_path: Path, witness: Witness
) -> None:
    # The second phone's session is of after the backup; who signs in anew has a token of before.
    witness.expects("status of 40[01]")
    person = starts_a_diary(make_person)
    code = keeps_it_safe(person)
    own_server.backs_up(tmp_path / "yesterday.sqlite3")
    second, third = make_person(), make_person()
    brings_it_here(second, code)
    second.sees("lives.backed-up")
    writes(second, THERE)
    second.sees("lives.backed-up")
    person.opens("/")
    person.sees_text_once(THERE)

    own_server.loses_its_database(backup=tmp_path / "yesterday.sqlite3")
    brings_it_here(third, code)
    third.sees("lives.backed-up")
    for each, note in ((person, MORE_HERE), (second, MORE_THERE)):
        writes(each, note)
        each.opens("/")
        each.sees("lives.needs-you")
        each.taps("lives.see")
        uses_the_code(each, code)
        each.sees("lives.backed-up")
    for each in (person, second, third):
        each.opens("/")
        each.sees("lives.backed-up")
        for note in (NOTE, THERE, MORE_HERE, MORE_THERE):
            each.sees_text_once(note)
