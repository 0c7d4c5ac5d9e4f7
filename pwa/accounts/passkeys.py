"""Adding, labelling and removing passkeys. Who may is asked before: each call starts from an account's id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pwa.accounts.identity import Ended, way_of_passkey
from pwa.accounts.models import Passkey, lock_account, passkeys_of
from pwa.accounts.refused import RefusedError
from pwa.accounts.sign_up import passkey_row

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from pwa.accounts.ceremonies import MadePasskey
    from pwa.accounts.identity import AccountId

MOST: Final = 20


def add(session: Session, account_id: AccountId, made: MadePasskey, *, label: bytes | None, today: date) -> None:
    """Add a passkey. Raises `RefusedError` if it is there already, or there are too many."""
    if lock_account(session, account_id) is None:
        raise RefusedError("signed_out")
    known = [row.id for row in passkeys_of(session, account_id)]
    if made.id in known:
        raise RefusedError("passkey_known")
    check_room(known)
    session.add(passkey_row(account_id, made, label=label, today=today))


def check_room(known: list[bytes]) -> None:
    """Raise `RefusedError` if an account that has these passkeys takes no more."""
    if len(known) >= MOST:
        raise RefusedError("too_many_passkeys")


def set_label(session: Session, account_id: AccountId, passkey_id: bytes, label: bytes | None) -> None:
    """Keep the sealed label of a passkey."""
    _row(session, account_id, passkey_id).label = label


def remove(session: Session, account_id: AccountId, passkey_id: bytes) -> Ended:
    """Remove a passkey. Raises `RefusedError` if nothing else would let the person in."""
    account = lock_account(session, account_id)
    row = _row(session, account_id, passkey_id)
    if account is None or (account.recovery is None and len(passkeys_of(session, account_id)) == 1):
        raise RefusedError("last_way_in")
    session.delete(row)
    return Ended(way_of_passkey(account_id, passkey_id))


def _row(session: Session, account_id: AccountId, passkey_id: bytes) -> Passkey:
    row = session.get(Passkey, (account_id, passkey_id))
    if row is None:
        raise RefusedError("not_found")
    return row
