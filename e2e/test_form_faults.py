"""Plans, the timer and a rough day when the phone's storage fails; check-ins and wins are in `test_storage_faults.py`.

Each form meets three faults on one phone: the browser gives up every write, there is no room, the store is cleared.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from e2e import sight
from e2e.forms import in_every_form, keeps_a_check_in
from e2e.phone import PhoneSettings
from e2e.storage import Storage

if TYPE_CHECKING:
    from e2e.forms import Form
    from e2e.person import Person

EARLIER = "Written while all was well"


@pytest.fixture
def phone_settings() -> PhoneSettings:
    return PhoneSettings(time="2026-03-02 09:30", keeps_profile=True)


@in_every_form
def test_whatever_fails_what_was_typed_stays_can_be_saved_and_is_kept_once_when_it_works_again(
    already_has_a_diary: Person, form: Form
) -> None:
    person, storage = already_has_a_diary, Storage(already_has_a_diary.phone)
    first, second, third = form.typed
    keeps_a_check_in(person, EARLIER)
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
    # Cleared under an open form: cleared while the app still opens, there is no form to lose anything from.
    expect(sight.field(person.page, person.words.whole(form.asked))).to_be_visible()
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
