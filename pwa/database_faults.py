"""What ails the database, told from its error: the code of a problem, or nothing where the defect is ours.

Nothing of such a request was committed, so the same may be sent again once the operator has helped.
"""

from __future__ import annotations

import sqlite3
from typing import Final

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

BUSY: Final = "database_busy"
NOT_WRITABLE: Final = "data_not_writable"
UNAVAILABLE: Final = "database_unavailable"

# https://www.sqlite.org/rescode.html : a disk that is full or read-only; a file that is gone, damaged or none of ours.
_SQLITE: Final = {
    sqlite3.SQLITE_BUSY: BUSY,
    sqlite3.SQLITE_LOCKED: BUSY,
    sqlite3.SQLITE_FULL: NOT_WRITABLE,
    sqlite3.SQLITE_READONLY: NOT_WRITABLE,
    sqlite3.SQLITE_IOERR: UNAVAILABLE,
    sqlite3.SQLITE_CANTOPEN: UNAVAILABLE,
    sqlite3.SQLITE_CORRUPT: UNAVAILABLE,
    sqlite3.SQLITE_NOTADB: UNAVAILABLE,
    sqlite3.SQLITE_PERM: UNAVAILABLE,
}
_SQLITE_WRITING: Final = frozenset(
    {
        sqlite3.SQLITE_IOERR_WRITE,
        sqlite3.SQLITE_IOERR_FSYNC,
        sqlite3.SQLITE_IOERR_DIR_FSYNC,
        sqlite3.SQLITE_IOERR_TRUNCATE,
        sqlite3.SQLITE_IOERR_SHMSIZE,
    }
)

# https://www.postgresql.org/docs/current/errcodes-appendix.html , the longest that fits: statement_timeout and
# lock_not_available; disk_full and read_only_sql_transaction; no connection, right, room, database or table.
_POSTGRESQL: Final = {
    "57014": BUSY,
    "55P03": BUSY,
    "53100": NOT_WRITABLE,
    "25006": NOT_WRITABLE,
    "08": UNAVAILABLE,
    "28": UNAVAILABLE,
    "53": UNAVAILABLE,
    "57P": UNAVAILABLE,
    "58": UNAVAILABLE,
    "3D": UNAVAILABLE,
    "42P01": UNAVAILABLE,
    "XX": UNAVAILABLE,
}


def code_of(error: SQLAlchemyError) -> str | None:
    """Return `database_busy`, `data_not_writable` or `database_unavailable`; nothing for a statement that is wrong."""
    if isinstance(error, PoolTimeoutError):
        return BUSY
    if not isinstance(error, DBAPIError):
        return None
    if isinstance(error.orig, sqlite3.Error):
        return _of_sqlite(error.orig)
    state = getattr(error.orig, "sqlstate", None)
    if state is None:  # the server never said anything: there was no connection, or it went
        return UNAVAILABLE if type(error.orig).__name__ in {"OperationalError", "InterfaceError"} else None
    return next((_POSTGRESQL[state[:length]] for length in (5, 3, 2) if state[:length] in _POSTGRESQL), None)


def _of_sqlite(error: sqlite3.Error) -> str | None:
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return None
    if code in _SQLITE_WRITING:
        return NOT_WRITABLE
    if code == sqlite3.SQLITE_ERROR and "no such table" in str(error):  # an empty file in the database's place
        return UNAVAILABLE
    return _SQLITE.get(code & 0xFF)
