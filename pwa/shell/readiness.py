"""Whether the server can do its work. Knows no Flask: each check returns nothing, or the code of a problem."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine


def database_defect(engine: Engine) -> str | None:
    """Ask the database for one number, without taking its write lock."""
    try:
        with engine.connect() as connection:
            connection.execution_options(read_only=True).execute(text("SELECT 1"))
    except SQLAlchemyError:
        return "database_unavailable"
    return None


def data_folder_defect(folder: Path) -> str | None:
    """Write a byte into the data folder, in a file that is gone afterwards."""
    try:
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"1")
    except OSError:
        return "data_not_writable"
    return None
