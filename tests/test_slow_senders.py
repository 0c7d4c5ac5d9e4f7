"""Somebody who begins requests and does not go on, or hardly, must not hold the server."""

from __future__ import annotations

import contextlib
import socket
import sys
import threading
import time
from http.client import HTTPConnection
from typing import TYPE_CHECKING

import pytest

from pwa.arrival import HEAD_LIMIT
from tests.running import health

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="waitress serves there, and gathers requests before a thread has them"
)

MANY = 24
# What is held is held for as long as somebody sends, so however slow the machine is, waiting this long tells it apart.
PATIENCE = 60
POST = b"POST /healthz HTTP/1.1\r\nHost: localhost\r\n"
BEGUN = [
    pytest.param(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Slow: ", id="a head"),
    pytest.param(POST + b"Content-Length: 60000\r\n\r\n", id="a body"),
    pytest.param(POST + b"Transfer-Encoding: chunked\r\n\r\nffff\r\n", id="a body in chunks"),
    pytest.param(POST + b"Content-Length: 99999999\r\n\r\n", id="a body that is too large"),
    pytest.param(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", id="after the answer"),
    pytest.param(b"\r\n\r\n", id="after a refusal"),
]


@pytest.mark.parametrize("begun", BEGUN)
def test_requests_that_drip_in_are_dropped_and_others_are_answered_all_along(port: int, begun: bytes) -> None:
    with drip(port, begun) as senders:
        for left in senders.until_none_is_left():
            assert health(port) == 200, f"while {left} are held"
    assert health(port) == 200


def test_a_slow_phone_is_served(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as phone:
        for piece in (POST[:9], POST[9:] + b"Content-Length: 6\r\n\r\n", b"ab", b"cd", b"ef"):
            phone.sendall(piece)
            time.sleep(1)
        assert phone.recv(65536).startswith(b"HTTP/1.1 405 "), "the app's own answer"
        phone.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n" * 2)
        assert count_answers(phone, 2) == 2, "the connection goes on, and requests sent at once are all answered"


def test_a_connection_that_waits_between_requests_is_kept(port: int) -> None:
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    for _ in range(3):
        connection.request("GET", "/healthz")
        assert connection.getresponse().read()
        sock = connection.sock
        time.sleep(3)
    assert connection.sock is sock
    connection.close()


def test_a_body_that_nobody_read_ends_its_connection(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as sender:
        sender.sendall(POST + b"Transfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n0\r\n\r\n")
        head = sender.recv(65536).partition(b"\r\n\r\n")[0].lower()
        assert head.startswith(b"http/1.1 411 ")
        assert b"connection: close" in head


def test_a_head_without_end_is_refused(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as sender:
        sender.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: " + b"a" * HEAD_LIMIT)
        assert sender.recv(65536).startswith(b"HTTP/1.1 431 ")


def test_half_sent_requests_leave_no_line_in_the_log(port: int, capfd: pytest.CaptureFixture[str]) -> None:
    with drip(port, POST + b"Content-Le", every=99) as senders:
        assert list(senders.until_none_is_left())
    assert health(port) == 200
    assert capfd.readouterr().err == ""


class Senders:
    """Connections that send a byte now and then."""

    def __init__(self, port: int, begun: bytes) -> None:
        """Open them, and send on each what the request begins with."""
        self.open = [socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) for _ in range(MANY)]
        for sender in self.open:
            sender.sendall(begun)

    @property
    def left(self) -> int:
        """Count those that the server has not closed."""
        return sum(not self._is_closed(sender) for sender in self.open)

    def until_none_is_left(self) -> Iterator[int]:
        """Yield their number again and again, until the server has closed all."""
        until = time.monotonic() + PATIENCE
        while left := self.left:
            assert time.monotonic() < until, f"{left} connections that the server still holds"
            yield left
            time.sleep(0.2)

    def send_a_byte_each(self) -> None:
        """Send on."""
        for sender in self.open:
            with contextlib.suppress(OSError):
                sender.sendall(b"a")

    def _is_closed(self, sender: socket.socket) -> bool:
        sender.settimeout(0)
        try:
            while sender.recv(65536):
                pass
        except BlockingIOError:
            return False
        except OSError:
            return True
        return True


@contextlib.contextmanager
def drip(port: int, begun: bytes, every: float = 1.5) -> Iterator[Senders]:
    """Begin many requests, and go on with a byte each `every` so many seconds."""
    senders = Senders(port, begun)
    done = threading.Event()

    def go_on() -> None:
        while not done.wait(every):
            senders.send_a_byte_each()

    thread = threading.Thread(target=go_on)
    thread.start()
    try:
        yield senders
    finally:
        done.set()
        thread.join()
        for sender in senders.open:
            sender.close()


def count_answers(phone: socket.socket, most: int) -> int:
    """Read until so many answers came, or none comes any more."""
    received = b""
    while received.count(b"HTTP/1.1 200 ") < most and (piece := phone.recv(65536)):
        received += piece
    return received.count(b"HTTP/1.1 200 ")
