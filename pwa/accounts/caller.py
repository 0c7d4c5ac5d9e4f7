"""Who is calling: the cookie a browser brings, and what it is given. Between the plain functions and the routes."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from flask import Flask, Response, current_app, g, request, session
from flask_wtf.csrf import generate_csrf  # type: ignore[import-untyped] # it has no types

from pwa.accounts import sessions
from pwa.accounts.identity import ID_BYTES, TOKEN_BYTES, AccountId
from pwa.accounts.refused import RefusedError
from pwa.accounts.sessions import Fresh, SignedIn
from pwa.base64url import from_base64url, to_base64url
from pwa.bodies import parse_json
from pwa.database import in_reading, in_transaction
from pwa.errors import ProblemError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from pwa.accounts.identity import Ended
    from pwa.accounts.relying_party import RelyingParty
    from pwa.accounts.spaces import Spaces
    from pwa.config import Settings

EXTENSION: Final = "cairn-accounts"
CSRF_MEMBER: Final = "csrf_token"  # where the library keeps a browser's own value
COOKIE_SECONDS: Final = sessions.LONGEST_DAYS * 24 * 60 * 60


@dataclass(frozen=True, kw_only=True)
class Accounts:
    """What the routes were given by `init_app`."""

    party: RelyingParty
    settings: Settings
    spaces: Spaces
    note_deletion: Callable[[AccountId], object]
    note_ended: Callable[[Ended | None], object]
    clock: Callable[[], datetime]

    def attach_to(self, app: Flask) -> None:
        """Let requests of `app` find this."""
        app.extensions[EXTENSION] = self

    @property
    def cookie(self) -> str:
        """The name of the cookie that holds the token. Behind TLS no other host and no plain page can set it."""
        return "__Host-account" if self.settings.behind_tls else "account"


def accounts() -> Accounts:
    """Return what the app was given."""
    return cast("Accounts", current_app.extensions[EXTENSION])


def require_account() -> AccountId:
    """Return whose session the request has. Raises `ProblemError`: `signed_out` or `account_deleted`."""
    return signed_in().account_id


def require_fresh_proof() -> AccountId:
    """Return whose session it is, if a passkey or code was shown within five minutes. Raises also `proof_needed`."""
    if not has_fresh_proof():
        raise ProblemError("proof_needed")
    return require_account()


def require_proof_for_another(session_id: bytes) -> SignedIn:
    """Return the request's session; a proof is asked for unless it is this one. Raises as `require_fresh_proof` does.

    A browser that somebody left open, or whose cookie was copied, shuts out no other phone of the person.
    """
    own = signed_in()
    if session_id != own.session_id:
        require_fresh_proof()
    return own


def has_fresh_proof() -> bool:
    """Whether whoever asks showed a passkey or code within five minutes. Raises as `require_account` does."""
    return signed_in().proved_lately(accounts().clock())


def signed_in() -> SignedIn:
    """Return the request's session, looked up once, and note the day. Raises as `require_account` does."""
    if "signed_in" not in g:
        token = brought_token()
        if token is None:
            raise ProblemError("signed_out")
        g.signed_in = _look_up(token)
    return cast("SignedIn", g.signed_in)


def _look_up(token: bytes) -> SignedIn:
    today = accounts().clock().date()
    try:
        caller = in_reading(lambda session: sessions.who(session, token, today=today))
    except RefusedError as error:
        raise ProblemError(error.code) from error
    if caller.seen_on < today:
        days = accounts().settings.session_days
        in_transaction(lambda session: sessions.mark_seen(session, caller, days=days, today=today))
    return caller


def brought_token() -> bytes | None:
    """Return the token in the request's cookie, or nothing where there is none that could be one."""
    try:
        token = from_base64url(request.cookies.get(accounts().cookie, ""))
    except ValueError:
        return None
    return token if len(token) == TOKEN_BYTES else None


def fresh() -> Fresh:
    """Make what a session begins with."""
    return Fresh(session_id=secrets.token_bytes(ID_BYTES), token=secrets.token_bytes(TOKEN_BYTES))


def browser() -> bytes:
    """Return what a challenge is bound to: the hash of the value in the browser's own signed cookie.

    The same value is what its CSRF token stands for, so whoever may ask for a challenge has it.
    """
    return hashlib.sha256(b"cairn/1/browser" + str(session[CSRF_MEMBER]).encode()).digest()


def fresh_csrf() -> str:
    """Return a CSRF token that works for an hour."""
    return str(generate_csrf())


def give_cookie(response: Response, token: bytes) -> None:
    """Hand over the token of a session just begun or proved."""
    response.set_cookie(
        accounts().cookie,
        to_base64url(token),
        max_age=COOKIE_SECONDS,
        path="/",
        secure=accounts().settings.behind_tls,
        httponly=True,
        samesite="Strict",
    )


def renew_browser() -> None:
    """Forget what the browser's cookie held, so that nothing planted before a sign-in is of use after it."""
    session.clear()
    g.pop(CSRF_MEMBER, None)


def take_cookies(response: Response) -> None:
    """Take the cookies back, and what the browser cached. Not its storage: unsent work of anybody's may be in it.

    The phone sends its work and clears its own store before it signs out.
    """
    session.clear()
    response.delete_cookie(
        accounts().cookie, path="/", secure=accounts().settings.behind_tls, httponly=True, samesite="Strict"
    )
    response.headers["Clear-Site-Data"] = '"cache"'


def read_json() -> object:
    """Return the request's body. Raises `BodyRefusedError`."""
    return parse_json(request.get_data(cache=False))
