"""Every request that was captured, sent again from elsewhere with all it had: nothing happens twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pwa.base64url import to_base64url
from tests.accounts.phone import Phone, Sent, code_of, recovery_token

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
    assert phone.sign_up(recovery=code).status_code == 201
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


def test_every_captured_request_again_is_refused(
    phone: Phone, other_phone: Phone, app: Flask, clock: Clock, rows: Callable[[], dict[str, int]]
) -> None:
    live_a_life(phone, other_phone, clock)
    captured = phone.sent + other_phone.sent
    assert {(each.method, _kind(each)) for each in captured} == _routes(app)
    before = {name: count for name, count in rows().items() if name != "challenge"}
    for each in captured:
        answer = phone.again(each)
        if (each.method, each.path) not in HARMLESS:
            assert answer.status_code >= 400, each
            assert code_of(answer) in REFUSALS, (each, answer.text)
    assert {name: count for name, count in rows().items() if name != "challenge"} == before


def _routes(app: Flask) -> set[tuple[str, str]]:
    return {
        (method, rule.rule.removeprefix("/api/v1"))
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("accounts.")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def _kind(sent: Sent) -> str:
    """Return the rule a path belongs to."""
    top, _, last = sent.path.rpartition("/")
    if top == "/passkeys":
        return "/passkeys/<passkey>"
    return "/sessions/<phone>" if top == "/sessions" and last != "current" else sent.path
