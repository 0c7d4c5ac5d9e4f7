"""The way in: a passkey, the recovery code, words; and it is shown again before what matters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from e2e.authenticator import CLOSES
from e2e.behind_lock import (
    HALF,
    NOTE,
    OTHER_WORDS,
    TIME,
    WORDS,
    has_a_note,
    is_backed_up_with,
    locks_with_words,
    sees_no_word_of,
    sees_nothing,
    shows_it_once_more,
    turns_it_off,
    unlocks_with_words,
)
from e2e.kept_safe import keeps_it_safe, reads_the_code, takes_the_yes_back, uses_the_code
from e2e.ways import by_touch_and_by_keyboard

if TYPE_CHECKING:
    from e2e.connection import Network
    from e2e.fixtures import MakePerson
    from e2e.person import Person

ANOTHERS_CODE = "0W3G-E1R7-0W3G-E1R7-0W3G-E1R7-0Z97"


@by_touch_and_by_keyboard
def test_a_passkey_opens_it_without_a_network_and_the_code_does_too(make_person: MakePerson, network: Network) -> None:
    person = has_a_note(make_person(time=TIME))
    code = keeps_it_safe(person)
    person.phone.waits_until_the_app_is_kept()
    person.opens("/settings/lock")
    person.taps("show-who.passkey")
    person.sees("lock.is-on")
    person.sees("lock.by-passkey")
    network.offline()
    person.opens("/diary")
    sees_nothing(person, NOTE)
    refuses_a_passkey(person)
    person.taps("show-who.passkey")
    person.sees("account-trouble.passkey-declined")
    sees_nothing(person, NOTE)
    person.taps("show-who.passkey")
    person.sees_text_once(NOTE)
    person.reloads()
    person.writes("show-who.code", ANOTHERS_CODE)
    person.taps("show-who.use-code")
    person.sees("account-trouble.wrong-code")
    sees_nothing(person, NOTE)
    person.writes("show-who.code", code)
    person.taps("show-who.use-code")
    person.sees_text_once(NOTE)
    network.online()
    is_backed_up_with(person, HALF)


def test_forgotten_words_lose_nothing_where_the_diary_is_kept_safe(make_person: MakePerson) -> None:
    person = has_a_note(make_person(time=TIME))
    code = keeps_it_safe(person)
    locks_with_words(person)
    person.opens("/diary")
    person.taps("unlock.forgotten")
    person.writes("show-who.code", code)
    person.taps("show-who.use-code")
    person.sees_text_once(NOTE)
    person.sees("unlock.by-code")
    person.taps("lock.title")
    person.taps("lock.change")
    person.taps("unlock.forgotten")
    person.writes("show-who.code", code)
    person.taps("show-who.use-code")
    person.writes("choose-words.words", OTHER_WORDS)
    person.taps("lock.use-words")
    person.sees("lock.is-on")
    person.opens("/diary")
    person.writes("unlock.words", OTHER_WORDS)
    person.taps("unlock.open")
    person.sees_text_once(NOTE)
    is_backed_up_with(person, HALF)


def test_after_a_yes_was_taken_back_the_lock_says_what_opens_it_and_the_old_code_does(make_person: MakePerson) -> None:
    person = has_a_note(make_person(time=TIME))
    code = keeps_it_safe(person)
    person.opens("/keep-safe/take-back")
    person.sees("take-back.code")
    takes_the_yes_back(person)
    person.opens("/settings/lock")
    person.sees("lock.old-code-too")
    person.sees("lock.no-way-back")
    locks_with_words(person)
    person.sees("lock.old-code-too")
    person.sees("lock.no-way-back")
    person.opens("/diary")
    person.taps("unlock.forgotten")
    uses_the_code(person, code)
    person.sees_text_once(NOTE)


def test_a_copy_is_saved_only_by_who_shows_the_way_in(make_person: MakePerson) -> None:
    person = has_a_note(make_person(time=TIME))
    locks_with_words(person)
    person.opens("/take-with-me")
    unlocks_with_words(person)
    person.sees("lock.ask-first")
    person.cannot_tap("take-with-me.save")
    person.taps("lock.go-on")
    person.writes("unlock.words", OTHER_WORDS)
    person.taps("lock.go-on")
    person.sees("unlock.wrong-words")
    person.cannot_tap("take-with-me.save")
    person.writes("unlock.words", WORDS)
    person.taps("lock.go-on")
    assert NOTE in person.saves_a_file("take-with-me.save").read_text(encoding="utf-8")


def test_the_lock_is_changed_and_turned_off_only_by_who_shows_the_way_in(make_person: MakePerson) -> None:
    person = has_a_note(make_person(time=TIME))
    locks_with_words(person)
    person.taps("lock.change")
    person.writes("unlock.words", OTHER_WORDS)
    person.taps("lock.go-on")
    person.sees("unlock.wrong-words")
    person.cannot_tap("lock.turn-off")
    person.writes("unlock.words", WORDS)
    person.taps("lock.go-on")
    person.chooses("settings.minutes", count=1)
    person.sees("lock.after", count=1)
    person.phone.let_tick(minutes=1)
    sees_nothing(person, NOTE)
    unlocks_with_words(person)
    turns_it_off(person)
    person.phone.let_tick(hours=2)
    person.opens_the_app_cold("/diary")
    person.sees_text_once(NOTE)


def refuses_a_passkey(person: Person) -> None:
    """Close the browser's next question for a passkey."""
    person.page.evaluate(CLOSES, "get")


def test_no_code_that_opens_the_backup_is_made_or_seen_by_who_merely_finds_it_open(make_person: MakePerson) -> None:
    person = has_a_note(make_person(time=TIME))
    locks_with_words(person)
    person.opens("/keep-safe")
    unlocks_with_words(person)
    person.sees("lock.ask-first")
    person.cannot_tap("consent.yes")
    shows_it_once_more(person)
    person.taps("consent.yes")
    person.taps("way-in.code-alone")
    groups = reads_the_code(person)
    person.opens("/keep-safe")
    unlocks_with_words(person)
    person.sees("lock.ask-first")
    sees_no_word_of(person, *groups)
    shows_it_once_more(person)
    assert reads_the_code(person) == groups


def test_no_other_diary_takes_it_in_for_who_merely_finds_it_open(make_person: MakePerson) -> None:
    person = has_a_note(make_person(time=TIME))
    locks_with_words(person)
    person.opens("/sign-in")
    unlocks_with_words(person)
    person.sees("lock.ask-first")
    person.cannot_tap("show-who.use-code")
    shows_it_once_more(person)
    person.sees("show-who.use-code")
