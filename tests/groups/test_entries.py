"""Reading an entry's blob: whatever bytes are in it, it is an act, or refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pwa.base64url import to_base64url
from pwa.groups.entries import LaterActError, MalformedActError, What, parse_act

ID = to_base64url(bytes(16))
TURN: dict[str, Any] = {"format": 1, "what": "turn", "keys": {ID: to_base64url(bytes(113))}, "older": "AA"}


def blob(**members: object) -> bytes:
    """Return a turn's blob with other members."""
    return json.dumps(TURN | members).encode()


def test_an_act_is_read_and_members_that_it_does_not_know_are_left_alone() -> None:
    act = parse_act(blob(mood="calm"))
    assert act.what is What.TURN
    assert act.makes_key
    assert act.keys == {bytes(16)}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"null",
        b"\xff",
        b"[" * 100_000,
        blob(format=0),
        blob(format=True),
        blob(format="1"),
        blob(format=1.5),
        blob(format=float("inf")),
        blob(format=float("nan")),
        blob(what="dance"),
        blob(what=["turn"]),
        blob(keys=[]),
        blob(keys={ID: "AA"}),
        blob(keys={"AA": to_base64url(bytes(113))}),
        blob(older=""),
        blob(older=5),
        blob(what="remove"),
        blob(what="remove", member="AA"),
        blob(what="role", member=ID, role="king"),
        blob(what="join", member={"id": ID}),
        blob(what="rekey", member={"id": ID, "signing": to_base64url(b"\x04" * 65), "receiving": "AA"}),
    ],
)
def test_what_is_no_act_is_refused(content: bytes) -> None:
    with pytest.raises(MalformedActError):
        parse_act(content)


def test_an_act_of_a_later_format_is_told_apart() -> None:
    with pytest.raises(LaterActError):
        parse_act(blob(format=2, what="dance"))


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(st.sampled_from(sorted(TURN)), JSON)
def test_any_json_at_all_is_an_act_or_refused(name: str, value: object) -> None:
    try:
        assert parse_act(blob(**{name: value})).what in What
    except (MalformedActError, LaterActError):
        # As JSON: in Python itself `True` equals 1.
        assert json.dumps(value) != json.dumps(TURN[name])
