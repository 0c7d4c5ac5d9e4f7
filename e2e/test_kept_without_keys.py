"""A browser that keeps no key: its diary is kept safe, brought there and joined all the same, behind words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from e2e.behind_lock import HALF, NOTE, WORDS, is_backed_up_with, sees_nothing, shows_it_once_more, unlocks_with_words
from e2e.kept_safe import keeps_a_note_safe, reads_the_code, shows_the_code_is_on_paper
from e2e.storage import Storage

if TYPE_CHECKING:
    from e2e.fixtures import MakePerson
    from e2e.person import Person


def test_a_diary_behind_words_is_kept_safe_and_backed_up(make_person: MakePerson) -> None:
    person = keeps_no_keys(make_person())
    person.taps("welcome.start")
    chooses_words(person)
    person.taps("keep-safe.title")
    shows_it_once_more(person)
    code = keeps_what_is_open_safe(person)
    writes_without_loading_anew(person, NOTE)
    person.sees("lives.backed-up")
    person.reloads()
    sees_nothing(person, NOTE)
    unlocks_with_words(person)
    person.sees_text_once(NOTE)
    is_backed_up_with(person, HALF)
    second = make_person()
    second.opens("/sign-in")
    second.writes("show-who.code", code)
    second.taps("show-who.use-code")
    second.sees_text_once(NOTE)
    second.sees_text_once(HALF)


def test_a_diary_is_brought_to_it_behind_words(already_has_a_diary: Person, make_person: MakePerson) -> None:
    person = already_has_a_diary
    code = keeps_a_note_safe(person)
    second = keeps_no_keys(make_person())
    second.taps("welcome.already")
    second.writes("show-who.code", code)
    second.taps("show-who.use-code")
    second.sees("choose-words.why")
    second.writes("choose-words.words", "heron")
    second.taps("choose-words.start")
    second.sees("choose-words.too-short", count=8)
    chooses_words(second)
    second.sees_text_once(NOTE)
    second.sees("lives.backed-up")
    second.reloads()
    sees_nothing(second, NOTE)
    unlocks_with_words(second)
    second.sees_text_once(NOTE)
    is_backed_up_with(second, HALF)
    person.opens("/")
    person.sees_text_once(HALF)


def test_a_diary_behind_words_joins_the_one_that_is_kept_safe(
    already_has_a_diary: Person, make_person: MakePerson
) -> None:
    person = already_has_a_diary
    code = keeps_a_note_safe(person)
    second = keeps_no_keys(make_person())
    second.taps("welcome.start")
    chooses_words(second)
    writes_without_loading_anew(second, HALF)
    second.taps("keep-safe.title")
    shows_it_once_more(second)
    second.taps("consent.already")
    shows_it_once_more(second)
    second.writes("show-who.code", code)
    second.taps("show-who.use-code")
    second.taps("sign-in.join")
    sees_nothing(second, NOTE, HALF)
    unlocks_with_words(second)
    second.sees_text_once(NOTE)
    second.sees_text_once(HALF)
    second.sees("lives.backed-up")


def keeps_no_keys(person: Person) -> Person:
    """Open the app in a browser that keeps no key."""
    Storage(person.phone).keeps_no_keys()
    person.opens("/")
    person.sees("welcome.start")
    return person


def chooses_words(person: Person) -> None:
    """Choose the words that open the diary from now on."""
    person.writes("choose-words.words", WORDS)
    person.taps("choose-words.start")
    person.does_not_see("choose-words.why")


def keeps_what_is_open_safe(person: Person) -> str:
    """Keep the diary safe with a code alone, without opening the app anew; return the code."""
    person.taps("consent.yes")
    person.taps("way-in.code-alone")
    groups = reads_the_code(person)
    shows_the_code_is_on_paper(person, groups)
    person.sees("kept.code-yes")
    person.goes_back()
    return "-".join(groups)


def writes_without_loading_anew(person: Person, note: str) -> None:
    """Check in with a note, from Today."""
    person.taps("today.check-in")
    person.writes("check-in.note", note)
    person.taps("check-in.keep")
    person.sees_text_once(note)
