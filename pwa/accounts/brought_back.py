"""What ended after a backup was taken, ended again where that backup was put back."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from pwa.accounts.identity import AccountId, way_of_passkey
from pwa.accounts.models import Account, Passkey, Recovery, SessionToken, SignedInSession, drop_session
from pwa.accounts.passkeys import remove
from pwa.accounts.refused import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session


def end_noted(session: Session, since: Callable[[bytes], bytes | None]) -> None:
    """End again the sessions and passkeys that ended, and let the tokens sign in that took the place of others.

    `since` tells what lets in by now where a hash did. An account's last way in stays.
    """
    _end_sessions(session, since)
    _replace_recovery(session, since)
    for row in session.scalars(select(Passkey)).all():
        if since(way_of_passkey(row.account_id, row.id)) is None:
            with suppress(RefusedError):
                remove(session, AccountId(row.account_id), row.id)


def _end_sessions(session: Session, since: Callable[[bytes], bytes | None]) -> None:
    for row in session.scalars(select(SignedInSession)).all():
        token_hash = since(row.token_hash)
        if token_hash is None:
            drop_session(session, row)
        elif token_hash != row.token_hash:
            session.execute(delete(SessionToken).where(SessionToken.token_hash == row.token_hash))
            row.token_hash = token_hash
            session.add(SessionToken(token_hash=token_hash, account_id=row.account_id, session_id=row.id))


def _replace_recovery(session: Session, since: Callable[[bytes], bytes | None]) -> None:
    """Take all old tokens away first: one may be another's new one."""
    replaced: list[tuple[Account, bytes | None]] = []
    for row in session.scalars(select(Recovery)).all():
        lookup = since(row.lookup)
        if lookup != row.lookup:
            replaced.append((session.get_one(Account, row.account_id), lookup))
            session.delete(row)
    session.flush()
    for account, lookup in replaced:
        is_free = lookup is not None and session.get(Recovery, lookup) is None
        account.recovery = lookup if is_free else None
        if lookup is not None and is_free:
            session.add(Recovery(lookup=lookup, account_id=account.id))
    session.flush()
