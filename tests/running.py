"""A server in a process of its own: what it says first, and that it is gone at the end, whatever happens meanwhile."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

START_SECONDS: Final = 120.0
STOP_SECONDS: Final = 30.0
PATIENCE: Final = 60


@contextmanager
def serving(folder: Path, **settings: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Start the real server, as `cairn serve` does, on a free port; give the process and the port."""
    own = {"PATH": "/usr/bin:/bin", "PORT": "0", "CAIRN_DATA": str(folder / "data"), "HOME": str(folder)}
    with running([sys.executable, "-m", "pwa", "serve"], env=own | settings) as (process, first_line):
        told = re.search(r":(\d+)\s*$", first_line)
        assert told is not None
        yield process, int(told.group(1))


def health(port: int) -> int:
    """Ask that server as a probe asks; give the status."""
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status
    finally:
        connection.close()


@contextmanager
def running(command: Sequence[str | Path], **options: Any) -> Iterator[tuple[subprocess.Popen[str], str]]:  # noqa: ANN401 - subprocess's own
    """Give the process and the first line it prints, which is empty where it ended or said nothing in time."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, **options) as process:
        assert process.stdout is not None
        too_late = threading.Timer(START_SECONDS, process.kill)
        too_late.start()
        try:
            first_line = process.stdout.readline()
            too_late.cancel()
            yield process, first_line
        finally:
            too_late.cancel()
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(STOP_SECONDS)
            process.kill()
