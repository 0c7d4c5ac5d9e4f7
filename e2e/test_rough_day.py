"""A rough day: three taps at most from opening to kept, then dim and still until everything is to be shown again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from e2e import sight
from e2e.phone import PhoneSettings
from e2e.ways import by_touch_and_by_keyboard, cut_off_both_ways

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from e2e.connection import Connection
    from e2e.hands import Hands
    from e2e.person import Person

DIM, BRIGHT = 0.05, 0.6
OTHER_SCREENS = ("/", "/diary", "/plans", "/check-in", "/timer", "/wins", "/settings", "/more", "/trash", "/help")


@pytest.fixture
def phone_settings() -> PhoneSettings:
    return PhoneSettings(time="2026-03-02 10:00")


class CountingHands:
    """Hands that count every tap, choice and field they go to."""

    def __init__(self, hands: Hands) -> None:
        self.taps = 0
        self._hands = hands

    def press(self, page: Page, target: Locator) -> None:
        self.taps += 1
        self._hands.press(page, target)

    def choose(self, page: Page, target: Locator) -> None:
        self.taps += 1
        self._hands.choose(page, target)

    def write(self, page: Page, target: Locator, text: str, *, instead: bool) -> None:
        self.taps += 1
        self._hands.write(page, target, text, instead=instead)


@cut_off_both_ways
@by_touch_and_by_keyboard
def test_from_opening_to_kept_it_is_two_taps_and_a_word_is_the_third(
    already_has_a_diary: Person, connection: Connection
) -> None:
    person = already_has_a_diary
    person.phone.waits_until_the_app_is_kept()
    connection.is_lost()
    person.opens_the_app_cold("/")
    hands = person.hands = CountingHands(person.hands)
    person.taps("page.rough-day")
    person.sees("rough-day.legend")
    person.does_not_see("rough-day.kept")
    person.chooses("rough-day.rough")
    person.sees("rough-day.kept")
    assert hands.taps == 2
    person.sees_chosen("rough-day.rough")

    person.opens_the_app_cold("/")
    person.sees("rough-day.title")
    person.does_not_see("today.check-in")
    hands.taps = 0
    person.chooses("rough-day.getting-by")
    person.sees_chosen("rough-day.getting-by")
    assert hands.taps == 1
    person.sees("rough-day.stays")


@by_touch_and_by_keyboard
def test_it_opens_first_and_all_is_dim_and_still_until_everything_is_shown(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    person.phone.waits_until_the_app_is_kept()
    assert brightness(person) > BRIGHT
    person.taps("page.rough-day")
    person.chooses("rough-day.ok")
    person.sees("rough-day.kept")
    is_dim_and_still(person)
    for path in OTHER_SCREENS:
        person.opens_the_app_cold(path)
        person.page.get_by_role("heading", level=1).wait_for()
        if path != "/":
            person.does_not_see("rough-day.legend")
        is_dim_and_still(person)
    person.opens_the_app_cold("/")
    person.taps("places.today")
    person.sees("today.check-in")
    is_dim_and_still(person)
    person.taps("page.rough-day")
    person.taps("rough-day.show-everything")
    person.sees("today.check-in")
    assert brightness(person) > BRIGHT
    person.opens_the_app_cold("/")
    person.sees("today.check-in")
    person.does_not_see("rough-day.title")
    assert brightness(person) > BRIGHT
    person.opens("/diary")
    person.sees("rough-day.ok")
    person.sees("entry.rough-day")


@by_touch_and_by_keyboard
def test_every_dim_screen_has_the_way_out_and_back_again(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    person.opens("/rough-day")
    person.chooses("rough-day.rough")
    person.sees("rough-day.kept")
    person.opens("/settings")
    person.sees("settings.dim-now")
    person.taps("rough-day.show-everything")
    person.sees("rough-day.is-over")
    person.does_not_see("settings.dim-now")
    assert brightness(person) > BRIGHT
    person.taps("toast.undo")
    person.sees("settings.dim-now")
    is_dim_and_still(person)
    person.taps("page.rough-day")
    person.sees("rough-day.stays")


def test_a_word_that_was_left_by_a_closed_app_is_kept_on_coming_back(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    person.opens("/rough-day")
    person.writes("rough-day.word", "Foggy")
    person.does_not_see("rough-day.kept")
    person.opens_the_app_cold("/rough-day")
    person.sees("rough-day.kept", said="Foggy")
    person.does_not_see("rough-day.keep-word")
    person.opens("/plans")
    person.taps("rough-day.show-everything")
    person.goes_to("places.today")
    person.sees_text_once("Foggy")
    person.does_not_see("draft.rough-day")


@by_touch_and_by_keyboard
def test_a_word_is_kept_and_words_never_become_numbers(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    person.taps("page.rough-day")
    person.chooses("rough-day.rough")
    person.sees("rough-day.kept")
    person.writes("rough-day.word", "Foggy")
    person.taps("places.today")
    person.sees("today.check-in")
    person.opens_the_app_cold("/diary")
    person.sees_text_once("Foggy")
    entry = sight.item_with(person.page, "Foggy")
    expect(entry.get_by_text(person.words.whole("rough-day.rough"))).to_be_visible()
    assert re.sub(r"\b10:\d\d\b", "", entry.inner_text()).split() == ["Rough", "day,", "Foggy", "Rough"]
    person.opens("/")
    person.sees_written("rough-day.word", "Foggy")


@by_touch_and_by_keyboard
def test_begun_with_a_word_it_says_what_is_kept_and_what_stays(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    person.taps("page.rough-day")
    person.sees("rough-day.legend")
    person.does_not_see("rough-day.keep-word")
    person.writes("rough-day.word", "Foggy")
    person.does_not_see("rough-day.kept")
    person.taps("rough-day.keep-word")
    person.sees("rough-day.kept", said="Foggy")
    person.sees("rough-day.stays")
    person.does_not_see("rough-day.keep-word")
    person.chooses("rough-day.rough")
    person.sees("rough-day.kept", said="Rough, Foggy")
    person.opens_the_app_cold("/")
    person.sees("rough-day.stays")
    person.sees("rough-day.kept", said="Rough, Foggy")


@by_touch_and_by_keyboard
def test_a_slip_is_mended_or_taken_back_and_leaves_one_entry_or_none(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    person.taps("page.rough-day")
    person.chooses("rough-day.getting-by")
    person.sees("rough-day.kept")
    person.chooses("rough-day.ok")
    person.sees_chosen("rough-day.ok")
    person.taps("toast.undo")
    person.sees_chosen("rough-day.getting-by")
    person.does_not_see("toast.undo")
    person.phone.let_pass(minutes=11)
    person.reloads()
    person.does_not_see_chosen("rough-day.getting-by")
    person.chooses("rough-day.rough")
    person.sees("rough-day.kept")
    person.taps("toast.undo")
    person.sees("rough-day.taken-back")
    person.does_not_see_chosen("rough-day.rough")
    person.opens("/diary")
    person.sees("rough-day.getting-by")
    person.sees_text_once("Rough day, 10:")
    person.does_not_see("rough-day.ok")
    is_dim_and_still(person)
    person.opens("/trash")
    person.sees("trash.put-back-of", entry="Rough day, Rough")
    person.does_not_see("rough-day.getting-by")
    person.does_not_see("rough-day.ok")


def test_taken_back_at_once_nothing_has_begun(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    person.taps("page.rough-day")
    person.chooses("rough-day.rough")
    person.taps("toast.undo")
    person.sees("rough-day.taken-back")
    person.opens_the_app_cold("/")
    person.sees("today.check-in")
    person.does_not_see("rough-day.title")
    assert brightness(person) > BRIGHT
    person.opens("/diary")
    person.sees("diary.empty")


def test_only_looking_at_it_begins_nothing(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    person.taps("page.rough-day")
    person.sees("rough-day.rough")
    is_dim_and_still(person)
    person.does_not_see("rough-day.show-everything")
    person.goes_back()
    person.sees("today.check-in")
    assert brightness(person) > BRIGHT
    person.opens_the_app_cold("/")
    person.sees("today.check-in")
    person.does_not_see("rough-day.title")


def is_dim_and_still(person: Person) -> None:
    assert brightness(person) < DIM
    assert (
        person.page.evaluate("document.getAnimations().map((each) => each.animationName ?? each.transitionProperty)")
        == []
    )


def brightness(person: Person) -> float:
    """Return how bright the ground is that is seen behind everything, from 0 for black to 1 for white."""
    colour = person.page.evaluate(
        "() => [document.body, document.documentElement].map((e) => getComputedStyle(e).backgroundColor)"
        ".find((seen) => !/, 0\\)$|transparent/.test(seen))"
    )
    red, green, blue = (int(part) / 255 for part in re.findall(r"\d+", colour)[:3])
    return float(0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2)
