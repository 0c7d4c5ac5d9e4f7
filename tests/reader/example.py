"""A person and a year of their diary, the same for the same seed. For tests, pictures and trying things out.

`python -m tests.reader.example http://localhost:8000 SEED` signs somebody up there, sends the year, and prints the
recovery code. The same person cannot be signed up twice on one site.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, TypeVar

from tests.reader.base64url import to_base64url
from tests.reader.chance import seeded
from tests.reader.envelope import parse_header
from tests.reader.example_words import ACTIVITIES, GOALS, NOTES, RESTS, STEPS, WINS, WORDS
from tests.reader.joining import attach, new_phone
from tests.reader.recovery_code import write_code
from tests.reader.schema import read_schema
from tests.reader.site import Browser, UrlSite

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.reader.client import Phone

FIRST_MORNING: Final = datetime(2025, 5, 15, 8, 30, tzinfo=UTC)
DAYS: Final = 365
RATINGS: Final = ("pain", "energy", "mood", "sleep")
SCHEMA: Final = read_schema()
T = TypeVar("T")
Values = dict[str, object]
SETTINGS: Final[Values] = {
    "dayTurn": 4,
    "energy": "full",
    "sound": False,
    "vibration": True,
    "scheme": "system",
    "letters": "two",
    "painOff": False,
    "energyOff": False,
    "moodOff": True,
    "sleepOff": False,
    "restMinutes": 5,
}


class Year:
    """One person's year, written on one phone that nobody else knows of yet."""

    def __init__(self, seed: str, days: int = DAYS, browser: Browser | None = None) -> None:
        """Write it. Without a browser there is nothing it could be sent to."""
        self._draw = seeded(f"{seed}/words")
        self.phone: Phone = new_phone(browser or Browser(UrlSite("http://localhost:9")), chance=seeded(f"{seed}/keys"))
        self._at = FIRST_MORNING
        self._write("settings", SETTINGS)
        self._plans()
        for day in range(days):
            self._at = FIRST_MORNING + timedelta(days=day)
            self._day(day)

    def _plans(self) -> None:
        self._activities = [self._activity(*each) for each in ACTIVITIES]
        self._write("activity", {"preset": "standing", "unit": "minutes", "amount": "5", "rest": 3})
        self._steps = []
        for words, part, why, where in GOALS:
            about = {"words": words, "part": part, "why": why, "where": where, "sure": self._below(11)}
            plan = {"enough": "Every other week", "when": "Mornings", "ifThen": "If it rains, I ring", "mark": "Cake"}
            goal = self._write("goal", {**about, **plan, "state": "active"})
            for order, step in enumerate(STEPS):
                link = to_base64url(goal)
                self._steps.append(self._write("step", {"goal": link, "words": step, "order": order}))

    def _activity(self, name: str, kind: str, unit: str, unit_name: str, amount: str) -> tuple[str, Values]:
        own = {"unitName": unit_name} if unit_name else {}
        values: Values = {"name": name, "unit": unit, **own}
        rest = self._one_of(RESTS)
        return to_base64url(self._write("activity", {**values, "kind": kind, "amount": amount, "rest": rest})), values

    def _day(self, day: int) -> None:
        if self._happens(8):
            self._write(
                "rough-day", {**self._moment(), "how": self._choice("rough-day", "how"), "word": self._one_of(WORDS)}
            )
        elif self._happens(80):
            self._check_in()
        for _ in range(self._below(3)):
            self._session()
        if self._happens(15):
            part = self._choice("win", "part")
            win = {"kind": self._choice("win", "kind"), "words": self._one_of(WINS), "part": part}
            came = {"from": to_base64url(self._one_of(self._steps))} if self._happens(30) else {}
            self._write("win", {**win, **came, **self._moment()})
        if day % 20 == 19:
            step = self._one_of(self._steps)
            self._later(step, {"state": self._choice("step", "state"), "note": self._one_of(NOTES)})

    def _check_in(self) -> None:
        values = {**self._moment(), "went": self._choice("check-in", "went"), "rested": self._happens(60)}
        if self._happens(60):
            values |= {"note": self._one_of(NOTES), "word": self._one_of(WORDS)}
        if self._happens(50):
            values |= {name: self._below(11) for name in RATINGS}
        record = self._write("check-in", values)
        if "note" in values and self._happens(8):
            self._later(record, {"note": f"{values['note']} Later: {self._one_of(NOTES)}"})
        elif self._happens(1):
            self.phone.save(self.phone.records.delete(record))

    def _session(self) -> None:
        link, about = self._one_of(self._activities)
        planned = str(5 * (1 + self._below(6)))
        told = {"planned": planned, "rounds": 1 + self._below(4), "ended": self._choice("session", "ended")}
        actual = {} if told["ended"] == "dont-remember" else {"actual": planned}
        after = {"after": self._choice("session", "after")} if self._happens(50) else {}
        self._write("session", {"activity": link, **about, **told, **actual, **after, **self._moment()})

    def _write(self, type_: str, values: Values) -> bytes:
        self.phone.records.clock = self._milliseconds()
        revision = self.phone.records.make(type_, values)
        self.phone.save(revision)
        return parse_header(revision.header).record

    def _later(self, record: bytes, values: Values) -> None:
        self._at += timedelta(hours=3)
        self.phone.records.clock = self._milliseconds()
        self.phone.save(self.phone.records.write(record, values))

    def _moment(self) -> Values:
        self._at += timedelta(minutes=7 + self._below(90))
        return {"day": self._at.date().isoformat(), "written": self._milliseconds(), "offset": 60}

    def _milliseconds(self) -> int:
        return round(self._at.timestamp() * 1000)

    def _choice(self, type_: str, field: str) -> str:
        return self._one_of(SCHEMA[type_][field].choices)

    def _one_of(self, some: Sequence[T]) -> T:
        return some[self._below(len(some))]

    def _happens(self, of_a_hundred: int) -> bool:
        return self._below(100) < of_a_hundred

    def _below(self, bound: int) -> int:
        return int.from_bytes(self._draw(4), "big") % bound


if __name__ == "__main__":
    year = Year(sys.argv[2], browser=Browser(UrlSite(sys.argv[1])))
    attach(year.phone)
    year.phone.sync()
    sys.stdout.write(f"{write_code(year.phone.code.secret)}\n")
