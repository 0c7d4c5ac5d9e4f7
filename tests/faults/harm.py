"""Ways to harm a database, each undone at the end."""

from __future__ import annotations

import resource
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import create_engine, event, make_url, text

if TYPE_CHECKING:
    from collections.abc import Iterator

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
        switch(engine, "PRAGMA query_only=1")
        yield
        switch(engine, "PRAGMA query_only=0")
        return
    name = engine.url.database
    for answer in ("on", "off"):
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("SET default_transaction_read_only = off"))
            connection.execute(text(f"ALTER DATABASE {name} SET default_transaction_read_only = {answer}"))
        engine.dispose()
        if answer == "on":
            yield


def switch(engine: Engine, pragma: str) -> None:
    event.listen(engine, "checkout", lambda connection, *_: connection.execute(pragma).close())


def let_nobody_wait(engine: Engine) -> None:
    if engine.dialect.name == "sqlite":
        switch(engine, "PRAGMA busy_timeout=10")
    else:
        event.listen(engine, "begin", lambda own: own.exec_driver_sql("SET LOCAL statement_timeout=200"))


@contextmanager
def renamed(database_url: str) -> Iterator[None]:
    """Take a database of PostgreSQL away from whoever is connected, and give it back."""
    url = make_url(database_url)
    engine = create_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        away = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name")
        connection.execute(away, {"name": url.database})
        connection.execute(text(f"ALTER DATABASE {url.database} RENAME TO {url.database}_away"))
        yield
        connection.execute(text(f"ALTER DATABASE {url.database}_away RENAME TO {url.database}"))
    engine.dispose()
