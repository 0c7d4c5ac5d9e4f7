"""A win: kept in one's own words, for nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from e2e.accessibility import assert_no_axe_violations, assert_no_sideways_scroll
from e2e.phone import PhoneSettings
from e2e.sent import assert_never_sent
from e2e.ways import by_touch_and_by_keyboard, cut_off_both_ways

if TYPE_CHECKING:
    from e2e.connection import Connection
    from e2e.fixtures import MakePerson
    from e2e.person import Person

FIRST, SECOND = "Told Mairead that I need a chair", "Told Mairead what I need, and she listened"


@pytest.fixture
def phone_settings() -> PhoneSettings:
    return PhoneSettings(time="2026-03-02 09:30")


@by_touch_and_by_keyboard
def test_a_win_is_kept_changed_deleted_and_brought_back_and_nobody_is_told(make_person: MakePerson) -> None:
    person = make_person(time="2026-03-02 09:30", overheard=True)
    person.opens("/")
    person.taps("welcome.start")
    person.goes_to("places.diary")
    person.taps("diary.my-wins")
    person.sees("wins.private")
    person.sees("wins.empty")
    person.taps("wins.write")
    person.sees("win.private")
    person.writes("win.words", FIRST)
    person.chooses("win-kind.asked-for-help-or-said-no")
    person.sees("win-prompt.asked-for-help-or-said-no")
    person.chooses("part-of-life.family-and-friends")
    assert_no_axe_violations(person.page)
    assert_no_sideways_scroll(person.page)
    person.taps("win.keep")
    person.sees_text_once(FIRST)
    person.sees("win-kind.asked-for-help-or-said-no")
    person.does_not_see("wins.empty")

    person.taps_text(FIRST)
    person.sees_written("win.words", FIRST)
    person.sees_chosen("part-of-life.family-and-friends")
    person.writes("win.words", SECOND)
    person.taps("win.keep")
    person.sees_text_once(SECOND)
    person.does_not_see_text(FIRST)

    person.taps_text(SECOND)
    person.taps("entry.delete")
    person.sees("entry.deleted")
    person.sees("wins.empty")
    person.does_not_see_text(SECOND)
    person.taps("toast.undo")
    person.sees_text_once(SECOND)
    person.sees("win-kind.asked-for-help-or-said-no")

    person.opens_the_app_cold("/")
    person.sees("today.check-in")
    person.sees_text_once(SECOND)
    person.goes_to("places.group")
    person.sees("group.not-yet")
    person.does_not_see_text(SECOND)
    person.goes_to("places.diary")
    person.sees_text_once(SECOND)
    person.phone.switches_off()
    assert_never_sent(person.phone.network_logs, [FIRST, SECOND])


@cut_off_both_ways
def test_a_win_kept_without_a_connection_is_there_when_the_app_is_opened_cold(
    person: Person, connection: Connection
) -> None:
    person.opens("/")
    person.phone.waits_until_the_app_is_kept()
    person.taps("welcome.start")
    person.sees("today.lives-here")
    connection.is_lost()
    person.goes_to("places.diary")
    person.taps("diary.my-wins")
    person.taps("wins.write")
    person.writes("win.words", FIRST)
    person.taps("win.keep")
    person.sees_text_once(FIRST)
    person.opens_the_app_cold("/wins")
    person.sees_text_once(FIRST)
    person.does_not_see("wins.empty")
    connection.is_back()


def test_a_win_without_words_is_not_kept_and_says_so_at_its_field(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    person.opens("/wins/new")
    person.chooses("win-kind.something-new")
    person.taps("win.keep")
    person.sees("win.words-missing")
    person.sees_chosen("win-kind.something-new")
    person.opens("/wins")
    person.sees("wins.empty")


def test_a_deleted_win_waits_in_the_trash_and_comes_back_with_all_it_had(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    person.opens("/wins/new")
    person.writes("win.words", FIRST)
    person.chooses("part-of-life.home")
    person.taps("win.keep")
    person.taps_text(FIRST)
    person.taps("entry.delete")
    person.sees("wins.empty")
    person.opens_the_app_cold("/trash")
    person.sees("entry.win")
    person.taps("trash.put-back-of")
    person.sees("trash.empty")
    person.opens("/diary")
    person.sees_text_once(FIRST)
    person.sees("part-of-life.home")


def test_what_is_half_written_is_found_again_and_is_no_win_yet(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    person.opens("/wins/new")
    person.writes("win.words", "Half of a")
    person.taps("page.back")
    person.sees("wins.empty")
    person.does_not_see_text("Half of a")
    person.taps("wins.write")
    person.sees_written("win.words", "Half of a")
    person.adds("win.words", " win")
    person.taps("win.keep")
    person.sees_text_once("Half of a win")
    person.taps("wins.write")
    person.sees_written("win.words", "")
