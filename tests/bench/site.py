"""The site that is measured: a server of the bench's own, handing out one build of the client."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from e2e.server import Server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Playwright


@dataclass(frozen=True)
class Site:
    """Where the app is, where its built files lie, a folder for what comes up while measuring, and the browsers."""

    address: str
    built: Path
    folder: Path
    playwright: Playwright


@contextmanager
def open_site(static: Path, folder: Path, playwright: Playwright) -> Iterator[Site]:
    """Serve the build under ``static`` for as long as it is measured. Raises ServerDidNotStartError."""
    folder.mkdir(parents=True, exist_ok=True)
    server = Server(folder, command=(sys.executable, "-m", "e2e.serve_build", str(static.resolve())))
    server.start()
    try:
        yield Site(server.address, static / "built", folder, playwright)
    finally:
        server.stop()
