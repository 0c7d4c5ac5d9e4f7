"""What it costs the server to take 10,000 revisions and to give them again, over HTTP, to one phone."""

from __future__ import annotations

import hashlib
import json
import secrets
import time
from http import HTTPStatus
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from statistics import median
from typing import TYPE_CHECKING, Final

from e2e.server import Server
from pwa.base64url import to_base64url
from tests.bench.figures import Figure, NotMeasuredError
from tests.sync.made import Vault, first_part

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.bench.site import Site

REVISIONS: Final = 10_000
BATCH: Final = 200
BLOB_BYTES: Final = 500
RUNS: Final = 5
BUDGET_PUSH: Final = 0.6
BUDGET_PULL: Final = 0.12
SPACE: Final = b"S" * 16
VAULT: Final = f"/api/v1/spaces/{to_base64url(SPACE)}"
ROOT: Final = f"{VAULT}/revisions"
ASKED_AT_ONCE: Final = 1_000


def measure(site: Site) -> Iterator[Figure]:
    """Push everything, pull it, and ask what of it is missing, with a new database each time."""
    batches = list(bodies())
    questions = list(asked_after(batches))
    pushes, pulls, reconciled = [], [], []
    for run in range(RUNS):
        folder = site.folder / f"sync-{run}"
        folder.mkdir()
        server = Server(folder)
        server.start()
        connection = HTTPConnection("localhost", server.port, timeout=60)
        try:
            headers = signed_up(connection)
            began = time.perf_counter()
            push(connection, batches, headers)
            between = time.perf_counter()
            pull(connection, headers)
            pulled = time.perf_counter()
            reconcile(connection, headers, questions)
            pushes.append(between - began)
            pulls.append(pulled - between)
            reconciled.append(time.perf_counter() - pulled)
        finally:
            connection.close()
            server.stop()
    yield figure("push", BUDGET_PUSH, pushes)
    yield figure("pull", BUDGET_PULL, pulls)
    yield figure("reconcile", None, reconciled)


def figure(what: str, budget: float | None, times: Sequence[float]) -> Figure:
    """Return one row; the phone's own work of sending and receiving, without sealing, is in it."""
    how = f"median of {len(times)}, from {min(times):.2f} to {max(times):.2f}; {BLOB_BYTES} B each, SQLite"
    return Figure(what=f"Server, {what} 10,000 revisions", budget=budget, measured=median(times), unit="s", how=how)


def bodies() -> Iterator[bytes]:
    """Yield batches as a phone sends them: each record edited once."""
    parent = b""
    for start in range(0, REVISIONS, BATCH):
        batch = []
        for number in range(start, start + BATCH):
            record = hashlib.sha256(b"record %d" % (number // 2)).digest()
            header = b"\1\1\0" + SPACE + record + b"K" * 16
            if number % 2:
                header += parent
            blob = hashlib.shake_256(b"blob %d" % number).digest(BLOB_BYTES)
            parent = hashlib.sha256(header + hashlib.sha256(blob).digest()).digest()
            batch.append({"id": to_base64url(parent), "header": to_base64url(header), "blob": to_base64url(blob)})
        yield json.dumps({"revisions": batch}).encode()


def signed_up(connection: HTTPConnection, *, space: bytes = SPACE) -> dict[str, str]:
    """Sign up with a recovery token and a vault, and return the headers of what this phone sends from then on."""
    headers = {"Content-Type": "application/json", "Cookie": ""}
    headers["X-CSRFToken"] = asked(connection, "GET", "csrf", headers)["csrf"]
    challenge = asked(connection, "POST", "challenges", headers, {"purpose": "sign-up"})["challenge"]
    body = {
        "challenge": challenge,
        "recovery": to_base64url(secrets.token_bytes(32)),
        "space": first_part(Vault(space)),
    }
    headers["X-CSRFToken"] = asked(connection, "POST", "account", headers, body)["csrf"]
    return headers


def asked(
    connection: HTTPConnection, method: str, path: str, headers: dict[str, str], body: object = None
) -> dict[str, str]:
    """Return what is answered, and keep the cookies that came with it."""
    connection.request(method, f"/api/v1/{path}", None if body is None else json.dumps(body).encode(), headers)
    answer = connection.getresponse()
    kept = SimpleCookie(headers["Cookie"])
    for given in answer.headers.get_all("Set-Cookie") or []:
        kept.load(given.partition(";")[0])
    headers["Cookie"] = "; ".join(f"{name}={morsel.value}" for name, morsel in kept.items())
    content = answer.read()
    if answer.status >= HTTPStatus.BAD_REQUEST:
        raise NotMeasuredError(content[:500].decode())
    found: dict[str, str] = json.loads(content)
    return found


def push(connection: HTTPConnection, batches: Sequence[bytes], headers: dict[str, str]) -> None:
    """Send every batch, one after the other. Raises NotMeasuredError where one was not stored."""
    for body in batches:
        connection.request("POST", ROOT, body, headers)
        answer = connection.getresponse().read()
        if answer.count(b'"stored"') != BATCH:
            raise NotMeasuredError(answer[:500].decode())


def asked_after(batches: Sequence[bytes]) -> Iterator[bytes]:
    """Yield the questions of a phone that asks for everything it has."""
    ids = [each["id"] for body in batches for each in json.loads(body)["revisions"]]
    for start in range(0, REVISIONS, ASKED_AT_ONCE):
        yield json.dumps({"ids": ids[start : start + ASKED_AT_ONCE]}).encode()


def reconcile(connection: HTTPConnection, headers: dict[str, str], questions: Sequence[bytes]) -> None:
    """Ask which revisions the server lacks, then read its index. Raises NotMeasuredError where it lacks one."""
    for body in questions:
        connection.request("POST", f"{VAULT}/missing", body, headers)
        answer = connection.getresponse().read()
        if json.loads(answer) != {"missing": []}:
            raise NotMeasuredError(answer[:500].decode())
    pull(connection, headers, query="blobs=0&")


def pull(connection: HTTPConnection, headers: dict[str, str], *, query: str = "") -> None:
    """Fetch every page, one after the other. Raises NotMeasuredError where not everything came."""
    after: int | None = 0
    received = 0
    while after is not None:
        connection.request("GET", f"{ROOT}?{query}after={after}", headers=headers)
        answer = connection.getresponse().read()
        received += answer.count(b'"header"')
        after = json.loads(answer[answer.rindex(b'"next"') - 1 :].replace(b',"next"', b'{"next"', 1))["next"]
    if received != REVISIONS + 1:  # the roll's first entry came with the account
        raise NotMeasuredError(f"{received} of {REVISIONS + 1} came.")
