"""The names of rows stand in clear on the phone: they say which form it is, and ids, and nothing that was chosen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from e2e.full_diary import id_of
from e2e.phone import PhoneSettings

if TYPE_CHECKING:
    from e2e.person import Person

CHECK_IN, WIN, GOAL = id_of("check-in 20"), id_of("win 3"), id_of("goal 0")
STEP, DONE_STEP, ACTIVITY = id_of("step 0.1"), id_of("step 0.0"), id_of("activity 1")

# Each form by its address, and the one name that its draft may have.
FORMS = (
    ("/check-in", "check-in"),
    ("/check-in?day=2026-02-27", "check-in"),
    (f"/check-in/{CHECK_IN}", f"check-in/{CHECK_IN}"),
    ("/wins/new", "win"),
    (f"/wins/new?from={GOAL}", f"win/from/{GOAL}"),
    (f"/wins/{WIN}", f"win/{WIN}"),
    ("/plans/goals/new", "goal/new"),
    (f"/plans/goals/{GOAL}?change", f"goal/{GOAL}"),
    (f"/plans/goals/{GOAL}?step=new", f"goal/{GOAL}/step"),
    (f"/plans/goals/{GOAL}?step={STEP}", f"step/{STEP}"),
    (f"/plans/goals/{GOAL}?how={DONE_STEP}", f"step/{DONE_STEP}/note"),
    ("/plans/activities/new", "activity/new"),
    ("/plans/activities/standing", "activity/new"),
    (f"/plans/activities/{ACTIVITY}?change", f"activity/{ACTIVITY}"),
    ("/timer?own", "timer-own"),
)


@pytest.fixture
def phone_settings() -> PhoneSettings:
    return PhoneSettings(time="2026-03-02 09:30")


def test_the_names_of_rows_say_which_form_it_is_and_nothing_more(already_has_a_full_diary: Person) -> None:
    person = already_has_a_full_diary
    written: set[str] = set()

    def hears(name: str) -> None:
        written.add(name)

    person.phone.context.expose_function("rowIsWritten", hears)
    person.phone.context.add_init_script(TELL_ROWS)
    for path, _ in FORMS:
        types_into(person, path)
    person.taps("timer.start")
    person.sees("timer.stop")
    person.opens("/rough-day")
    person.chooses("rough-day.rough")
    person.sees("rough-day.kept")
    person.writes("rough-day.word", "3")
    person.opens("/help")
    person.sees("help.talk")
    drafts = {name for name in written if not SNAPSHOT.fullmatch(name)}
    assert {name.rpartition("/")[0] for name in drafts} - {"draft/timer-told"} == {
        f"draft/{form}" for form in (*dict(FORMS).values(), "timer", "rough-day")
    }
    assert {name.rpartition("/")[2] for name in drafts} <= {"1", "2"}


def types_into(person: Person, path: str) -> None:
    """Open a form, and write into each of its text fields."""
    person.opens(path)
    fields = person.page.get_by_role("main").get_by_role("textbox")
    fields.first.wait_for()
    for field in fields.all():
        field.fill("3")


SNAPSHOT = re.compile(r"snapshot/(near|month/\d{4}-\d\d)")

TELL_ROWS = """
const put = IDBObjectStore.prototype.put;
IDBObjectStore.prototype.put = function (value, ...key) {
    if (this.name === "local") window.rowIsWritten(String(key[0]));
    return put.call(this, value, ...key);
};
"""
