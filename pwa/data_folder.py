"""The data folder: made at the first start, for the operator's account alone."""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

    from pwa.config import Settings

SECRET_KEY_BYTES: Final = 32
SHORTEST_SECRET_KEY: Final = 32


class DataFolderRefusedError(Exception):
    """The data folder or a file in it cannot be made, read or written."""

    code = "data_folder_refused"


def prepare_data_folder(settings: Settings) -> str:
    """Make what is missing (folder 0700, secret key and database file 0600) and return the secret key.

    Raises `DataFolderRefusedError` with the path and what to do.
    """
    try:
        settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        if settings.sqlite_file is not None and not settings.sqlite_file.exists():
            settings.sqlite_file.touch(mode=0o600)
        return _secret_key(settings.secret_key_file)
    except OSError as error:
        where = error.filename or settings.data
        message = f"{where}: {error.strerror}. Let this account write there, or set CAIRN_DATA to another folder."
        raise DataFolderRefusedError(message) from error


def _secret_key(file: Path) -> str:
    """Read the key; where there is none, make one. Of several processes starting at once, one wins and all read it."""
    if not file.exists():
        fresh = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as out:
            out.write(secrets.token_hex(SECRET_KEY_BYTES))
            out.flush()
            os.fsync(out.fileno())
        try:
            os.link(fresh, file)
        except FileExistsError:
            pass  # another process was first: its key counts
        finally:
            fresh.unlink()
    key = file.read_text(encoding="ascii").strip()
    if len(key) < SHORTEST_SECRET_KEY:
        message = f"{file} holds no whole key. Delete it, and the next start makes a new one."
        raise DataFolderRefusedError(message)
    return key
