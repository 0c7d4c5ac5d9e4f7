"""Update without harm: a new version asks, waits, takes over all tabs; what is half written survives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from e2e.builds import newer_version

if TYPE_CHECKING:
    from pathlib import Path

    from e2e.person import Person
    from e2e.server import Server
    from e2e.witness import Witness

OLD, NEW = "Lives on this phone only.", "Lives on this phone alone."


def test_a_new_version_asks_and_waits_and_takes_over_all_tabs_with_a_draft_kept(
    person: Person, own_server: Server, tmp_path: Path
) -> None:
    starts_a_diary(person)
    own_server.serves(newer_version(tmp_path, says={OLD: NEW}))
    person.reloads()
    person.sees("update.ready")
    person.sees_text(OLD)
    person.does_not_see_text(NEW)

    person.opens_a_second_tab("/check-in")
    person.writes("check-in.note", "Half a sentence")
    person.turns_to_tab(1)
    person.taps("update.let-in")
    person.sees_text(NEW)
    person.does_not_see("update.ready")
    person.turns_to_tab(2)
    person.sees_written("check-in.note", "Half a sentence")
    person.does_not_see("update.ready")


def test_a_version_that_came_only_half_never_runs(
    person: Person, own_server: Server, witness: Witness, tmp_path: Path
) -> None:
    witness.expects("error in the service worker: .*Failed to fetch")  # how the browser says it was not installed
    starts_a_diary(person)
    own_server.serves(newer_version(tmp_path, says={OLD: NEW}), cutting="catalogue_en")
    person.reloads()
    person.sees_text(OLD)
    person.page.wait_for_timeout(2000)
    person.does_not_see("update.ready")
    person.opens_the_app_cold("/")
    person.sees_text(OLD)
    person.does_not_see_text(NEW)


def starts_a_diary(person: Person) -> None:
    person.opens("/")
    person.phone.waits_until_the_app_is_kept()
    person.taps("welcome.start")
    person.sees_text(OLD)
