"""What journeys with the timer share: an activity, its start at a time that is known, and what the timer then says."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from e2e.person import Person

START = "2026-03-02 14:00+00:00"
NAME = "Wash up with the radio on"


def at(minutes: float, since: str = START) -> str:
    """Return the moment so many minutes after the start."""
    return (datetime.fromisoformat(since) + timedelta(minutes=minutes)).isoformat()


def writes_an_activity(person: Person, *, amount: str) -> None:
    person.writes("activity.name", NAME)
    person.writes("activity.amount", amount)
    person.taps("activity.keep")
    person.sees("activity.my-number")


def starts(person: Person, when: str = START) -> None:
    person.sees("timer.how-many-rounds")
    person.phone.time_is(when)
    person.taps("timer.start")
    person.sees("timer.rounds")
    person.does_not_see("timer.how-many-rounds")


def sees_doing(person: Person, minutes: int) -> None:
    sees_left(person, "timer-face.do", minutes)


def sees_resting(person: Person, minutes: int) -> None:
    sees_left(person, "timer-face.rest", minutes)


def sees_left(person: Person, what: str, minutes: int) -> None:
    left = person.page.get_by_role("timer")
    expect(left).to_have_accessible_name(person.words.whole(what))
    expect(left).to_have_text(re.compile(rf"^{minutes}\s+minutes? to go$"))


def sees_one_session(person: Person, *, planned: str, done: str | None, ended: str) -> None:
    """Look it up in the diary, where nothing else is."""
    person.opens("/diary")
    person.sees_text_once(NAME)
    person.sees("entry.planned", amount=planned)
    if done is None:
        person.does_not_see("entry.done")
    else:
        person.sees("entry.done", amount=done)
    person.sees(f"entry.ended-{ended}")
