"""What one test did: its phones, its server, what went wrong. A failure leaves a folder; a pass, nothing."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import Error

from e2e.requests_made import RequestsMade
from e2e.witness import Witness

if TYPE_CHECKING:
    from e2e.phone import Phone
    from e2e.server import Server

ARTEFACTS = Path(os.environ.get("E2E_ARTEFACTS") or Path(__file__).resolve().parents[1] / "artefacts")
STILL_AWAY_SECONDS = 3.0


class Journal:
    """The record of one test, named by its node id."""

    def __init__(self, test: str) -> None:
        self.test = test
        self.seed = int(os.environ.get("E2E_SEED") or secrets.randbits(32))
        self.phones: list[Phone] = []
        self.witness = Witness(self._is_cut_off)
        self.requests = RequestsMade()
        self._servers: dict[int, tuple[Server, int]] = {}
        self._offline_until = 0.0

    def follows(self, server: Server) -> None:
        """Keep what this server writes from now on."""
        self._servers[server.port] = (server, len(server.read_log().encode()))

    def goes(self, *, offline: bool) -> None:
        """Take the network away from every phone, or give it back."""
        self._offline_until = float("inf") if offline else time.monotonic() + STILL_AWAY_SECONDS
        for phone in self.phones:
            phone.goes(offline=offline)

    def check(self) -> None:
        """Fail where something happened that must not happen on any journey."""
        self._wait_for_late_words()
        verdict = self.witness.verdict()
        assert verdict is None, verdict
        leaks = self.requests.leaks()
        assert not leaks, "\n".join(["This went out in a request:", *leaks])

    def keep(self, why: str) -> Path:
        """Write everything there is to know into this test's folder, and return it."""
        folder = ARTEFACTS / re.sub(r"[^\w.-]+", "-", self.test.replace("::", "--")).strip("-")[:180]
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        again = f"E2E_SEED={self.seed} .venv/bin/pytest '{self.test}'\n"
        (folder / "seed.txt").write_text(f"{self.seed}\n\nAgain with the same:\n  {again}")
        (folder / "why.txt").write_text(why + "\n")
        (folder / "console.txt").write_text("\n".join(self.witness.console) + "\n")
        (folder / "faults.txt").write_text("\n".join(self.witness.faults) + "\n")
        for port, (server, since) in self._servers.items():
            (folder / f"server-{port}.log").write_text(server.read_log(since))
        for number, phone in enumerate(self.phones, 1):
            self._keep_phone(phone, folder, "" if len(self.phones) == 1 else f"-phone-{number}")
        return folder

    def ends(self) -> None:
        """Switch off every phone."""
        for phone in self.phones:
            with suppress(Error):
                phone.switches_off()

    def _keep_phone(self, phone: Phone, folder: Path, name: str) -> None:
        for number, page in enumerate(phone.context.pages, 1):
            with suppress(Error):
                page.screenshot(path=folder / f"screenshot{name}-{number}.png", timeout=5000)
        with suppress(Error):
            phone.keeps_trace()
        for number, trace in enumerate(phone.traces):
            shutil.copy(trace, folder / f"trace{name}{f'-{number + 1}' if number else ''}.zip")

    def _is_cut_off(self) -> bool:
        """Say whether the network or a server is away, or was a moment ago: the browser's words may come late."""
        now = time.monotonic()
        cuts = [cut for server, _ in self._servers.values() for cut in server.cuts]
        return now < self._offline_until or any(end is None or now < end + STILL_AWAY_SECONDS for _, end in cuts)

    def _wait_for_late_words(self) -> None:
        for phone in self.phones:
            for page in phone.context.pages:
                with suppress(Error):
                    page.evaluate("0")
