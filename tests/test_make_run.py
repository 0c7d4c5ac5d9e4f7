"""What the README shows first, `make run`: one command, and the site is there, its data where one said."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from contextlib import closing, suppress
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
UP_WITHIN = 300.0
"""In seconds: everything is set up and built by then."""


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    """Run it as a person does, with a port and a folder of one's own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = ["make", "--no-print-directory", "run", f"PORT={port}", f"CAIRN_DATA={tmp_path / 'data'}"]
    running = subprocess.Popen(command, cwd=ROOT, start_new_session=True)
    try:
        yield port
        os.killpg(running.pid, signal.SIGINT)
        running.wait(timeout=60)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)
        running.wait(timeout=60)


def get(port: int, path: str) -> tuple[int, str]:
    with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


def test_one_command_serves_the_site_and_keeps_its_data_where_one_says(port: int, tmp_path: Path) -> None:
    end = time.monotonic() + UP_WITHIN
    while True:
        try:
            status, page = get(port, "/")
            break
        except ConnectionError:
            assert time.monotonic() < end, "It is not up."
            time.sleep(0.2)
    assert status == 200
    assert "Cairn" in page
    assert get(port, "/readyz")[0] == 200
    assert list((tmp_path / "data").iterdir()) != []
