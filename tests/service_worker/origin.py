"""A small site with versions and faults, for the worker's tests."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from dataclasses import dataclass, field, replace
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PLACEHOLDER = '"__CAIRN_PRECACHE__"'
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; worker-src 'self';"
    " require-trusted-types-for 'script'; trusted-types cairn"
)
SHELL = """<!doctype html><html lang="en"><title>Worker</title><link rel="icon" href="/static/icon.svg">
<link rel="stylesheet" href="/static/built/app-{name}.css"><h1></h1><textarea></textarea><output></output>
<button hidden>Let it in</button><script type="module" src="/static/built/app-{name}.js"></script></html>"""


@dataclass(frozen=True)
class Answer:
    """What the site sends: `length` is what it promises, where that differs from what it sends."""

    body: bytes
    kind: str = "text/plain"
    status: int = 200
    length: int | None = None
    location: str | None = None


Fault: TypeAlias = "Callable[[Answer], Answer]"


@dataclass(frozen=True)
class Version:
    """One release: its name, its bundled page, and the worker before its list is filled in."""

    name: str
    page: bytes
    worker: str

    @cached_property
    def files(self) -> Mapping[str, Answer]:
        """Path to answer, in the order they are downloaded."""
        return {
            "/": Answer(SHELL.format(name=self.name).encode(), "text/html"),
            "/static/icon.svg": Answer(b'<svg xmlns="http://www.w3.org/2000/svg"/>', "image/svg+xml"),
            f"/static/built/app-{self.name}.js": Answer(self.page, "text/javascript"),
            f"/static/built/app-{self.name}.css": Answer(b"h1 { color: rgb(1, 2, 3) }", "text/css"),
            f"/static/built/later-{self.name}.js": Answer(f"export default '{self.name}'".encode(), "text/javascript"),
        }

    @cached_property
    def script(self) -> Answer:
        """The worker with its list."""
        entries = [
            {"url": url, "revision": None, "integrity": _integrity(file.body)} for url, file in self.files.items()
        ]
        return Answer(self.worker.replace(PLACEHOLDER, json.dumps(entries)).encode(), "text/javascript")


@dataclass
class Origin:
    """The site. Set `version` and `faults` at any time; `asked` lists what was requested, `sent` what was not 304."""

    version: Version
    port: int = 0
    faults: dict[str, Fault] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)
    gone_after: str | None = None
    _server: ThreadingHTTPServer | None = None

    @property
    def url(self) -> str:
        """Where it is; the same after a stop and a start."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Serve, on the port it had before."""
        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), _handler(self))
        self._server.daemon_threads = True
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def stop(self) -> None:
        """Stop answering; the port is closed."""
        server, self._server = self._server, None
        if server is not None:
            server.shutdown()
            server.server_close()

    def answer(self, target: str) -> Answer:
        """Answer one request, spoilt by the fault for its path or for all files (`*`)."""
        self.asked.append(target)
        path, moved = urlsplit(target).path, urlsplit(target).query == "moved"
        if path == "/service-worker.js":
            return self.faults.get(path, _unharmed)(self.version.script)
        if path in self.version.files:
            spoil = self.faults.get(path) or self.faults.get("*", _unharmed)
            return self.version.files[path] if moved else spoil(self.version.files[path])
        if path in {"/api/v1/diary", "/healthz", "/readyz"}:
            return Answer(b"the server itself")
        if path == "/portal":
            return portal(Answer(b""))
        return Answer(b"<h1>the server knows no such page</h1>", "text/html", status=404)


def wrong_byte(file: Answer) -> Answer:
    """Change one byte, keeping the length."""
    return replace(file, body=file.body[:-1] + bytes([file.body[-1] ^ 1]))


def portal(_: Answer) -> Answer:
    """Answer as the WLAN of a café does: 200 and a page of its own."""
    return Answer(b"<h1>Welcome to the station's WLAN</h1>", "text/html")


def redirect_to_portal(_: Answer) -> Answer:
    """Send the browser to a page of this origin."""
    return Answer(b"", status=302, location="/portal")


def redirect_to_the_right_bytes(_: Answer) -> Answer:
    """Send the browser the long way round, to another address with the same file."""
    return Answer(b"", status=302, location="?moved")


def server_error(file: Answer) -> Answer:
    """Answer 500, with the right bytes, to be mean."""
    return replace(file, status=500)


def partial(file: Answer) -> Answer:
    """Answer 206, with the right bytes."""
    return replace(file, status=206)


def cut(file: Answer) -> Answer:
    """Promise the whole and close the connection half-way."""
    return replace(file, body=file.body[: len(file.body) // 2], length=len(file.body))


def shortened(file: Answer) -> Answer:
    """Send half and call it the whole."""
    return replace(file, body=file.body[: len(file.body) // 2])


def nothing(file: Answer) -> Answer:
    """Send 200 and no byte."""
    return replace(file, body=b"")


ALL_FAULTS: tuple[Fault, ...] = (
    wrong_byte,
    portal,
    redirect_to_portal,
    redirect_to_the_right_bytes,
    server_error,
    partial,
    cut,
    shortened,
    nothing,
)


@dataclass(frozen=True)
class Gate:
    """Hold the answer back until the gate is opened."""

    reached: threading.Event = field(default_factory=threading.Event)
    opened: threading.Event = field(default_factory=threading.Event)

    def __call__(self, file: Answer) -> Answer:
        """Wait at the gate, for ten seconds at most."""
        self.reached.set()
        self.opened.wait(10)
        return file


def _unharmed(file: Answer) -> Answer:
    return file


def _integrity(body: bytes) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(body).digest()).decode()}"


def _handler(origin: Origin) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"  # a browser asks "still the same?" only of such a server

        def do_GET(self) -> None:
            answer = origin.answer(self.path)
            tag = f'"{hashlib.sha256(answer.body).hexdigest()}"'
            if answer.status == 200 and self.headers["If-None-Match"] == tag:
                answer = replace(answer, body=b"", status=304)
            else:
                origin.sent.append(self.path)
            self.send_response(answer.status)
            self.send_header("ETag", tag)
            self.send_header("Connection", "close")  # so that a stopped server is gone at once
            self.send_header("Content-Type", answer.kind)
            self.send_header("Content-Length", str(len(answer.body) if answer.length is None else answer.length))
            self.send_header("Content-Security-Policy", POLICY)
            self.send_header("Vary", "Accept, Cookie")  # the page and the worker send different Accept headers
            unchanging = "max-age=31536000, immutable" if "/built/" in self.path else "no-cache"
            self.send_header("Cache-Control", unchanging)
            if answer.location is not None:
                self.send_header("Location", answer.location)
            self.end_headers()
            if origin.gone_after == urlsplit(self.path).path:
                origin.stop()  # before the browser has this answer, and so before it asks for the next file
            self.wfile.write(answer.body)

        def log_message(self, *_: object) -> None:
            """Say nothing: `asked` says it all."""

    return Handler
