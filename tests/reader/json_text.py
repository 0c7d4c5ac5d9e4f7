"""JSON in bodies, entries and keyrings: UTF-8; of a member that stands twice the last counts, as in ECMAScript."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from tests.reader.unreadable import UnreadableError

Json = dict[str, Any]


def written(value: object) -> bytes:
    """Return a value as JSON, as short as it can be; half of a pair of surrogates is escaped, as in ECMAScript."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode(
        errors="backslashreplace"
    )


def read(content: bytes) -> Json:
    """Return the object in the bytes, white space around it ignored. Raises `UnreadableError`, `damaged`."""
    try:
        value = json.loads(content.decode("utf-8-sig"), parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise UnreadableError("damaged") from error
    if not isinstance(value, dict):
        raise UnreadableError("damaged")
    return value


def _refuse(constant: str) -> NoReturn:
    raise UnreadableError("damaged", constant)
