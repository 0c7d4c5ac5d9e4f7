"""Sessions: a phone that is signed in, by a random token of which only the hash is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, select

from pwa.accounts.identity import AccountId, Ended, hash_of
from pwa.accounts.models import (
    Farewell,
    SessionToken,
    SignedInSession,
    drop_session,
    lock_account,
    sessions_of,
)
from pwa.accounts.refused import RefusedError

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

LONGEST_DAYS: Final = 365
PROOF_SECONDS: Final = 300


@dataclass(frozen=True, kw_only=True)
class Fresh:
    """The id and token of a session about to begin; made before the transaction, which may run twice."""

    session_id: bytes
    token: bytes


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """Whom a token stands for."""

    account_id: AccountId
    session_id: bytes
    seen_on: date
    proved_at: int

    def proved_lately(self, now: datetime) -> bool:
        """Whether a passkey or code was shown within the last five minutes."""
        return 0 <= int(now.timestamp()) - self.proved_at <= PROOF_SECONDS


def start(session: Session, account_id: AccountId, fresh: Fresh, *, days: int, now: datetime) -> None:
    """Sign a phone in, just after a passkey or code was shown. Forgets the account's sessions that are over."""
    today = now.date()
    for row in sessions_of(session, account_id):
        if row.expires_on < today:
            drop_session(session, row)
    session.add(
        SignedInSession(
            account_id=account_id,
            id=fresh.session_id,
            token_hash=hash_of(fresh.token),
            created_on=today,
            seen_on=today,
            expires_on=_expiry(created_on=today, seen_on=today, days=days),
            proved_at=int(now.timestamp()),
        )
    )
    session.add(SessionToken(token_hash=hash_of(fresh.token), account_id=account_id, session_id=fresh.session_id))


def who(session: Session, token: bytes, *, today: date) -> SignedIn:
    """Return whom `token` stands for. Raises `RefusedError`: signed out, or the account was deleted."""
    connection = session.connection()
    way = connection.execute(_WAY, {"token_hash": hash_of(token)}).one_or_none()
    row = None if way is None else connection.execute(_SESSION, {"account": way[0], "session": way[1]}).one_or_none()
    if row is None or row.expires_on < today:
        farewell = session.get(Farewell, hash_of(token))
        raise RefusedError("account_deleted" if farewell is not None and farewell.until >= today else "signed_out")
    return SignedIn(
        account_id=AccountId(row.account_id), session_id=row.id, seen_on=row.seen_on, proved_at=row.proved_at
    )


# Asked by every request, so the statements are made once, and their rows are no mapped objects.
_WAY: Final = select(SessionToken.account_id, SessionToken.session_id).where(
    SessionToken.token_hash == bindparam("token_hash")
)
_SESSION: Final = select(
    SignedInSession.account_id,
    SignedInSession.id,
    SignedInSession.seen_on,
    SignedInSession.expires_on,
    SignedInSession.proved_at,
).where(SignedInSession.account_id == bindparam("account"), SignedInSession.id == bindparam("session"))


def mark_seen(session: Session, signed_in: SignedIn, *, days: int, today: date) -> None:
    """Note that the phone was here today, which puts its end off."""
    row = session.get(SignedInSession, (signed_in.account_id, signed_in.session_id))
    if row is not None:
        row.seen_on = today
        row.expires_on = _expiry(created_on=row.created_on, seen_on=today, days=days)


def prove(session: Session, signed_in: SignedIn, *, token: bytes, now: datetime) -> Ended:
    """Note that a passkey or code was shown again, and give the session a new token; the old one ends."""
    row = _locked(session, signed_in.account_id, signed_in.session_id, otherwise="signed_out")
    old = session.get(SessionToken, row.token_hash)
    if old is not None:
        session.delete(old)
    ended = Ended(row.token_hash, hash_of(token))
    row.token_hash = hash_of(token)
    row.proved_at = int(now.timestamp())
    session.add(SessionToken(token_hash=row.token_hash, account_id=row.account_id, session_id=row.id))
    return ended


def set_label(session: Session, account_id: AccountId, session_id: bytes, label: bytes | None) -> None:
    """Keep the sealed label of a session."""
    _locked(session, account_id, session_id).label = label


def end(session: Session, account_id: AccountId, session_id: bytes) -> Ended:
    """Sign a phone out."""
    row = _locked(session, account_id, session_id)
    drop_session(session, row)
    return Ended(row.token_hash)


def end_by_token(session: Session, token: bytes | None) -> Ended | None:
    """End the session a browser brought, if it brought one."""
    row = None if token is None else _row_of(session, token)
    if row is None:
        return None
    drop_session(session, row)
    return Ended(row.token_hash)


def _row_of(session: Session, token: bytes) -> SignedInSession | None:
    way = session.get(SessionToken, hash_of(token))
    return None if way is None else session.get(SignedInSession, (way.account_id, way.session_id))


def _locked(
    session: Session, account_id: AccountId, session_id: bytes, *, otherwise: str = "not_found"
) -> SignedInSession:
    if lock_account(session, account_id) is None:
        raise RefusedError("signed_out")
    row = session.get(SignedInSession, (account_id, session_id))
    if row is None:
        raise RefusedError(otherwise)
    return row


def _expiry(*, created_on: date, seen_on: date, days: int) -> date:
    return min(seen_on + timedelta(days=days), created_on + timedelta(days=LONGEST_DAYS))
