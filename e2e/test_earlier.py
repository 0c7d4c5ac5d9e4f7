"""What was written before stays: it is read again offline, on a phone that wrote it and on one that got it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from e2e.full_diary import WINS, id_of
from e2e.kept_safe import NOTE
from e2e.two_phones import comes_to_a_second_phone, starts_a_diary
from e2e.ways import by_touch_and_by_keyboard

if TYPE_CHECKING:
    from e2e.connection import Network
    from e2e.fixtures import MakePerson
    from e2e.person import Person

MORNING = "2026-03-02 09:30"
FIRST, SECOND, THIRD = "Fed the birds from the doorway", "Fed the robin from my chair", "Sat down before the birds came"
ON_FIRST, ON_SECOND = "Sat by the window, then rang Nuala", "Sat by the window until the rain came"


@by_touch_and_by_keyboard
def test_each_wording_of_an_entry_is_read_again_the_newest_first_without_a_network(
    make_person: MakePerson, network: Network
) -> None:
    person = make_person(time=MORNING)
    person.opens("/")
    person.phone.waits_until_the_app_is_kept()
    person.taps("welcome.start")
    person.sees("today.lives-here")
    network.offline()
    person.opens("/check-in")
    person.writes("check-in.note", FIRST)
    person.taps("check-in.keep")
    opens_the_entry(person, FIRST)
    person.does_not_see("earlier.link")
    rewrites(person, FIRST, SECOND)
    rewrites(person, SECOND, THIRD)

    opens_the_entry(person, THIRD)
    person.taps("earlier.link")
    person.sees("earlier.now", when="2 March at 9:30")
    for text in (FIRST, SECOND, THIRD):
        person.sees_text(text)
    shown = person.page.get_by_role("main").inner_text()
    assert sorted((FIRST, SECOND, THIRD), key=shown.index) == [THIRD, SECOND, FIRST]
    person.goes_back()
    person.sees_written("check-in.note", THIRD)
    person.does_not_see_text(SECOND)


def test_both_wordings_of_two_phones_are_read_again_on_each_once_one_was_chosen(
    make_person: MakePerson, network: Network
) -> None:
    person = starts_a_diary(make_person)
    both = comes_to_a_second_phone(person, make_person)
    second = both.second
    network.offline()
    rewrites(person, NOTE, ON_FIRST)
    rewrites(second, NOTE, ON_SECOND)
    network.online()
    both.both_are_backed_up()
    person.opens("/diary")
    person.taps_text(ON_FIRST)
    # Who touches something else has chosen nothing: both stay, on Today too.
    person.chooses("check-in.rested")
    person.taps("check-in.keep")
    person.sees("entry.rested")
    person.opens("/")
    person.sees_text(ON_SECOND)
    person.sees_text(ON_FIRST)
    person.sees("text-versions.row")
    person.opens("/diary")
    person.taps_text(ON_FIRST)
    person.taps("text-versions.use-of", at=2, of=2)
    person.sees_written("check-in.note", ON_FIRST)
    person.taps("check-in.keep")
    person.sees_text_once(ON_FIRST)
    both.both_are_backed_up()
    for each in (person, second):
        opens_the_entry(each, ON_FIRST)
        each.taps("earlier.link")
        each.sees_text_once(NOTE)
        for text in (ON_FIRST, ON_SECOND):
            each.sees_text(text)
        each.does_not_see("earlier.elsewhere")
    both.assert_untold([ON_FIRST, ON_SECOND])


def test_a_phone_that_came_later_fetches_what_was_written_before(make_person: MakePerson, network: Network) -> None:
    person = starts_a_diary(make_person, FIRST)
    rewrites(person, FIRST, SECOND)
    both = comes_to_a_second_phone(person, make_person)
    second = both.second
    opens_the_entry(second, SECOND)
    second.taps("earlier.link")
    second.sees("earlier.elsewhere", count=1)
    second.does_not_see_text(FIRST)
    network.offline()
    second.taps("earlier.fetch")
    second.sees("earlier.not-fetched")
    network.online()
    second.taps("earlier.fetch")
    second.sees_text_once(FIRST)
    second.does_not_see("earlier.elsewhere")
    second.does_not_see("earlier.not-fetched")
    both.assert_untold([FIRST, SECOND])


def test_a_goal_an_activity_and_a_win_are_read_again_as_they_were(already_has_a_full_diary: Person) -> None:
    person = already_has_a_full_diary
    goal = f"/plans/goals/{id_of('goal 0')}"
    changes(person, f"{goal}?change", "goal.ask-words", FIRST, keep="goal.keep")
    reads_earlier(person, goal, FIRST, "Walk to the lake and have tea there")
    person.sees("goal.ask-sure")
    activity = f"/plans/activities/{id_of('activity 1')}"
    changes(person, f"{activity}?change", "activity.amount", "3", keep="activity.keep")
    reads_earlier(person, activity, "3 shirts", "2 shirts")
    win = f"/wins/{id_of('win 3')}"
    changes(person, win, "win.words", SECOND, keep="win.keep")
    reads_earlier(person, win, SECOND, WINS[3 % len(WINS)][2])


def changes(person: Person, form: str, key: str, words: str, *, keep: str) -> None:
    """Write other words in a form, and keep them."""
    person.opens(form)
    person.writes(key, words)
    person.taps(keep)
    person.does_not_see(keep)


def reads_earlier(person: Person, path: str, *texts: str) -> None:
    """Go to what a record said before, from its page, and find these texts there."""
    person.opens(path)
    person.taps("earlier.link")
    person.sees("earlier.now")
    person.sees("earlier.written")
    for text in texts:
        person.sees_text(text)


def opens_the_entry(person: Person, note: str) -> None:
    """Open the form of the entry with this note."""
    person.opens("/diary")
    person.taps_text(note)
    person.sees_written("check-in.note", note)


def rewrites(person: Person, note: str, instead: str) -> None:
    """Write another note in the place of one."""
    opens_the_entry(person, note)
    person.writes("check-in.note", instead)
    person.taps("check-in.keep")
    person.sees_text_once(instead)
