"""Revisions as phones send them: what can be told of one by itself, before the database is asked.

    id = SHA-256(header ‖ SHA-256(blob))

The id is the content, so the same bytes sent twice are one revision.
"""

from __future__ import annotations

import hashlib
from enum import StrEnum
from typing import Final, NamedTuple

from pwa.sync.header import Header, Kind, MalformedHeaderError, NewerFormatError, parse_header

LARGEST: Final = 256 * 1024
SIGNATURE_BYTES: Final = 64


class Refusal(StrEnum):
    """Why one revision of a batch is not taken. The phone keeps it and says so; the others are not held up."""

    TOO_LARGE = "too_large"
    WRONG_ID = "wrong_id"
    NEWER_FORMAT = "newer_format"
    MALFORMED = "malformed"
    WRONG_SPACE = "wrong_space"
    WRONG_SIGNATURE = "wrong_signature"
    WRONG_ROLL = "wrong_roll"
    ROLL_MOVED = "roll_moved"
    PROOF_NEEDED = "proof_needed"
    QUOTA_REACHED = "quota_reached"


class Sent(NamedTuple):
    """A revision as it came. Nothing is checked yet but that these are bytes."""

    id: bytes
    header: bytes
    blob: bytes
    signature: bytes | None


class Sound(NamedTuple):
    """A revision whose id is that of its bytes, and whose header is one of this space."""

    id: bytes
    header: Header
    header_bytes: bytes
    blob: bytes
    blob_hash: bytes
    signature: bytes | None

    @property
    def size(self) -> int:
        """How many bytes the space is charged for it."""
        return len(self.header_bytes) + len(self.blob) + len(self.signature or b"")


def revision_id(header: bytes, blob_hash: bytes) -> bytes:
    """Return the id that a header and a blob's hash have together."""
    return hashlib.sha256(header + blob_hash).digest()


def examine(sent: Sent, *, space_id: bytes) -> Sound | Refusal:
    """Return the revision with its header read, or why it is refused whatever the database holds."""
    if len(sent.header) + len(sent.blob) > LARGEST:
        return Refusal.TOO_LARGE
    blob_hash = hashlib.sha256(sent.blob).digest()
    if revision_id(sent.header, blob_hash) != sent.id:
        return Refusal.WRONG_ID
    header = _header(sent.header)
    if isinstance(header, Refusal):
        return header
    if header.space_id != space_id:
        return Refusal.WRONG_SPACE
    if (sent.signature is not None) != _is_signed(header) or len(sent.signature or b"") not in {0, SIGNATURE_BYTES}:
        return Refusal.WRONG_SIGNATURE
    return Sound(sent.id, header, sent.header, sent.blob, blob_hash, sent.signature)


def _header(header: bytes) -> Header | Refusal:
    try:
        return parse_header(header)
    except NewerFormatError:
        return Refusal.NEWER_FORMAT
    except MalformedHeaderError:
        return Refusal.MALFORMED


def _is_signed(header: Header) -> bool:
    """In groups everything is signed; in a vault the roll alone."""
    return header.author_id is not None or header.kind is Kind.ROLL
