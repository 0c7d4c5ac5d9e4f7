"""A made-up person's diary of four months, as a saved file: with long texts, blank days, a trash and a twofold note.

Everything follows from the day it ends on; no chance is in it.
"""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from zoneinfo import ZoneInfo

DAYS = 120
WENT = ("about", "less", "about", "more", "much-less", "about", "much-more")
NOTES = (
    "Rain. Stretched by the radiator and left it at that.",
    "Walked to the post box and sat on the wall before coming back.",
    "Sister rang. We laughed a lot, I was tired after and it was worth it.",
    "Did the washing in two goes instead of one.",
    "Nothing much. " + "I wrote a long letter in my head and then forgot the half of it. " * 8,
    "Garden 🌿 for ten minutes, then tea.",
    "تعبت اليوم",
    "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch",
)
WINS = (
    ("stopped-in-time", "movement", "Stopped at the bench, though I felt I could go on"),
    ("asked-for-help-or-said-no", "family-and-friends", "Said no to the third visit this week"),
    ("something-new", "leisure", "Sang with the others, sitting down"),
    ("my-own", None, "Bought the good chair. " + "It took me a year to think that I may. " * 6),
)
GOALS = (
    ("Walk to the lake and have tea there", "movement", "active", ("Find the bench halfway", "Ask Nia to come along")),
    ("Cook for the family once a month", "home", "resting", ("Soup from the freezer", "Peel sitting down")),
    ("Read to the children at the library", "community", "done", ("Ring the library",)),
)
ACTIVITIES: tuple[dict[str, Any], ...] = (
    {"preset": "walking", "kind": "body", "unit": "minutes", "amount": "9", "rest": 5},
    {"name": "Ironing", "kind": "body", "unit": "own", "unitName": "shirts", "amount": "2", "rest": 10},
    {"name": "Letters and forms of every kind", "kind": "thinking", "unit": "minutes", "amount": "12.5", "rest": 5},
    {"preset": "sitting", "kind": "body", "unit": "minutes"},
)
TWOFOLD = ("Slept in the chair", "Slept in the chair until the phone rang")
THROWN_AWAY = "Written twice by mistake"


def full_diary(last: date, zone: ZoneInfo) -> str:
    """Return the text of a saved file with the diary that ends on a day, written in a place."""
    return saved_file(FullDiary(last, zone).records())


def many_without_a_day(count: int) -> str:
    """Return the text of a saved file with so many check-ins that say neither a day nor when they were written."""
    return saved_file(
        Record(f"without a day {number}", "check-in", {"note": f"Note {number}"}) for number in range(count)
    )


def many_on_a_day(day: date, count: int) -> str:
    """Return the text of a saved file with so many check-ins on one day."""
    return saved_file(
        Record(f"full day {number}", "check-in", {"day": day.isoformat(), "note": f"Note {number}"})
        for number in range(count)
    )


def saved_file(all_of_it: Iterable[Record]) -> str:
    """Return the text of a saved file with these records."""
    records = [record.saved() for record in all_of_it]
    made = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    head = {"app": "cairn", "format": "cairn-diary", "version": 1, "made": made}
    return json.dumps({**head, "records": records, "count": len(records)}, ensure_ascii=False, indent=1)


def id_of(name: str) -> str:
    """Return the id of the record of a name, such as "goal 0", "win 3", "twofold"."""
    return base64.urlsafe_b64encode(hashlib.sha256(name.encode()).digest()).decode().rstrip("=")


class FullDiary:
    """The records, from the day they end on and the place where they were written."""

    def __init__(self, last: date, zone: ZoneInfo) -> None:
        self._last = last
        self._zone = zone

    def records(self) -> Iterator[Record]:
        """Yield every record."""
        yield from self._decided()
        for ago in range(DAYS):
            if ago % 9 != 4:
                yield from self._day(ago)
        yield Record("twofold", "check-in", self._written(2, 21), versions=TWOFOLD)
        yield Record("thrown away", "check-in", {**self._written(3, 10), "note": THROWN_AWAY}, is_in_trash=True)

    def _decided(self) -> Iterator[Record]:
        for number, activity in enumerate(ACTIVITIES):
            yield Record(f"activity {number}", "activity", activity)
        for number, (words, part, state, steps) in enumerate(GOALS):
            yield Record(f"goal {number}", "goal", {"words": words, "part": part, "state": state, "sure": 7})
            for order, step in enumerate(steps):
                values = {"goal": id_of(f"goal {number}"), "words": step, "order": order}
                yield Record(f"step {number}.{order}", "step", values | ({} if order else {"state": "done"}))

    def _day(self, ago: int) -> Iterator[Record]:
        ratings = {"pain": ago % 11, "energy": (ago * 3) % 11, "sleep": (ago * 7) % 11} if ago % 3 == 0 else {}
        said = {"went": WENT[ago % len(WENT)], "note": NOTES[ago % len(NOTES)], **ratings}
        yield Record(f"check-in {ago}", "check-in", self._written(ago, 18) | said)
        if ago % 4 == 0:
            walked = {"activity": id_of("activity 0"), "name": "Walking", "unit": "minutes", "planned": "18"}
            ended = {"actual": "14", "rounds": 2, "ended": "stopped-sooner", "after": "bit-sore"}
            yield Record(f"session {ago}", "session", self._written(ago, 11) | walked | ended)
        if ago % 10 == 7:
            yield Record(f"rough day {ago}", "rough-day", self._written(ago, 8) | {"how": "rough", "word": "Fog"})
        if ago % 6 == 1:
            kind, part, words = WINS[ago // 6 % len(WINS)]
            values = {"kind": kind, "words": words, **({} if part is None else {"part": part})}
            yield Record(f"win {ago // 6}", "win", self._written(ago, 20) | values)

    def _written(self, ago: int, hour: int) -> dict[str, Any]:
        day = self._last - timedelta(days=ago)
        at = datetime.combine(day, time(hour, 10), tzinfo=self._zone)
        offset = at.utcoffset() or timedelta()
        written = round(at.timestamp() * 1000)
        return {"day": day.isoformat(), "written": written, "offset": offset // timedelta(minutes=1)}


class Record:
    """One record: its name, its type, what it says; in the trash or not; its note in one or several versions."""

    def __init__(
        self,
        name: str,
        kind: str,
        values: Mapping[str, Any],
        *,
        versions: tuple[str, ...] = (),
        is_in_trash: bool = False,
    ) -> None:
        self._name = name
        self._kind = kind
        self._values = values
        self._versions = versions
        self._is_in_trash = is_in_trash

    def saved(self) -> dict[str, Any]:
        """Return it as a saved file has it."""
        shown = {**self._values, **({"note": self._versions[-1]} if self._versions else {})}
        place = {"id": id_of(self._name), "type": self._kind, "in_trash": self._is_in_trash}
        return {**place, "shown": shown, "revisions": list(self._revisions())}

    def _revisions(self) -> Iterator[dict[str, Any]]:
        writer, at = self._writer("first"), self._values.get("written", 0)
        fields = [[field, writer, n, value, at] for n, (field, value) in enumerate(self._values.items(), 1)]
        known = {writer: len(fields)}
        if self._is_in_trash:
            fields.append(["trash", writer, len(fields) + 1, dict(known), at])
            known = {writer: len(fields)}
        yield self._revision("first", [], known, fields)
        for note in self._versions:
            other = self._writer(note)
            yield self._revision(note, ["first"], {**known, other: 1}, [*fields, ["note", other, 1, note, at]])

    def _revision(self, name: str, parents: list[str], writers: dict[str, int], fields: list[Any]) -> dict[str, Any]:
        named = [id_of(f"{self._name}, {parent}") for parent in parents]
        body = {"type": self._kind, "writers": writers, "fields": fields}
        return {"id": id_of(f"{self._name}, {name}"), "parents": named, "body": body}

    def _writer(self, name: str) -> str:
        return id_of(f"{self._name}, writer of {name}")[:16]
