"""A database that is full, read-only, held by another, or gone: the code says which; what was acknowledged stays."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from pwa.base64url import to_base64url
from pwa.database import db, open_engine
from tests.accounts.phone import Phone
from tests.accounts.phone import code_of as problem_of
from tests.faults.harm import largest_file, nobody_waits, read_only, renamed
from tests.sync.made import SPACE, Server, check_space, edit, header, record, sent, written

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.test import TestResponse

    from pwa.config import Settings
    from pwa.sync.revisions import Sent

ROOT = f"/spaces/{to_base64url(SPACE)}"
LARGEST_FILE = 700_000


def push(phone: Phone, *revisions: Sent) -> TestResponse:
    return phone.ask("POST", f"{ROOT}/revisions", {"revisions": [written(each) for each in revisions]})


def pulled(phone: Phone) -> list[str]:
    answer = phone.ask("GET", f"{ROOT}/revisions")
    assert answer.status_code == 200, answer.text
    return [row["id"] for row in answer.get_json()["revisions"]]


def readiness(app: Flask) -> tuple[int, str | None]:
    answer = app.test_client().get("/readyz")
    return answer.status_code, answer.get_json().get("code")


def check_stored(settings: Settings, *revisions: Sent) -> None:
    """Hold that each of these is there once, beside the roll's first entry, and that the chain is right."""
    engine = open_engine(settings.database_url)
    server = Server(engine)
    check_space(server)
    stored = [row.id for row in server.rows()]
    engine.dispose()
    assert sorted(stored[1:]) == sorted(each.id for each in revisions)


class TestSQLite:
    @pytest.fixture
    def empty_url(self, tmp_path: Path) -> str:
        return f"sqlite:///{tmp_path / 'data/cairn.sqlite3'}"

    def test_a_full_disk_is_said_and_what_was_acknowledged_stays(
        self, app: Flask, phone: Phone, settings: Settings
    ) -> None:
        made = iter(sent(header(record_id=record(n)), bytes([n]) * 60_000) for n in range(100))
        stored = []
        with largest_file(LARGEST_FILE):
            refused = next(made)
            while (answer := push(phone, refused)).status_code == 200:
                stored.append(refused)
                refused = next(made)
            assert (answer.status_code, problem_of(answer)) == (503, "data_not_writable")
            assert readiness(app) == (503, "data_not_writable")
            assert len(pulled(phone)) == 1 + len(stored) > 3
        assert readiness(app) == (200, None)
        assert push(phone, refused).get_json()["results"][0]["status"] == "stored"
        check_stored(settings, *stored, refused)

    def test_a_file_taken_away_is_said_and_no_other_is_begun(
        self, app: Flask, phone: Phone, settings: Settings, tmp_path: Path
    ) -> None:
        one, two = edit(1), edit(2)
        push(phone, one)
        put_by = tmp_path / "put-by.sqlite3"
        with sqlite3.connect(str(settings.sqlite_file)) as source, sqlite3.connect(put_by) as target:
            source.backup(target)
        for file in settings.data.glob("cairn.sqlite3*"):
            file.unlink()
        for answer in (push(phone, two), phone.ask("GET", f"{ROOT}/revisions"), phone.ask("GET", "/account")):
            assert (answer.status_code, problem_of(answer)) == (503, "database_unavailable")
        assert readiness(app) == (503, "database_unavailable")
        assert list(settings.data.glob("cairn.sqlite3*")) == []
        shutil.copy(put_by, str(settings.sqlite_file))
        assert readiness(app) == (200, None)
        assert push(phone, one, two).status_code == 200
        check_stored(settings, one, two)

    def test_a_file_put_in_anothers_place_is_the_one_that_is_written(
        self, phone: Phone, settings: Settings, tmp_path: Path
    ) -> None:
        """What was open still leads to the old file, and what is written there is in no folder any more."""
        push(phone, edit(1))
        other = tmp_path / "other.sqlite3"
        with sqlite3.connect(str(settings.sqlite_file)) as source, sqlite3.connect(other) as target:
            source.backup(target)
        for file in settings.data.glob("cairn.sqlite3-*"):
            file.unlink()
        other.replace(str(settings.sqlite_file))
        assert push(phone, edit(2)).status_code == 200
        check_stored(settings, edit(1), edit(2))

    def test_an_empty_file_in_its_place_is_said(self, app: Flask, phone: Phone, settings: Settings) -> None:
        for file in settings.data.glob("cairn.sqlite3*"):
            file.unlink()
        Path(str(settings.sqlite_file)).touch()
        answer = push(phone, edit(1))
        assert (answer.status_code, problem_of(answer)) == (503, "database_unavailable")
        assert readiness(app) == (200, None), "a database without tables answers; `cairn doctor` says what it lacks"


def test_a_database_that_is_read_only_is_said_and_goes_on_answering(
    app: Flask, phone: Phone, settings: Settings
) -> None:
    push(phone, edit(1))
    with app.app_context(), read_only(db.engine):
        answer = push(phone, edit(2))
        assert (answer.status_code, problem_of(answer)) == (503, "data_not_writable")
        assert readiness(app) == (503, "data_not_writable")
        assert len(pulled(phone)) == 2
    assert readiness(app) == (200, None)
    assert push(phone, edit(2)).get_json()["results"][0]["status"] == "stored"
    check_stored(settings, edit(1), edit(2))


def test_while_another_holds_it_a_push_is_told_to_come_again(app: Flask, phone: Phone, settings: Settings) -> None:
    push(phone, edit(1))
    holder = open_engine(settings.database_url)
    with app.app_context(), nobody_waits(db.engine), Session(holder) as session:
        session.execute(text("UPDATE space SET kind = kind"))
        answer = push(phone, edit(2))
        assert (answer.status_code, problem_of(answer)) == (503, "database_busy")
        assert len(pulled(phone)) == 2
        assert readiness(app) == (200, None)
    holder.dispose()
    assert push(phone, edit(2)).get_json()["results"][0]["status"] == "stored"
    check_stored(settings, edit(1), edit(2))


class TestPostgreSQL:
    @pytest.fixture
    def empty_url(self, postgresql_url: str) -> str:
        return postgresql_url

    def test_a_database_that_is_gone_is_said_and_found_again(
        self, app: Flask, phone: Phone, settings: Settings
    ) -> None:
        push(phone, edit(1))
        with renamed(settings.database_url):
            for answer in (push(phone, edit(2)), phone.ask("GET", f"{ROOT}/revisions")):
                assert (answer.status_code, problem_of(answer)) == (503, "database_unavailable")
            assert readiness(app) == (503, "database_unavailable")
        assert readiness(app) == (200, None)
        assert push(phone, edit(2)).status_code == 200
        check_stored(settings, edit(1), edit(2))
