"""Retention: what was superseded 30 days ago loses its blob, nothing else does, and nothing is skipped."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING

from pwa.sync import retention
from pwa.sync.retention import DAYS, prune, prune_all
from pwa.sync.spaces import Claim
from tests.sync.made import BEN, OTHER_SPACE, TODAY, Server, Vault, check_space, edit

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from sqlalchemy import Engine


def run(server: Server, *, days: int) -> int:
    return sum(prune(server.engine, today=TODAY + timedelta(days=days)))


def blobs(server: Server) -> list[bool]:
    return [row.blob is not None for row in server.rows()]


def test_on_the_thirtieth_day_and_not_before(server: Server) -> None:
    old = edit(1)
    server.push(old, edit(1, old, words="new"), edit(2))
    assert (run(server, days=DAYS - 1), blobs(server)) == (0, [True, True, True])
    assert (run(server, days=DAYS), blobs(server)) == (1, [False, True, True])
    check_space(server)


def test_days_count_from_when_it_was_superseded(server: Server) -> None:
    old = edit(1)
    server.push(old)
    server.today = TODAY + timedelta(days=DAYS)
    server.push(edit(1, old, words="new"))
    assert run(server, days=DAYS) == 0
    assert run(server, days=2 * DAYS) == 1


def test_heads_stay_for_ever_and_so_does_the_last_entry_of_the_roll(server: Server) -> None:
    vault = Vault()
    first = vault.entry()
    second = vault.entry(first)
    server.push(edit(1), first, second)
    assert run(server, days=100_000) == 1
    assert blobs(server) == [True, False, True]
    assert server.push(vault.entry(second)) == ["stored"]


def test_a_stub_still_proves_itself_and_is_known(server: Server) -> None:
    old = edit(1)
    server.push(old, edit(1, old, words="new"))
    run(server, days=DAYS)
    stub = server.pull().rows[0]
    assert stub.blob is None
    assert hashlib.sha256(stub.header + stub.blob_hash).digest() == old.id
    assert server.push(old) == ["duplicate"]


def test_every_space_is_reached_in_many_small_steps(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "ROWS_AT_ONCE", 2)
    monkeypatch.setattr(retention, "SPACES_AT_ONCE", 1)
    server.create(BEN, OTHER_SPACE)
    for claim in (Claim(b"a" * 16, b"S" * 16), Claim(BEN, OTHER_SPACE)):
        old = [edit(n, space=claim.space_id) for n in range(5)]
        server.push(*old, claim=claim)
        server.push(*[edit(n, each, words="new", space=claim.space_id) for n, each in enumerate(old)], claim=claim)
    assert run(server, days=DAYS) == 10
    check_space(server)
    check_space(server, OTHER_SPACE)


def test_afterwards_the_bytes_are_in_no_file(server: Server, tmp_path: Path, engine: Engine) -> None:
    old = edit(1, words="a marker " * 20)
    server.push(old, edit(1, old, words="new"))
    url = engine.url.render_as_string(hide_password=False)
    assert prune_all(url, today=TODAY + timedelta(days=DAYS)) == 1
    for file in tmp_path.glob("test.sqlite3*"):
        assert b"a marker" not in file.read_bytes()
