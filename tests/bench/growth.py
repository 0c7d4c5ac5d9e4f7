"""Whether a push and a pull cost the same in a database that has grown: rows in one vault, vaults in one database.

The places are asked in turn, so that a machine that is busy for a while is busy for all of them.
"""

from __future__ import annotations

import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import islice
from statistics import median
from typing import TYPE_CHECKING, Final, TypeVar

from pwa.database import open_engine
from pwa.migrations import bring_up_to_date
from pwa.sync.pull import missing, pull_heads
from pwa.sync.push import Outcome, Quota
from pwa.sync.spaces import Claim
from tests.bench.figures import Figure, NotMeasuredError
from tests.bench.grown import edits, fill, other_person
from tests.postgresql import fresh_database, own_server
from tests.sync.made import ANN, Server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pwa.sync.revisions import Sent
    from tests.bench.site import Site

T = TypeVar("T")

VAULT: Final = b"V" * 16
ROWS: Final = (1, 10_000, 1_000_000)
OTHERS: Final = (10, 1_000, 100_000)
ROUNDS: Final = {3: 60, 200: 12}  # how many revisions a push holds, and how many such pushes there are
STEPS: Final = ("push of 3", "pull of 3", "push of 200", "pull of 200", "heads", "missing")
MOST_TIMES: Final = 1.25
NO_QUOTA: Final = Quota(bytes=10**12, revisions=10**9)
NEW: Final = 7  # the seed of what is pushed, other than that of what is there


def measure(site: Site) -> Iterator[Figure]:
    """Fill three databases of each kind, push to each in turn, and compare."""
    folder = site.folder / "growth"
    folder.mkdir()
    yield from compared("SQLite", [f"sqlite:///{folder / f'{rows}.sqlite3'}" for rows in ROWS])
    with ExitStack() as stack:
        server = stack.enter_context(own_server(durable=True))
        yield from compared("PostgreSQL", [stack.enter_context(fresh_database(server)) for _ in ROWS])


def compared(kind: str, urls: Sequence[str]) -> Iterator[Figure]:
    """Yield how many times as long each step takes in the largest place as in the smallest."""
    places: dict[str, Place] = {}
    engines = []
    for url, rows, others in zip(urls, ROWS, OTHERS, strict=True):
        bring_up_to_date(url)
        fill(url, vaults={VAULT: rows}, others=others)
        engines.append(open_engine(url))
        places[f"{rows:,} rows"] = Place(Server(engines[-1], quota=NO_QUOTA), Claim(ANN, VAULT))
        places[f"{others:,} vaults"] = Place(Server(engines[-1], quota=NO_QUOTA), Claim(*other_person(others // 2)))
    for size, rounds in ROUNDS.items():
        for _ in range(rounds):
            for place in places.values():
                place.push_and_pull(size)
    for engine in engines:
        engine.dispose()
    for step in STEPS:
        yield figure(kind, step, {name: median(place.seconds[step]) for name, place in places.items()})


def figure(kind: str, step: str, seconds: dict[str, float]) -> Figure:
    """Return the greater of the two ratios: of a million rows to one, of 100,000 vaults to ten."""
    rows = [seconds[f"{count:,} rows"] for count in ROWS]
    vaults = [seconds[f"{count:,} vaults"] for count in OTHERS]
    how = ", ".join(f"{name} {taken * 1000:.2f} ms" for name, taken in seconds.items())
    times = max(rows[-1] / rows[0], vaults[-1] / vaults[0])
    return Figure(what=f"Growth, {step}, {kind}", budget=MOST_TIMES, measured=times, unit="times", how=how)


@dataclass
class Place:
    """One vault in one database, and the seconds that each step took there."""

    server: Server
    claim: Claim
    edits: Iterator[Sent] = field(init=False)
    seconds: dict[str, list[float]] = field(default_factory=lambda: {step: [] for step in STEPS})

    def __post_init__(self) -> None:
        """Begin with edits that are not there yet."""
        self.edits = edits(self.claim.space_id, seed=NEW)

    def push_and_pull(self, size: int) -> None:
        """Push some, pull them, and ask what a phone asks that comes anew or goes over all it has."""
        some = list(islice(self.edits, size))
        head = self.server.space(self.claim.space_id).head_seq
        stored = self._timed(f"push of {size}", lambda: self.server.push(*some, claim=self.claim))
        page = self._timed(f"pull of {size}", lambda: self.server.pull(after=head, claim=self.claim))
        if set(stored) != {Outcome.STORED} or len(page.rows) != size:
            raise NotMeasuredError(f"{set(stored)} of a push, {len(page.rows)} rows of a pull")
        with self.server.reading() as session:
            self._timed("heads", lambda: pull_heads(session, self.claim, limit=size))
        with self.server.reading() as session:
            self._timed("missing", lambda: missing(session, self.claim, [each.id for each in some]))

    def _timed(self, step: str, work: Callable[[], T]) -> T:
        began = time.perf_counter()
        done = work()
        self.seconds[step].append(time.perf_counter() - began)
        return done
