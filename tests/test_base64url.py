"""Base64url: one spelling for each."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pwa.base64url import NotBase64urlError, from_base64url, from_standard, to_base64url, to_standard


@given(st.binary(max_size=100))
def test_bytes_come_back(content: bytes) -> None:
    text = to_base64url(content)
    assert text == base64.urlsafe_b64encode(content).decode().rstrip("=")
    assert from_base64url(text) == content
    assert from_base64url(text, length=len(content)) == content


@given(st.text(alphabet="AQgwBZaz09-_=+/ \né", max_size=8))
def test_a_text_is_read_only_if_it_is_the_one_spelling(text: str) -> None:
    try:
        content = from_base64url(text)
    except NotBase64urlError:
        return
    assert to_base64url(content) == text


@pytest.mark.parametrize(
    "value", [None, 1, b"AAAA", ["AAAA"], "A", "AB", "AAB", "AA==", "AA+A", "AA/A", "AA A", "AAAA\n", "ÄAAA"]
)
def test_anything_else_is_refused(value: object) -> None:
    with pytest.raises(NotBase64urlError):
        from_base64url(value)


def test_another_length_is_refused() -> None:
    with pytest.raises(NotBase64urlError):
        from_base64url("AAAA", length=4)


@given(st.lists(st.binary(max_size=70)))
def test_many_are_turned_at_once_and_what_stands_between_stays(contents: list[bytes]) -> None:
    text = from_standard(b",".join(b'{"n":%d,"blob":"%b"}' % (n, to_standard(each)) for n, each in enumerate(contents)))
    assert text.decode() == ",".join(f'{{"n":{n},"blob":"{to_base64url(each)}"}}' for n, each in enumerate(contents))
