"""A save that takes its time: what is typed meanwhile is saved with it, and who leaves meanwhile has saved it, once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from e2e.forms import FORMS, Form
from e2e.pacing import at, sees_one_session, starts
from e2e.phone import PhoneSettings

if TYPE_CHECKING:
    from e2e.person import Person

NOTE, MORE = "Sat", " in the sun"
SEALING_CAN_WAIT = """
const { encrypt } = window.SubtleCrypto?.prototype ?? {};
let waiting = Promise.resolve();
window.holdSealing = () => {
  waiting = new Promise((done) => { window.goOnSealing = done; });
};
if (encrypt) SubtleCrypto.prototype.encrypt = function (...asked) {
  return waiting.then(() => encrypt.apply(this, asked));
};
"""
THE_NEXT_IS_SEALED_LATE = """() => {
  const { encrypt } = SubtleCrypto.prototype;
  SubtleCrypto.prototype.encrypt = async function (...asked) {
    SubtleCrypto.prototype.encrypt = encrypt;
    await new Promise(done => setTimeout(done, 5000));
    return encrypt.apply(this, asked);
  };
}"""
WIN = Form(
    opened_at="/wins/new",
    asked="win.words",
    typed=(NOTE, NOTE, NOTE),
    keep=("win.keep",),
    kept="win.kept",
    stands_at="/wins",
)
NO_ROOM_FOR_A_SECOND_SAVE = """() => {
  const { add } = IDBObjectStore.prototype;
  let saves = 0;
  IDBObjectStore.prototype.add = function (...row) {
    if (this.name === "revisions" && ++saves > 1) throw new DOMException("No room.", "QuotaExceededError");
    return add.apply(this, row);
  };
}"""
HELD_DRAFTS = "(await navigator.locks.query()).held.filter(({ name }) => name.includes('draft/')).length"
NO_DRAFT_IS_HELD, ONE_DRAFT_IS_HELD = f"async () => {HELD_DRAFTS} === 0", f"async () => {HELD_DRAFTS} === 1"


@pytest.fixture
def phone_settings() -> PhoneSettings:
    return PhoneSettings(time="2026-03-02 13:50")


@pytest.fixture
def slow(already_has_an_activity: Person) -> Person:
    """Somebody whose phone seals nothing between `holds_sealing` and `goes_on_sealing`."""
    already_has_an_activity.page.context.add_init_script(SEALING_CAN_WAIT)
    return already_has_an_activity


def test_what_is_typed_while_a_check_in_is_saved_is_in_it_and_nowhere_else(slow: Person) -> None:
    person = slow
    person.opens("/check-in")
    person.writes("check-in.note", NOTE)
    holds_sealing(person)
    person.taps("check-in.keep")
    person.adds("check-in.note", MORE)
    goes_on_sealing(person)
    person.sees("check-in.kept")
    person.sees_text_once(NOTE + MORE)
    person.does_not_see("draft.check-in")
    person.opens_the_app_cold("/diary")
    person.sees_text_once(NOTE)


@pytest.mark.parametrize(
    "form", [WIN, FORMS["a step"], FORMS["an activity"], FORMS["a rough day"]], ids=lambda form: form.asked
)
def test_what_is_typed_while_another_form_is_saved_is_in_it_and_nowhere_else(slow: Person, form: Form) -> None:
    person = slow
    form.belongs_to(person)
    form.is_opened(person)
    form.is_filled_in(person, NOTE)
    holds_sealing(person)
    form.is_sent(person)
    person.adds(form.asked, MORE)
    goes_on_sealing(person)
    person.sees(form.kept)
    form.is_looked_up(person)
    person.sees_text_once(NOTE + MORE)
    person.sees_text_once(NOTE)


def test_a_goal_that_was_saved_in_part_and_opened_again_stays_one_goal(slow: Person) -> None:
    person = slow
    person.opens("/plans/goals/new")
    person.writes("goal.ask-words", NOTE + MORE)
    person.taps("goal.next")
    person.page.evaluate(NO_ROOM_FOR_A_SECOND_SAVE)
    holds_sealing(person)
    person.taps("goal.enough-now")
    person.chooses("part-of-life.home")
    goes_on_sealing(person)
    person.sees("not-kept.full")
    person.opens_the_app_cold("/plans/goals/new")
    person.sees_chosen("part-of-life.home")
    person.taps("goal.enough-now")
    person.sees("goal.kept")
    person.opens_the_app_cold("/plans")
    person.sees_text_once(NOTE + MORE)


def test_what_is_typed_as_the_page_goes_waits_for_no_letter_before_it(slow: Person) -> None:
    person = slow
    person.opens("/check-in")
    person.page.evaluate(THE_NEXT_IS_SEALED_LATE)
    person.writes("check-in.note", NOTE)
    person.adds("check-in.note", MORE)
    person.reloads()
    person.sees_written("check-in.note", NOTE + MORE)


def test_what_is_answered_of_a_timer_as_the_page_goes_waits_for_no_answer_before_it(slow: Person) -> None:
    person = slow
    ends_a_timer(person)
    person.page.evaluate(THE_NEXT_IS_SEALED_LATE)
    person.chooses("after.bit-sore")
    person.writes("timer.how-much-in-all", "5.5")
    person.reloads()
    person.sees_written("timer.how-much-in-all", "5.5")


def test_who_leaves_while_a_check_in_is_saved_has_one_entry_and_is_led_nowhere(slow: Person) -> None:
    person = slow
    person.opens("/")
    person.taps("today.check-in")
    person.writes("check-in.note", NOTE + MORE)
    holds_sealing(person)
    person.taps("check-in.keep")
    person.taps("page.back")
    person.goes_to("places.plans")
    goes_on_sealing(person)
    person.page.wait_for_function(NO_DRAFT_IS_HELD)
    person.sees("plans.under")
    person.goes_to("places.today")
    person.sees_text_once(NOTE + MORE)
    person.does_not_see("draft.check-in")


def test_the_same_form_opened_while_the_first_is_saved_is_blank_and_stays(slow: Person) -> None:
    person = slow
    person.opens("/")
    person.taps("today.check-in")
    person.writes("check-in.note", NOTE + MORE)
    holds_sealing(person)
    person.taps("check-in.keep")
    person.taps("page.back")
    person.taps("today.check-in")
    person.sees_written("check-in.note", "")
    goes_on_sealing(person)
    person.page.wait_for_function(ONE_DRAFT_IS_HELD)
    person.sees_written("check-in.note", "")
    person.taps("page.back")
    person.sees_text_once(NOTE + MORE)
    person.does_not_see("draft.check-in")


def test_what_is_answered_while_a_timer_is_saved_is_in_its_session(slow: Person) -> None:
    person = slow
    ends_a_timer(person)
    holds_sealing(person)
    person.taps("timer.keep")
    person.chooses("after.bit-sore")
    person.writes("timer.how-much-in-all", "5.5")
    goes_on_sealing(person)
    person.sees("timer.kept-text")
    sees_one_session(person, planned="18 minutes", done="5.5 minutes", ended="stopped-sooner")
    person.sees("entry.after-bit-sore")
    person.opens("/")
    person.sees("today.check-in")
    person.does_not_see("timer.line-over")


def test_who_leaves_while_a_timer_is_saved_has_one_session_and_no_timer(slow: Person) -> None:
    person = slow
    ends_a_timer(person)
    person.chooses("after.bit-sore")
    person.writes("timer.how-much-in-all", "5.5")
    holds_sealing(person)
    person.taps("timer.keep")
    person.taps("places.today")
    goes_on_sealing(person)
    person.page.wait_for_function(NO_DRAFT_IS_HELD)
    person.sees("today.so-far")
    person.does_not_see("timer.line-over")
    person.opens("/timer")
    person.sees("timer.choose")
    person.does_not_see("timer.how-was-it")
    sees_one_session(person, planned="18 minutes", done="5.5 minutes", ended="stopped-sooner")
    person.sees("entry.after-bit-sore")


def ends_a_timer(person: Person) -> None:
    person.opens("/plans")
    person.taps_text("Wash up with the radio on")
    person.taps("activity.start-timer")
    starts(person)
    person.phone.ticks_until(at(6))
    person.taps("timer.stop")
    person.taps("ended.stopped-sooner")
    person.sees("timer.how-was-it")


def holds_sealing(person: Person) -> None:
    person.page.evaluate("window.holdSealing()")


def goes_on_sealing(person: Person) -> None:
    person.page.evaluate("window.goOnSealing()")
