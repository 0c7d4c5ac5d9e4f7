"""The diary: written, seen by day, edited, deleted, put back. Nothing of it leaves the phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from e2e import sight
from e2e.phone import PhoneSettings
from e2e.sent import assert_never_sent
from e2e.ways import by_touch_and_by_keyboard, cut_off_both_ways

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from e2e.connection import Connection
    from e2e.fixtures import MakePerson
    from e2e.person import Person

FIRST, SECOND = "Walked to the gate with Nuala", "Walked to the gate and sat there"
HALF = "Half a sentence about Tuesday"


@pytest.fixture
def phone_settings() -> PhoneSettings:
    return PhoneSettings(time="2026-03-02 09:30")


@by_touch_and_by_keyboard
def test_a_check_in_is_written_seen_edited_deleted_and_put_back_and_nobody_is_told(make_person: MakePerson) -> None:
    person = make_person(time="2026-03-02 09:30", overheard=True)
    person.opens("/")
    person.phone.waits_until_the_app_is_kept()
    person.taps("welcome.start")
    writes_a_check_in(person, FIRST)
    person.sees_text_once(FIRST)
    person.goes_to("places.diary")
    person.sees("day.today")
    person.sees("went.less")
    person.sees("entry.rested")
    person.sees_text_once(FIRST)

    person.taps_text(FIRST)
    person.sees_written("check-in.note", FIRST)
    person.sees_chosen("went.less")
    person.writes("check-in.note", SECOND)
    person.taps("check-in.keep")
    person.sees_text_once(SECOND)
    person.does_not_see_text(FIRST)

    person.taps("entry.delete-of")
    person.sees("entry.deleted")
    person.does_not_see_text(SECOND)
    person.taps("toast.undo")
    person.sees_text_once(SECOND)
    person.does_not_see("entry.deleted")
    person.taps("entry.delete-of")
    person.sees("entry.deleted")
    person.goes_to("places.diary")
    person.sees("diary.empty")
    person.does_not_see_text(SECOND)

    goes_to_the_trash(person)
    person.sees_text_once(SECOND)
    person.does_not_see_text(FIRST)
    person.taps("trash.put-back-of")
    person.sees("trash.is-back")
    person.sees("trash.empty")
    person.does_not_see_text(SECOND)
    person.opens_the_app_cold("/diary")
    person.sees_text_once(SECOND)
    person.sees("went.less")
    person.taps("diary.check-in")
    person.writes("check-in.note", HALF)
    person.taps("page.back")
    person.sees_text_once(SECOND)
    person.does_not_see_text(HALF)

    person.phone.switches_off()
    assert_never_sent(person.phone.network_logs, [FIRST, SECOND, HALF])


@cut_off_both_ways
def test_cut_off_after_the_first_visit_a_check_in_is_written_edited_and_deleted_and_is_there_when_opened_cold(
    make_person: MakePerson, connection: Connection
) -> None:
    person = make_person(time="2026-03-02 09:30", keeps_profile=True)
    person.opens("/")
    person.phone.waits_until_the_app_is_kept()
    connection.is_lost()
    person.taps("welcome.start")
    writes_a_check_in(person, FIRST)
    restarts_the_phone(person)
    person.opens("/diary")
    person.sees_text_once(FIRST)
    person.does_not_see("welcome.start")
    person.taps_text(FIRST)
    person.writes("check-in.note", SECOND)
    person.taps("check-in.keep")
    person.sees_text_once(SECOND)
    restarts_the_phone(person)
    person.opens("/")
    person.sees_text_once(SECOND)
    person.does_not_see_text(FIRST)
    person.taps_text(SECOND)
    person.taps("entry.delete")
    person.sees("entry.deleted")
    restarts_the_phone(person)
    person.opens("/trash")
    person.sees_text_once(SECOND)
    person.taps("trash.put-back-of")
    person.sees("trash.is-back")
    connection.is_back()
    restarts_the_phone(person)
    person.opens("/diary")
    person.sees_text_once(SECOND)
    person.does_not_see_text(FIRST)


@by_touch_and_by_keyboard
def test_a_check_in_for_another_of_the_last_seven_days_stands_under_that_day(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    person.taps("today.check-in")
    person.taps("check-in.another-day")
    assert days_offered(person) == [
        "Today",
        "Yesterday",
        *("Saturday 28 February", "Friday 27 February", "Thursday 26 February"),
        *("Wednesday 25 February", "Tuesday 24 February"),
    ]
    person.chooses_text("Thursday 26 February")
    person.sees("check-in.question-day", day="Thursday 26 February")
    person.writes("check-in.note", FIRST)
    person.taps("check-in.keep")
    person.sees_text("Thursday 26 February")
    person.sees_text_once(FIRST)
    person.sees("entry.written-on", day="Monday 2 March")
    person.goes_to("places.today")
    person.sees("today.check-in")
    person.does_not_see_text(FIRST)
    person.goes_to("places.diary")
    person.sees_text_once(FIRST)
    expect(days_of_the_diary(person)).to_have_text(["Thursday 26 February"])
    person.taps_text("Thursday 26 February")
    person.taps("one-day.check-in-again")
    person.sees("check-in.question-day", day="Thursday 26 February")
    person.writes("check-in.note", SECOND)
    person.taps("check-in.keep")
    person.sees_text_once(FIRST)
    person.sees_text_once(SECOND)


@by_touch_and_by_keyboard
def test_a_rating_switched_off_stays_off(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    person.taps("today.check-in")
    person.taps("rating.more")
    person.sees("rating.pain")
    person.taps("rating.pain-off")
    person.sees("rating.energy")
    person.does_not_see("rating.pain")
    person.chooses_text("7")
    person.taps("rating.next")
    person.sees("rating.mood")
    person.taps("check-in.keep")
    person.goes_to("places.diary")
    person.sees("entry.rating", rating="Energy", value=7)
    person.does_not_see("rating.pain")
    person.opens_the_app_cold("/check-in")
    person.taps("rating.more")
    person.sees("rating.energy")
    person.does_not_see("rating.pain")
    person.taps("rating.next")
    person.taps("rating.next")
    person.sees("rating.sleep")
    person.does_not_see("rating.next")


def test_the_way_to_the_rating_before_is_not_called_as_the_way_back(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    person.taps("today.check-in")
    person.taps("rating.more")
    person.taps("rating.next")
    person.sees("rating.energy")
    person.taps("rating.before")
    person.sees("rating.pain")
    person.does_not_see("rating.before")
    person.taps("page.back")
    person.sees("today.lives-here")


def test_several_check_ins_of_one_day_are_all_kept_and_the_last_answer_stands(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    writes_a_check_in(person, FIRST)
    person.phone.time_is("2026-03-02 18:05")
    person.taps("today.check-in-again")
    person.chooses("went.much-more")
    person.writes("check-in.note", SECOND)
    person.taps("check-in.keep")
    person.sees_text(SECOND)
    person.opens("/diary/2026-03-02")
    person.sees("one-day.went", went="Much more")
    person.does_not_see("one-day.went", went="Less")
    for note, went, at in ((FIRST, "Less", "9:30"), (SECOND, "Much more", "18:05")):
        with person.beside(note):
            person.sees_text(went)
            person.sees_text(at)


def test_a_choice_pressed_again_is_blank_and_a_blank_day_stays_blank(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    person.taps("today.check-in")
    person.chooses("went.more")
    person.clears("went.more")
    person.does_not_see_chosen("went.more")
    person.taps("check-in.keep")
    person.sees("check-in.nothing-yet")
    person.opens("/diary")
    person.sees("diary.empty")
    person.opens("/diary/2026-03-01")
    person.sees("one-day.blank")
    person.does_not_see("one-day.went")


def writes_a_check_in(person: Person, note: str) -> None:
    person.taps("today.check-in")
    person.chooses("went.less")
    person.chooses("check-in.rested")
    person.writes("check-in.note", note)
    person.taps("check-in.keep")
    person.sees_text(note)


def goes_to_the_trash(person: Person) -> None:
    person.taps("page.more")
    person.taps("more.trash")


def restarts_the_phone(person: Person) -> None:
    person.phone.switches_off()
    person.phone.starts_again()


def days_of_the_diary(person: Person) -> Locator:
    return person.page.get_by_role("heading", level=2)


def days_offered(person: Person) -> list[str]:
    question = sight.part(person.page, person.words.whole("check-in.which-day"))
    expect(question).to_be_visible()
    said: list[str] = question.get_by_role("radio").evaluate_all("all => all.map((e) => e.labels[0].innerText.trim())")
    return said
