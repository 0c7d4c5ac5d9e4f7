"""Where the browser stores no key, words open the diary, and nothing can be read before them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from e2e.accessibility import assert_no_axe_violations, assert_no_sideways_scroll
from e2e.profile_search import assert_nothing_in_clear
from e2e.storage import Storage
from e2e.ways import by_touch_and_by_keyboard

if TYPE_CHECKING:
    from e2e.fixtures import MakePerson

NOTE, WORDS, OTHER_WORDS = "Written behind a door", "heron gate kettle wool", "heron gate kettle wood"


@by_touch_and_by_keyboard
def test_a_browser_that_stores_no_key_asks_for_words_and_shows_nothing_before_them(make_person: MakePerson) -> None:
    person = make_person(time="2026-03-02 09:30", keeps_profile=True)
    storage = Storage(person.phone)
    storage.keeps_no_keys()
    person.opens("/")
    person.taps("welcome.start")
    person.sees("choose-words.why")
    assert_no_axe_violations(person.page)
    assert_no_sideways_scroll(person.page)
    person.writes("choose-words.words", "heron")
    person.taps("choose-words.start")
    person.sees("choose-words.too-short", count=8)
    person.sees_written("choose-words.words", "heron")
    person.writes("choose-words.words", WORDS)
    storage.gives_up_on_writing()
    person.taps("choose-words.start")
    person.sees("trouble.not-kept")
    person.sees_written("choose-words.words", WORDS)
    person.does_not_see("today.check-in")
    storage.writes_again()
    person.taps("choose-words.start")
    person.taps("today.check-in")
    person.writes("check-in.note", NOTE)
    person.taps("check-in.keep")
    person.sees_text_once(NOTE)

    person.closes_the_app()
    for path in ("/", "/diary", "/diary/2026-03-02", "/trash", "/take-with-me"):
        person.opens(path)
        person.sees("unlock.title")
        person.does_not_see_text(NOTE)
        person.does_not_see("places.diary")
    assert_no_axe_violations(person.page)
    person.opens("/")
    person.writes("unlock.words", OTHER_WORDS)
    person.taps("unlock.open")
    person.sees("unlock.wrong-words")
    person.does_not_see_text(NOTE)
    person.writes("unlock.words", WORDS)
    person.taps("unlock.open")
    person.sees_text_once(NOTE)
    person.does_not_see("unlock.title")

    person.phone.dies()
    assert_nothing_in_clear(person.phone.profile, [NOTE, WORDS])
