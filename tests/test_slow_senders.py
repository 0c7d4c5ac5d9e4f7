"""Somebody who begins requests and does not go on must not hold the server."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import urllib.request
from typing import TYPE_CHECKING

import pytest

from pwa.serving import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MANY = 16


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    """Start the real server on a free port."""
    environment = {"PATH": "/usr/bin:/bin", "PORT": "0", "CAIRN_DATA": str(tmp_path / "data"), "HOME": str(tmp_path)}
    with subprocess.Popen(
        [sys.executable, "-m", "pwa", "serve"], env=environment, stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            assert server.stdout is not None
            told = re.search(r":(\d+)\s*$", server.stdout.readline())
            assert told is not None
            yield int(told.group(1))
        finally:
            server.terminate()


@pytest.mark.skipif(
    sys.platform == "win32", reason="waitress serves there, and gathers requests before a thread has them"
)
def test_half_sent_requests_are_dropped_and_others_are_answered(port: int) -> None:
    half = b"POST /healthz HTTP/1.1\r\nHost: localhost\r\nContent-Le"
    senders = [socket.create_connection(("127.0.0.1", port)) for _ in range(MANY)]
    try:
        for sender in senders:
            sender.sendall(half)
        rounds = 8
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=rounds * PATIENCE) as answer:
            assert answer.status == 200
    finally:
        for sender in senders:
            sender.close()
