"""What the service worker keeps, written into the worker itself. Knows no Flask.

Every row carries the digest of the exact bytes, so a phone never keeps a page from a captive portal or half a version;
and as the list is part of the worker, any change of the app or of the operator's settings is a new worker.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Final, TypedDict

from pwa.shell.client import ClientDamagedError, integrity_of
from pwa.shell.files import FOR_EVER, ServedFile

if TYPE_CHECKING:
    from collections.abc import Mapping

PLACEHOLDER: Final = b'"__CAIRN_PRECACHE__"'


class Row(TypedDict):
    """One kept file. `revision` is nothing where the name itself says the content."""

    url: str
    revision: str | None
    integrity: str


def precache_rows(files: Mapping[str, ServedFile]) -> list[Row]:
    """Return a row for each of `files`, by address, in the order of the addresses."""
    return [
        Row(
            url=url,
            revision=None if file.cache_control == FOR_EVER else hashlib.sha256(file.content).hexdigest()[:16],
            integrity=integrity_of(file.content),
        )
        for url, file in sorted(files.items())
    ]


def worker_with(rows: list[Row], worker: bytes) -> bytes:
    """Write `rows` in place of the built worker's placeholder. Raises `ClientDamagedError` unless it is there once."""
    if worker.count(PLACEHOLDER) != 1:
        raise ClientDamagedError("service-worker.js has no single place for the list of files; build the client again")
    return worker.replace(PLACEHOLDER, json.dumps(rows, separators=(",", ":")).encode("ascii"))
