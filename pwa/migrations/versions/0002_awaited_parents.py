"""Of the parents that revisions name, keep only those that are not here: nothing else was ever asked."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "0002"
down_revision: Final = "0001"


def upgrade() -> None:
    """Carry over what is still awaited."""
    _make("awaited_parent")
    op.execute(
        "INSERT INTO awaited_parent SELECT * FROM parent WHERE NOT EXISTS (SELECT 1 FROM revision"
        " WHERE revision.space_id = parent.space_id AND revision.id = parent.parent_id)"
    )
    op.drop_table("parent")


def downgrade() -> None:
    """Carry it back. What was let go of is not needed there either."""
    _make("parent")
    op.execute("INSERT INTO parent SELECT * FROM awaited_parent")
    op.drop_table("awaited_parent")


def _make(table: str) -> None:
    op.create_table(
        table,
        sa.Column("space_id", sa.LargeBinary, primary_key=True),
        sa.Column("parent_id", sa.LargeBinary, primary_key=True),
        sa.Column("child_seq", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.ForeignKeyConstraint(["space_id", "child_seq"], ["revision.space_id", "revision.seq"]),
    )
