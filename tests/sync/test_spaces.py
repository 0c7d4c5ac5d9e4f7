"""Spaces are made for an account, and go with it."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from pwa.sync.generation import generation, renew_generation
from pwa.sync.header import Owner
from pwa.sync.models import AccountSpace, AwaitedParent, Revision, Space
from pwa.sync.spaces import Claim, SpaceTakenError, create_space, delete_vaults, spaces_of
from tests.sync.made import ANN, BEN, HERS, OTHER_SPACE, SPACE, Server, edit


def test_a_space_is_made_once(server: Server) -> None:
    server.push(edit(1))
    server.create()
    assert server.space().head_seq == 1
    with server.reading() as session:
        assert list(spaces_of(session, ANN)) == [SPACE]
        assert list(spaces_of(session, BEN)) == []


def test_anothers_space_cannot_be_made_ones_own(server: Server) -> None:
    with pytest.raises(SpaceTakenError), server.writing() as session:
        create_space(session, BEN, SPACE, Owner.VAULT)
    with server.reading() as session:
        assert list(spaces_of(session, BEN)) == []


def test_groups_are_not_made_this_way(server: Server) -> None:
    with pytest.raises(ValueError, match="1"), server.writing() as session:
        create_space(session, BEN, OTHER_SPACE, Owner.GROUP)


def test_nothing_of_an_accounts_vaults_remains_and_all_of_anothers_does(server: Server) -> None:
    server.create(BEN, OTHER_SPACE)
    for claim in (HERS, Claim(BEN, OTHER_SPACE)):
        one = edit(1, space=claim.space_id)
        not_here = edit(1, words="not sent", space=claim.space_id)
        server.push(one, edit(1, one, not_here, words="two", space=claim.space_id), claim=claim)
    with server.writing() as session:
        delete_vaults(session, ANN)
    with server.reading() as session:
        for table in (Space.id, Revision.space_id, AwaitedParent.space_id, AccountSpace.space_id):
            assert set(session.scalars(select(table))) == {OTHER_SPACE}
        assert session.scalar(select(func.count()).select_from(Revision)) == 2


def test_a_space_begun_again_is_another_generation(server: Server) -> None:
    server.push(edit(1))
    before = server.pull().generation
    server.push(edit(2))
    assert server.pull().generation == before
    with server.writing() as session:
        delete_vaults(session, ANN)
    server.create()
    server.push(edit(3), edit(1))
    assert server.pull().generation != before


def test_a_generation_is_random_and_changes_when_it_is_renewed(server: Server) -> None:
    with server.reading() as session:
        before = generation(session)
    assert len(before) == 16
    assert before != bytes(16)
    with server.writing() as session:
        renew_generation(session, lambda count: b"n" * count)
    assert server.pull().generation == b"n" * 16
