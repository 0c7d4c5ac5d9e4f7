"""A timer rings at its turns and keeps the screen on meanwhile: no more than that, and a refusal harms nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from e2e.pacing import at, sees_doing, sees_resting, starts
from e2e.phone import PhoneSettings
from e2e.ringing import HAS_NEITHER_SOUND_NOR_TOUCH, AskedOfThePhone

if TYPE_CHECKING:
    from e2e.person import Person
    from e2e.phone import Phone

TURN = ("heard", "felt")


@pytest.fixture
def phone_settings() -> PhoneSettings:
    return PhoneSettings(time="2026-03-02 13:50")


@pytest.fixture
def asked_of_the_phone(phone: Phone) -> AskedOfThePhone:
    """Note what is asked of the phone. Ask for it before the person who opens the app."""
    return AskedOfThePhone(phone)


def test_it_rings_at_each_turn_and_keeps_the_screen_on_until_it_ends(
    asked_of_the_phone: AskedOfThePhone, already_has_an_activity: Person
) -> None:
    person = already_has_an_activity
    person.taps("activity.start-timer")
    person.sees("timer.start")
    asked_of_the_phone.comes_to()
    starts(person)
    asked_of_the_phone.comes_to("screen on")
    person.phone.ticks_until(at(8.5))
    sees_doing(person, 1)
    asked_of_the_phone.comes_to("screen on")
    person.phone.ticks_until(at(9.5))
    sees_resting(person, 5)
    asked_of_the_phone.comes_to("screen on", *TURN)
    person.phone.ticks_until(at(14.5))
    sees_doing(person, 9)
    asked_of_the_phone.comes_to("screen on", *TURN, *TURN)
    person.phone.ticks_until(at(23.5))
    person.sees("timer.how-was-it")
    assert sorted(asked_of_the_phone.so_far()) == sorted(["screen on", *TURN * 3, "screen let go"])
    person.phone.ticks_until(at(40))
    assert asked_of_the_phone.so_far().count("felt") == 3


def test_stopped_and_answered_or_left_for_another_screen_it_lets_the_screen_go(
    asked_of_the_phone: AskedOfThePhone, already_has_an_activity: Person
) -> None:
    person = already_has_an_activity
    person.taps("activity.start-timer")
    starts(person)
    asked_of_the_phone.comes_to("screen on")
    person.taps("places.today")
    person.sees("today.check-in")
    asked_of_the_phone.comes_to("screen on", "screen let go")
    person.opens("/timer")
    sees_doing(person, 9)
    asked_of_the_phone.comes_to("screen on")
    person.taps("timer.stop")
    person.taps("ended.stopped-sooner")
    asked_of_the_phone.comes_to("screen on", "screen let go")


def test_it_is_silent_where_the_person_wants_it_so_and_opened_late_nothing_rings(
    asked_of_the_phone: AskedOfThePhone, already_has_an_activity: Person
) -> None:
    person = already_has_an_activity
    activity = person.page.url
    person.opens("/settings")
    for choice in ("settings.sound", "settings.vibration"):
        person.clears(choice)
        person.sees("settings.kept")
    person.page.goto(activity)
    person.taps("activity.start-timer")
    starts(person)
    person.sees("timer.silent")
    person.phone.ticks_until(at(9.5))
    sees_resting(person, 5)
    asked_of_the_phone.comes_to("screen on")
    person.phone.lies_until(at(90))
    person.reloads()
    person.sees("timer.late")
    asked_of_the_phone.comes_to()


def test_a_phone_that_has_none_of_it_and_refuses_runs_the_timer_all_the_same(
    phone: Phone, already_has_an_activity: Person
) -> None:
    person = already_has_an_activity
    phone.context.add_init_script(HAS_NEITHER_SOUND_NOR_TOUCH)
    person.reloads()
    person.taps("activity.start-timer")
    starts(person)
    person.sees("timer.cannot-ring")
    person.does_not_see("timer.rings-here")
    person.does_not_see("timer.touch-once")
    person.phone.ticks_until(at(9.5))
    sees_resting(person, 5)
    person.phone.ticks_until(at(23.5))
    person.sees("timer.said-as-planned")
