"""Today: one main action, and what it is while a timer waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from e2e.pacing import NAME, at, starts
from e2e.ways import by_touch_and_by_keyboard

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from e2e.person import Person


@by_touch_and_by_keyboard
def test_a_timer_that_runs_or_waits_for_an_answer_comes_first_and_nothing_else_is_offered_to_start(
    already_has_an_activity: Person,
) -> None:
    person = already_has_an_activity
    person.goes_to("places.today")
    expect(main_actions(person)).to_have_text([person.words.whole("today.start")])
    person.taps("today.start")
    starts(person)
    for key, minutes in (("timer.line-running", 4), ("timer.line-over", 40)):
        person.phone.lies_until(at(minutes))
        person.opens_the_app_cold("/")
        expect(main_actions(person)).to_have_text([person.words.whole(key, name=NAME)])
        person.does_not_see("today.start")
        person.sees("today.check-in")
    person.taps("timer.line-over", name=NAME)
    person.taps("timer.stopped-then")
    person.taps("timer.keep")
    person.sees("timer.kept-text")
    person.opens_the_app_cold("/")
    expect(main_actions(person)).to_have_text([person.words.whole("today.start")])
    person.does_not_see("timer.line-over")


def main_actions(person: Person) -> Locator:
    """Return what looks like a main action, whatever it does."""
    return person.page.locator("main .button-main")
