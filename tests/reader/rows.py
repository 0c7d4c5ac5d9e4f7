"""Revisions as pages and pushes have them, and the chain over a space's numbers (docs/sync-protocol.md)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from tests.reader.base64url import from_base64url, to_base64url
from tests.reader.envelope import Revision, is_whole, revision_of
from tests.reader.unreadable import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.reader.json_text import Json

MOST_SENT, MOST_SENT_BYTES = 200, 1024 * 1024


def sent(revision: Revision) -> Json:
    """Return a revision as a push has it."""
    parts = {"id": revision.id, "header": revision.header, "blob": revision.blob, "signature": revision.signature}
    return {name: to_base64url(part) for name, part in parts.items() if part is not None}


def received(row: Json) -> Revision:
    """Return a row of a page, its id checked. Raises `UnreadableError`: `wrong-id`, `damaged`."""
    header, id_ = from_base64url(row["header"]), from_base64url(row["id"], 32)
    signature = from_base64url(row["signature"], 64) if "signature" in row else None
    if "blob" in row:
        revision = revision_of(header, from_base64url(row["blob"]), signature)
    else:
        revision = Revision(id_, header, None, from_base64url(row["blob_hash"], 32), signature)
    if revision.id != id_ or not is_whole(revision):
        raise UnreadableError("wrong-id")
    return revision


def batches(revisions: Sequence[Revision]) -> Iterator[list[Revision]]:
    """Cut what is to be sent into pushes that are not too large."""
    batch: list[Revision] = []
    size = 0
    for each in revisions:
        own = len(each.header) + len(each.blob or b"")
        if batch and (len(batch) == MOST_SENT or size + own > MOST_SENT_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(each)
        size += own
    if batch:
        yield batch


def first_chain(space: bytes) -> bytes:
    """Return the chain of a space with nothing in it."""
    return hashlib.sha256(space).digest()


def folded(chain: bytes, id_: bytes) -> bytes:
    """Return the chain after one revision more."""
    return hashlib.sha256(chain + id_).digest()
