"""A server with accounts, on each kind of database: a clock that stands until it is moved, limits out of the way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

import pwa
from pwa.database import Base, db
from tests.accounts.phone import Phone, recovery_token

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Flask
    from sqlalchemy import Engine

    from pwa.config import Settings

PLENTY = "100000 per second"


@dataclass
class Clock:
    """A clock for tests."""

    now: datetime = datetime(2026, 5, 14, 9, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def go_on(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def settings(settings: Settings, engine: Engine) -> Settings:
    url = engine.url.render_as_string(hide_password=False)
    settings = replace(settings, database_url=url, request_limit=PLENTY, sync_limit=PLENTY)
    return replace(settings, sign_in_limit=PLENTY, sign_up_limit=PLENTY)


@pytest.fixture
def app(settings: Settings, clock: Clock) -> Iterator[Flask]:
    app = pwa.create_app(settings, clock=clock)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def phone(app: Flask) -> Phone:
    return Phone(app)


@pytest.fixture
def other_phone(app: Flask) -> Phone:
    return Phone(app)


@pytest.fixture
def code() -> str:
    return recovery_token()


@pytest.fixture
def signed_up(phone: Phone, code: str) -> Phone:
    assert phone.sign_up(recovery=code).status_code == 201
    return phone


@pytest.fixture
def rows(app: Flask) -> Callable[[], dict[str, int]]:
    """Count the rows of each table that holds what people brought."""

    def count() -> dict[str, int]:
        with app.app_context(), db.engine.connect() as connection:
            tables = [table for table in Base.metadata.sorted_tables if table.name != "generation"]
            return {table.name: len(connection.execute(table.select()).all()) for table in tables}

    return count
