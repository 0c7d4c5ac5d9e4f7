"""What several routes do alike: challenges used up, ids read from addresses, sessions answered."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from flask import Response, json, request

from pwa.accounts import caller, challenges
from pwa.accounts.ceremonies import CeremonyError, Expected, MadePasskey, verify_made
from pwa.accounts.refused import RefusedError
from pwa.base64url import from_base64url, to_base64url
from pwa.database import in_transaction

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from pwa.accounts.challenges import Asked
    from pwa.accounts.identity import AccountId, Ended
    from pwa.accounts.sessions import Fresh


def use_challenge(challenge: bytes, *, purpose: str, account_id: AccountId | None = None) -> Asked:
    """Use a challenge up, whatever comes of it, and return what it was made for. Raises `RefusedError`."""
    asked = in_transaction(lambda session: challenges.take(session, challenge))
    return challenges.refuse_unless_asked(
        asked,
        browser=caller.browser(),
        purpose=purpose,
        account_id=account_id,
        now=caller.accounts().clock(),
    )


def check_made(presented: dict[str, Any], *, challenge: bytes) -> MadePasskey:
    """Return a new passkey. Raises `RefusedError`."""
    try:
        return verify_made(presented, expected=expected(challenge))
    except CeremonyError as error:
        raise RefusedError("passkey_refused") from error


def expected(challenge: bytes) -> Expected:
    """Return what a passkey's answer is held against."""
    party = caller.accounts().party
    return Expected(challenge=challenge, rp_id=party.id, origin=party.origin_at(request.host))


def id_in_address(text: str) -> bytes:
    """Return the id that stands in an address. Raises `RefusedError`."""
    try:
        return from_base64url(text)
    except ValueError as error:
        raise RefusedError("not_found") from error


def begun(begin: Callable[[Session, Fresh], Ended | None], *, status: HTTPStatus) -> Response:
    """Run `begin`, which says what ended by it, in one transaction with what a session begins with; hand that over.

    The browser's own cookie is renewed too, so the answer holds its new CSRF token.
    """
    fresh = caller.fresh()
    caller.accounts().note_ended(in_transaction(lambda session: begin(session, fresh)))
    caller.renew_browser()
    response = answer({"csrf": caller.fresh_csrf()}, status=status)
    caller.give_cookie(response, fresh.token)
    return response


def answer(members: dict[str, Any], *, status: HTTPStatus = HTTPStatus.OK) -> Response:
    """Answer with JSON."""
    return Response(json.dumps(members), status=status, mimetype="application/json")


def nothing() -> Response:
    """Answer that it is done."""
    return Response(status=HTTPStatus.NO_CONTENT)


def sealed(label: bytes | None) -> str | None:
    """Return a label as the interface writes it."""
    return None if label is None else to_base64url(label)
