"""Laws of codes, sealing, padding and rolls, over what Hypothesis makes up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reader.base64url import from_base64url, to_base64url
from tests.reader.body import Body, encode_body, parse_body
from tests.reader.chance import seeded
from tests.reader.envelope import (
    Header,
    VaultKey,
    encode_header,
    open_revision,
    padded_length,
    parse_header,
    revision_of,
    seal_revision,
)
from tests.reader.hpke import open_with, seal_to
from tests.reader.keys import (
    Device,
    Vault,
    add_slot,
    follow_roll,
    found_vault,
    open_roll,
    remove_slot,
    turn,
    with_first_slots,
)
from tests.reader.merge import Entry, State, value_of
from tests.reader.points import new_scalar, point_of
from tests.reader.recovery_code import SIGNS, read_code, write_code
from tests.reader.slots import Code, Passkey, make_device_slot, make_slot
from tests.reader.unreadable import UnreadableError

if TYPE_CHECKING:
    from tests.reader.envelope import Revision
    from tests.reader.json_text import Json

CODES = st.binary(min_size=16, max_size=16)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@settings(deadline=None)
@given(CODES)
def test_a_code_is_read_as_it_was_written(secret: bytes) -> None:
    code = write_code(secret)
    assert read_code(code) == read_code(code.lower().replace("-", " ")) == secret


@settings(deadline=None)
@given(CODES, st.integers(0, 27), st.sampled_from(SIGNS))
def test_a_mistyped_sign_never_gives_the_code_that_was_meant(secret: bytes, place: int, sign: str) -> None:
    signs = list(write_code(secret).replace("-", ""))
    if signs[place] == sign:
        return
    signs[place] = sign
    assert read_or_code("".join(signs)) not in {secret, "code-length", "code-sign"}  # one in 4,096 is another code


def read_or_code(typed: str) -> bytes | str:
    try:
        return read_code(typed)
    except UnreadableError as error:
        return error.code


@settings(deadline=None)
@given(st.binary(max_size=80), st.integers(0, 3))
def test_bytes_as_text_have_one_spelling(content: bytes, by: int) -> None:
    text = to_base64url(content)
    assert from_base64url(text) == content
    if text and by:
        with pytest.raises(UnreadableError):
            from_base64url(text + "=" * by)


@settings(deadline=None)
@given(st.integers(0, 2**18))
def test_padding_grows_by_less_than_an_eighth_and_never_shrinks(length: int) -> None:
    padded = padded_length(length)
    assert max(length, 256) <= padded <= max(256, length * 1.12 + 1)
    assert padded_length(padded) == padded
    assert padded_length(length + 1) >= padded


@settings(deadline=None)
@given(st.dictionaries(st.text(min_size=1), VALUES, max_size=5), st.text(min_size=1, max_size=32))
def test_a_body_says_what_was_put_in(values: dict[str, object], kind: str) -> None:
    writer = to_base64url(bytes(12))
    entries = frozenset(Entry(name, writer, n, value_of(value), n) for n, (name, value) in enumerate(values.items(), 1))
    body = Body(kind, State(entries, {writer: len(values)} if values else {}))
    assert parse_body(encode_body(body)) == body


@settings(deadline=None)
@given(st.binary(min_size=32, max_size=32), st.lists(st.binary(min_size=32, max_size=32), max_size=4), st.data())
def test_a_revision_opens_as_it_was_sealed_and_not_with_a_bit_changed(
    record: bytes, parents: list[bytes], data: st.DataObject
) -> None:
    draw = seeded("a revision")
    space, key = draw(16), VaultKey(draw(16), draw(32))
    header = Header(space, record, key.id, tuple(sorted(set(parents))))
    revision = seal_revision(key, header, b"words", nonce=draw(12))
    assert open_revision(key, space, revision) == (header, b"words")
    assert parse_header(encode_header(header)) == header
    whole = revision.header + (revision.blob or b"")
    bit = data.draw(st.integers(0, len(whole) * 8 - 1))
    changed = bytearray(whole)
    changed[bit // 8] ^= 1 << bit % 8
    cut = len(revision.header)
    with pytest.raises(UnreadableError):
        open_revision(key, space, revision_of(bytes(changed[:cut]), bytes(changed[cut:])))


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=200), st.binary(max_size=60), st.integers(0, 2**32))
def test_what_is_sealed_to_a_point_opens_with_its_scalar_and_info_alone(plain: bytes, info: bytes, seed: int) -> None:
    draw = seeded(f"hpke {seed}")
    scalar, other = new_scalar(draw), new_scalar(draw)
    sealed = seal_to(point_of(scalar), info=info, plain=plain, ephemeral=new_scalar(draw))
    assert open_with(scalar, info=info, sealed=sealed) == plain
    for wrong_scalar, wrong_info in ((other, info), (scalar, info + b"x")):
        with pytest.raises(UnreadableError):
            open_with(wrong_scalar, info=wrong_info, sealed=sealed)


STEPS = st.lists(st.sampled_from(["passkey", "device", "remove", "turn"]), max_size=6)


@settings(max_examples=40, deadline=None)
@given(STEPS, st.integers(0, 2**32))
def test_whatever_is_done_to_a_roll_who_belongs_opens_it_and_who_was_removed_does_not(
    steps: list[str], seed: int
) -> None:
    draw = seeded(f"roll {seed}")
    vault = found_vault(draw)
    code = Code(draw(16))
    vault = with_first_slots(vault, [_slot(vault, code, seed)], chance=draw)
    first, roll, devices = vault, [vault.last], dict[str, Device]()
    inside: list[Code | Passkey] = [code]
    gone: list[Device] = []
    for step in steps:
        if step == "passkey":
            passkey = Passkey(draw(32), "diary.example")
            inside.append(passkey)
            vault = add_slot(vault, _slot(vault, passkey, seed), chance=draw)
        elif step == "device":
            scalar = new_scalar(draw)
            slot = make_device_slot(point_of(scalar), chance=draw)
            devices[slot["id"]] = Device(slot["id"], scalar)
            vault = add_slot(vault, slot, chance=draw)
        elif step == "remove" and devices:
            id_, device = devices.popitem()
            gone.append(device)
            vault = remove_slot(vault, id_, chance=draw)
        else:
            vault = turn(vault, chance=draw)
        roll.append(vault.last)
    for opener in inside:
        assert _known(open_roll(vault.space, roll, opener)) == _known(vault)
    for device in devices.values():
        assert _known(follow_roll(first, roll[:1], roll, device) if steps else vault) == _known(vault)
    for device in gone:
        with pytest.raises(UnreadableError, match="slot-not-here"):
            follow_roll(first, roll[:1], roll, device)


def test_the_last_way_in_stays() -> None:
    draw = seeded("the last")
    vault = found_vault(draw)
    vault = with_first_slots(vault, [_slot(vault, Code(draw(16)), 1)], chance=draw)
    with pytest.raises(UnreadableError, match="last-slot"):
        remove_slot(vault, vault.entry.slots[0]["id"], chance=draw)


def _slot(vault: Vault, opener: Code | Passkey, seed: int) -> Json:
    signing = vault.entry.signing[-1].key
    return make_slot(opener, space=vault.space, signing=signing, chance=seeded(f"slot {seed} {vault.last.id.hex()}"))


def _known(vault: Vault) -> tuple[VaultKey, tuple[VaultKey, ...], Revision]:
    return vault.key, vault.keyring.older, vault.last
