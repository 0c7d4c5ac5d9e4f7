"""The tables of spaces. The server cannot read what is in them: ids, kinds, days, and sealed bytes.

Every key starts with the space or the account, numbers are counted for each space, and no query reaches across two of
them; so the tables can be spread over many machines by their first column. `account_space` names an account by id
alone: accounts lie elsewhere, and no foreign key reaches from one spread to the other. `generation` is the one
exception, a single row.
"""

from __future__ import annotations

from datetime import date  # noqa: TC003 - SQLAlchemy reads the annotations
from typing import Final

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, LargeBinary, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from pwa.database import Base

THE_ONLY_ROW: Final = 1


class Space(Base):
    """A log of revisions. Who writes locks this row first, so numbers are given out in the order of commits."""

    __tablename__ = "space"

    id: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    kind: Mapped[int] = mapped_column(SmallInteger)
    head_seq: Mapped[int] = mapped_column(BigInteger)
    chain: Mapped[bytes] = mapped_column(LargeBinary)
    roll_id: Mapped[bytes | None] = mapped_column(LargeBinary)
    used_bytes: Mapped[int] = mapped_column(BigInteger)


class Revision(Base):
    """One revision. Without its blob it is a stub: header and `blob_hash` still prove the id."""

    __tablename__ = "revision"

    space_id: Mapped[bytes] = mapped_column(LargeBinary, ForeignKey("space.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[bytes] = mapped_column(LargeBinary)
    record_id: Mapped[bytes] = mapped_column(LargeBinary)
    kind: Mapped[int] = mapped_column(SmallInteger)
    key_id: Mapped[bytes] = mapped_column(LargeBinary)
    author_id: Mapped[bytes | None] = mapped_column(LargeBinary)
    header: Mapped[bytes] = mapped_column(LargeBinary)
    blob: Mapped[bytes | None] = mapped_column(LargeBinary)
    blob_hash: Mapped[bytes] = mapped_column(LargeBinary)
    signature: Mapped[bytes | None] = mapped_column(LargeBinary)
    chain: Mapped[bytes] = mapped_column(LargeBinary)
    received_on: Mapped[date]
    superseded_on: Mapped[date | None]


# What each is for: known ids; a record's history; heads, newest first; blobs to let go of; the roll.
# The last three hold only the rows they are for.
Index("revision_by_id", Revision.space_id, Revision.id, unique=True)
Index("revision_by_record", Revision.space_id, Revision.record_id, Revision.seq)
_IS_HEAD = Revision.superseded_on.is_(None)
Index("revision_heads", Revision.space_id, Revision.seq, sqlite_where=_IS_HEAD, postgresql_where=_IS_HEAD)
_HAS_OLD_BLOB = Revision.superseded_on.is_not(None) & Revision.blob.is_not(None)
Index(
    "revision_old_blobs",
    Revision.space_id,
    Revision.superseded_on,
    sqlite_where=_HAS_OLD_BLOB,
    postgresql_where=_HAS_OLD_BLOB,
)
_IS_ROLL = Revision.kind == 3  # noqa: PLR2004 - `header.Kind.ROLL`; models import nothing of their package
Index("revision_roll", Revision.space_id, Revision.seq, sqlite_where=_IS_ROLL, postgresql_where=_IS_ROLL)


class AwaitedParent(Base):
    """That a stored revision names another as parent which is not here yet. It goes when that one comes."""

    __tablename__ = "awaited_parent"
    __table_args__ = (ForeignKeyConstraint(["space_id", "child_seq"], ["revision.space_id", "revision.seq"]),)

    space_id: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    parent_id: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    child_seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)


class AccountSpace(Base):
    """That an account may use a space."""

    __tablename__ = "account_space"

    account_id: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    space_id: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)


class Generation(Base):
    """The name of this database's life: random, and another one once a backup was put in its place."""

    __tablename__ = "generation"
    __table_args__ = (CheckConstraint(f"only_row = {THE_ONLY_ROW}", name="generation_has_one_row"),)

    only_row: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    value: Mapped[bytes] = mapped_column(LargeBinary)
