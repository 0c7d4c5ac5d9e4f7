"""Everything to a file, and back in another browser: all of it, once, with earlier versions and the trash."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from e2e.pacing import NAME as ACTIVITY
from e2e.pacing import starts
from e2e.phone import PhoneSettings
from e2e.saved_file import reads_back, saves
from e2e.ways import by_touch_and_by_keyboard

if TYPE_CHECKING:
    from e2e.connection import Network
    from e2e.fixtures import MakePerson
    from e2e.person import Person

FIRST, SECOND = "Slept in the chair by the window", "Slept in the chair till the phone rang"
HERS = "Slept in the chair, and the cat too"
THROWN_AWAY, WIN, GOAL, STEP = "Not this one", "Rang the surgery myself", "Sing on Thursdays", "Ask who drives"


@pytest.fixture
def phone_settings() -> PhoneSettings:
    return PhoneSettings(time="2026-03-02 13:50")


@pytest.fixture
def another_person(make_person: MakePerson) -> Person:
    return make_person(time="2026-03-02 19:30")


@pytest.fixture
def already_has_a_bit_of_everything(already_has_an_activity: Person) -> Person:
    """Somebody with an activity, a session, a goal, a win, a rough day, a note that changed, one thrown away."""
    person = already_has_an_activity
    person.taps("activity.start-timer")
    starts(person)
    person.taps("timer.stop")
    person.taps("ended.as-planned")
    person.taps("timer.keep")
    person.sees("timer.kept-text")
    person.opens("/plans/goals/new")
    person.writes("goal.ask-words", GOAL)
    person.taps("goal.next")
    person.taps("goal.enough-now")
    person.taps("goal.add-step")
    person.writes("step.words", STEP)
    person.taps("step.keep")
    person.sees_text(STEP)
    person.opens("/wins/new")
    person.writes("win.words", WIN)
    person.taps("win.keep")
    person.sees_text(WIN)
    person.opens("/rough-day")
    person.chooses("rough-day.getting-by")
    person.taps("rough-day.show-everything")
    writes_a_note(person, FIRST)
    changes_the_note(person, FIRST, SECOND)
    writes_a_note(person, THROWN_AWAY)
    person.taps_text(THROWN_AWAY)
    person.taps("entry.delete")
    person.sees("entry.deleted")
    return person


@by_touch_and_by_keyboard
def test_all_of_it_is_there_in_another_browser_once_and_comes_back_the_same(
    already_has_a_bit_of_everything: Person, another_person: Person, network: Network
) -> None:
    person = already_has_a_bit_of_everything
    person.phone.waits_until_the_app_is_kept()
    another_person.opens("/")
    another_person.phone.waits_until_the_app_is_kept()
    network.offline()
    person.goes_to("places.today")
    person.taps("keep-safe.title")
    person.taps("consent.or-a-file")
    person.sees("take-with-me.not-sealed")
    first = saves(person, "first.json")
    assert first.content["count"] == len(first.content["records"])

    another_person.gives_a_file("read-back.i-have-one", first.path)
    another_person.sees("read-back.added", count=first.content["count"])
    another_person.does_not_see("read-back.joined")
    another_person.does_not_see("read-back.same")
    has_a_bit_of_everything(another_person)
    reads_back(another_person, first)
    another_person.sees("read-back.all-here", count=first.content["count"])
    another_person.opens_the_app_cold("/diary")
    has_a_bit_of_everything(another_person)

    second = saves(another_person, "second.json")
    assert second == first
    assert second.versions() == first.versions() > first.content["count"]
    assert FIRST in second.path.read_text(encoding="utf-8")
    reads_back(person, second)
    person.sees("read-back.all-here", count=first.content["count"])
    assert saves(person, "third.json") == first
    has_a_bit_of_everything(person)


@by_touch_and_by_keyboard
def test_it_says_where_the_copy_is_when_it_was_saved_and_the_way_to_what_came_back(
    already_has_a_diary: Person, another_person: Person
) -> None:
    person = already_has_a_diary
    writes_a_note(person, FIRST)
    person.opens("/take-with-me")
    person.sees("take-with-me.not-sealed")
    person.does_not_see("take-with-me.last-copy")
    person.does_not_see_text("Downloads")
    copy = saves(person, "copy.json")
    person.sees("take-with-me.saved", name="cairn-2026-03-02.json")
    person.sees("take-with-me.last-copy", day="Today")
    person.phone.lies_until("2026-03-05 09:00")
    person.opens_the_app_cold("/take-with-me")
    person.sees("take-with-me.last-copy", day="Monday 2 March")
    person.does_not_see("take-with-me.saved")

    another_person.opens("/")
    another_person.gives_a_file("read-back.i-have-one", copy.path)
    another_person.sees("read-back.came")
    another_person.sees("read-back.added", count=1)
    another_person.does_not_see("read-back.joined")
    another_person.does_not_see("read-back.same")
    another_person.taps("read-back.to-diary")
    another_person.sees_text(FIRST)
    another_person.does_not_see("read-back.came")
    another_person.opens("/take-with-me")
    another_person.sees("take-with-me.not-sealed")
    another_person.does_not_see("take-with-me.last-copy")
    assert "copy-saved" not in copy.path.read_text(encoding="utf-8")


@by_touch_and_by_keyboard
def test_a_note_that_both_changed_has_both_texts_until_one_is_chosen(
    already_has_a_diary: Person, another_person: Person
) -> None:
    person = already_has_a_diary
    writes_a_note(person, FIRST)
    before = saves(person, "before.json")
    another_person.opens("/")
    another_person.gives_a_file("read-back.i-have-one", before.path)
    another_person.sees_text(FIRST)
    changes_the_note(person, FIRST, SECOND)
    changes_the_note(another_person, FIRST, HERS)

    hers = saves(another_person, "hers.json")
    reads_back(person, hers)
    person.sees("read-back.joined", count=1)
    person.does_not_see("read-back.added")
    reads_back(person, hers)
    person.sees("read-back.all-here")
    person.opens_the_app_cold("/diary")
    person.sees_text_once(SECOND)
    person.sees_text_once(HERS)
    person.does_not_see_text(FIRST)
    both = saves(person, "both.json")
    assert both.versions() == hers.versions() + 1
    reads_back(another_person, both)
    another_person.sees("read-back.joined", count=1)
    another_person.does_not_see("read-back.added")
    another_person.opens("/diary")
    another_person.sees_text_once(SECOND)
    another_person.sees_text_once(HERS)
    assert saves(another_person, "hers-and-his.json") == both

    another_person.opens("/diary")
    another_person.taps_text(HERS)
    another_person.sees("text-versions.why")
    another_person.taps_text("19:3")
    another_person.taps("check-in.keep")
    another_person.sees("check-in.kept")
    reads_back(person, saves(another_person, "chosen.json"))
    person.sees("read-back.joined", count=1)
    person.does_not_see("read-back.added")
    person.opens("/diary")
    person.sees_text_once(HERS)
    person.does_not_see_text(SECOND)
    everything = saves(person, "everything.json").path.read_text(encoding="utf-8")
    assert all(text in everything for text in (FIRST, SECOND, HERS))


def test_what_was_thrown_away_since_stays_in_the_trash_when_an_older_file_is_read_back(
    already_has_a_diary: Person, another_person: Person
) -> None:
    person = already_has_a_diary
    writes_a_note(person, FIRST)
    older = saves(person, "older.json")
    another_person.opens("/")
    another_person.gives_a_file("read-back.i-have-one", older.path)
    another_person.sees_text(FIRST)
    person.opens("/diary")
    person.taps_text(FIRST)
    person.taps("entry.delete")
    person.sees("entry.deleted")
    reads_back(person, older)
    person.sees("read-back.all-here")
    person.opens("/diary")
    person.sees("diary.empty")
    newer = saves(person, "newer.json")
    assert [record["in_trash"] for record in newer.records("check-in")] == [True]
    reads_back(another_person, newer)
    another_person.sees("read-back.joined", count=1)
    another_person.does_not_see("read-back.added")
    another_person.opens("/diary")
    another_person.sees("diary.empty")
    another_person.opens("/trash")
    another_person.sees_text_once(FIRST)


def has_a_bit_of_everything(person: Person) -> None:
    """Look at every place: all is there once, and nothing that is in the trash."""
    person.opens("/diary")
    for text in (SECOND, WIN, ACTIVITY):
        person.sees_text_once(text)
    person.sees("rough-day.getting-by")
    for text in (FIRST, THROWN_AWAY):
        person.does_not_see_text(text)
    person.opens("/plans")
    person.sees_text_once(ACTIVITY)
    person.taps_text(GOAL)
    person.sees_text_once(STEP)
    person.opens("/trash")
    person.sees_text_once(THROWN_AWAY)
    person.does_not_see_text(SECOND)


def writes_a_note(person: Person, note: str) -> None:
    person.opens("/check-in")
    person.writes("check-in.note", note)
    person.taps("check-in.keep")
    person.sees_text(note)


def changes_the_note(person: Person, note: str, instead: str) -> None:
    person.opens("/diary")
    person.taps_text(note)
    person.writes("check-in.note", instead)
    person.taps("check-in.keep")
    person.sees_text(instead)
