"""What a browser and its authenticator really answer, altered, late, twice, or given elsewhere: refused, and nothing
changes.

Answers made by hand, with more lies than a browser can be brought to, are in `tests/accounts`.
"""

from __future__ import annotations

import base64
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Error as BrowserRefusedError

from e2e.authenticator import Authenticator
from e2e.builds import this_build
from e2e.ceremony import (
    ask,
    challenge_for,
    everything_of_the_account,
    make_passkey,
    show_passkey,
    waits_until_the_phone_is_named,
)
from e2e.kept_safe import reads_the_code, says_yes, shows_the_code_is_on_paper, signs_out, waits_until_backed_up

if TYPE_CHECKING:
    from collections.abc import Callable

    from e2e.ceremony import Place
    from e2e.person import Person
    from e2e.server import Server
    from e2e.witness import Witness

# What is asked for, where its answer goes, who makes it, and how one that does not hold is refused.
STEPS: dict[str, tuple[str, Callable[[Place, dict[str, Any]], dict[str, Any]], tuple[int, str]]] = {
    "sign-in": ("/sessions", show_passkey, (401, "not_recognised")),
    "proof": ("/proofs", show_passkey, (401, "not_recognised")),
    "add-passkey": ("/passkeys", make_passkey, (400, "passkey_refused")),
}
SHOWING = ("sign-in", "proof")
ELSEWHERE = "http://localhost:9"
FRAMED = "/in-a-frame"
LENDING = "publickey-credentials-get *; publickey-credentials-create *"


@pytest.fixture
def authenticator(already_has_a_diary: Person, witness: Witness) -> Authenticator:
    """Give the phone of `person` passkeys, none yet."""
    witness.expects("status of 40[01]")
    return Authenticator(already_has_a_diary.phone)


@pytest.fixture(autouse=True)
def code(person: Person, authenticator: Authenticator) -> str:  # noqa: ARG001 - it must be there
    """Keep the diary of `person` safe with a passkey, and return the code."""
    says_yes(person)
    person.taps("way-in.make-passkey")
    groups = reads_the_code(person)
    shows_the_code_is_on_paper(person, groups)
    waits_until_backed_up(person)
    waits_until_the_phone_is_named(person.page)
    return "-".join(groups)


def refused(place: Place, purpose: str, sent: dict[str, Any]) -> tuple[int, str]:
    """Send an answer; return the status and the code, once it is known that nothing changed."""
    before = everything_of_the_account(place)
    status, problem = ask(place, "POST", STEPS[purpose][0], sent)
    assert everything_of_the_account(place) == before
    return status, problem["code"]


def test_what_the_app_sent_to_sign_in_is_refused_when_it_is_sent_again(
    person: Person, authenticator: Authenticator
) -> None:
    signs_out(person)
    person.taps("welcome.already")
    with person.page.expect_request("**/api/v1/sessions") as request:
        person.taps("show-who.passkey")
    person.sees("lives.backed-up")
    waits_until_the_phone_is_named(person.page)
    captured: dict[str, Any] = request.value.post_data_json or {}
    assert captured["passkey"]["id"] in {base64url_of(each["credentialId"]) for each in authenticator.passkeys}
    assert refused(person.page, "sign-in", captured) == (400, "challenge_refused")
    person.opens("/")
    person.sees("lives.backed-up")


def test_each_step_is_taken_and_the_same_answer_again_is_refused(person: Person, authenticator: Authenticator) -> None:
    for purpose, (path, answer, _) in STEPS.items():
        sent = answer(person.page, challenge_for(person.page, purpose))
        status, answered = ask(person.page, "POST", path, sent)
        assert status == 201, (purpose, answered)
        assert refused(person.page, purpose, sent) == (400, "challenge_refused")
    assert len(authenticator.passkeys) == 1, "One made for the same account takes the other's place."


def test_after_five_minutes_an_answer_is_refused(person: Person, own_server: Server) -> None:
    sent = {purpose: show_passkey(person.page, challenge_for(person.page, purpose)) for purpose in SHOWING}
    own_server.serves(this_build(person.phone.folder), seconds_later=301)
    person.opens("/")
    for purpose in SHOWING:
        assert refused(person.page, purpose, sent[purpose]) == (400, "challenge_refused")
    fresh = show_passkey(person.page, challenge_for(person.page, "proof"))
    assert ask(person.page, "POST", "/proofs", fresh)[0] == 201


def test_what_was_answered_on_another_port_is_refused(person: Person, witness: Witness) -> None:
    witness.expects("request to another origin")
    lays_a_page(person, f"{ELSEWHERE}/")
    for purpose, (_, answer, refusal) in STEPS.items():
        options = challenge_for(person.page, purpose)
        person.page.goto(f"{ELSEWHERE}/")
        sent = answer(person.page, options)
        person.opens("/")
        assert refused(person.page, purpose, sent) == refusal


def test_by_another_name_the_browser_itself_gives_no_answer(person: Person, witness: Witness) -> None:
    witness.expects("request to another origin")
    options = {purpose: challenge_for(person.page, purpose) for purpose in STEPS}
    for elsewhere in ("http://cairn.localhost:9", "http://127.0.0.1:9"):
        lays_a_page(person, f"{elsewhere}/")
        person.page.goto(f"{elsewhere}/")
        for purpose, (_, answer, _refusal) in STEPS.items():
            with pytest.raises(BrowserRefusedError, match="SecurityError"):
                answer(person.page, options[purpose])


def test_the_site_is_shown_in_no_frame(person: Person, witness: Witness) -> None:
    witness.expects("request to another origin|frame-ancestors")
    sees_framed(person, person.phone.server.address + "/")
    assert [each.url for each in person.page.frames[1:]] == ["chrome-error://chromewebdata/"]


def test_in_a_frame_of_another_site_that_lends_it_no_passkeys_the_browser_gives_no_answer(
    person: Person, witness: Witness
) -> None:
    witness.expects("request to another origin")
    options = {purpose: challenge_for(person.page, purpose) for purpose in STEPS}
    lays_a_page(person, person.phone.server.address + FRAMED)
    sees_framed(person, person.phone.server.address + FRAMED)
    for purpose, (_, answer, _refusal) in STEPS.items():
        with pytest.raises(BrowserRefusedError, match="NotAllowedError"):
            answer(person.page.frames[1], options[purpose])


def test_what_was_answered_in_another_sites_frame_is_refused(person: Person, witness: Witness) -> None:
    """As if the site did not refuse to be framed, and the other lent it all it needs: the answer says where it was."""
    witness.expects("request to another origin")
    lays_a_page(person, person.phone.server.address + FRAMED)
    for purpose, (_, answer, refusal) in STEPS.items():
        options = challenge_for(person.page, purpose)
        sees_framed(person, person.phone.server.address + FRAMED, lending=LENDING)
        sent = answer(person.page.frames[1], options)
        assert b'"crossOrigin":true' in of_base64url(sent["passkey"]["response"]["clientDataJSON"])
        person.opens("/")
        assert refused(person.page, purpose, sent) == refusal


def test_where_nobody_is_verified_the_browser_gives_no_answer_and_the_code_is_the_way_in(
    person: Person, authenticator: Authenticator, code: str
) -> None:
    signs_out(person)
    authenticator.verifies(the_person=False)
    person.taps("welcome.already")
    person.taps("show-who.passkey")
    person.sees("account-trouble.passkey-declined")
    assert ask(person.page, "GET", "/account")[1]["code"] == "signed_out"
    person.writes("show-who.code", code)
    person.taps("show-who.use-code")
    person.sees("lives.backed-up")


def test_an_answer_that_verified_nobody_is_refused(person: Person, authenticator: Authenticator) -> None:
    authenticator.lies(bad_verification=True)
    for purpose, (_, answer, refusal) in STEPS.items():
        options = challenge_for(person.page, purpose)
        assert refused(person.page, purpose, answer(person.page, options)) == refusal


def test_a_bogus_signature_is_refused_and_the_app_says_so(person: Person, authenticator: Authenticator) -> None:
    authenticator.lies(bogus_signature=True)
    for purpose in SHOWING:
        sent = show_passkey(person.page, challenge_for(person.page, purpose))
        assert refused(person.page, purpose, sent) == (401, "not_recognised")
    signs_out(person)
    person.taps("welcome.already")
    person.taps("show-who.passkey")
    person.sees("account-trouble.not-recognised")
    authenticator.lies()
    person.taps("show-who.passkey")
    person.sees("lives.backed-up")


def test_one_bit_changed_in_an_answer_is_refused(person: Person) -> None:
    for purpose, member in product(SHOWING, ("signature", "authenticatorData", "clientDataJSON", "userHandle")):
        sent = show_passkey(person.page, challenge_for(person.page, purpose))
        told = bytearray(of_base64url(sent["passkey"]["response"][member]))
        told[len(told) // 2] ^= 1
        sent["passkey"]["response"][member] = base64url_of(base64.b64encode(told).decode())
        assert refused(person.page, purpose, sent) == (401, "not_recognised")


def lays_a_page(person: Person, address: str, body: str = "Hello") -> None:
    """Have this address answer with a page that any other may frame."""
    person.phone.context.route(address, lambda route: route.fulfill(content_type="text/html", body=body))


def sees_framed(person: Person, address: str, *, lending: str = "") -> None:
    """Open another site's page that shows this address in a frame."""
    lays_a_page(person, f"{ELSEWHERE}/", f'<iframe src="{address}" allow="{lending}"></iframe>')
    person.page.goto(f"{ELSEWHERE}/")


def of_base64url(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def base64url_of(base64_text: str) -> str:
    return base64_text.rstrip("=").replace("+", "-").replace("/", "_")
