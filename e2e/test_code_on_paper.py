"""The recovery code, on its way to paper: printed by itself, or copied whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from e2e import sight
from e2e.kept_safe import reads_the_code, says_yes

if TYPE_CHECKING:
    from e2e.person import Person

NOTES_PRINTING = "() => { window.asked = 0; window.print = () => { window.asked += 1; }; }"


def test_it_is_printed_without_what_is_around_it(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    says_yes(person)
    person.taps("way-in.code-alone")
    groups = reads_the_code(person)
    person.page.evaluate(NOTES_PRINTING)
    person.taps("code.print")
    assert person.page.evaluate("() => window.asked") == 1
    person.page.emulate_media(media="print")
    for group in groups:
        person.sees_text(group)
    person.cannot_tap("code.have-it")
    person.cannot_tap("page.more")


def test_what_is_copied_is_the_whole_code_and_nothing_else(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    says_yes(person)
    person.taps("way-in.code-alone")
    groups = reads_the_code(person)
    person.taps("code.copy")
    person.sees("code.copied")
    person.opens("/check-in")
    note = sight.field(person.page, person.words.whole("check-in.note"))
    note.focus()
    person.page.keyboard.press("Control+V")
    expect(note).to_have_value("-".join(groups))
