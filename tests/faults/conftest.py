"""A server with one diary in it, on a database of its own of each kind, which may be harmed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

import pwa
from pwa.database import db
from pwa.migrations import bring_up_to_date
from tests.accounts.phone import Phone
from tests.sync.made import Vault, first_part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

    from pwa.config import Settings


@pytest.fixture
def settings(settings: Settings, empty_url: str) -> Settings:
    return replace(settings, database_url=empty_url, sync_limit="100000 per second")


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    app = pwa.create_app(settings)
    bring_up_to_date(settings.database_url)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def phone(app: Flask) -> Phone:
    """Sign up with an empty diary."""
    phone = Phone(app)
    answer = phone.sign_up(space=first_part(Vault()))
    assert answer.status_code == 201, answer.text
    return phone
