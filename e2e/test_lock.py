"""The lock: who finds the phone finds nothing, and whose diary it is loses nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from e2e.behind_lock import (
    HALF,
    NOTE,
    OTHER_WORDS,
    TIME,
    WORDS,
    has_a_note,
    locks_with_words,
    sees_nothing,
    turns_it_off,
    unlocks_with_words,
)
from e2e.profile_search import assert_nothing_in_clear
from e2e.storage import Storage
from e2e.test_leaving import COMES_BACK, DEAF
from e2e.ways import by_touch_and_by_keyboard

if TYPE_CHECKING:
    from e2e.fixtures import MakePerson
    from e2e.person import Person


@by_touch_and_by_keyboard
def test_words_lock_the_app_after_a_time_and_whoever_finds_the_phone_finds_nothing(make_person: MakePerson) -> None:
    person = has_a_note(make_person(time=TIME, keeps_profile=True))
    locks_with_words(person)
    person.opens("/diary")
    unlocks_with_words(person)
    person.sees_text_once(NOTE)
    person.phone.let_tick(minutes=14)
    person.sees_text_once(NOTE)
    assert_plain(person, NOTE)
    person.phone.let_tick(minutes=1)
    sees_nothing(person, NOTE)
    person.writes("unlock.words", OTHER_WORDS)
    person.taps("unlock.open")
    person.sees("unlock.wrong-words")
    sees_nothing(person, NOTE)
    unlocks_with_words(person)
    person.sees_text_once(NOTE)
    assert person.page.url.endswith("/diary"), "It opens where it was."
    person.phone.let_tick(minutes=16)
    sees_nothing(person, NOTE)
    person.phone.dies()
    assert_nothing_in_clear(person.phone.profile, [NOTE, WORDS])


def test_a_form_that_was_half_written_comes_back_after_unlocking(make_person: MakePerson) -> None:
    person = has_a_note(make_person(time=TIME, keeps_profile=True))
    locks_with_words(person, minutes=1)
    person.opens("/check-in")
    unlocks_with_words(person)
    person.writes("check-in.note", HALF)
    person.phone.let_pass(minutes=2)
    sees_nothing(person, NOTE, HALF)
    unlocks_with_words(person)
    person.sees_written("check-in.note", HALF)
    person.phone.let_pass(minutes=2)
    sees_nothing(person, HALF)
    person.phone.dies()
    assert_nothing_in_clear(person.phone.profile, [HALF, WORDS])


def test_what_cannot_be_kept_is_not_locked_away_and_it_says_why(make_person: MakePerson) -> None:
    person = has_a_note(make_person(time=TIME))
    locks_with_words(person, minutes=1)
    person.opens("/check-in")
    unlocks_with_words(person)
    storage = Storage(person.phone)
    storage.gives_up_on_writing()
    person.writes("check-in.note", HALF)
    person.phone.let_tick(minutes=2)
    person.sees("lock.held-up")
    person.sees_written("check-in.note", HALF)
    # Whoever is told so can do something about it.
    person.writes("check-in.note", HALF + ".")
    person.sees_written("check-in.note", HALF + ".")
    storage.writes_again()
    person.phone.let_tick(minutes=2)
    sees_nothing(person, HALF)
    unlocks_with_words(person)
    person.sees_written("check-in.note", HALF + ".")


def test_each_window_locks_by_itself_and_unlocking_one_opens_no_other(make_person: MakePerson) -> None:
    person = has_a_note(make_person(time=TIME))
    person.opens("/diary")
    person.opens_a_second_tab("/check-in")
    person.writes("check-in.note", HALF)
    person.turns_to_tab(1)
    locks_with_words(person)
    person.turns_to_tab(2)
    sees_nothing(person, NOTE, HALF)
    unlocks_with_words(person)
    person.sees_written("check-in.note", HALF)
    person.taps("check-in.keep")
    person.sees_text_once(HALF)
    person.turns_to_tab(1)
    person.taps("lock.now")
    sees_nothing(person, NOTE, HALF)
    person.turns_to_tab(2)
    person.sees_text_once(HALF)
    turns_it_off(person)
    person.turns_to_tab(1)
    person.does_not_see("unlock.title")
    person.opens_the_app_cold("/diary")
    person.sees_text_once(NOTE)
    person.does_not_see("unlock.title")


@pytest.mark.parametrize("comes_back", [COMES_BACK, "() => void document.dispatchEvent(new Event('visibilitychange'))"])
def test_a_page_that_heard_of_no_lock_shows_nothing_when_it_is_seen_again(
    make_person: MakePerson, comes_back: str
) -> None:
    person = has_a_note(make_person(time=TIME))
    person.opens_a_second_tab()
    person.page.add_init_script(DEAF)
    person.opens("/diary")
    person.sees_text_once(NOTE)
    person.turns_to_tab(1)
    locks_with_words(person)
    person.turns_to_tab(2)
    person.sees_text_once(NOTE)
    person.page.evaluate(comes_back)
    sees_nothing(person, NOTE)


def test_while_the_time_cannot_be_read_the_shortest_holds(make_person: MakePerson) -> None:
    person = has_a_note(make_person(time=TIME))
    locks_with_words(person)
    person.opens("/diary")
    person.sees("unlock.title")
    Storage(person.phone).gives_no_more("lock")
    unlocks_with_words(person)
    person.sees_text_once(NOTE)
    person.phone.let_tick(minutes=1)
    sees_nothing(person, NOTE)


def test_what_goes_by_before_the_time_is_read_counts_too(make_person: MakePerson) -> None:
    person = has_a_note(make_person(time=TIME))
    locks_with_words(person, minutes=1)
    person.opens("/diary")
    person.sees("unlock.title")
    storage = Storage(person.phone)
    storage.gives_late("lock")
    unlocks_with_words(person)
    person.sees_text_once(NOTE)
    person.phone.let_pass(minutes=2)
    person.sees_text_once(NOTE)
    storage.gives_it_now()
    sees_nothing(person, NOTE)


def test_on_a_rough_day_its_screen_is_behind_the_lock_first(make_person: MakePerson) -> None:
    person = has_a_note(make_person(time=TIME))
    locks_with_words(person)
    person.taps("page.rough-day")
    person.chooses("rough-day.rough")
    person.sees("rough-day.kept")
    person.opens("/")
    unlocks_with_words(person)
    person.sees("rough-day.kept")
    assert person.page.url.endswith("/rough-day")


def assert_plain(person: Person, *texts: str) -> None:
    """See that a search of the page finds these texts while the diary is open."""
    assert all(text in person.page.content() for text in texts)
