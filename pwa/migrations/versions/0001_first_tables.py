"""The first tables: accounts, with what opens them; spaces, with their revisions."""

from __future__ import annotations

import secrets
from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "0001"
down_revision: Final = None

GENERATION_BYTES: Final = 16


def upgrade() -> None:
    """Make the tables, and begin the first generation."""
    _accounts()
    _ways_in()
    _spaces()
    generation = op.create_table(
        "generation",
        sa.Column("only_row", sa.SmallInteger, primary_key=True, autoincrement=False),
        sa.Column("value", sa.LargeBinary, nullable=False),
        sa.CheckConstraint("only_row = 1", name="generation_has_one_row"),
    )
    op.bulk_insert(generation, [{"only_row": 1, "value": secrets.token_bytes(GENERATION_BYTES)}])


def downgrade() -> None:
    """Take the tables away."""
    for table in ("generation", "account_space", "parent", "revision", "space"):
        op.drop_table(table)
    for table in ("farewell", "challenge", "recovery", "session_token", "account_session", "credential", "account"):
        op.drop_table(table)


def _accounts() -> None:
    """Make what is keyed by the account."""
    op.create_table(
        "account",
        sa.Column("id", sa.LargeBinary, primary_key=True),
        sa.Column("created_on", sa.Date, nullable=False),
        sa.Column("recovery", sa.LargeBinary),
    )
    op.create_table(
        "credential",
        sa.Column("account_id", sa.LargeBinary, sa.ForeignKey("account.id"), primary_key=True),
        sa.Column("id", sa.LargeBinary, primary_key=True),
        sa.Column("public_key", sa.LargeBinary, nullable=False),
        sa.Column("sign_count", sa.BigInteger, nullable=False),
        sa.Column("may_be_backed_up", sa.Boolean, nullable=False),
        sa.Column("is_backed_up", sa.Boolean, nullable=False),
        sa.Column("label", sa.LargeBinary),
        sa.Column("added_on", sa.Date, nullable=False),
    )
    op.create_table(
        "account_session",
        sa.Column("account_id", sa.LargeBinary, sa.ForeignKey("account.id"), primary_key=True),
        sa.Column("id", sa.LargeBinary, primary_key=True),
        sa.Column("token_hash", sa.LargeBinary, nullable=False),
        sa.Column("label", sa.LargeBinary),
        sa.Column("created_on", sa.Date, nullable=False),
        sa.Column("seen_on", sa.Date, nullable=False),
        sa.Column("expires_on", sa.Date, nullable=False),
        sa.Column("proved_at", sa.BigInteger, nullable=False),
    )


def _ways_in() -> None:
    """Make what is looked up by a hash, and what is for a while only."""
    op.create_table(
        "session_token",
        sa.Column("token_hash", sa.LargeBinary, primary_key=True),
        sa.Column("account_id", sa.LargeBinary, nullable=False),
        sa.Column("session_id", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "recovery",
        sa.Column("lookup", sa.LargeBinary, primary_key=True),
        sa.Column("account_id", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "challenge",
        sa.Column("hash", sa.LargeBinary, primary_key=True),
        sa.Column("browser", sa.LargeBinary, nullable=False),
        sa.Column("purpose", sa.String(16), nullable=False),
        sa.Column("account_id", sa.LargeBinary),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_challenge_expires_at", "challenge", ["expires_at"])
    op.create_table(
        "farewell",
        sa.Column("token_hash", sa.LargeBinary, primary_key=True),
        sa.Column("until", sa.Date, nullable=False),
    )
    op.create_index("ix_farewell_until", "farewell", ["until"])


def _spaces() -> None:
    """Make what is keyed by the space, and which account may use which."""
    op.create_table(
        "space",
        sa.Column("id", sa.LargeBinary, primary_key=True),
        sa.Column("kind", sa.SmallInteger, nullable=False),
        sa.Column("head_seq", sa.BigInteger, nullable=False),
        sa.Column("chain", sa.LargeBinary, nullable=False),
        sa.Column("roll_id", sa.LargeBinary),
        sa.Column("used_bytes", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "revision",
        sa.Column("space_id", sa.LargeBinary, sa.ForeignKey("space.id"), primary_key=True),
        sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("id", sa.LargeBinary, nullable=False),
        sa.Column("record_id", sa.LargeBinary, nullable=False),
        sa.Column("kind", sa.SmallInteger, nullable=False),
        sa.Column("key_id", sa.LargeBinary, nullable=False),
        sa.Column("author_id", sa.LargeBinary),
        sa.Column("header", sa.LargeBinary, nullable=False),
        sa.Column("blob", sa.LargeBinary),
        sa.Column("blob_hash", sa.LargeBinary, nullable=False),
        sa.Column("signature", sa.LargeBinary),
        sa.Column("chain", sa.LargeBinary, nullable=False),
        sa.Column("received_on", sa.Date, nullable=False),
        sa.Column("superseded_on", sa.Date),
    )
    op.create_index("revision_by_id", "revision", ["space_id", "id"], unique=True)
    op.create_index("revision_by_record", "revision", ["space_id", "record_id", "seq"])
    _partial_index("revision_heads", "seq", where="superseded_on IS NULL")
    _partial_index("revision_old_blobs", "superseded_on", where="superseded_on IS NOT NULL AND blob IS NOT NULL")
    _partial_index("revision_roll", "seq", where="kind = 3")
    op.create_table(
        "parent",
        sa.Column("space_id", sa.LargeBinary, primary_key=True),
        sa.Column("parent_id", sa.LargeBinary, primary_key=True),
        sa.Column("child_seq", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.ForeignKeyConstraint(["space_id", "child_seq"], ["revision.space_id", "revision.seq"]),
    )
    op.create_table(
        "account_space",
        sa.Column("account_id", sa.LargeBinary, primary_key=True),
        sa.Column("space_id", sa.LargeBinary, primary_key=True),
    )


def _partial_index(name: str, column: str, *, where: str) -> None:
    only = sa.text(where)
    op.create_index(name, "revision", ["space_id", column], sqlite_where=only, postgresql_where=only)
