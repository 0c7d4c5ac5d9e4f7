"""Every screen, by the table of addresses: sound for a screen reader, never wider than a small phone in large text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from e2e.accessibility import assert_no_axe_violations, assert_no_sideways_scroll
from e2e.full_diary import id_of
from e2e.phone import PhoneSettings
from e2e.server import ROOT

if TYPE_CHECKING:
    from e2e.person import Person

ADDRESSES = {each["name"]: each["path"] for each in json.loads((ROOT / "pwa/shell/addresses.json").read_text())}
WITHOUT_PARTS = [path for path in ADDRESSES.values() if ":" not in path]
NEW = ["/wins/new", "/plans/activities/new", "/plans/goals/new"]
FILLED = {
    "check-in-entry": [f"/check-in/{id_of('twofold')}", f"/check-in/{id_of('check-in 0')}"],
    "day": ["/diary/2026-02-28", "/diary/2026-02-27"],
    "win": [f"/wins/{id_of('win 3')}"],
    "activity": [f"/plans/activities/{id_of('activity 1')}", f"/timer?activity={id_of('activity 0')}"],
    "earlier": [f"/earlier/{id_of('twofold')}", f"/earlier/{id_of('goal 0')}"],
    "goal": [f"/plans/goals/{id_of('goal 0')}", f"/plans/goals/{id_of('goal 2')}"],
}


@pytest.fixture(params=["light", "dark"])
def phone_settings(request: pytest.FixtureRequest) -> PhoneSettings:
    return PhoneSettings(dark=request.param == "dark", still=True, time="2026-03-02 09:30")


def test_every_screen_is_sound_while_the_diary_is_empty(already_has_a_diary: Person) -> None:
    sweep(already_has_a_diary, [*WITHOUT_PARTS, *NEW, "/diary/2026-03-01", "/wins/nothing-here"])


def test_every_screen_is_sound_with_a_full_diary(already_has_a_full_diary: Person) -> None:
    assert FILLED.keys() == {name for name, path in ADDRESSES.items() if ":" in path}, "Each address has an example."
    sweep(already_has_a_full_diary, [*WITHOUT_PARTS, *(path for paths in FILLED.values() for path in paths)])


def test_the_screens_of_somebody_who_comes_for_the_first_time_are_sound(person: Person) -> None:
    sweep(person, ["/", "/help", "/about"])


def sweep(person: Person, paths: list[str]) -> None:
    """Open each address as it is, at 320 by 640, and there with text twice as large; gather what is wrong."""
    wrong = []
    for path in paths:
        for is_narrow, is_large in ((False, False), (True, False), (True, True)):
            person.phone.has_text(twice_as_large=is_large)
            person.opens(path)
            person.phone.is_as_wide_as(*((320, 640) if is_narrow else (360, 740)))
            person.page.get_by_role("heading", level=1).wait_for()
            try:
                assert_no_sideways_scroll(person.page)
                if not is_narrow:
                    assert_no_axe_violations(person.page)
            except AssertionError as fault:
                wrong.append(str(fault))
    assert not wrong, "\n\n".join(wrong)
