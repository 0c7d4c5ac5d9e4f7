"""Make sure a Chromium is there: ``python -m e2e.browser``.

Playwright's own comes first, then the system's, then one from the system's package manager where that is allowed.
What was found is written down beside the environment, so that a run asks once.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import Error, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SYSTEM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DOWNLOAD_SECONDS = 180
INSTALL_SECONDS = 600
WRITTEN_DOWN = Path(sys.prefix) / "chromium.json"
QUIET = ("--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run")
PACKAGE_MANAGERS = {
    "apt-get": (("update", "--quiet"), ("install", "--yes", "--quiet", "--no-install-recommends", "chromium")),
    "dnf": (("install", "--assumeyes", "--quiet", "chromium"),),
    "apk": (("add", "--quiet", "chromium"),),
    "pacman": (("--sync", "--noconfirm", "--needed", "chromium"),),
}


class NoBrowserError(RuntimeError):
    """No Chromium is here and none could be brought."""

    def __init__(self) -> None:
        names = ", ".join(SYSTEM_NAMES[:3])
        super().__init__(
            "The journeys need a Chromium, and none was found or could be installed. Try one of:\n"
            "  .venv/bin/playwright install chromium      (downloads Playwright's own)\n"
            "  sudo apt-get install chromium              (or your system's package manager)\n"
            f"  E2E_CHROMIUM=/path/to/chromium make e2e  (one you have; {names} are found by name)"
        )


@dataclass(frozen=True)
class FoundBrowser:
    """A Chromium that starts: its path, its version, and whose it is."""

    path: str
    version: str
    whose: str


def chromium_launch_options() -> dict[str, Any]:
    """Return what ``browser_type.launch`` needs to start the Chromium that is here. Raises NoBrowserError."""
    arguments = [*QUIET, "--no-sandbox"] if is_root() else [*QUIET]
    return {"executable_path": known_browser().path, "args": arguments}


@lru_cache(maxsize=1)
def known_browser() -> FoundBrowser:
    """Return the browser that was written down, if it is still there; else look for one."""
    asked_for = os.environ.get("E2E_CHROMIUM")
    with suppress(OSError, ValueError, TypeError):
        found = FoundBrowser(**json.loads(WRITTEN_DOWN.read_text()))
        if Path(found.path).exists() and asked_for in (None, found.path):
            return found
    return bring_browser()


def bring_browser() -> FoundBrowser:
    """Find or install a Chromium that starts, and write down which. Raises NoBrowserError."""
    found = next(browsers_that_start(), None)
    if found is None:
        raise NoBrowserError
    with suppress(OSError):
        WRITTEN_DOWN.write_text(json.dumps(asdict(found)))
    return found


def browsers_that_start() -> Iterator[FoundBrowser]:
    """Try each way of coming by a Chromium, the least trouble first; yield those that start."""
    ways: dict[str, Callable[[], str | None]] = {
        "named by E2E_CHROMIUM": lambda: os.environ.get("E2E_CHROMIUM"),
        "Playwright's own": playwrights_own,
        "Playwright's own, just downloaded": lambda: playwrights_own() if download_playwrights_own() else None,
        "the system's": system_chromium,
        "the system's, just installed": lambda: system_chromium() if install_system_chromium() else None,
    }
    for whose, way in ways.items():
        path = way()
        version = version_when_started(path) if path else None
        if path and version:
            yield FoundBrowser(path, version, whose)


def playwrights_own() -> str | None:
    """Return the path of the Chromium that Playwright installed, if it did."""
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def download_playwrights_own() -> bool:
    """Let Playwright download its Chromium, quietly and for a bounded time. Return whether it did."""
    if os.environ.get("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD"):
        return False
    say(f"No browser yet: Playwright downloads its Chromium, which takes {DOWNLOAD_SECONDS // 60} minutes at the most.")
    return succeeds([sys.executable, "-m", "playwright", "install", "chromium"], seconds=DOWNLOAD_SECONDS)


def system_chromium() -> str | None:
    """Return the path of the system's Chromium, if it has one."""
    return next((path for name in SYSTEM_NAMES if (path := shutil.which(name))), None)


def install_system_chromium() -> bool:
    """Install Chromium through the system's package manager, as root or by ``sudo`` without a password."""
    manager = next((name for name in PACKAGE_MANAGERS if shutil.which(name)), None)
    if manager is None:
        return False
    before: list[str] = []
    if not is_root():
        if not shutil.which("sudo") or not succeeds(["sudo", "-n", "true"], seconds=5):
            return False
        before = ["sudo", "-n"]
    say(f"No browser yet: {manager} installs Chromium, which takes some minutes.")
    return all(succeeds([*before, manager, *step], seconds=INSTALL_SECONDS) for step in PACKAGE_MANAGERS[manager])


def version_when_started(path: str) -> str | None:
    """Start the browser once, as the journeys will; return its version, or nothing where it does not start."""
    arguments = ["--no-sandbox"] if is_root() else []
    with sync_playwright() as playwright, suppress(Error):
        browser = playwright.chromium.launch(executable_path=path, args=arguments, timeout=30_000)
        version: str = browser.version
        browser.close()
        return version
    return None


def succeeds(command: list[str], *, seconds: float) -> bool:
    """Run a command in silence; return whether it ended well within its time."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        ended = subprocess.run(command, capture_output=True, timeout=seconds, check=False, env=environment)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return ended.returncode == 0


def say(line: str) -> None:
    """Tell at once, beside what is printed for others to read."""
    print(line, file=sys.stderr, flush=True)


def is_root() -> bool:
    """Say whether this runs as root, for whom Chromium starts only without its sandbox."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def main() -> int:
    """Print one line about the browser that will be used; return 1 where there is none."""
    try:
        found = known_browser()
    except NoBrowserError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"Browser: Chromium {found.version}, {found.whose} ({found.path})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
