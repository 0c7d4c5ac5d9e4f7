"""Many at once: numbers follow commits, a cursor skips nothing, and a database that says no is asked again."""

from __future__ import annotations

import secrets
import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine, event, text
from sqlalchemy.orm import Session

from pwa.database import retrying
from pwa.sync.generation import renew_generation
from pwa.sync.pull import missing
from pwa.sync.push import Outcome, Terms, push
from pwa.sync.revisions import examine
from pwa.sync.spaces import Claim, lock_space
from tests.sync.made import ANN, HERS, OTHER_SPACE, ROOM, SPACE, TODAY, Server, check_space, edit
from tests.sync.person import Phone

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from sqlalchemy import Engine

    from pwa.sync.revisions import Sent

PUSHERS, BATCHES = 4, 12
BUSY_SECONDS = 120


def test_a_reader_misses_nothing_while_many_push(server: Server) -> None:
    done = threading.Event()
    seen: list[bytes] = []

    def follow() -> None:
        cursor = 0
        while True:
            is_last = done.is_set()
            page = server.pull(after=cursor, limit=7)
            assert [row.seq for row in page.rows] == list(range(cursor + 1, cursor + 1 + len(page.rows)))
            seen.extend(row.id for row in page.rows)
            cursor = page.at
            if is_last and page.next is None:
                return

    def push_many(pusher: int) -> None:
        parent: tuple[Sent, ...] = ()
        for number in range(BATCHES):
            one = edit(pusher, *parent, words=f"{number}")
            two = edit(pusher, one, words=f"{number} later")
            assert server.push(two, one) == [Outcome.STORED] * 2
            assert server.push(one) == [Outcome.DUPLICATE]
            parent = (two,)

    with ThreadPoolExecutor(PUSHERS + 2) as people:
        reader = people.submit(follow)
        try:
            for pushed in [people.submit(push_many, n) for n in range(PUSHERS)]:
                pushed.result()
        finally:
            done.set()
        reader.result()
    assert len(seen) == len(set(seen)) == 2 * PUSHERS * BATCHES
    check_space(server)


def test_the_same_batch_from_many_phones_at_once_is_stored_once(server: Server) -> None:
    batch = [edit(n) for n in range(10)]
    with ThreadPoolExecutor(6) as phones:
        outcomes = [each for answer in phones.map(lambda _n: server.push(*batch), range(6)) for each in answer]
    assert outcomes.count(Outcome.STORED) == 10
    assert outcomes.count(Outcome.DUPLICATE) == 50
    check_space(server)


def test_one_captured_push_sent_fifty_times_at_once_is_one_row(app: Flask, ann: Phone, server: Server) -> None:
    one = edit(1)
    told: list[str] = []

    def send(_number: int) -> None:
        copy = Phone(app.test_client(), "ann")
        answer = copy.push(one)
        until = time.monotonic() + BUSY_SECONDS
        while answer.status_code == 503 and time.monotonic() < until:  # told to come back later
            answer = copy.push(one)
        told.extend(each["status"] for each in answer.get_json()["results"])

    with ThreadPoolExecutor(50) as elsewhere:
        list(elsewhere.map(send, range(50)))
    assert sorted(told) == ["duplicate"] * 49 + ["stored"]
    assert [row.id for row in server.rows()] == [one.id]
    assert ann.push(one).get_json()["results"][0]["status"] == "duplicate"
    check_space(server)


def push_while(engine: Engine, revision: Sent, meanwhile: Callable[[Session, int], None]) -> tuple[list[object], int]:
    """Push through `retrying`; `meanwhile` is told each attempt before it does anything. Return also how many."""
    attempts = 0

    def work(session: Session) -> list[object]:
        nonlocal attempts
        attempts += 1
        meanwhile(session, attempts)
        terms = Terms(quota=ROOM, today=TODAY, is_proved=True)
        return list(push(session, HERS, [examine(revision, space_id=SPACE)], terms))

    outcomes = retrying(lambda: Session(engine), work, jitter=lambda: 0.5, sleep=lambda _seconds: None)
    return outcomes, attempts


def test_where_postgresql_refuses_one_of_two_that_meet_it_is_tried_again(postgresql_engine: Engine) -> None:
    server = Server(postgresql_engine)
    server.create()
    strict = create_engine(postgresql_engine.url, isolation_level="SERIALIZABLE")
    refused: list[object] = []
    event.listen(
        strict, "handle_error", lambda told: refused.append(getattr(told.original_exception, "sqlstate", None))
    )

    def let_another_push_in_between(session: Session, attempt: int) -> None:
        session.execute(text("SELECT head_seq FROM space")).all()
        if attempt == 1:
            server.push(edit(2))

    outcomes, attempts = push_while(strict, edit(1), let_another_push_in_between)
    strict.dispose()
    assert refused == ["40001"]
    assert (outcomes, attempts) == ([Outcome.STORED], 2)
    assert len(server.rows()) == 2
    check_space(server)


def test_of_two_that_wait_for_one_another_postgresql_stops_one_and_both_end_well(postgresql_engine: Engine) -> None:
    server = Server(postgresql_engine)
    server.create()
    server.create(ANN, OTHER_SPACE)
    refused: list[object] = []
    event.listen(
        postgresql_engine,
        "handle_error",
        lambda told: refused.append(getattr(told.original_exception, "sqlstate", None)),
    )
    first_locked = threading.Barrier(2)
    one_has_ended = threading.Event()

    def lock_both(*spaces: bytes) -> None:
        attempts: list[None] = []

        def work(session: Session) -> None:
            attempts.append(None)
            lock_space(session, Claim(ANN, spaces[0]))
            if len(attempts) == 1:
                first_locked.wait(30)
            lock_space(session, Claim(ANN, spaces[1]))

        retrying(lambda: Session(postgresql_engine), work, jitter=lambda: 0.5, sleep=lambda _s: one_has_ended.wait(30))
        one_has_ended.set()

    with ThreadPoolExecutor(2) as phones:
        for ended in (phones.submit(lock_both, SPACE, OTHER_SPACE), phones.submit(lock_both, OTHER_SPACE, SPACE)):
            ended.result()
    assert refused == ["40P01"]


def test_while_another_holds_sqlites_lock_a_push_is_tried_again(sqlite_engine: Engine) -> None:
    server = Server(sqlite_engine)
    server.create()
    event.listen(sqlite_engine, "checkout", lambda own, *_: own.execute("PRAGMA busy_timeout=10").close())
    other = sqlite3.connect(str(sqlite_engine.url.database), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    pauses: list[float] = []

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 2:
            other.execute("ROLLBACK")

    terms = Terms(quota=ROOM, today=TODAY, is_proved=True)
    revision = examine(edit(1), space_id=SPACE)
    outcomes = retrying(
        lambda: Session(sqlite_engine),
        lambda session: push(session, HERS, [revision], terms),
        jitter=lambda: 0.5,
        sleep=pause,
    )
    other.close()
    assert (outcomes, len(pauses)) == ([Outcome.STORED], 2)
    check_space(server)


def test_a_push_that_is_cut_short_leaves_nothing(server: Server) -> None:
    server.push(edit(1))
    before = server.space()

    def fail_after(session: Session, _attempt: int) -> None:
        event.listen(session, "before_commit", fail)

    def fail(_session: Session) -> None:
        raise OSError("the power went")

    with pytest.raises(OSError, match="power"):
        push_while(server.engine, edit(2), fail_after)
    after = server.space()
    assert (after.head_seq, after.chain, after.used_bytes) == (before.head_seq, before.chain, before.used_bytes)
    assert len(server.rows()) == 1
    check_space(server)


def test_an_older_file_put_back_is_another_generation_and_the_phones_bring_the_rest(
    sqlite_engine: Engine, tmp_path: Path
) -> None:
    server = Server(sqlite_engine)
    server.create()
    file, backup = Path(str(sqlite_engine.url.database)), tmp_path / "backup.sqlite3"
    server.push(edit(1))
    with sqlite3.connect(file) as source, sqlite3.connect(backup) as target:
        source.backup(target)
    server.push(edit(2), edit(3))
    seen = server.pull()
    sqlite_engine.dispose()
    for each in tmp_path.glob(f"{file.name}-*"):
        each.unlink()
    backup.replace(file)
    with server.writing() as session:
        renew_generation(session, secrets.token_bytes)
    found = server.pull(after=seen.head)
    assert found.head < seen.head
    assert found.generation != seen.generation
    with server.reading() as session:
        lacked = missing(session, HERS, [row.id for row in seen.rows])
    assert server.push(edit(1), edit(2), edit(3)) == [Outcome.DUPLICATE, Outcome.STORED, Outcome.STORED]
    assert lacked == [edit(2).id, edit(3).id]
    check_space(server)
