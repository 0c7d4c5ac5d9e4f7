"""Which accounts were deleted lately, noted beside the database: a backup put back would bring them to life again.

One line an account: a random salt, and SHA-256 of it and the account's id. An id is random and stands in the account's
passkeys, so a line says something only to who has the id already.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final, NamedTuple

from pwa import day_files

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path

SALT_BYTES: Final = 16


class Note(NamedTuple):
    """That an account was deleted, told to nobody who does not know its id."""

    salt: bytes
    hash: bytes


def note_deletion(folder: Path, account_id: bytes, *, today: date, random: Callable[[int], bytes]) -> None:
    """Note that the account was deleted, once it is. Raises `OSError` where the folder cannot be written."""
    salt = random(SALT_BYTES)
    day_files.append(folder, f"{salt.hex()} {_hash(salt, account_id).hex()}", today=today)


def noted_deletions(folder: Path) -> list[Note]:
    """Return all there is. A line that was cut off says nothing."""
    lines = day_files.lines_of(folder, length=_LINE)
    return [Note(bytes.fromhex(line[:32]), bytes.fromhex(line[33:])) for line in lines]


def is_among(notes: Sequence[Note], account_id: bytes) -> bool:
    """Say whether the account was deleted."""
    return any(_hash(note.salt, account_id) == note.hash for note in notes)


_LINE: Final = 2 * SALT_BYTES + 1 + 2 * hashlib.sha256().digest_size


def _hash(salt: bytes, account_id: bytes) -> bytes:
    return hashlib.sha256(salt + account_id).digest()
