"""Push: a batch of revisions into one space, in one transaction.

    chain_n = SHA-256(chain_{n-1} ‖ id_n),  chain_0 = SHA-256(space)

The space's row is locked and read first and written back last. So numbers follow the order of commits, without gaps,
and a cursor over them skips nothing; a sequence of the database would not do, as it counts before the commit. Sent
again, in part or whole, the same batch changes nothing.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import bindparam, delete, select, update

from pwa.database import Base
from pwa.sync.header import Kind
from pwa.sync.models import AwaitedParent, Revision
from pwa.sync.revisions import Refusal, Sound
from pwa.sync.roll import Roll
from pwa.sync.rows import AT_ONCE, insert_rows, rows_among
from pwa.sync.spaces import lock_space

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence, Set
    from datetime import date

    from sqlalchemy.orm import Session

    from pwa.sync.models import Space
    from pwa.sync.spaces import Claim

_REVISIONS: Final = Base.metadata.tables[Revision.__tablename__]
_AWAITED: Final = Base.metadata.tables[AwaitedParent.__tablename__]


class Outcome(StrEnum):
    """What became of one revision that was not refused."""

    STORED = "stored"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, kw_only=True)
class Quota:
    """How much one space may hold. Roll entries and erases are taken beyond it."""

    bytes: int
    revisions: int


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What counts for one push. `is_proved`: who asks has just shown a passkey or a code, as a roll entry needs."""

    quota: Quota
    today: date
    is_proved: bool


def push(session: Session, claim: Claim, revisions: Sequence[Sound | Refusal], terms: Terms) -> list[Outcome | Refusal]:
    """Store what is new and say of each revision, in order, what became of it; what is refused stays so.

    Raises `SpaceNotFoundError`.
    """
    batch = _Batch(session, lock_space(session, claim), terms)
    sound = [each for each in revisions if isinstance(each, Sound)]
    batch.look_up({id_ for each in sound for id_ in (each.id, *each.header.parents)})
    outcomes = [each if isinstance(each, Refusal) else batch.take(each) for each in revisions]
    batch.store()
    return outcomes


class _Line(NamedTuple):
    """What a revision may supersede: one of its own record. Only roll entries follow roll entries."""

    record_id: bytes
    is_roll: bool


class _Known(NamedTuple):
    seq: int
    line: _Line
    is_head: bool


class _Batch:
    """One push under way, over a space that is locked."""

    def __init__(self, session: Session, space: Space, terms: Terms) -> None:
        self._session = session
        self._space = space
        self._terms = terms
        # Written back once: a mapped object notes each change of itself, which counts for many.
        self._head_seq, self._chain, self._used_bytes = space.head_seq, space.chain, space.used_bytes
        self._roll = Roll(session, space, is_proved=terms.is_proved)
        self._known: dict[bytes, _Known] = {}
        self._new: dict[bytes, Sound] = {}

    def look_up(self, ids: Iterable[bytes]) -> None:
        """Learn which of the ids are stored."""
        self._known = dict(_known(self._session, self._space.id, ids))

    def take(self, revision: Sound) -> Outcome | Refusal:
        """Say what becomes of the revision, and keep it to be stored if it is new."""
        if revision.id in self._known or revision.id in self._new:
            return Outcome.DUPLICATE
        refusal = self._refuse(revision)
        if refusal is not None:
            return refusal
        self._new[revision.id] = revision
        self._used_bytes += revision.size
        return Outcome.STORED

    def _refuse(self, revision: Sound) -> Refusal | None:
        if revision.header.owner != self._space.kind:
            return Refusal.WRONG_SPACE
        if revision.header.kind is Kind.ROLL:
            return self._roll.refuse(revision)
        quota = self._terms.quota
        is_full = self._head_seq + len(self._new) >= quota.revisions
        if is_full or self._used_bytes + revision.size > quota.bytes:
            return Refusal.QUOTA_REACHED
        return None

    def store(self) -> None:
        """Write what was taken, and the space's row last."""
        if not self._new:
            return
        named = {(parent, _line(each)) for each in self._new.values() for parent in each.header.parents}
        awaited = set(_named_before(self._session, self._space.id, self._new))
        named.update(awaited)
        rows = [self._row(each, is_superseded=(each.id, _line(each)) in named) for each in self._new.values()]
        insert_rows(self._session, _REVISIONS, rows)
        absent = [
            {"space_id": each.header.space_id, "parent_id": parent, "child_seq": row["seq"]}
            for row, each in zip(rows, self._new.values(), strict=True)
            for parent in each.header.parents
            if parent not in self._known and parent not in self._new
        ]
        insert_rows(self._session, _AWAITED, absent)
        self._wait_no_more({id_ for id_, _ in awaited})
        self._supersede(named)
        space = self._space
        space.head_seq, space.chain, space.used_bytes = self._head_seq, self._chain, self._used_bytes
        self._roll.settle()
        self._session.flush()

    def _row(self, each: Sound, *, is_superseded: bool) -> dict[str, Any]:
        """Give the revision its number, fold it into the chain, and return its row."""
        today = self._terms.today
        self._head_seq += 1
        self._chain = hashlib.sha256(self._chain + each.id).digest()
        return {
            "space_id": each.header.space_id,
            "seq": self._head_seq,
            "id": each.id,
            "record_id": each.header.record_id,
            "kind": each.header.kind,
            "key_id": each.header.key_id,
            "author_id": each.header.author_id,
            "header": each.header_bytes,
            "blob": each.blob,
            "blob_hash": each.blob_hash,
            "signature": each.signature,
            "chain": self._chain,
            "received_on": today,
            "superseded_on": today if is_superseded else None,
        }

    def _wait_no_more(self, come: Set[bytes]) -> None:
        """Forget that the revisions that have come were named before."""
        if come:
            rows = (AwaitedParent.space_id == self._space.id, AwaitedParent.parent_id.in_(come))
            self._session.execute(delete(AwaitedParent).where(*rows), execution_options={"synchronize_session": False})

    def _supersede(self, named: Iterable[tuple[bytes, _Line]]) -> None:
        """Mark the rows stored before that are heads no more."""
        stored = [self._known[id_] for id_, line in named if id_ in self._known and self._known[id_].line == line]
        heads_no_more = sorted(known.seq for known in stored if known.is_head)
        for start in range(0, len(heads_no_more), AT_ONCE):
            rows = (Revision.space_id == self._space.id, Revision.seq.in_(heads_no_more[start : start + AT_ONCE]))
            marked = update(Revision).where(*rows).values(superseded_on=self._terms.today)
            self._session.execute(marked, execution_options={"synchronize_session": False})


_STORED: Final = select(
    Revision.id, Revision.seq, Revision.record_id, Revision.kind, Revision.superseded_on.is_(None)
).where(Revision.space_id == bindparam("space_id"))
_NAMED: Final = (
    select(AwaitedParent.parent_id, Revision.record_id, Revision.kind)
    .join(Revision, (Revision.space_id == AwaitedParent.space_id) & (Revision.seq == AwaitedParent.child_seq))
    .where(AwaitedParent.space_id == bindparam("space_id"))
)


def _known(session: Session, space_id: bytes, ids: Iterable[bytes]) -> Iterator[tuple[bytes, _Known]]:
    """Yield those of the ids that are stored here."""
    found = rows_among(session, _STORED, Revision.id, list(ids), space_id=space_id)
    for id_, seq, record_id, kind, is_head in found:
        yield id_, _Known(seq, _Line(record_id, kind == Kind.ROLL), bool(is_head))


def _named_before(session: Session, space_id: bytes, ids: Iterable[bytes]) -> Iterator[tuple[bytes, _Line]]:
    """Yield what stored revisions, come before their parents, name among the ids."""
    found = rows_among(session, _NAMED, AwaitedParent.parent_id, list(ids), space_id=space_id)
    for parent_id, record_id, kind in found:
        yield parent_id, _Line(record_id, kind == Kind.ROLL)


def _line(revision: Sound) -> _Line:
    return _Line(revision.header.record_id, revision.header.kind is Kind.ROLL)
