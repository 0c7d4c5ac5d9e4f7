"""A phone that lay in a drawer for two years: it brings what was written on it, and gets all the rest."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from e2e.builds import this_build
from e2e.kept_safe import NOTE, writes
from e2e.two_phones import changes, comes_to_a_second_phone, is_asked_which_to_keep, notes_saved, starts_a_diary

if TYPE_CHECKING:
    from pathlib import Path

    from e2e.fixtures import MakePerson
    from e2e.person import Person
    from e2e.server import Server
    from e2e.witness import Witness

BEFORE, LATER, DAYS = "2026-03-02 09:30", "2028-03-05 10:00", 734
CHANGED_HERE, CHANGED_THERE = "Sat by the window until the rain came", "Sat by the window, then rang Nuala"
HERE, THERE = "Fed the birds from the doorway", "Listened to the shipping forecast"
IN_BETWEEN, SINCE = "Fed the birds and filled the bath for them", "Shelled peas on the back step"


def test_a_phone_that_was_away_for_two_years_brings_its_own_and_gets_everything(
    make_person: MakePerson, own_server: Server, witness: Witness, tmp_path: Path
) -> None:
    # Signed out, for so long was nobody here; and then with another cookie.
    witness.expects("status of 40[01]|net::ERR_INTERNET_DISCONNECTED")
    person = starts_a_diary(make_person, time=BEFORE)
    both = comes_to_a_second_phone(person, make_person, time=BEFORE)
    second = both.second
    second.phone.goes(offline=True)
    changes(second, NOTE, CHANGED_THERE)
    writes(second, THERE)
    second.opens("/")
    second.sees("lives.waiting")
    second.closes_the_app()
    changes(person, NOTE, CHANGED_HERE)
    writes(person, HERE)
    changes(person, HERE, IN_BETWEEN)
    changes(person, IN_BETWEEN, SINCE)
    person.opens("/")
    person.sees("lives.backed-up")

    own_server.serves(this_build(tmp_path), days_later=DAYS)
    assert re.search(r"Let go of [1-9]\d* old versions", own_server.read_log())
    for each in (person, second):
        each.phone.time_is(LATER)
    second.phone.goes(offline=False)
    for each in (person, second):
        each.opens("/")
        each.sees("lives.needs-you")
        each.does_not_see("lives.backed-up")
        signs_in_again(each, both.code)
    both.both_are_backed_up()
    both.assert_both_show_the_same(CHANGED_HERE, CHANGED_THERE, THERE, SINCE)
    for each in (person, second):
        each.does_not_see_text(NOTE)
        each.does_not_see_text(IN_BETWEEN)
        is_asked_which_to_keep(each, CHANGED_HERE, CHANGED_THERE)
    assert len(notes_saved(person)) == len(notes_saved(second)) == len((NOTE, THERE, HERE))
    both.assert_untold([CHANGED_HERE, CHANGED_THERE, HERE, THERE, IN_BETWEEN, SINCE])


def signs_in_again(person: Person, code: str) -> None:
    person.taps("lives.see")
    person.sees("needs.signed-out")
    person.writes("show-who.code", code)
    person.taps("show-who.use-code")
    person.sees("lives.backed-up")
