"""The steps make what the models say, can be taken back, and are taken once however many begin at once."""

from __future__ import annotations

import multiprocessing
import sqlite3
import subprocess
import sys
import threading
from datetime import date
from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, create_engine, inspect, text

import pwa.accounts.models
import pwa.sync.models  # noqa: F401 - the same
from pwa.database import Base
from pwa.migrations import (
    FOLDER,
    HEAD,
    DatabaseRefusedError,
    bring_up_to_date,
    downgrade,
    stands_at,
    upgrade,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sqlalchemy import Engine

TOGETHER = 3
# Python's driver gives up a lock after 5 s where nobody says otherwise.
LONGER_THAN_A_DRIVER_WAITS_S = 6


def test_the_last_step_is_the_one_that_is_named() -> None:
    assert ScriptDirectory(str(FOLDER)).get_heads() == [HEAD]


def test_the_steps_make_exactly_what_the_models_say(empty_engine: Engine) -> None:
    engine = empty_engine
    upgrade(engine)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    assert described(engine) == described(made_by_the_models(engine))


def test_every_step_can_be_taken_back_and_again(empty_engine: Engine) -> None:
    steps = [step.revision for step in ScriptDirectory(str(FOLDER)).walk_revisions()][::-1]
    assert steps
    for before, step in zip(["base", *steps], steps, strict=False):
        earlier = described(empty_engine)
        upgrade(empty_engine, to=step)
        later = described(empty_engine)
        downgrade(empty_engine, to=before)
        assert described(empty_engine) == earlier
        upgrade(empty_engine, to=step)
        assert described(empty_engine) == later != earlier


def test_of_the_parents_only_those_that_are_not_here_are_carried_over(empty_engine: Engine) -> None:
    upgrade(empty_engine, to="0001")
    days = {"received_on": date(2026, 5, 14), "superseded_on": None}
    row = {"kind": 1, "key_id": b"K", "header": b"h", "blob_hash": b"h", "chain": b"c", **days}
    with empty_engine.begin() as connection:
        tables = MetaData()
        tables.reflect(connection)
        space = {"id": b"S", "kind": 0, "head_seq": 2, "chain": b"c", "used_bytes": 0}
        connection.execute(tables.tables["space"].insert(), space)
        for seq in (1, 2):
            connection.execute(
                tables.tables["revision"].insert(),
                {**row, "space_id": b"S", "seq": seq, "id": b"%d" % seq, "record_id": b"R"},
            )
        for parent in (b"1", b"elsewhere"):
            connection.execute(
                tables.tables["parent"].insert(), {"space_id": b"S", "parent_id": parent, "child_seq": 2}
            )
    upgrade(empty_engine, to="0002")
    for table, step in (("awaited_parent", "0001"), ("parent", None)):
        with empty_engine.connect() as connection:
            assert connection.execute(text(f"SELECT parent_id, child_seq FROM {table}")).all() == [(b"elsewhere", 2)]  # noqa: S608 - our own names
        if step:
            downgrade(empty_engine, to=step)


def test_processes_that_begin_at_once_take_each_step_once(empty_url: str) -> None:
    processes = multiprocessing.get_context("spawn")
    start = processes.Barrier(TOGETHER, timeout=120)
    all_of_them = [processes.Process(target=begin, args=(start, empty_url), daemon=True) for _ in range(TOGETHER)]
    for process in all_of_them:
        process.start()
    for process in all_of_them:
        process.join(180)
    assert [process.exitcode for process in all_of_them] == [0] * TOGETHER
    engine = create_engine(empty_url)
    with engine.connect() as connection:
        assert stands_at(connection) == HEAD
        assert connection.execute(text("SELECT count(*) FROM generation")).scalar() == 1
    engine.dispose()


# SQLite waits out an EXCLUSIVE lock itself; while another holds an IMMEDIATE one it refuses the switch to WAL at once.
@pytest.mark.parametrize("lock", ["EXCLUSIVE", "IMMEDIATE"])
def test_who_begins_while_another_makes_the_file_waits_for_it(tmp_path: Path, lock: str) -> None:
    file = tmp_path / "begun.sqlite3"
    another = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    another.execute(f"BEGIN {lock}")
    released = threading.Timer(LONGER_THAN_A_DRIVER_WAITS_S, lambda: another.execute("ROLLBACK"))
    released.start()
    bring_up_to_date(f"sqlite:///{file}")
    released.join()
    another.close()


def begin(start: multiprocessing.synchronize.Barrier, url: str) -> None:
    start.wait()
    bring_up_to_date(url)


def test_a_database_of_a_newer_version_is_refused_and_left_alone(empty_engine: Engine, empty_url: str) -> None:
    upgrade(empty_engine)
    with empty_engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseRefusedError, match="newer version"):
        bring_up_to_date(empty_url)
    with empty_engine.connect() as connection:
        assert stands_at(connection) == "9999"


@pytest.mark.parametrize(
    "url", ["sqlite:////nowhere/at/all.sqlite3", "postgresql+psycopg://cairn:hunter2@127.0.0.1:1/x"]
)
def test_a_database_that_does_not_open_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(DatabaseRefusedError) as refused:
        bring_up_to_date(url)
    assert "hunter2" not in str(refused.value)


def test_where_no_step_is_missing_alembic_is_not_even_loaded(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'test.sqlite3'}"
    bring_up_to_date(url)
    program = (
        "import sys\nfrom pwa.migrations import bring_up_to_date\n"
        f"bring_up_to_date({url!r})\nassert 'alembic' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def made_by_the_models(engine: Engine) -> Engine:
    """Take every table away and make them from the models."""
    downgrade(engine, to="base")
    Base.metadata.create_all(engine)
    return engine


def described(engine: Engine) -> dict[str, object]:
    """Say all that the database tells of its tables, but the one that counts steps."""
    found = inspect(engine)
    return {
        table: (
            [(column["name"], str(column["type"]), column["nullable"]) for column in found.get_columns(table)],
            found.get_pk_constraint(table)["constrained_columns"],
            [(key["constrained_columns"], key["referred_table"]) for key in found.get_foreign_keys(table)],
            sorted(
                (
                    str(index["name"]),
                    index["column_names"],
                    index["unique"],
                    condition(index.get("dialect_options", {})),
                )
                for index in found.get_indexes(table)
            ),
            sorted(str(check["sqltext"]) for check in found.get_check_constraints(table)),
        )
        for table in sorted(found.get_table_names())
        if table != "alembic_version"
    }


def condition(options: Mapping[str, object]) -> str:
    """Return what rows an index is for, as the database writes it."""
    return " ".join(str(value) for name, value in options.items() if name.endswith("_where"))
