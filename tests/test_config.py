"""Settings are read once, typed, and refused by name."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from pwa.accounts import bodies
from pwa.config import SettingRefusedError, Settings, read_settings, unknown_settings
from pwa.setting_table import LEAST_BODY_LIMIT, SETTINGS
from pwa.sync.revisions import LARGEST, Sent
from tests.sync.made import written

TODAY = date(2026, 5, 14)


def read(**environ: str) -> Settings:
    return read_settings(environ, today=TODAY)


def test_nothing_set_gives_a_server_for_this_machine_alone() -> None:
    settings = read()
    assert settings.data == Path("data").absolute()
    assert settings.sqlite_file == settings.data / "cairn.sqlite3"
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert settings.trusted_hosts == ("localhost", "127.0.0.1")
    assert not settings.behind_tls
    assert settings.help_confirmed is None


def test_an_empty_variable_counts_as_not_set() -> None:
    assert read(PORT="", CAIRN_HELP_CONFIRMED="  ") == read()


def test_the_database_lies_in_the_data_folder_wherever_that_is(tmp_path: Path) -> None:
    assert read(CAIRN_DATA=str(tmp_path)).sqlite_file == tmp_path / "cairn.sqlite3"


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("PORT", "0", 0),
        ("HOST", "::1", "::1"),
        ("CAIRN_TRUSTED_HOSTS", "Cairn.example.org, .example.net", ("cairn.example.org", ".example.net")),
        ("CAIRN_BEHIND_TLS", "YES", True),
        ("CAIRN_BEHIND_TLS", "off", False),
        ("CAIRN_OPERATOR_NAME", "Friends of the Hill", "Friends of the Hill"),
        ("CAIRN_OPERATOR_CONTACT", "help@example.org", "mailto:help@example.org"),
        ("CAIRN_OPERATOR_CONTACT", "https://example.org/contact", "https://example.org/contact"),
        ("CAIRN_HELP_CONFIRMED", "2026-05-14", date(2026, 5, 14)),
        ("CAIRN_BODY_LIMIT", "393216", 393216),
        ("CAIRN_DATABASE_URL", "postgresql+psycopg://cairn:word@db/cairn", "postgresql+psycopg://cairn:word@db/cairn"),
    ],
)
def test_a_good_text_becomes_a_value(name: str, text: str, value: object) -> None:
    field = next(setting.field for setting in SETTINGS if setting.name == name)
    assert getattr(read(**{name: text}), field) == value


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("PORT", "80a"),
        ("PORT", "65536"),
        ("PORT", "-1"),
        ("PORT", "٨٠٠٠"),
        ("HOST", "not a host"),
        ("CAIRN_DATA", __file__),
        ("CAIRN_TRUSTED_HOSTS", "https://example.org"),
        ("CAIRN_TRUSTED_HOSTS", "example.org:443"),
        ("CAIRN_TRUSTED_HOSTS", ","),
        ("CAIRN_BEHIND_TLS", "perhaps"),
        ("CAIRN_HSTS_SECONDS", "a year"),
        ("CAIRN_OPERATOR_NAME", "two\nlines"),
        ("CAIRN_OPERATOR_CONTACT", "javascript:alert(1)"),
        ("CAIRN_OPERATOR_CONTACT", "http://example.org"),
        ("CAIRN_HELP_CONFIRMED", "14 May"),
        ("CAIRN_HELP_CONFIRMED", "2026-05-15"),
        ("CAIRN_BODY_LIMIT", "12"),
        ("CAIRN_WORKERS", "0"),
        ("CAIRN_THREADS", "1000"),
    ],
)
def test_a_bad_text_is_refused_with_what_was_found_and_what_is_expected(name: str, text: str) -> None:
    with pytest.raises(SettingRefusedError) as refused:
        read(**{name: text})
    assert refused.value.name == name
    assert text.strip() in str(refused.value)
    assert "expected" in str(refused.value)


@pytest.mark.parametrize("text", ["mysql://u:hunter2@db/x", "nonsense hunter2", "sqlite://", "sqlite:///:memory:"])
def test_a_bad_database_address_is_refused_without_its_password(text: str) -> None:
    with pytest.raises(SettingRefusedError, match="CAIRN_DATABASE_URL") as refused:
        read(CAIRN_DATABASE_URL=text)
    assert "hunter2" not in str(refused.value)


def test_settings_never_print_the_database_address() -> None:
    assert "hunter2" not in repr(read(CAIRN_DATABASE_URL="postgresql+psycopg://u:hunter2@db/x"))


def test_a_variable_that_only_looks_like_a_setting_is_named() -> None:
    assert unknown_settings({"CAIRN_TRUSTED_HOST": "x", "CAIRN_DATA": "y", "PATH": "z"}) == ["CAIRN_TRUSTED_HOST"]


def test_every_field_an_operator_may_set_has_a_variable() -> None:
    assert {setting.field for setting in SETTINGS} == {each.name for each in fields(Settings)} - {
        "static",
        "translations",
    }


def test_the_least_body_limit_lets_the_largest_revision_in() -> None:
    """As a push of its own, and as the first entry of a vault beside the largest passkey a sign-up takes."""
    largest = Sent(bytes(32), bytes(67), bytes(LARGEST - 67), bytes(64))
    passkey = {"response": "A" * (bodies.LONGEST_ANSWER * 4 // 3), "id": "A" * 1364}
    for body in (
        {"revisions": [written(largest)]},
        {"challenge": "A" * 43, "passkey": passkey, "space": {"id": "A" * 22, "entry": written(largest)}},
    ):
        assert len(json.dumps(body)) <= LEAST_BODY_LIMIT
    with pytest.raises(SettingRefusedError, match="CAIRN_BODY_LIMIT"):
        read_settings({"CAIRN_BODY_LIMIT": str(LEAST_BODY_LIMIT - 1)}, today=TODAY)
