"""A diary of some months: all of it is there, however long past, and nothing of it twice."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from e2e.full_diary import THROWN_AWAY, TWOFOLD, id_of, many_on_a_day, many_without_a_day
from e2e.phone import PhoneSettings

READ_ON = "(days) => { scrollTo(0, document.body.scrollHeight); return document.querySelectorAll('h2').length >= days }"

READ_DOWN = (
    "(some) => { scrollTo(0, document.body.scrollHeight); return document.querySelectorAll('article').length > some }"
)

if TYPE_CHECKING:
    from e2e.person import Person


@pytest.fixture
def phone_settings() -> PhoneSettings:
    return PhoneSettings(time="2026-03-02 09:30")


def test_months_long_past_are_there_when_opened_cold(already_has_a_full_diary: Person) -> None:
    person = already_has_a_full_diary
    person.opens_the_app_cold("/diary/2025-11-03")
    person.sees_text_once("Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch")
    person.does_not_see("one-day.blank")
    person.opens("/diary/2025-11-10")
    person.sees("one-day.blank")
    person.opens_the_app_cold("/diary")
    days = person.page.get_by_role("heading", level=2)
    person.page.wait_for_function(READ_ON, arg=107)
    expect(days).to_have_count(107)
    person.does_not_see("diary.earlier")
    expect(days.last).to_have_text(re.compile("Monday,? 3 November 2025"))
    person.does_not_see_text(THROWN_AWAY)
    person.taps("page.more")
    person.taps("more.trash")
    person.sees_text_once(THROWN_AWAY)


def test_a_note_written_in_two_places_shows_both_and_keeps_the_one_that_is_chosen(
    already_has_a_full_diary: Person,
) -> None:
    person = already_has_a_full_diary
    one, other = TWOFOLD
    person.opens(f"/check-in/{id_of('twofold')}")
    person.sees("text-versions.why")
    person.sees_text(one)
    person.sees_text(other)
    person.writes("check-in.note", "Slept in the chair, woke by phone")
    person.taps("check-in.keep")
    person.sees_text_once("Slept in the chair, woke by phone")
    person.does_not_see_text(other)
    person.does_not_see("entry.several-texts")


MANY, DRAWN_AT_ONCE = 3_000, 60


@pytest.mark.parametrize(
    ("saved", "path", "more"),
    [
        (many_without_a_day(MANY), "/diary/no-day", "diary.more-without-day"),
        (many_on_a_day(date(2026, 2, 20), MANY), "/diary/2026-02-20", "diary.more-of-day"),
    ],
    ids=["without a day", "on one day"],
)
def test_a_day_with_thousands_of_entries_is_drawn_as_far_as_it_is_read(
    already_has_a_diary: Person, saved: str, path: str, more: str
) -> None:
    person = already_has_a_diary
    file = person.phone.folder / "cairn-many.json"
    file.write_text(saved, encoding="utf-8")
    person.opens("/take-with-me")
    person.gives_a_file("read-back.choose", file)
    expect(person.page.get_by_text(person.words.anywhere("read-back.came"))).to_be_visible(timeout=30_000)
    person.opens_the_app_cold("/diary")
    notes = person.page.get_by_text(re.compile(r"^Note \d+$"))
    person.sees(more)
    expect(notes).to_have_count(12)
    person.taps(more)
    person.sees("entry.change")
    assert person.page.url.endswith(path)
    expect(notes.nth(7)).to_be_visible()
    assert notes.count() <= DRAWN_AT_ONCE
    person.page.wait_for_function(READ_DOWN, arg=DRAWN_AT_ONCE)
    assert notes.count() < MANY // 2
