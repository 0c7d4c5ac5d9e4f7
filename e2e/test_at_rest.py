"""What somebody typed does not lie in clear in the phone's files: a word in every text field, and one in two drafts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from e2e.builds import build_without_sealing
from e2e.profile_search import assert_nothing_in_clear, search_profile
from e2e.server import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from e2e.fixtures import MakePerson
    from e2e.person import Person
    from e2e.server import Server

DRAFTS = ("check-in.note, a draft", "win.words, a draft")

# A saved file may bring it; it has no field on any screen yet.
WRITTEN_ON_NO_SCREEN = {"check-in.word"}


def test_no_typed_word_lies_in_the_phones_files(make_person: MakePerson) -> None:
    person = make_person(keeps_profile=True)
    typed = types_into_everything(person)
    person.phone.dies()
    assert_nothing_in_clear(person.phone.profile, typed)


def test_with_sealing_switched_off_the_same_search_finds_each_word(
    make_person: MakePerson, own_server: Server, tmp_path: Path
) -> None:
    own_server.serves(build_without_sealing(tmp_path))
    person = make_person(keeps_profile=True)
    typed = types_into_everything(person)
    person.phone.dies()
    assert {found.word for found in search_profile(person.phone.profile, typed)} == set(typed)
    with pytest.raises(AssertionError, match=marker("goal.mark")):
        assert_nothing_in_clear(person.phone.profile, [marker("goal.mark")])


def test_what_is_said_to_be_written_on_no_screen_has_no_field_there(already_has_a_diary: Person) -> None:
    assert text_fields() >= WRITTEN_ON_NO_SCREEN
    person = already_has_a_diary
    person.taps("today.check-in")
    person.taps("rating.more")
    person.writes("check-in.note", "The only words here")
    expect(person.page.get_by_role("textbox")).to_have_count(1)
    person.taps("check-in.keep")
    person.taps_text("The only words here")
    person.sees("entry.delete")
    person.taps("rating.more")
    person.sees_written("check-in.note", "The only words here")
    expect(person.page.get_by_role("textbox")).to_have_count(1)


def types_into_everything(person: Person) -> list[str]:
    """Start a diary and write a word of its own into every text field; return the words, for a search of the files."""
    pen = Pen(person)
    person.opens("/")
    person.taps("welcome.start")
    writes_a_check_in(pen)
    does_an_activity(pen)
    writes_a_goal(pen)
    writes_a_win(pen)
    leaves_drafts(pen)
    says_it_is_a_rough_day(pen)
    assert pen.written == (text_fields() - WRITTEN_ON_NO_SCREEN) | set(DRAFTS), "Each text field has its word."
    return sorted(marker(field) for field in pen.written)


def writes_a_check_in(pen: Pen) -> None:
    pen.person.taps("today.check-in")
    pen.writes("check-in.note", "check-in.note")
    pen.person.taps("check-in.keep")
    pen.person.sees_text_once(marker("check-in.note"))


def does_an_activity(pen: Pen) -> None:
    """Do it once under one name, which the session keeps; and then call it, and its unit, something else."""
    person = pen.person
    person.opens("/plans/activities/new")
    person.chooses("unit.own")
    pen.writes("session.name", "activity.name")
    pen.writes("session.unitName", "activity.unit-name")
    person.writes("activity.amount", "3")
    person.taps("activity.keep")
    person.taps("activity.start-timer")
    person.taps("timer.start")
    person.taps("timer.stop")
    person.taps("ended.stopped-sooner")
    person.taps("timer.keep")
    person.sees("timer.kept-text")
    person.opens("/plans")
    person.taps_text(marker("session.name"))
    person.taps("activity.change")
    pen.writes("activity.name", "activity.name")
    pen.writes("activity.unitName", "activity.unit-name")
    person.taps("activity.keep")
    person.sees("activity.my-number")
    person.opens("/diary")
    person.sees_text_once(marker("session.name"))
    person.sees_text(marker("session.unitName"))
    person.does_not_see_text(marker("activity.name"))


def writes_a_goal(pen: Pen) -> None:
    person = pen.person
    person.opens("/plans/goals/new")
    for field, question in (
        ("goal.words", "goal.ask-words"),
        (None, "goal.ask-part"),
        ("goal.why", "goal.ask-why"),
        ("step.words", "goal.ask-step"),
        ("goal.where", "goal.ask-where"),
        ("goal.enough", "goal.ask-enough"),
        ("goal.when", "goal.ask-when"),
        (None, "goal.ask-sure"),
        ("goal.ifThen", "goal.ask-if-then"),
    ):
        person.sees(question)
        if field is not None:
            pen.writes(field, question)
        person.taps("goal.next")
    pen.writes("goal.mark", "goal.ask-mark")
    person.taps("goal.keep")
    person.taps("goal.mark-step")
    pen.writes("step.note", "step.note")
    person.taps("step.done")
    person.sees("step.said-done")


def writes_a_win(pen: Pen) -> None:
    pen.person.opens("/wins/new")
    pen.writes("win.words", "win.words")
    pen.person.taps("win.keep")
    pen.person.sees_text_once(marker("win.words"))


def says_it_is_a_rough_day(pen: Pen) -> None:
    person = pen.person
    person.opens("/")
    person.taps("page.rough-day")
    person.chooses("rough-day.rough")
    person.sees("rough-day.kept")
    pen.writes("rough-day.word", "rough-day.word")
    person.taps("places.today")
    person.goes_to("places.diary")
    person.sees_text_once(marker("rough-day.word"))


def leaves_drafts(pen: Pen) -> None:
    """Leave two forms half written. Words that are there when a form is opened again came from the disk."""
    for path, opens_form, draft, key in (
        ("/", "today.check-in-again", DRAFTS[0], "check-in.note"),
        ("/wins", "wins.write", DRAFTS[1], "win.words"),
    ):
        pen.person.opens(path)
        pen.person.taps(opens_form)
        pen.writes(draft, key)
        pen.person.taps("page.back")
        pen.person.taps(opens_form)
        pen.person.sees_written(key, marker(draft))


class Pen:
    """Writes a field's own word, and remembers which fields were written."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.written: set[str] = set()

    def writes(self, field: str, key: str) -> None:
        """Write the word of a field of a record, such as "goal.why", where the screen asks for it."""
        self.person.writes(key, marker(field))
        self.written.add(field)


def marker(field: str) -> str:
    """Return the word for a field: one that stands nowhere else."""
    return "marker-" + re.sub(r"\W+", "-", field)


def text_fields() -> set[str]:
    """Return every field of every record type that holds what somebody typed, as docs/domain.md has it."""
    sections = (ROOT / "docs/domain.md").read_text(encoding="utf-8").split("\n### `")[1:]
    return {
        f"{section.partition('`')[0]}.{field}"
        for section in sections
        for field in re.findall(r"^\| `(\w+)` \| text \|", section, re.MULTILINE)
    }
