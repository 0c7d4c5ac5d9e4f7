"""Revisions, rolls and pushes as a phone makes them. What is in a blob does not matter here: any bytes will do."""

from __future__ import annotations

import hashlib
import json
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sqlalchemy import select
from sqlalchemy.orm import Session

from pwa.base64url import to_base64url
from pwa.database import retrying
from pwa.sync.header import Kind, Owner
from pwa.sync.models import AwaitedParent, Revision, Space
from pwa.sync.pull import Page, fetch, missing, pull
from pwa.sync.push import Outcome, Quota, Terms, push
from pwa.sync.revisions import Refusal, Sent, examine
from pwa.sync.spaces import Claim, create_space

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy import Engine

TODAY = date(2026, 5, 14)
ANN, BEN = b"a" * 16, b"b" * 16
SPACE, OTHER_SPACE = b"S" * 16, b"T" * 16
KEY = b"K" * 16
ROOM = Quota(bytes=10**9, revisions=10**6)
HERS = Claim(ANN, SPACE)


def record(number: int) -> bytes:
    return hashlib.sha256(b"record %d" % number).digest()


def header(
    *,
    record_id: bytes,
    parents: Iterable[bytes] = (),
    space: bytes = SPACE,
    kind: Kind = Kind.EDIT,
    author: bytes = b"",
) -> bytes:
    owner = Owner.GROUP if author else Owner.VAULT
    return bytes((1, kind, owner)) + space + record_id + KEY + author + b"".join(sorted(parents))


def sent(header_bytes: bytes, blob: bytes, signature: bytes | None = None) -> Sent:
    id_ = hashlib.sha256(header_bytes + hashlib.sha256(blob).digest()).digest()
    return Sent(id_, header_bytes, blob, signature)


def edit(number: int, *parents: Sent, words: str = "", space: bytes = SPACE) -> Sent:
    head = header(record_id=record(number), parents=[each.id for each in parents], space=space)
    return sent(head, f"sealed {number} {words}".encode())


class Vault:
    """Whoever holds a vault's signing keys."""

    def __init__(self, space: bytes = SPACE) -> None:
        self.space = space
        self.keys = [ec.generate_private_key(ec.SECP256R1())]
        self.signing: list[dict[str, str | None]] = [{"key": to_base64url(self.public(0)), "signature": None}]

    def public(self, number: int) -> bytes:
        return self.keys[number].public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    def turn(self) -> None:
        """Make a new signing key, signed by the last."""
        self.keys.append(ec.generate_private_key(ec.SECP256R1()))
        proof = self.sign(b"cairn/1/signing" + self.space + self.public(-1), with_key=-2)
        self.signing.append({"key": to_base64url(self.public(-1)), "signature": to_base64url(proof)})

    def sign(self, message: bytes, *, with_key: int = -1) -> bytes:
        r, s = decode_dss_signature(self.keys[with_key].sign(message, ec.ECDSA(hashes.SHA256())))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")

    def entry(self, *parents: Sent, record_id: bytes = b"L" * 32, forget_older: bool = False, **members: Any) -> Sent:  # noqa: ANN401 - JSON
        body = {"signing": self.signing, "forget_older": forget_older, "slots": "sealed", **members}
        return self.entry_of(json.dumps(body).encode(), *parents, record_id=record_id)

    def entry_of(self, blob: bytes, *parents: Sent, record_id: bytes = b"L" * 32) -> Sent:
        head = header(record_id=record_id, parents=[p.id for p in parents], space=self.space, kind=Kind.ROLL)
        unsigned = sent(head, blob)
        return Sent(unsigned.id, head, blob, self.sign(b"cairn/1/revision" + unsigned.id))


def first_part(vault: Vault, *, entry: Sent | None = None) -> dict[str, object]:
    """Return what a sign-up brings of its vault."""
    return {"id": to_base64url(vault.space), "entry": written(entry or vault.entry())}


def written(revision: Sent) -> dict[str, str]:
    names = ("id", "header", "blob") if revision.signature is None else ("id", "header", "blob", "signature")
    return {name: to_base64url(getattr(revision, name)) for name in names}


class Server:
    """The functions over one database, as the routes call them."""

    def __init__(self, engine: Engine, *, quota: Quota = ROOM) -> None:
        self.engine = engine
        self.quota = quota
        self.today = TODAY

    def create(self, account_id: bytes = ANN, space_id: bytes = SPACE) -> None:
        with self.writing() as session:
            create_space(session, account_id, space_id, Owner.VAULT)

    def push(
        self, *revisions: Sent, claim: Claim = HERS, is_proved: bool = True, quota: Quota | None = None
    ) -> list[Outcome | Refusal]:
        terms = Terms(quota=quota or self.quota, today=self.today, is_proved=is_proved)
        examined = [examine(each, space_id=claim.space_id) for each in revisions]
        return retrying(
            lambda: Session(self.engine),
            lambda session: push(session, claim, examined, terms),
            jitter=lambda: 0.5,
            sleep=lambda _seconds: None,
            attempts=50,
        )

    def reading(self) -> Session:
        return Session(self.engine.execution_options(read_only=True))

    @contextmanager
    def writing(self) -> Iterator[Session]:
        with Session(self.engine) as session, session.begin():
            yield session

    def pull(self, *, after: int = 0, limit: int = 1_000, blobs: bool = True, claim: Claim = HERS) -> Page:
        with self.reading() as session:
            return pull(session, claim, after=after, limit=limit, blobs=blobs)

    def missing(self, ids: Sequence[bytes], claim: Claim = HERS) -> Sequence[bytes]:
        with self.reading() as session:
            return missing(session, claim, ids)

    def fetch(self, ids: Sequence[bytes], claim: Claim = HERS) -> Page:
        with self.reading() as session:
            return fetch(session, claim, ids)

    def rows(self, space_id: bytes = SPACE) -> Sequence[Revision]:
        with self.reading() as session:
            return session.scalars(select(Revision).where(Revision.space_id == space_id).order_by(Revision.seq)).all()

    def awaited(self, space_id: bytes = SPACE) -> set[tuple[bytes, int]]:
        with self.reading() as session:
            asked = select(AwaitedParent.parent_id, AwaitedParent.child_seq).where(AwaitedParent.space_id == space_id)
            return {(row.parent_id, row.child_seq) for row in session.execute(asked)}

    def space(self, space_id: bytes = SPACE) -> Space:
        with self.reading() as session:
            return session.get_one(Space, space_id)


def check_space(server: Server, space_id: bytes = SPACE) -> None:
    """Hold what must be true of a space after any history of pushes."""
    rows, space = server.rows(space_id), server.space(space_id)
    assert [row.seq for row in rows] == list(range(1, space.head_seq + 1)), "a number is missing"
    chain = hashlib.sha256(space_id).digest()
    for row in rows:
        assert row.id == hashlib.sha256(row.header + row.blob_hash).digest()
        assert row.blob is None or row.blob_hash == hashlib.sha256(row.blob).digest()
        chain = hashlib.sha256(chain + row.id).digest()
        assert row.chain == chain
    assert space.chain == chain
    named = {(row.record_id, row.kind, parent) for row in rows for parent in parents_of(row.header)}
    for row in rows:
        assert (row.superseded_on is not None) == ((row.record_id, row.kind, row.id) in named), row.seq
    here = {row.id for row in rows}
    absent = {(parent, row.seq) for row in rows for parent in parents_of(row.header) if parent not in here}
    assert server.awaited(space_id) == absent
    assert space.used_bytes == sum(len(row.header) + len(row.blob or b"") + len(row.signature or b"") for row in rows)


def parents_of(header_bytes: bytes) -> list[bytes]:
    return [header_bytes[at : at + 32] for at in range(67, len(header_bytes), 32)]
