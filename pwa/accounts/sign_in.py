"""Who shows a passkey or a recovery token. Known and unknown get the same answer after the same work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pwa.accounts.ceremonies import NOBODYS_KEY, CeremonyError, Expected, ShownPasskey, verify_shown
from pwa.accounts.identity import AccountId, hash_of
from pwa.accounts.models import Passkey, Recovery
from pwa.accounts.refused import RefusedError
from pwa.base64url import from_base64url

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True, kw_only=True)
class KnownPasskey:
    """What is needed to check one passkey."""

    account_id: AccountId
    id: bytes
    public_key: bytes
    sign_count: int


def find_passkey(session: Session, presented: dict[str, Any]) -> KnownPasskey | None:
    """Return the passkey presented: by the account in its user handle, and its id."""
    account_id = AccountId(from_base64url(presented["response"]["userHandle"]))
    row = session.get(Passkey, (account_id, from_base64url(presented["rawId"])))
    if row is None:
        return None
    return KnownPasskey(account_id=account_id, id=row.id, public_key=row.public_key, sign_count=row.sign_count)


def check_passkey(known: KnownPasskey | None, presented: dict[str, Any], *, expected: Expected) -> ShownPasskey:
    """Return what the passkey said. Raises `RefusedError`; a passkey nobody has is checked against nobody's key."""
    try:
        shown = verify_shown(
            presented,
            expected=expected,
            public_key=NOBODYS_KEY if known is None else known.public_key,
            sign_count=0 if known is None else known.sign_count,
        )
    except CeremonyError as error:
        raise RefusedError("not_recognised") from error
    if known is None:
        raise RefusedError("not_recognised")
    return shown


def note_shown(session: Session, known: KnownPasskey, shown: ShownPasskey) -> None:
    """Keep the passkey's new count. Raises `RefusedError` if it was removed, or shown elsewhere, in the meantime."""
    row = session.get(Passkey, (known.account_id, known.id), with_for_update=True)
    if row is None or row.sign_count != known.sign_count:
        raise RefusedError("not_recognised")
    row.sign_count = shown.sign_count
    row.is_backed_up = shown.is_backed_up


def find_recovery(session: Session, token: bytes) -> AccountId:
    """Return the account that a recovery token opens. Raises `RefusedError`."""
    row = session.get(Recovery, hash_of(token))
    if row is None:
        raise RefusedError("not_recognised")
    return AccountId(row.account_id)
