"""Every request that was captured, sent again from elsewhere with all it had: nothing happens twice."""

from __future__ import annotations

import secrets
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from pwa.base64url import to_base64url
from tests.accounts.phone import Phone, Sent, code_of, recovery_token
from tests.sync.made import Vault, edit, first_part, written

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from tests.accounts.conftest import Clock

REFUSALS = {"challenge_refused", "signed_out", "csrf_refused", "not_found", "account_deleted"}
# May be asked for again and again: nothing is changed by them that counts.
HARMLESS = {("GET", "/csrf"), ("POST", "/challenges"), ("DELETE", "/sessions/current")}


def live_a_life(phone: Phone, other: Phone, clock: Clock) -> None:
    """Send every kind of request once, each with success."""
    code = recovery_token()
    vault = Vault(secrets.token_bytes(16))
    assert phone.sign_up(recovery=code, space=first_part(vault)).status_code == 201
    write_and_read(phone, vault)
    assert phone.sign_in().status_code == 201
    assert phone.sign_in_with_code(code).status_code == 201
    assert phone.add_passkey(label=to_base64url(b"sealed")).status_code == 201
    other.authenticator = phone.authenticator
    assert other.sign_in().status_code == 201
    used = to_base64url(phone.authenticator.passkeys[-1].id)
    passkey = next(each["id"] for each in phone.account()["passkeys"] if each["id"] != used)
    session = phone.account()["session"]
    assert phone.ask("PATCH", f"/sessions/{session}", {"label": None}).status_code == 204
    assert phone.ask("GET", "/sessions").status_code == 200
    clock.go_on(minutes=6)
    assert phone.prove_with_code(code).status_code == 201
    assert phone.prove().status_code == 201
    assert phone.ask("PATCH", f"/passkeys/{passkey}", {"label": None}).status_code == 204
    assert phone.ask("DELETE", f"/passkeys/{passkey}").status_code == 204
    assert phone.ask("PUT", "/account/recovery", {"recovery": recovery_token()}).status_code == 204
    assert phone.ask("DELETE", f"/sessions/{other.account()['session']}").status_code == 204
    phone.prove()
    phone.ask("DELETE", "/sessions/current")
    phone.token = ""
    phone.sign_in()
    assert phone.ask("DELETE", "/account").status_code == 204


def write_and_read(phone: Phone, vault: Vault) -> None:
    """Push an entry of the diary, and ask everything that may be asked of it."""
    root, entry = f"/spaces/{to_base64url(vault.space)}", edit(1, space=vault.space)
    pushed = phone.ask("POST", f"{root}/revisions", {"revisions": [written(entry)]})
    assert pushed.get_json()["results"][0]["status"] == "stored"
    for path in ("revisions", "roll", f"records/{to_base64url(entry.header[19:51])}"):
        assert phone.ask("GET", f"{root}/{path}").status_code == 200
    for path in ("missing", "wanted"):
        assert phone.ask("POST", f"{root}/{path}", {"ids": [to_base64url(entry.id)]}).status_code == 200
    assert phone.ask("GET", "/spaces").status_code == 200


def test_every_captured_request_again_is_refused(
    phone: Phone, other_phone: Phone, app: Flask, clock: Clock, rows: Callable[[], dict[str, int]]
) -> None:
    live_a_life(phone, other_phone, clock)
    captured = phone.sent + other_phone.sent
    assert {(each.method, _kind(each)) for each in captured} == _routes(app)
    before = without_challenges(rows)
    for each in captured:
        answer = phone.again(each)
        if (each.method, each.path) not in HARMLESS:
            assert answer.status_code >= 400, each
            assert code_of(answer) in REFUSALS, (each, answer.text)
    assert without_challenges(rows) == before


@pytest.mark.parametrize(
    ("without", "refusals"),
    [
        ({"session"}, {"csrf_refused"}),
        ({"account"}, {"signed_out", "challenge_refused"}),
        ({"session", "account"}, {"csrf_refused"}),
    ],
)
def test_what_is_captured_of_a_live_session_is_refused_without_it(
    phone: Phone, rows: Callable[[], dict[str, int]], without: set[str], refusals: set[str]
) -> None:
    live_on(phone)
    before = without_challenges(rows)
    unsafe = [each for each in phone.sent if each.method != "GET"]
    assert len(unsafe) > 10
    for each in unsafe:
        answer = phone.again(each, without=without)
        if (each.method, each.path) not in HARMLESS:
            assert code_of(answer) in refusals, (each, answer.text)
    assert without_challenges(rows) == before
    assert phone.account()["proved"] is True


def test_what_is_captured_of_a_live_session_does_nothing_twice(
    phone: Phone, rows: Callable[[], dict[str, int]]
) -> None:
    """With all it had: what names its own outcome has it already, and what may happen once is refused."""
    live_on(phone)
    before, account = without_challenges(rows), phone.account()
    for each in [each for each in phone.sent if each.method != "GET"]:
        answer = phone.again(each)
        if each.path.endswith("/revisions"):
            assert {result["status"] for result in answer.get_json()["results"]} == {"duplicate"}
        elif answer.status_code >= 400:
            assert code_of(answer) in REFUSALS, (each, answer.text)
    assert without_challenges(rows) == before
    assert {**phone.account(), "csrf": None} == {**account, "csrf": None}


def live_on(phone: Phone) -> None:
    """Send what changes something and leaves the session that did it alive."""
    vault = Vault(secrets.token_bytes(16))
    code = recovery_token()
    assert phone.sign_up(recovery=code, space=first_part(vault)).status_code == 201
    assert phone.prove().status_code == 201
    write_and_read(phone, vault)
    assert phone.add_passkey(label=to_base64url(b"sealed")).status_code == 201
    account = phone.account()
    label = {"label": to_base64url(b"a name, sealed")}
    assert phone.ask("PATCH", f"/sessions/{account['session']}", label).status_code == 204
    assert phone.ask("PATCH", f"/passkeys/{account['passkeys'][0]['id']}", label).status_code == 204
    assert phone.ask("DELETE", f"/passkeys/{account['passkeys'][1]['id']}").status_code == 204
    assert phone.ask("PUT", "/account/recovery", {"recovery": code}).status_code == 204


def without_challenges(rows: Callable[[], dict[str, int]]) -> dict[str, int]:
    return {name: count for name, count in rows().items() if name != "challenge"}


def test_one_captured_sign_in_sent_fifty_times_at_once_signs_in_once(
    phone: Phone, rows: Callable[[], dict[str, int]]
) -> None:
    phone.sign_up()
    phone.ask("DELETE", "/sessions/current")
    phone.token = ""
    asked = phone.challenge("sign-in")
    body = {"challenge": asked["challenge"], "passkey": phone.authenticator.show(asked["publicKey"])}
    captured = Sent("POST", "/sessions", body, {"X-CSRFToken": phone.token}, phone.cookies())
    with ThreadPoolExecutor(50) as elsewhere:
        codes = [answer.status_code for answer in elsewhere.map(lambda _: phone.again(captured), range(50))]
    assert codes.count(201) <= 1, "a busy database may have refused the only one"
    assert set(codes) <= {201, 400, 503}
    assert rows()["account_session"] == rows()["session_token"] == codes.count(201)


def _routes(app: Flask) -> set[tuple[str, str]]:
    return {
        (method, rule.rule.removeprefix("/api/v1"))
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith(("accounts.", "sync."))
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def _kind(sent: Sent) -> str:
    """Return the rule a path belongs to."""
    top, _, last = sent.path.rpartition("/")
    if top == "/passkeys":
        return "/passkeys/<passkey>"
    if top.startswith("/spaces/"):
        return f"/spaces/<space>/{'records/<record>' if top.endswith('/records') else last}"
    return "/sessions/<phone>" if top == "/sessions" and last != "current" else sent.path
