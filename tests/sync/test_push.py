"""Push: each revision of a batch is stored once, numbered and chained, or refused by itself."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from pwa.sync.header import Kind
from pwa.sync.push import Outcome, Quota
from pwa.sync.revisions import LARGEST, Refusal, Sent
from pwa.sync.spaces import Claim, SpaceNotFoundError
from tests.sync.made import (
    ANN,
    BEN,
    HERS,
    OTHER_SPACE,
    SPACE,
    TODAY,
    Server,
    Vault,
    check_space,
    edit,
    header,
    record,
    sent,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

STORED, DUPLICATE = Outcome.STORED, Outcome.DUPLICATE


def superseded(server: Server, *revisions: Sent) -> list[bool]:
    rows = {row.id: row.superseded_on is not None for row in server.rows()}
    return [rows[each.id] for each in revisions]


def test_a_batch_is_numbered_in_its_order_and_chained(server: Server) -> None:
    batch = [edit(n) for n in range(5)]
    assert server.push(*batch) == [STORED] * 5
    assert [row.id for row in server.rows()] == [each.id for each in batch]
    assert server.rows()[0].received_on == TODAY
    check_space(server)


def test_an_empty_batch_changes_nothing(server: Server) -> None:
    assert server.push() == []
    assert server.space().head_seq == 0


def test_the_same_batch_again_changes_nothing(server: Server) -> None:
    batch = [edit(n) for n in range(3)]
    server.push(*batch)
    before = server.space().chain
    assert server.push(*batch) == [DUPLICATE] * 3
    assert (server.space().head_seq, server.space().chain) == (3, before)
    check_space(server)


def test_a_revision_twice_in_one_batch_is_stored_once(server: Server) -> None:
    one = edit(1)
    assert server.push(one, one, edit(2), one) == [STORED, DUPLICATE, STORED, DUPLICATE]
    check_space(server)


def test_only_parents_that_are_not_here_yet_are_noted_and_until_they_come(server: Server) -> None:
    one, two = edit(1), edit(1, words="elsewhere")
    server.push(one, edit(1, one, two, words="both"))
    assert server.awaited() == {(two.id, 2)}
    server.push(two)
    assert server.awaited() == set()
    assert superseded(server, two) == [True]


@pytest.mark.parametrize("in_one_batch", [True, False])
@pytest.mark.parametrize("child_first", [True, False])
def test_a_parent_is_superseded_whichever_comes_first(server: Server, *, in_one_batch: bool, child_first: bool) -> None:
    parent = edit(1)
    child = edit(1, parent, words="later")
    batch = [child, parent] if child_first else [parent, child]
    if in_one_batch:
        server.push(*batch)
    else:
        for each in batch:
            server.push(each)
    assert superseded(server, parent, child) == [True, False]
    check_space(server)


def test_a_parent_of_another_record_is_not_superseded(server: Server) -> None:
    parent = edit(1)
    server.push(parent)
    server.push(edit(2, parent))
    late = edit(3)
    server.push(edit(4, late))
    server.push(late)
    assert superseded(server, parent, late) == [False, False]
    check_space(server)


def test_the_day_of_the_first_that_supersedes_stays(server: Server) -> None:
    parent = edit(1)
    server.push(parent, edit(1, parent, words="one"))
    server.today = TODAY + timedelta(days=3)
    server.push(edit(1, parent, words="another"))
    assert server.rows()[0].superseded_on == TODAY


def test_a_parent_nobody_has_is_no_error(server: Server) -> None:
    assert server.push(edit(1, edit(1, words="never sent"))) == [STORED]
    check_space(server)


def test_more_parents_than_a_database_takes_parameters_are_looked_up(server: Server) -> None:
    unknown = [edit(1, words=str(n)) for n in range(255)]
    batch = [edit(1, *unknown, words=f"child {n}") for n in range(20)]
    assert server.push(*batch) == [STORED] * 20
    assert set(server.push(*unknown)) == {STORED}
    assert all(superseded(server, *unknown))
    check_space(server)


def broken(revision: Sent, **change: bytes) -> Sent:
    return Sent(**{name: change.get(name, getattr(revision, name)) for name in ("id", "header", "blob", "signature")})


LATER_FORMAT = sent(b"\2" + header(record_id=record(1))[1:], b"sealed")
ERASE = sent(b"\1\2" + header(record_id=record(1))[2:], b"")
IN_A_GROUP = sent(header(record_id=record(1), author=ANN), b"sealed", b"s" * 64)


@pytest.mark.parametrize(
    ("revision", "refusal"),
    [
        (broken(edit(1), blob=b"other bytes"), Refusal.WRONG_ID),
        (broken(edit(1), header=header(record_id=record(2))), Refusal.WRONG_ID),
        (LATER_FORMAT, Refusal.NEWER_FORMAT),
        (sent(b"\1no header", b"sealed"), Refusal.MALFORMED),
        (ERASE, Refusal.MALFORMED),
        (edit(1, space=OTHER_SPACE), Refusal.WRONG_SPACE),
        (IN_A_GROUP, Refusal.WRONG_SPACE),
        (broken(edit(1), signature=b"s" * 64), Refusal.WRONG_SIGNATURE),
        (broken(IN_A_GROUP, signature=b"s" * 63), Refusal.WRONG_SIGNATURE),
        (sent(header(record_id=record(1), kind=Kind.ROLL), b"{}"), Refusal.WRONG_SIGNATURE),
        (sent(header(record_id=record(1)), bytes(LARGEST - 67 + 1)), Refusal.TOO_LARGE),
    ],
)
def test_what_is_refused_holds_up_nothing_and_leaves_no_trace(server: Server, revision: Sent, refusal: Refusal) -> None:
    assert server.push(edit(7), revision, edit(8)) == [STORED, refusal, STORED]
    assert [row.record_id for row in server.rows()] == [record(7), record(8)]
    check_space(server)


def test_an_id_that_is_used_twice_with_other_bytes_is_refused_and_the_first_stays(server: Server) -> None:
    """An id is the hash of what it names, so only one of the two can have it."""
    first = edit(1)
    server.push(first)
    before = server.space()
    others = [
        broken(first, blob=edit(1, words="other").blob),
        broken(first, header=header(record_id=record(2))),
        broken(first, blob=first.blob + b"\0"),
        broken(first, blob=b""),
    ]
    assert server.push(*others) == [Refusal.WRONG_ID] * len(others)
    assert server.push(first, others[0]) == [DUPLICATE, Refusal.WRONG_ID]
    (row,) = server.rows()
    assert (row.id, row.header, row.blob) == (first.id, first.header, first.blob)
    assert (server.space().chain, server.space().used_bytes) == (before.chain, before.used_bytes)
    check_space(server)


def test_the_largest_revision_is_taken(server: Server) -> None:
    assert server.push(sent(header(record_id=record(1)), bytes(LARGEST - 67))) == [STORED]


def test_revisions_up_to_the_quota_are_taken_and_none_above(server: Server) -> None:
    quota = Quota(bytes=10**9, revisions=3)
    batch = [edit(n) for n in range(4)]
    assert server.push(*batch, quota=quota) == [STORED, STORED, STORED, Refusal.QUOTA_REACHED]
    assert server.push(batch[0], batch[3], quota=quota) == [DUPLICATE, Refusal.QUOTA_REACHED]


def test_bytes_up_to_the_quota_are_taken_and_none_above(server: Server) -> None:
    head = header(record_id=record(1))
    large, small = sent(head, b"l" * 200), sent(head, b"s" * 10)
    exactly = Quota(bytes=2 * len(head) + 210, revisions=10**6)
    too_few = Quota(bytes=2 * len(head) + 209, revisions=10**6)
    assert server.push(large, small, quota=too_few) == [STORED, Refusal.QUOTA_REACHED]
    assert server.push(small, quota=exactly) == [STORED]
    check_space(server)


def test_a_roll_entry_is_taken_above_the_quota(server: Server) -> None:
    full = Quota(bytes=0, revisions=0)
    assert server.push(edit(1), Vault().entry(), edit(2), quota=full) == [
        Refusal.QUOTA_REACHED,
        STORED,
        Refusal.QUOTA_REACHED,
    ]


@pytest.mark.parametrize(
    "claim", [Claim(BEN, SPACE), Claim(ANN, OTHER_SPACE), Claim(ANN, b"U" * 16), Claim(b"", b""), Claim(ANN, b"")]
)
def test_a_space_of_anothers_and_one_that_is_not_there_are_the_same(server: Server, claim: Claim) -> None:
    server.create(BEN, OTHER_SPACE)
    with pytest.raises(SpaceNotFoundError):
        server.push(edit(1), claim=claim)
    assert list(server.rows()) == []


def test_two_spaces_count_for_themselves(server: Server) -> None:
    server.create(BEN, OTHER_SPACE)
    hers: Sequence[Sent] = [edit(n) for n in range(3)]
    his = [edit(n, space=OTHER_SPACE) for n in range(2)]
    server.push(*hers, claim=HERS)
    server.push(*his, claim=Claim(BEN, OTHER_SPACE))
    assert [row.seq for row in server.rows(OTHER_SPACE)] == [1, 2]
    check_space(server)
    check_space(server, OTHER_SPACE)
