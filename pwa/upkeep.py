"""What an operator asks of a site from time to time: to let go of what is over, and how much there is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pwa import accounts
from pwa.accounts.models import Account, SignedInSession
from pwa.database import in_transaction, open_engine, reading
from pwa.sync import prune_all
from pwa.sync.models import Space

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class LetGo:
    """How much was let go of."""

    old_versions: int
    sign_ins: int


def prune(database_url: str, *, now: datetime) -> LetGo:
    """Let go of old versions in every space, and of sessions, challenges and farewells that are over."""
    engine = open_engine(database_url)
    try:
        sign_ins = in_transaction(lambda session: accounts.prune(session, now=now), engine=engine)
    finally:
        engine.dispose()
    return LetGo(old_versions=prune_all(database_url, today=now.date()), sign_ins=sign_ins)


def stats(database_url: str) -> Iterator[tuple[str, int]]:
    """Yield counts and sizes, each with its name: all a site tells of what it keeps, and nothing of anybody's."""
    engine = open_engine(database_url)
    try:
        with Session(reading(engine)) as session:
            yield "accounts", session.scalars(select(func.count()).select_from(Account)).one()
            yield "phones signed in", session.scalars(select(func.count()).select_from(SignedInSession)).one()
            held, largest = func.sum(Space.used_bytes), func.max(Space.used_bytes)
            totals = select(func.count(), func.sum(Space.head_seq), held, largest).select_from(Space)
            diaries, revisions, held_bytes, largest_bytes = session.execute(totals).one()
            yield "diaries", diaries
            yield "revisions", int(revisions or 0)
            yield "bytes held", int(held_bytes or 0)
            yield "bytes of the largest diary", int(largest_bytes or 0)
    finally:
        engine.dispose()
