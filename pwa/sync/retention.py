"""Retention: blobs of revisions that were superseded 30 days ago are let go of. Headers and hashes stay as stubs.

Heads, and the last entry of a roll, are never touched. One space is one short transaction at a time.
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select, update

from pwa.database import in_transaction, open_engine, truncate_log
from pwa.sync.models import Revision, Space

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

DAYS: Final = 30
ROWS_AT_ONCE: Final = 500
SPACES_AT_ONCE: Final = 500


def prune_all(database_url: str, *, today: date) -> int:
    """Let go of everything that is due, in every space, and return how many blobs that were."""
    engine = open_engine(database_url)
    try:
        let_go = sum(prune(engine, today=today))
        truncate_log(engine)
    finally:
        engine.dispose()
    return let_go


def prune(engine: Engine, *, today: date) -> Iterator[int]:
    """Take one small step after another, and yield how many blobs each let go of."""
    last = b""
    while spaces := in_transaction(partial(_spaces, above=last), engine=engine):
        for space_id in spaces:
            while count := in_transaction(partial(prune_space, space_id=space_id, today=today), engine=engine):
                yield count
        last = spaces[-1]


def prune_space(session: Session, space_id: bytes, *, today: date) -> int:
    """Let go of some blobs that are due in one space; return how many."""
    space = session.get(Space, space_id, with_for_update=True)
    if space is None:
        return 0
    due = (
        Revision.space_id == space_id,
        Revision.superseded_on <= today - timedelta(days=DAYS),
        Revision.blob.is_not(None),
    )
    rows = session.execute(select(Revision.seq, func.length(Revision.blob)).where(*due).limit(ROWS_AT_ONCE)).all()
    if rows:
        these = (Revision.space_id == space_id, Revision.seq.in_([row.seq for row in rows]))
        session.execute(
            update(Revision).where(*these).values(blob=None), execution_options={"synchronize_session": False}
        )
        space.used_bytes -= sum(row[1] for row in rows)
    return len(rows)


def _spaces(session: Session, *, above: bytes) -> Sequence[bytes]:
    return session.scalars(select(Space.id).where(Space.id > above).order_by(Space.id).limit(SPACES_AT_ONCE)).all()
