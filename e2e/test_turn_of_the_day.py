"""A day turns at four in the morning by the clock of the place, and what was written stays where and when it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from e2e.fixtures import MakePerson
    from e2e.person import Person


@pytest.mark.parametrize("zone", ["Europe/London", "Pacific/Auckland", "America/St_Johns"])
def test_until_four_in_the_morning_it_is_still_the_day_before(make_person: MakePerson, zone: str) -> None:
    person = make_person(zone=zone, time="2026-03-02 03:59")
    starts_a_diary(person)
    person.sees_text("Sunday 1 March")
    person.taps("today.check-in")
    keeps(person, "Still awake")
    person.sees("today.so-far")
    person.phone.time_is("2026-03-02 04:01")
    person.goes_to("places.diary")
    sees_days(person, "Yesterday")
    person.goes_to("places.today")
    person.sees_text("Monday 2 March")
    person.does_not_see("today.so-far")
    person.does_not_see_text("Still awake")
    person.taps("today.check-in")
    keeps(person, "Up early")
    person.goes_to("places.diary")
    sees_days(person, "Today", "Yesterday")
    person.opens_the_app_cold("/diary/2026-03-01")
    with person.beside("Still awake"):
        person.sees_text("3:59")
        person.does_not_see("entry.written-on")
    person.does_not_see_text("Up early")


def test_a_check_in_begun_before_four_and_kept_after_it_is_of_the_day_it_was_begun_on(make_person: MakePerson) -> None:
    person = make_person(time="2026-03-02 03:58")
    starts_a_diary(person)
    person.taps("today.check-in")
    person.phone.time_is("2026-03-02 04:02")
    keeps(person, "A long night")
    person.goes_to("places.today")
    person.sees_text("Monday 2 March")
    person.does_not_see_text("A long night")
    person.goes_to("places.diary")
    sees_days(person, "Yesterday")


def test_summer_time_moves_neither_the_day_nor_what_was_written(make_person: MakePerson) -> None:
    person = make_person(zone="Europe/London", time="2026-03-28 22:05")
    starts_a_diary(person)
    person.taps("today.check-in")
    keeps(person, "Before the clocks went on")
    person.phone.time_is("2026-03-29 03:59")
    person.opens_the_app_cold("/")
    person.sees_text("Saturday 28 March")
    person.sees_text("22:05")
    person.phone.time_is("2026-03-29 04:01")
    person.opens_the_app_cold("/")
    person.sees_text("Sunday 29 March")
    person.does_not_see_text("Before the clocks went on")
    person.goes_to("places.diary")
    sees_days(person, "Yesterday")
    person.sees_text("22:05")
    person.does_not_see_text("23:05")


def test_the_hour_that_comes_twice_in_autumn_keeps_both_check_ins_in_their_order(make_person: MakePerson) -> None:
    person = make_person(zone="Europe/London", time="2026-10-25 01:30")
    starts_a_diary(person)
    person.taps("today.check-in")
    keeps(person, "In summer time")
    person.phone.let_pass(hours=1)
    person.taps("today.check-in-again")
    keeps(person, "In winter time")
    person.opens_the_app_cold("/diary/2026-10-24")
    notes = person.page.get_by_role("article")
    expect(notes).to_contain_text(["In winter time", "In summer time"])
    expect(notes).to_contain_text(["1:30", "1:30"])
    person.phone.time_is("2026-10-25 04:01")
    person.opens_the_app_cold("/")
    person.sees_text("Sunday 25 October")
    person.does_not_see("today.so-far")


@pytest.mark.parametrize(
    ("locale", "day", "time"),
    [
        ("en-GB", "Monday 2 March", "9:30"),
        ("en-US", "Monday, March 2", "9:30 AM"),
        ("de-DE", "Monday 2 March", "9:30"),
        ("ar-EG", "Monday 2 March", "9:30"),
        ("th-TH", "Monday 2 March", "9:30"),
    ],
)
def test_dates_read_as_the_phone_has_them_and_are_the_same_days(
    make_person: MakePerson, locale: str, day: str, time: str
) -> None:
    person = make_person(locale=locale, time="2026-03-02 09:30")
    starts_a_diary(person)
    person.sees_text(day)
    person.taps("today.check-in")
    keeps(person, "A plain morning")
    person.sees_text(time)
    person.phone.time_is("2026-03-04 09:30")
    person.opens_the_app_cold("/diary")
    sees_days(person, day)
    person.opens("/diary/2026-03-02")
    person.sees_text_once("A plain morning")
    person.does_not_see("one-day.blank")


def starts_a_diary(person: Person) -> None:
    person.opens("/")
    person.taps("welcome.start")


def keeps(person: Person, note: str) -> None:
    person.writes("check-in.note", note)
    person.taps("check-in.keep")
    person.cannot_tap("check-in.keep")
    person.sees("check-in.kept")


def sees_days(person: Person, *days: str) -> None:
    expect(person.page.get_by_role("heading", level=2)).to_have_text(list(days))
