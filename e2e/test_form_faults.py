"""Plans, the timer and a rough day when the phone's storage fails; check-ins and wins are in `test_storage_faults.py`.

Each form meets three faults on one phone: the browser gives up every write, there is no room, the store is cleared.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from e2e.phone import PhoneSettings
from e2e.storage import Storage

if TYPE_CHECKING:
    from collections.abc import Mapping

    from e2e.person import Person

EARLIER = "Written while all was well"
GOAL = "Have Rhian round for tea"


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


@pytest.fixture
def phone_settings() -> PhoneSettings:
    return PhoneSettings(time="2026-03-02 09:30", keeps_profile=True)


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
def test_whatever_fails_what_was_typed_stays_can_be_saved_and_is_kept_once_when_it_works_again(
    already_has_a_diary: Person, form: Form
) -> None:
    person, storage = already_has_a_diary, Storage(already_has_a_diary.phone)
    first, second, third = form.typed
    writes_a_check_in(person)
    form.belongs_to(person)

    form.is_made_ready(person)
    form.is_opened(person)
    storage.gives_up_on_writing()
    fills_in_and_is_told(person, form, first, "not-kept.not-kept")
    storage.writes_again()
    keeps(person, form)

    form.is_made_ready(person)
    storage.is_full()
    form.is_opened(person)
    fills_in_and_is_told(person, form, second, "not-kept.full")
    storage.has_room_again()
    keeps(person, form)
    form.is_looked_up(person)
    for text in (first, second):
        person.sees_text_once(form.stands_as.format(text))
    person.opens("/diary")
    person.sees_text_once(EARLIER)

    form.is_made_ready(person)
    form.is_opened(person)
    storage.is_cleared()
    fills_in_and_is_told(person, form, third, "not-kept.gone")
    person.opens_the_app_cold("/")
    person.taps("welcome.start")
    person.sees("today.lives-here")
    form.belongs_to(person)
    form.is_made_ready(person)
    form.is_opened(person)
    form.is_filled_in(person, third)
    form.is_sent(person)
    person.sees(form.kept)
    form.is_looked_up(person)
    person.sees_text_once(form.stands_as.format(third))
    person.does_not_see_text(form.stands_as.format(first))


def writes_a_check_in(person: Person) -> None:
    person.taps("today.check-in")
    person.writes("check-in.note", EARLIER)
    person.taps("check-in.keep")
    person.sees_text_once(EARLIER)


def fills_in_and_is_told(person: Person, form: Form, text: str, why: str) -> None:
    form.is_filled_in(person, text)
    form.is_sent(person)
    person.sees("not-kept.lead")
    person.sees(why)
    person.does_not_see(form.kept)
    saved = person.saves_a_file("not-kept.save").read_text()
    for key in form.back_to_the_field:
        person.taps(key)
    for each, words in {**form.typed_besides, form.asked: text}.items():
        assert words in saved
        person.sees_written(each, words)


def keeps(person: Person, form: Form) -> None:
    form.is_sent_once_more(person)
    person.sees(form.kept)
    person.does_not_see("not-kept.lead")
