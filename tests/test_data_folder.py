"""The data folder is made once, closed to others, and keeps its key."""

from __future__ import annotations

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from pwa.data_folder import DataFolderRefusedError, prepare_data_folder

if TYPE_CHECKING:
    from pathlib import Path

    from pwa.config import Settings


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_folder_key_and_database_are_for_this_account_alone(settings: Settings) -> None:
    usual = os.umask(0)
    try:
        prepare_data_folder(settings)
    finally:
        os.umask(usual)
    assert settings.sqlite_file is not None
    assert mode_of(settings.data) == 0o700
    assert mode_of(settings.secret_key_file) == 0o600
    assert mode_of(settings.sqlite_file) == 0o600


def test_the_key_is_made_once_and_kept(settings: Settings) -> None:
    first = prepare_data_folder(settings)
    assert prepare_data_folder(settings) == first
    assert len(first) == 64
    assert sorted(path.name for path in settings.data.iterdir()) == ["cairn.sqlite3", "secret.key"]


def test_many_processes_starting_at_once_agree_on_one_key(settings: Settings) -> None:
    with ThreadPoolExecutor(16) as pool:
        keys = set(pool.map(lambda _: prepare_data_folder(settings), range(64)))
    assert len(keys) == 1
    assert sorted(path.name for path in settings.data.iterdir()) == ["cairn.sqlite3", "secret.key"]


def test_half_a_key_is_refused_and_left_as_it_is(settings: Settings) -> None:
    prepare_data_folder(settings)
    settings.secret_key_file.write_text("short")
    with pytest.raises(DataFolderRefusedError, match="no whole key"):
        prepare_data_folder(settings)
    assert settings.secret_key_file.read_text() == "short"


def test_a_folder_that_cannot_be_made_is_named(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(DataFolderRefusedError, match="CAIRN_DATA"):
        prepare_data_folder(replace(settings, data=tmp_path / "file" / "data"))
