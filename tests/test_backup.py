"""Backups: taken while others write, checked, put back as another life of the database, and never by halves."""

from __future__ import annotations

import hashlib
import sqlite3
import stat
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.orm import Session

from pwa.backup import BackupRefusedError, back_up, begin_another_generation, restore, verify_backup
from pwa.database import open_engine
from pwa.migrations import bring_up_to_date
from pwa.sync.generation import generation
from pwa.upkeep import prune, stats
from tests.accounts.conftest import Clock
from tests.conftest import opened
from tests.sync.made import HERS, TODAY, Server, Vault, check_space, edit

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy import Engine

    from pwa.config import Settings


def new_life(count: int) -> bytes:
    return b"another life"[:count].ljust(count, b".")


@pytest.fixture
def live(settings: Settings) -> Settings:
    """Begin a site with a database."""
    settings.data.mkdir()
    bring_up_to_date(settings.database_url)
    return settings


@pytest.fixture
def backup(live: Settings, tmp_path: Path) -> Path:
    """Back up a vault with a roll entry and two changes."""
    for engine in opened(live.database_url):
        server = Server(engine)
        server.create()
        server.push(Vault().entry(), edit(1), edit(2))
    file = tmp_path / "yesterday.sqlite3"
    back_up(live, file)
    return file


@pytest.fixture
def elsewhere(live: Settings, tmp_path: Path) -> Settings:
    """Choose an empty data folder that is not there yet."""
    data = tmp_path / "elsewhere"
    return replace(live, data=data, database_url=f"sqlite:///{data / 'cairn.sqlite3'}")


def life_of(url: str) -> bytes:
    engine = open_engine(url)
    with Session(engine) as session:
        found = generation(session)
    engine.dispose()
    return found


def test_a_backup_is_one_file_for_its_own_account_with_its_checksum_beside_it(backup: Path, live: Settings) -> None:
    beside = backup.with_name("yesterday.sqlite3.sha256")
    assert sorted(path.name for path in backup.parent.glob("yesterday*")) == [backup.name, beside.name]
    assert {stat.S_IMODE(path.stat().st_mode) for path in (backup, beside)} == {0o600}
    assert beside.read_text() == f"{hashlib.sha256(backup.read_bytes()).hexdigest()}  {backup.name}\n"
    live.secret_key_file.write_text("a secret key of the operator's own")
    assert b"a secret key" not in backup.read_bytes()
    verify_backup(backup)


def test_a_backup_taken_in_the_midst_of_a_write_holds_the_moment_before(live: Settings, tmp_path: Path) -> None:
    for engine in opened(live.database_url):
        server = Server(engine)
        server.create()
        server.push(edit(1))
        with engine.begin() as writing:
            writing.exec_driver_sql("DELETE FROM revision")
            back_up(live, tmp_path / "now.sqlite3")
    verify_backup(tmp_path / "now.sqlite3")
    with closing(sqlite3.connect(tmp_path / "now.sqlite3")) as copy:
        assert copy.execute("SELECT count(*) FROM revision").fetchone() == (1,)


def test_yesterdays_backup_is_put_back_and_pushes_go_on(backup: Path, live: Settings, elsewhere: Settings) -> None:
    """What was pushed after the backup is brought back by a phone, in another generation."""
    for engine in opened(live.database_url):
        Server(engine).push(edit(3), edit(4))
        seen = Server(engine).pull().generation
    before = life_of(live.database_url)
    restore(elsewhere, backup, today=TODAY, random=new_life)
    assert life_of(live.database_url) == before
    assert elsewhere.sqlite_file is not None
    assert stat.S_IMODE(elsewhere.sqlite_file.stat().st_mode) == 0o600
    assert [path.name for path in elsewhere.data.iterdir()] == ["cairn.sqlite3"]
    for engine in opened(elsewhere.database_url):
        server = Server(engine)
        page = server.pull()
        assert (page.head, life_of(elsewhere.database_url)) == (3, new_life(16))
        assert page.generation not in {before, seen}
        outcomes = server.push(edit(1), edit(2), edit(3), edit(4), edit(5))
        assert outcomes == ["duplicate", "duplicate", "stored", "stored", "stored"]
        assert [row.id for row in server.pull(claim=HERS).rows][3:] == [edit(n).id for n in (3, 4, 5)]
        check_space(server)


def test_where_a_database_is_nothing_is_put_back(backup: Path, live: Settings) -> None:
    before = life_of(live.database_url)
    with pytest.raises(BackupRefusedError, match="is there"):
        restore(live, backup, today=TODAY, random=new_life)
    assert life_of(live.database_url) == before


def test_the_log_of_an_old_database_is_in_the_way_too(backup: Path, elsewhere: Settings) -> None:
    elsewhere.data.mkdir()
    (elsewhere.data / "cairn.sqlite3-wal").write_bytes(b"of another database")
    with pytest.raises(BackupRefusedError, match="sqlite3-wal is there"):
        restore(elsewhere, backup, today=TODAY, random=new_life)


def flip_a_bit(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def cut_in_half(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def lose_the_checksum(file: Path) -> None:
    file.with_name(f"{file.name}.sha256").unlink()


def lose_it(file: Path) -> None:
    file.unlink()


def make_it_newer(file: Path) -> None:
    with closing(sqlite3.connect(file)) as copy:
        copy.execute("UPDATE alembic_version SET version_num = '9999'")
        copy.commit()
    write_the_checksum_anew(file)


def make_it_something_else(file: Path) -> None:
    file.write_bytes(b"a letter, no database")
    write_the_checksum_anew(file)


def write_the_checksum_anew(file: Path) -> None:
    file.with_name(f"{file.name}.sha256").write_text(f"{hashlib.sha256(file.read_bytes()).hexdigest()}  x\n")


@pytest.mark.parametrize(
    "spoil",
    [flip_a_bit, cut_in_half, lose_the_checksum, make_it_newer, make_it_something_else, lose_it],
)
def test_a_backup_that_does_not_hold_is_not_put_back(
    backup: Path, elsewhere: Settings, spoil: Callable[[Path], object]
) -> None:
    spoil(backup)
    with pytest.raises(BackupRefusedError):
        verify_backup(backup)
    with pytest.raises(BackupRefusedError):
        restore(elsewhere, backup, today=TODAY, random=new_life)
    assert not elsewhere.data.exists()


def test_a_backup_takes_no_files_place(backup: Path, live: Settings) -> None:
    content = backup.read_bytes()
    with pytest.raises(BackupRefusedError, match="there already"):
        back_up(live, backup)
    assert backup.read_bytes() == content


def test_a_backup_that_cannot_be_written_leaves_nothing(live: Settings, tmp_path: Path) -> None:
    with pytest.raises(BackupRefusedError, match="cannot be written"):
        back_up(live, tmp_path / "nowhere/backup.sqlite3")
    with pytest.raises(BackupRefusedError, match="is not there"):
        back_up(replace(live, database_url=f"sqlite:///{tmp_path / 'none.sqlite3'}"), tmp_path / "backup.sqlite3")
    assert not list(tmp_path.glob("*backup*"))


def test_postgresql_is_left_to_its_own_programs(settings: Settings, tmp_path: Path) -> None:
    settings = replace(settings, database_url="postgresql+psycopg://cairn@localhost/cairn")
    with pytest.raises(BackupRefusedError, match="pg_dump"):
        back_up(settings, tmp_path / "backup")
    with pytest.raises(BackupRefusedError, match="pg_restore"):
        restore(settings, tmp_path / "backup", today=TODAY, random=new_life)


def test_another_generation_begins_on_either_database(empty_url: str, settings: Settings) -> None:
    bring_up_to_date(empty_url)
    before = life_of(empty_url)
    begin_another_generation(empty_url, settings, today=TODAY, random=new_life)
    assert life_of(empty_url) == new_life(16) != before


def test_stats_are_counts_and_sizes(engine: Engine) -> None:
    server = Server(engine)
    server.create()
    server.push(edit(1), edit(2))
    told = dict(stats(engine.url.render_as_string(hide_password=False)))
    assert told == {
        "accounts": 0,
        "phones signed in": 0,
        "diaries": 1,
        "revisions": 2,
        "bytes held": server.space().used_bytes,
        "bytes of the largest diary": server.space().used_bytes,
    }


def test_pruning_lets_go_of_what_is_due_and_of_nothing_else(engine: Engine) -> None:
    server = Server(engine)
    server.create()
    server.push(edit(1), edit(1, edit(1), words="later"))
    url, clock = engine.url.render_as_string(hide_password=False), Clock()
    assert prune(url, now=clock()).old_versions == 0
    assert prune(url, now=clock() + timedelta(days=30)).old_versions == 1
    check_space(server)
