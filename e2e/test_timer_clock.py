"""The timer is right whatever happened meanwhile: a reload, a flat battery, a clock that jumps, summer time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from e2e.pacing import NAME, at, sees_doing, sees_one_session, sees_resting, starts, writes_an_activity
from e2e.phone import PhoneSettings
from e2e.ways import by_touch_and_by_keyboard, cut_off_both_ways

if TYPE_CHECKING:
    from e2e.connection import Connection
    from e2e.fixtures import MakePerson
    from e2e.person import Person


@pytest.fixture
def phone_settings() -> PhoneSettings:
    return PhoneSettings(time="2026-03-02 13:50")


@cut_off_both_ways
def test_it_is_right_again_after_a_reload_and_when_the_app_is_opened_cold(
    already_has_an_activity: Person, connection: Connection
) -> None:
    person = already_has_an_activity
    person.phone.waits_until_the_app_is_kept()
    connection.is_lost()
    person.taps("activity.start-timer")
    starts(person)
    person.phone.lies_until(at(3))
    person.reloads()
    sees_doing(person, 6)
    person.phone.lies_until(at(10))
    person.reloads()
    sees_resting(person, 4)
    person.closes_the_app()
    person.phone.lies_until(at(12))
    person.opens("/")
    person.taps("timer.line-running", name=NAME)
    sees_resting(person, 2)
    person.closes_the_app()
    person.phone.lies_until(at(15))
    person.opens("/timer")
    sees_doing(person, 8)
    person.does_not_see("timer.how-was-it")
    person.opens("/diary")
    person.sees("diary.empty")
    connection.is_back()
    person.opens_the_app_cold("/timer")
    sees_doing(person, 8)


def test_it_is_right_again_after_the_battery_was_flat(make_person: MakePerson) -> None:
    person = make_person(time="2026-03-02 13:50", keeps_profile=True)
    has_started(person)
    person.phone.lies_until(at(4))
    person.taps("timer.rest-now")
    sees_resting(person, 5)
    person.phone.dies()
    person.phone.lies_until(at(11))
    person.phone.starts_again()
    person.opens("/")
    person.taps("timer.line-running", name=NAME)
    sees_doing(person, 3)
    person.does_not_see("timer.how-was-it")


def test_a_clock_set_ten_years_on_and_back_again_ends_nothing(already_has_an_activity: Person) -> None:
    person = already_has_an_activity
    person.taps("activity.start-timer")
    starts(person)
    person.phone.lies_until(at(2))
    person.phone.time_is("2036-03-02 14:02")
    person.reloads()
    person.sees("timer.how-was-it")
    person.does_not_see("timer.kept-text")
    person.opens("/diary")
    person.sees("diary.empty")
    person.phone.time_is(at(4))
    person.opens("/timer")
    sees_doing(person, 5)
    person.does_not_see("timer.how-was-it")
    person.phone.ticks_until(at(9.5))
    sees_resting(person, 5)


def test_a_clock_set_ten_years_back_neither_stops_nor_begins_it_anew(already_has_an_activity: Person) -> None:
    person = already_has_an_activity
    person.taps("activity.start-timer")
    starts(person)
    person.phone.ticks_until(at(2))
    person.phone.time_is("2016-03-02 14:02")
    person.phone.ticks_until("2016-03-02 14:04")
    sees_doing(person, 5)
    person.reloads()
    sees_doing(person, 5)
    person.phone.ticks_until("2016-03-02 14:10")
    sees_resting(person, 4)
    person.phone.time_is(at(11))
    person.reloads()
    person.sees("timer.how-was-it")
    person.does_not_see("timer.said-as-planned")
    person.opens("/diary")
    person.sees("diary.empty")


@pytest.mark.parametrize(
    ("since", "ends"),
    [
        pytest.param("2026-03-02 23:55+00:00", "0:04", id="midnight"),
        pytest.param("2026-03-29 00:55+00:00", "2:04", id="the clocks go on"),
        pytest.param("2026-10-25 01:55+01:00", "1:04", id="the clocks go back"),
        pytest.param("2026-10-25 01:55+00:00", "2:04", id="the hour that came twice is over"),
    ],
)
def test_it_takes_as_long_as_it_takes_whatever_the_clock_on_the_wall_does(
    make_person: MakePerson, since: str, ends: str
) -> None:
    person = make_person(zone="Europe/London", time=at(-10, since))
    has_started(person, since)
    person.sees_text(f"This round ends at {ends}")
    person.phone.ticks_until(at(8.5, since))
    sees_doing(person, 1)
    person.phone.ticks_until(at(9.5, since))
    sees_resting(person, 5)
    person.reloads()
    sees_resting(person, 5)
    person.phone.lies_until(at(15, since))
    person.opens_the_app_cold("/timer")
    sees_doing(person, 8)
    person.phone.ticks_until(at(23.5, since))
    person.sees("timer.said-as-planned")
    person.taps("timer.keep")
    person.sees("timer.kept-text")
    sees_one_session(person, planned="18 minutes", done="18 minutes", ended="as-planned")
    person.sees("day.today")


@by_touch_and_by_keyboard
@pytest.mark.parametrize(
    ("answer", "ended", "done"),
    [
        ("timer.stopped-then", "as-planned", "18 minutes"),
        ("ended.stopped-sooner", "stopped-sooner", None),
        ("ended.went-on", "went-on", "21 minutes"),
        ("ended.dont-remember", "dont-remember", None),
    ],
)
def test_opened_late_it_asks_and_writes_nothing_down_by_itself(
    already_has_an_activity: Person, answer: str, ended: str, done: str | None
) -> None:
    person = already_has_an_activity
    person.taps("activity.start-timer")
    starts(person)
    person.phone.lies_until(at(4))
    person.closes_the_app()
    person.phone.lies_until(at(90))
    person.opens("/diary")
    person.sees("diary.empty")
    person.goes_to("places.today")
    person.sees("today.check-in")
    person.does_not_see("today.so-far")
    person.taps("timer.line-over", name=NAME)
    person.sees("timer.late")
    person.sees_text("14:23")
    person.cannot_tap("timer.keep")
    person.does_not_see("timer.said-as-planned")
    person.reloads()
    person.sees("timer.late")
    person.taps(answer)
    if answer == "ended.went-on":
        person.writes("timer.how-much-more", "3")
    person.taps("timer.keep")
    person.sees("timer.kept-text")
    sees_one_session(person, planned="18 minutes", done=done, ended=ended)
    person.opens_the_app_cold("/")
    person.sees("today.so-far")
    person.does_not_see("timer.line-over")


@by_touch_and_by_keyboard
def test_hours_later_no_answer_is_taken_for_granted_even_where_the_end_was_seen(
    already_has_an_activity: Person,
) -> None:
    person = already_has_an_activity
    person.taps("activity.start-timer")
    starts(person)
    person.phone.ticks_until(at(23.5))
    person.sees("timer.said-as-planned")
    person.closes_the_app()
    person.phone.lies_until(at(240))
    person.opens("/timer")
    person.sees("timer.late")
    person.sees_text("14:23")
    person.does_not_see("timer.said-as-planned")
    person.cannot_tap("timer.keep")
    person.taps("ended.stopped-sooner")
    person.sees("timer.said-stopped-sooner")
    person.taps("entry.change-of")
    person.sees_chosen("ended.stopped-sooner")
    person.does_not_see_chosen("timer.stopped-then")
    person.does_not_see("ended.as-planned")
    person.writes("timer.how-much-in-all", "12")
    person.reloads()
    person.sees_written("timer.how-much-in-all", "12")
    person.taps("timer.keep")
    person.sees("timer.kept-text")
    sees_one_session(person, planned="18 minutes", done="12 minutes", ended="stopped-sooner")


@by_touch_and_by_keyboard
def test_it_is_in_one_tab_at_a_time_and_comes_over_as_it_stands(already_has_an_activity: Person) -> None:
    person = already_has_an_activity
    person.taps("activity.start-timer")
    starts(person)
    person.phone.lies_until(at(4))
    person.opens_a_second_tab("/")
    person.taps("timer.line-elsewhere")
    person.sees("timer.elsewhere")
    person.does_not_see("timer.stop")
    person.taps("timer.bring-here")
    sees_doing(person, 5)
    person.does_not_see("timer.elsewhere-stuck")
    person.turns_to_tab(1)
    person.sees("timer.elsewhere")
    person.does_not_see("timer.stop")
    person.turns_to_tab(2)
    person.taps("timer.stop")
    person.taps("ended.as-planned")
    person.taps("timer.keep")
    person.sees("timer.kept-text")
    person.turns_to_tab(1)
    person.taps("timer.bring-here")
    person.does_not_see("timer.stop")
    person.does_not_see("timer.how-was-it")
    sees_one_session(person, planned="18 minutes", done="18 minutes", ended="as-planned")


def has_started(person: Person, when: str = at(0)) -> None:
    person.opens("/")
    person.taps("welcome.start")
    person.sees("today.lives-here")
    person.opens("/plans/activities/new")
    writes_an_activity(person, amount="9")
    person.taps("activity.start-timer")
    starts(person, when)
