"""What a person is told of their backup: once that the site had lost something, and what it did not take."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from e2e.accessibility import assert_no_axe_violations
from e2e.kept_safe import NOTE, begins_a_diary, keeps_it_safe, writes
from e2e.test_keep_safe_screens import is_sound
from e2e.ways import by_touch_and_by_keyboard

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Route

    from e2e.fixtures import MakePerson
    from e2e.person import Person
    from e2e.server import Server

LATER, LAST = "Fed the birds from the doorway", "Listened to the shipping forecast"


@by_touch_and_by_keyboard
def test_that_the_site_lost_something_is_told_until_it_was_understood_and_never_again(
    already_has_a_diary: Person, own_server: Server, tmp_path: Path
) -> None:
    person = already_has_a_diary
    writes(person, NOTE)
    keeps_it_safe(person)
    own_server.backs_up(tmp_path / "yesterday.sqlite3")
    writes(person, LATER)
    person.opens("/")
    person.sees("lives.backed-up")
    person.does_not_see("told.put-back")

    own_server.loses_its_database(backup=tmp_path / "yesterday.sqlite3")
    person.opens("/")
    person.sees("told.put-back")
    person.sees("lives.backed-up")
    person.opens("/keep-safe")
    person.sees("told.put-back")
    person.opens("/")
    person.taps("told.ok")
    person.does_not_see("told.put-back")
    person.sees("lives.backed-up")
    writes(person, LAST)
    person.opens("/")
    person.sees("lives.backed-up")
    person.does_not_see("told.put-back")


@by_touch_and_by_keyboard
def test_what_the_site_does_not_take_is_named_leads_to_its_words_and_goes_once_they_are_shorter(
    already_has_a_diary: Person,
) -> None:
    person = already_has_a_diary
    writes(person, NOTE)
    keeps_it_safe(person)
    person.phone.context.route("**/revisions", takes_nothing)
    writes(person, LATER)
    person.sees("lives.needs-you")
    person.taps("lives.see")
    person.sees("needs.refused")
    with person.in_part("refused.title"):
        person.sees_text_once(LATER)
        person.sees("refused.too-long")
        person.does_not_see_text(NOTE)
        person.taps_text(LATER)
    person.phone.context.unroute("**/revisions")
    person.writes("check-in.note", LAST)
    person.taps("check-in.keep")
    person.opens("/keep-safe")
    person.sees("lives.backed-up")
    person.does_not_see("refused.title")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_what_is_told_is_sound_in_light_and_dark(make_person: MakePerson, *, dark: bool) -> None:
    person = make_person(dark=dark, still=True)
    begins_a_diary(person)
    keeps_it_safe(person)
    person.phone.context.route("**/revisions", takes_nothing)
    person.phone.context.route("**/revisions?*", is_another_server)
    writes(person, NOTE)
    person.sees("told.put-back")
    assert_no_axe_violations(person.page)
    person.opens("/keep-safe")
    person.sees("refused.too-long")
    is_sound(person)


def takes_nothing(route: Route) -> None:
    """Let a push arrive nowhere, and answer as a site that takes none of it."""
    sent = json.loads(route.request.post_data or "{}")["revisions"]
    results = [{"id": each["id"], "status": "rejected", "code": "too_large"} for each in sent]
    route.fulfill(json={"results": results})


def is_another_server(route: Route) -> None:
    """Answer as the same server with another generation."""
    answer = route.fetch()
    route.fulfill(response=answer, json={**answer.json(), "generation": "A" * 22})
