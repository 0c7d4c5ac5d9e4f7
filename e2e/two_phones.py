"""One diary on two phones that are listened to: how that comes about, and that nothing of it was told to anybody."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from e2e.kept_safe import NOTE, begins_a_diary, brings_it_here, keeps_it_safe, writes
from e2e.secrets_made import forms_of_bytes
from e2e.sent import assert_never_sent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from e2e.fixtures import MakePerson
    from e2e.person import Person


@dataclass(frozen=True)
class TwoPhones:
    """Somebody at their first phone, and at their second; the code that opens the diary on a third."""

    first: Person
    second: Person
    code: str

    def both_are_backed_up(self) -> None:
        """Look at Today on each until both have what the other wrote, and the site has all of it."""
        for person in (self.first, self.second, self.first):
            person.opens("/")
            person.sees("lives.backed-up")

    def assert_both_show_the_same(self, *texts: str) -> None:
        """Fail where the diary of one reads otherwise than that of the other, or a text is not there just once."""
        for person in (self.first, self.second):
            person.opens("/diary")
            for text in texts:
                person.sees_text_once(text)
        first, second = (person.page.get_by_role("main").aria_snapshot() for person in (self.first, self.second))
        assert first == second

    def assert_untold(self, words: Sequence[str]) -> None:
        """Switch both off, and fail where any word, the code or a key went out from either."""
        keys = [form for secret in self.first.phone.requests.secrets for form in forms_of_bytes(secret)]
        for person in (self.first, self.second):
            person.phone.switches_off()
            sought = [NOTE, *words, self.code.replace("-", ""), *keys]
            # The second phone was given the code to type; it goes no further than its page either.
            assert_never_sent(person.phone.network_logs, [*sought, self.code])


def starts_a_diary(make_person: MakePerson, *notes: str, time: str | None = None) -> Person:
    """Start a diary on a phone that is listened to, and write a check-in of each note."""
    person = make_person(overheard=True, time=time)
    begins_a_diary(person)
    for note in (NOTE, *notes):
        writes(person, note)
    return person


def comes_to_a_second_phone(person: Person, make_person: MakePerson, *, time: str | None = None) -> TwoPhones:
    """Keep the diary safe, and bring it to a second phone that is listened to."""
    code = keeps_it_safe(person)
    second = make_person(overheard=True, time=time)
    brings_it_here(second, code)
    second.sees("lives.backed-up")
    for each in (person, second):
        each.phone.waits_until_the_app_is_kept()
    return TwoPhones(person, second, code)


def changes(person: Person, note: str, instead: str) -> None:
    """Open a check-in by its note, and write another there."""
    person.opens("/diary")
    person.taps_text(note)
    person.sees_written("check-in.note", note)
    person.writes("check-in.note", instead)
    person.taps("check-in.keep")
    person.sees_text_once(instead)
    person.does_not_see_text(note)


def is_asked_which_to_keep(person: Person, *texts: str) -> None:
    """Open a check-in that was written in several places, and see all its texts."""
    person.opens("/diary")
    person.taps_text(texts[0])
    person.sees("text-versions.why")
    for text in texts:
        person.sees_text(text)


def notes_saved(person: Person) -> list[str]:
    """Save the diary as a file, and return the notes in it, in order."""
    person.opens("/take-with-me")
    saved = json.loads(person.saves_a_file("take-with-me.save").read_text(encoding="utf-8"))
    return sorted(record["shown"]["note"] for record in saved["records"] if record["type"] == "check-in")
