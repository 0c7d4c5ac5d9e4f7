"""Histories: several phones push and pull one vault, over a connection and a server that fail in every way.

Replies are lost, batches are doubled and shuffled, children come before their parents, days pass and old blobs are let
go of, and yesterday's backup is put in the database's place. After each step the space must hold together; at the end
every phone has everything, and nothing twice.
"""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select

from pwa.sync.generation import renew_generation
from pwa.sync.models import AccountSpace, AwaitedParent, Revision, Space
from pwa.sync.push import Outcome
from pwa.sync.retention import prune_space
from pwa.sync.spaces import Claim
from tests.sync.made import ANN, Server, check_space, header, parents_of, record, sent

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from pwa.sync.revisions import Sent

RECORDS = 3
TABLES = (Space, Revision, AwaitedParent, AccountSpace)


@dataclass
class Phone:
    """A phone: what it keeps sealed, what it still has to send, and what it last verified."""

    name: int
    kept: dict[bytes, Sent] = field(default_factory=dict)
    outbox: list[Sent] = field(default_factory=list)
    cursor: int = 0
    chain: bytes = b""
    generation: bytes = b""


class History:
    """One vault, its phones, and the backups taken of it."""

    def __init__(self, server: Server, seed: int, phones: int) -> None:
        self.server = server
        self.random = random.Random(seed)  # noqa: S311 - a seed to repeat a run by
        self.claim = Claim(ANN, uuid4().bytes)
        self.phones = [Phone(n) for n in range(phones)]
        self.backup: dict[Any, list[dict[str, Any]]] | None = None
        self.made: dict[bytes, Sent] = {}
        server.create(*self.claim)

    def write(self, phone: Phone) -> None:
        number = self.random.randrange(RECORDS)
        mine = [each for each in phone.kept.values() if each.header[19:51] == record(number)]
        named = {parent for each in mine for parent in parents_of(each.header)}
        heads = [each.id for each in mine if each.id not in named]
        parents = heads if self.random.random() < 0.8 else self.random.sample(heads, len(heads) // 2)
        head = header(record_id=record(number), parents=parents, space=self.claim.space_id)
        one = sent(head, b"%d %d" % (phone.name, self.random.getrandbits(64)))
        self.made[one.id] = phone.kept[one.id] = one
        phone.outbox.append(one)

    def push(self, phone: Phone) -> None:
        """Send some of the outbox, shuffled, some of it twice; the reply may be lost."""
        batch = self.random.sample(phone.outbox, self.random.randint(0, len(phone.outbox)))
        batch += self.random.sample(batch, len(batch) // 3)
        outcomes = self.server.push(*batch, claim=self.claim)
        assert set(outcomes) <= {Outcome.STORED, Outcome.DUPLICATE}
        if self.random.random() < 0.7:
            gone = {each.id for each in batch}
            phone.outbox = [each for each in phone.outbox if each.id not in gone]

    def pull(self, phone: Phone) -> None:
        """Pull one page and verify it, or reconcile where the server is not what it was."""
        page = self.server.pull(after=phone.cursor, limit=self.random.randint(1, 5), claim=self.claim)
        chain = phone.chain or hashlib.sha256(self.claim.space_id).digest()
        assert [row.seq for row in page.rows] == list(range(phone.cursor + 1, phone.cursor + 1 + len(page.rows)))
        for row in page.rows:
            chain = hashlib.sha256(chain + row.id).digest()
        if page.head < phone.cursor or chain != page.chain or page.generation != (phone.generation or page.generation):
            self.reconcile(phone)
            return
        self.take(phone, page.rows)
        phone.cursor, phone.chain, phone.generation = page.at, chain, page.generation

    def reconcile(self, phone: Phone) -> None:
        named = {parent for each in phone.kept.values() for parent in parents_of(each.header)}
        heads = [id_ for id_ in phone.kept if id_ not in named]
        lacked = self.server.missing(heads, self.claim)
        self.server.push(*[phone.kept[id_] for id_ in lacked], claim=self.claim)
        index = self.server.pull(blobs=False, claim=self.claim)
        unknown = [row.id for row in index.rows if row.id not in phone.kept]
        self.take(phone, self.server.fetch(unknown, self.claim).rows)
        phone.cursor, phone.chain, phone.generation = index.at, index.chain, index.generation

    def take(self, phone: Phone, rows: Any) -> None:  # noqa: ANN401 - rows of a page
        for row in rows:
            if row.blob is not None:
                phone.kept[row.id] = self.made[row.id]
            assert row.header == self.made[row.id].header

    def pass_days(self, _phone: Phone) -> None:
        self.server.today += timedelta(days=self.random.choice((1, 15, 31)))
        with self.server.writing() as session:
            prune_space(session, self.claim.space_id, today=self.server.today)

    def back_up(self, _phone: Phone) -> None:
        with self.server.reading() as session:
            self.backup = {
                table: [dict(row) for row in session.execute(select(table.__table__).where(self.of(table))).mappings()]
                for table in TABLES
            }

    def restore(self, _phone: Phone) -> None:
        """Put the backup back, as the database's own tools would, and begin another generation."""
        if self.backup is None:
            return
        with self.server.writing() as session:
            for table in (AwaitedParent, Revision, AccountSpace, Space):
                session.execute(delete(table).where(self.of(table)))
            for table, rows in self.backup.items():
                if rows:
                    session.execute(insert(table), rows)
            renew_generation(session, self.random.randbytes)

    def of(self, table: Any) -> Any:  # noqa: ANN401 - a mapped class, a condition
        return (table.id if table is Space else table.space_id) == self.claim.space_id

    def settle(self) -> None:
        """Let every phone send and receive until nothing moves any more."""
        for _ in range(2):
            for phone in self.phones:
                self.reconcile(phone)
                self.server.push(*phone.outbox, claim=self.claim)
                phone.outbox = []
        for phone in self.phones:
            while phone.cursor < self.server.space(self.claim.space_id).head_seq:
                self.pull(phone)


STEPS = ("write", "write", "write", "push", "push", "pull", "pull", "pass_days", "back_up", "restore")
HISTORIES = st.tuples(st.integers(0, 2**32), st.lists(st.sampled_from(STEPS), min_size=5, max_size=40))


@pytest.fixture
def examples(engine: Engine) -> int:
    return 100 if engine.dialect.name == "sqlite" else 40


def test_whatever_happens_the_space_holds_together_and_every_phone_ends_complete(engine: Engine, examples: int) -> None:
    met: dict[str, int] = dict.fromkeys(STEPS, 0)

    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))
    @given(HISTORIES)
    def run(history: tuple[int, list[str]]) -> None:
        seed, steps = history
        story = History(Server(engine), seed, phones=3)
        for step in steps:
            getattr(story, step)(story.random.choice(story.phones))
            met[step] += 1
            check_space(story.server, story.claim.space_id)
        story.settle()
        check_complete(story)

    run()
    assert all(met.values()), met


def check_complete(story: History) -> None:
    """Hold what must be true at the end, once every phone has sent and received."""
    check_space(story.server, story.claim.space_id)
    stored = {row.id for row in story.server.rows(story.claim.space_id)}
    named_by_any = {parent for each in story.made.values() for parent in parents_of(each.header)}
    for phone in story.phones:
        heads = set(phone.kept) - {parent for each in phone.kept.values() for parent in parents_of(each.header)}
        assert heads <= stored
        assert phone.outbox == []
        assert set(story.made) - named_by_any <= set(phone.kept), "something nobody replaced is gone"
