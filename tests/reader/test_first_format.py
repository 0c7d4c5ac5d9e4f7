"""The vault of the first format opens with all that opened it once, and says the same words."""

from __future__ import annotations

import hashlib
import json
import secrets
from typing import TYPE_CHECKING

import pytest

from tests.reader.base64url import from_base64url, to_base64url
from tests.reader.keys import Device, Vault, open_roll, reopen
from tests.reader.merge import TRASH, State, is_in_trash
from tests.reader.records import Records
from tests.reader.recovery_code import read_code
from tests.reader.rows import received
from tests.reader.slots import Code, Passkey
from tests.reader.vectors import FOLDER

if TYPE_CHECKING:
    from tests.reader.json_text import Json

FILE = FOLDER / "first-format/vault.json"
SHA256 = "d71035a92bd92fbef6b0514037d856bf7a783fdc606c6d24b864166f7c5ea2f7"
FIRST = json.loads(FILE.read_bytes())


def opened_by(way: str) -> Vault:
    space, roll = from_base64url(FIRST["space"], 16), [received(row) for row in FIRST["roll"]]
    if way == "code":
        return open_roll(space, roll, Code(read_code(FIRST["recovery_code"])))
    if way == "passkey":
        return open_roll(space, roll, Passkey(bytes.fromhex(FIRST["passkey"]["output"]), FIRST["passkey"]["site"]))
    return reopen(space, roll, Device(FIRST["device"]["slot"], bytes.fromhex(FIRST["device"]["private"])))


def said(state: State) -> Json:
    names = sorted({each.field for each in state.entries} - {TRASH})
    values = {name: [each.text for each in state.of(name)] for name in names}
    return {name: [json.loads(text) for text in dict.fromkeys(texts)] for name, texts in values.items()}


def test_the_file_is_as_it_was_made() -> None:
    assert hashlib.sha256(FILE.read_bytes()).hexdigest() == SHA256


@pytest.mark.parametrize("way", ["code", "passkey", "device"])
def test_everything_in_it_is_read(way: str) -> None:
    records = Records(opened_by(way), secrets.token_bytes)
    assert {records.add(received(row)) for row in FIRST["revisions"]} == {"opened"}
    told = [
        {
            "id": to_base64url(record),
            "type": records.types[record],
            "in_trash": is_in_trash(records.state(record)),
            "says": said(records.state(record)),
        }
        for record in sorted(records.types)
    ]
    assert told == FIRST["records"]


def test_it_holds_what_a_diary_may_come_to() -> None:
    records = FIRST["records"]
    assert len({each["type"] for each in records}) > 8
    assert any(each["in_trash"] for each in records)
    assert any(not each["says"] for each in records)
    assert any(len(values) > 1 for each in records for values in each["says"].values())
    assert {"blob" in row for row in FIRST["roll"]} == {True, False}
