"""Written on two phones that do not hear of each other: nothing is lost, nothing is there twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from e2e.kept_safe import NOTE, writes
from e2e.two_phones import changes, comes_to_a_second_phone, is_asked_which_to_keep, starts_a_diary
from e2e.ways import by_touch_and_by_keyboard

if TYPE_CHECKING:
    from e2e.connection import Network
    from e2e.fixtures import MakePerson
    from e2e.person import Person

ON_FIRST, ON_SECOND = "Sat by the window, then rang Nuala", "Sat by the window until the rain came"
FORGOTTEN, REMEMBERED = "Folded the washing in two goes", "Folded the towels and left the sheets"
NEW_ON_FIRST, NEW_ON_SECOND = "Fed the birds from the doorway", "Listened to the shipping forecast"


@by_touch_and_by_keyboard
def test_what_was_written_apart_is_whole_on_both_and_of_two_texts_one_is_chosen(
    make_person: MakePerson, network: Network
) -> None:
    person = starts_a_diary(make_person, FORGOTTEN)
    both = comes_to_a_second_phone(person, make_person)
    second = both.second
    second.sees_text_once(FORGOTTEN)

    network.offline()
    changes(person, NOTE, ON_FIRST)
    person.opens("/diary")
    person.taps_text(FORGOTTEN)
    person.taps("entry.delete")
    person.sees("entry.deleted")
    person.does_not_see_text(FORGOTTEN)
    writes(person, NEW_ON_FIRST)
    changes(second, NOTE, ON_SECOND)
    changes(second, FORGOTTEN, REMEMBERED)
    writes(second, NEW_ON_SECOND)
    for each in (person, second):
        each.opens("/")
        each.sees("lives.waiting")

    network.online()
    both.both_are_backed_up()
    both.assert_both_show_the_same(ON_FIRST, ON_SECOND, REMEMBERED, NEW_ON_FIRST, NEW_ON_SECOND)
    for each in (person, second):
        each.does_not_see_text(NOTE)
        each.does_not_see_text(FORGOTTEN)
        each.opens("/trash")
        each.sees("trash.empty")
        is_asked_which_to_keep(each, ON_FIRST, ON_SECOND)

    chooses_the_older(person, ON_FIRST, ON_SECOND)
    both.both_are_backed_up()
    second.opens("/")
    second.sees("lives.backed-up")
    both.assert_both_show_the_same(ON_FIRST, REMEMBERED, NEW_ON_FIRST, NEW_ON_SECOND)
    for each in (person, second):
        each.does_not_see_text(ON_SECOND)
        each.taps_text(ON_FIRST)
        each.sees_written("check-in.note", ON_FIRST)
        each.does_not_see("text-versions.why")
    both.assert_untold([ON_FIRST, ON_SECOND, FORGOTTEN, REMEMBERED, NEW_ON_FIRST, NEW_ON_SECOND])


def chooses_the_older(person: Person, older: str, newer: str) -> None:
    """Of two texts, keep the words that were written first."""
    is_asked_which_to_keep(person, older, newer)
    person.taps("text-versions.use-of", at=2, of=2)
    person.sees("text-versions.then-keep")
    person.sees_written("check-in.note", older)
    person.taps("check-in.keep")
    person.sees_text_once(older)
    person.does_not_see_text(newer)
