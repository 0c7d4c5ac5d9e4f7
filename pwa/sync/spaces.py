"""Spaces: who may use which, making one, and taking one away.

Every function that reads or writes a space begins here, with the account that asks. For a space that is not there and
for one that is another's, the work and the answer are the same.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final, NamedTuple

from sqlalchemy import bindparam, delete, select
from sqlalchemy.exc import IntegrityError

from pwa.sync.header import Owner
from pwa.sync.models import AccountSpace, AwaitedParent, Revision, Space

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session


class Claim(NamedTuple):
    """Who asks, and for which space."""

    account_id: bytes
    space_id: bytes


class SpaceNotFoundError(LookupError):
    """The account has no such space."""


class SpaceTakenError(Exception):
    """There is a space with that id already, and it is not this account's."""


def create_space(session: Session, account_id: bytes, space_id: bytes, kind: Owner) -> None:
    """Make an empty space for the account. One that the account has already stays as it is.

    Raises `SpaceTakenError`. Groups come with an invitation, not with this: `ValueError` for any other than a vault.
    """
    if kind is not Owner.VAULT:
        raise ValueError(kind)
    if session.get(AccountSpace, (account_id, space_id)) is not None:
        return
    first = hashlib.sha256(space_id).digest()
    try:
        with session.begin_nested():
            session.add(Space(id=space_id, kind=kind, head_seq=0, chain=first, roll_id=None, used_bytes=0))
    except IntegrityError as error:
        raise SpaceTakenError from error
    session.add(AccountSpace(account_id=account_id, space_id=space_id))
    session.flush()


def spaces_of(session: Session, account_id: bytes) -> Sequence[bytes]:
    """Return the ids of the account's spaces, in the order of their bytes."""
    mine = select(AccountSpace.space_id).where(AccountSpace.account_id == account_id).order_by(AccountSpace.space_id)
    return session.scalars(mine).all()


def find_space(session: Session, claim: Claim) -> Space:
    """Return the space as it is now. Raises `SpaceNotFoundError`."""
    return _space(session, claim, is_locked=False)


def lock_space(session: Session, claim: Claim) -> Space:
    """Return the space, and let nobody else write to it until this transaction ends. Raises `SpaceNotFoundError`."""
    return _space(session, claim, is_locked=True)


def delete_vaults(session: Session, account_id: bytes) -> None:
    """Take away all of the account's vaults, with every revision in them, and its way into any other space."""
    for space_id in spaces_of(session, account_id):
        session.execute(
            delete(AccountSpace).where(AccountSpace.account_id == account_id, AccountSpace.space_id == space_id)
        )
        space = session.get(Space, space_id, with_for_update=True)
        if space is not None and space.kind == Owner.VAULT:
            session.execute(delete(AwaitedParent).where(AwaitedParent.space_id == space_id))
            session.execute(delete(Revision).where(Revision.space_id == space_id))
            session.delete(space)
            session.flush()


_MINE: Final = select(AccountSpace.space_id).where(
    AccountSpace.account_id == bindparam("account_id"), AccountSpace.space_id == bindparam("space_id")
)


def _space(session: Session, claim: Claim, *, is_locked: bool) -> Space:
    """Ask twice, as the two rows may lie on two machines; and twice too where the first is not there."""
    mine = session.connection().execute(_MINE, claim._asdict()).one_or_none()
    space = session.get(Space, claim.space_id if mine else b"", with_for_update=is_locked, populate_existing=True)
    if space is None:
        raise SpaceNotFoundError
    return space
