"""The reader opens the vectors of revisions and bodies, those of the app's own file too."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.reader.base64url import from_base64url, to_base64url
from tests.reader.body import body_members, encode_body, parse_body, state_members
from tests.reader.envelope import (
    Header,
    VaultKey,
    derived_key,
    encode_header,
    open_blob,
    open_revision,
    padded_length,
    parse_header,
    revision_of,
)
from tests.reader.rows import received
from tests.reader.unreadable import UnreadableError
from tests.reader.vectors import read_vectors

if TYPE_CHECKING:
    from tests.reader.json_text import Json

REVISIONS = read_vectors("revisions.json")
SPACE = bytes.fromhex(REVISIONS["space"])
KEYS = {
    bytes.fromhex(each["id"]): VaultKey(bytes.fromhex(each["id"]), bytes.fromhex(each["key"]))
    for each in REVISIONS["keys"]
}
OF_THE_APP = json.loads((Path(__file__).parents[1] / "client/vault/vectors.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", REVISIONS["revisions"], ids=lambda case: case["name"])
def test_every_revision_says_what_was_put_in(case: Json) -> None:
    revision = received(case["row"])
    key = KEYS[parse_header(revision.header).key_id]
    header, content = open_revision(key, SPACE, revision)
    assert encode_header(header) == revision.header
    assert [to_base64url(each) for each in header.parents] == case["parents"]
    body = parse_body(content)
    assert body_members(body) == {name: case[name] for name in ("type", "saw", "writers", "fields")}
    assert encode_body(body) == content


def test_the_record_keys_come_of_the_vault_keys() -> None:
    for each in REVISIONS["keys"]:
        assert derived_key(KEYS[bytes.fromhex(each["id"])], space=SPACE, use="record").hex() == each["record"]


def test_every_length_is_padded_as_the_table_says() -> None:
    assert [[length, padded_length(length)] for length, _ in REVISIONS["padding"]] == REVISIONS["padding"]
    of_the_page = {0: 256, 256: 256, 257: 272, 1000: 1024, 1025: 1088, 10_000: 10_240, 262_144: 262_144}
    assert {length: padded_length(length) for length in of_the_page} == of_the_page


@pytest.mark.parametrize("case", REVISIONS["bodies"], ids=lambda case: case["name"])
def test_a_body_that_is_not_as_described_is_refused(case: Json) -> None:
    if case["refused"]:
        with pytest.raises(UnreadableError, match="damaged"):
            parse_body(case["body"].encode())
    else:
        parse_body(case["body"].encode())


def test_opening_refuses_with_the_code_of_each_step() -> None:
    revision = received(REVISIONS["revisions"][0]["row"])
    assert revision.blob is not None
    key = KEYS[parse_header(revision.header).key_id]
    flipped = revision.blob[:-1] + bytes([revision.blob[-1] ^ 1])
    other_key = next(each for each in KEYS.values() if each != key)
    header = parse_header(revision.header)
    elsewhere = encode_header(Header(bytes(16), header.record, header.key_id))
    planted = {
        "wrong-id": (key, SPACE, type(revision)(bytes(32), *list(vars(revision).values())[1:])),
        "newer-format": (key, SPACE, revision_of(b"\x02" + revision.header[1:], revision.blob)),
        "damaged": (key, SPACE, revision_of(revision.header, flipped)),
        "wrong-space": (key, SPACE, revision_of(elsewhere, revision.blob)),
        "wrong-key": (other_key, SPACE, revision),
    }
    for code, (vault_key, space, wrong) in planted.items():
        with pytest.raises(UnreadableError) as refused:
            open_revision(vault_key, space, wrong)
        assert refused.value.code == code


def test_a_header_has_one_spelling() -> None:
    revision = received(next(each["row"] for each in REVISIONS["revisions"] if len(each["parents"]) == 2))
    start, one, other = revision.header[:67], revision.header[67:99], revision.header[99:]
    for wrong in (start + other + one, start + one + one, start + one[:-1], start[:-1], b"", b"\0" + start[1:]):
        with pytest.raises(UnreadableError, match="damaged"):
            parse_header(wrong)


def test_the_reader_opens_every_revision_and_draft_of_the_apps_own_file() -> None:
    vault = {name: bytes.fromhex(value) for name, value in OF_THE_APP["vault"].items()}
    key = VaultKey(vault["keyId"], vault["key"])
    assert len(OF_THE_APP["revisions"]) > 2
    for each in OF_THE_APP["revisions"]:
        revision = revision_of(bytes.fromhex(each["header"]), bytes.fromhex(each["blob"]))
        assert revision.id.hex() == each["id"]
        assert open_revision(key, vault["space"], revision)[1].hex() == each["body"]
    for each in OF_THE_APP["local"]:
        local = derived_key(key, space=vault["space"], use="local")
        assert open_blob(local, bytes.fromhex(each["blob"]), context=each["keptUnder"].encode()).hex() == each["plain"]


def test_ids_have_one_spelling() -> None:
    for wrong in ("AB", "A", "AA==", "A+8", "Aé", None):
        with pytest.raises(UnreadableError, match="damaged"):
            from_base64url(wrong)
    assert state_members(parse_body(REVISIONS["bodies"][0]["body"].encode()).state)["fields"]
