"""The real interface over real sockets, on a line and with a server that fail in every way they can.

Answers are lost, requests come twice, uploads are cut, an answer is that to an earlier question, and the server dies in
the midst of a transaction. What goes wrong is chosen by a seeded chance, so that a run can be repeated.
"""

from __future__ import annotations

import io
import json
import socket
import threading
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from sqlalchemy import event
from sqlalchemy.orm import Session
from werkzeug.serving import WSGIRequestHandler, make_server

from pwa.base64url import from_base64url, to_base64url
from pwa.sync.push import Outcome
from tests.sync.made import HERS, Server, written

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from random import Random

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment
    from sqlalchemy import Engine

    from pwa.sync.revisions import Sent
    from pwa.sync.spaces import Claim

FAULTS = ("answer lost", "request twice", "death before the commit", "another question's answer")
CUTS = 0.08  # of all bodies


class LostError(Exception):
    """No answer came, or one that says to come again."""


class Death(BaseException):
    """The end of the server in the midst of a transaction. No error handler sees it."""


class BadLine:
    """What stands before the application. Without `chance` it lets everything through."""

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app
        self._earlier: list[tuple[Any, list[bytes]]] = []
        self.chance: Random | None = None
        self.met = dict.fromkeys((*FAULTS, "cut upload"), 0)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        length = int(environ.get("CONTENT_LENGTH") or 0)
        body = environ["wsgi.input"].read(length)
        if len(body) < length:
            (status, _), _ = self._answer(environ, body)
            assert status.startswith("400 "), status
            self._note("cut upload")
            raise ConnectionAbortedError
        fault = self._next_fault()
        if fault == "request twice":
            self._note(fault)
            self._answer(environ, body)
        if fault == "death before the commit":
            with dying(self, fault):
                self._answer(environ, body)
            raise ConnectionAbortedError
        (status, headers), content = self._answer(environ, body)
        if fault == "answer lost":
            self._note(fault)
            raise ConnectionAbortedError
        if environ["REQUEST_METHOD"] == "GET":
            self._earlier = [*self._earlier[-5:], ((status, headers), content)]
            if fault == "another question's answer" and self.chance is not None:
                self._note(fault)
                (status, headers), content = self.chance.choice(self._earlier)
        start_response(status, headers)
        return content

    def begin(self, chance: Random | None) -> None:
        """Let what goes wrong from now on be chosen anew, or nothing go wrong any more."""
        self.chance = chance
        self._earlier = []

    def _next_fault(self) -> str | None:
        """Say what goes wrong with a request: nothing with every second."""
        if self.chance is None or self.chance.random() < 0.5:
            return None
        return self.chance.choice(FAULTS)

    def _note(self, fault: str) -> None:
        self.met[fault] += 1

    def _answer(self, environ: WSGIEnvironment, body: bytes) -> tuple[Any, list[bytes]]:
        began: list[Any] = []
        answer = self._app(
            {**environ, "wsgi.input": io.BytesIO(body)},
            lambda status, headers, _=None: began.append((status, headers)),  # type: ignore[arg-type] # nobody writes by the old way
        )
        content = list(answer)
        return began[0], content


@contextmanager
def dying(line: BadLine, fault: str) -> Iterator[None]:
    """Let the process end, as far as the database can tell, at the moment before a commit."""

    def die(_session: Session) -> None:
        line.met[fault] += 1
        raise Death

    event.listen(Session, "before_commit", die)
    try:
        yield
    except Death:
        pass
    finally:
        event.remove(Session, "before_commit", die)


class Quiet(WSGIRequestHandler):
    """Say nothing of requests."""

    def log(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(line: BadLine) -> Iterator[int]:
    """Serve on a free port of this machine for as long as it is needed."""
    server = make_server("127.0.0.1", 0, line, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.port
    finally:
        server.shutdown()
        thread.join(30)
        server.server_close()


class ServerOverHttp(Server):
    """The interface as `Server` offers the functions below it."""

    def __init__(self, engine: Engine, line: BadLine, port: int) -> None:
        super().__init__(engine)
        self.line, self._port = line, port
        self.cuts: Random | None = None
        self._headers = {"X-Person": "ann", "Host": "localhost", "Content-Type": "application/json"}
        answer, cookie = self._asked("GET", "/api/v1/csrf")
        self._headers |= {"X-CSRFToken": answer["csrf"], "Cookie": cookie.partition(";")[0]}

    def push(self, *revisions: Sent, claim: Claim = HERS, **_: Any) -> list[Any]:  # noqa: ANN401 - a proof and a quota, which the app has its own of
        results = self._post(claim, "revisions", {"revisions": [written(each) for each in revisions]})["results"]
        return [Outcome(each["status"]) for each in results]

    def pull(self, *, after: int = 0, limit: int = 1_000, blobs: bool = True, claim: Claim = HERS) -> Any:  # noqa: ANN401 - what a page has
        query = f"?after={after}&limit={limit}&blobs={int(blobs)}"
        found = page(self._asked("GET", f"{_root(claim)}/revisions{query}")[0])
        if [row.seq for row in found.rows] != list(range(after + 1, after + 1 + len(found.rows))):
            raise LostError  # the answer to something else, which a phone tells by its numbers
        return found

    def missing(self, ids: Sequence[bytes], claim: Claim = HERS) -> list[bytes]:
        return [from_base64url(each) for each in self._post(claim, "missing", _ids(ids))["missing"]]

    def fetch(self, ids: Sequence[bytes], claim: Claim = HERS) -> Any:  # noqa: ANN401 - the same
        return page(self._post(claim, "wanted", _ids(ids)))

    def _post(self, claim: Claim, path: str, body: object) -> Any:  # noqa: ANN401 - JSON
        return self._asked("POST", f"{_root(claim)}/{path}", json.dumps(body).encode())[0]

    def _asked(self, method: str, path: str, body: bytes | None = None) -> tuple[Any, str]:
        if body is not None and self.cuts is not None and self.cuts.random() < CUTS:
            self._send_half(path, body)
            raise LostError
        connection = HTTPConnection("127.0.0.1", self._port, timeout=60)
        try:
            connection.request(method, path, body, self._headers)
            answer = connection.getresponse()
            content = answer.read()
        except (OSError, HTTPException) as error:
            raise LostError from error
        finally:
            connection.close()
        assert answer.status == 200, content
        return json.loads(content), answer.headers.get("Set-Cookie", "")

    def _send_half(self, path: str, body: bytes) -> None:
        head = [f"POST {path} HTTP/1.1", f"Content-Length: {len(body)}"]
        head += [f"{name}: {value}" for name, value in self._headers.items()]
        with socket.create_connection(("127.0.0.1", self._port), timeout=60) as connection:
            connection.sendall("\r\n".join([*head, "", ""]).encode() + body[: len(body) // 2])


def page(answer: Any) -> Any:  # noqa: ANN401 - JSON in, what a page has out
    """Return a page as the functions do, as far as a phone looks at it."""
    rows = [
        SimpleNamespace(
            seq=row["seq"],
            id=from_base64url(row["id"]),
            header=from_base64url(row["header"]),
            blob=from_base64url(row["blob"]) if "blob" in row else None,
        )
        for row in answer["revisions"]
    ]
    names = {name: from_base64url(answer[name]) for name in ("chain", "generation")}
    return SimpleNamespace(rows=rows, at=answer["at"], head=answer["head"], next=answer["next"], **names)


def _root(claim: Claim) -> str:
    return f"/api/v1/spaces/{to_base64url(claim.space_id)}"


def _ids(ids: Sequence[bytes]) -> dict[str, list[str]]:
    return {"ids": [to_base64url(each) for each in ids]}
