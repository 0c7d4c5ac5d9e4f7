"""What a screen said of what was done there: it comes along where that led, and is left behind by who goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from e2e.authenticator import Authenticator
from e2e.kept_safe import reads_the_code, says_yes, writes
from e2e.ways import by_touch_and_by_keyboard

if TYPE_CHECKING:
    from e2e.person import Person

NOTE = "Sat by the window and did the crossword"


@by_touch_and_by_keyboard
def test_what_a_form_said_is_read_where_it_led_and_nowhere_after_that(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    writes(person, NOTE)
    person.sees("check-in.kept")
    person.goes_to("places.diary")
    person.sees_text_once(NOTE)
    person.does_not_see("check-in.kept")

    person.taps_text(NOTE)
    person.taps("entry.delete")
    person.sees("entry.deleted")
    person.goes_to("places.today")
    person.sees("today.check-in")
    person.does_not_see("entry.deleted")
    person.opens("/trash")
    person.sees_text_once(NOTE)


def test_what_was_said_of_a_setting_stays_in_the_settings_by_each_way_out(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    person.taps("page.more")
    for by_the_phone in (False, True):
        person.taps("settings.title")
        person.clears("settings.sound")
        person.sees("settings.kept")
        if by_the_phone:
            person.goes_back()
        else:
            person.taps("page.back")
        person.sees("more.trash")
        person.does_not_see("settings.kept")


@by_touch_and_by_keyboard
def test_a_draft_that_was_let_go_of_can_be_had_back_wherever_one_went(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    person.taps("today.check-in")
    person.writes("check-in.note", NOTE)
    person.taps("draft.let-go")
    person.sees("draft.is-let-go")
    person.goes_to("places.plans")
    person.goes_to("places.diary")
    person.sees("diary.empty")
    person.taps("toast.undo")
    person.does_not_see("draft.is-let-go")
    person.goes_to("places.today")
    person.taps("draft.go-on")
    person.sees_written("check-in.note", NOTE)


def test_that_a_code_was_copied_is_not_said_where_it_is_asked_back(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    Authenticator(person.phone)
    says_yes(person)
    person.taps("way-in.make-passkey")
    reads_the_code(person)
    person.taps("code.copy")
    person.sees("code.copied")
    person.taps("code.have-it")
    person.sees("ask-back.done")
    person.does_not_see("code.copied")
