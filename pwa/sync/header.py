"""The header of a revision: fixed widths, in clear. Refuses what `pwa/client/replica/header.ts` refuses.

offset  bytes
0       1      format, now 1
1       1      kind: 1 edit, 2 erase (in groups), 3 roll
2       1      owner of the space: 0 vault, 1 group
3       16     space
19      32     record
51      16     key
67      16     author, in groups only
67|83   32·k   parents in the order of their bytes, each once, at most 255
"""

from __future__ import annotations

from enum import IntEnum
from itertools import pairwise
from typing import Final, NamedTuple

FORMAT: Final = 1
SPACE_BYTES: Final = 16
RECORD_BYTES: Final = 32
KEY_BYTES: Final = 16
AUTHOR_BYTES: Final = 16
ID_BYTES: Final = 32
MOST_PARENTS: Final = 255

_SPACE: Final = slice(3, 19)
_RECORD: Final = slice(19, 51)
_KEY: Final = slice(51, 67)
_AUTHOR: Final = slice(67, 83)


class Kind(IntEnum):
    """What a revision is for. An erase has no body and exists in groups only; a roll entry is in clear."""

    EDIT = 1
    ERASE = 2
    ROLL = 3


class Owner(IntEnum):
    """Whose a space is."""

    VAULT = 0
    GROUP = 1


class Header(NamedTuple):
    """What a header says. `author_id` is there in groups, and only there; `parents` are sorted."""

    kind: Kind
    owner: Owner
    space_id: bytes
    record_id: bytes
    key_id: bytes
    author_id: bytes | None
    parents: tuple[bytes, ...]


class MalformedHeaderError(ValueError):
    """The bytes are no header. `reason` is one of the client's own codes."""

    def __init__(self, reason: str) -> None:
        """Keep the reason."""
        super().__init__(reason)
        self.reason = reason


class NewerFormatError(ValueError):
    """A later version of the app made the header: nothing after its first byte can be told."""


def parse_header(header: bytes) -> Header:
    """Return what the bytes say. Raises `NewerFormatError` or `MalformedHeaderError`."""
    format_, kind, owner = (*header[:3], 0, 0, 0)[:3]
    if format_ > FORMAT:
        raise NewerFormatError(format_)
    if format_ != FORMAT:
        raise MalformedHeaderError("format")
    if kind not in _KINDS or (kind == Kind.ERASE and owner == Owner.VAULT):
        raise MalformedHeaderError("kind")
    if owner not in _OWNERS:
        raise MalformedHeaderError("owner")
    fixed = _AUTHOR.stop if owner == Owner.GROUP else _KEY.stop
    if len(header) < fixed or (len(header) - fixed) % ID_BYTES:
        raise MalformedHeaderError("length")
    return Header(
        kind=_KINDS[kind],
        owner=_OWNERS[owner],
        space_id=header[_SPACE],
        record_id=header[_RECORD],
        key_id=header[_KEY],
        author_id=header[_AUTHOR] if owner == Owner.GROUP else None,
        parents=_parents(header, fixed),
    )


def _parents(header: bytes, start: int) -> tuple[bytes, ...]:
    if len(header) <= start + ID_BYTES:
        return (header[start:],) if len(header) > start else ()
    parents = tuple(header[at : at + ID_BYTES] for at in range(start, len(header), ID_BYTES))
    if any(one >= other for one, other in pairwise(parents)):
        raise MalformedHeaderError("parents")
    if len(parents) > MOST_PARENTS:
        raise MalformedHeaderError("too-many-parents")
    return parents


_KINDS: Final = {kind.value: kind for kind in Kind}
_OWNERS: Final = {owner.value: owner for owner in Owner}
