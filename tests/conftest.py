"""A server to test: a data folder of its own, a client of a few small files, and the real words."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hypothesis import HealthCheck
from hypothesis import settings as run_settings

import pwa
from pwa.config import Settings
from pwa.database import Base, db, open_engine
from pwa.migrations import bring_up_to_date
from pwa.shell.precache import PLACEHOLDER
from tests.running import serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy import Engine

run_settings.register_profile(
    "any machine", run_settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
run_settings.load_profile("any machine")  # how slow it is, is no fault

pytest_plugins = ["tests.postgresql", "tests.interface.watch", "tests.told"]

CLIENT = {
    "app-AAAA.js": b"import './chunk-BBBB.js';",
    "chunk-BBBB.js": b"export const rest = 5;",
    "app-CCCC.css": b"@layer base;",
    "en-DDDD.json": b'{"from":1,"texts":["Today"],"named":{}}',
    "en-later-EEEE.json": b'{"from":2,"texts":["Diary"],"named":{}}',
}
WORKER = b"const files = " + PLACEHOLDER + b";"


@pytest.fixture(scope="session")
def translations(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Compile the catalogue, so that no build is needed first."""
    folder = tmp_path_factory.mktemp("translations")
    source = Path(pwa.__file__).parent / "translations/en/LC_MESSAGES/messages.po"
    target = folder / "en/LC_MESSAGES/messages.mo"
    target.parent.mkdir(parents=True)
    with source.open("rb") as words, target.open("wb") as compiled:
        write_mo(compiled, read_po(words, abort_invalid=True))
    return folder


@pytest.fixture
def static(tmp_path: Path) -> Path:
    """Lay out a static folder: the real icons and pictures, and a built client of a few small files."""
    folder = tmp_path / "static"
    for name in ("icons", "pictures"):
        shutil.copytree(Path(pwa.__file__).parent / "static" / name, folder / name)
    built = folder / "built"
    built.mkdir()
    for name, content in {**CLIENT, "service-worker.js": WORKER}.items():
        (built / name).write_bytes(content)
        (built / f"{name}.br").write_bytes(b"br:" + content)
        (built / f"{name}.gz").write_bytes(gzip.compress(content, mtime=0))
    digests = {
        name: f"sha256-{base64.b64encode(hashlib.sha256(text).digest()).decode()}" for name, text in CLIENT.items()
    }
    assets = {
        "entry": "app-AAAA.js",
        "style": "app-CCCC.css",
        "preload": ["chunk-BBBB.js"],
        "words": {"first": "en-DDDD.json", "later": "en-later-EEEE.json"},
        "files": digests,
    }
    (built / "assets.json").write_text(json.dumps(assets))
    return folder


@pytest.fixture
def settings(tmp_path: Path, static: Path, translations: Path) -> Settings:
    data = tmp_path / "data"
    return Settings(
        data=data, database_url=f"sqlite:///{data / 'cairn.sqlite3'}", static=static, translations=translations
    )


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    app = pwa.create_app(settings)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def person(app: Flask) -> FlaskClient:
    """Ask as a browser asks for a page."""
    client = app.test_client()
    client.environ_base["HTTP_ACCEPT"] = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    return client


@pytest.fixture
def program(app: Flask) -> FlaskClient:
    """Ask as a program asks, for anything."""
    client = app.test_client()
    client.environ_base["HTTP_ACCEPT"] = "*/*"
    return client


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    """Start the real server, as `cairn serve` does, on a free port."""
    with serving(tmp_path) as (_, port):
        yield port


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the address of a database without tables, once of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'test.sqlite3'}"
    url: str = request.getfixturevalue("postgresql_url")
    return url


@pytest.fixture
def empty_engine(empty_url: str) -> Iterator[Engine]:
    """Open a database without tables, as the server does."""
    yield from opened(empty_url)


@pytest.fixture(scope="session")
def sqlite_with_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a file with all tables, to be copied."""
    file = tmp_path_factory.mktemp("tables") / "tables.sqlite3"
    bring_up_to_date(f"sqlite:///{file}")
    return file


@pytest.fixture
def sqlite_engine(sqlite_with_tables: Path, tmp_path: Path) -> Iterator[Engine]:
    """Open an SQLite file with all tables and no rows, as the server does."""
    file = tmp_path / "test.sqlite3"
    shutil.copy(sqlite_with_tables, file)
    yield from opened(f"sqlite:///{file}")


@pytest.fixture
def postgresql_engine(postgresql_with_tables: str) -> Iterator[Engine]:
    """Open a PostgreSQL database with all tables and no rows, as the server does."""
    for engine in opened(postgresql_with_tables):
        with engine.begin() as connection:
            for table in reversed(Base.metadata.sorted_tables):
                if table.name != "generation":
                    connection.execute(table.delete())
        yield engine


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> Engine:
    """Open a database with all tables and no rows, once of each kind."""
    engine: Engine = request.getfixturevalue(f"{request.param}_engine")
    return engine


def opened(url: str) -> Iterator[Engine]:
    engine = open_engine(url)
    yield engine
    engine.dispose()
