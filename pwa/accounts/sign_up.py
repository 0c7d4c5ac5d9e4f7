"""Signing up: an account with a passkey, a recovery token, or both, and its first space, all at once or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.exc import IntegrityError

from pwa.accounts.identity import AccountId, Ended, hash_of
from pwa.accounts.models import Account, Passkey, Recovery
from pwa.accounts.refused import RefusedError

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from pwa.accounts.ceremonies import MadePasskey


def make_account(
    session: Session, account_id: AccountId, *, passkey: MadePasskey | None, recovery: bytes | None, today: date
) -> None:
    """Make the account. Of several at once with one recovery token, one succeeds.

    Raises `RefusedError` where the token opens an account already.
    """
    session.add(Account(id=account_id, created_on=today))
    session.flush()
    if passkey is not None:
        session.add(passkey_row(account_id, passkey, label=None, today=today))
    if recovery is not None:
        set_recovery(session, account_id, recovery)


def set_recovery(session: Session, account_id: AccountId, token: bytes) -> Ended | None:
    """Let `token`, and no other, open the account. Raises `RefusedError` where it opens another one."""
    account = session.get_one(Account, account_id)
    before, lookup = account.recovery, hash_of(token)
    if before == lookup:
        return None
    if before is not None:
        session.delete(session.get_one(Recovery, before))
    account.recovery = lookup
    session.add(Recovery(lookup=lookup, account_id=account_id))
    try:
        session.flush()
    except IntegrityError as error:
        raise RefusedError("code_taken") from error
    return None if before is None else Ended(before, lookup)


def passkey_row(account_id: AccountId, made: MadePasskey, *, label: bytes | None, today: date) -> Passkey:
    """Return a passkey as the table has it."""
    return Passkey(
        account_id=account_id,
        id=made.id,
        public_key=made.public_key,
        sign_count=made.sign_count,
        may_be_backed_up=made.may_be_backed_up,
        is_backed_up=made.is_backed_up,
        label=label,
        added_on=today,
    )
