"""Whatever is typed into plans, after a timer and on a rough day: a sentence at its field, or kept to the letter.

Check-ins and wins are in `test_bad_input.py`, numbers in `test_bad_numbers.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from e2e import sight
from e2e.accessibility import assert_no_axe_violations, assert_no_sideways_scroll
from e2e.forms import FORMS, keeps_a_check_in
from e2e.phone import PhoneSettings

if TYPE_CHECKING:
    from e2e.forms import Form
    from e2e.person import Person

EARLIER = "Written before"
SENTENCE = "A slow walk to the post box and a rest on the wall. "
TOO_LONG, TOO_LONG_FOR_A_LINE = (SENTENCE * 200)[:10_000] + ".", (SENTENCE * 4)[:200] + "."
REFUSED: dict[str, tuple[tuple[str, str], ...]] = {
    "a goal": ((" \n ", "complaint.empty"), (TOO_LONG, "complaint.too-long")),
    "a step": (("   ", "complaint.empty"), (TOO_LONG, "complaint.too-long")),
    "an activity": (("   ", "complaint.empty"), (TOO_LONG_FOR_A_LINE, "complaint.too-long")),
    "a rough day": ((TOO_LONG_FOR_A_LINE, "complaint.too-long"),),
    "how a timer ended": (
        ("four", "complaint.number-with-words"),
        ("🌿", "complaint.not-a-number"),
        ("-3", "complaint.below-zero"),
        ("9" * 70, "complaint.too-large"),
    ),
}
ODD = (
    "👩🏽\u200d🚀 e\u0301 🌿",
    "تعبت اليوم ثم جلست",
    "\u202egnidaer\u202c then on",
    "<b>{name}</b> ${x} &amp; --",
)


@pytest.fixture
def phone_settings() -> PhoneSettings:
    return PhoneSettings(time="2026-03-02 09:30")


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_kept_says_so_at_its_field_stays_there_and_harms_nothing(
    already_has_a_diary: Person, name: str
) -> None:
    person, form = already_has_a_diary, FORMS[name]
    keeps_a_check_in(person, EARLIER)
    form.belongs_to(person)
    form.is_made_ready(person)
    form.is_opened(person)
    for text, sentence in REFUSED[name]:
        form.is_filled_in(person, text)
        taps_until_refused(person, form)
        is_told_at_its_field(person, form.asked, sentence)
        person.sees_written(form.asked, text)
        assert_no_sideways_scroll(person.page)
    assert_no_axe_violations(person.page)
    form.is_opened_again(person)
    person.sees_written(form.asked, text)
    for path in ("/diary", "/plans"):
        person.opens(path)
        person.page.get_by_role("heading", level=1).wait_for()
        person.does_not_see_text(SENTENCE)
        person.does_not_see("entry.session")
    person.opens("/diary")
    person.sees_text_once(EARLIER)

    form.is_opened_again(person)
    person.writes(form.asked, form.typed[0])
    person.does_not_see(sentence)
    form.is_sent(person)
    person.sees(form.kept)
    form.is_looked_up(person)
    person.sees_text_once(form.stands_as.format(form.typed[0]))
    person.does_not_see_text(SENTENCE)


@pytest.mark.parametrize("name", ["a goal", "a step", "an activity", "a rough day"])
def test_odd_words_are_kept_to_the_letter_wherever_they_stand(already_has_a_diary: Person, name: str) -> None:
    person, form = already_has_a_diary, FORMS[name]
    keeps_a_check_in(person, EARLIER)
    form.belongs_to(person)
    for text in ODD:
        form.is_made_ready(person)
        form.is_opened(person)
        form.is_filled_in(person, text)
        form.is_sent(person)
        person.sees(form.kept)
    form.is_looked_up(person)
    for text in ODD:
        person.sees_text_once(text)
    assert_no_sideways_scroll(person.page)
    assert_no_axe_violations(person.page)
    person.opens("/")
    assert_no_sideways_scroll(person.page)
    person.opens("/diary")
    person.sees_text_once(EARLIER)


def taps_until_refused(person: Person, form: Form) -> None:
    """Send the form; where it has several pages, what is wrong may be said on the first."""
    if len(form.keep) < 2:
        form.is_sent(person)
        return
    for key in form.keep:
        person.taps(key)
        if sight.field(person.page, person.words.whole(form.asked)).count() > 0:
            return


def is_told_at_its_field(person: Person, field: str, sentence: str) -> None:
    there = sight.field(person.page, person.words.whole(field))
    expect(there).to_have_attribute("aria-invalid", "true")
    expect(there).to_have_accessible_description(person.words.anywhere(sentence))
