"""What a server costs before anybody has done much: how long it takes to answer, and its memory."""

from __future__ import annotations

import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from e2e.server import Server
from tests.bench.figures import Figure, NotMeasuredError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.bench.site import Site

WORKERS = 2
STARTS = 3
VISITS = 200
BUDGET_SECONDS = 2
BUDGET_MEGABYTES = 150
PATHS = ("/", "/diary", "/service-worker.js", "/manifest.webmanifest", "/healthz", "/readyz")


def measure(site: Site) -> Iterator[Figure]:
    """Start a server as people do, a few times with empty data; visit the last, and weigh it."""
    times = []
    for number in range(STARTS):
        folder = site.folder / f"server-{number}"
        folder.mkdir()
        server = Server(folder, settings={"CAIRN_WORKERS": str(WORKERS)})
        began = time.monotonic()
        server.start()
        times.append(time.monotonic() - began)
        if number < STARTS - 1:
            server.stop()
    try:
        visit(server)
        memory = megabytes(folder)
    finally:
        server.stop()
    yield start(times)
    yield memory_of_workers(memory)


def start(times: list[float]) -> Figure:
    """Return how long it takes from the command to the first answer, in seconds."""
    how = f"median of {len(times)}, from {min(times):.2f} to {max(times):.2f}; new data folder each time"
    return Figure(what="Server start", budget=BUDGET_SECONDS, measured=median(times), unit="s", how=how)


def memory_of_workers(memory: list[float]) -> Figure:
    """Return what all the server's processes hold, pages shared among processes split between them, in MB."""
    how = f"PSS of {len(memory)} processes after {VISITS} visits"
    return Figure(
        what=f"Server memory, {WORKERS} workers", budget=BUDGET_MEGABYTES, measured=sum(memory), unit="MB", how=how
    )


def visit(server: Server) -> None:
    """Ask for many things at once, so that every worker has answered on every thread."""
    addresses = [server.address + PATHS[number % len(PATHS)] for number in range(VISITS)]
    with ThreadPoolExecutor(8) as people:
        list(people.map(lambda address: urllib.request.urlopen(address, timeout=20).read(), addresses))  # noqa: S310 - our own http address


def megabytes(folder: Path) -> list[float]:
    """Return the proportional memory of each process that serves this folder's data. Raises NotMeasuredError."""
    mark = f"CAIRN_DATA={folder / 'data'}\0".encode()
    shares = [proportional(process) for process in Path("/proc").glob("[0-9]*") if is_marked(process, mark)]
    if len(shares) < WORKERS:
        raise NotMeasuredError("The server's processes were not found. This needs Linux, with its /proc.")
    return shares


def is_marked(process: Path, mark: bytes) -> bool:
    """Say whether a process was started with this variable in its environment."""
    try:
        return mark in (process / "environ").read_bytes()
    except OSError:
        return False  # another account's, or gone meanwhile


def proportional(process: Path) -> float:
    """Return the memory of a process in MB, each shared page counted in parts (PSS)."""
    lines = (process / "smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) * 1024 / 1_000_000
