"""When the app locks: a sleep, a clock that is set, a look within the time, a timer that is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from e2e.behind_lock import NOTE, TIME, has_a_note, locks_with_words, sees_nothing, unlocks_with_words
from e2e.pacing import NAME, sees_doing, starts, writes_an_activity

if TYPE_CHECKING:
    from e2e.fixtures import MakePerson
    from e2e.person import Person


def test_after_a_sleep_or_with_the_clock_set_the_first_look_shows_nothing(make_person: MakePerson) -> None:
    person = has_a_note(make_person(time=TIME))
    locks_with_words(person)
    for sleeps, until in (
        (wakes_after, "2026-03-02 11:00"),
        (wakes_after, "2026-02-01 08:00"),
        (is_touched_after, "2026-03-03 08:00"),
    ):
        person.opens("/diary")
        unlocks_with_words(person)
        person.sees_text_once(NOTE)
        assert sleeps(person, until)
        sees_nothing(person, NOTE)


def test_a_look_within_the_time_leaves_it_open(make_person: MakePerson) -> None:
    person = has_a_note(make_person(time=TIME))
    locks_with_words(person)
    person.opens("/diary")
    unlocks_with_words(person)
    assert not wakes_after(person, "2026-03-02 09:42")
    person.sees_text_once(NOTE)
    # It counts from this look.
    assert not wakes_after(person, "2026-03-02 09:54")
    person.sees_text_once(NOTE)


def test_a_timer_that_is_looked_at_is_use_and_one_in_a_pocket_is_not(make_person: MakePerson) -> None:
    person = has_a_note(make_person(time=TIME))
    person.opens("/plans/activities/new")
    writes_an_activity(person, amount="9")
    locks_with_words(person, minutes=5)
    person.opens("/plans")
    unlocks_with_words(person)
    person.taps_text(NAME)
    person.taps("activity.start-timer")
    starts(person, "2026-03-02 09:31+00:00")
    sees_doing(person, 9)
    person.phone.let_tick(minutes=8)
    sees_doing(person, 1)
    person.phone.let_pass(minutes=30)
    person.sees("unlock.title")
    unlocks_with_words(person)
    person.does_not_see("unlock.title")


def wakes_after(person: Person, when: str) -> bool:
    """Let the phone sleep until then, its timers too, and be looked at; return whether nothing is seen from then on."""
    person.page.evaluate(SLEEPS)
    person.phone.time_is(when)
    is_hidden: bool = person.page.evaluate(WAKES)
    return is_hidden


def is_touched_after(person: Person, when: str) -> bool:
    """Let the phone sleep until then with the page in sight, and touch it; return whether nothing is seen then."""
    person.phone.time_is(when)
    is_hidden: bool = person.page.evaluate(IS_TOUCHED)
    return is_hidden


SLEEPS = """() => {
  Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""
WAKES = """() => {
  delete document.visibilityState;
  document.dispatchEvent(new Event("visibilitychange"));
  return document.body.hidden;
}"""
IS_TOUCHED = """() => {
  document.getElementById("main").dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
  return document.body.hidden;
}"""
