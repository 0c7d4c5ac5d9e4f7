"""What one tab keeps, of whatever kind, the other shows at once. Check-ins are in `test_two_tabs.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from e2e.forms import FORMS
from e2e.phone import PhoneSettings

if TYPE_CHECKING:
    from e2e.person import Person

WIN = "Rang the garage"


@pytest.fixture
def phone_settings() -> PhoneSettings:
    return PhoneSettings(time="2026-03-02 09:30")


@pytest.mark.parametrize("name", ["a goal", "an activity", "how a timer ended", "a rough day"])
def test_what_one_tab_keeps_another_shows_at_once(already_has_a_diary: Person, name: str) -> None:
    person, form = already_has_a_diary, FORMS[name]
    text = form.stands_as.format(form.typed[0])
    person.opens(form.stands_at)
    person.page.get_by_role("heading", level=1).wait_for()
    person.does_not_see_text(text)
    person.opens_a_second_tab("/")
    form.is_made_ready(person)
    form.is_opened(person)
    form.is_filled_in(person, form.typed[0])
    form.is_sent(person)
    person.sees(form.kept)
    person.turns_to_tab(1)
    person.sees_text_once(text)


def test_a_win_and_its_way_into_the_trash_are_seen_in_the_other_tab(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    person.opens("/wins")
    person.sees("wins.empty")
    person.opens_a_second_tab("/wins/new")
    person.writes("win.words", WIN)
    person.taps("win.keep")
    person.sees_text_once(WIN)
    person.turns_to_tab(1)
    person.sees_text_once(WIN)
    person.does_not_see("wins.empty")
    person.opens("/trash")
    person.sees("trash.empty")
    person.turns_to_tab(2)
    person.taps_text(WIN)
    person.taps("entry.delete")
    person.sees("entry.deleted")
    person.turns_to_tab(1)
    person.sees_text_once(WIN)
    person.does_not_see("trash.empty")
