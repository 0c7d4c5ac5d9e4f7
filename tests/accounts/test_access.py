"""Who reaches what: every route of the URL map, asked by nobody, by its owner, and by another person.

A route without a row fails. Whatever nobody and another ask, nothing of the owner's is shown or changed.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from pwa import create_app
from pwa.base64url import to_base64url
from tests.accounts.phone import API, Phone, recovery_token
from tests.sync.made import Vault, edit, first_part, written

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask
    from werkzeug.test import TestResponse

    from pwa.config import Settings

OPEN = (200, 200, 200)
OWN = ("signed_out", 200, 200)  # each sees what is their own
HERS = ("signed_out", 204, "not_found")
VAULT = ("signed_out", 200, "space_not_found")
UNREAD = ("signed_out", "body_refused", "body_refused")  # let in, and told that the body is not as described

# method and address: what is sent, and what nobody, the owner and another are answered.
MATRIX: dict[tuple[str, str], tuple[object, tuple[int | str, int | str, int | str]]] = {
    ("GET", "/csrf"): (None, OPEN),
    ("POST", "/challenges"): ({"purpose": "sign-in"}, (201, 201, 201)),
    ("POST", "/account"): ({}, ("body_refused", "body_refused", "body_refused")),
    ("POST", "/sessions"): ({}, ("body_refused", "body_refused", "body_refused")),
    ("POST", "/proofs"): ({}, UNREAD),
    ("GET", "/account"): (None, OWN),
    ("DELETE", "/account"): (None, ("signed_out", 204, 204)),
    ("PUT", "/account/recovery"): ("a code", ("signed_out", 204, 204)),
    ("POST", "/passkeys"): ({}, UNREAD),
    ("PATCH", "/passkeys/<passkey>"): ({"label": to_base64url(b"hijacked")}, HERS),
    ("DELETE", "/passkeys/<passkey>"): (None, HERS),
    ("GET", "/sessions"): (None, OWN),
    ("DELETE", "/sessions/current"): (None, (204, 204, 204)),
    ("PATCH", "/sessions/<phone>"): ({"label": to_base64url(b"hijacked")}, HERS),
    ("DELETE", "/sessions/<phone>"): (None, HERS),
    ("GET", "/spaces"): (None, OWN),
    ("POST", "/spaces/<space>/revisions"): ("an edit", VAULT),
    ("GET", "/spaces/<space>/revisions"): (None, VAULT),
    ("GET", "/spaces/<space>/roll"): (None, VAULT),
    ("GET", "/spaces/<space>/records/<record>"): (None, VAULT),
    ("POST", "/spaces/<space>/missing"): ("an id", VAULT),
    ("POST", "/spaces/<space>/wanted"): ("an id", VAULT),
}


@dataclass
class Owner:
    """Somebody with a passkey, a code, a session and a diary of one entry."""

    phone: Phone
    vault: Vault

    def __post_init__(self) -> None:
        """Sign up and write."""
        space = first_part(self.vault)
        assert self.phone.sign_up(recovery=recovery_token(), space=space).status_code == 201
        account = self.phone.account()
        self.entry = edit(1, words="hers alone", space=self.vault.space)
        self.ids = {
            "passkey": account["passkeys"][0]["id"],
            "phone": account["session"],
            "space": to_base64url(self.vault.space),
            "record": to_base64url(self.entry.header[19:51]),
        }
        self.bodies = {
            "an edit": {"revisions": [written(edit(2, words="another's", space=self.vault.space))]},
            "an id": {"ids": [to_base64url(self.entry.id)]},
        }
        stored = self.phone.ask("POST", self._at("/revisions"), {"revisions": [written(self.entry)]})
        assert stored.get_json()["results"][0]["status"] == "stored"

    def everything(self) -> list[Any]:
        """Return all that the server holds of hers."""
        page = self.phone.ask("GET", self._at("/revisions")).get_json()
        page.pop("server_time")
        account = self.phone.account()
        account.pop("csrf", None)
        return [account, self.phone.ask("GET", "/sessions").get_json(), page]

    def _at(self, path: str) -> str:
        return f"/spaces/{self.ids['space']}{path}"


@pytest.fixture
def owner(phone: Phone) -> Owner:
    return Owner(phone, Vault(secrets.token_bytes(16)))


@pytest.fixture
def another(other_phone: Phone) -> Phone:
    assert other_phone.sign_up(recovery=recovery_token()).status_code == 201
    return other_phone


@pytest.fixture
def nobody(app: Flask) -> Phone:
    stranger = Phone(app)
    assert stranger.ask("GET", "/csrf").status_code == 200
    return stranger


def ask(who: Phone, owner: Owner, route: tuple[str, str]) -> TestResponse:
    method, path = route
    for name, value in owner.ids.items():
        path = path.replace(f"<{name}>", value)
    body = MATRIX[route][0]
    bodies = owner.bodies | {"a code": {"recovery": recovery_token()}}
    return who.ask(method, path, bodies[body] if isinstance(body, str) else body)


def told(answer: TestResponse) -> int | str:
    """Return the code of a problem, else the status."""
    return str(answer.get_json()["code"]) if answer.status_code >= 400 else answer.status_code


@pytest.mark.parametrize("route", MATRIX, ids=" ".join)
def test_each_reaches_what_is_theirs_alone(owner: Owner, another: Phone, nobody: Phone, route: tuple[str, str]) -> None:
    before = owner.everything()
    secret = {*owner.ids.values(), to_base64url(owner.entry.blob), to_base64url(owner.entry.id)}
    by_nobody, by_another = ask(nobody, owner, route), ask(another, owner, route)
    assert owner.everything() == before
    sent = json.dumps(owner.bodies)
    for answer in (by_nobody, by_another):
        assert not [each for each in secret if each in answer.text and each not in sent], answer.text
    expected = MATRIX[route][1]
    assert (told(by_nobody), told(ask(owner.phone, owner, route)), told(by_another)) == expected


def test_every_route_of_the_interface_has_a_row(app: Flask) -> None:
    found = {
        (method, rule.rule.removeprefix(API))
        for rule in app.url_map.iter_rules()
        if not rule.endpoint.startswith("shell.")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert found == set(MATRIX)


def test_a_page_is_the_same_for_everybody(owner: Owner, another: Phone, nobody: Phone, app: Flask) -> None:
    pages = [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("shell.")]
    assert len(pages) > 20
    for rule in pages:
        path = rule.rule
        for name in rule.arguments:
            path = path.replace(f"<{name}>", "AAAA").replace(f"<path:{name}>", "app-AAAA.js")
        answers = [each.browser.get(path) for each in (nobody, owner.phone, another)]
        assert {answer.status_code for answer in answers} & {200, 404, 503}, path
        assert len({(answer.status_code, _without_instance(answer)) for answer in answers}) == 1, path


def _without_instance(answer: TestResponse) -> bytes:
    if not answer.is_json:
        return bytes(answer.data)
    return json.dumps({name: value for name, value in answer.get_json().items() if name != "instance"}).encode()


def test_a_route_that_is_added_is_found(settings: Settings, tmp_path: Path) -> None:
    app = create_app(settings)
    app.add_url_rule(f"{API}/planted", "accounts.planted", lambda: str(tmp_path))
    with pytest.raises(AssertionError):
        test_every_route_of_the_interface_has_a_row(app)
