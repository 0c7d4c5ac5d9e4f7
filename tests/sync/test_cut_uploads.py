"""A push whose sending is cut, or that is not as long as it says: nothing of it is stored, and it may come again."""

from __future__ import annotations

import json
import socket
from http.client import HTTPConnection
from typing import TYPE_CHECKING

import pytest

from pwa.base64url import to_base64url
from pwa.database import open_engine
from tests.bench.server_sync import signed_up
from tests.running import PATIENCE, health, serving
from tests.sync.made import SPACE, Server, check_space, edit, written

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATH = f"/api/v1/spaces/{to_base64url(SPACE)}/revisions"
BATCH = [edit(n, words="x" * 500) for n in range(20)]
BODY = json.dumps({"revisions": [written(each) for each in BATCH]}).encode()
CUT = [1, len(BODY) // 2, len(BODY) - 1]


class Site:
    """The real server, and a phone that signed up there."""

    def __init__(self, port: int, database_url: str) -> None:
        self.port = port
        self.database_url = database_url
        connection = HTTPConnection("localhost", port, timeout=PATIENCE)
        self.headers = signed_up(connection)
        connection.close()

    def send(self, body: bytes, *, length: int) -> bytes:
        """Send so much and no more; return what is answered, nothing where the server gives up or has to wait."""
        head = [f"POST {PATH} HTTP/1.1", "Host: localhost", f"Content-Length: {length}", "Connection: close"]
        head += [f"{name}: {text}" for name, text in self.headers.items()]
        with socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE) as phone:
            phone.sendall("\r\n".join([*head, "", ""]).encode() + body)
            phone.shutdown(socket.SHUT_WR)
            answer = b""
            while piece := phone.recv(65536):
                answer += piece
        return answer

    def stored(self) -> int:
        """Count what is stored, but for the roll's first entry, and hold that the space is whole."""
        engine = open_engine(self.database_url)
        server = Server(engine)
        check_space(server)
        count = len(server.rows()) - 1
        engine.dispose()
        return count


@pytest.fixture
def site(tmp_path: Path, empty_url: str) -> Iterator[Site]:
    with serving(tmp_path, CAIRN_DATABASE_URL=empty_url) as (_, port):
        yield Site(port, empty_url)


def test_of_a_push_that_is_cut_nothing_is_stored_and_it_is_taken_when_it_comes_again(site: Site) -> None:
    for sent in CUT:
        assert site.send(BODY[:sent], length=len(BODY)) == b"", "no answer to half a request"
        assert site.stored() == 0
    assert health(site.port) == 200
    whole = site.send(BODY, length=len(BODY))
    assert whole.startswith(b"HTTP/1.1 200 ")
    assert whole.count(b'"stored"') == len(BATCH)
    assert site.stored() == len(BATCH)


def test_a_body_that_is_longer_than_it_says_is_refused_whole(site: Site) -> None:
    for length in CUT:
        answer = site.send(BODY, length=length)
        assert answer.startswith(b"HTTP/1.1 400 ")
        assert b'"code": "body_refused"' in answer or b'"code":"body_refused"' in answer
        assert site.stored() == 0
