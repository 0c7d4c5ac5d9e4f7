"""Headers: what is read, and what is refused as the client refuses it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pwa.sync.header import Header, Kind, MalformedHeaderError, NewerFormatError, Owner, parse_header

SPACE, RECORD, KEY, AUTHOR = b"S" * 16, b"R" * 32, b"K" * 16, b"A" * 16
VAULT = b"\1\1\0" + SPACE + RECORD + KEY
GROUP = b"\1\1\1" + SPACE + RECORD + KEY + AUTHOR
VECTORS = json.loads((Path(__file__).parents[1] / "client/vault/vectors.json").read_text(encoding="utf-8"))


def test_a_header_of_a_vault_says_all_but_an_author() -> None:
    parents = (b"\1" * 32, b"\2" * 32)
    assert parse_header(VAULT + b"".join(parents)) == Header(Kind.EDIT, Owner.VAULT, SPACE, RECORD, KEY, None, parents)


def test_a_header_of_a_group_names_its_author() -> None:
    header = parse_header(b"\1\2" + GROUP[2:])
    assert (header.kind, header.owner, header.author_id, header.parents) == (Kind.ERASE, Owner.GROUP, AUTHOR, ())


@pytest.mark.parametrize("vector", VECTORS["revisions"], ids=lambda vector: vector["name"])
def test_the_headers_the_client_makes_are_read(vector: dict[str, str]) -> None:
    header = parse_header(bytes.fromhex(vector["header"]))
    assert header.space_id.hex() == VECTORS["vault"]["space"]
    assert header.key_id.hex() == VECTORS["vault"]["keyId"]


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        (b"", "format"),
        (b"\0" + VAULT[1:], "format"),
        (b"\1\0" + VAULT[2:], "kind"),
        (b"\1\4" + VAULT[2:], "kind"),
        (b"\1\2" + VAULT[2:], "kind"),  # an erase in a vault
        (b"\1\1\2" + VAULT[3:], "owner"),
        (b"\1\1\0", "length"),
        (VAULT[:-1], "length"),
        (VAULT + b"\0" * 31, "length"),
        (GROUP[:-1], "length"),
        (VAULT + b"\2" * 32 + b"\1" * 32, "parents"),
        (VAULT + b"\1" * 64, "parents"),
        (VAULT + b"".join(n.to_bytes(32, "big") for n in range(256)), "too-many-parents"),
    ],
)
def test_what_is_no_header_is_refused_with_its_reason(header: bytes, reason: str) -> None:
    with pytest.raises(MalformedHeaderError) as refused:
        parse_header(header)
    assert refused.value.reason == reason


def test_the_most_parents_are_taken() -> None:
    header = parse_header(VAULT + b"".join(n.to_bytes(32, "big") for n in range(255)))
    assert len(header.parents) == 255


@pytest.mark.parametrize("header", [b"\2", b"\xff" + VAULT[1:]])
def test_a_later_format_is_named_before_anything_else(header: bytes) -> None:
    with pytest.raises(NewerFormatError):
        parse_header(header)


@given(st.binary(max_size=200) | st.binary(max_size=100).map(VAULT.__add__))
def test_one_header_has_one_spelling(header: bytes) -> None:
    try:
        parsed = parse_header(header)
    except (MalformedHeaderError, NewerFormatError):
        return
    author = parsed.author_id or b""
    fixed = bytes((1, parsed.kind, parsed.owner)) + parsed.space_id + parsed.record_id + parsed.key_id + author
    assert header == fixed + b"".join(sorted(set(parsed.parents)))


def test_the_vectors_are_those_of_the_client() -> None:
    first = VECTORS["revisions"][0]
    header, blob = (bytes.fromhex(first[part]) for part in ("header", "blob"))
    assert hashlib.sha256(header + hashlib.sha256(blob).digest()).hexdigest() == first["id"]
