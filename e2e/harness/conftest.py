"""The harness is tried on a tiny site of its own; the app is not needed."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from e2e.server import Server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGES = (sys.executable, "-m", "e2e.harness.pages")


@pytest.fixture(scope="session")
def shared_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Start the tiny site once."""
    server = Server(tmp_path_factory.mktemp("pages"), command=PAGES)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Server]:
    """Start the tiny site for one test, which may stop it."""
    server = Server(tmp_path, command=PAGES)
    server.start()
    yield server
    server.stop()
