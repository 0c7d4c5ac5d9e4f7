"""What gunicorn refuses by itself is answered with the app's headers and a plain sentence, and names no program."""

from __future__ import annotations

import socket
import sys
from email.parser import BytesHeaderParser
from typing import TYPE_CHECKING

import pytest

from pwa.refusals import refusal
from pwa.shell.headers import security_headers

if TYPE_CHECKING:
    from email.message import Message

HEADERS = security_headers(behind_tls=False, hsts_seconds=0)
WHAT_WAS_SENT = b"sent-by-somebody"
SENTENCE = b"That request was not understood."

only_gunicorn = pytest.mark.skipif(sys.platform == "win32", reason="waitress serves there")

REFUSED = [
    pytest.param(b"GET /" + WHAT_WAS_SENT * 500 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", 414, id="address too long"),
    pytest.param(b"GET / HTTP/1.1\r\nHost: localhost\r\n" + WHAT_WAS_SENT + b"\r\n\r\n", 400, id="no header"),
    pytest.param(WHAT_WAS_SENT + b"\r\n\r\n", 400, id="no request"),
    pytest.param(b"GET / HTTP/7." + WHAT_WAS_SENT + b"\r\n\r\n", 400, id="no version"),
    pytest.param(
        b"GET / HTTP/1.1\r\nHost: localhost\r\n" + (b"X-" + WHAT_WAS_SENT + b": x\r\n") * 99 + b"\r\n",
        431,
        id="too many headers",
    ),
    pytest.param(
        b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: " + WHAT_WAS_SENT + b"\r\n\r\n",
        501,
        id="no such coding",
    ),
]
REASONS = {
    400: (b"Bad Request",),
    414: (b"URI Too Long", b"Request-URI Too Long"),
    431: (b"Request Header Fields Too Large",),
    501: (b"Not Implemented",),
}


@only_gunicorn
@pytest.mark.parametrize(("sent", "status"), REFUSED)
def test_what_the_server_refuses_by_itself_has_every_header_and_says_a_sentence(
    port: int, sent: bytes, status: int
) -> None:
    first, headers, body = answer_to(port, sent)
    assert first.split()[1] == str(status).encode()
    assert {name: headers.get_all(name) for name in HEADERS} == {name: [value] for name, value in HEADERS.items()}
    assert headers["Cache-Control"] == "no-store"
    assert headers["Content-Type"] == "text/plain; charset=utf-8"
    assert body.startswith(SENTENCE)
    assert first.split(maxsplit=2)[2] in REASONS[status]
    assert int(headers["Content-Length"]) == len(body)
    assert WHAT_WAS_SENT not in body
    assert "Server" not in headers


@only_gunicorn
@pytest.mark.parametrize("path", [b"/", b"/healthz", b"/static/nothing"])
def test_no_answer_of_the_app_names_the_program_that_serves_it(port: int, path: bytes) -> None:
    first, headers, _ = answer_to(port, b"GET " + path + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    assert first.startswith(b"HTTP/1.1 ")
    assert headers.get_all("Date")
    assert "Server" not in headers
    assert b"gunicorn" not in first + bytes(headers)


@only_gunicorn
@pytest.mark.parametrize("header", [b"SCRIPT_NAME: /healthz", b"PATH_INFO: /nothing", b"X-Forwarded-Proto: https"])
def test_headers_that_a_proxy_might_send_change_nothing(port: int, header: bytes) -> None:
    for path, status in ((b"/healthz", b"200"), (b"/static//x", b"308")):
        request = b"GET " + path + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        first, headers, body = answer_to(port, request + header + b"\r\n\r\n")
        assert first.split()[1] == status
        assert headers.get("Location") in {None, "http://localhost/static/x"}
        assert body in {b'{"status": "alive"}', b""}


def test_a_refusal_is_a_whole_answer_that_ends_the_connection() -> None:
    whole = refusal(414, "URI Too Long", "Zu groß.", {"X-One": "1"})
    head, _, body = whole.partition(b"\r\n\r\n")
    assert body == "Zu groß.\n".encode()
    assert head.split(b"\r\n") == [
        b"HTTP/1.1 414 URI Too Long",
        b"Content-Type: text/plain; charset=utf-8",
        b"Content-Length: 10",
        b"Cache-Control: no-store",
        b"Connection: close",
        b"X-One: 1",
    ]


def answer_to(port: int, sent: bytes) -> tuple[bytes, Message, bytes]:
    """Send these bytes; return the first line, the headers and the body of what comes back."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as sender:
        sender.sendall(sent)
        received = b""
        while part := sender.recv(65536):
            received += part
    head, _, body = received.partition(b"\r\n\r\n")
    first, _, headers = head.partition(b"\r\n")
    return first, BytesHeaderParser().parsebytes(headers), body
