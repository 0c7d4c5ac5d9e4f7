"""A file to be read back that is not right: a sentence says so, and nothing that was there is harmed."""

from __future__ import annotations

import json
import re
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

import pytest

from e2e.phone import PhoneSettings
from e2e.saved_file import RECORD, WRITER, check_in_of, file_of, reads_back, record_of, saves
from e2e.ways import by_touch_and_by_keyboard

if TYPE_CHECKING:
    from e2e.person import Person

NOTE = "Sat by the window"
MEGABYTE = 1024 * 1024
GOOD = record_of(check_in_of(note="From a file"))
BODY = "records.0.revisions.0.body"
DEEP = file_of(record_of({"type": "check-in", "writers": {}, "fields": "DEEP"})).replace(
    '"DEEP"', "[" * 9999 + "]" * 9999
)
NOT_RIGHT: dict[str, tuple[str, str]] = {
    "empty": ("", "read-back.not-json"),
    "only blanks": (" \n ", "read-back.not-json"),
    "a letter": ("Dear diary, today", "read-back.not-json"),
    "a picture": ("\x89PNG\r\n\x1a\n\0\0\0", "read-back.not-json"),
    "cut in the middle": (file_of(GOOD)[:-120], "read-back.cut"),
    "cut and closed again": (file_of(GOOD, count=2), "read-back.cut"),
    "another app's": (json.dumps({"app": "pain-log", "entries": []}), "read-back.another-app"),
    "a list": ("[1, 2, 3]", "read-back.another-app"),
    "nothing": ("null", "read-back.another-app"),
    "of a later version": (file_of(GOOD, version=2), "read-back.later-version"),
    "of no version": (file_of(GOOD, version="1"), "read-back.malformed"),
}
NOT_AS_WRITTEN: dict[str, tuple[str, str]] = {
    "made at no time": (file_of(GOOD, made="yesterday"), "made"),
    "with one record twice": (file_of(GOOD, GOOD), "records.1.id"),
    "with an id that is none": (file_of(record_of(check_in_of(note="x"), id="../../etc")), "records.0.id"),
    "with no versions": (file_of(record_of({}, revisions=[])), "records.0.revisions"),
    "with parents that are none": (
        file_of(record_of({}, revisions=[{"id": RECORD, "parents": [7], "body": {}}])),
        "records.0.revisions.0.parents.0",
    ),
    "with an empty body": (file_of(record_of({})), BODY),
    "with a body of another type": (file_of(record_of({**check_in_of(note="x"), "type": "goal"})), BODY),
    "with fields that are text": (file_of(record_of({**check_in_of(), "fields": "note"})), BODY),
    "with a writer nobody is": (file_of(record_of({**check_in_of(), "writers": {"__proto__": 1}})), BODY),
    "with an edit its writer did not make": (
        file_of(record_of({**check_in_of(), "fields": [["note", WRITER, 7, "x", 0]]})),
        BODY,
    ),
    "with a number that is too great": (
        file_of(record_of({**check_in_of(note="x"), "writers": {WRITER: 2**60}})),
        BODY,
    ),
    "with a body of 5 MB": (file_of(record_of(check_in_of(note="x" * 5 * MEGABYTE))), BODY),
    "deeper than any walk": (DEEP, BODY),
}
ODD: tuple[tuple[str, dict[str, object]], ...] = (
    ("check-in", {"note": 5, "day": "yesterday", "went": "sideways", "written": "noon", "offset": 10**9, "pain": 99}),
    ("check-in", {"day": "2026-02-30", "rested": "yes", "word": ["a"], "note": {"__proto__": 1}}),
    ("rough-day", {"day": "2026-03-01", "how": 3, "word": None}),
    ("session", {"planned": -4, "actual": "a lot", "rounds": 0, "ended": "never", "day": "2026-03-01"}),
    ("activity", {"name": 7, "unit": "parsecs", "amount": "-5", "rest": 0, "preset": "flying"}),
    ("goal", {"words": False, "state": "lost", "sure": "very"}),
    ("step", {"goal": "nowhere", "order": "first", "words": 0}),
    ("win", {"kind": "gold", "part": 4, "words": []}),
    ("settings", {"energy": "loud", "scheme": "plaid", "dayTurn": 99, "restMinutes": "long"}),
    ("poem", {"words": "Of a type that nobody knows yet"}),
)


@pytest.fixture
def phone_settings() -> PhoneSettings:
    return PhoneSettings(time="2026-03-02 09:30")


@pytest.fixture
def already_has_a_note(already_has_a_diary: Person) -> Person:
    """Somebody with one note in their diary."""
    person = already_has_a_diary
    person.opens("/check-in")
    person.writes("check-in.note", NOTE)
    person.taps("check-in.keep")
    person.sees_text(NOTE)
    return person


@by_touch_and_by_keyboard
def test_a_file_that_is_not_right_is_refused_in_a_sentence_and_harms_nothing(
    already_has_a_note: Person, tmp_path: Path
) -> None:
    person = already_has_a_note
    before = saves(person, "before.json")
    for name, (content, sentence) in NOT_RIGHT.items():
        gives(person, tmp_path / f"{name}.json", content)
        person.sees(sentence)
        person.does_not_see("read-back.came")
    for name, (content, where) in NOT_AS_WRITTEN.items():
        gives(person, tmp_path / f"{name}.json", content)
        person.sees("read-back.malformed", where=where)
        person.does_not_see("read-back.came")
    cut = before.path.read_text(encoding="utf-8")
    gives(person, tmp_path / "own, cut.json", cut[: len(cut) // 2])
    person.sees("read-back.cut")
    assert saves(person, "after.json") == before
    person.opens_the_app_cold("/diary")
    person.sees_text_once(NOTE)
    person.does_not_see_text("From a file")

    gives(person, tmp_path / "good.json", file_of(GOOD))
    person.sees("read-back.added", count=1)
    person.does_not_see("read-back.malformed")


@by_touch_and_by_keyboard
def test_before_there_is_a_diary_such_a_file_begins_none(person: Person, tmp_path: Path) -> None:
    person.opens("/")
    for name, (content, sentence) in NOT_RIGHT.items():
        file = tmp_path / f"{name}.json"
        file.write_text(content, encoding="utf-8")
        person.gives_a_file("read-back.i-have-one", file)
        person.sees(sentence)
        person.sees("welcome.start")
    person.reloads()
    person.sees("welcome.start")
    person.does_not_see("places.diary")


def test_a_file_of_200_mb_is_refused_at_once_and_never_read(already_has_a_note: Person, tmp_path: Path) -> None:
    person = already_has_a_note
    huge = tmp_path / "cairn-huge.json"
    with huge.open("wb") as file:
        file.truncate(200 * MEGABYTE)
    person.opens("/take-with-me")
    person.sees("read-back.title")
    peak = most_memory(person)
    began = monotonic()
    person.gives_a_file("read-back.choose", huge)
    person.sees("read-back.too-large")
    assert monotonic() - began < 5
    assert most_memory(person) - peak < 60 * MEGABYTE
    person.does_not_see("read-back.reading")
    person.opens("/diary")
    person.sees_text_once(NOTE)


def test_values_of_the_wrong_kind_are_left_alone_and_break_no_screen(
    already_has_a_note: Person, tmp_path: Path
) -> None:
    person = already_has_a_note
    records = [
        record_of({**check_in_of(**fields), "type": kind}, id=chr(ord("A") + number) * 42 + "A", type=kind)
        for number, (kind, fields) in enumerate(ODD)
    ]
    gives(person, tmp_path / "odd.json", file_of(*records))
    person.sees("read-back.added", count=len(ODD))
    paths = ["/", "/plans", "/wins", "/trash", "/settings", "/rough-day", "/timer", "/diary", "/diary/2026-03-01"]
    for path in [*paths, *(f"/{page}/{record['id']}" for record in records for page in PAGES[str(record["type"])])]:
        person.opens_the_app_cold(path)
        person.page.get_by_role("heading", level=1).wait_for()
    person.opens("/diary")
    person.sees_text_once(NOTE)
    held = saves(person, "held.json")
    assert held.content["count"] >= len(ODD) + 1
    assert "Of a type that nobody knows yet" in held.path.read_text(encoding="utf-8")


PAGES = {
    "check-in": ["check-in"],
    "activity": ["plans/activities"],
    "goal": ["plans/goals"],
    "win": ["wins"],
    **dict.fromkeys(("rough-day", "session", "step", "settings", "poem"), ()),
}


def gives(person: Person, path: Path, content: str) -> None:
    path.write_text(content, encoding="utf-8")
    reads_back(person, path)


def most_memory(person: Person) -> int:
    """Return the most bytes that the pages of this browser ever held at once; nothing where the system does not say."""
    browser = person.phone.context.browser
    assert browser is not None
    processes = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    statuses = [Path(f"/proc/{process['id']}/status") for process in processes if process["type"] != "GPU"]
    peaks = [re.search(r"VmHWM:\s+(\d+) kB", status.read_text()) for status in statuses if status.exists()]
    return max((int(peak[1]) * 1024 for peak in peaks if peak), default=0)
