"""A backup that is put back brings no deleted account to life, and what is noted for that names nobody."""

from __future__ import annotations

import shutil
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

import pwa
from pwa.accounts.models import Account
from pwa.backup import back_up, begin_another_generation, restore
from pwa.database import db, open_engine
from pwa.day_files import DAYS, forget
from pwa.deletions import is_among, note_deletion, noted_deletions
from pwa.migrations import bring_up_to_date
from tests.accounts.conftest import Clock
from tests.accounts.phone import Phone, code_of, recovery_token
from tests.sync.made import TODAY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pwa.config import Settings

ONE, OTHER = b"1" * 16, b"2" * 16


def new_life(length: int) -> bytes:
    return b"n" * length


def accounts_of(database_url: str) -> list[bytes]:
    engine = open_engine(database_url)
    with Session(engine.execution_options(read_only=True)) as session:
        found = list(session.scalars(select(Account.id)))
    engine.dispose()
    return found


def test_an_account_deleted_after_the_backup_is_deleted_again_and_its_phones_are_told(
    settings: Settings, tmp_path: Path
) -> None:
    app = pwa.create_app(settings, clock=Clock())
    bring_up_to_date(settings.database_url)
    code, backup = recovery_token(), tmp_path / "backup.sqlite3"
    leaving, second, staying = Phone(app), Phone(app), Phone(app)
    leaving.sign_up(recovery=code)
    second.sign_in_with_code(code)
    staying.sign_up()
    back_up(settings, backup)
    assert leaving.ask("DELETE", "/account").status_code == 204
    with app.app_context():
        db.engine.dispose()
    for file in settings.data.glob("cairn.sqlite3*"):
        file.unlink()
    assert restore(settings, backup, today=TODAY, random=new_life) == 1
    assert len(accounts_of(settings.database_url)) == 1
    assert staying.ask("GET", "/account").status_code == 200
    answer = second.ask("GET", "/account")
    assert (answer.status_code, code_of(answer)) == (410, "account_deleted")
    assert code_of(Phone(app).sign_in_with_code(code)) == "not_recognised"
    with app.app_context():
        db.engine.dispose()


def test_after_a_backup_of_another_kind_too(empty_url: str, settings: Settings) -> None:
    bring_up_to_date(empty_url)
    engine = open_engine(empty_url)
    with Session(engine) as session, session.begin():
        session.add_all(Account(id=each, created_on=TODAY) for each in (ONE, OTHER))
    engine.dispose()
    settings.data.mkdir(exist_ok=True)
    note(settings.data, ONE)
    note(settings.data, b"3" * 16)
    assert begin_another_generation(empty_url, settings, today=TODAY, random=new_life) == 1
    assert accounts_of(empty_url) == [OTHER]


def test_where_it_cannot_be_noted_the_account_is_gone_all_the_same(settings: Settings) -> None:
    app = pwa.create_app(settings)
    bring_up_to_date(settings.database_url)
    settings.deletions.write_text("in the way")
    phone = Phone(app)
    phone.sign_up()
    assert phone.ask("DELETE", "/account").status_code == 204
    assert accounts_of(settings.database_url) == []
    with app.app_context():
        db.engine.dispose()


def note(data: Path, account_id: bytes, *, days_ago: int = 0, random: Callable[[int], bytes] = new_life) -> None:
    note_deletion(data / "deleted", account_id, today=TODAY - timedelta(days=days_ago), random=random)


def test_what_is_noted_holds_no_id_and_is_for_its_own_account_alone(tmp_path: Path) -> None:
    note(tmp_path, ONE)
    note(tmp_path, ONE, random=lambda length: b"o" * length)
    (file,) = (tmp_path / "deleted").iterdir()
    lines = file.read_text().splitlines()
    assert ONE.hex() not in file.read_text()
    assert len(set(lines)) == 2
    assert file.stat().st_mode & 0o077 == (tmp_path / "deleted").stat().st_mode & 0o077 == 0
    notes = noted_deletions(tmp_path / "deleted")
    assert (is_among(notes, ONE), is_among(notes, OTHER)) == (True, False)


@pytest.mark.parametrize("cut", [1, 20, 60])
def test_a_line_that_was_cut_off_says_nothing_and_hides_no_other(tmp_path: Path, cut: int) -> None:
    note(tmp_path, ONE)
    note(tmp_path, OTHER)
    (file,) = (tmp_path / "deleted").iterdir()
    file.write_bytes(file.read_bytes()[:-cut])
    notes = noted_deletions(tmp_path / "deleted")
    assert is_among(notes, ONE)
    assert is_among(notes, OTHER) == (cut == 1)


def test_what_is_older_than_backups_are_kept_is_forgotten(tmp_path: Path) -> None:
    note(tmp_path, ONE, days_ago=DAYS)
    note(tmp_path, OTHER, days_ago=DAYS + 1)
    forget(tmp_path / "deleted", today=TODAY)
    assert [file.name for file in (tmp_path / "deleted").iterdir()] == [str(TODAY - timedelta(days=DAYS))]
    shutil.rmtree(tmp_path / "deleted")
    forget(tmp_path / "deleted", today=TODAY)
    assert noted_deletions(tmp_path / "deleted") == []
