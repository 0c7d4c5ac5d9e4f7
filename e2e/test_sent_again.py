"""Whoever has every request of a journey and sends them once more brings nothing about, with a session or without."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from e2e.ceremony import ask, challenge_for, show_passkey, waits_until_the_phone_is_named
from e2e.kept_safe import NOTE, keeps_it_safe, signs_out, waits_until_backed_up, writes

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Request, Response

    from e2e.connection import Network
    from e2e.person import Person
    from e2e.server import Server
    from e2e.witness import Witness

LATER = "Potted up the seedlings, sitting"
SAFE = ("GET", "HEAD", "OPTIONS")
OF_THE_CONNECTION = ("host", "connection", "content-length", "accept-encoding")
# What only asks, and what is answered alike however often it is sent: a challenge, which nobody answered yet.
ASKING = ("/challenges", "/missing", "/wanted")
REFUSALS = {"challenge_refused", "signed_out", "csrf_refused", "not_found", "proof_needed"}


@dataclass
class Eavesdropper:
    """Somebody who has every request of a phone that may change something, as it was sent.

    One that the browser dropped before it was answered, because its page went, may never have left: it does not count.
    One that was answered does, also where the browser then says that it was dropped: by then the app had its answer.
    """

    context: BrowserContext

    def __post_init__(self) -> None:
        """Listen."""
        self.heard: list[Request] = []
        self.context.on("response", self._hear)

    def sends_all_again(self, *, with_session: bool) -> list[tuple[str, int, Any]]:
        """Send each once more, from another place; return its address, the status, and what was answered."""
        return [self._send_again(request, with_session=with_session) for request in self.heard]

    def _hear(self, response: Response) -> None:
        request = response.request
        if "/api/" in request.url and request.method not in SAFE:
            self.heard.append(request)

    def _send_again(self, request: Request, *, with_session: bool) -> tuple[str, int, Any]:
        left_out = OF_THE_CONNECTION if with_session else (*OF_THE_CONNECTION, "cookie")
        headers = {name: text for name, text in request.all_headers().items() if name not in left_out}
        assert not with_session or "cookie" in headers
        parts = urlsplit(request.url)
        with closing(HTTPConnection("localhost", parts.port or 80, timeout=20)) as connection:
            connection.request(request.method, parts.path, request.post_data_buffer, headers)
            answer = connection.getresponse()
            text = answer.read()
        return parts.path.removeprefix("/api/v1"), answer.status, json.loads(text) if text else None


def test_every_request_of_a_journey_again_brings_nothing_about(
    person: Person, own_server: Server, witness: Witness, network: Network
) -> None:
    witness.expects("status of 40[01]")
    eavesdropper = Eavesdropper(person.phone.context)
    person.opens("/")
    person.taps("welcome.start")
    person.sees("today.lives-here")
    writes(person, NOTE)
    keeps_it_safe(person)
    waits_until_the_phone_is_named(person.page)
    proof = show_passkey(person.page, challenge_for(person.page, "proof"))
    assert ask(person.page, "POST", "/proofs", proof)[0] == 201
    # Written without a network and sent from a page that stays: one that goes may take the answer to its push along.
    person.phone.waits_until_the_app_is_kept()
    network.offline()
    writes(person, LATER)
    with person.page.expect_response(lambda response: is_push(response.request)):
        network.online()
    person.opens("/")
    waits_until_backed_up(person)
    kinds = {urlsplit(request.url).path.rpartition("/")[2] for request in eavesdropper.heard}
    assert {"account", "challenges", "proofs", "revisions"} <= kinds

    before = rows_of(own_server)
    for with_session in (True, False):
        answers = eavesdropper.sends_all_again(with_session=with_session)
        for path, status, answered in answers:
            if status < 400 and path.endswith("/revisions"):
                assert {each["status"] for each in answered["results"]} == {"duplicate"}
            elif status < 400:
                assert path.endswith(ASKING), (path, answered)
            else:
                assert answered["code"] in REFUSALS, (path, answered)
            assert with_session or status >= 400, path
        pushed = [status for path, status, _ in answers if path.endswith("/revisions")]
        assert (200 in pushed) == with_session, "What the last session sent is taken, and is there already."
        assert rows_of(own_server) == before

    signs_out(person)
    before = rows_of(own_server)
    eavesdropper.sends_all_again(with_session=True)
    assert rows_of(own_server) == before


def is_push(request: Request) -> bool:
    """Whether it brings something that was written."""
    return request.method == "POST" and request.url.endswith("/revisions")


def rows_of(server: Server) -> dict[str, list[tuple[object, ...]]]:
    """Return all that the server's tables hold, but for challenges, which anybody may ask for."""
    with closing(sqlite3.connect(f"file:{server.database}?mode=ro", uri=True)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        assert "revision" in names
        return {
            name: sorted(connection.execute(f'SELECT * FROM "{name}"'), key=repr)  # noqa: S608 - a table's own name
            for name in names
            if name != "challenge"
        }
