"""Eight phones at once, each pushing three revisions and pulling them over and over: over HTTP, on both databases."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from itertools import islice
from threading import Barrier
from typing import TYPE_CHECKING, Final

from e2e.server import Server
from pwa.base64url import to_base64url
from tests.bench.figures import Figure, NotMeasuredError, percentile
from tests.bench.grown import edits
from tests.bench.server_sync import signed_up
from tests.postgresql import fresh_database, own_server
from tests.sync.made import written

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from tests.bench.site import Site

PHONES: Final = 8
ROUNDS: Final = 150
WARM: Final = 10  # rounds before those that count
PUSHED: Final = 3
BUDGET_MS: Final = 80
BUDGET_A_SECOND: Final = 250
UNLIMITED: Final = {"CAIRN_SYNC_LIMIT": "1000000 per second", "CAIRN_REQUEST_LIMIT": "1000000 per second"}


def measure(site: Site) -> Iterator[Figure]:
    """Let the phones go at a server with SQLite, then at one with PostgreSQL."""
    yield from figures("SQLite", site.folder / "at-once-sqlite", {})
    with own_server(durable=True) as postgresql, fresh_database(postgresql) as url:
        yield from figures("PostgreSQL", site.folder / "at-once-postgresql", {"CAIRN_DATABASE_URL": url})


def figures(kind: str, folder: Path, settings: Mapping[str, str]) -> Iterator[Figure]:
    """Yield how long nineteen of twenty rounds take at most, and how many there are in a second."""
    folder.mkdir()
    server = Server(folder, settings={**UNLIMITED, **settings})
    server.start()
    try:
        phones = [Phone(server.port, number) for number in range(PHONES)]
        start = Barrier(PHONES, timeout=60)
        with ThreadPoolExecutor(PHONES) as threads:
            taken = list(threads.map(lambda phone: phone.go(start), phones))
    finally:
        server.stop()
    rounds = [each for one in taken for each in one.rounds]
    a_second = len(rounds) / (max(one.ended for one in taken) - min(one.began for one in taken))
    what = f"Server, push of {PUSHED} and pull, {PHONES} phones at once, {kind}"
    how = f"{len(rounds)} rounds, median {percentile(rounds, 50) * 1000:.0f} ms; the phones' own work is in it"
    yield Figure(what=f"{what}, p95", budget=BUDGET_MS, measured=percentile(rounds, 95) * 1000, unit="ms", how=how)
    yield Figure(what=what, budget=BUDGET_A_SECOND, measured=a_second, unit="a second", is_floor=True)


class Taken:
    """When a phone began and ended, and the seconds of each of its rounds."""

    def __init__(self) -> None:
        self.rounds: list[float] = []
        self.began = self.ended = time.perf_counter()


class Phone:
    """A phone with a vault of its own, and everything it will push written beforehand."""

    def __init__(self, port: int, number: int) -> None:
        self.connection = HTTPConnection("localhost", port, timeout=60)
        space = bytes([number]) * 16
        self.headers = signed_up(self.connection, space=space)
        self.path = f"/api/v1/spaces/{to_base64url(space)}/revisions"
        made = edits(space)
        batches = ([written(each) for each in islice(made, PUSHED)] for _ in range(WARM + ROUNDS))
        self.bodies = [json.dumps({"revisions": batch}).encode() for batch in batches]

    def go(self, start: Barrier) -> Taken:
        """Push and pull, time after time. Raises NotMeasuredError where something did not arrive."""
        start.wait()
        after = 1  # the roll's first entry came with the account
        for body in self.bodies[:WARM]:
            after = self.push_and_pull(body, after)
        start.wait()
        taken = Taken()
        for body in self.bodies[WARM:]:
            began = time.perf_counter()
            after = self.push_and_pull(body, after)
            taken.rounds.append(time.perf_counter() - began)
        taken.ended = time.perf_counter()
        self.connection.close()
        return taken

    def push_and_pull(self, body: bytes, after: int) -> int:
        """Return the number of the last revision that came."""
        pushed = self.answer("POST", self.path, body)
        pulled = self.answer("GET", f"{self.path}?after={after}")
        if pushed.count(b'"stored"') != PUSHED or pulled.count(b'"header"') != PUSHED:
            raise NotMeasuredError((pushed[:300] + pulled[:300]).decode())
        return after + PUSHED

    def answer(self, method: str, path: str, body: bytes | None = None) -> bytes:
        """Return what is answered, whatever it is."""
        self.connection.request(method, path, body, self.headers)
        return self.connection.getresponse().read()
