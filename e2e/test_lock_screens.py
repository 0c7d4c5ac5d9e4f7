"""The screens that no address leads to: the door to the diary, what stands there in its place, the timer as it goes.

Each is sound for a screen reader and never wider than its screen: as it is, at 320 by 640, and there with text twice
as large, in light and in dark.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from e2e.accessibility import assert_no_axe_violations, assert_no_sideways_scroll
from e2e.pacing import at, sees_doing, sees_resting, starts, writes_an_activity
from e2e.phone import PhoneSettings
from e2e.storage import Storage

if TYPE_CHECKING:
    from e2e.connection import Network
    from e2e.person import Person
    from e2e.witness import Witness

WORDS = "heron gate kettle wool"
NO_NAME, TOO_LONG = "<button></button>", "<p>Unbreakableandlongword</p>"


@pytest.fixture(params=["light", "dark"])
def phone_settings(request: pytest.FixtureRequest) -> PhoneSettings:
    return PhoneSettings(dark=request.param == "dark", still=True, time="2026-03-02 13:50")


def test_the_screens_of_words_that_open_the_diary(person: Person) -> None:
    Storage(person.phone).keeps_no_keys()
    person.opens("/")
    person.taps("welcome.start")
    person.sees("choose-words.why")
    is_sound(person)
    person.writes("choose-words.words", "heron")
    person.taps("choose-words.start")
    person.sees("choose-words.too-short", count=8)
    is_sound(person)
    person.writes("choose-words.words", WORDS)
    person.taps("choose-words.start")
    person.sees("today.check-in")
    person.opens_the_app_cold("/")
    person.sees("unlock.title")
    is_sound(person)
    person.writes("unlock.words", "heron gate kettle wood")
    person.taps("unlock.open")
    person.sees("unlock.wrong-words")
    is_sound(person)


def test_the_screen_of_a_diary_that_cannot_be_opened(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    person.opens("/healthz")
    person.page.evaluate(HAS_BEEN_OPEN_IN_A_LATER_VERSION)
    person.opens("/")
    person.sees("trouble.later-version")
    person.sees("trouble.nothing-changed")
    person.does_not_see("welcome.start")
    is_sound(person)


def test_the_screens_where_nothing_stands(already_has_a_diary: Person, network: Network, witness: Witness) -> None:
    person = already_has_a_diary
    person.phone.waits_until_the_app_is_kept()
    person.opens("/plans/goals/nothing-here")
    person.sees("not-found.text")
    is_sound(person)
    witness.expects("status of 404")  # how the browser says what this address is
    person.opens("/no-such-address")
    is_sound(person)
    network.offline()
    person.opens("/no-such-address")
    person.sees("not-found.text")
    is_sound(person)


def test_the_timer_in_each_of_its_states(already_has_an_activity: Person) -> None:
    person = already_has_an_activity
    person.taps("activity.start-timer")
    person.sees("timer.first-time")
    is_sound(person)
    starts(person)
    sees_doing(person, 9)
    is_sound(person)
    person.taps("timer.stop")
    person.sees("timer.any-is-fine")
    is_sound(person)
    person.taps("timer.back")
    person.taps("timer.rest-now")
    sees_resting(person, 5)
    is_sound(person)
    person.opens_a_second_tab("/timer")
    person.sees("timer.elsewhere")
    is_sound(person)
    person.taps("timer.bring-here")
    sees_resting(person, 5)
    person.taps("timer.stop-all")
    person.taps("ended.stopped-sooner")
    person.writes("timer.how-much-in-all", "four or so")
    person.taps("timer.keep")
    person.sees("complaint.number-with-words")
    is_sound(person)
    person.writes("timer.how-much-in-all", "4")
    person.taps("timer.keep")
    person.sees("timer.kept-text")
    is_sound(person)


def test_the_timer_of_a_unit_of_ones_own_with_a_long_name(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    person.opens("/plans/activities/new")
    person.chooses("unit.own")
    person.writes("activity.unit-name", "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch")
    writes_an_activity(person, amount="12.5")
    is_sound(person)
    person.taps("activity.start-timer")
    person.sees("timer.how-many-rounds")
    is_sound(person)
    starts(person)
    person.sees("timer.until-you-say")
    is_sound(person)
    person.taps("timer.stop")
    person.taps("ended.stopped-sooner")
    person.sees("timer.how-much-in-all")
    is_sound(person)


def test_the_timer_opened_late(already_has_an_activity: Person) -> None:
    person = already_has_an_activity
    person.taps("activity.start-timer")
    starts(person)
    person.closes_the_app()
    person.phone.lies_until(at(90))
    person.opens("/timer")
    person.sees("timer.late")
    is_sound(person)
    person.taps("ended.went-on")
    person.sees("timer.how-much-more")
    is_sound(person)


@pytest.mark.parametrize(("fault", "found"), [(NO_NAME, "- button-name "), (TOO_LONG, "wider than its screen of 320")])
def test_a_screen_with_a_fault_in_its_place_is_found(person: Person, fault: str, found: str) -> None:
    body = f"""<!doctype html><html lang="en"><meta name="viewport" content="width=device-width">
        <title>A page</title><main><h1>A page</h1>{fault}</main></html>"""
    person.phone.context.route("**/*", lambda route: route.fulfill(content_type="text/html", body=body))
    person.opens("/")
    with pytest.raises(AssertionError, match=found):
        is_sound(person)


def is_sound(person: Person) -> None:
    """Look at what is in front in each size, and leave it as it was; gather what is wrong."""
    wrong = []
    for is_narrow, is_large in ((False, False), (True, False), (True, True)):
        person.phone.has_text(twice_as_large=is_large)
        person.phone.is_as_wide_as(*((320, 640) if is_narrow else (360, 740)))
        person.page.get_by_role("heading", level=1).wait_for()
        for check in (assert_no_sideways_scroll, assert_no_axe_violations):
            try:
                check(person.page)
            except AssertionError as fault:
                wrong.append(str(fault))
    person.phone.has_text(twice_as_large=False)
    person.phone.is_as_wide_as(360, 740)
    assert not wrong, "\n\n".join(wrong)


HAS_BEEN_OPEN_IN_A_LATER_VERSION = """() => new Promise((go, fail) => {
  const opening = indexedDB.open("cairn", 1000);
  opening.onerror = opening.onblocked = () => fail(opening.error);
  opening.onsuccess = () => { opening.result.close(); go(); };
})"""
