"""The roll of a vault as bytes: entries, the line of signing keys, and whether a line of entries holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from tests.reader.base64url import from_base64url, to_base64url
from tests.reader.envelope import (
    Header,
    Kind,
    Revision,
    encode_header,
    is_whole,
    parse_header,
    revision_of,
)
from tests.reader.json_text import Json, read, written
from tests.reader.points import POINT_BYTES, is_signed, sign
from tests.reader.unreadable import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Sequence

REVISION_LABEL, SIGNING_LABEL = b"cairn/1/revision", b"cairn/1/signing"
FORMAT = 1


class SigningKey(NamedTuple):
    """A point the vault signed with, and the signature over it of the one before; the first has none."""

    key: bytes
    signature: bytes | None


@dataclass(frozen=True)
class Entry:
    """What an entry says. `more` holds members this reader does not know; they go into the next entry too."""

    signing: tuple[SigningKey, ...]
    slots: tuple[Json, ...]
    keyring: str
    forget_older: bool = False
    more: Json = field(default_factory=dict)


def signed_entry(entry: Entry, header: Header, *, scalar: bytes) -> Revision:
    """Return an entry as a revision, signed with the last signing key's scalar."""
    signing = [
        {"key": to_base64url(key), "signature": None if signature is None else to_base64url(signature)}
        for key, signature in entry.signing
    ]
    members = {"format": FORMAT, "signing": signing, "forget_older": entry.forget_older}
    blob = written({**members, "slots": list(entry.slots), "keyring": entry.keyring, **entry.more})
    head = encode_header(header)
    return revision_of(head, blob, sign(scalar, REVISION_LABEL + revision_of(head, blob).id))


def next_signing_key(point: bytes, *, space: bytes, scalar: bytes) -> SigningKey:
    """Return a new signing point, signed with the last one's scalar."""
    return SigningKey(point, sign(scalar, SIGNING_LABEL + space + point))


def parse_entry(blob: bytes) -> Entry:
    """Read an entry's blob. Raises `UnreadableError`: `newer-format`, `damaged`."""
    members = read(blob)
    told = members.pop("format", None)
    if isinstance(told, int) and told > FORMAT:
        raise UnreadableError("newer-format")
    signing, slots = members.pop("signing", None), members.pop("slots", None)
    keyring, forget_older = members.pop("keyring", None), members.pop("forget_older", None)
    if told is not FORMAT or not isinstance(keyring, str) or not isinstance(forget_older, bool):
        raise UnreadableError("damaged")
    if not _are_objects(signing) or not signing or not _are_objects(slots):
        raise UnreadableError("damaged")
    return Entry(tuple(_signing_key(each) for each in signing), tuple(slots), keyring, forget_older, members)


def read_line(space: bytes, revisions: Sequence[Revision], after: Revision | None = None) -> Entry:
    """Hold a line of entries against itself, from its first or from one `after` it, and return what the last says.

    Older ones may be stubs. Raises `UnreadableError`: `roll-forged`, `roll-damaged`, `newer-format`.
    """
    line: tuple[SigningKey, ...] = ()
    before, record, entry = None, None, None
    if after is not None:
        before, record = after.id, parse_header(after.header).record
        line = parse_entry(after.blob or b"").signing
    for revision in revisions:
        header, entry = _read(space, revision, is_last=revision is revisions[-1])
        if header.parents != (() if before is None else (before,)) or record not in {None, header.record}:
            raise UnreadableError("roll-forged", "not on top of the one before")
        before, record = revision.id, header.record
        if entry is not None:
            if entry.signing[: len(line)] != line or not is_line(space, entry.signing):
                raise UnreadableError("roll-forged", "another line of signing keys")
            line = entry.signing
    if entry is None:
        raise UnreadableError("roll-damaged", "no entry")
    return entry


def is_line(space: bytes, signing: Sequence[SigningKey]) -> bool:
    """Whether the first key has no signature, and each other one that of the key before it."""
    return signing[0].signature is None and all(
        is_signed(one.key, SIGNING_LABEL + space + other.key, other.signature) for one, other in pairwise(signing)
    )


def _read(space: bytes, revision: Revision, *, is_last: bool) -> tuple[Header, Entry | None]:
    """Return the header, and what the entry says unless it is a stub."""
    try:
        header = parse_header(revision.header)
        entry = None if revision.blob is None else parse_entry(revision.blob)
    except UnreadableError as error:
        raise UnreadableError(error.code if error.code == "newer-format" else "roll-damaged") from error
    if not is_whole(revision) or (is_last and entry is None):
        raise UnreadableError("roll-damaged", "not the bytes that were asked for")
    if header.kind is not Kind.ROLL or header.author or header.space != space:
        raise UnreadableError("roll-forged", "not of this roll")
    if entry is not None and not is_signed(entry.signing[-1].key, REVISION_LABEL + revision.id, revision.signature):
        raise UnreadableError("roll-forged", "wrongly signed")
    return header, entry


def _signing_key(value: Json) -> SigningKey:
    key, signature = from_base64url(value.get("key"), POINT_BYTES), value.get("signature")
    return SigningKey(key, None if signature is None else from_base64url(signature, 64))


def _are_objects(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, dict) for each in value)
