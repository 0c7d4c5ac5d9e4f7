"""Somebody who begins requests and does not go on must not hold the server."""

from __future__ import annotations

import socket
import sys
import urllib.request

import pytest

from pwa.serving import PATIENCE

MANY = 16


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
