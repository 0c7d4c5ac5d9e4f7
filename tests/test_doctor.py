"""The doctor says of each thing how it stands and what to do, and changes nothing."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from pwa import doctor
from pwa.data_folder import prepare_data_folder
from pwa.doctor import machine
from pwa.migrations import HEAD, bring_up_to_date

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pwa.config import Settings

TODAY = date(2026, 5, 14)


@pytest.fixture
def started(settings: Settings) -> Settings:
    prepare_data_folder(settings)
    bring_up_to_date(settings.database_url)
    return replace(settings, operator_name="Friends of the Hill", operator_contact="help@example.org")


def test_a_sound_site_gets_only_ok(started: Settings) -> None:
    findings = [check(started) for check in doctor.CHECKS]
    assert [finding.level for finding in findings] == ["ok"] * 7, findings
    assert str(findings[0]).startswith("ok   data folder: ")


def test_before_the_first_start_it_says_to_start_and_makes_nothing(settings: Settings) -> None:
    for check in (doctor.data_folder, doctor.secret_key, doctor.database):
        finding = check(settings)
        assert finding.level == "fail"
        assert "start the server once" in finding.words
    assert not settings.data.exists()


def loosen_folder(settings: Settings) -> None:
    settings.data.chmod(0o755)


def loosen_key(settings: Settings) -> None:
    settings.secret_key_file.chmod(0o644)


def shorten_key(settings: Settings) -> None:
    settings.secret_key_file.write_text("short")


def scribble_on_database(settings: Settings) -> None:
    (settings.data / "cairn.sqlite3").write_bytes(b"this is no database" * 100)


def change_one_byte(settings: Settings) -> None:
    (settings.built / "app-AAAA.js").write_bytes(b"changed")


def take_the_client_away(settings: Settings) -> None:
    (settings.built / "assets.json").unlink()


@pytest.mark.parametrize(
    ("harm", "check", "level", "advice"),
    [
        (loosen_folder, doctor.data_folder, "warn", "chmod 700"),
        (loosen_key, doctor.secret_key, "fail", "chmod 600"),
        (shorten_key, doctor.secret_key, "fail", "delete it"),
        (scribble_on_database, doctor.database, "fail", "does not open"),
        (change_one_byte, doctor.client, "fail", "app-AAAA.js"),
        (take_the_client_away, doctor.client, "fail", "make run"),
    ],
)
def test_each_harm_is_found_with_what_to_do(
    started: Settings,
    harm: Callable[[Settings], None],
    check: Callable[[Settings], doctor.Finding],
    level: str,
    advice: str,
) -> None:
    harm(started)
    finding = check(started)
    assert finding.level == level
    assert advice in finding.words


def test_where_the_tables_stand_is_said(started: Settings) -> None:
    assert doctor.database(started).words.endswith(f"its tables are up to date ({HEAD})")


@pytest.mark.parametrize(
    ("step", "level", "advice"),
    [("NULL", "warn", "at step none, .*start the server"), ("'9999'", "fail", "at step 9999, made by a newer version")],
)
def test_tables_of_another_version_are_said(started: Settings, step: str, level: str, advice: str) -> None:
    with sqlite3.connect(started.data / "cairn.sqlite3") as connection:
        connection.execute("DELETE FROM alembic_version")
        connection.execute(f"INSERT INTO alembic_version SELECT {step} WHERE {step} IS NOT NULL")
    finding = doctor.database(started)
    assert finding.level == level
    assert re.search(advice, finding.words)


def test_a_pragma_that_is_not_in_force_is_named(started: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    with sqlite3.connect(started.data / "cairn.sqlite3") as connection:
        connection.execute("PRAGMA journal_mode=delete")  # the file itself keeps this one
    monkeypatch.setattr(machine, "prepare_engine", lambda _engine: None)
    finding = doctor.database(started)
    assert finding.level == "fail"
    assert {"journal_mode", "foreign_keys"} <= set(
        finding.words.removesuffix("; keep the file on a local disk.").split(": ")[1].split(", ")
    )


def test_a_database_that_is_away_is_said_without_its_password(started: Settings) -> None:
    finding = doctor.database(replace(started, database_url="postgresql+psycopg://cairn:hunter2@127.0.0.1:1/cairn"))
    assert finding.level == "fail"
    assert "hunter2" not in finding.words


@pytest.mark.parametrize("content", [None, b"", b"no catalogue at all, but long enough"])
def test_words_that_cannot_be_read_are_said(started: Settings, tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "words/en/LC_MESSAGES/messages.mo"
    file.parent.mkdir(parents=True)
    if content is not None:
        file.write_bytes(content)
    finding = doctor.catalogue(replace(started, translations=tmp_path / "words"))
    assert finding.level == "fail"
    assert "make run" in finding.words


@pytest.mark.parametrize(
    ("change", "level"),
    [
        ({}, "ok"),
        ({"host": "192.0.2.7"}, "warn"),
        ({"trusted_hosts": ("cairn.example.org",)}, "warn"),
        ({"behind_tls": True}, "fail"),
        ({"behind_tls": True, "trusted_hosts": ("cairn.example.org",)}, "ok"),
    ],
)
def test_tls_names_and_address_must_go_together(settings: Settings, change: dict[str, object], level: str) -> None:
    assert doctor.transport(replace(settings, **change)).level == level  # type: ignore[arg-type] # a table of examples


BOTH = "set CAIRN_OPERATOR_NAME and CAIRN_OPERATOR_CONTACT."


@pytest.mark.parametrize(
    ("change", "level", "advice"),
    [
        ({"operator_name": None, "operator_contact": None}, "warn", BOTH),
        ({"operator_name": None, "operator_contact": None, "behind_tls": True}, "fail", BOTH),
        ({"operator_name": None}, "warn", "set CAIRN_OPERATOR_NAME."),
        ({"operator_contact": None, "behind_tls": True}, "fail", "set CAIRN_OPERATOR_CONTACT."),
        ({}, "ok", "Friends of the Hill, help@example.org"),
        ({"behind_tls": True}, "ok", "Friends of the Hill, help@example.org"),
    ],
)
def test_people_must_be_told_who_runs_a_site_that_they_reach(
    started: Settings, change: dict[str, object], level: str, advice: str
) -> None:
    finding = doctor.operator(replace(started, **change))  # type: ignore[arg-type] # a table of examples
    assert (finding.level, finding.subject) == (level, "operator")
    assert finding.words.endswith(advice)
    assert level == "ok" or "people are not told who runs this site" in finding.words


@pytest.mark.parametrize(
    ("confirmed", "level"),
    [(None, "warn"), (date(2026, 5, 14), "ok"), (date(2025, 5, 14), "ok"), (date(2025, 5, 13), "warn")],
)
def test_help_numbers_are_checked_once_a_year(settings: Settings, confirmed: date | None, level: str) -> None:
    assert doctor.help_numbers(replace(settings, help_confirmed=confirmed), today=TODAY).level == level


def test_an_old_python_is_refused() -> None:
    assert doctor.python_version((3, 10)).level == "fail"
    assert doctor.python_version((3, 11)).level == "ok"


def test_a_bad_setting_ends_the_examination_with_its_reason() -> None:
    findings = list(doctor.examine({"PORT": "eighty"}, today=TODAY))
    assert [finding.level for finding in findings] == ["ok", "fail"]
    assert 'PORT is "eighty"' in findings[-1].words


def test_a_slip_of_the_pen_is_named(tmp_path: Path) -> None:
    findings = list(doctor.examine({"CAIRN_DATA": str(tmp_path), "CAIRN_HOST": "x"}, today=TODAY))
    assert [finding.words for finding in findings if finding.level == "warn" and finding.subject == "settings"] == [
        "CAIRN_HOST is no setting of Cairn; see docs/settings.md for the names."
    ]
