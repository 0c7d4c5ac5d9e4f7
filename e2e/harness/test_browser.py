"""A Chromium is found the least troublesome way there is; where there is none, that is said plainly."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from e2e import browser
from e2e.browser import FoundBrowser, NoBrowserError

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture(autouse=True)
def nothing_written_down(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(browser, "WRITTEN_DOWN", tmp_path / "chromium.json")
    monkeypatch.delenv("E2E_CHROMIUM", raising=False)
    browser.known_browser.cache_clear()


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> dict[str, str | bool | None]:
    """A machine without any browser, to which a test adds; each path starts and is its own version."""
    machine: dict[str, str | bool | None] = {"own": None, "downloads": False, "system": None, "installs": False}
    monkeypatch.setattr(browser, "playwrights_own", lambda: machine["own"])
    monkeypatch.setattr(browser, "system_chromium", lambda: machine["system"])
    monkeypatch.setattr(browser, "version_when_started", lambda path: None if path == "/broken" else "156")

    def download() -> bool:
        machine["own"] = "/downloaded" if machine["downloads"] else machine["own"]
        return bool(machine["downloads"])

    def install() -> bool:
        machine["system"] = "/installed" if machine["installs"] else machine["system"]
        return bool(machine["installs"])

    monkeypatch.setattr(browser, "download_playwrights_own", download)
    monkeypatch.setattr(browser, "install_system_chromium", install)
    return machine


@pytest.mark.parametrize(
    ("there_is", "found"),
    [
        ({"own": "/own", "system": "/usr/bin/chromium"}, "/own"),
        ({"downloads": True, "system": "/usr/bin/chromium"}, "/downloaded"),
        ({"system": "/usr/bin/chromium", "installs": True}, "/usr/bin/chromium"),
        ({"installs": True}, "/installed"),
        ({"own": "/broken", "system": "/usr/bin/chromium"}, "/usr/bin/chromium"),
    ],
)
def test_the_least_troublesome_browser_that_starts_is_taken(
    machine: dict[str, str | bool | None], there_is: dict[str, str | bool], found: str
) -> None:
    machine.update(there_is)
    assert browser.bring_browser().path == found


def test_without_any_browser_one_sentence_says_what_to_do(
    machine: dict[str, str | bool | None], capsys: pytest.CaptureFixture[str]
) -> None:
    assert machine["own"] is None
    with pytest.raises(NoBrowserError):
        browser.bring_browser()
    assert browser.main() == 1
    assert "playwright install chromium" in capsys.readouterr().err


def test_what_was_found_is_not_looked_for_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "chromium").touch()
    found = FoundBrowser(str(tmp_path / "chromium"), "156", "the system's")
    monkeypatch.setattr(browser, "browsers_that_start", lambda: iter([found]))
    browser.bring_browser()
    monkeypatch.setattr(browser, "browsers_that_start", lambda: iter([]))
    assert browser.known_browser() == found
    Path(found.path).unlink()
    browser.known_browser.cache_clear()
    with pytest.raises(NoBrowserError):
        browser.known_browser()


@pytest.mark.parametrize("bring", [browser.download_playwrights_own, browser.install_system_chromium])
def test_before_a_browser_is_brought_one_line_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], bring: Callable[[], bool]
) -> None:
    said: list[str] = []

    def succeeds(*_: object, **__: object) -> bool:
        said.append(capsys.readouterr().err)
        return True

    monkeypatch.delenv("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", raising=False)
    monkeypatch.setattr(browser, "is_root", lambda: True)
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(browser, "succeeds", succeeds)
    assert bring()
    assert said[0].startswith("No browser yet: ")
    assert said[0].count("\n") == 1
    assert "".join(said[1:]) == ""


def test_where_nothing_may_be_downloaded_nothing_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
    assert not browser.download_playwrights_own()
    assert capsys.readouterr().err == ""


def test_a_command_that_takes_too_long_or_is_not_there_is_given_up() -> None:
    assert not browser.succeeds([sys.executable, "-c", "import time; time.sleep(30)"], seconds=0.2)
    assert not browser.succeeds(["no-such-command"], seconds=1)


def test_making_sure_of_a_browser_prints_one_line() -> None:
    said = subprocess.run([sys.executable, "-m", "e2e.browser"], capture_output=True, text=True, check=True)
    assert len(said.stdout.splitlines()) == 1
    assert said.stdout.startswith("Browser: Chromium ")
