"""A server with one vault in it, on each kind of database, and the phone of the person it belongs to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from flask import request

import pwa
from pwa import accounts
from pwa.database import db
from tests.sync.made import Server
from tests.sync.person import Phone, who

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from sqlalchemy import Engine

    from pwa.config import Settings


@pytest.fixture
def server(engine: Engine) -> Server:
    server = Server(engine)
    server.create()
    return server


@pytest.fixture
def settings(settings: Settings, engine: Engine) -> Settings:
    url = engine.url.render_as_string(hide_password=False)
    return replace(settings, database_url=url, sync_limit="100000 per second")


@pytest.fixture
def app(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """Put the server together with people who are believed at their word."""
    monkeypatch.setattr(accounts, "require_account", who)
    monkeypatch.setattr(accounts, "has_fresh_proof", lambda: "X-Proved" in request.headers)
    app = pwa.create_app(settings)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def ann(app: Flask, server: Server) -> Phone:  # noqa: ARG001 - her space must be there
    return Phone(app.test_client(), "ann")
