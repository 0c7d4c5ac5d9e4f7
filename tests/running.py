"""A server in a process of its own: what it says first, and that it is gone at the end, whatever happens meanwhile."""

from __future__ import annotations

import subprocess
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

START_SECONDS: Final = 120.0
STOP_SECONDS: Final = 30.0


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
