"""A code that is mistyped, nobody's, or somebody else's: it is said, and nothing changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from e2e import sight
from e2e.kept_safe import NOTE, begins_a_diary, keeps_it_safe, writes

if TYPE_CHECKING:
    from playwright.sync_api import Route

    from e2e.fixtures import MakePerson
    from e2e.person import Person
    from e2e.witness import Witness

NOBODYS = "74WK-JE9S-74WK-JE9S-74WK-JE9S-76WT"


def test_a_code_that_is_mistyped_says_so_and_brings_nothing_here(person: Person) -> None:
    person.opens("/sign-in")
    # Some browsers send what is typed elsewhere to have its spelling looked up.
    code = sight.field(person.page, person.words.whole("show-who.code"))
    expect(code).to_have_attribute("spellcheck", "false")
    for typed, said in (
        ("7KQT", "code-length"),
        ("7KQT-" * 6 + "7KQU", "code-sign-in"),
        ("7KQT-" * 7, "code-mistyped"),
    ):
        person.writes("show-who.code", typed)
        person.taps("show-who.use-code")
        person.sees(f"account-trouble.{said}")
    person.writes("show-who.code", NOBODYS.replace("JE9S-76", "JE8S-76"))
    person.taps("show-who.use-code")
    person.sees("account-trouble.code-mistyped-in", group=6)
    person.opens("/")
    person.sees("welcome.start")


def test_another_persons_code_changes_nothing_on_a_phone_that_was_signed_out(
    already_has_a_diary: Person, make_person: MakePerson, witness: Witness
) -> None:
    witness.expects("status of 40[01]")
    person = already_has_a_diary
    writes(person, NOTE)
    keeps_it_safe(person)
    stranger = make_person()
    begins_a_diary(stranger)
    strangers_code = keeps_it_safe(stranger)

    person.phone.context.clear_cookies()
    person.opens("/")
    person.sees("lives.needs-you")
    person.taps("lives.see")
    person.writes("show-who.code", strangers_code)
    person.taps("show-who.use-code")
    person.sees("account-trouble.another-account")
    person.opens("/")
    person.sees_text_once(NOTE)
    person.sees("lives.needs-you")
    person.taps("lives.see")
    person.taps("show-who.passkey")
    person.sees("lives.backed-up")


def test_a_right_code_that_is_nobodys_brings_nothing_here(person: Person, witness: Witness) -> None:
    witness.expects("status of 401")
    person.opens("/")
    person.taps("welcome.already")
    person.writes("show-who.code", NOBODYS)
    person.taps("show-who.use-code")
    person.sees("account-trouble.not-recognised")
    person.sees_written("show-who.code", NOBODYS)
    person.does_not_see("kept.begin-anew")
    person.opens("/")
    person.sees("welcome.start")


def test_a_page_of_the_network_in_the_sites_place_is_no_answer_and_nothing_is_lost(
    already_has_a_diary: Person,
) -> None:
    person = already_has_a_diary
    code = keeps_it_safe(person)
    person.phone.context.route("**/api/**", asks_for_a_room_number)
    writes(person, NOTE)
    person.opens("/")
    person.sees("lives.waiting")
    person.does_not_see("lives.needs-you")
    person.sees_text_once(NOTE)
    person.opens("/keep-safe/take-back")
    person.writes("show-who.code", code)
    person.taps("take-back.with-code")
    person.sees("account-trouble.no-connection")
    person.phone.context.unroute("**/api/**")
    person.opens("/")
    person.sees("lives.backed-up")
    person.sees_text_once(NOTE)


def asks_for_a_room_number(route: Route) -> None:
    """Answer as a hotel's network does, whatever is asked."""
    route.fulfill(status=200, content_type="text/html; charset=utf-8", body="<h1>Welcome. Your room number?</h1>")
