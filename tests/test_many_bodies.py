"""Many large bodies at once, none of them ever whole: what is gathered is bounded, and others are answered."""

from __future__ import annotations

import socket
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from pwa.setting_table import LEAST_BODY_LIMIT
from pwa.whole_requests import LARGEST_BODIES
from tests.running import health, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is told by Linux's /proc")

SENDERS: Final = 40
PATIENCE: Final = 60
HELD_TWICE: Final = 2  # what comes while the largest is being closed, and what the interpreter keeps of the freed


@pytest.fixture
def site(tmp_path: Path) -> Iterator[tuple[int, int]]:
    """Serve with one worker and the smallest bodies; give the port and the worker's number."""
    settings = {"CAIRN_WORKERS": "1", "CAIRN_BODY_LIMIT": str(LEAST_BODY_LIMIT)}
    with serving(tmp_path, **settings) as (process, port):
        assert health(port) == 200
        yield port, int(Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text())


def test_bodies_that_are_never_whole_fill_no_memory(site: tuple[int, int]) -> None:
    port, worker = site
    before = resident(worker)
    head = f"POST /healthz HTTP/1.1\r\nHost: localhost\r\nContent-Length: {LEAST_BODY_LIMIT}\r\n\r\n".encode()
    with ExitStack() as stack:
        senders = [
            stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)) for _ in range(SENDERS)
        ]
        for sender in senders:
            sender.sendall(head + b"a" * (LEAST_BODY_LIMIT - 1))
        assert health(port) == 200
        until = time.monotonic() + PATIENCE
        while len(held(senders)) > LARGEST_BODIES:
            assert time.monotonic() < until, f"{len(held(senders))} bodies are held"
            time.sleep(0.1)
        grown = resident(worker) - before
    assert grown < HELD_TWICE * (LARGEST_BODIES + 1) * LEAST_BODY_LIMIT, f"{grown} bytes more than before"
    assert health(port) == 200


def resident(process: int) -> int:
    """Return the bytes of memory that a process has."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) * 1024


def held(senders: list[socket.socket]) -> list[socket.socket]:
    """Return those whose connection the server has not closed."""
    return [sender for sender in senders if not _is_closed(sender)]


def _is_closed(sender: socket.socket) -> bool:
    sender.settimeout(0)
    try:
        return sender.recv(1) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True
