"""A vault that the app's own code made, with every change a roll can see, opens for the second reader."""

from __future__ import annotations

import json
import secrets
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hatch_build import find_node
from tests.reader.base64url import from_base64url
from tests.reader.keyring import open_label
from tests.reader.keys import Device, Vault, open_roll, reopen
from tests.reader.merge import shown_entry, shown_texts
from tests.reader.records import Records
from tests.reader.recovery_code import read_code
from tests.reader.rows import received
from tests.reader.slots import Code, Passkey
from tests.reader.unreadable import UnreadableError

if TYPE_CHECKING:
    from tests.reader.json_text import Json

MAKER = Path(__file__).parents[1] / "client/reader/made-by-the-app.ts"


@pytest.fixture(scope="module")
def made() -> Json:
    printed = subprocess.run([find_node(), MAKER], check=True, capture_output=True, timeout=300)
    vault: Json = json.loads(printed.stdout)
    return vault


def opened(made: Json, opener: Code | Passkey) -> Vault:
    return open_roll(from_base64url(made["space"], 16), [received(row) for row in made["roll"]], opener)


def passkey(told: Json) -> Passkey:
    return Passkey(bytes.fromhex(told["output"]), told["site"])


def test_its_code_and_its_passkey_open_the_same_vault(made: Json) -> None:
    by_code = opened(made, Code(read_code(made["code"])))
    assert opened(made, passkey(made["passkey"])) == by_code
    assert len(by_code.keyring.older) == 2
    assert open_label(from_base64url(made["label"]), space=by_code.space, vault_key=by_code.key) == "Anns Telefon"


def test_its_phone_opens_it_after_the_turns_with_a_slot_that_names_its_session(made: Json) -> None:
    space, rows = from_base64url(made["space"], 16), [received(row) for row in made["roll"]]
    vault = reopen(space, rows, Device(made["phone"]["slot"], bytes.fromhex(made["phone"]["scalar"])))
    assert vault == opened(made, Code(read_code(made["code"])))
    (slot,) = [slot for slot in vault.entry.slots if slot["kind"] == "device"]
    label = from_base64url(slot["label"])
    under = vault.keys()[label[:16]]
    assert under != vault.key
    assert open_label(label, space=space, vault_key=under) == "Anns Telefon\nthe second session"


def test_while_a_code_is_renewed_both_open_the_same(made: Json) -> None:
    until_then = made | {"roll": made["roll"][: made["both"]]}
    by_old, by_new = (opened(until_then, Code(read_code(made[name]))) for name in ("old_code", "code"))
    assert by_old == by_new


def test_what_was_renewed_or_removed_does_not_open_it(made: Json) -> None:
    for opener in (Code(read_code(made["old_code"])), passkey(made["removed"])):
        with pytest.raises(UnreadableError, match="slot-wrong-key"):
            opened(made, opener)


def test_what_was_written_before_and_after_the_turns_is_read(made: Json) -> None:
    records = Records(opened(made, Code(read_code(made["code"]))), secrets.token_bytes)
    assert [records.add(received(row)) for row in made["revisions"]] == ["opened", "opened"]
    record = from_base64url(made["record"], 32)
    state = records.state(record)
    assert records.types[record] == "check-in"
    assert shown_texts(state, "note") == ["Later"]
    assert [each.value for each in state.of("list")] == [[1, None, {"a": "b"}]]
    pain = shown_entry(state, "pain")
    assert pain is not None
    assert pain.value == 3
