"""The tables of accounts, and the questions asked of them.

What belongs to an account is keyed by it. What is found by a hash has a table of its own, keyed by that hash, so that
no index spans accounts. Days are kept where a day is enough.
"""

from __future__ import annotations

from datetime import date  # noqa: TC003 - the tables are made from it at run time
from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from pwa.database import Base

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class Account(Base):
    """Somebody who keeps sealed bytes here. `recovery` is the hash of their recovery token, or nothing yet."""

    __tablename__ = "account"

    id: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    created_on: Mapped[date]
    recovery: Mapped[bytes | None] = mapped_column(LargeBinary)


class Passkey(Base):
    """A passkey's public half. `label` is sealed by the phone."""

    __tablename__ = "credential"

    account_id: Mapped[bytes] = mapped_column(LargeBinary, ForeignKey(Account.id), primary_key=True)
    id: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(BigInteger)
    may_be_backed_up: Mapped[bool]
    is_backed_up: Mapped[bool]
    label: Mapped[bytes | None] = mapped_column(LargeBinary)
    added_on: Mapped[date]


class SignedInSession(Base):
    """A phone that is signed in. `proved_at` is when a passkey or code was last shown, in seconds since 1970."""

    __tablename__ = "account_session"

    account_id: Mapped[bytes] = mapped_column(LargeBinary, ForeignKey(Account.id), primary_key=True)
    id: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary)
    label: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_on: Mapped[date]
    seen_on: Mapped[date]
    expires_on: Mapped[date]
    proved_at: Mapped[int] = mapped_column(BigInteger)


class SessionToken(Base):
    """Which session a cookie's token opens."""

    __tablename__ = "session_token"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    account_id: Mapped[bytes] = mapped_column(LargeBinary)
    session_id: Mapped[bytes] = mapped_column(LargeBinary)


class Recovery(Base):
    """Which account a recovery token opens."""

    __tablename__ = "recovery"

    lookup: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    account_id: Mapped[bytes] = mapped_column(LargeBinary)


class Challenge(Base):
    """A question one browser was asked, for one purpose and one use, until `expires_at` (seconds since 1970)."""

    __tablename__ = "challenge"

    hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    browser: Mapped[bytes] = mapped_column(LargeBinary)
    purpose: Mapped[str] = mapped_column(String(16))
    account_id: Mapped[bytes | None] = mapped_column(LargeBinary)
    expires_at: Mapped[int] = mapped_column(BigInteger, index=True)


class Farewell(Base):
    """The hash of a token whose account was deleted, so that its phone can be told. It belongs to nobody any more."""

    __tablename__ = "farewell"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    until: Mapped[date] = mapped_column(index=True)


def lock_account(session: Session, account_id: bytes) -> Account | None:
    """Return the account, and let nobody else change what belongs to it until the transaction ends."""
    return session.get(Account, account_id, with_for_update=True)


def passkeys_of(session: Session, account_id: bytes) -> list[Passkey]:
    """Return the account's passkeys, oldest first."""
    asked = select(Passkey).where(Passkey.account_id == account_id).order_by(Passkey.added_on, Passkey.id)
    return list(session.scalars(asked))


def sessions_of(session: Session, account_id: bytes) -> list[SignedInSession]:
    """Return the account's sessions, the one seen last first."""
    asked = select(SignedInSession).where(SignedInSession.account_id == account_id)
    return list(session.scalars(asked.order_by(SignedInSession.seen_on.desc(), SignedInSession.id)))


def drop_session(session: Session, row: SignedInSession) -> None:
    """Delete a session together with the way to it."""
    session.execute(delete(SessionToken).where(SessionToken.token_hash == row.token_hash))
    session.delete(row)
