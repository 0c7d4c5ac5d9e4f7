"""A person acts through what is seen, by touch and by keyboard alone, at a time and a place of the phone's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from e2e import sight
from e2e.hands import Keys, NotReachedError, is_chosen, one
from e2e.person import written
from e2e.ways import by_touch_and_by_keyboard, cut_off_both_ways
from e2e.words import Catalogue, UnknownKeyError, text_pattern

if TYPE_CHECKING:
    from e2e.connection import Connection
    from e2e.fixtures import MakePerson
    from e2e.person import Person
    from e2e.server import Server


@by_touch_and_by_keyboard
def test_pressing_choosing_and_writing_do_the_same_by_touch_and_by_keyboard(person: Person) -> None:
    person.opens("/answers")
    with person.beside("Tea"):
        person.taps_text("Remove")
    person.sees_text("Pressed Remove")
    person.chooses_text("The same")
    person.sees_text("Got same")
    assert is_chosen(one(sight.choice(person.page, written("The same"))))
    person.chooses_text("metres")
    person.sees_text("Got m")
    write(person, "Note", "first words")
    write(person, "Note", "others — und weitere 🌿", instead=True)
    write(person, "Note", " and more", instead=False)
    expect(person.page.get_by_label("Note")).to_have_value("others — und weitere 🌿 and more")
    person.taps_text("Done")
    person.sees_text("Pressed Done")
    person.does_not_see_text("Pressed Remove")
    person.taps_text("Onwards")
    person.sees_text("Quiet")
    person.goes_back()
    person.sees_text("A page that answers")


@by_touch_and_by_keyboard
def test_a_date_is_written_as_the_year_month_and_day_it_is(person: Person) -> None:
    person.opens("/answers")
    write(person, "Day", "2026-03-01")
    expect(person.page.get_by_label("Day")).to_have_value("2026-03-01")


def test_the_keyboard_does_not_press_what_is_covered(person: Person) -> None:
    person.opens("/covered")
    with pytest.raises(NotReachedError, match="covered"):
        Keys().press(person.page, sight.control(person.page, written("Hidden from sight")))


def test_two_tabs_are_turned_between(person: Person) -> None:
    person.opens("/quiet")
    person.opens_a_second_tab("/answers")
    person.sees_text("A page that answers")
    person.turns_to_tab(1)
    person.sees_text("Quiet")


def test_a_phone_has_a_zone_a_language_and_a_time_of_its_own(make_person: MakePerson) -> None:
    person = make_person(zone="Asia/Tokyo", locale="cy-GB", time="2026-03-01 09:30")
    person.opens("/quiet")
    assert clock(person) == "2026-03-01T00:30"
    assert person.page.evaluate("navigator.language") == "cy-GB"
    person.phone.let_pass(minutes=45)
    assert clock(person) == "2026-03-01T01:15"
    person.opens_the_app_cold("/quiet")
    assert clock(person) == "2026-03-01T01:15"
    person.phone.time_is("2036-03-01 09:30")
    assert clock(person) == "2036-03-01T00:30"


def test_a_phone_lies_until_a_moment_through_an_hour_that_comes_twice(make_person: MakePerson) -> None:
    person = make_person(zone="Europe/London", time="2026-10-25 01:50+01:00")
    person.opens("/quiet")
    person.phone.lies_until("2026-10-25 01:10+00:00")
    assert clock(person) == "2026-10-25T01:10"
    person.phone.ticks_until("2026-10-25 02:05")
    assert clock(person) == "2026-10-25T02:05"
    with pytest.raises(AssertionError, match="It is past"):
        person.phone.lies_until("2026-10-25 02:04")


def test_a_page_whose_clock_is_behind_arrives_at_the_moment_all_the_same(make_person: MakePerson) -> None:
    person = make_person(time="2026-03-01 09:30")
    person.opens("/quiet")
    person.phone.context.clock.set_system_time("2026-03-01T09:29:55Z")
    person.phone.lies_until("2026-03-01 09:40")
    assert clock(person) == "2026-03-01T09:40"


def test_time_goes_on_while_a_phone_is_dead(make_person: MakePerson) -> None:
    person = make_person(time="2026-03-01 09:30", keeps_profile=True)
    person.opens("/quiet")
    person.phone.dies()
    person.phone.let_pass(hours=2)
    person.phone.starts_again()
    person.opens("/quiet")
    assert clock(person) == "2026-03-01T11:30"


def test_timers_ring_once_for_a_pocket_and_each_time_for_an_open_screen(make_person: MakePerson) -> None:
    person = make_person(time="2026-03-01 09:30")
    person.opens("/quiet")
    person.page.evaluate("() => { window.rung = 0; setInterval(() => { window.rung += 1; }, 60000); }")
    person.phone.let_pass(minutes=10)
    assert person.page.evaluate("rung") == 1
    person.phone.let_tick(minutes=3)
    assert person.page.evaluate("rung") == 4


@cut_off_both_ways
def test_what_a_worker_keeps_opens_cold_with_the_connection_lost(person: Person, connection: Connection) -> None:
    person.opens("/worker")
    person.phone.waits_until_the_app_is_kept()
    connection.is_lost()
    person.opens_the_app_cold("/worker")
    person.sees_text("Quiet")
    connection.is_back()
    person.opens("/answers")
    person.sees_text("A page that answers")


def test_with_the_server_stopped_the_browser_believes_itself_online(person: Person, own_server: Server) -> None:
    person.opens("/worker")
    person.phone.waits_until_the_app_is_kept()
    own_server.stop()
    person.opens_the_app_cold("/worker")
    assert person.page.evaluate("navigator.onLine")
    own_server.start()
    assert own_server.is_up


def test_a_key_that_is_not_in_the_catalogue_says_which_are_near() -> None:
    with pytest.raises(UnknownKeyError, match=r"app\.name"):
        Catalogue().whole("app.nam")


def test_a_placeholder_matches_its_value_or_anything() -> None:
    assert text_pattern("{n} of 3 (done)", {"n": 2}) == r"2\s+of\s+3\s+\(done\)"
    assert text_pattern("Hello {name}", {}) == r"Hello\s+.*?"


def write(person: Person, name: str, text: str, *, instead: bool = True) -> None:
    person.hands.write(person.page, sight.field(person.page, written(name)), text, instead=instead)


def clock(person: Person) -> str:
    return str(person.page.evaluate("new Date().toISOString().slice(0, 16)"))
