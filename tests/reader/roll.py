"""The roll of a vault as bytes: entries, the line of signing keys, and whether a line of entries holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

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
    """What an entry says. Slots may be anything: what is none hinders nothing.

    `more` holds members this reader does not know; they go into the next entry too.
    """

    signing: tuple[SigningKey, ...]
    slots: tuple[Any, ...]
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
    if _is_whole_number(told) and told > FORMAT:
        raise UnreadableError("newer-format")
    signing, slots = members.pop("signing", None), members.pop("slots", None)
    keyring, forget_older = members.pop("keyring", None), members.pop("forget_older", None)
    if (
        not _is_whole_number(told)
        or told != FORMAT
        or not isinstance(keyring, str)
        or not isinstance(forget_older, bool)
    ):
        raise UnreadableError("damaged")
    if not _are_objects(signing) or not signing or not isinstance(slots, list):
        raise UnreadableError("damaged")
    from_base64url(keyring)
    return Entry(tuple(_signing_key(each) for each in signing), tuple(slots), keyring, forget_older, members)


def read_line(space: bytes, revisions: Sequence[Revision], after: Revision | None = None) -> Entry:
    """Hold a line of entries against itself, from its first or from one `after` it, and return what the last says.

    The steps are those of docs/keys.md, *What a phone checks*. Raises `UnreadableError`: `roll-forged`, `roll-damaged`,
    `newer-format`.
    """
    headers = [_header(each) for each in revisions]
    line: tuple[SigningKey, ...] = ()
    before, record = None, headers[0].record if headers else b""
    if after is not None:
        before, record = after.id, parse_header(after.header).record
        line = parse_entry(after.blob or b"").signing
    for header, revision in zip(headers, revisions, strict=True):
        is_on_top = header.parents == (() if before is None else (before,))
        if header.space != space or header.record != record or not is_on_top:
            raise UnreadableError("roll-forged", "not in one line")
        before = revision.id
    entry = None
    for revision in revisions:
        entry = None if revision.blob is None else _entry(space, revision, line)
        line = line if entry is None else entry.signing
    if entry is None:
        raise UnreadableError("roll-damaged", "the last is not whole")
    return entry


def is_line(space: bytes, signing: Sequence[SigningKey]) -> bool:
    """Whether the first key has no signature, and each other one that of the key before it."""
    return signing[0].signature is None and all(
        is_signed(one.key, SIGNING_LABEL + space + other.key, other.signature) for one, other in pairwise(signing)
    )


def _header(revision: Revision) -> Header:
    try:
        header = parse_header(revision.header)
    except UnreadableError as error:
        raise UnreadableError(error.code if error.code == "newer-format" else "roll-damaged") from error
    if not is_whole(revision) or header.kind is not Kind.ROLL or header.author:
        raise UnreadableError("roll-damaged", "no entry of a roll")
    return header


def _entry(space: bytes, revision: Revision, line: tuple[SigningKey, ...]) -> Entry:
    try:
        entry = parse_entry(revision.blob or b"")
    except UnreadableError as error:
        raise UnreadableError(error.code if error.code == "newer-format" else "roll-damaged") from error
    if entry.signing[: len(line)] != line or not is_line(space, entry.signing):
        raise UnreadableError("roll-forged", "another line of signing keys")
    if not is_signed(entry.signing[-1].key, REVISION_LABEL + revision.id, revision.signature):
        raise UnreadableError("roll-forged", "wrongly signed")
    return entry


def _signing_key(value: Json) -> SigningKey:
    key, signature = from_base64url(value.get("key"), POINT_BYTES), value.get("signature", "none at all")
    return SigningKey(key, None if signature is None else from_base64url(signature, 64))


def _is_whole_number(value: Any) -> bool:  # noqa: ANN401 - JSON
    return (isinstance(value, int) and not isinstance(value, bool)) or (isinstance(value, float) and value.is_integer())


def _are_objects(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, dict) for each in value)
