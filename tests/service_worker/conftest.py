"""The worker as it is built, the site it comes from, and a browser that meets it."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from e2e.browser import chromium_launch_options
from tests.service_worker.origin import PLACEHOLDER, Origin, Version

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext

ROOT = Path(__file__).parents[2]
ESBUILD = (ROOT / ".venv/bin/node", ROOT / "node_modules/esbuild/bin/esbuild", "--bundle", "--minify")


@pytest.fixture(scope="session")
def worker_script() -> str:
    """The worker as the build makes it."""
    script = _bundle("service_worker/worker.ts", "--format=iife")
    assert script.count(PLACEHOLDER) == 1, "the server would not find the place for its list"
    return script


@pytest.fixture(scope="session")
def release(worker_script: str) -> Callable[[str], Version]:
    """Make a version of the test page by its name."""

    def publish(name: str) -> Version:
        page = _bundle("tests/service_worker/page.ts", "--format=esm", f'--define:VERSION="{name}"')
        return Version(name, page.encode(), worker_script)

    return publish


@pytest.fixture
def origin(release: Callable[[str], Version]) -> Iterator[Origin]:
    """A site that has published version one."""
    site = Origin(release("one"))
    site.start()
    yield site
    site.stop()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start the Chromium that ``python -m e2e.browser`` found."""
    return {**chromium_launch_options(), **browser_type_launch_args}


@pytest.fixture(scope="session")
def chromium(launch_browser: Callable[[], Browser]) -> Iterator[Browser]:
    """Start it once; by another name than the server's tests, whose `browser` is Flask's."""
    running = launch_browser()
    yield running
    running.close()


@pytest.fixture
def phone(chromium: Browser) -> Iterator[BrowserContext]:
    """Make an empty profile."""
    context = chromium.new_context()
    context.set_default_timeout(10_000)
    yield context
    context.close()


def _bundle(entry: str, *options: str) -> str:
    return subprocess.run(
        [*ESBUILD, "--log-level=error", *options, entry], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
