"""The reader opens every vector of codes, HPKE, slots, keyrings and rolls, and refuses what is to be refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.reader.base64url import from_base64url, to_base64url
from tests.reader.envelope import Revision, VaultKey, derived_key, revision_of
from tests.reader.hpke import open_with
from tests.reader.keyring import open_keyring, open_label
from tests.reader.keys import Device, follow_roll, open_roll, reopen
from tests.reader.recovery_code import code_token, code_wrapping_key, read_code, write_code
from tests.reader.slot_here import open_slot_here
from tests.reader.slots import PRF_INPUT, Code, Passkey, is_keyed, open_key, open_sealed
from tests.reader.unreadable import UnreadableError
from tests.reader.vector_roll import opened
from tests.reader.vectors import FILES, FOLDER, read_vectors, text_of

if TYPE_CHECKING:
    from tests.reader.json_text import Json


@pytest.mark.parametrize("name", FILES)
def test_the_files_are_what_the_reader_writes(name: str) -> None:
    assert (FOLDER / name).read_text(encoding="ascii") == text_of(FILES[name]())


def test_every_code_is_read_as_it_was_written() -> None:
    vectors = read_vectors("recovery-codes.json")
    for each in vectors["good"]:
        secret = bytes.fromhex(each["secret"])
        assert (write_code(secret), read_code(each["code"])) == (each["code"], secret)
        assert code_wrapping_key(secret).hex() == each["wrapping"]
        assert to_base64url(code_token(secret)) == each["token"]
    for each in vectors["read"]:
        assert read_code(each["typed"]).hex() == each["secret"], each["typed"]


def test_every_wrong_code_says_what_is_wrong() -> None:
    for each in read_vectors("recovery-codes.json")["refused"]:
        with pytest.raises(UnreadableError) as refused:
            read_code(each["typed"])
        assert (refused.value.code, refused.value.detail) == (each["code"], each.get("sign", "")), each["typed"]


def test_every_message_opens_for_its_reader_alone() -> None:
    vectors = read_vectors("hpke.json")
    for each in vectors["messages"]:
        assert _opened_message(each).hex() == each["plain"], each["name"]
    for each in vectors["refused"]:
        with pytest.raises(UnreadableError, match="damaged"):
            _opened_message(each)


def test_every_slot_opens_with_what_it_is_for() -> None:
    vectors = read_vectors("slots.json")
    space, key_id, key, signing = (
        bytes.fromhex(vectors["vault"][name]) for name in ("space", "keyId", "key", "signing")
    )
    assert vectors["prf"] == PRF_INPUT.hex()
    for each in vectors["slots"]:
        if "device" in each:
            scalar = bytes.fromhex(each["device"])
        else:
            scalar, pinned = open_sealed(each["slot"], _opener(each), space=space)
            assert pinned == signing, each["name"]
        assert open_key(each["slot"], scalar, space=space, key_id=key_id) == VaultKey(key_id, key), each["name"]


def test_the_slot_of_the_phone_opens_with_its_passkey_and_no_other() -> None:
    vectors = read_vectors("slot-here.json")
    site, vault = vectors["slot"]["site"], vectors["vault"]
    opened = open_slot_here(vectors["slot"], Passkey(bytes.fromhex(vectors["output"]), site))
    assert (opened.id.hex(), opened.key.hex()) == (vault["keyId"], vault["key"])
    for each in vectors["refused"]:
        with pytest.raises(UnreadableError) as refused:
            open_slot_here(each["slot"], Passkey(bytes.fromhex(each["output"]), each["slot"]["site"]))
        assert refused.value.code == each["code"], each["name"]


def test_every_keyring_and_label_opens() -> None:
    vectors = read_vectors("keyring.json")
    space, key_id, key = (bytes.fromhex(vectors["vault"][name]) for name in ("space", "keyId", "key"))
    vault_key = VaultKey(key_id, key)
    for use, derived in vectors["derived"].items():
        assert derived_key(vault_key, space=space, use=use).hex() == derived
    for each in vectors["keyrings"]:
        ring = open_keyring(each["sealed"], space=space, vault_key=vault_key)
        older = [{"id": one.id.hex(), "key": one.key.hex()} for one in ring.older]
        assert (older, ring.signing.hex(), ring.more) == (each["older"], each["signing"], each["more"]), each["name"]
    for each in vectors["labels"]:
        assert open_label(from_base64url(each["label"]), space=space, vault_key=vault_key) == each["text"]


ROLL = read_vectors("roll.json")
SPACE = bytes.fromhex(ROLL["space"])


@pytest.mark.parametrize("case", ROLL["openings"], ids=lambda case: case["name"])
def test_a_fresh_phone_opens_a_sound_roll_and_no_other(case: Json) -> None:
    entries, opener = _entries(case["entries"]), _opener(case["with"])
    if "refused" in case:
        with pytest.raises(UnreadableError) as refused:
            open_roll(SPACE, entries, opener)
        assert refused.value.code == case["refused"]
        return
    vault = open_roll(SPACE, entries, opener)
    if "keeps" in case:
        there = {slot["kind"] for slot in vault.entry.slots if is_keyed(slot)} | set(vault.entry.more)
        assert set(case["keeps"]) <= there
    else:
        assert opened(vault) == case["opens"]


@pytest.mark.parametrize("case", ROLL["followings"], ids=lambda case: case["name"])
def test_a_phone_that_knows_the_vault_follows_its_line_and_no_other(case: Json) -> None:
    known, given = (_entries(case[name]) for name in ("known", "given"))
    device = Device(case["device"]["slot"], bytes.fromhex(case["device"]["private"]))
    vault = reopen(SPACE, known, device)
    if "refused" in case:
        with pytest.raises(UnreadableError) as refused:
            follow_roll(vault, known, given, device)
        assert refused.value.code == case["refused"]
    else:
        assert opened(follow_roll(vault, known, given, device)) == case["opens"]


def _entries(places: list[int]) -> list[Revision]:
    return [revision_in(ROLL["entries"][place]) for place in places]


def revision_in(row: Json) -> Revision:
    """Return a row of the vectors as a revision, with the id it claims."""
    signature = from_base64url(row["signature"]) if "signature" in row else None
    header, id_ = from_base64url(row["header"]), from_base64url(row["id"])
    if "blob" not in row:
        return Revision(id_, header, None, from_base64url(row["blob_hash"]), signature)
    whole = revision_of(header, from_base64url(row["blob"]), signature)
    return Revision(id_, header, whole.blob, whole.blob_hash, signature)


def _opened_message(each: Json) -> bytes:
    private, info, sealed = (bytes.fromhex(each[name]) for name in ("private", "info", "sealed"))
    return open_with(private, info=info, sealed=sealed)


def _opener(told: Json) -> Code | Passkey:
    if "code" in told:
        return Code(read_code(told["code"]))
    return Passkey(bytes.fromhex(told["passkey"]["output"]), told["passkey"]["site"])
