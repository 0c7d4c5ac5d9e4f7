"""Pull: pages without gaps, heads newest first, the index, the roll, a record's history, and what is not here."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pwa.sync import pull as pulling
from pwa.sync.pull import MOST_BYTES, how_many_fit, pull_heads, pull_record, pull_roll
from pwa.sync.retention import DAYS, prune_space
from pwa.sync.spaces import Claim, SpaceNotFoundError
from tests.sync.made import ANN, BEN, HERS, SPACE, TODAY, Server, Vault, edit, header, record, sent


def test_pages_follow_one_another_without_gap_and_prove_the_chain(server: Server) -> None:
    batch = [edit(n) for n in range(7)]
    server.push(*batch)
    chain, seen = hashlib.sha256(SPACE).digest(), []
    after: int | None = 0
    while after is not None:
        page = server.pull(after=after, limit=3)
        for row in page.rows:
            chain = hashlib.sha256(chain + row.id).digest()
        assert (page.chain, page.head) == (chain, 7)
        seen += [row.id for row in page.rows]
        after = page.next
    assert seen == [each.id for each in batch]
    assert chain == server.space().chain


def test_an_empty_space_has_one_empty_page(server: Server) -> None:
    page = server.pull()
    assert (list(page.rows), page.next, page.at, page.head) == ([], None, 0, 0)
    assert page.chain == hashlib.sha256(SPACE).digest()


@pytest.mark.parametrize("after", [2, 3, 2**53 - 1])
def test_beyond_the_head_there_is_nothing_and_the_head_is_said(server: Server, after: int) -> None:
    server.push(edit(1), edit(2))
    page = server.pull(after=after)
    assert (list(page.rows), page.next, page.at, page.head) == ([], None, 2, 2)
    assert page.chain == server.space().chain


def test_rows_come_as_they_were_sent(server: Server) -> None:
    entry = Vault().entry()
    server.push(edit(1, words="one"), entry)
    edited, rolled = server.pull().rows
    assert (edited.blob, edited.signature, edited.received_on) == (b"sealed 1 one", None, TODAY)
    assert (rolled.header, rolled.blob, rolled.signature) == (entry.header, entry.blob, entry.signature)


def test_the_index_has_hashes_for_blobs(server: Server) -> None:
    server.push(edit(1))
    (row,) = server.pull(blobs=False).rows
    assert row.blob is None
    assert row.blob_hash == hashlib.sha256(edit(1).blob).digest()


def test_a_page_holds_no_more_than_its_bytes(server: Server) -> None:
    large = [sent(header(record_id=record(n)), bytes(200_000)) for n in range(6)]
    server.push(*large[:3])
    server.push(*large[3:])
    assert [len(server.pull(after=after).rows) for after in (0, 5)] == [5, 1]
    assert len(server.pull(blobs=False).rows) == 6


@given(st.lists(st.integers(0, 2 * MOST_BYTES)))
def test_what_fits_is_one_at_least_and_as_many_as_there_is_room_for(sizes: list[int]) -> None:
    count = how_many_fit(sizes)
    assert count >= min(1, len(sizes))
    assert count <= 1 or sum(sizes[:count]) <= MOST_BYTES
    assert count == len(sizes) or sum(sizes[: count + 1]) > MOST_BYTES


def test_heads_come_newest_first_and_each_once(server: Server) -> None:
    batch = [edit(n) for n in range(6)]
    server.push(*batch, edit(2, batch[2], words="later"))
    with server.reading() as session:
        first = pull_heads(session, HERS, limit=4)
        second = pull_heads(session, HERS, before=first.next or 0, limit=4)
    assert [row.seq for row in first.rows] == [7, 6, 5, 4]
    assert [row.seq for row in second.rows] == [2, 1]
    assert (first.next, second.next) == (4, None)
    assert (first.at, first.chain) == (first.head, server.space().chain)


def test_what_came_since_the_first_page_of_heads_is_in_the_tail(server: Server) -> None:
    old = edit(1)
    server.push(old, edit(2), edit(3))
    with server.reading() as session:
        first = pull_heads(session, HERS, limit=1)
    server.push(edit(1, old, words="later"))
    with server.reading() as session:
        rest = pull_heads(session, HERS, before=first.next or 0)
    tail = server.pull(after=first.head)
    assert [row.seq for row in (*first.rows, *rest.rows, *tail.rows)] == [3, 2, 4]


def test_the_roll_comes_in_order_and_alone(server: Server) -> None:
    vault = Vault()
    first = vault.entry()
    second = vault.entry(first, words="second")
    server.push(edit(1), first, edit(2), second)
    with server.reading() as session:
        assert [row.id for row in pull_roll(session, HERS, after=0).rows] == [first.id, second.id]
        assert [row.id for row in pull_roll(session, HERS, after=2).rows] == [second.id]
        assert pull_roll(session, HERS, after=0, limit=1).next == 2


def test_a_records_history_comes_oldest_first_with_its_stubs(server: Server) -> None:
    one = edit(1)
    two = edit(1, one, words="two")
    server.push(one, edit(2), two)
    server.today = TODAY + timedelta(days=DAYS)
    with server.reading() as session:
        before = [row.blob for row in pull_record(session, HERS, record(1), after=0).rows]
    with server.writing() as session:
        prune_space(session, SPACE, today=server.today)
    with server.reading() as session:
        page = pull_record(session, HERS, record(1), after=0)
        assert list(pull_record(session, HERS, record(9), after=0).rows) == []
    assert before == [one.blob, two.blob]
    assert [(row.id, row.blob) for row in page.rows] == [(one.id, None), (two.id, two.blob)]


def test_what_is_missing_and_what_is_here_is_told_apart(server: Server) -> None:
    here, not_here = [edit(1), edit(2)], [edit(3), edit(4)]
    server.push(*here)
    asked = [not_here[1].id, here[0].id, not_here[0].id, here[1].id]
    with server.reading() as session:
        assert pulling.missing(session, HERS, asked) == [not_here[1].id, not_here[0].id]
        page = pulling.fetch(session, HERS, asked)
    assert [row.id for row in page.rows] == [each.id for each in here]
    assert page.next is None


def test_what_does_not_fit_of_what_is_fetched_is_said(server: Server) -> None:
    large = [sent(header(record_id=record(n)), bytes(250_000)) for n in range(5)]
    server.push(*large[:3])
    server.push(*large[3:])
    with server.reading() as session:
        page = pulling.fetch(session, HERS, [each.id for each in large])
    assert [row.seq for row in page.rows] == [1, 2, 3, 4]
    assert page.next == 4


def test_nothing_of_anothers_space_is_told(server: Server) -> None:
    server.push(edit(1))
    his = Claim(BEN, SPACE)
    with server.reading() as session:
        for ask in (
            lambda: pulling.pull(session, his, after=0),
            lambda: pull_heads(session, his),
            lambda: pull_roll(session, his, after=0),
            lambda: pull_record(session, his, record(1), after=0),
            lambda: pulling.fetch(session, his, [edit(1).id]),
            lambda: pulling.missing(session, his, [edit(1).id]),
            lambda: pulling.pull(session, Claim(ANN, b"nowhere"), after=0),
        ):
            with pytest.raises(SpaceNotFoundError):
                ask()
