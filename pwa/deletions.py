"""Which accounts were deleted lately, noted beside the database: a backup put back would bring them to life again.

One file a day, one line an account: a random salt, and SHA-256 of it and the account's id. An id is random and stands
in the account's passkeys, so a line says something only to who has the id already, and goes after 90 days.
"""

from __future__ import annotations

import hashlib
import os
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

DAYS: Final = 90
SALT_BYTES: Final = 16


class Note(NamedTuple):
    """That an account was deleted, told to nobody who does not know its id."""

    salt: bytes
    hash: bytes


def note_deletion(folder: Path, account_id: bytes, *, today: date, random: Callable[[int], bytes]) -> None:
    """Note that the account was deleted, once it is. Raises `OSError` where the folder cannot be written."""
    folder.mkdir(mode=0o700, exist_ok=True)
    salt = random(SALT_BYTES)
    line = f"{salt.hex()} {_hash(salt, account_id).hex()}\n"
    handle = os.open(folder / today.isoformat(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(handle, line.encode("ascii"))  # at once, so that lines of several processes do not mix
        os.fsync(handle)
    finally:
        os.close(handle)


def noted_deletions(folder: Path) -> list[Note]:
    """Return all there is. A line that was cut off says nothing."""
    lines = [line for file in _files(folder) for line in file.read_text(encoding="ascii").splitlines()]
    return [Note(bytes.fromhex(line[:32]), bytes.fromhex(line[33:])) for line in lines if len(line) == _LINE]


def is_among(notes: Sequence[Note], account_id: bytes) -> bool:
    """Say whether the account was deleted."""
    return any(_hash(note.salt, account_id) == note.hash for note in notes)


def forget_deletions(folder: Path, *, today: date) -> None:
    """Let go of what was noted longer ago than a backup is kept."""
    for file in _files(folder):
        if date.fromisoformat(file.name) < today - timedelta(days=DAYS):
            file.unlink()


_LINE: Final = 2 * SALT_BYTES + 1 + 2 * hashlib.sha256().digest_size


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("[0-9]*-[0-9]*-[0-9]*"))


def _hash(salt: bytes, account_id: bytes) -> bytes:
    return hashlib.sha256(salt + account_id).digest()
