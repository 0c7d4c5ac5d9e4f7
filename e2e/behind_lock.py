"""A diary behind a lock that words open: how it is locked and opened, and what is seen of it while it is locked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from e2e.kept_safe import begins_a_diary, writes

if TYPE_CHECKING:
    from e2e.person import Person

NOTE, HALF = "Sat by the window and did the crossword", "Half of what I meant to"
WORDS, OTHER_WORDS = "heron gate kettle wool", "heron gate kettle wood"
TIME = "2026-03-02 09:30"


def has_a_note(person: Person) -> Person:
    """Start a diary with a note."""
    begins_a_diary(person)
    writes(person, NOTE)
    return person


def locks_with_words(person: Person, *, minutes: int = 15) -> None:
    """Turn the lock on, from Settings."""
    person.opens("/settings")
    person.taps_text("Lock")
    person.sees("lock.each-start")
    person.chooses("settings.minutes", count=minutes)
    person.writes("choose-words.words", WORDS)
    person.taps("lock.use-words")
    person.sees("lock.is-on")
    person.sees("lock.after", count=minutes)


def unlocks_with_words(person: Person) -> None:
    """Open the locked diary."""
    person.sees("unlock.title")
    person.writes("unlock.words", WORDS)
    person.taps("unlock.open")
    person.does_not_see("unlock.title")


def sees_nothing(person: Person, *texts: str) -> None:
    """See the lock, and none of these texts anywhere in the page."""
    person.sees("unlock.title")
    page = person.page.content()
    assert not [text for text in texts if text in page]


def is_backed_up_with(person: Person, note: str) -> None:
    """Write one thing more, without opening the app anew, and see that it is backed up."""
    person.goes_to("places.today")
    person.taps("today.check-in-again")
    person.writes("check-in.note", note)
    person.taps("check-in.keep")
    person.sees_text_once(note)
    person.sees("lives.backed-up")


def turns_it_off(person: Person) -> None:
    """Turn the lock off again, with the words."""
    person.opens("/settings/lock")
    unlocks_with_words(person)
    person.taps("lock.change")
    person.writes("unlock.words", WORDS)
    person.taps("lock.go-on")
    person.taps("lock.turn-off")
    person.sees("lock.is-off")


def shows_it_once_more(person: Person) -> None:
    """Show the way in again, on a page that asks for it."""
    person.taps("lock.go-on")
    person.writes("unlock.words", WORDS)
    person.taps("lock.go-on")
    person.does_not_see("unlock.words")


def sees_no_word_of(person: Person, *texts: str) -> None:
    """See that the page does not hold these texts."""
    assert not any(text in person.page.content() for text in texts)
