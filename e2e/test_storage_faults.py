"""When the phone's storage fails: what was typed stays, can be saved to a file, and is kept once afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from e2e.forms import keeps_a_check_in
from e2e.phone import PhoneSettings
from e2e.storage import Storage

if TYPE_CHECKING:
    from e2e.person import Person

EARLIER, TYPED = "Written while all was well", "Typed when it went wrong"
LONG = f"{TYPED} " + "and a good deal more about the same " * 200


@pytest.fixture
def phone_settings() -> PhoneSettings:
    return PhoneSettings(time="2026-03-02 09:30", keeps_profile=True)


@pytest.fixture
def storage(person: Person) -> Storage:
    return Storage(person.phone)


def test_on_a_full_phone_what_was_typed_stays_and_can_be_saved_and_is_kept_once_when_there_is_room(
    already_has_a_diary: Person, storage: Storage
) -> None:
    person = already_has_a_diary
    keeps_a_check_in(person, EARLIER)
    storage.is_full()
    person.opens("/")
    person.sees_text_once(EARLIER)
    person.taps("today.check-in-again")
    person.chooses("went.more")
    person.writes("check-in.note", LONG)
    person.sees("not-kept.full")
    person.taps("check-in.keep")
    is_told_and_can_save_the_words(person, "not-kept.full", LONG)
    person.sees_chosen("went.more")
    storage.has_room_again()
    is_kept_once(person, LONG)
    person.sees_text_once(EARLIER)


@pytest.mark.parametrize(
    ("path", "says"),
    [("/keep-safe", "consent.yes"), ("/keep-safe/phones", "today.lives-here"), ("/sign-in", "sign-in.begun")],
)
def test_where_it_cannot_be_read_whether_there_is_an_account_that_is_said_and_can_be_tried_again(
    already_has_a_diary: Person, storage: Storage, path: str, says: str
) -> None:
    person = already_has_a_diary
    storage.does_not_give("account")
    person.opens(path)
    person.sees("account-trouble.not-kept")
    person.does_not_see(says)
    person.does_not_see("reading.moment")
    storage.gives_it_again()
    person.taps("trouble.try-again")
    person.sees(says)


def test_a_write_the_browser_gave_up_once_is_kept_all_the_same_and_once(
    already_has_a_diary: Person, storage: Storage
) -> None:
    person = already_has_a_diary
    person.taps("today.check-in")
    person.writes("check-in.note", TYPED)
    storage.gives_up_on_writing(times=1)
    is_kept_once(person, TYPED)
    person.does_not_see("not-kept.lead")


def test_when_the_browser_gives_up_every_write_of_a_new_check_in(already_has_a_diary: Person, storage: Storage) -> None:
    person = already_has_a_diary
    keeps_a_check_in(person, EARLIER)
    person.taps("today.check-in-again")
    storage.gives_up_on_writing()
    person.writes("check-in.note", TYPED)
    person.sees("not-kept.not-kept")
    for _ in range(2):
        person.taps("check-in.keep")
        is_told_and_can_save_the_words(person, "not-kept.not-kept", TYPED)
    storage.writes_again()
    is_kept_once(person, TYPED)
    person.sees_text_once(EARLIER)


def test_when_the_browser_gives_up_every_write_of_a_change(already_has_a_diary: Person, storage: Storage) -> None:
    person = already_has_a_diary
    keeps_a_check_in(person, EARLIER)
    person.taps_text(EARLIER)
    storage.gives_up_on_writing()
    person.writes("check-in.note", TYPED)
    person.taps("check-in.keep")
    is_told_and_can_save_the_words(person, "not-kept.not-kept", TYPED)
    person.opens_a_second_tab("/")
    person.sees_text_once(EARLIER)
    person.turns_to_tab(1)
    storage.writes_again()
    is_kept_once(person, TYPED)
    person.does_not_see_text(EARLIER)
    person.turns_to_tab(2)
    person.sees_text_once(TYPED)
    person.does_not_see_text(EARLIER)


def test_when_the_browser_gives_up_every_write_of_a_win(already_has_a_diary: Person, storage: Storage) -> None:
    person = already_has_a_diary
    person.opens("/wins/new")
    storage.gives_up_on_writing()
    person.writes("win.words", TYPED)
    person.taps("win.keep")
    person.sees("not-kept.not-kept")
    person.sees_written("win.words", TYPED)
    assert TYPED in person.saves_a_file("not-kept.save").read_text()
    storage.writes_again()
    person.taps("win.keep")
    person.sees_text_once(TYPED)
    person.opens_the_app_cold("/wins")
    person.sees_text_once(TYPED)


def test_what_could_not_be_deleted_or_switched_off_says_so_and_is_as_it_was(
    already_has_a_diary: Person, storage: Storage
) -> None:
    person = already_has_a_diary
    keeps_a_check_in(person, EARLIER)
    person.taps_text(EARLIER)
    storage.gives_up_on_writing()
    person.taps("entry.delete")
    person.sees("entry.not-deleted")
    person.sees_written("check-in.note", EARLIER)
    person.taps("rating.more")
    person.taps("rating.pain-off")
    person.sees("settings.not-kept")
    person.sees("rating.pain")
    storage.writes_again()
    person.taps("entry.delete")
    person.sees("entry.deleted")
    person.opens_the_app_cold("/trash")
    person.sees_text_once(EARLIER)


def test_when_the_browser_clears_its_store_under_the_app_the_words_and_the_diary_can_still_be_saved(
    already_has_a_diary: Person, storage: Storage
) -> None:
    person = already_has_a_diary
    keeps_a_check_in(person, EARLIER)
    person.taps("today.check-in-again")
    person.writes("check-in.note", TYPED)
    storage.is_cleared()
    for _ in range(2):
        person.taps("check-in.keep")
        is_told_and_can_save_the_words(person, "not-kept.gone", TYPED)
    person.opens_the_app_cold("/")
    person.sees("welcome.start")
    person.does_not_see_text(TYPED)
    person.does_not_see_text(EARLIER)
    person.taps("welcome.start")
    keeps_a_check_in(person, TYPED)
    is_there_when_opened_anew(person, TYPED)
    person.does_not_see_text(EARLIER)


def test_a_deletion_asked_for_elsewhere_waits_while_the_diary_is_open(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    keeps_a_check_in(person, EARLIER)
    person.opens_a_second_tab("/healthz")
    person.page.evaluate("() => { indexedDB.deleteDatabase('cairn'); }")
    person.turns_to_tab(1)
    person.taps("today.check-in-again")
    person.writes("check-in.note", TYPED)
    person.taps("check-in.keep")
    person.sees_text_once(TYPED)
    person.sees_text_once(EARLIER)
    person.does_not_see("not-kept.lead")


def is_told_and_can_save_the_words(person: Person, why: str, text: str) -> None:
    person.sees("not-kept.lead")
    person.sees(why)
    person.sees_written("check-in.note", text)
    assert text in person.saves_a_file("not-kept.save").read_text()


def is_kept_once(person: Person, text: str) -> None:
    person.taps("check-in.keep")
    person.sees("check-in.kept")
    person.does_not_see("not-kept.lead")
    person.taps("toast.away")
    is_there_when_opened_anew(person, text)


def is_there_when_opened_anew(person: Person, text: str) -> None:
    person.opens("/check-in")
    person.sees_written("check-in.note", "")
    person.opens("/")
    person.sees_text_once(text[:100])
