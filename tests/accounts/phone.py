"""A phone that speaks to the server as the app does, and remembers every request it sent."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pwa.base64url import to_base64url
from tests.accounts.authenticator import Authenticator, Lies
from tests.sync.made import Vault, first_part

if TYPE_CHECKING:
    from collections.abc import Collection

    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

API = "/api/v1"


@dataclass(frozen=True)
class Sent:
    """One request, with the headers and cookies it had, so that it can be sent again."""

    method: str
    path: str
    json: Any
    headers: dict[str, str]
    cookies: dict[str, str]


def recovery_token(code: str = "") -> str:
    """Return a token as it comes of a recovery code; a random one without."""
    return to_base64url(hashlib.sha256(code.encode()).digest() if code else secrets.token_bytes(32))


@dataclass
class Phone:
    """One browser profile."""

    app: Flask
    origin: str = "http://localhost"
    has_prf: bool = True
    counts: bool = False
    token: str = ""
    sent: list[Sent] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.browser: FlaskClient = self.app.test_client()
        self.authenticator = Authenticator(origin=self.origin, has_prf=self.has_prf, counts=self.counts)

    @property
    def is_behind_tls(self) -> bool:
        return self.origin.startswith("https:")

    def ask(self, method: str, path: str, json: object = None, headers: dict[str, str] | None = None) -> TestResponse:
        """Send a request as the app's own page does; `headers` take the place of its own."""
        own = {"Sec-Fetch-Site": "same-origin", "Referer": f"{self.origin}/", "X-CSRFToken": self.token}
        headers = own | (headers or {})
        more: dict[str, Any] = {} if json is None else {"json": json}
        self.sent.append(Sent(method, path, json, headers, self.cookies()))
        answer = self.browser.open(API + path, method=method, headers=headers, base_url=self.origin, **more)
        if answer.is_json and isinstance(answer.json, dict) and "csrf" in answer.json:
            self.token = answer.json["csrf"]
        return answer

    def again(self, sent: Sent, *, without: Collection[str] = ()) -> TestResponse:
        """Send a captured request from another place, with everything it had but the cookies of these names."""
        elsewhere = self.app.test_client()
        for name in sent.cookies.keys() - without:
            elsewhere.set_cookie(name, sent.cookies[name], domain="localhost")
        more = {} if sent.json is None else {"json": sent.json}
        return elsewhere.open(API + sent.path, method=sent.method, headers=sent.headers, base_url=self.origin, **more)

    def cookies(self) -> dict[str, str]:
        names = ("account", "session", "__Host-account", "__Host-session")
        found = {name: self.browser.get_cookie(name) for name in names}
        return {name: cookie.value for name, cookie in found.items() if cookie is not None}

    def challenge(self, purpose: str) -> dict[str, Any]:
        """Fetch a token where there is none, and a challenge."""
        if not self.token:
            assert self.ask("GET", "/csrf").status_code == 200
        answer = self.ask("POST", "/challenges", {"purpose": purpose})
        assert answer.status_code == 201, answer.text
        asked: dict[str, Any] = answer.get_json()
        return asked

    def sign_up(self, lies: Lies | None = None, **more: object) -> TestResponse:
        """Sign up with a passkey, and with a vault of one's own unless another is given."""
        asked = self.challenge("sign-up")
        passkey = self.authenticator.make(asked["publicKey"], lies)
        return self.ask("POST", "/account", {"challenge": asked["challenge"], "passkey": passkey, **_own(more)})

    def sign_up_with_code(self, recovery: str, **more: object) -> TestResponse:
        """Sign up in a browser without passkeys."""
        asked = self.challenge("sign-up")
        return self.ask("POST", "/account", {"challenge": asked["challenge"], "recovery": recovery, **_own(more)})

    def sign_in(self, lies: Lies | None = None) -> TestResponse:
        return self._show("/sessions", "sign-in", lies)

    def sign_in_with_code(self, recovery: str) -> TestResponse:
        return self._tell("/sessions", "sign-in", recovery)

    def prove(self, lies: Lies | None = None) -> TestResponse:
        return self._show("/proofs", "proof", lies)

    def prove_with_code(self, recovery: str) -> TestResponse:
        return self._tell("/proofs", "proof", recovery)

    def add_passkey(self, lies: Lies | None = None, **more: object) -> TestResponse:
        asked = self.challenge("add-passkey")
        passkey = self.authenticator.make(asked["publicKey"], lies)
        return self.ask("POST", "/passkeys", {"challenge": asked["challenge"], "passkey": passkey, **more})

    def account(self) -> dict[str, Any]:
        answer = self.ask("GET", "/account")
        assert answer.status_code == 200, answer.text
        shown: dict[str, Any] = answer.get_json()
        return shown

    def _show(self, path: str, purpose: str, lies: Lies | None) -> TestResponse:
        asked = self.challenge(purpose)
        passkey = self.authenticator.show(asked["publicKey"], lies)
        return self.ask("POST", path, {"challenge": asked["challenge"], "passkey": passkey})

    def _tell(self, path: str, purpose: str, recovery: str) -> TestResponse:
        asked = self.challenge(purpose)
        return self.ask("POST", path, {"challenge": asked["challenge"], "recovery": recovery})


def _own(more: dict[str, object]) -> dict[str, object]:
    return more if "space" in more else {**more, "space": first_part(Vault(secrets.token_bytes(16)))}


def code_of(answer: TestResponse) -> str:
    """Return the code of the problem an answer tells of."""
    return str(answer.get_json()["code"])
