"""Update without harm: a new version asks, waits, takes over all tabs; what is half written survives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from e2e.builds import newer_version
from e2e.ways import by_touch_and_by_keyboard

if TYPE_CHECKING:
    from pathlib import Path

    from e2e.person import Person
    from e2e.server import Server
    from e2e.witness import Witness

OLD, NEW = "Kept on this phone only.", "Kept on this phone alone."
NOTE, WIN = "Half a sentence of a note", "Half a sentence of a win"


@by_touch_and_by_keyboard
def test_let_in_it_takes_over_all_tabs_and_what_is_half_written_in_each_stays(
    person: Person, own_server: Server, tmp_path: Path
) -> None:
    starts_a_diary(person)
    own_server.serves(newer_version(tmp_path, says={OLD: NEW}))
    person.reloads()
    person.sees("update.ready")
    person.opens_a_second_tab("/check-in")
    person.chooses("went.more")
    person.writes("check-in.note", NOTE)
    person.opens_a_second_tab("/wins/new")
    person.writes("win.words", WIN)
    person.sees("update.ready")

    person.turns_to_tab(1)
    person.taps("update.let-in")
    person.sees_text(NEW)
    person.does_not_see("update.ready")
    person.turns_to_tab(2)
    person.sees_written("check-in.note", NOTE)
    person.does_not_see("update.ready")
    person.sees_chosen("went.more")
    person.taps("check-in.keep")
    person.sees_text(NEW)
    person.sees_text_once(NOTE)
    person.turns_to_tab(3)
    person.sees_written("win.words", WIN)
    person.does_not_see("update.ready")
    person.taps("win.keep")
    person.sees_text_once(WIN)


@by_touch_and_by_keyboard
def test_it_waits_while_a_tab_is_open_however_often_the_app_is_opened_until_it_is_let_in(
    person: Person, own_server: Server, tmp_path: Path
) -> None:
    starts_a_diary(person)
    own_server.serves(newer_version(tmp_path, says={OLD: NEW}))
    person.reloads()
    asks_and_is_still_the_old(person)
    person.opens_a_second_tab("/")
    asks_and_is_still_the_old(person)
    person.turns_to_tab(1)
    person.page.close()
    person.turns_to_tab(1)
    person.opens_a_second_tab("/")
    asks_and_is_still_the_old(person)
    person.reloads()
    asks_and_is_still_the_old(person)
    person.taps("update.let-in")
    person.sees_text(NEW)
    person.does_not_see_text(OLD)
    person.turns_to_tab(1)
    person.sees_text(NEW)
    person.does_not_see("update.ready")


@by_touch_and_by_keyboard
def test_not_now_keeps_the_old_and_it_asks_again_when_the_app_is_next_opened(
    person: Person, own_server: Server, tmp_path: Path
) -> None:
    starts_a_diary(person)
    own_server.serves(newer_version(tmp_path, says={OLD: NEW}))
    person.reloads()
    person.sees("update.ready")
    person.taps("update.not-now")
    person.does_not_see("update.ready")
    person.sees_text(OLD)
    person.goes_to("places.diary")
    person.sees("diary.empty")
    person.does_not_see("update.ready")
    person.goes_to("places.today")
    person.sees_text(OLD)
    person.does_not_see("update.ready")
    person.reloads()
    asks_and_is_still_the_old(person)


@by_touch_and_by_keyboard
def test_a_version_that_came_only_half_never_runs_and_the_whole_one_is_let_in_later(
    person: Person, own_server: Server, witness: Witness, tmp_path: Path
) -> None:
    witness.expects("error in the service worker: .*Failed to fetch")  # how the browser says it was not installed
    starts_a_diary(person)
    newer = newer_version(tmp_path, says={OLD: NEW})
    own_server.serves(newer, cutting="/built/en-")
    person.reloads()
    person.sees_text(OLD)
    assert what_became_of_the_next_version(person) == "redundant"
    person.does_not_see("update.ready")
    person.opens_the_app_cold("/")
    person.sees_text(OLD)
    person.does_not_see_text(NEW)
    assert what_became_of_the_next_version(person) == "redundant"
    person.does_not_see("update.ready")

    own_server.serves(newer)
    assert what_became_of_the_next_version(person) == "installed"
    asks_and_is_still_the_old(person)
    person.taps("update.let-in")
    person.sees_text(NEW)
    person.does_not_see_text(OLD)


def starts_a_diary(person: Person) -> None:
    person.opens("/")
    person.phone.waits_until_the_app_is_kept()
    person.taps("welcome.start")
    person.sees_text(OLD)


def asks_and_is_still_the_old(person: Person) -> None:
    person.sees("update.ready")
    person.sees_text(OLD)
    person.does_not_see_text(NEW)


def what_became_of_the_next_version(person: Person) -> object:
    """Have the browser look for a newer version and wait until its installation is over; return how that went."""
    return person.page.evaluate(INSTALLATION_OVER)


INSTALLATION_OVER = """async () => {
  const found = await (await navigator.serviceWorker.getRegistration()).update();
  const worker = found.installing ?? found.waiting;
  while (worker?.state === "installing") {
    await new Promise((go) => worker.addEventListener("statechange", go, { once: true }));
  }
  return worker === null ? "no newer version" : worker.state;
}"""
