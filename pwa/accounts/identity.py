"""Ids, tokens and their hashes. What a token opens is looked up by its hash: who reads the tables cannot use them."""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import Final, NewType

AccountId = NewType("AccountId", bytes)

ID_BYTES: Final = 16
TOKEN_BYTES: Final = 32


def hash_of(token: bytes) -> bytes:
    """Return the hash a token is looked up by. Tokens are random and long, so one round is enough."""
    return hashlib.sha256(token).digest()


def to_base64url(content: bytes) -> str:
    """Return bytes as the interface writes them: base64url without padding."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode("ascii")


def from_base64url(text: str) -> bytes:
    """Return what `to_base64url` was given. Raises `ValueError` for any other spelling of it."""
    try:
        content = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (UnicodeEncodeError, binascii.Error) as error:
        raise ValueError("not base64url") from error
    if to_base64url(content) != text:
        raise ValueError("not the one spelling of base64url")
    return content
