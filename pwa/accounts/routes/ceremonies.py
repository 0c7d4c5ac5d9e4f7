"""Signing up, signing in, and proving it once more: each answers a challenge."""

from __future__ import annotations

import secrets
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from pwa.accounts import bodies, caller, challenges, passkeys, sessions
from pwa.accounts.ceremonies import creation_options, request_options
from pwa.accounts.challenges import TERM_SECONDS, Asked
from pwa.accounts.identity import ID_BYTES, TOKEN_BYTES, AccountId
from pwa.accounts.models import passkeys_of
from pwa.accounts.refused import RefusedError
from pwa.accounts.routes.answers import answer, begun, check_made, expected, use_challenge
from pwa.accounts.sign_in import check_passkey, find_passkey, find_recovery, note_shown
from pwa.accounts.sign_up import make_account
from pwa.base64url import to_base64url
from pwa.bodies import BodyRefusedError
from pwa.database import in_reading, in_transaction

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Response
    from sqlalchemy.orm import Session

    from pwa.accounts.identity import Ended


def csrf() -> Response:
    """Answer with a fresh CSRF token."""
    return answer({"csrf": caller.fresh_csrf()})


def make_challenge() -> Response:
    """Answer with a challenge, and with what the browser makes or asks a passkey from."""
    purpose = bodies.read_purpose(caller.read_json())
    challenge = secrets.token_bytes(TOKEN_BYTES)
    account_id, known = _whom_it_is_for(purpose)
    now = caller.accounts().clock()
    asked = Asked(
        browser=caller.browser(),
        purpose=purpose,
        account_id=account_id,
        expires_at=int(now.timestamp()) + TERM_SECONDS,
    )
    in_transaction(lambda session: challenges.ask(session, challenge, asked, now=now))
    members = {"challenge": to_base64url(challenge), "publicKey": _options(purpose, challenge, account_id, known)}
    return answer(members, status=HTTPStatus.CREATED)


def _whom_it_is_for(purpose: str) -> tuple[AccountId | None, list[bytes]]:
    """Return the account, made up for a sign-up, none for a sign-in, and the passkeys it has."""
    if purpose == "sign-up":
        return AccountId(secrets.token_bytes(ID_BYTES)), []
    if purpose == "sign-in":
        return None, []
    account_id = caller.require_fresh_proof() if purpose == "add-passkey" else caller.require_account()
    known = in_reading(lambda session: [row.id for row in passkeys_of(session, account_id)])
    if purpose == "add-passkey":
        passkeys.check_room(known)
    return account_id, known


def _options(purpose: str, challenge: bytes, account_id: AccountId | None, known: list[bytes]) -> dict[str, Any]:
    party = caller.accounts().party
    if purpose in {"sign-up", "add-passkey"}:
        return creation_options(party, challenge=challenge, account_id=account_id or b"", known=known)
    return request_options(party, challenge=challenge, known=known)


def sign_up() -> Response:
    """Make an account and sign its phone in."""
    sent, part = bodies.read_sign_up(caller.read_json())
    account_id = use_challenge(sent.challenge, purpose="sign-up").account_id
    if account_id is None:
        raise RefusedError("challenge_refused")
    passkey = None if sent.passkey is None else check_made(sent.passkey, challenge=sent.challenge)
    accounts, now, brought = caller.accounts(), caller.accounts().clock(), caller.brought_token()

    def begin(session: Session, fresh: sessions.Fresh) -> Ended | None:
        make_account(session, account_id, passkey=passkey, recovery=sent.recovery, today=now.date())
        accounts.spaces.attach(session, account_id, part)
        ended = sessions.end_by_token(session, brought)
        _start(session, account_id, fresh)
        return ended

    return begun(begin, status=HTTPStatus.CREATED)


def sign_in() -> Response:
    """Sign a phone in, by a passkey or a recovery token. A session the browser had ends."""
    sent = bodies.read_answer(caller.read_json())
    use_challenge(sent.challenge, purpose="sign-in")
    note = _recognise(sent)
    brought = caller.brought_token()

    def begin(session: Session, fresh: sessions.Fresh) -> Ended | None:
        account_id = note(session)
        ended = sessions.end_by_token(session, brought)
        _start(session, account_id, fresh)
        return ended

    return begun(begin, status=HTTPStatus.CREATED)


def prove() -> Response:
    """Note that the person showed a passkey or the recovery token of this account just now."""
    account_id = caller.require_account()
    sent = bodies.read_answer(caller.read_json())
    use_challenge(sent.challenge, purpose="proof", account_id=account_id)
    note = _recognise(sent)
    signed_in, now = caller.signed_in(), caller.accounts().clock()

    def begin(session: Session, fresh: sessions.Fresh) -> Ended:
        if note(session) != account_id:
            raise RefusedError("not_recognised")
        return sessions.prove(session, signed_in, token=fresh.token, now=now)

    return begun(begin, status=HTTPStatus.CREATED)


def _recognise(sent: bodies.Answer) -> Callable[[Session], AccountId]:
    """Check what was shown, outside any transaction; return what notes it within one, and says whose it is."""
    token, presented = sent.recovery, sent.passkey
    if presented is None:
        if token is None:
            raise BodyRefusedError
        return lambda session: find_recovery(session, token)
    known = in_reading(lambda session: find_passkey(session, presented))
    shown = check_passkey(known, presented, expected=expected(sent.challenge))
    if known is None:
        raise RefusedError("not_recognised")

    def note(session: Session) -> AccountId:
        note_shown(session, known, shown)
        return known.account_id

    return note


def _start(session: Session, account_id: AccountId, fresh: sessions.Fresh) -> None:
    accounts = caller.accounts()
    sessions.start(session, account_id, fresh, days=accounts.settings.session_days, now=accounts.clock())
