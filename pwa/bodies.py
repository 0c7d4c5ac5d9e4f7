"""JSON that somebody sent, read once: no name twice, no member that is not listed. Knows no Flask."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Set


class BodyRefusedError(ValueError):
    """The body is not JSON of the form asked for."""


def parse_json(body: bytes) -> object:
    """Return what a body says. Raises `BodyRefusedError`, also for one nested deeper than can be read."""
    try:
        return json.loads(body.decode("utf-8"), object_pairs_hook=_unique)
    except (ValueError, RecursionError) as error:
        raise BodyRefusedError from error


def members_of(value: object, required: Set[str], optional: Set[str] = frozenset()) -> dict[str, Any]:
    """Return the members of an object: all that are required, and none that is not listed. Else `BodyRefusedError`."""
    if not isinstance(value, dict) or not required <= value.keys() <= required | optional:
        raise BodyRefusedError
    return value


def items_of(value: object) -> list[Any]:
    """Return the items of a list. Raises `BodyRefusedError`."""
    if not isinstance(value, list):
        raise BodyRefusedError
    return value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a name given twice: it means one thing to one reader and another to the next."""
    members = dict(pairs)
    if len(members) != len(pairs):
        raise BodyRefusedError
    return members
