"""The end of an account, and of what is over by itself."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, select

from pwa.accounts.identity import AccountId, hash_of
from pwa.accounts.models import (
    Account,
    Challenge,
    Farewell,
    Passkey,
    Recovery,
    SessionToken,
    SignedInSession,
    lock_account,
    sessions_of,
)
from pwa.accounts.refused import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

FAREWELL_DAYS: Final = 90
AT_ONCE: Final = 1_000  # fewer than any database's most parameters


def delete_account(
    session: Session,
    account_id: AccountId,
    *,
    by_token: bytes,
    today: date,
    detach: Callable[[Session, AccountId], None],
) -> None:
    """Delete the account and all that belongs to it.

    What stays for a while are the hashes of the other phones' random tokens, which belong to nobody any more, so that
    those phones can be told. `by_token` is the token of the phone that asks; it knows already.
    """
    account = lock_account(session, account_id)
    if account is None:
        raise RefusedError("signed_out")
    detach(session, account_id)
    for row in sessions_of(session, account_id):
        if row.token_hash != hash_of(by_token) and row.expires_on >= today:
            session.add(Farewell(token_hash=row.token_hash, until=today + timedelta(days=FAREWELL_DAYS)))
        session.execute(delete(SessionToken).where(SessionToken.token_hash == row.token_hash))
    if account.recovery is not None:
        session.execute(delete(Recovery).where(Recovery.lookup == account.recovery))
    for table in (SignedInSession, Passkey, Challenge):
        session.execute(delete(table).where(table.account_id == account_id))
    session.flush()
    session.delete(account)


def delete_noted(
    session: Session,
    is_noted: Callable[[bytes], bool],
    *,
    today: date,
    detach: Callable[[Session, AccountId], None],
) -> int:
    """Delete again what a backup brought back, and return how many accounts that were. Their phones are told."""
    again = [AccountId(account_id) for account_id in session.scalars(select(Account.id)) if is_noted(account_id)]
    for account_id in again:
        delete_account(session, account_id, by_token=b"", today=today, detach=detach)
    return len(again)


def prune(session: Session, *, now: datetime) -> int:
    """Delete what is over: challenges, sessions, farewells. Returns how many rows there were."""
    today = now.date()
    over = session.scalars(select(SignedInSession.token_hash).where(SignedInSession.expires_on < today)).all()
    for start in range(0, len(over), AT_ONCE):
        session.execute(delete(SessionToken).where(SessionToken.token_hash.in_(over[start : start + AT_ONCE])))
    gone = 0
    for rows in (
        delete(SignedInSession).where(SignedInSession.expires_on < today),
        delete(Challenge).where(Challenge.expires_at < int(now.timestamp())),
        delete(Farewell).where(Farewell.until < today),
    ):
        gone += session.execute(rows).rowcount  # type: ignore[attr-defined] # a cursor's result, as of every DELETE
    return gone
