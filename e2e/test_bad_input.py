"""Whatever is typed or asked for: a clear sentence at its field, what was typed kept, nothing that was there harmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from e2e import sight
from e2e.accessibility import assert_no_axe_violations, assert_no_sideways_scroll
from e2e.phone import PhoneSettings

if TYPE_CHECKING:
    from e2e.person import Person

ADDRESSES_OF_NOTHING = (
    *("/diary/2026-02-30", "/diary/0000-01-01", "/diary/today", "/diary/%E2%80%AE", "/diary/%"),
    *("/check-in/nothing-here", "/check-in/constructor", "/wins/__proto__"),
)
EARLIER = "Written before"
LONGEST = 10_000
SENTENCE = "A slow walk to the post box and a rest on the wall. "
FORMS = {
    "check-in": ("/check-in", "check-in.note", "check-in.keep"),
    "win": ("/wins/new", "win.words", "win.keep"),
}
ODD_TEXTS = {
    "emoji": "👩🏽\u200d🚀 🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f 🌿🌿 e\u0301 ok",
    "right-to-left": "تعبت اليوم ثم جلست في الشمس",
    "right-to-left override": "before \u202egnidaer sdrawkcab after",
    "isolates left open": "\u2067\u2068\u202b one \u2066two",
    "zero-width": "a\u200bb\u200cc\u200dd\ufeffe\u2060f and more",
    "stacked marks": "Z" + "\u0335\u0321\u0353" * 60 + " done",
    "markup": "<script>alert(1)</script><img src=x onerror=alert(1)> &amp; </textarea> <b>bold</b>",
    "template": "{name} ${name} {{name}} %(name)s %s \\n \\u0041",
    "quotes": "'\"; DROP TABLE notes; -- O\u2019Brien",
    "one long word": "x" * 400,
    "many lines": "one\n\n\n\n   two\n\tthree",
    "object names": "__proto__ constructor toString",
}


@pytest.fixture
def phone_settings() -> PhoneSettings:
    return PhoneSettings(time="2026-03-02 09:30")


@pytest.mark.parametrize("text", ODD_TEXTS.values(), ids=ODD_TEXTS.keys())
def test_odd_text_is_kept_to_the_letter_and_changes_nothing_around_it(already_has_a_diary: Person, text: str) -> None:
    person = already_has_a_diary
    keeps_a_check_in(person, EARLIER)
    person.phone.time_is("2026-03-02 09:41")
    person.taps("today.check-in-again")
    keeps(person, text)
    for path in ("/", "/diary", "/diary/2026-03-02"):
        person.opens(path)
        person.sees_text_once(EARLIER)
        assert_no_sideways_scroll(person.page)
        reads_from_left_to_right(person, "9:41")
    assert_no_axe_violations(person.page)
    person.page.get_by_role("article").first.get_by_role("link").tap()
    person.sees_written("check-in.note", text)
    person.taps("entry.delete")
    person.sees("entry.deleted")
    person.opens("/trash")
    person.sees("entry.check-in")
    person.does_not_see_text(EARLIER)
    assert_no_sideways_scroll(person.page)
    person.taps("trash.put-back-of")
    person.sees("trash.is-back")


def test_the_longest_note_is_kept_whole(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    person.taps("today.check-in")
    keeps(person, long_text(LONGEST))
    person.opens("/diary")
    assert_no_sideways_scroll(person.page)
    person.taps_text(SENTENCE)
    person.sees_written("check-in.note", long_text(LONGEST))


@pytest.mark.parametrize("length", [LONGEST + 1, 100_000])
@pytest.mark.parametrize("form", ["check-in", "win"])
def test_a_text_that_is_too_long_says_so_at_its_field_and_stays(
    already_has_a_diary: Person, length: int, form: str
) -> None:
    person = already_has_a_diary
    address, field, keep = FORMS[form]
    keeps_a_check_in(person, EARLIER)
    person.opens(address)
    person.writes(field, long_text(length))
    person.taps(keep)
    is_told_at_its_field(person, field, "complaint.too-long")
    person.sees_written(field, long_text(length))
    assert_no_axe_violations(person.page)
    person.reloads()
    person.sees_written(field, long_text(length))
    person.opens("/diary")
    person.sees_text_once(EARLIER)
    person.does_not_see_text(SENTENCE)
    person.opens(address)
    person.writes(field, "Short after all")
    person.does_not_see("complaint.too-long")
    person.taps(keep)
    person.sees_text_once("Short after all")
    person.opens("/diary")
    person.sees_text_once(EARLIER)


@pytest.mark.parametrize("text", ["", "   ", "\n\n\n", "\t \n"], ids=["empty", "spaces", "lines", "tabs"])
def test_nothing_but_white_space_is_no_entry(already_has_a_diary: Person, text: str) -> None:
    person = already_has_a_diary
    person.taps("today.check-in")
    person.writes("check-in.note", text)
    person.taps("check-in.keep")
    is_told_at_its_field(person, "check-in.note", "check-in.nothing-yet")
    person.opens("/wins/new")
    person.writes("win.words", text)
    person.taps("win.keep")
    is_told_at_its_field(person, "win.words", "win.words-missing")
    person.opens("/diary")
    person.sees("diary.empty")


@pytest.mark.parametrize("day", ["2026-03-03", "2099-01-01", "2026-02-23", "2026-02-30", "yesterday", "", "<b>", "9e9"])
def test_a_day_in_the_address_that_cannot_be_filled_in_gives_a_check_in_for_today(
    already_has_a_diary: Person, day: str
) -> None:
    person = already_has_a_diary
    person.opens(f"/check-in?day={day}")
    person.sees("check-in.question-today")
    keeps(person, EARLIER)
    person.opens("/diary")
    expect(person.page.get_by_role("heading", level=2)).to_have_text(["Today"])
    person.sees_text_once(EARLIER)


@pytest.mark.parametrize("day", ["2026-03-03", "2099-12-31"])
def test_a_day_to_come_says_so_and_offers_no_check_in(already_has_a_diary: Person, day: str) -> None:
    person = already_has_a_diary
    person.opens(f"/diary/{day}")
    person.sees("one-day.to-come")
    person.does_not_see("one-day.check-in")
    person.does_not_see("one-day.blank")
    with person.in_part("one-day.beside"):
        person.taps("day.today")
    person.sees("one-day.blank")
    person.sees("one-day.check-in")


@pytest.mark.parametrize("address", ADDRESSES_OF_NOTHING)
def test_an_address_of_nothing_says_so_and_leads_back(already_has_a_diary: Person, address: str) -> None:
    person = already_has_a_diary
    keeps_a_check_in(person, EARLIER)
    person.opens(address)
    person.sees("not-found.text")
    person.does_not_see_text(EARLIER)
    person.taps("not-found.to-today")
    person.sees_text_once(EARLIER)


def keeps_a_check_in(person: Person, note: str) -> None:
    person.taps("today.check-in")
    keeps(person, note)
    person.sees_text_once(note)


def keeps(person: Person, note: str) -> None:
    person.writes("check-in.note", note)
    person.taps("check-in.keep")
    person.cannot_tap("check-in.keep")
    person.sees("check-in.kept")


def is_told_at_its_field(person: Person, field: str, sentence: str) -> None:
    there = sight.field(person.page, person.words.whole(field))
    expect(there).to_have_attribute("aria-invalid", "true")
    expect(there).to_have_accessible_description(person.words.anywhere(sentence))
    expect(there).to_be_focused()


def reads_from_left_to_right(person: Person, text: str) -> None:
    """Check that the letters of a text of the app stand in their order, whatever stands beside it."""
    place = person.page.get_by_text(text).filter(visible=True).first
    left = place.evaluate(WHERE_LETTERS_BEGIN, text)
    assert left == sorted(left), f"'{text}' stands as {left}."


def long_text(length: int) -> str:
    return (SENTENCE * (length // len(SENTENCE) + 1))[: length - 1] + "."


WHERE_LETTERS_BEGIN = """(e, text) => {
  const walk = document.createTreeWalker(e, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const at = walk.currentNode.data.indexOf(text);
    if (at < 0) continue;
    const range = document.createRange();
    return [...text].map((_, i) => {
      range.setStart(walk.currentNode, at + i);
      range.setEnd(walk.currentNode, at + i + 1);
      return range.getBoundingClientRect().left;
    });
  }
  return [1, 0];
}"""
