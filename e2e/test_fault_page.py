"""A screen that cannot be drawn, which is a defect: a page says so, and every way to what was written stays open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from e2e.accessibility import assert_no_axe_violations, assert_no_sideways_scroll
from e2e.builds import build_with_a_fault
from e2e.phone import PhoneSettings

if TYPE_CHECKING:
    from pathlib import Path

    from e2e.connection import Network
    from e2e.fixtures import MakePerson
    from e2e.person import Person
    from e2e.server import Server
    from e2e.witness import Witness

EARLIER, HALF_WRITTEN, WIN = "Written while all was well", "Half a sentence", "Rang the garage"
SOUND = "export function WinsScreen() {"
FAILS_AFTER_NOON = f"{SOUND} if (new Date().getHours() >= 12) throw new Error('planted');"


@pytest.fixture
def phone_settings() -> PhoneSettings:
    return PhoneSettings(time="2026-03-02 11:00")


@pytest.fixture
def another_person(make_person: MakePerson) -> Person:
    return make_person(time="2026-03-02 11:50")


@pytest.fixture
def already_has_an_app_whose_wins_fail_after_noon(
    person: Person, own_server: Server, network: Network, witness: Witness, tmp_path: Path
) -> Person:
    """Somebody with a check-in, a win and half a check-in, without a network; since noon no win can be drawn."""
    own_server.serves(build_with_a_fault(tmp_path, planted={"screens/wins/wins-screen.tsx": (SOUND, FAILS_AFTER_NOON)}))
    person.opens("/")
    person.phone.waits_until_the_app_is_kept()
    person.taps("welcome.start")
    person.taps("today.check-in")
    person.writes("check-in.note", EARLIER)
    person.taps("check-in.keep")
    person.sees_text_once(EARLIER)
    person.opens("/wins/new")
    person.writes("win.words", WIN)
    person.taps("win.keep")
    person.sees_text_once(WIN)
    person.opens("/check-in")
    person.writes("check-in.note", HALF_WRITTEN)
    network.offline()
    person.phone.time_is("2026-03-02 12:30")
    witness.expects("A screen could not be drawn")
    return person


def test_it_says_so_leads_back_and_what_was_written_is_all_there(
    already_has_an_app_whose_wins_fail_after_noon: Person,
) -> None:
    person = already_has_an_app_whose_wins_fail_after_noon
    person.opens("/more")
    person.taps("more.wins")
    is_told(person)
    assert_no_axe_violations(person.page)
    assert_no_sideways_scroll(person.page)
    person.taps("trouble.try-again")
    is_told(person)
    person.taps("places.today")
    person.sees_text_once(EARLIER)
    person.does_not_see("fault.title")
    person.taps("today.check-in-again")
    person.sees_written("check-in.note", HALF_WRITTEN)
    person.taps("check-in.keep")
    person.sees_text_once(HALF_WRITTEN)

    person.opens_the_app_cold("/wins")
    is_told(person)
    person.phone.time_is("2026-03-03 09:00")
    person.taps("trouble.try-again")
    person.sees_text_once(WIN)
    person.does_not_see("fault.title")


def test_from_it_everything_is_saved_to_a_file_that_another_browser_reads_back(
    already_has_an_app_whose_wins_fail_after_noon: Person, another_person: Person, network: Network
) -> None:
    person = already_has_an_app_whose_wins_fail_after_noon
    person.opens_the_app_cold("/wins")
    is_told(person)
    person.taps("fault.save-a-copy")
    saved = person.saves_a_file("take-with-me.save")
    network.online()
    another_person.opens("/")
    another_person.gives_a_file("read-back.i-have-one", saved)
    another_person.sees_text_once(EARLIER)
    another_person.opens("/wins")
    another_person.sees_text_once(WIN)
    another_person.does_not_see("fault.title")


def is_told(person: Person) -> None:
    person.sees("fault.title")
    person.sees("fault.text")
    person.does_not_see_text(WIN)
