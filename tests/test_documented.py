"""Every setting, command and error code is documented, and nothing that is not there."""

from __future__ import annotations

import re
from pathlib import Path

import pwa
from pwa import backup, catalogue, cli, config, data_folder, migrations, serving
from pwa.problems import PROBLEMS
from pwa.setting_table import SETTINGS
from pwa.sync.push import Outcome
from pwa.sync.revisions import Refusal

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
START_ERRORS = (
    config.SettingRefusedError,
    data_folder.DataFolderRefusedError,
    catalogue.CatalogueMissingError,
    migrations.DatabaseRefusedError,
    serving.AddressTakenError,
)


def rows(page: str) -> list[list[str]]:
    """Return the cells of each table row of a page whose first cell is code."""
    text = (DOCS / page).read_text(encoding="utf-8")
    return [
        [cell.strip() for cell in line.strip("|\n").split("|")] for line in text.splitlines() if line.startswith("| `")
    ]


def test_every_setting_is_documented_in_order_with_its_default() -> None:
    documented = [(row[0].strip("`"), row[3].replace("`", "")) for row in rows("settings.md")]
    assert documented == [(setting.name, setting.default) for setting in SETTINGS]


def test_every_default_that_is_a_value_is_the_one_in_force() -> None:
    plain = config.Settings(data=Path("data"), database_url="sqlite:///x")
    for setting in SETTINGS:
        if setting.default != "not set" and setting.field not in {"data", "database_url"}:
            assert setting.parse(setting.default) == getattr(plain, setting.field), setting.name


def test_every_code_a_request_can_meet_is_documented_with_its_status() -> None:
    documented = [(row[0].strip("`"), int(row[1])) for row in rows("errors.md") if len(row) == 3]
    assert documented == [(problem.code, problem.status) for problem in PROBLEMS.values()]


def test_every_code_that_ends_a_command_is_documented() -> None:
    documented = [row[0].strip("`") for row in rows("errors.md") if len(row) == 2]
    assert documented == [error.code for error in (*START_ERRORS, backup.BackupRefusedError)]


def test_serving_says_every_one_of_them_in_one_line() -> None:
    assert cli.START_ERRORS == START_ERRORS


def test_every_code_in_the_source_is_in_the_documents() -> None:
    sources = "\n".join(file.read_text(encoding="utf-8") for file in sorted((ROOT / "pwa").rglob("*.py")))
    codes = {*re.findall(r'\bcode ?= ?"([a-z_]+)"', sources), *re.findall(r'"([a-z_]+)": \([45]\d\d, _\(', sources)}
    assert codes == {*PROBLEMS, *(error.code for error in START_ERRORS), backup.BackupRefusedError.code}


def test_every_command_is_documented() -> None:
    documented = {row[0].strip("`") for row in rows("running-a-server.md")}
    assert documented == {*(f"cairn {name}" for name in cli.main.commands), "cairn --version", "cairn --help"}


def test_the_version_is_the_packages_own() -> None:
    assert f'version = "{pwa.__version__}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_every_reason_to_refuse_a_revision_is_documented_in_order() -> None:
    documented = [row[0].strip("`") for row in rows("sync-protocol.md")]
    assert [code for code in documented if code in set(Refusal)] == list(Refusal)
    assert [code for code in documented if code in set(Outcome)] == list(Outcome)
