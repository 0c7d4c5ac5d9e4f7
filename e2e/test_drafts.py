"""What was begun and left: told quietly, found by its own day, let go of with a way back, and never overwritten."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from e2e.phone import PhoneSettings
from e2e.ways import by_touch_and_by_keyboard

if TYPE_CHECKING:
    from e2e.person import Person

MONDAY, TUESDAY = "Half a sentence about Monday", "Half a sentence about Tuesday"
SUNDAY = "Half a sentence about Sunday"
SLOW_LOCKS = """
const ask = navigator.locks.request.bind(navigator.locks);
navigator.locks.request = (name, ...rest) =>
  new Promise((done) => setTimeout(done, name.includes("draft/check-in") ? 1500 : 0)).then(() => ask(name, ...rest));
"""
NO_DRAFT_BEFORE_FOUR_LETTERS = """
const get = IDBObjectStore.prototype.getAllKeys;
IDBObjectStore.prototype.getAllKeys = function (...asked) {
  const typed = document.querySelector("textarea")?.value.length ?? 0;
  if (this.name !== "local" || location.pathname !== "/check-in" || typed > 3) return get.apply(this, asked);
  throw new DOMException("not now", "UnknownError");
};
"""


@pytest.fixture
def phone_settings() -> PhoneSettings:
    return PhoneSettings(time="2026-03-02 09:30")


@by_touch_and_by_keyboard
def test_a_check_in_that_was_begun_is_told_on_today_until_it_is_kept(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    begins_a_check_in(person, MONDAY)
    person.sees("draft.check-in")
    person.does_not_see_text(MONDAY)
    person.goes_to("places.plans")
    person.sees("plans.under")
    person.does_not_see("draft.check-in")
    person.opens("/take-with-me")
    person.sees("take-with-me.begun")
    person.sees("draft.check-in")
    person.opens_the_app_cold("/")
    person.taps("draft.go-on")
    person.sees_written("check-in.note", MONDAY)
    person.taps("check-in.keep")
    person.sees_text_once(MONDAY)
    person.does_not_see("draft.check-in")
    person.opens("/take-with-me")
    person.sees("take-with-me.save")
    person.does_not_see("take-with-me.begun")


def test_what_was_typed_and_taken_away_again_is_not_told(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    begins_a_check_in(person, MONDAY)
    person.sees("draft.check-in")
    begins_a_check_in(person, "")
    person.sees("today.check-in")
    person.does_not_see("draft.check-in")


@by_touch_and_by_keyboard
def test_yesterdays_draft_does_not_take_todays_check_in_and_neither_loses_a_word(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    begins_a_check_in(person, MONDAY)
    person.phone.time_is("2026-03-03 09:30")
    person.opens_the_app_cold("/")
    person.sees("draft.check-in-of", day="Monday 2 March")
    person.taps("today.check-in")
    person.sees("check-in.question-today")
    person.sees_written("check-in.note", "")
    person.writes("check-in.note", TUESDAY)
    person.taps("draft.go-on")
    person.sees("check-in.question-day", day="Yesterday")
    person.sees_written("check-in.note", MONDAY)
    person.taps("check-in.today-instead")
    person.sees_written("check-in.note", TUESDAY)
    person.taps("check-in.keep")
    person.sees_text_once(TUESDAY)
    person.does_not_see_text(MONDAY)
    person.taps("draft.go-on")
    person.sees_written("check-in.note", MONDAY)
    person.taps("check-in.keep")
    person.sees_text("Yesterday")
    person.sees_text_once(MONDAY)
    person.does_not_see_text(TUESDAY)


def test_an_address_with_a_day_shows_the_draft_of_that_day_and_no_other(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    begins_a_check_in(person, MONDAY)
    person.opens("/check-in?day=2026-03-01")
    person.sees("check-in.question-day", day="Yesterday")
    person.sees_written("check-in.note", "")
    person.writes("check-in.note", SUNDAY)
    person.opens_the_app_cold("/check-in?day=2026-02-28")
    person.sees_written("check-in.note", "")
    person.opens_the_app_cold("/check-in?day=2026-03-01")
    person.sees_written("check-in.note", SUNDAY)
    person.opens_the_app_cold("/check-in")
    person.sees_written("check-in.note", MONDAY)


def test_a_draft_of_more_than_a_week_ago_is_still_told_and_kept_under_its_day(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    begins_a_check_in(person, MONDAY)
    person.phone.time_is("2026-03-20 09:30")
    person.opens_the_app_cold("/")
    person.taps("draft.go-on")
    person.sees("check-in.question-day", day="Monday 2 March")
    person.sees_written("check-in.note", MONDAY)
    person.taps("check-in.keep")
    person.sees("check-in.kept")
    person.opens("/diary/2026-03-02")
    person.sees_text_once(MONDAY)
    person.opens("/check-in?day=2026-03-01")
    person.sees("check-in.question-today")


@by_touch_and_by_keyboard
def test_let_go_of_a_draft_is_gone_and_undone_it_is_back(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    person.taps("today.check-in")
    person.sees("check-in.note")
    person.does_not_see("draft.let-go")
    person.writes("check-in.note", MONDAY)
    person.taps("draft.let-go")
    person.sees("draft.is-let-go")
    person.sees("today.check-in")
    person.does_not_see("draft.check-in")
    person.taps("toast.undo")
    person.taps("draft.go-on")
    person.sees_written("check-in.note", MONDAY)
    person.taps("draft.let-go")
    person.sees("draft.is-let-go")
    person.opens_the_app_cold("/check-in")
    person.sees_written("check-in.note", "")


def test_changes_that_are_let_go_of_leave_what_was_kept(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    person.taps("today.check-in")
    person.writes("check-in.note", MONDAY)
    person.taps("check-in.keep")
    person.taps_text(MONDAY)
    person.writes("check-in.note", TUESDAY)
    person.taps("page.back")
    person.sees_text_once(MONDAY)
    person.goes_to("places.today")
    person.sees("draft.check-in-change")
    person.taps("draft.go-on")
    person.sees_written("check-in.note", TUESDAY)
    person.taps("draft.let-go-of-change")
    person.sees_text_once(MONDAY)
    person.does_not_see_text(TUESDAY)
    person.goes_to("places.today")
    person.sees_text_once(MONDAY)
    person.does_not_see("draft.check-in-change")


def test_plans_tell_what_was_begun_there_and_lead_to_it(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    person.opens("/wins/new")
    person.writes("win.words", "Said no to")
    person.opens("/plans/activities/new")
    person.writes("activity.name", "Wash up")
    person.opens("/plans/goals/new")
    person.writes("goal.ask-words", "Swim with Nuala")
    person.taps("places.plans")
    person.sees("draft.activity")
    person.sees("draft.goal")
    person.does_not_see("draft.win")
    person.taps("draft.go-on", begun="You began a goal.")
    person.sees_written("goal.ask-words", "Swim with Nuala")
    person.taps("goal.next")
    person.taps("goal.enough-now")
    person.taps("goal.add-step")
    person.writes("step.words", "Find the bathing things")
    person.taps("step.leave")
    person.goes_to("places.plans")
    person.sees("draft.step")
    person.does_not_see("draft.goal")
    person.taps("draft.go-on", begun="You began a step.")
    person.sees_written("step.words", "Find the bathing things")
    person.taps("step.keep")
    person.sees_text_once("Find the bathing things")
    person.goes_to("places.today")
    person.sees("draft.win")
    person.sees("draft.activity")
    person.does_not_see("draft.step")
    person.taps("draft.go-on", begun="You began an activity.")
    person.sees_written("activity.name", "Wash up")
    person.taps("draft.let-go")
    person.sees("draft.is-let-go")
    person.sees("plans.under")
    person.does_not_see("draft.activity")


def test_letters_typed_before_a_draft_is_there_are_put_after_it(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    begins_a_check_in(person, MONDAY)
    person.page.add_init_script(SLOW_LOCKS)
    person.opens("/check-in")
    person.adds("check-in.note", "and Tuesday")
    person.sees_written("check-in.note", f"{MONDAY} and Tuesday")
    person.opens_the_app_cold("/check-in")
    person.sees_written("check-in.note", f"{MONDAY} and Tuesday")


def test_where_a_draft_cannot_be_read_the_form_says_so_and_keeps_all_as_soon_as_it_can(
    already_has_a_diary: Person,
) -> None:
    person = already_has_a_diary
    begins_a_check_in(person, MONDAY)
    person.page.add_init_script(NO_DRAFT_BEFORE_FOUR_LETTERS)
    person.opens("/check-in")
    person.sees_written("check-in.note", "")
    person.does_not_see("not-kept.lead")
    person.writes("check-in.note", "and")
    person.sees("not-kept.lead")
    person.adds("check-in.note", " Tuesday")
    person.sees_written("check-in.note", f"{MONDAY} and Tuesday")
    person.does_not_see("not-kept.lead")
    person.opens_the_app_cold("/check-in")
    person.sees_written("check-in.note", f"{MONDAY} and Tuesday")


def begins_a_check_in(person: Person, note: str) -> None:
    person.taps("today.check-in")
    person.writes("check-in.note", note)
    person.taps("page.back")
