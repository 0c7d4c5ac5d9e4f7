"""What things are called: no two buttons of one screen have one name, and none is called by a drawing alone."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from e2e.pacing import at, sees_doing
from e2e.phone import PhoneSettings
from e2e.test_every_screen import FILLED, NEW, WITHOUT_PARTS

if TYPE_CHECKING:
    from playwright.sync_api import FloatRect, Page

    from e2e.person import Person

# Of each button, and of each link that looks like one: what a screen reader calls it.
BUTTONS = """() => [...document.querySelectorAll("button, a.button")].filter((each) => each.checkVisibility())
    .map((each) => (each.getAttribute("aria-label") ?? each.innerText).trim().replace(/\\s+/g, " "))"""
LOWEST_BEFORE_THE_DOCK = "() => document.querySelector('.dock').getBoundingClientRect().top"


@pytest.fixture
def phone_settings() -> PhoneSettings:
    return PhoneSettings(time="2026-03-02 13:50")


def test_no_two_buttons_of_a_screen_have_one_name(already_has_a_full_diary: Person) -> None:
    person = already_has_a_full_diary
    twice = []
    for path in [*WITHOUT_PARTS, *NEW, *(path for paths in FILLED.values() for path in paths)]:
        person.opens(path)
        person.page.get_by_role("heading", level=1).wait_for()
        twice += [f"{path}: {name}" for name, count in Counter(buttons_of(person.page)).items() if count > 1]
    assert twice == []


def test_two_buttons_with_one_name_would_be_found(already_has_a_diary: Person) -> None:
    page = already_has_a_diary.page
    before = buttons_of(page)
    page.evaluate(
        "() => document.querySelector('main').append(document.querySelector('main a.button').cloneNode(true))"
    )
    assert len(buttons_of(page)) == len(before) + 1
    assert max(Counter(buttons_of(page)).values()) == 2


def test_more_is_a_word_to_read_on_the_smallest_phone_too(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    for width, height in ((360, 740), (320, 640), (900, 700)):
        person.phone.is_as_wide_as(width, height)
        person.sees("page.more")
        more = person.page.get_by_text(person.words.whole("page.more")).filter(visible=True)
        expect(more).to_have_count(1)
        box = more.bounding_box()
        assert box is not None
        assert box["width"] >= 48, width
    person.taps("page.more")
    person.taps_text("About Cairn")
    person.sees("about.program")


def test_in_text_twice_as_large_the_two_ways_above_a_page_share_a_line(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    person.phone.has_text(twice_as_large=True)
    for width, height in ((360, 740), (320, 640)):
        person.phone.is_as_wide_as(width, height)
        rough_day, more = (box_of(person, key) for key in ("page.rough-day", "page.more"))
        assert more["y"] < rough_day["y"] + rough_day["height"] / 2 < more["y"] + more["height"], width
        assert more["x"] >= rough_day["x"] + rough_day["width"] + 8, width


def test_the_ways_in_stand_beneath_each_other_as_wide_as_each_other(person: Person) -> None:
    person.opens("/")
    start, already, file = (box_of(person, key) for key in ("welcome.start", "welcome.already", "read-back.i-have-one"))
    assert start["width"] == already["width"] == file["width"]


def test_the_form_of_an_activity_that_is_there_already_has_its_name_and_its_number_in_view(
    already_has_a_diary: Person,
) -> None:
    person = already_has_a_diary
    person.opens("/plans")
    person.taps_text("Sitting")
    heading = person.page.get_by_role("heading", level=1)
    expect(heading).to_have_text(person.words.whole("activity.sitting"))
    person.does_not_see("activity.title-new")
    number = person.page.get_by_label(person.words.whole("activity.amount"))
    box = number.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < person.page.evaluate(LOWEST_BEFORE_THE_DOCK)
    person.writes("activity.amount", "12")
    person.taps("activity.keep")
    person.sees("amount.minutes", amount=12)
    expect(heading).to_have_text(person.words.whole("activity.sitting"))
    person.sees("unit.minutes")
    person.does_not_see("unit.in-minutes")


def test_a_unit_of_ones_own_stands_by_its_own_name(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    person.opens("/plans/activities/new")
    person.writes("activity.name", "Read")
    person.chooses("unit.own")
    person.taps("activity.keep")
    person.sees("complaint.empty")
    person.writes("activity.unit-name", "Pages")
    person.chooses("activity-kind.thinking")
    person.taps("activity.keep")
    person.sees_text("Thinking · Pages")
    person.does_not_see("unit.in-own", unit="Pages")


def test_minutes_without_an_activity_are_a_timer_in_the_diary_and_need_a_number(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    person.opens("/timer?own")
    person.taps("timer.start")
    person.sees("complaint.no-number-yet")
    person.does_not_see("complaint.empty")
    person.writes("timer.minutes-each-round", "4")
    person.phone.time_is(at(0))
    person.taps("timer.start")
    sees_doing(person, 4)
    person.taps("timer.stop")
    person.taps("ended.as-planned")
    person.taps("timer.keep")
    person.sees("timer.kept-text")
    for path in ("/", "/diary", "/diary/2026-03-02"):
        person.opens(path)
        person.sees("timer.unnamed")
        person.does_not_see("activity.unnamed")


def test_a_step_can_be_left_for_the_goal_and_not_now_is_only_an_answer(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    person.opens("/plans/goals/new")
    person.writes("goal.ask-words", "Sing on Thursdays")
    person.taps("goal.next")
    person.taps("goal.enough-now")
    person.taps("goal.add-step")
    person.sees("step.words")
    person.does_not_see("step.not-now")
    person.writes("step.words", "Ask who drives")
    person.taps("step.leave")
    person.does_not_see("step.words")
    person.sees("goal.no-steps")
    person.taps("goal.add-step")
    person.sees_written("step.words", "Ask who drives")
    person.taps("step.keep")
    person.sees_text("Ask who drives")


def box_of(person: Person, key: str) -> FloatRect:
    """Return where a word stands that is tapped."""
    box = person.page.locator("a, button, label").filter(has_text=person.words.whole(key)).bounding_box()
    assert box is not None
    return box


def buttons_of(page: Page) -> list[str]:
    names: list[str] = page.evaluate(BUTTONS)
    assert all(names), f"A button has no words: {names}"
    return names
