"""The server is killed at random while phones push: all that was acknowledged is there once, and the chain is right.

`CAIRN_KILLS` says how often. What was acknowledged, is present, doubled and lost is printed at the end of the run, with
the seed, which `CAIRN_SEED` takes up again.
"""

from __future__ import annotations

import json
import os
import random
import secrets
import signal
import threading
import time
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from typing import TYPE_CHECKING

from sqlalchemy import make_url

from e2e.server import STOP_SECONDS
from e2e.server import Server as OwnServer
from pwa.base64url import to_base64url
from pwa.database import open_engine
from tests.bench.server_sync import signed_up
from tests.sync.made import Server, check_space, edit, written
from tests.told import TOLD

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from pwa.sync.revisions import Sent

KILLS = int(os.environ.get("CAIRN_KILLS", "5"))
SEED = int(os.environ.get("CAIRN_SEED", "0")) or secrets.randbits(32)
PHONES = 3
LONGEST_LIFE = 0.8
LAST_ANSWER_SECONDS = 120
PLENTY = "100000 per second"


class MortalServer(OwnServer):
    """A server that can be killed with all its processes, without a word of warning."""

    def kill(self) -> None:
        process, self._process = self._process, None
        assert process is not None
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(STOP_SECONDS)


class PushingPhone:
    """It pushes one batch after another, each as often as it takes, and keeps what it was told is stored."""

    def __init__(self, server: MortalServer, space: bytes, *, seed: str) -> None:
        self._server, self._chance = server, random.Random(seed)  # noqa: S311 - it must be the same again
        self.space = space
        self.stored: list[bytes] = []
        self.sent: set[bytes] = set()
        self.answers_lost = 0
        self._parents: dict[int, Sent] = {}
        connection = HTTPConnection("localhost", server.port, timeout=30)
        self._headers = signed_up(connection, space=space)
        connection.close()

    def push_until(self, done: threading.Event) -> None:
        while not done.is_set():
            batch = self._some_edits()
            self.sent.update(each.id for each in batch)
            while not self._is_pushed(batch):
                if done.is_set() and not self._server.is_up:
                    return
                self.answers_lost += 1
                time.sleep(0.02)

    def _some_edits(self) -> Sequence[Sent]:
        batch = []
        for number in self._chance.sample(range(20), self._chance.randint(1, 6)):
            parents = [self._parents[number]] if number in self._parents else []
            words = f"{self._chance.random()}" * self._chance.choice((1, 30, 600))
            self._parents[number] = edit(number, *parents, words=words, space=self.space)
            batch.append(self._parents[number])
        return batch

    def _is_pushed(self, batch: Sequence[Sent]) -> bool:
        body = json.dumps({"revisions": [written(each) for each in batch]})
        connection = HTTPConnection("localhost", self._server.port, timeout=30)
        try:
            connection.request("POST", f"/api/v1/spaces/{to_base64url(self.space)}/revisions", body, self._headers)
            answer = connection.getresponse()
            told = json.loads(answer.read())
        except (OSError, HTTPException, ValueError):
            return False
        finally:
            connection.close()
        if answer.status == 503:
            return False
        assert answer.status == 200, told
        assert {each["status"] for each in told["results"]} <= {"stored", "duplicate"}
        self.stored += [each.id for each in batch]
        return True


def test_what_was_acknowledged_survives_every_death(
    empty_url: str, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    chance, done = random.Random(SEED), threading.Event()  # noqa: S311 - it must be the same again
    settings = {"CAIRN_DATABASE_URL": empty_url, "CAIRN_SYNC_LIMIT": PLENTY, "CAIRN_REQUEST_LIMIT": PLENTY}
    server = MortalServer(tmp_path, settings=settings)
    pushing: list[threading.Thread] = []
    try:
        server.start()
        phones = [PushingPhone(server, chance.randbytes(16), seed=f"{SEED} {n}") for n in range(PHONES)]
        pushing += [threading.Thread(target=phone.push_until, args=(done,), daemon=True) for phone in phones]
        for thread in pushing:
            thread.start()
        for _ in range(KILLS):
            time.sleep(chance.uniform(0, LONGEST_LIFE))
            server.kill()
            server.start()
    finally:
        done.set()
        for thread in pushing:
            thread.join(LAST_ANSWER_SECONDS)
        server.stop()
    assert not any(thread.is_alive() for thread in pushing), f"seed {SEED}: a phone still waits for its answer"
    count = count_everything(empty_url, phones)
    record_property(TOLD, f"{make_url(empty_url).get_backend_name()}, killed {KILLS} times, seed {SEED}: {count}")
    assert (count.doubled, count.lost, count.nobodys) == (0, 0, 0), f"seed {SEED}: {count}"
    assert min(len(phone.stored) for phone in phones) > 0, f"seed {SEED}: nothing was pushed"
    assert count.answers_lost > 0, f"seed {SEED}: nobody noticed a death"
    check_spaces(empty_url, phones)


@dataclass(frozen=True, kw_only=True)
class Count:
    """What came of it: revisions that the phones' own lists say were acknowledged, and what the tables hold."""

    acknowledged: int
    present: int
    doubled: int
    lost: int
    nobodys: int
    answers_lost: int

    def __str__(self) -> str:
        """Return it in words."""
        return (
            f"acknowledged {self.acknowledged}, present {self.present}, doubled {self.doubled}, lost {self.lost}; "
            f"sent by nobody {self.nobodys}, answers lost {self.answers_lost}"
        )


def count_everything(database_url: str, phones: Sequence[PushingPhone]) -> Count:
    """Count the revisions of all phones."""
    engine = open_engine(database_url)
    kept = Server(engine)
    present, doubled, lost, nobodys = 0, 0, 0, 0
    for phone in phones:
        rows = [row.id for row in kept.rows(phone.space)][1:]  # the roll's first entry came with the account
        present += len(set(rows))
        doubled += len(rows) - len(set(rows))
        lost += len(set(phone.stored) - set(rows))
        nobodys += len(set(rows) - phone.sent)
    engine.dispose()
    return Count(
        acknowledged=sum(len(set(phone.stored)) for phone in phones),
        present=present,
        doubled=doubled,
        lost=lost,
        nobodys=nobodys,
        answers_lost=sum(phone.answers_lost for phone in phones),
    )


def check_spaces(database_url: str, phones: Sequence[PushingPhone]) -> None:
    """Hold that every space is whole."""
    engine = open_engine(database_url)
    for phone in phones:
        check_space(Server(engine), phone.space)
    engine.dispose()
