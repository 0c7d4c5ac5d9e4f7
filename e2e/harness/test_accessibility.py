"""Faults that a machine can find on a screen are found; a screen without them passes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from e2e.accessibility import assert_no_axe_violations, assert_no_sideways_scroll

if TYPE_CHECKING:
    from e2e.fixtures import MakePerson
    from e2e.person import Person


def test_axe_finds_a_field_without_a_name(person: Person) -> None:
    person.opens("/no-label")
    with pytest.raises(AssertionError, match=r"- label \(critical\)"):
        assert_no_axe_violations(person.page)


def test_axe_finds_nothing_on_a_sound_page_under_a_strict_policy(person: Person) -> None:
    person.opens("/quiet")
    assert_no_axe_violations(person.page)


@pytest.mark.parametrize("touch", [True, False])
def test_a_page_wider_than_its_screen_is_found(make_person: MakePerson, *, touch: bool) -> None:
    person = make_person(touch=touch, width=320, height=640)
    person.opens("/wide")
    with pytest.raises(AssertionError, match=r"wider than its screen of 320 px"):
        assert_no_sideways_scroll(person.page)
    person.opens("/quiet")
    assert_no_sideways_scroll(person.page)


def test_a_page_that_is_too_wide_only_in_large_text_is_found(person: Person) -> None:
    person.opens("/wide-when-large")
    assert_no_sideways_scroll(person.page)
    person.phone.has_text(twice_as_large=True)
    person.phone.is_as_wide_as(320, 640)
    with pytest.raises(AssertionError, match="Unbreakable"):
        assert_no_sideways_scroll(person.page)


def test_large_text_is_what_the_browsers_own_setting_makes_it(person: Person) -> None:
    person.opens("/quiet")
    ordinary = font_size(person)
    person.phone.has_text(twice_as_large=True)
    assert (ordinary, font_size(person)) == ("18px", "36px")
    person.reloads()
    assert font_size(person) == "36px"
    person.opens_the_app_cold("/quiet")
    assert font_size(person) == "36px"


def font_size(person: Person) -> str:
    return str(person.page.evaluate("getComputedStyle(document.documentElement).fontSize"))
