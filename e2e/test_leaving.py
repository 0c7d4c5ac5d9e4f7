"""A diary that is taken off the phone in one window is at once gone from all others, and from what Back leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from e2e.kept_safe import NOTE, begins_a_diary, keeps_a_note_safe, writes

if TYPE_CHECKING:
    from e2e.fixtures import MakePerson
    from e2e.person import Person

HALF, LATER = "Half of what I meant to", "Potted up the seedlings"


def test_signing_out_empties_every_window_and_what_back_leads_to(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    keeps_a_note_safe(person)
    person.opens_a_second_tab("/diary")
    person.sees_text_once(NOTE)
    person.opens("/check-in")
    person.writes("check-in.note", HALF)
    signs_out_in_the_first(person, begun=True)
    person.turns_to_tab(2)
    sees_nothing(person)
    person.goes_back()
    sees_nothing(person)
    assert person.page.evaluate(ROWS) == 0, "No word of the open form is left behind, sealed or not."


def test_a_page_that_was_put_aside_and_heard_nothing_shows_nothing_when_it_comes_back(
    already_has_a_diary: Person,
) -> None:
    person = already_has_a_diary
    keeps_a_note_safe(person)
    person.opens_a_second_tab()
    person.page.add_init_script(DEAF)
    person.opens("/diary")
    person.sees_text_once(NOTE)
    signs_out_in_the_first(person)
    person.turns_to_tab(2)
    person.sees_text_once(NOTE)
    assert person.page.evaluate(COMES_BACK), "Nothing is seen before it is known."
    sees_nothing(person)


def test_a_page_that_comes_back_to_its_own_diary_goes_on_where_it_was(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    writes(person, NOTE)
    person.opens("/check-in")
    person.writes("check-in.note", HALF)
    assert person.page.evaluate(COMES_BACK)
    person.sees_written("check-in.note", HALF)


def test_a_diary_that_was_joined_is_there_in_every_window_with_what_was_half_written(
    already_has_a_diary: Person, make_person: MakePerson
) -> None:
    person = already_has_a_diary
    code = keeps_a_note_safe(person)
    second = make_person()
    begins_a_diary(second)
    writes(second, LATER)
    second.opens_a_second_tab("/check-in")
    second.writes("check-in.note", HALF)
    second.turns_to_tab(1)
    second.opens("/sign-in")
    second.writes("show-who.code", code)
    second.taps("show-who.use-code")
    second.taps("sign-in.join")
    second.sees_text_once(NOTE)
    second.turns_to_tab(2)
    second.sees_written("check-in.note", HALF)
    second.taps("check-in.keep")
    for text in (NOTE, LATER, HALF):
        second.sees_text_once(text)


def signs_out_in_the_first(person: Person, *, begun: bool = False) -> None:
    """Sign out in the first window; what was begun in another is lost only to who says so."""
    person.turns_to_tab(1)
    person.opens("/keep-safe/sign-out")
    if begun:
        person.sees("sign-out.begun")
        person.taps("sign-out.do")
        person.sees("sign-out.begun-lost")
        person.taps("sign-out.all-the-same")
    else:
        person.taps("sign-out.do")
    person.sees("welcome.start")


def sees_nothing(person: Person) -> None:
    """See the first screen, and nothing of the diary anywhere in the page."""
    person.sees("welcome.start")
    page = person.page.content()
    assert not [text for text in (NOTE, HALF) if text in page]


DEAF = "window.BroadcastChannel = class extends EventTarget { postMessage() {} close() {} };"
COMES_BACK = """() => {
  window.dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
  return document.body.hidden;
}"""
ROWS = """() => new Promise((resolve, reject) => {
  const opened = indexedDB.open("cairn");
  opened.onerror = reject;
  opened.onsuccess = () => {
    const count = opened.result.transaction("local").objectStore("local").count();
    count.onsuccess = () => {
      opened.result.close();
      resolve(count.result);
    };
  };
})"""
