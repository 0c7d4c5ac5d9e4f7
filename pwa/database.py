"""The database: typed base, engine options, and the one way to write.

SQLite by default, PostgreSQL by its address; the same code for both. Every write is one short transaction inside
`retrying`, so that two writers at once, or a database that asks to try again, need no care elsewhere.
"""

from __future__ import annotations

import os
import random
import sqlite3
import time
from typing import TYPE_CHECKING, Any, Final, TypeVar
from urllib.parse import quote

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import create_engine, event, make_url
from sqlalchemy.exc import DBAPIError, DisconnectionError
from sqlalchemy.orm import DeclarativeBase, Session

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection, Engine
    from sqlalchemy.pool import ConnectionPoolEntry

BUSY_TIMEOUT_MS: Final = 2_000
STATEMENT_TIMEOUT_MS: Final = 15_000
ATTEMPTS: Final = 5
FIRST_PAUSE_S: Final = 0.02

# `synchronous=FULL`: in WAL mode NORMAL may lose a commit that was already acknowledged.
PRAGMAS: Final = {
    "journal_mode": "wal",
    "synchronous": "2",
    "foreign_keys": "1",
    "busy_timeout": str(BUSY_TIMEOUT_MS),
    "secure_delete": "1",
}

# https://www.postgresql.org/docs/current/errcodes-appendix.html: serialization_failure, deadlock_detected
TRY_AGAIN_SQLSTATES: Final = frozenset({"40001", "40P01"})
TRY_AGAIN_SQLITE: Final = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})

T = TypeVar("T")


class Base(DeclarativeBase):
    """The base of every table."""


db = SQLAlchemy(model_class=Base)


class DatabaseBusyError(Exception):
    """The database kept asking to try again. Nothing was written; the same request may be sent again later."""

    code = "database_busy"


def retrying(
    open_session: Callable[[], Session],
    work: Callable[[Session], T],
    *,
    jitter: Callable[[], float],
    sleep: Callable[[float], object],
    attempts: int = ATTEMPTS,
) -> T:
    """Run `work` in one transaction, and the whole of it again where the database asks for that.

    `open_session` makes a fresh session for each attempt; `jitter` gives a number from 0 to 1; `sleep` takes seconds.
    `work` may run several times, so it must not act on anything but its session. Commits, and returns what `work`
    returned. Raises `DatabaseBusyError` after `attempts`; every other error at once, with nothing written.
    """
    for attempt in range(attempts):
        if attempt:
            sleep(FIRST_PAUSE_S * 2 ** (attempt - 1) * (0.5 + jitter()))
        try:
            with open_session() as session, session.begin():
                return work(session)
        except DBAPIError as error:
            if not asks_to_try_again(error):
                raise
            last = error
    raise DatabaseBusyError(f"no success in {attempts} attempts") from last


def in_transaction(work: Callable[[Session], T], *, engine: Engine | None = None) -> T:
    """Run `work` on the app's database, or the one given, as `retrying` does, with the real clock and real chance."""
    return retrying(lambda: Session(engine or db.engine), work, jitter=random.random, sleep=time.sleep)


def in_reading(work: Callable[[Session], T]) -> T:
    """Run `work`, which only reads, over the database as it is at one moment, and lock nobody out."""
    with Session(reading(db.engine)) as session:
        return work(session)


def reading(engine: Engine) -> Engine:
    """Return the engine for those who only read: all they read in one transaction is of one moment.

    SQLite's readers always have that in WAL mode; PostgreSQL gives it from REPEATABLE READ on.
    """
    level = {} if engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}
    return engine.execution_options(read_only=True, **level)


def asks_to_try_again(error: DBAPIError) -> bool:
    """Whether the database itself says that the same transaction may succeed if run again."""
    cause = error.orig
    if isinstance(cause, sqlite3.OperationalError):
        return _is_busy(cause)
    return getattr(cause, "sqlstate", None) in TRY_AGAIN_SQLSTATES


def _is_busy(error: sqlite3.OperationalError) -> bool:
    # The low byte is the primary code: https://www.sqlite.org/rescode.html#pve
    return (error.sqlite_errorcode & 0xFF) in TRY_AGAIN_SQLITE


def engine_options(database_url: str) -> dict[str, Any]:
    """Return what the engine of this address is made with."""
    if make_url(database_url).get_backend_name() == "sqlite":
        return {"connect_args": {"timeout": BUSY_TIMEOUT_MS / 1000}}
    limits = (
        f"-c statement_timeout={STATEMENT_TIMEOUT_MS} -c idle_in_transaction_session_timeout={STATEMENT_TIMEOUT_MS}"
    )
    return {"pool_pre_ping": True, "isolation_level": "READ COMMITTED", "connect_args": {"options": limits}}


def of_an_existing_file(database_url: str) -> str:
    """Return the address by which SQLite makes no new file where there is none; of another kind, the address itself.

    A server under which the file was taken away says so then, and begins no empty database in its place.
    """
    url = make_url(database_url)
    if url.get_backend_name() != "sqlite" or not url.database:
        return database_url
    return f"sqlite:///file:{quote(url.database)}?mode=rw&uri=true"


def open_engine(database_url: str) -> Engine:
    """Open the database at an address, as the app itself does. The caller disposes of the engine."""
    engine = create_engine(database_url, **engine_options(database_url))
    prepare_engine(engine)
    return engine


def prepare_engine(engine: Engine) -> None:
    """Set SQLite's pragmas on every new connection, and take its write lock when a transaction begins.

    A transaction that reads first and writes later could otherwise fail half-way, with no use in waiting. What only
    reads says so with the execution option `read_only=True` and locks nobody out.
    """
    if engine.dialect.name != "sqlite":
        return
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "connect", _note_file)
    event.listen(engine, "checkout", _refuse_another_file)
    event.listen(engine, "begin", _begin)


def truncate_log(engine: Engine) -> None:
    """Empty SQLite's write-ahead log into the file, so that what was erased is in neither."""
    if engine.dialect.name == "sqlite":
        connection = engine.raw_connection()
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()


def _set_pragmas(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself; `_begin` does
    (patience_ms,) = connection.execute("PRAGMA busy_timeout").fetchone()
    until = time.monotonic() + patience_ms / 1000
    for name, value in PRAGMAS.items():
        _set_pragma(connection, f"PRAGMA {name}={value}", until)


def _set_pragma(connection: sqlite3.Connection, statement: str, until: float) -> None:
    """Set one pragma, and wait for whoever else has the new file open until `until`, of `time.monotonic`.

    To switch to the write-ahead log SQLite wants the file alone: of two that switch at once it refuses one without
    waiting for its timeout (https://www.sqlite.org/c3ref/busy_handler.html).
    """
    while True:
        try:
            connection.execute(statement).close()
        except sqlite3.OperationalError as error:
            if not _is_busy(error) or time.monotonic() > until:
                raise
            time.sleep(FIRST_PAUSE_S)
        else:
            return


def _note_file(connection: sqlite3.Connection, record: ConnectionPoolEntry) -> None:
    (_, _, file) = connection.execute("PRAGMA database_list").fetchone()
    record.info["file"] = file, _inode(file)


def _refuse_another_file(_connection: object, record: ConnectionPoolEntry, _proxy: object) -> None:
    """Connect anew where the file was taken away or replaced: SQLite would go on writing into the one that is gone."""
    file, inode = record.info["file"]
    if _inode(file) != inode:
        raise DisconnectionError


def _inode(file: str) -> tuple[int, int] | None:
    try:
        found = os.stat(file)  # noqa: PTH116 - at each checkout, and a path object would cost more than the question
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _begin(connection: Connection) -> None:
    read_only = connection.get_execution_options().get("read_only", False)
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")
