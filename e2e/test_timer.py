"""An activity with one's own number, and the timer: doing, a rest, doing again, or stopping when one likes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from e2e import sight
from e2e.pacing import NAME, at, sees_doing, sees_one_session, sees_resting, starts, writes_an_activity
from e2e.phone import PhoneSettings
from e2e.ways import by_touch_and_by_keyboard

if TYPE_CHECKING:
    from e2e.connection import Network
    from e2e.person import Person


@pytest.fixture
def phone_settings() -> PhoneSettings:
    return PhoneSettings(time="2026-03-02 13:50")


@by_touch_and_by_keyboard
def test_an_activity_is_done_with_a_rest_as_planned_and_stands_in_the_diary(person: Person, network: Network) -> None:
    person.opens("/")
    person.phone.waits_until_the_app_is_kept()
    network.offline()
    person.taps("welcome.start")
    person.goes_to("places.plans")
    person.sees("plans.new-activity")
    person.does_not_see_text(NAME)
    person.taps("plans.new-activity")
    person.chooses("unit.minutes")
    writes_an_activity(person, amount="9")
    person.sees("amount.minutes", amount=9)
    person.sees("activity.my-own")
    person.taps("activity.start-timer")
    person.sees("timer.first-time")
    person.sees("timer.plan-is-the-most")
    starts(person)
    person.sees_text("This round ends at 14:09")
    person.does_not_see("timer.first-time")
    assert person.page.evaluate("() => scrollY") == 0

    person.phone.ticks_until(at(8.5))
    sees_doing(person, 1)
    person.phone.ticks_until(at(9.5))
    sees_resting(person, 5)
    person.sees("timer.idea-position")
    person.sees("timer.stop-all")
    person.sees("timer.next-round")
    person.does_not_see("timer.go-on")
    person.does_not_see("timer.how-ended")
    person.phone.ticks_until(at(13.5))
    sees_resting(person, 1)
    person.phone.ticks_until(at(14.5))
    sees_doing(person, 9)
    person.does_not_see("timer.ideas")
    person.phone.ticks_until(at(23.5))
    person.sees("timer.how-was-it")
    person.sees("timer.said-as-planned")
    person.sees_chosen("ended.as-planned")
    person.chooses("after.bit-sore")
    person.taps("timer.keep")
    person.sees("timer.kept-text")
    person.taps("timer.to-today")
    person.sees("today.so-far")
    person.does_not_see("timer.line-over")
    sees_one_session(person, planned="18 minutes", done="18 minutes", ended="as-planned")
    person.sees("entry.after-bit-sore")
    person.opens_the_app_cold("/diary")
    person.sees_text_once(NAME)


@by_touch_and_by_keyboard
def test_one_rests_and_stops_when_one_likes_and_stop_can_be_taken_back(already_has_an_activity: Person) -> None:
    person = already_has_an_activity
    person.taps("activity.start-timer")
    starts(person)
    person.phone.ticks_until(at(4))
    person.taps("timer.rest-now")
    sees_resting(person, 5)
    person.phone.ticks_until(at(6))
    sees_resting(person, 3)
    person.taps("timer.more-rest")
    sees_resting(person, 8)
    person.taps("timer.go-on")
    sees_doing(person, 5)
    person.taps("timer.stop")
    with person.in_part("timer.how-ended"):
        person.sees("timer.any-is-fine")
        person.taps("timer.back")
    person.does_not_see("timer.how-ended")
    person.phone.ticks_until(at(8))
    sees_doing(person, 3)

    person.taps("timer.stop")
    person.taps("ended.stopped-sooner")
    person.sees("timer.said-stopped-sooner")
    person.sees_written("timer.how-much-in-all", "")
    amount = amount_that_the_timer_says(person)
    assert 5 < amount < 7
    person.taps("timer.keep")
    person.sees("timer.kept-text")
    sees_one_session(person, planned="18 minutes", done=f"{amount:g} minutes", ended="stopped-sooner")
    person.does_not_see("entry.after-same")


def test_what_was_done_can_be_put_right_in_ones_own_number(already_has_an_activity: Person) -> None:
    person = already_has_an_activity
    person.taps("activity.start-timer")
    starts(person)
    person.phone.lies_until(at(3))
    person.taps("timer.stop")
    person.taps("ended.went-on")
    person.writes("timer.how-much-more", "four more")
    person.taps("timer.keep")
    person.sees("complaint.number-with-words")
    person.sees_written("timer.how-much-more", "four more")
    person.reloads()
    person.sees_written("timer.how-much-more", "four more")
    person.does_not_see("complaint.number-with-words")
    person.writes("timer.how-much-more", "4,5")
    person.taps("timer.keep")
    person.sees("timer.kept-text")
    sees_one_session(person, planned="18 minutes", done="22.5 minutes", ended="went-on")


@by_touch_and_by_keyboard
def test_in_a_rest_one_button_begins_the_next_round_and_another_ends_it_all(already_has_an_activity: Person) -> None:
    person = already_has_an_activity
    person.taps("activity.start-timer")
    starts(person)
    person.phone.ticks_until(at(9.5))
    sees_resting(person, 5)
    person.does_not_see("timer.go-on")
    person.taps("timer.next-round")
    sees_doing(person, 9)
    person.taps("timer.rest-now")
    sees_resting(person, 5)
    person.does_not_see("timer.next-round")
    person.taps("timer.stop-all")
    with person.in_part("timer.how-ended"):
        person.taps("timer.back")
    sees_resting(person, 5)
    person.taps("timer.stop-all")
    person.taps("ended.stopped-sooner")
    person.sees("timer.said-stopped-sooner")
    assert 9 <= amount_that_the_timer_says(person) < 11


@by_touch_and_by_keyboard
@pytest.mark.parametrize(
    ("unit", "own", "one_round", "all_rounds"),
    [("unit.metres", None, "300 metres", "600 metres"), ("unit.own", "pages", "3.5 pages", "7 pages")],
)
def test_a_round_that_is_not_of_time_ends_when_the_person_says_so(
    already_has_a_diary: Person, unit: str, own: str | None, one_round: str, all_rounds: str
) -> None:
    person = already_has_a_diary
    person.opens("/plans/activities/new")
    person.chooses(unit)
    if own is not None:
        person.writes("activity.unit-name", own)
    writes_an_activity(person, amount=one_round.split(maxsplit=1)[0])
    person.sees_text(one_round)
    person.taps("activity.start-timer")
    starts(person)
    person.sees("timer.until-you-say")
    person.phone.ticks_until(at(60))
    person.sees("timer.until-you-say")
    person.taps("timer.round-done")
    sees_resting(person, 5)
    person.phone.let_tick(minutes=5)
    person.sees("timer.round-done")
    person.taps("timer.round-done")
    person.sees("timer.said-as-planned")
    person.taps("timer.keep")
    person.sees("timer.kept-text")
    sees_one_session(person, planned=all_rounds, done=all_rounds, ended="as-planned")


def test_stopped_within_a_round_of_metres_how_far_it_was_stays_unsaid(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    person.opens("/plans/activities/new")
    person.chooses("unit.metres")
    writes_an_activity(person, amount="300")
    person.taps("activity.start-timer")
    starts(person)
    person.taps("timer.stop")
    person.taps("ended.stopped-sooner")
    person.taps("timer.keep")
    person.sees("timer.kept-text")
    sees_one_session(person, planned="600 metres", done=None, ended="stopped-sooner")


def test_stop_and_keep_tapped_twice_make_one_session(already_has_an_activity: Person) -> None:
    person = already_has_an_activity
    person.taps("activity.start-timer")
    starts(person)
    taps_twice(person, "timer.stop")
    person.sees("timer.how-ended")
    person.does_not_see("timer.how-was-it")
    person.taps("ended.as-planned")
    taps_twice(person, "timer.keep")
    person.sees("timer.kept-text")
    sees_one_session(person, planned="18 minutes", done="18 minutes", ended="as-planned")


def test_a_session_that_is_not_kept_lies_in_the_trash(already_has_an_activity: Person) -> None:
    person = already_has_an_activity
    person.taps("activity.start-timer")
    starts(person)
    person.taps("timer.stop")
    person.taps("ended.stopped-sooner")
    person.taps("timer.do-not-keep")
    person.sees("entry.deleted")
    person.opens("/diary")
    person.sees("diary.empty")
    person.opens("/trash")
    person.sees_text(NAME)
    person.opens("/timer")
    person.sees("timer.choose")


def amount_that_the_timer_says(person: Person) -> float:
    """Return the minutes named in the hint of the field."""
    said = person.page.get_by_text(person.words.anywhere("timer.blank-means")).inner_text()
    found = re.search(r"([\d.]+) minute", said)
    assert found is not None, said
    return float(found[1])


def taps_twice(person: Person, key: str) -> None:
    """Tap the same place twice, as a hand that shakes does."""
    target = sight.control(person.page, person.words.whole(key))
    target.scroll_into_view_if_needed()
    box = target.bounding_box()
    assert box is not None
    for _ in range(2):
        person.page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
