"""A server of one's own: started as people start it, stopped and started again on the same port."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROOT = Path(__file__).resolve().parents[1]
CAIRN = (sys.executable, "-m", "pwa", "serve")
START_SECONDS = 30.0
STOP_SECONDS = 10.0


class ServerDidNotStartError(RuntimeError):
    """The server process ended, or did not answer in time. The message ends with its log."""


class Server:
    """A server process with a port, data and a log of its own.

    ``command`` reads ``PORT`` and ``CAIRN_DATA`` from its environment; ``settings`` are further variables.
    """

    def __init__(
        self, folder: Path, *, command: Sequence[str] = CAIRN, settings: Mapping[str, str] | None = None
    ) -> None:
        self.port = free_port()
        self.address = f"http://localhost:{self.port}"
        self.log = folder / "server.log"
        self._data = folder / "data"
        self.cuts: list[tuple[float, float | None]] = []
        self._command = list(command)
        self._environment = {
            **os.environ,
            "PORT": str(self.port),
            "CAIRN_DATA": str(self._data),
            **(settings or {}),
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start on the same port as before, and wait until it answers. Raises ServerDidNotStartError."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command, cwd=ROOT, env=self._environment, stdout=log, stderr=log, start_new_session=True
            )
        until = time.monotonic() + START_SECONDS
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > until:
                self.stop()
                raise ServerDidNotStartError(f"{' '.join(self._command)}\n{self.read_log()[-4000:]}")
            time.sleep(0.05)
        if self.cuts and self.cuts[-1][1] is None:
            self.cuts[-1] = (self.cuts[-1][0], time.monotonic())

    def stop(self) -> None:
        """Stop it and wait until nothing listens any more. What its log says stays."""
        process, self._process = self._process, None
        if process is None:
            return
        self.cuts.append((time.monotonic(), None))
        end(process)
        until = time.monotonic() + STOP_SECONDS
        while self._answers() and time.monotonic() < until:
            time.sleep(0.05)

    def serves(self, static: Path, *, cutting: str | None = None, days_later: int = 0, seconds_later: int = 0) -> None:
        """Start again with another build of the client; ``cutting``: sending only half of files with this name.

        ``days_later``: with its clock so far on, and without what `cairn prune` lets go of by then; ``seconds_later``:
        with the clock alone.
        """
        self.stop()
        self._command = [sys.executable, "-m", "e2e.serve_build", str(static)]
        if cutting is not None:
            self._command += ["--cutting", cutting]
        if days_later:
            self._command += ["--days-later", str(days_later)]
        if seconds_later:
            self._command += ["--seconds-later", str(seconds_later)]
        self.start()

    def is_run_with(self, **settings: str) -> None:
        """Start again with other settings, as its operator sets them: ``CAIRN_SPACE_BYTES="…"``."""
        self.stop()
        self._environment |= settings
        self.start()

    def backs_up(self, file: Path) -> None:
        """Write a backup, as its operator does each day."""
        self._runs("backup", str(file))

    def loses_its_database(self, *, backup: Path | None = None) -> None:
        """Start again with an empty database, or with the one of a backup."""
        self.stop()
        for file in self._data.glob("cairn.sqlite3*"):
            file.unlink()
        if backup is not None:
            self._runs("restore", str(backup))
        self.start()

    @property
    def database(self) -> Path:
        """Where its SQLite file lies."""
        return self._data / "cairn.sqlite3"

    @property
    def is_up(self) -> bool:
        """Say whether it runs."""
        return self._process is not None and self._process.poll() is None

    def read_log(self, since: int = 0) -> str:
        """Return what the server has written, from a place in the file on."""
        if not self.log.exists():
            return ""
        return self.log.read_bytes()[since:].decode(errors="replace")

    def _runs(self, *command: str) -> None:
        subprocess.run([sys.executable, "-m", "pwa", *command], cwd=ROOT, env=self._environment, check=True)

    def _answers(self) -> bool:
        try:
            urllib.request.urlopen(self.address, timeout=2).close()  # noqa: S310 - our own http address
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False
        return True


def end(process: subprocess.Popen[bytes]) -> None:
    """Ask a process and its children to end; insist where they do not."""
    for insistence in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, insistence)
        with suppress(subprocess.TimeoutExpired):
            process.wait(STOP_SECONDS)
            return


def free_port() -> int:
    """Return a port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        port: int = probe.getsockname()[1]
        return port
