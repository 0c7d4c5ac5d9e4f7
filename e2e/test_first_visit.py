"""Begin with nothing: no account, and no network after the first visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from e2e.accessibility import assert_no_axe_violations, assert_no_sideways_scroll
from e2e.builds import newer_version, this_build
from e2e.saved_file import check_in_of, file_of, record_of
from e2e.ways import by_touch_and_by_keyboard, cut_off_both_ways

if TYPE_CHECKING:
    from pathlib import Path

    from e2e.connection import Connection
    from e2e.person import Person
    from e2e.server import Server
    from e2e.witness import Witness


@by_touch_and_by_keyboard
def test_somebody_who_comes_for_the_first_time_starts_a_diary_and_checks_in(person: Person) -> None:
    person.opens("/")
    person.sees("welcome.lead")
    person.does_not_see("places.diary")
    assert_no_axe_violations(person.page)
    person.taps("welcome.start")
    person.sees("today.lives-here")
    person.taps("today.check-in")
    person.sees("check-in.question-today")
    person.chooses("went.less")
    person.taps("check-in.rested")
    person.writes("check-in.note", "Walked to the gate and back")
    assert_no_axe_violations(person.page)
    assert_no_sideways_scroll(person.page)
    person.taps("check-in.keep")
    person.sees_text("Walked to the gate and back")
    person.sees("check-in.kept")
    person.does_not_see("welcome.start")


@cut_off_both_ways
def test_what_was_written_is_there_when_the_app_is_opened_cold_without_a_connection(
    person: Person, connection: Connection
) -> None:
    person.opens("/")
    person.phone.waits_until_the_app_is_kept()
    person.taps("welcome.start")
    person.sees("today.lives-here")
    connection.is_lost()
    person.taps("today.check-in")
    person.writes("check-in.note", "Sat in the sun")
    person.taps("check-in.keep")
    person.sees_text("Sat in the sun")
    person.opens_the_app_cold("/")
    person.sees_text("Sat in the sun")
    person.does_not_see("welcome.start")
    connection.is_back()
    person.reloads()
    person.sees_text("Sat in the sun")


def test_two_tabs_see_each_others_changes_at_once(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    person.does_not_see("today.so-far")
    person.opens_a_second_tab("/check-in")
    person.writes("check-in.note", "Written in the other tab")
    person.taps("check-in.keep")
    person.sees_text("Written in the other tab")
    person.turns_to_tab(1)
    person.sees_text("Written in the other tab")
    person.sees("today.so-far")


def test_an_empty_check_in_is_not_kept_and_says_so_where_it_is(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    person.taps("today.check-in")
    person.taps("check-in.keep")
    person.sees("check-in.nothing-yet")
    person.goes_back()
    person.sees("today.check-in")
    person.does_not_see("today.so-far")


def test_what_is_typed_is_text_whatever_is_in_it(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    words = "<img src=x onerror=alert(1)> {name} 🌿 مرحبا " + "long" * 50
    person.taps("today.check-in")
    person.writes("check-in.note", words)
    person.taps("check-in.keep")
    person.sees_text(words)
    assert_no_sideways_scroll(person.page)
    person.opens_the_app_cold("/")
    person.sees_text(words)


@by_touch_and_by_keyboard
def test_a_saved_file_waits_until_what_reads_it_is_there(
    person: Person, own_server: Server, witness: Witness, tmp_path: Path
) -> None:
    witness.expects("error in the service worker: .*Failed to fetch")
    own_server.serves(this_build(tmp_path), cutting="others-")
    file = tmp_path / "cairn.json"
    file.write_text(file_of(record_of(check_in_of(note="From a file"))), encoding="utf-8")
    person.opens("/")
    person.gives_a_file("read-back.i-have-one", file)
    person.sees("read-back.not-fetched")
    person.sees("welcome.start")

    own_server.serves(newer_version(tmp_path, says={}))
    person.reloads()
    person.gives_a_file("read-back.i-have-one", file)
    person.sees("read-back.came", added=1, joined=0, same=0)
    person.does_not_see("welcome.start")
