"""Notes beside the database, of what a backup put back must not undo: one file a day, one line a note.

They go once no backup is old enough to need them.
"""

from __future__ import annotations

import os
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

DAYS: Final = 90


def append(folder: Path, line: str, *, today: date) -> None:
    """Add a line, and let the disk have it. Raises `OSError` where the folder cannot be written."""
    folder.mkdir(mode=0o700, exist_ok=True)
    handle = os.open(folder / today.isoformat(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(handle, f"{line}\n".encode("ascii"))  # at once, so that lines of several processes do not mix
        os.fsync(handle)
    finally:
        os.close(handle)


def lines_of(folder: Path, *, length: int) -> list[str]:
    """Return all lines, oldest first, that are whole: of this length."""
    lines = [line for file in _files(folder) for line in file.read_text(encoding="ascii").splitlines()]
    return [line for line in lines if len(line) == length]


def forget(folder: Path, *, today: date) -> None:
    """Let go of what was noted longer ago than a backup is kept."""
    for file in _files(folder):
        if date.fromisoformat(file.name) < today - timedelta(days=DAYS):
            file.unlink()


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("[0-9]*-[0-9]*-[0-9]*"))
