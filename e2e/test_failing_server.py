"""A site that lost what it was sent: one phone brings all of it back, and it is there once on each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from e2e.test_keep_safe import NOTE
from e2e.test_second_phone import brings_it_here, writes
from e2e.two_phones import comes_to_a_second_phone, notes_saved, starts_a_diary

if TYPE_CHECKING:
    from pathlib import Path

    from e2e.fixtures import MakePerson
    from e2e.server import Server

HERE, THERE = "Fed the birds from the doorway", "Listened to the shipping forecast"
MORE_HERE, MORE_THERE = "Shelled peas on the back step", "Wrote two postcards lying down"


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
