"""What gunicorn answers by itself, before a request reaches the app: an address too long, a line that is no header.

Its own page repeats what was sent and has none of the app's headers; every answer of its names the program. Here it
gets the app's headers, a sentence from the catalogue, and no name. Knows no Flask.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from pwa.catalogue import read_words
from pwa.shell.headers import security_headers

if TYPE_CHECKING:
    import socket
    from collections.abc import Mapping

    from pwa.config import Settings


def speak_for_gunicorn(settings: Settings) -> None:
    """Take the place of gunicorn's own error page, and of the `Server` header. Raises `CatalogueMissingError`."""
    from gunicorn import util  # type: ignore[import-untyped]  # noqa: PLC0415 - not there on Windows
    from gunicorn.http.wsgi import Response  # type: ignore[import-untyped]  # noqa: PLC0415 - as above

    headers = security_headers(behind_tls=settings.behind_tls, hsts_seconds=settings.hsts_seconds)
    words = read_words(settings)
    theirs = Response.default_headers

    def write_error(sock: socket.socket, status: int, _reason: str, _what_was_sent: str) -> None:
        ours = status >= HTTPStatus.INTERNAL_SERVER_ERROR and status != HTTPStatus.NOT_IMPLEMENTED
        kind = "internal" if ours else "bad-request"
        sentence = ". ".join(words.gettext(f"problem-{kind}.{part}") for part in ("title", "detail"))
        util.write_nonblock(sock, refusal(status, HTTPStatus(status).phrase, sentence, headers))

    def nameless(self: Response) -> list[str]:
        return [line for line in theirs(self) if not line.lower().startswith("server:")]

    util.write_error = write_error
    Response.default_headers = nameless


def refusal(status: int, reason: str, sentence: str, headers: Mapping[str, str]) -> bytes:
    """Return a whole HTTP answer that says `sentence` as plain text and ends the connection."""
    body = f"{sentence}\n".encode()
    lines = {
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Length": len(body),
        "Cache-Control": "no-store",
        "Connection": "close",
        **headers,
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"HTTP/1.1 {status} {reason}\r\n{head}\r\n".encode("latin-1") + body
