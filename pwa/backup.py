"""Backups of an SQLite database: taken while the site serves, checked, and put back as another life of the database.

A backup is the database in one file, with its SHA-256 beside it as `sha256sum` writes it. The secret key is not in it:
who finds a backup can sign nothing with it, and reads only what the server itself could read.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from pwa.accounts import delete_noted, end_noted
from pwa.database import in_transaction, open_engine
from pwa.deletions import is_among, noted_deletions
from pwa.endings import Endings
from pwa.migrations import HEAD, DatabaseRefusedError, bring_up_to_date
from pwa.sync import delete_vaults, renew_generation

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from sqlalchemy.orm import Session

    from pwa.config import Settings


class BackupRefusedError(Exception):
    """A backup cannot be taken, does not hold, or cannot be put back. Nothing was changed."""

    code = "backup_refused"


def back_up(settings: Settings, target: Path) -> None:
    """Write the database as it is now to `target`, a new file for this account alone, and its checksum beside it.

    Raises `BackupRefusedError`.
    """
    source = _sqlite_file(settings)
    if not source.is_file():
        raise BackupRefusedError(f"{source} is not there. Start the server once, or set CAIRN_DATA.")
    if target.exists():
        raise BackupRefusedError(f"{target} is there already. Give the name of a new file.")
    unfinished = target.with_name(f"{target.name}.unfinished")
    try:
        _empty_file(unfinished)
        with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(unfinished)) as copy:
            live.backup(copy)  # all at once: of one moment, and in WAL mode writers need not wait
            copy.execute("PRAGMA journal_mode=DELETE").close()  # so that it is one file
        _write(_checksum_file(target), f"{_sha256(unfinished)}  {target.name}\n")
        _keep(unfinished, target)
    except (OSError, sqlite3.Error) as error:
        raise BackupRefusedError(f"{target} cannot be written: {error}.") from error
    finally:
        unfinished.unlink(missing_ok=True)


def verify_backup(file: Path) -> None:
    """Check that a backup is whole, sound, and of a version this one can bring up to date.

    Raises `BackupRefusedError`.
    """
    try:
        told = _checksum_file(file).read_text(encoding="ascii").split()
        if told[:1] != [_sha256(file)]:
            raise BackupRefusedError(f"{file} is not as it was written: its checksum is another one.")
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as copy:
            sound = copy.execute("PRAGMA integrity_check(1)").fetchone()
            dangling = copy.execute("PRAGMA foreign_key_check").fetchone()
            (step,) = copy.execute("SELECT version_num FROM alembic_version").fetchone()
            (lives,) = copy.execute("SELECT count(*) FROM generation").fetchone()
    except (OSError, ValueError, TypeError, sqlite3.Error) as error:
        raise BackupRefusedError(f"{file} is no backup that can be read: {error}.") from error
    if sound != ("ok",) or dangling is not None or lives != 1:
        raise BackupRefusedError(f"{file} is damaged inside. Take another one.")
    if step > HEAD:
        raise BackupRefusedError(f"{file} was made by a newer version of Cairn ({step}). Install that one.")


def restore(settings: Settings, file: Path, *, today: date, random: Callable[[int], bytes]) -> int:
    """Put a backup where there is no database, as a new generation, so that phones bring back what it lacks.

    Ways in that ended since end again. Accounts that were deleted since are deleted again; returns how many. The file
    takes its place only when all is done. Raises `BackupRefusedError`.
    """
    target = _sqlite_file(settings)
    in_the_way = [path for path in (target, *_beside(target)) if path.exists()]
    if in_the_way:
        raise BackupRefusedError(f"{in_the_way[0]} is there. Stop the server, and move the old database away first.")
    verify_backup(file)
    unfinished = target.with_name(f"{target.name}.unfinished")
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _empty_file(unfinished)
        shutil.copyfile(file, unfinished)
        url = f"sqlite:///{unfinished.as_posix()}"
        bring_up_to_date(url)
        again = begin_another_generation(url, settings, today=today, random=random)
        with closing(sqlite3.connect(unfinished)) as copy:
            copy.execute("PRAGMA journal_mode=DELETE").close()
        _keep(unfinished, target)
    except (OSError, ValueError, sqlite3.Error, DatabaseRefusedError) as error:
        raise BackupRefusedError(f"{file} cannot be put back: {error}.") from error
    finally:
        for path in (unfinished, *_beside(unfinished)):
            path.unlink(missing_ok=True)
    return again


def begin_another_generation(
    database_url: str, settings: Settings, *, today: date, random: Callable[[int], bytes]
) -> int:
    """Give the database another generation, and do again what was noted: the last step of putting it back.

    Ways in end that did, and accounts are deleted that were. Returns how many accounts that were.
    """
    notes, endings = noted_deletions(settings.deletions), Endings(settings.endings)

    def begin(session: Session) -> int:
        renew_generation(session, random)
        end_noted(session, endings.since)
        return delete_noted(session, lambda id_: is_among(notes, id_), today=today, detach=delete_vaults)

    engine = open_engine(database_url)
    try:
        return in_transaction(begin, engine=engine)
    finally:
        engine.dispose()


def _sqlite_file(settings: Settings) -> Path:
    if settings.sqlite_file is None:
        words = "The database is PostgreSQL. Use pg_dump and pg_restore, then `cairn new-generation`."
        raise BackupRefusedError(words)
    return settings.sqlite_file


def _checksum_file(file: Path) -> Path:
    return file.with_name(f"{file.name}.sha256")


def _beside(file: Path) -> tuple[Path, ...]:
    """Return what SQLite keeps beside a database; an old one would be taken for the new one's."""
    return tuple(file.with_name(f"{file.name}{ending}") for ending in ("-wal", "-shm", "-journal"))


def _empty_file(file: Path) -> None:
    file.unlink(missing_ok=True)
    os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def _write(file: Path, text: str) -> None:
    _empty_file(file)
    file.write_text(text, encoding="ascii")


def _sha256(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _keep(unfinished: Path, target: Path) -> None:
    """Let the disk have the file, then its name."""
    for path in (unfinished, target.parent):
        with suppress(PermissionError):  # Windows opens no folders
            handle = os.open(path, os.O_RDONLY)
            os.fsync(handle)
            os.close(handle)
        if path == unfinished:
            unfinished.replace(target)
