"""A database that has grown: filled by direct inserts into the app's own tables, with ids and chains that hold.

A million pushes would take an hour; what lies in the tables afterwards is the same.
"""

from __future__ import annotations

import hashlib
from itertools import count, islice
from random import Random
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text, update
from sqlalchemy.orm import Session

from pwa.database import Base, open_engine
from pwa.sync.header import Kind, Owner
from pwa.sync.models import AccountSpace, Revision, Space
from pwa.sync.rows import insert_rows
from tests.sync.made import ANN, KEY, TODAY, header, record, sent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Engine

    from pwa.sync.revisions import Sent

BLOB_BYTES: Final = 284  # what the smallest body comes to when sealed
AT_ONCE: Final = 50_000
SEED: Final = 1


def fill(database_url: str, *, vaults: dict[bytes, int], others: int = 0) -> None:
    """Make vaults of Ann's, each with so many revisions, and so many of other people with one revision each."""
    engine = open_engine(database_url)
    try:
        if engine.dialect.name == "sqlite":
            with engine.connect() as connection:  # room for the indexes, on the one connection that fills
                connection.execute(text("PRAGMA cache_size=-400000"))
        for space_id, rows in vaults.items():
            _grow(engine, space_id, rows)
        for first in range(0, others, AT_ONCE):
            _add_others(engine, range(first, min(first + AT_ONCE, others)))
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("ANALYZE"))  # PostgreSQL does so by itself after so many rows
    finally:
        engine.dispose()


def edits(space_id: bytes, *, seed: int = SEED) -> Iterator[Sent]:
    """Yield revisions without end: each record is written, and edited once."""
    random = Random(seed)  # noqa: S311 - a seed to repeat a run by
    for number in count():
        first = sent(header(record_id=record(number + seed * 10**9), space=space_id), random.randbytes(BLOB_BYTES))
        yield first
        edited = header(record_id=first.header[19:51], parents=[first.id], space=space_id)
        yield sent(edited, random.randbytes(BLOB_BYTES))


def other_person(number: int) -> tuple[bytes, bytes]:
    """Return the account and the space of one of the others."""
    return hashlib.sha256(b"account %d" % number).digest()[:16], hashlib.sha256(b"space %d" % number).digest()[:16]


def _grow(engine: Engine, space_id: bytes, rows: int) -> None:
    _insert(engine, (Space, [_space(space_id)]), (AccountSpace, [{"account_id": ANN, "space_id": space_id}]))
    made, chain = edits(space_id), hashlib.sha256(space_id).digest()
    for first in range(1, rows + 1, AT_ONCE):
        revisions = []
        for seq, one in enumerate(islice(made, min(AT_ONCE, rows + 1 - first)), start=first):
            chain = hashlib.sha256(chain + one.id).digest()
            revisions.append(_revision(space_id, seq, one, chain, is_head=seq % 2 == 0 or seq == rows))
        _insert(engine, (Revision, revisions))
    with engine.begin() as connection:
        connection.execute(update(Space).where(Space.id == space_id).values(head_seq=rows, chain=chain))


def _add_others(engine: Engine, numbers: range) -> None:
    people = [other_person(number) for number in numbers]
    spaces, revisions = [], []
    for _, space_id in people:
        one = next(edits(space_id))
        chain = hashlib.sha256(hashlib.sha256(space_id).digest() + one.id).digest()
        spaces.append(_space(space_id) | {"head_seq": 1, "chain": chain})
        revisions.append(_revision(space_id, 1, one, chain, is_head=True))
    ways = [{"account_id": account_id, "space_id": space_id} for account_id, space_id in people]
    _insert(engine, (Space, spaces), (AccountSpace, ways), (Revision, revisions))


def _insert(engine: Engine, *tables: tuple[type[Base], Sequence[dict[str, Any]]]) -> None:
    with Session(engine) as session, session.begin():
        for mapped, rows in tables:
            insert_rows(session, Base.metadata.tables[mapped.__tablename__], rows)


def _space(space_id: bytes) -> dict[str, Any]:
    first = hashlib.sha256(space_id).digest()
    return {"id": space_id, "kind": Owner.VAULT, "head_seq": 0, "chain": first, "roll_id": None, "used_bytes": 0}


def _revision(space_id: bytes, seq: int, one: Sent, chain: bytes, *, is_head: bool) -> dict[str, Any]:
    return {
        "space_id": space_id,
        "seq": seq,
        "id": one.id,
        "record_id": one.header[19:51],
        "kind": Kind.EDIT,
        "key_id": KEY,
        "author_id": None,
        "header": one.header,
        "blob": one.blob,
        "blob_hash": hashlib.sha256(one.blob).digest(),
        "signature": None,
        "chain": chain,
        "received_on": TODAY,
        "superseded_on": None if is_head else TODAY,
    }
