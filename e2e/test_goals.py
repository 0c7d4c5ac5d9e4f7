"""A goal in one's own words, its steps, and how they went. Resting and letting go are as good as done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from e2e.phone import PhoneSettings
from e2e.ways import by_touch_and_by_keyboard

if TYPE_CHECKING:
    from e2e.connection import Network
    from e2e.person import Person

GOAL, STEP = "Have Rhian round for tea on a Sunday", "Ask her which Sunday"
SECOND_STEP = "Buy the good biscuits"
QUESTIONS = 10


@pytest.fixture
def phone_settings() -> PhoneSettings:
    return PhoneSettings(time="2026-03-02 10:00")


@pytest.fixture
def already_has_a_goal(already_has_a_diary: Person) -> Person:
    """Somebody with a goal and its first step; they are on its page."""
    person = already_has_a_diary
    person.opens("/plans/goals/new")
    person.writes("goal.ask-words", GOAL)
    for _ in range(3):
        person.taps("goal.next")
    person.writes("goal.ask-step", STEP)
    person.taps("goal.enough-now")
    person.sees_text(STEP)
    return person


@by_touch_and_by_keyboard
def test_a_goal_is_written_one_question_a_page_offline_and_half_of_it_outlives_a_reload(
    person: Person, network: Network
) -> None:
    person.opens("/")
    person.phone.waits_until_the_app_is_kept()
    network.offline()
    person.taps("welcome.start")
    person.goes_to("places.plans")
    person.sees("plans.no-goals")
    person.taps("plans.new-goal")
    answers(person, 1, "goal.ask-words", GOAL)
    person.sees("goal.question-of", at=2, of=QUESTIONS)
    person.chooses("part-of-life.family-and-friends")
    person.taps("goal.next")
    answers(person, 3, "goal.ask-why", "The house is quiet")
    person.writes("goal.ask-step", STEP)
    person.taps("goal.before")
    person.sees_written("goal.ask-why", "The house is quiet")
    person.reloads()
    person.sees("goal.question-of", at=3, of=QUESTIONS)
    person.sees_written("goal.ask-why", "The house is quiet")
    person.taps("goal.next")
    person.sees_written("goal.ask-step", STEP)
    person.taps("goal.next")
    answers(person, 5, "goal.ask-where", "We talk by phone")
    answers(person, 6, "goal.ask-enough", "Half an hour, shop cake")
    answers(person, 7, "goal.ask-when", "After lunch, in the kitchen")
    person.does_not_see("goal.smaller")
    person.chooses_text("4")
    person.sees("goal.smaller")
    person.taps("goal.next")
    answers(person, 9, "goal.ask-if-then", "If my back starts up, then I sit on the bed chair")
    person.writes("goal.ask-mark", "A photo of us")
    person.taps("goal.keep")

    person.sees("goal.mark-step")
    person.sees("part-of-life.family-and-friends")
    for written in (GOAL, STEP, "The house is quiet", "If my back starts up, then I sit on the bed chair"):
        person.sees_text(written)
    person.taps("goal.more-answers")
    for written in ("We talk by phone", "Half an hour, shop cake", "After lunch, in the kitchen", "A photo of us"):
        person.sees_text(written)
    person.sees("goal.sure-of-10", sure=4)
    person.opens_the_app_cold("/plans")
    person.sees_text_once(GOAL)
    person.does_not_see("plans.no-goals")
    person.taps("plans.new-goal")
    person.sees_written("goal.ask-words", "")
    person.does_not_see("goal.before")


@by_touch_and_by_keyboard
def test_every_question_but_the_first_can_be_skipped(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    person.opens("/plans/goals/new")
    person.taps("goal.next")
    person.sees("complaint.empty")
    person.sees("goal.question-of", at=1, of=QUESTIONS)
    answers(person, 1, "goal.ask-words", GOAL)
    for page in range(2, QUESTIONS):
        person.sees("goal.question-of", at=page, of=QUESTIONS)
        person.sees("goal.may-stay-blank")
        person.taps("goal.next")
    person.sees("goal.question-of", at=QUESTIONS, of=QUESTIONS)
    person.taps("goal.keep")
    person.sees("goal.no-steps")
    person.sees_text(GOAL)
    for unsaid in ("goal.why", "goal.if-then", "goal.more-answers", "goal.mark-step", "goal.smaller"):
        person.does_not_see(unsaid)
    person.goes_to("places.today")
    person.sees("today.check-in")
    person.does_not_see("today.next-steps")


def test_one_who_is_not_sure_may_make_it_smaller_or_go_on(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    person.opens("/plans/goals/new")
    person.writes("goal.ask-words", GOAL)
    for _ in range(7):
        person.taps("goal.next")
    person.chooses_text("7")
    person.does_not_see("goal.smaller")
    person.chooses_text("6")
    person.sees("goal.smaller")
    person.taps("goal.make-smaller")
    person.sees_written("goal.ask-words", GOAL)
    person.adds("goal.ask-words", ", for half an hour")
    person.taps("goal.next")
    person.taps("goal.enough-now")
    person.sees_text(f"{GOAL}, for half an hour")


@by_touch_and_by_keyboard
def test_a_step_is_marked_and_the_answer_can_be_undone(already_has_a_goal: Person) -> None:
    person = already_has_a_goal
    person.does_not_see("step.state-and-note", state="Done")
    person.taps("goal.mark-step")
    with person.in_part("step.how-did-it-go"):
        person.writes("step.note", "She chose the 15th")
        person.taps("step.done")
    person.sees("step.said-done")
    person.does_not_see("goal.mark-step")
    with person.beside(STEP):
        person.sees("step.state-and-note", state="Done", note="She chose the 15th")
    person.taps("toast.undo")
    person.sees("goal.mark-step")
    with person.beside(STEP):
        person.sees("step.next")
        person.does_not_see_text("She chose the 15th")

    for answer, state in (("step.partly", "Partly"), ("step.not-now", "Not now"), ("step.tried", "Tried")):
        with person.beside(STEP):
            person.taps_text(STEP)
        with person.in_part("step.how-did-it-go"):
            person.taps(answer)
        person.sees(answer.replace("step.", "step.said-"))
        with person.beside(STEP):
            person.sees_text(state)
    person.opens_the_app_cold("/plans")
    person.taps_text(GOAL)
    with person.beside(STEP):
        person.sees("step.tried")
        person.does_not_see("step.done")


def test_a_step_that_was_not_marked_stays_as_it_was(already_has_a_goal: Person) -> None:
    person = already_has_a_goal
    person.taps("goal.mark-step")
    person.taps("step.leave")
    with person.beside(STEP):
        person.sees("step.next")
        person.does_not_see("step.not-now")
    person.sees("goal.mark-step")


@by_touch_and_by_keyboard
def test_the_next_step_stands_on_today_and_the_one_after_it_follows(already_has_a_goal: Person) -> None:
    person = already_has_a_goal
    person.taps("goal.add-step")
    person.writes("step.words", SECOND_STEP)
    person.taps("step.keep")
    person.sees_text(SECOND_STEP)
    person.goes_to("places.today")
    person.sees("today.next-steps")
    with person.beside(STEP):
        person.sees_text(GOAL)
    person.does_not_see_text(SECOND_STEP)
    person.taps_text(STEP)
    person.taps("goal.mark-step")
    person.taps("step.done")
    person.goes_to("places.today")
    person.sees_text(SECOND_STEP)
    person.does_not_see_text(STEP)


@by_touch_and_by_keyboard
@pytest.mark.parametrize(
    ("put", "said", "state"),
    [
        ("goal.rest", "goal-state.said-resting", "goal-state.resting"),
        ("goal.let-go", "goal-state.said-let-go", "goal-state.let-go"),
        ("goal.is-done", "goal-state.said-done", "goal-state.done"),
    ],
)
def test_a_goal_rests_or_is_let_go_and_is_taken_up_again(
    already_has_a_goal: Person, put: str, said: str, state: str
) -> None:
    person = already_has_a_goal
    person.taps(put)
    person.sees(said)
    person.sees(state)
    person.does_not_see("goal.mark-step")
    person.taps("toast.undo")
    person.sees("goal.mark-step")
    person.does_not_see(state)
    person.taps(put)
    person.sees(said)
    person.goes_to("places.today")
    person.sees("today.check-in")
    person.does_not_see_text(STEP)
    person.goes_to("places.plans")
    person.sees("plans.other-goals")
    person.does_not_see_text(GOAL)
    person.taps("plans.other-goals")
    with person.beside(GOAL):
        person.sees(state)
    person.taps_text(GOAL)
    person.taps("goal.take-up")
    person.sees("goal-state.said-active")
    person.sees("goal.mark-step")
    person.goes_to("places.today")
    person.sees_text(STEP)


def answers(person: Person, page: int, question: str, words: str) -> None:
    person.sees("goal.question-of", at=page, of=QUESTIONS)
    person.writes(question, words)
    person.taps("goal.next")
