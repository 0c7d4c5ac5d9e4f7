"""Pull: what a space holds, in pages. The head is read first, then rows up to it, none left out.

Blobs that were let go of are not there; such a row is a stub, and its `blob_hash` still proves its id.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, null, select

from pwa.sync.generation import generation_of
from pwa.sync.header import Kind
from pwa.sync.models import Revision
from pwa.sync.spaces import find_space

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from sqlalchemy import ColumnElement, Row
    from sqlalchemy.orm import Session

    from pwa.sync.spaces import Claim

    Stored = Row[int, bytes, bytes, bytes | None, bytes, bytes | None, date]

MOST_ROWS: Final = 1_000
MOST_BYTES: Final = 1024 * 1024
LAST_NUMBER: Final = 2**53 - 1


@dataclass(frozen=True, kw_only=True)
class Page:
    """Some rows, and where the space stands.

    `next` is what to ask for the next page with, or nothing where this is the last. `chain` is the fold at `at`.
    """

    rows: Sequence[Stored]
    next: int | None
    at: int
    chain: bytes
    head: int
    generation: bytes


def pull(session: Session, claim: Claim, *, after: int, limit: int = MOST_ROWS, blobs: bool = True) -> Page:
    """Return the revisions numbered from `after` + 1 on, in order. Without `blobs` it is the index.

    The page's chain is the fold at its last row, or at the head where it has none. Raises `SpaceNotFoundError`.
    """
    space = find_space(session, claim)
    head, chain = space.head_seq, space.chain
    here = Revision.space_id == claim.space_id
    rows = _page(session, here & Revision.seq.between(after + 1, head), limit=limit, blobs=blobs)
    last = rows[-1].seq if rows else head
    if last != head:
        chain = session.execute(select(Revision.chain).where(here, Revision.seq == last)).scalar_one()
    more = last if last < head else None
    life = generation_of(session, claim.space_id)
    return Page(rows=rows, next=more, at=last, chain=chain, head=head, generation=life)


def pull_heads(session: Session, claim: Claim, *, before: int = LAST_NUMBER, limit: int = MOST_ROWS) -> Page:
    """Return revisions below number `before` that no stored one supersedes, newest first, for a phone's first sync.

    The chain is that at the head: what comes after the first page's head is pulled from there. Raises
    `SpaceNotFoundError`.
    """
    wanted = Revision.superseded_on.is_(None) & (Revision.seq < before)
    return _some(session, claim, wanted, limit=limit, newest_first=True)


def pull_roll(session: Session, claim: Claim, *, after: int, limit: int = MOST_ROWS) -> Page:
    """Return the roll entries numbered above `after`, in order. Raises `SpaceNotFoundError`."""
    return _some(session, claim, (Revision.kind == Kind.ROLL) & (Revision.seq > after), limit=limit)


def pull_record(session: Session, claim: Claim, record_id: bytes, *, after: int, limit: int = MOST_ROWS) -> Page:
    """Return the history of one record, oldest first, from above number `after`. Raises `SpaceNotFoundError`."""
    return _some(session, claim, (Revision.record_id == record_id) & (Revision.seq > after), limit=limit)


def fetch(session: Session, claim: Claim, ids: Sequence[bytes]) -> Page:
    """Return those of the revisions that are here, by number, as many as fit. Raises `SpaceNotFoundError`.

    `next` is there where not all fitted: ask again for those that did not come.
    """
    return _some(session, claim, Revision.id.in_(ids), limit=MOST_ROWS)


def missing(session: Session, claim: Claim, ids: Sequence[bytes]) -> list[bytes]:
    """Return those of the ids that are not here, in the order asked. Raises `SpaceNotFoundError`."""
    find_space(session, claim)
    stored = select(Revision.id).where(Revision.space_id == claim.space_id, Revision.id.in_(ids))
    here = set(session.scalars(stored))
    return [id_ for id_ in ids if id_ not in here]


def _some(
    session: Session, claim: Claim, wanted: ColumnElement[bool], *, limit: int, newest_first: bool = False
) -> Page:
    """Return a page of what is wanted, and whether there is more of it beyond."""
    space = find_space(session, claim)
    head, chain = space.head_seq, space.chain
    here = wanted & (Revision.space_id == claim.space_id) & (Revision.seq <= head)
    rows = _page(session, here, limit=limit, newest_first=newest_first)
    more = rows[-1].seq if rows else None
    if more is not None:
        beyond = here & (Revision.seq < more if newest_first else Revision.seq > more)
        if session.execute(select(Revision.seq).where(beyond).limit(1)).first() is None:
            more = None
    life = generation_of(session, claim.space_id)
    return Page(rows=rows, next=more, at=head, chain=chain, head=head, generation=life)


def _page(
    session: Session, here: ColumnElement[bool], *, limit: int, blobs: bool = True, newest_first: bool = False
) -> Sequence[Stored]:
    """Read sizes first, then as many rows as fit: no more than a page of blobs is ever in memory."""
    order = Revision.seq.desc() if newest_first else Revision.seq.asc()
    size = func.length(Revision.header) + (func.coalesce(func.length(Revision.blob), 0) if blobs else 0)
    connection = session.connection()  # plain rows: the session would look at each for mapped objects
    sizes = connection.execute(select(Revision.seq, size).where(here).order_by(order).limit(limit)).all()
    fitting = how_many_fit(row[1] for row in sizes)
    if not fitting:
        return ()
    first, last = sorted((sizes[0].seq, sizes[fitting - 1].seq))
    rows = select(
        Revision.seq,
        Revision.id,
        Revision.header,
        Revision.blob if blobs else null().label("blob"),
        Revision.blob_hash,
        Revision.signature,
        Revision.received_on,
    )
    return connection.execute(rows.where(here & Revision.seq.between(first, last)).order_by(order)).all()


def how_many_fit(sizes: Iterable[int]) -> int:
    """Return how many go into one page: one at least, if there are any."""
    room = MOST_BYTES
    count = 0
    for size in sizes:
        room -= size
        if room < 0 and count:
            break
        count += 1
    return count
