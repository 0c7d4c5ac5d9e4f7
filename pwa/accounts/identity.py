"""Ids, tokens and their hashes. What a token opens is looked up by its hash: who reads the tables cannot use them."""

from __future__ import annotations

import hashlib
from typing import Final, NewType

AccountId = NewType("AccountId", bytes)

ID_BYTES: Final = 16
TOKEN_BYTES: Final = 32


def hash_of(token: bytes) -> bytes:
    """Return the hash a token is looked up by. Tokens are random and long, so one round is enough."""
    return hashlib.sha256(token).digest()
