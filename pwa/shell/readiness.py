"""Whether the server can do its work. Knows no Flask: each check returns nothing, or the code of a problem."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING, Final

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from pwa.database_faults import BUSY, NOT_WRITABLE, UNAVAILABLE, code_of

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine

PROBE_BYTES: Final = 1024 * 1024


def database_defect(engine: Engine) -> str | None:
    """Ask the database for one number, and whether it may be written. That another writes to it now is no defect."""
    try:
        with engine.connect().execution_options(read_only=True) as connection:
            connection.execute(text("SELECT 1"))
            refuses = engine.dialect.name == "postgresql" and connection.scalar(text("SHOW transaction_read_only"))
            if refuses == "on":
                return NOT_WRITABLE
        with engine.begin():
            pass  # SQLite takes its write lock, which it gives to nobody where the file is read-only
    except SQLAlchemyError as error:
        code = code_of(error) or UNAVAILABLE
        return None if code == BUSY else code
    return None


def data_folder_defect(folder: Path) -> str | None:
    """Write as much as a push holds into the folder, in a file that is gone afterwards."""
    try:
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(bytes(PROBE_BYTES))
    except OSError:
        return NOT_WRITABLE
    return None
