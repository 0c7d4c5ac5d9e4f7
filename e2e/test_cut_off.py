"""Without a connection, in both ways: plans, the file, and a new version that has come already.

Check-ins, wins, rough days and the timer are cut off in their own stories.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from e2e.builds import newer_version
from e2e.saved_file import saves
from e2e.ways import cut_off_both_ways

if TYPE_CHECKING:
    from pathlib import Path

    from e2e.connection import Connection
    from e2e.person import Person
    from e2e.server import Server

GOAL, STEP, NEXT_STEP = "Sing on Thursdays", "Ask who drives", "Find the old book"
NOTE, HALF_WRITTEN = "Sat by the window", "Half a sentence"
OLD, NEW = "Kept on this phone only.", "Kept on this phone alone."


@cut_off_both_ways
def test_a_goal_is_written_its_step_marked_and_both_are_there_when_opened_cold(
    already_has_a_diary: Person, connection: Connection
) -> None:
    person = already_has_a_diary
    person.phone.waits_until_the_app_is_kept()
    connection.is_lost()
    person.goes_to("places.plans")
    person.taps("plans.new-goal")
    person.writes("goal.ask-words", GOAL)
    for _ in range(3):
        person.taps("goal.next")
    person.writes("goal.ask-step", STEP)
    person.taps("goal.enough-now")
    person.taps("goal.mark-step")
    person.taps("step.done")
    person.sees("step.said-done")
    person.taps("goal.add-step")
    person.writes("step.words", NEXT_STEP)
    person.taps("step.keep")
    person.sees("step.kept")
    person.opens_the_app_cold("/")
    person.sees_text_once(NEXT_STEP)
    person.does_not_see_text(STEP)
    connection.is_back()
    person.opens_the_app_cold("/plans")
    person.taps_text(GOAL)
    with person.beside(STEP):
        person.sees("step.done")


@cut_off_both_ways
def test_everything_is_saved_to_a_file_and_read_back(
    already_has_a_diary: Person, another_person: Person, connection: Connection
) -> None:
    person = already_has_a_diary
    person.phone.waits_until_the_app_is_kept()
    another_person.opens("/")
    another_person.phone.waits_until_the_app_is_kept()
    person.taps("today.check-in")
    person.writes("check-in.note", NOTE)
    person.taps("check-in.keep")
    person.sees_text_once(NOTE)
    connection.is_lost()
    person.closes_the_app()
    file = saves(person, "cut-off.json")
    another_person.opens_the_app_cold("/")
    another_person.gives_a_file("read-back.i-have-one", file.path)
    another_person.sees("read-back.came", added=file.content["count"], joined=0, same=0)
    another_person.opens_the_app_cold("/diary")
    another_person.sees_text_once(NOTE)
    assert saves(another_person, "again.json") == file


@cut_off_both_ways
def test_a_version_that_came_while_there_was_a_connection_is_let_in_and_takes_over_all_tabs(
    person: Person, own_server: Server, connection: Connection, tmp_path: Path
) -> None:
    person.opens("/")
    person.phone.waits_until_the_app_is_kept()
    person.taps("welcome.start")
    person.sees_text(OLD)
    own_server.serves(newer_version(tmp_path, says={OLD: NEW}))
    person.reloads()
    person.sees("update.ready")
    person.opens_a_second_tab("/plans/goals/new")
    person.writes("goal.ask-words", HALF_WRITTEN)
    person.taps("goal.next")
    person.turns_to_tab(1)
    connection.is_lost()
    person.taps("update.let-in")
    person.sees_text(NEW)
    person.does_not_see("update.ready")
    person.turns_to_tab(2)
    person.sees("goal.question-of", at=2)
    person.taps("goal.before")
    person.sees_written("goal.ask-words", HALF_WRITTEN)
    person.opens_the_app_cold("/")
    person.sees_text(NEW)
    person.does_not_see_text(OLD)
