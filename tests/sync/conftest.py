"""A server with one vault in it, on each kind of database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.sync.made import Server

if TYPE_CHECKING:
    from sqlalchemy import Engine


@pytest.fixture
def server(engine: Engine) -> Server:
    server = Server(engine)
    server.create()
    return server
