"""Numbers as people type them: what is none gets a sentence at its field, and no timer runs of nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from e2e import sight
from e2e.pacing import NAME
from e2e.ways import by_touch_and_by_keyboard

if TYPE_CHECKING:
    from e2e.person import Person

NOT_A_NUMBER = {
    "nine": "complaint.number-with-words",
    "9 minutes": "complaint.number-with-words",
    "1e9": "complaint.number-with-words",
    "1,000": "complaint.unclear-comma",
    "-3": "complaint.below-zero",
    "0": "complaint.zero",
    "0.0": "complaint.zero",
    "४": "complaint.not-a-number",
    "🌿": "complaint.not-a-number",
    "4.5.6": "complaint.not-a-number",
    "9" * 70: "complaint.too-large",
    "100001": "complaint.too-large",
    "0.0001": "complaint.too-many-places",
}
A_NUMBER = {"4,5": "4.5 minutes", "½": "0.5 minutes", "4½": "4.5 minutes", " 12 ": "12 minutes", "٩": "9 minutes"}
NOT_A_REST = {
    "five": "complaint.number-with-words",
    "0": "complaint.zero",
    "2.5": "complaint.not-whole",
    "121": "complaint.too-large",
}


@by_touch_and_by_keyboard
def test_what_is_no_number_is_said_at_its_field_and_stays_there(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    person.opens("/plans/activities/new")
    person.writes("activity.name", NAME)
    for typed, complaint in NOT_A_NUMBER.items():
        refuses(person, "activity.amount", typed, complaint)
    person.reloads()
    person.sees_written("activity.amount", typed)
    person.writes("activity.amount", "9")
    for typed, complaint in NOT_A_REST.items():
        refuses(person, "activity.rest", typed, complaint)
    person.sees_written("activity.amount", "9")
    person.sees_written("activity.name", NAME)
    person.opens("/plans")
    person.sees("plans.activities")
    person.does_not_see_text(NAME)


@pytest.mark.parametrize(("typed", "amount"), A_NUMBER.items())
def test_a_number_is_read_as_it_is_written(already_has_a_diary: Person, typed: str, amount: str) -> None:
    person = already_has_a_diary
    person.opens("/plans/activities/new")
    person.writes("activity.name", NAME)
    person.writes("activity.amount", typed)
    person.taps("activity.keep")
    person.sees("activity.my-own")
    person.sees_text_once(amount)
    person.opens_the_app_cold("/plans")
    with person.beside(NAME):
        person.sees_text(amount)


@by_touch_and_by_keyboard
def test_a_number_may_wait_and_the_timer_waits_with_it(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    person.opens("/plans/activities/new")
    person.writes("activity.name", NAME)
    person.writes("activity.amount", "")
    person.taps("activity.keep")
    person.sees("amount.none-yet")
    person.sees("activity.no-number-is-fine")
    person.does_not_see("activity.start-timer")
    activity = person.page.url.rpartition("/")[2]
    person.opens(f"/timer?activity={activity}")
    person.sees("timer.no-number")
    person.does_not_see("timer.start")
    person.taps("activity.write-number")
    person.writes("activity.amount", "9")
    person.taps("activity.keep")
    person.taps("activity.start-timer")
    person.sees("timer.start")


@pytest.mark.parametrize(
    "address",
    [
        "/timer",
        "/timer?activity=",
        "/timer?activity=%00%3Cscript%3E",
        f"/timer?activity={'A' * 43}",
        "/timer?activity=walking",
    ],
)
def test_a_timer_of_nothing_asks_what_it_is_for(already_has_a_diary: Person, address: str) -> None:
    person = already_has_a_diary
    person.opens_the_app_cold(address)
    person.sees("timer.choose")
    person.sees("timer.nothing-to-choose")
    person.does_not_see("timer.start")
    person.does_not_see("timer.stop")
    person.taps("timer.own-minutes")
    person.sees("timer.minutes-each-round")


@by_touch_and_by_keyboard
def test_minutes_without_an_activity_are_a_number_too(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    person.opens("/timer?own")
    person.taps("timer.start")
    person.sees("complaint.no-number-yet")
    for typed in ("nine", "1,000", "-3", "0"):
        person.writes("timer.minutes-each-round", typed)
        person.taps("timer.start")
        says_at_its_field(person, "timer.minutes-each-round", NOT_A_NUMBER[typed])
        person.sees_written("timer.minutes-each-round", typed)
        person.does_not_see("timer.stop")
    person.opens("/")
    person.sees("today.check-in")
    person.does_not_see("timer.line-running")
    person.opens("/timer?own")
    person.sees_written("timer.minutes-each-round", "0")
    person.writes("timer.minutes-each-round", "½")
    person.taps("timer.start")
    person.sees("timer.stop")
    person.sees("timer.unnamed")


def refuses(person: Person, field: str, typed: str, complaint: str) -> None:
    person.writes(field, typed)
    person.taps("activity.keep")
    says_at_its_field(person, field, complaint)
    person.sees_written(field, typed)
    person.does_not_see("activity.my-number")


def says_at_its_field(person: Person, field: str, complaint: str) -> None:
    """Check that this sentence, and no other, is what the field is described by, and that the field has the focus."""
    place = sight.field(person.page, person.words.whole(field))
    expect(place).to_have_accessible_description(person.words.anywhere(complaint))
    expect(place).to_be_focused()
    expect(person.page.get_by_role("alert").filter(has_text=person.words.anywhere(complaint))).to_have_count(1)
