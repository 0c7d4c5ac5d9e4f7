"""A server with accounts: tables made at once, a clock that stands until it is moved, limits out of the way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

import pwa
from pwa.accounts import NO_SPACES
from pwa.database import Base, db
from tests.accounts.phone import Phone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Flask

    from pwa.accounts import Spaces
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
def settings(settings: Settings) -> Settings:
    return replace(settings, request_limit=PLENTY, sign_in_limit=PLENTY, sign_up_limit=PLENTY)


@pytest.fixture
def spaces() -> Spaces:
    return NO_SPACES


@pytest.fixture
def app(settings: Settings, spaces: Spaces, clock: Clock) -> Iterator[Flask]:
    app = pwa.create_app(settings, spaces=spaces, clock=clock)
    with app.app_context():
        Base.metadata.create_all(db.engine)
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
def rows(app: Flask) -> Callable[[], dict[str, int]]:
    """Count the rows of each table."""

    def count() -> dict[str, int]:
        with app.app_context(), db.engine.connect() as connection:
            return {name: len(connection.execute(table.select()).all()) for name, table in Base.metadata.tables.items()}

    return count
