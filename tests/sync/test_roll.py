"""A vault's roll: one line, each entry on the last, signed by the vault's own keys, never without a fresh proof."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from pwa.base64url import to_base64url
from pwa.sync.push import Outcome
from pwa.sync.retention import DAYS, prune_space
from pwa.sync.revisions import Refusal, Sent
from pwa.sync.roll import MalformedEntryError, parse_entry
from tests.sync.made import OTHER_SPACE, SPACE, TODAY, Server, Vault, check_space, edit, header, record, sent

if TYPE_CHECKING:
    from collections.abc import Callable

STORED = Outcome.STORED


@pytest.fixture
def vault() -> Vault:
    return Vault()


def test_entries_lie_one_on_top_of_the_other_also_in_one_batch(server: Server, vault: Vault) -> None:
    first = vault.entry()
    second = vault.entry(first)
    assert server.push(first, second) == [STORED, STORED]
    vault.turn()
    third = vault.entry(second)
    vault.turn()
    vault.turn()
    fourth = vault.entry(third)
    assert server.push(third) == [STORED]
    assert server.push(third, fourth) == [Outcome.DUPLICATE, STORED]
    assert server.space().roll_id == fourth.id
    check_space(server)


def test_an_entry_that_is_not_on_top_of_the_last_is_told_that_the_roll_moved(server: Server, vault: Vault) -> None:
    first = vault.entry()
    orphan = vault.entry(vault.entry(words="never sent"))
    assert server.push(orphan) == [Refusal.ROLL_MOVED]
    assert server.push(first, vault.entry(first, words="one"), vault.entry(first, words="another")) == [
        STORED,
        STORED,
        Refusal.ROLL_MOVED,
    ]
    assert server.push(vault.entry(words="beginning anew")) == [Refusal.ROLL_MOVED]
    check_space(server)


def test_an_entry_has_one_parent(server: Server, vault: Vault) -> None:
    first = vault.entry()
    server.push(first)
    assert server.push(vault.entry(first, edit(1))) == [Refusal.ROLL_MOVED]


def test_without_a_fresh_proof_no_entry_is_taken_and_edits_are(server: Server, vault: Vault) -> None:
    first = vault.entry()
    assert server.push(first, edit(1), is_proved=False) == [Refusal.PROOF_NEEDED, STORED]
    assert server.push(first) == [STORED]
    assert server.push(first, is_proved=False) == [Outcome.DUPLICATE]


def other_keys(vault: Vault, first: Sent) -> Sent:
    del vault
    return Vault().entry(first)


def a_key_nobody_signed(vault: Vault, first: Sent) -> Sent:
    stranger = Vault()
    stranger.signing = [*vault.signing, {**stranger.signing[0], "signature": None}]
    return stranger.entry(first)


def a_key_signed_by_itself(vault: Vault, first: Sent) -> Sent:
    stranger = Vault()
    stranger.turn()
    stranger.signing = [*vault.signing, stranger.signing[1]]
    return stranger.entry(first)


def a_key_signed_for_another_space(vault: Vault, first: Sent) -> Sent:
    vault.space = OTHER_SPACE
    vault.turn()
    vault.space = SPACE
    return vault.entry(first)


def fewer_keys(vault: Vault, first: Sent) -> Sent:
    entry = vault.entry(first)
    del vault
    body = json.loads(entry.blob)
    return Vault().entry_of(json.dumps({**body, "signing": body["signing"][:0]}).encode(), first)


def another_record(vault: Vault, first: Sent) -> Sent:
    return vault.entry(first, record_id=record(1))


@pytest.mark.parametrize(
    "entry",
    [
        other_keys,
        a_key_nobody_signed,
        a_key_signed_by_itself,
        a_key_signed_for_another_space,
        fewer_keys,
        another_record,
    ],
)
def test_who_has_a_session_and_no_keys_adds_nothing(
    server: Server, vault: Vault, entry: Callable[[Vault, Sent], Sent]
) -> None:
    first = vault.entry()
    hers = vault.entry(first)
    server.push(first)
    assert server.push(entry(vault, first)) == [Refusal.WRONG_ROLL]
    assert server.space().roll_id == first.id
    assert server.push(hers) == [STORED]


def test_an_entry_is_signed_by_the_last_of_its_keys(server: Server, vault: Vault) -> None:
    first = vault.entry()
    server.push(first)
    vault.turn()
    unsigned = vault.entry(first)
    by_the_elder = vault.sign(b"cairn/1/revision" + unsigned.id, with_key=0)
    for signature in (by_the_elder, bytes(64), b"\xff" * 64):
        other = Sent(unsigned.id, unsigned.header, unsigned.blob, signature)
        assert server.push(other) == [Refusal.WRONG_SIGNATURE]


def test_an_edit_that_names_an_entry_as_its_parent_supersedes_nothing(server: Server, vault: Vault) -> None:
    first = vault.entry(record_id=record(1))
    garbage = sent(header(record_id=record(1), parents=[first.id]), b"garbage")
    server.push(first, garbage)
    with server.writing() as session:
        assert prune_space(session, SPACE, today=TODAY + timedelta(days=DAYS)) == 0
    assert [row.superseded_on for row in server.rows()] == [None, None]
    check_space(server)


def test_older_entries_are_forgotten_at_once_where_an_entry_says_so(server: Server, vault: Vault) -> None:
    first = vault.entry()
    second = vault.entry(first)
    third = vault.entry(second, forget_older=True)
    fourth = vault.entry(third)
    server.push(first, edit(1))
    server.push(second, third, fourth)
    assert [row.blob is None for row in server.rows()] == [True, False, True, False, False]
    check_space(server)
    assert server.push(vault.entry(fourth)) == [STORED]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff",
        b"[]",
        b"{}",
        b"null",
        b"[" * 100_000,
        json.dumps({"signing": [], "forget_older": False}).encode(),
        json.dumps({"signing": "text", "forget_older": False}).encode(),
        json.dumps({"signing": {"key": "x"}, "forget_older": False}).encode(),
        json.dumps({"signing": [{"key": "x", "signature": None}], "forget_older": False}).encode(),
        json.dumps({"signing": [{"key": None, "signature": None}], "forget_older": False}).encode(),
        json.dumps({"signing": Vault().signing, "forget_older": 1}).encode(),
        json.dumps({"signing": Vault().signing}).encode(),
        json.dumps({"signing": Vault().signing * 1_001, "forget_older": True}).encode(),
    ],
)
def test_what_is_no_entry_is_refused(body: bytes) -> None:
    with pytest.raises(MalformedEntryError):
        parse_entry(body)


def test_what_is_no_entry_is_not_laid_on_the_roll(server: Server, vault: Vault) -> None:
    assert server.push(vault.entry_of(b"{}")) == [Refusal.WRONG_ROLL]
    assert server.space().roll_id is None


def test_a_key_that_is_no_point_is_refused(server: Server, vault: Vault) -> None:
    body = {"signing": [{"key": to_base64url(bytes(65)), "signature": None}], "forget_older": False}
    assert server.push(vault.entry_of(json.dumps(body).encode())) == [Refusal.WRONG_SIGNATURE]
