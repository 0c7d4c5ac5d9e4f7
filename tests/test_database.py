"""Writing waits, tries again, and never half-happens. SQLite itself does the locking here."""

from __future__ import annotations

import sqlite3
import threading
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm import Session

from pwa.database import PRAGMAS, DatabaseBusyError, asks_to_try_again, engine_options, prepare_engine, retrying

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "test.sqlite3"


@pytest.fixture
def engine(file: Path) -> Iterator[Engine]:
    engine = create_engine(f"sqlite:///{file}", **engine_options(f"sqlite:///{file}"))
    prepare_engine(engine)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE stone (n INTEGER PRIMARY KEY)"))
    yield engine
    engine.dispose()


@pytest.fixture
def impatient(engine: Engine) -> Engine:
    """Let each connection give up waiting for a lock after 10 ms, so that tests need not."""
    event.listen(engine, "checkout", lambda connection, *_: connection.execute("PRAGMA busy_timeout=10").close())
    return engine


@pytest.fixture
def other_writer(file: Path, engine: Engine) -> Iterator[sqlite3.Connection]:  # noqa: ARG001 - the table must be there
    connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    yield connection
    connection.close()


def lay(n: int) -> Callable[[Session], None]:
    def work(session: Session) -> None:
        session.execute(text("INSERT INTO stone VALUES (:n)"), {"n": n})

    return work


def stones(engine: Engine) -> list[int]:
    with engine.connect() as connection:
        return list(connection.execute(text("SELECT n FROM stone ORDER BY n")).scalars())


def test_every_pragma_is_in_force_on_every_connection(engine: Engine) -> None:
    with engine.connect() as first, engine.connect().execution_options(read_only=True) as second:
        for connection in (first, second):
            assert {name: str(connection.execute(text(f"PRAGMA {name}")).scalar()) for name in PRAGMAS} == PRAGMAS


def test_a_write_waits_for_another_connections_lock_and_then_happens_once(
    impatient: Engine, other_writer: sqlite3.Connection
) -> None:
    other_writer.execute("BEGIN IMMEDIATE")
    other_writer.execute("INSERT INTO stone VALUES (1)")
    pauses: list[float] = []

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 3:
            other_writer.execute("COMMIT")

    retrying(lambda: Session(impatient), lay(2), jitter=lambda: 0.5, sleep=pause)
    assert stones(impatient) == [1, 2]
    assert pauses == [0.02, 0.04, 0.08]


def test_a_lock_that_never_goes_ends_in_a_named_error_with_nothing_written(
    impatient: Engine, other_writer: sqlite3.Connection
) -> None:
    other_writer.execute("BEGIN IMMEDIATE")
    pauses: list[float] = []
    with pytest.raises(DatabaseBusyError) as busy:
        retrying(lambda: Session(impatient), lay(2), jitter=lambda: 0.0, sleep=pauses.append, attempts=3)
    other_writer.execute("ROLLBACK")
    assert isinstance(busy.value.__cause__, OperationalError)
    assert len(pauses) == 2
    assert stones(impatient) == []


def test_two_threads_that_read_then_write_lose_nothing(engine: Engine) -> None:
    def lay_the_next(session: Session) -> None:
        top = session.execute(text("SELECT coalesce(max(n), 0) FROM stone")).scalar_one()
        session.execute(text("INSERT INTO stone VALUES (:n)"), {"n": top + 1})

    def lay_many() -> None:
        for _ in range(25):
            retrying(lambda: Session(engine), lay_the_next, jitter=lambda: 0.5, sleep=lambda _s: None)

    threads = [threading.Thread(target=lay_many) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert stones(engine) == list(range(1, 101))


def test_a_read_goes_on_while_another_writes(engine: Engine, other_writer: sqlite3.Connection) -> None:
    other_writer.execute("BEGIN IMMEDIATE")
    with engine.connect().execution_options(read_only=True) as connection:
        assert connection.execute(text("SELECT count(*) FROM stone")).scalar() == 0
    other_writer.execute("ROLLBACK")


def test_an_error_of_the_work_itself_is_raised_at_once_and_undoes_all(engine: Engine) -> None:
    attempts: list[None] = []

    def lay_twice(session: Session) -> None:
        attempts.append(None)
        lay(1)(session)
        lay(1)(session)

    with pytest.raises(IntegrityError):
        retrying(lambda: Session(engine), lay_twice, jitter=lambda: 0.5, sleep=lambda _s: None)
    assert len(attempts) == 1
    assert stones(engine) == []


@pytest.mark.parametrize(("sqlstate", "again"), [("40001", True), ("40P01", True), ("23505", False), (None, False)])
def test_postgresql_asks_to_try_again_by_its_state(sqlstate: str | None, *, again: bool) -> None:
    cause = Exception("from the server")
    cause.sqlstate = sqlstate  # type: ignore[attr-defined] # what psycopg's errors carry
    assert asks_to_try_again(DBAPIError("COMMIT", None, cause)) is again


def test_postgresql_has_limits_on_what_one_statement_may_take() -> None:
    options = engine_options("postgresql+psycopg://cairn@db/cairn")
    assert options["isolation_level"] == "READ COMMITTED"
    assert "statement_timeout=15000" in options["connect_args"]["options"]
