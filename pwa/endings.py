"""Which ways in ended lately, noted beside the database: a backup put back would let them in again.

A way in is known by a hash: of a session's token, of a recovery token, of the ids of a passkey. One line an ending:
SHA-256 of that hash, and the hash of the token that took its place, or zeros. All come of random bytes that stand on
the person's phone or paper alone, so a line says something only to who has the way in, or the tables.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from pwa import day_files

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

HASH_BYTES: Final = hashlib.sha256().digest_size
NOTHING: Final = bytes(HASH_BYTES)


class Endings:
    """What was noted."""

    def __init__(self, folder: Path) -> None:
        """Read it. A line that was cut off says nothing."""
        self._last: dict[str, tuple[int, bytes]] = {}
        for number, line in enumerate(day_files.lines_of(folder, length=4 * HASH_BYTES + 1)):
            ended, instead = line.split(" ")
            self._last[ended] = number, bytes.fromhex(instead)

    def since(self, way: bytes) -> bytes | None:
        """Return what lets in by now where `way` did: itself, what took its place, or nothing.

        Somebody may have gone back to a token. It ended when it did last, unless it took another's place after that.
        """
        before = -1
        while way != NOTHING:
            number, instead = self._last.get(_hash(way), (-1, way))
            if number <= before:
                return way
            before, way = number, instead
        return None


def note_ending(folder: Path, way: bytes, instead: bytes | None, *, today: date) -> None:
    """Note that a way in ended, once it did. Raises `OSError` where the folder cannot be written."""
    day_files.append(folder, f"{_hash(way)} {(instead or NOTHING).hex()}", today=today)


def _hash(way: bytes) -> str:
    return hashlib.sha256(b"cairn/1/ending" + way).hexdigest()
