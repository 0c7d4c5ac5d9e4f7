"""Ways to harm a database, each undone at the end."""

from __future__ import annotations

import resource
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import create_engine, event, make_url, text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Engine


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """Let no file grow beyond a size, as a full disk would."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def read_only(engine: Engine) -> Iterator[None]:
    if engine.dialect.name == "sqlite":
        with _telling(engine, "checkout", lambda own, *_: own.execute("PRAGMA query_only=1").close()):
            yield
        return
    try:
        _say_read_only(engine, "on")
        yield
    finally:
        _say_read_only(engine, "off")


@contextmanager
def nobody_waits(engine: Engine) -> Iterator[None]:
    """Let nobody wait long for what another holds; how long the work itself takes is free."""
    if engine.dialect.name == "sqlite":
        told = _telling(engine, "checkout", lambda own, *_: own.execute("PRAGMA busy_timeout=10").close())
    else:
        told = _telling(engine, "begin", lambda own: own.exec_driver_sql("SET LOCAL lock_timeout=200"))
    with told:
        yield


@contextmanager
def renamed(database_url: str) -> Iterator[None]:
    """Take a database of PostgreSQL away from whoever is connected, and give it back."""
    url = make_url(database_url)
    engine = create_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        away = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name")
        connection.execute(away, {"name": url.database})
        connection.execute(text(f"ALTER DATABASE {url.database} RENAME TO {url.database}_away"))
        try:
            yield
        finally:
            connection.execute(text(f"ALTER DATABASE {url.database}_away RENAME TO {url.database}"))
    engine.dispose()


@contextmanager
def _telling(engine: Engine, when: str, tell: Callable[..., object]) -> Iterator[None]:
    """Tell each connection something, and use none that was told at the end."""
    event.listen(engine, when, tell)
    try:
        yield
    finally:
        event.remove(engine, when, tell)
        engine.dispose()


def _say_read_only(engine: Engine, answer: str) -> None:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("SET default_transaction_read_only = off"))
        connection.execute(text(f"ALTER DATABASE {engine.url.database} SET default_transaction_read_only = {answer}"))
    engine.dispose()
