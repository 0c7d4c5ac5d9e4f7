"""What one phone holds: revisions as they were sealed, what was opened of them, and the edits it makes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.reader.base64url import to_base64url
from tests.reader.body import Body, Saw, encode_body, parse_body
from tests.reader.envelope import (
    MOST_BYTES,
    NONCE_BYTES,
    TAG_BYTES,
    Header,
    Kind,
    Revision,
    open_revision,
    parse_header,
    seal_revision,
)
from tests.reader.merge import MOST_PARENTS, Edited, Opened, Pen, State, deletion, edit, heads, is_in_trash, join_all
from tests.reader.unreadable import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from tests.reader.chance import Chance
    from tests.reader.keys import Vault
    from tests.reader.merge import Entry


@dataclass
class Records:
    """All records of one vault, on one phone. `last_n` is, for each record and writer, the number given out last."""

    vault: Vault
    chance: Chance
    clock: int = 1_700_000_000_000
    saw: Saw | None = None
    sealed: dict[bytes, Revision] = field(default_factory=dict)
    types: dict[bytes, str] = field(default_factory=dict)
    opened: defaultdict[bytes, dict[bytes, Opened]] = field(default_factory=lambda: defaultdict(dict))
    stubs: defaultdict[bytes, dict[bytes, tuple[bytes, ...]]] = field(default_factory=lambda: defaultdict(dict))
    last_n: dict[tuple[bytes, str], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Take a writer's name: a new one each time the app opens."""
        self.writer = self._new_writer()

    def add(self, revision: Revision) -> str:
        """Take a revision in; return `opened`, `stub`, `waiting` (kept untouched) or `broken` (counts as absent)."""
        if revision.blob is None:
            header = parse_header(revision.header)
            self.stubs[header.record][revision.id] = header.parents
            return "stub"
        try:
            header, body = self._open(revision)
        except UnreadableError as error:
            if error.code not in {"newer-format", "wrong-key"}:
                return "broken"
            self.sealed[revision.id] = revision
            return "waiting"
        self.sealed[revision.id] = revision
        self.types[header.record] = body.type
        self.opened[header.record][revision.id] = Opened(revision.id, header.parents, body.state)
        return "opened"

    def open_waiting(self) -> None:
        """Try again what waited, once another key is here."""
        known = {id_ for some in self.opened.values() for id_ in some}
        for revision in [each for each in self.sealed.values() if each.id not in known]:
            self.add(revision)

    def heads(self, record: bytes) -> list[Opened]:
        """Return a record's heads."""
        return heads(self.opened[record].values(), self.stubs[record])

    def state(self, record: bytes) -> State:
        """Return what a record says."""
        return join_all(each.state for each in self.heads(record))

    def all_heads(self) -> list[Revision]:
        """Return the sealed bytes of every head."""
        return [self.sealed[head.id] for record in self.opened for head in self.heads(record)]

    def shown(self) -> dict[bytes, State]:
        """Return what every record says that has something to say and is not in the trash."""
        states = {record: self.state(record) for record in self.opened}
        return {record: state for record, state in states.items() if state.entries and not is_in_trash(state)}

    def make(self, type_: str, values: Mapping[str, object], record: bytes | None = None) -> Revision:
        """Begin a record."""
        return self._write(record or self.chance(32), type_, values, shown=())

    def write(self, record: bytes, values: Mapping[str, object], shown: Collection[Entry] | None = None) -> Revision:
        """Write fields of a record anew, all that is there being shown unless `shown` says otherwise."""
        seen = self.state(record).entries if shown is None else shown
        return self._write(record, self.types[record], values, shown=seen)

    def delete(self, record: bytes) -> Revision:
        """Put a record in the trash."""
        state = self.state(record)
        return self._write(record, self.types[record], deletion(state), shown=state.entries)

    def _write(self, record: bytes, type_: str, values: Mapping[str, object], *, shown: Collection[Entry]) -> Revision:
        pen = Pen(self.writer, self.last_n.get((record, self.writer), 0), self.clock, self._new_writer)
        edited = edit(self.heads(record), values, pen, shown=shown, fits=lambda state, k: self._fits(type_, state, k))
        self.writer, self.last_n[record, edited.writer] = edited.writer, edited.n
        revision = self._seal(record, type_, edited)
        if self.add(revision) != "opened":
            raise AssertionError("a phone opens what it sealed")
        return revision

    def _open(self, revision: Revision) -> tuple[Header, Body]:
        key = self.vault.keys().get(parse_header(revision.header).key_id, self.vault.key)
        header, content = open_revision(key, self.vault.space, revision)
        return header, parse_body(content)

    def _seal(self, record: bytes, type_: str, edited: Edited) -> Revision:
        header = Header(self.vault.space, record, self.vault.key.id, edited.parents, Kind.EDIT)
        body = encode_body(Body(type_, edited.state, self.saw))
        return seal_revision(self.vault.key, header, body, nonce=self.chance(NONCE_BYTES))

    def _fits(self, type_: str, state: State, parents: int) -> bool:
        around = 67 + 32 * parents + NONCE_BYTES + TAG_BYTES
        return parents <= MOST_PARENTS and around + len(encode_body(Body(type_, state, self.saw))) <= MOST_BYTES

    def _new_writer(self) -> str:
        return to_base64url(self.chance(12))
