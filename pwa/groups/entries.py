"""An entry of a group's roll, as the server reads it: who does what, about whom, and for whom there is a key.

The keys themselves are sealed; that each is there for whom it should be is all that can be told here.
docs/group-keys.md has every member of an entry.
"""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Any, Final, NamedTuple

from cryptography.hazmat.primitives.asymmetric import ec

from pwa.base64url import from_base64url
from pwa.sync.header import AUTHOR_BYTES, SPACE_BYTES

FORMAT: Final = 1
POINT_BYTES: Final = 65
SEALED_KEY_BYTES: Final = 113
REQUEST_BYTES: Final = SPACE_BYTES


class What(StrEnum):
    """What an entry does."""

    FOUND = "found"
    JOIN = "join"
    LEAVE = "leave"
    REKEY = "rekey"
    REMOVE = "remove"
    ROLE = "role"
    TURN = "turn"


class Role(StrEnum):
    """What somebody is in a group."""

    MEMBER = "member"
    STEWARD = "steward"


class PublicHalves(NamedTuple):
    """Somebody's id in the group, and the point they sign with. The one they receive with is a point, too."""

    id: bytes
    signing: bytes


class Act(NamedTuple):
    """What an entry says. `member` brings their keys, `about` is somebody who is in, `keys` is who has a key in it."""

    what: What
    member: PublicHalves | None
    about: bytes | None
    role: Role | None
    request: bytes | None
    keys: frozenset[bytes]
    makes_key: bool


class MalformedActError(ValueError):
    """The blob is not what an entry's is."""


class LaterActError(ValueError):
    """A later version of the app made the entry."""


def parse_act(blob: bytes) -> Act:
    """Return what an entry's blob says. Raises `MalformedActError`, `LaterActError`."""
    try:
        members: Any = json.loads(blob.decode("utf-8"))
        _see_format(members["format"])
        what = What(members["what"])
        role = Role(members["role"]) if what is What.ROLE else None
        makes_key = what in {What.TURN, What.REMOVE} or role is Role.MEMBER
        if makes_key and not from_base64url(members["older"]):
            raise MalformedActError
        return Act(
            what,
            _public_halves(members["member"]) if what in _WITH_MEMBER else None,
            from_base64url(members["member"], length=AUTHOR_BYTES) if what in _ABOUT_SOMEBODY else None,
            role,
            from_base64url(members["request"], length=REQUEST_BYTES) if what is What.JOIN else None,
            _keys(members["keys"]) if makes_key or what in _WITH_MEMBER else frozenset(),
            makes_key,
        )
    except LaterActError:
        raise
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError) as error:
        raise MalformedActError from error


_WITH_MEMBER: Final = frozenset({What.FOUND, What.JOIN, What.REKEY})
_ABOUT_SOMEBODY: Final = frozenset({What.REMOVE, What.ROLE})


def _see_format(told: object) -> None:
    if isinstance(told, bool) or not isinstance(told, int | float) or told != int(told) or told < FORMAT:
        raise MalformedActError
    if told > FORMAT:
        raise LaterActError


def _public_halves(value: Any) -> PublicHalves:  # noqa: ANN401 - JSON
    signing = _point(value["signing"])
    _point(value["receiving"])
    return PublicHalves(from_base64url(value["id"], length=AUTHOR_BYTES), signing)


def _point(text: object) -> bytes:
    point = from_base64url(text, length=POINT_BYTES)
    ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    return point


def _keys(value: Any) -> frozenset[bytes]:  # noqa: ANN401 - JSON
    for sealed in value.values():
        from_base64url(sealed, length=SEALED_KEY_BYTES)
    return frozenset(from_base64url(member, length=AUTHOR_BYTES) for member in value)
