"""Two tabs of one diary, and what is half written when a tab, a page or the whole browser goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from e2e import sight
from e2e.phone import PhoneSettings

if TYPE_CHECKING:
    from e2e.fixtures import MakePerson
    from e2e.person import Person

BEFORE, HERE, THERE = "Sat by the window", "Sat by the window all morning", "Sat by the window and read"
LONG = "It was a slow morning and I let it be one, with the kettle on and the radio low."
KEY_MILLISECONDS = 40
LAST_MOMENT = 15
"""So many letters may be lost of what was typed when the phone goes: those of the last 0.6 seconds."""


@pytest.fixture
def phone_settings() -> PhoneSettings:
    return PhoneSettings(time="2026-03-02 09:30")


def test_a_tab_sees_at_once_what_another_changes_deletes_and_brings_back(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    has_written(person, BEFORE)
    person.goes_to("places.diary")
    person.opens_a_second_tab("/diary")
    person.taps_text(BEFORE)
    person.writes("check-in.note", HERE)
    person.taps("check-in.keep")
    person.turns_to_tab(1)
    person.sees_text_once(HERE)
    person.turns_to_tab(2)
    person.taps("entry.delete-of")
    person.sees("entry.deleted")
    person.turns_to_tab(1)
    person.sees("diary.empty")
    person.does_not_see_text(HERE)
    person.turns_to_tab(2)
    person.taps("toast.undo")
    person.sees_text_once(HERE)
    person.turns_to_tab(1)
    person.sees_text_once(HERE)
    person.does_not_see("diary.empty")


def test_a_diary_begun_in_one_tab_is_open_in_the_other(person: Person) -> None:
    person.opens("/")
    person.sees("welcome.start")
    person.opens_a_second_tab("/")
    person.taps("welcome.start")
    has_written(person, BEFORE)
    person.turns_to_tab(1)
    person.sees_text_once(BEFORE)
    person.does_not_see("welcome.start")


def test_an_open_form_in_which_nothing_was_typed_shows_what_the_other_tab_wrote(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    has_written(person, BEFORE)
    person.taps_text(BEFORE)
    person.sees_written("check-in.note", BEFORE)
    person.opens_a_second_tab("/")
    person.taps_text(BEFORE)
    person.writes("check-in.note", HERE)
    person.taps("check-in.keep")
    person.sees_text_once(HERE)
    person.turns_to_tab(1)
    person.sees_written("check-in.note", HERE)
    person.writes("check-in.note", THERE)
    person.taps("check-in.keep")
    person.sees_text_once(THERE)
    person.does_not_see_text(HERE)


def test_a_note_changed_in_two_tabs_keeps_both_texts_to_choose_from(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    has_written(person, BEFORE)
    person.taps_text(BEFORE)
    person.sees_written("check-in.note", BEFORE)
    person.opens_a_second_tab("/")
    person.taps_text(BEFORE)
    person.writes("check-in.note", THERE)
    person.turns_to_tab(1)
    person.sees_written("check-in.note", BEFORE)
    person.writes("check-in.note", HERE)
    person.taps("check-in.keep")
    person.sees_text_once(HERE)
    person.phone.time_is("2026-03-02 09:41")
    person.turns_to_tab(2)
    person.sees_written("check-in.note", THERE)
    person.taps("check-in.keep")
    person.sees("entry.several-texts")
    for number in (1, 2):
        person.turns_to_tab(number)
        person.sees_text_once(HERE)
        person.sees_text_once(THERE)
        person.does_not_see("one-day.blank")

    person.taps("entry.change-of")
    person.sees("text-versions.why")
    person.sees_written("check-in.note", THERE)
    person.taps_text("9:30")
    person.sees_written("check-in.note", HERE)
    person.taps("check-in.keep")
    for number in (1, 2):
        person.turns_to_tab(number)
        person.does_not_see_text(THERE)
        person.sees_text_once(HERE)
        person.does_not_see("entry.several-texts")


def test_two_texts_of_one_minute_are_told_apart_by_the_names_of_their_buttons(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    has_written(person, BEFORE)
    person.taps_text(BEFORE)
    person.sees_written("check-in.note", BEFORE)
    person.opens_a_second_tab("/")
    person.taps_text(BEFORE)
    person.writes("check-in.note", THERE)
    person.turns_to_tab(1)
    person.writes("check-in.note", HERE)
    person.taps("check-in.keep")
    person.sees_text_once(HERE)
    person.turns_to_tab(2)
    person.taps("check-in.keep")
    person.taps("entry.change-of")
    person.sees("text-versions.why")
    for number, text in ((1, THERE), (2, HERE)):
        person.taps("text-versions.use-of", when="2 March at 9:30", at=number, of=2)
        person.sees_written("check-in.note", text)


def test_what_is_half_written_in_two_tabs_stays_two_drafts(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    person.taps("today.check-in")
    person.writes("check-in.note", HERE)
    person.opens_a_second_tab("/check-in")
    person.sees_written("check-in.note", "")
    person.writes("check-in.note", THERE)
    for number, text in ((1, HERE), (2, THERE)):
        person.turns_to_tab(number)
        person.sees_written("check-in.note", text)
        person.reloads()
        person.sees_written("check-in.note", text)
    person.taps("check-in.keep")
    person.sees_text_once(THERE)
    person.does_not_see_text(HERE)
    person.turns_to_tab(1)
    person.sees_written("check-in.note", HERE)
    person.taps("check-in.keep")
    person.sees_text_once(HERE)
    person.sees_text_once(THERE)
    person.taps("today.check-in-again")
    person.sees_written("check-in.note", "")


def test_what_a_closed_tab_left_half_written_is_found_by_the_next(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    person.taps("today.check-in")
    person.writes("check-in.note", HERE)
    person.opens_a_second_tab("/check-in")
    person.sees_written("check-in.note", "")
    person.writes("check-in.note", THERE)
    person.turns_to_tab(1)
    person.taps("check-in.keep")
    person.sees_text_once(HERE)
    person.opens_the_app_cold("/check-in")
    person.sees_written("check-in.note", THERE)


def test_a_reload_in_the_middle_of_typing_keeps_the_draft(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    person.taps("today.check-in")
    person.chooses("went.less")
    types_at_their_own_pace(person, LONG)
    person.reloads()
    sees_all_but_the_last_moment_of(person, LONG)
    person.sees_chosen("went.less")
    person.taps("page.back")
    person.sees("today.check-in")
    person.does_not_see("today.so-far")


def test_a_browser_killed_in_the_middle_of_typing_has_the_draft_when_it_starts_again(make_person: MakePerson) -> None:
    person = make_person(keeps_profile=True)
    person.opens("/")
    person.taps("welcome.start")
    person.taps("today.check-in")
    types_at_their_own_pace(person, LONG)
    person.phone.dies()
    person.phone.starts_again()
    person.opens("/check-in")
    sees_all_but_the_last_moment_of(person, LONG)
    person.writes("check-in.note", HERE)
    person.taps("check-in.keep")
    person.sees_text_once(HERE)
    person.taps("today.check-in-again")
    person.sees_written("check-in.note", "")


def has_written(person: Person, note: str) -> None:
    person.taps("today.check-in")
    person.writes("check-in.note", note)
    person.taps("check-in.keep")
    person.sees_text(note)


def types_at_their_own_pace(person: Person, text: str) -> None:
    person.writes("check-in.note", "")
    person.page.keyboard.type(text, delay=KEY_MILLISECONDS)


def sees_all_but_the_last_moment_of(person: Person, text: str) -> None:
    note = sight.field(person.page, person.words.whole("check-in.note"))
    expect(note).not_to_have_value("")
    left = note.input_value()
    assert text.startswith(left)
    assert len(left) >= len(text) - LAST_MOMENT, f"Only this is left: {left}"
