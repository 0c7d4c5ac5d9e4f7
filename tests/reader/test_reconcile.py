"""A server that is put back to yesterday's backup: phones bring back what it lost, and nothing typed is gone."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from pwa.backup import back_up, begin_another_generation, restore
from pwa.database import Base, db
from tests.reader.client import show_code
from tests.reader.joining import sign_in, sign_up
from tests.reader.keys import remove_slot
from tests.reader.merge import shown_texts
from tests.reader.site import AppSite, Browser, RefusedError
from tests.reader.space_log import AnotherHistoryError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from flask import Flask

    from pwa.config import Settings
    from tests.reader.client import Phone

TODAY = date(2026, 5, 14)


@dataclass
class Backup:
    """The database as it was yesterday: as the program backs it up, or, of PostgreSQL, row by row."""

    app: Flask
    settings: Settings
    file: Path
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def take(self) -> None:
        if self.settings.sqlite_file is not None:
            back_up(self.settings, self.file)
            return
        with self.app.app_context(), db.engine.connect() as connection:
            for table in Base.metadata.sorted_tables:
                self.rows[table.name] = [dict(row) for row in connection.execute(table.select()).mappings()]

    def put_back(self) -> None:
        if self.settings.sqlite_file is not None:
            with self.app.app_context():
                db.engine.dispose()
            for ending in ("", "-wal", "-shm"):
                self.settings.sqlite_file.with_name(self.settings.sqlite_file.name + ending).unlink(missing_ok=True)
            restore(self.settings, self.file, today=TODAY, random=secrets.token_bytes)
            return
        with self.app.app_context(), db.engine.begin() as connection:
            for table in reversed(Base.metadata.sorted_tables):
                connection.execute(table.delete())
            for table in Base.metadata.sorted_tables:
                if self.rows[table.name]:
                    connection.execute(table.insert(), self.rows[table.name])
        begin_another_generation(self.settings.database_url, self.settings, today=TODAY, random=secrets.token_bytes)


@pytest.fixture
def backup(app: Flask, settings: Settings, tmp_path: Path) -> Backup:
    return Backup(app, settings, tmp_path / "yesterday.sqlite3")


@pytest.fixture
def phone(app: Flask) -> Phone:
    phone = sign_up(Browser(AppSite(app)), chance=secrets.token_bytes)
    phone.save(phone.records.make("check-in", {"note": "Yesterday"}))
    phone.sync()
    return phone


@pytest.fixture
def join(app: Flask, phone: Phone) -> Callable[[], Phone]:
    def join() -> Phone:
        fresh = sign_in(Browser(AppSite(app)), phone.code, chance=secrets.token_bytes)
        fresh.pull_heads_first()
        return fresh

    return join


def test_the_phone_that_wrote_since_brings_it_back(phone: Phone, join: Callable[[], Phone], backup: Backup) -> None:
    backup.take()
    (old,) = phone.records.shown()
    phone.save(phone.records.write(old, {"note": "Yesterday, written anew today"}))
    phone.save(phone.records.make("win", {"words": "Today"}))
    phone.sync()
    before = phone.records.shown()
    backup.put_back()
    with pytest.raises(AnotherHistoryError):
        phone.pull()
    phone.sync()
    assert phone.records.shown() == before
    assert (phone.unsent, phone.refused) == ({}, {})
    assert join().records.shown() == before


def test_a_phone_that_only_read_brings_back_anothers_words_and_its_turn_of_keys(
    phone: Phone, join: Callable[[], Phone], backup: Backup
) -> None:
    reader, lost = join(), join()
    phone.sync()
    backup.take()
    (old,) = phone.records.shown()
    phone.save(phone.records.write(old, {"note": "Said today"}))
    turned = remove_slot(phone.vault, lost.device.slot, chance=secrets.token_bytes)
    phone.push_entries([turned.last])
    phone.read_roll()
    assert phone.vault.key == turned.key
    phone.save(phone.records.make("win", {"words": "Under a new key"}))
    phone.sync()
    reader.sync()
    before = phone.records.shown()
    assert reader.records.shown() == before
    backup.put_back()
    with pytest.raises(AnotherHistoryError):
        reader.pull()
    reader.sync()
    fresh = join()
    assert fresh.records.shown() == reader.records.shown() == before
    assert fresh.vault.key == turned.key


def test_a_phone_that_came_after_the_turn_and_has_stubs_of_it_brings_all_back(
    phone: Phone, join: Callable[[], Phone], backup: Backup
) -> None:
    lost = join()
    phone.sync()
    backup.take()
    for slot in (lost.device.slot, join().device.slot):
        phone.read_roll()
        phone.push_entries([remove_slot(phone.vault, slot, chance=secrets.token_bytes).last])
    phone.read_roll()
    phone.save(phone.records.make("win", {"words": "Under the newest key"}))
    phone.sync()
    late = join()
    assert [each.blob is None for each in late.roll[:-2]] == [True] * (len(late.roll) - 2)
    before = phone.records.shown()
    backup.put_back()
    with pytest.raises(RefusedError, match="signed_out"):
        late.sync()
    show_code(late.browser, late.code, "/sessions", "sign-in")
    late.sync()
    fresh = join()
    assert fresh.records.shown() == late.records.shown() == before
    assert fresh.vault.keys() == late.vault.keys()


def test_what_was_written_on_both_sides_of_the_restore_is_there(
    phone: Phone, join: Callable[[], Phone], backup: Backup
) -> None:
    reader = join()
    phone.sync()
    backup.take()
    (old,) = phone.records.shown()
    phone.save(phone.records.write(old, {"note": "Lost by the server"}))
    phone.sync()
    backup.put_back()
    reader.save(reader.records.write(old, {"note": "Written to the server put back"}))
    for each in (reader, phone, reader):
        each.sync()
    texts = [set(shown_texts(each.records.state(old), "note")) for each in (phone, reader, join())]
    assert texts == [{"Lost by the server", "Written to the server put back"}] * 3
    assert phone.cursor == reader.cursor


def test_a_server_that_leaves_out_a_revision_is_found_by_the_chain(phone: Phone, join: Callable[[], Phone]) -> None:
    for number in range(3):
        phone.save(phone.records.make("win", {"words": f"Win {number}"}))
    phone.sync()
    reader = join()
    phone.save(*(phone.records.make("win", {"words": f"Later win {number}"}) for number in range(3)))
    phone.sync()
    honest = reader.browser.ask

    def without_one(method: str, path: str, body: object = None) -> Any:  # noqa: ANN401 - JSON
        answer = honest(method, path, body)
        if "/revisions?" in path and len(answer["revisions"]) > 1:
            del answer["revisions"][1]
        return answer

    reader.browser.ask = without_one  # type: ignore[method-assign]
    with pytest.raises(AnotherHistoryError):
        reader.pull()
