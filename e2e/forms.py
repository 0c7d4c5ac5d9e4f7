"""The forms for plans, after a timer and for a rough day: the way to each, its field, and where that then stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from e2e.person import Person

GOAL = "Have Rhian round for tea"


def keeps_a_check_in(person: Person, note: str) -> None:
    """From Today, write a check-in of one note."""
    person.taps("today.check-in")
    person.writes("check-in.note", note)
    person.taps("check-in.keep")
    person.sees_text_once(note)


@dataclass(frozen=True)
class Form:
    """A form that somebody fills in and keeps, three times, each time with another text."""

    opened_at: str
    asked: str
    typed: tuple[str, str, str]
    keep: tuple[str, ...]
    kept: str
    stands_at: str
    stands_as: str = "{}"
    back_to_the_field: tuple[str, ...] = ()
    typed_besides: Mapping[str, str] = field(default_factory=dict)
    chosen_besides: str | None = None

    def belongs_to(self, person: Person) -> None:
        """Write, once in a diary, what the form belongs to."""

    def is_made_ready(self, person: Person) -> None:
        """Bring about, each time, what the form is about."""

    def is_opened(self, person: Person) -> None:
        person.opens(self.opened_at)

    def is_opened_again(self, person: Person) -> None:
        """Come back to what was half written."""
        self.is_opened(person)

    def is_filled_in(self, person: Person, text: str) -> None:
        if self.chosen_besides is not None:
            person.chooses(self.chosen_besides)
        for besides, words in self.typed_besides.items():
            person.writes(besides, words)
        person.writes(self.asked, text)

    def is_sent(self, person: Person) -> None:
        for key in self.keep:
            person.taps(key)

    def is_sent_once_more(self, person: Person) -> None:
        self.is_sent(person)

    def is_looked_up(self, person: Person) -> None:
        person.opens_the_app_cold(self.stands_at)


class StepForm(Form):
    def belongs_to(self, person: Person) -> None:
        person.opens("/plans/goals/new")
        person.writes("goal.ask-words", GOAL)
        person.taps("goal.next")
        person.taps("goal.enough-now")
        person.sees("goal.no-steps")

    def is_opened(self, person: Person) -> None:
        person.opens("/plans")
        person.taps_text(GOAL)
        person.taps("goal.add-step")

    def is_looked_up(self, person: Person) -> None:
        person.opens_the_app_cold("/plans")
        person.taps_text(GOAL)


class OutcomeForm(Form):
    def is_made_ready(self, person: Person) -> None:
        person.opens("/timer?own")
        person.writes("timer.minutes-each-round", "9")
        person.taps("timer.start")
        person.sees("timer.stop")

    def is_opened(self, person: Person) -> None:
        person.opens("/timer")
        person.taps("timer.stop")
        person.taps("ended.stopped-sooner")

    def is_opened_again(self, person: Person) -> None:
        person.opens("/timer")


class RoughDayForm(Form):
    def is_made_ready(self, person: Person) -> None:
        """Wait until what is said next is another entry."""
        person.phone.let_pass(minutes=11)

    def is_sent(self, person: Person) -> None:
        """Leave the field: each answer is kept as it is given."""
        person.clears("rough-day.rough")

    def is_sent_once_more(self, person: Person) -> None:
        person.taps("trouble.try-again")


FORMS = {
    "a goal": Form(
        opened_at="/plans/goals/new",
        asked="goal.ask-words",
        typed=("Sit in the garden", "Paint a small thing", "Walk to the post box"),
        keep=("goal.next", "goal.enough-now"),
        kept="goal.kept",
        stands_at="/plans",
        back_to_the_field=("goal.before",),
    ),
    "a step": StepForm(
        opened_at="/plans",
        asked="step.words",
        typed=("Ask her which Sunday", "Buy the good biscuits", "Put the kettle on"),
        keep=("step.keep",),
        kept="step.kept",
        stands_at="/plans",
    ),
    "an activity": Form(
        opened_at="/plans/activities/new",
        asked="activity.name",
        typed=("Wash up", "Sort the post", "Water the plants"),
        keep=("activity.keep",),
        kept="activity.kept",
        stands_at="/plans",
        typed_besides={"activity.unit-name": "pages", "activity.amount": "4.25", "activity.rest": "17"},
        chosen_besides="unit.own",
    ),
    "how a timer ended": OutcomeForm(
        opened_at="/timer",
        asked="timer.how-much-in-all",
        typed=("4.25", "5.25", "6.25"),
        keep=("timer.keep",),
        kept="timer.kept-text",
        stands_at="/diary",
        stands_as="{} minutes",
    ),
    "a rough day": RoughDayForm(
        opened_at="/rough-day",
        asked="rough-day.word",
        typed=("Foggy", "Heavy", "Slow"),
        keep=(),
        kept="rough-day.kept",
        stands_at="/diary",
        chosen_besides="rough-day.rough",
    ),
}

# Runs a story with each form: give the test the argument ``form``.
in_every_form = pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
