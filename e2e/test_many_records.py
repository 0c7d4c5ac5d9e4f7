"""More than a thousand entries: their coming is cut in between, and a site has no room for all of them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from e2e.full_diary import many_on_a_day
from e2e.kept_safe import NOTE, asks_to_keep_it_safe, keeps_it_safe, waits_until_backed_up, writes
from e2e.sent import assert_never_sent
from e2e.two_phones import notes_saved, starts_a_diary

if TYPE_CHECKING:
    from playwright.sync_api import Route

    from e2e.connection import Network
    from e2e.fixtures import MakePerson
    from e2e.person import Person
    from e2e.server import Server
    from e2e.witness import Witness

HERE, THERE = "Fed the birds from the doorway", "Listened to the shipping forecast"
MANY, ROOM = 1_200, 1_000
SOME_DAY = date(2026, 2, 20)
LATER_PAGES = "**/revisions?heads=1&before=*"


def test_a_diary_whose_coming_is_cut_is_usable_at_once_and_goes_on_where_it_was_cut(
    make_person: MakePerson, network: Network, witness: Witness
) -> None:
    person = has_many(make_person)
    writes(person, HERE)
    code = keeps_it_safe(person)

    witness.expects("net::ERR_INTERNET_DISCONNECTED")
    second = make_person(overheard=True)
    asked: list[str] = []
    second.phone.context.on("request", lambda request: asked.append(request.url))
    second.phone.context.route(LATER_PAGES, loses_the_line)
    second.opens("/")
    second.taps("welcome.already")
    second.writes("show-who.code", code)
    second.taps("show-who.use-code")
    second.sees_text_once(HERE)
    second.sees("lives.coming")
    second.does_not_see("lives.backed-up")
    writes(second, THERE)
    second.phone.waits_until_the_app_is_kept()
    network.offline()
    second.phone.context.unroute(LATER_PAGES)
    second.opens("/")
    second.sees("lives.coming")
    second.does_not_see("lives.backed-up")
    second.sees_text_once(HERE)
    second.sees_text_once(THERE)
    assert len([address for address in asked if address.endswith("heads=1")]) == 1
    asked.clear()

    network.online()
    second.opens("/")
    waits_until_backed_up(second)
    assert [address for address in asked if "before=" in address], "It went on with the pages that had not come."
    assert not [address for address in asked if address.endswith("heads=1")], "The first page came once."
    person.opens("/")
    person.sees_text_once(THERE)
    person.sees("lives.backed-up")
    expected = sorted([NOTE, HERE, THERE, *(f"Note {number}" for number in range(MANY))])
    assert notes_saved(person) == notes_saved(second) == expected
    for each in (person, second):
        each.phone.switches_off()
        assert_never_sent(each.phone.network_logs, [HERE, THERE, NOTE, f"Note {MANY - 1}"])


def test_a_site_without_room_says_so_and_takes_the_rest_once_there_is_some(
    make_person: MakePerson, own_server: Server
) -> None:
    own_server.is_run_with(CAIRN_SPACE_REVISIONS=str(ROOM))
    person = has_many(make_person)
    asks_to_keep_it_safe(person)
    person.opens("/")
    person.page.get_by_text(person.words.anywhere("lives.needs-you")).wait_for(timeout=60_000)
    writes(person, HERE)
    person.opens("/")
    person.sees("lives.needs-you")
    person.does_not_see("lives.backed-up")
    person.taps("lives.see")
    person.sees("needs.quota")
    person.taps("kept.try-again")
    person.sees("needs.quota")
    person.opens_the_app_cold("/")
    person.sees_text_once(HERE)
    assert len(notes_saved(person)) == MANY + len((NOTE, HERE))

    own_server.is_run_with(CAIRN_SPACE_REVISIONS=str(2 * MANY))
    person.opens("/keep-safe")
    waits_until_backed_up(person)
    person.does_not_see("needs.quota")
    assert len(notes_saved(person)) == MANY + len((NOTE, HERE))


def has_many(make_person: MakePerson) -> Person:
    """Start a diary, and read back a file of many entries into it."""
    person = starts_a_diary(make_person)
    file = person.phone.folder / "cairn-many.json"
    file.write_text(many_on_a_day(SOME_DAY, MANY), encoding="utf-8")
    person.opens("/take-with-me")
    person.gives_a_file("read-back.choose", file)
    person.sees("read-back.came")
    return person


def loses_the_line(route: Route) -> None:
    """Have the line cut before a request arrives."""
    route.abort("internetdisconnected")
