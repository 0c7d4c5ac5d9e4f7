"""Ids, tokens and their hashes. What a token opens is looked up by its hash: who reads the tables cannot use them."""

from __future__ import annotations

import hashlib
from typing import Final, NamedTuple, NewType

AccountId = NewType("AccountId", bytes)

ID_BYTES: Final = 16
TOKEN_BYTES: Final = 32


class Ended(NamedTuple):
    """A way in that lets nobody in any more, by its hash, and the hash of the token that took its place."""

    way: bytes
    instead: bytes | None = None


def hash_of(token: bytes) -> bytes:
    """Return the hash a token is looked up by. Tokens are random and long, so one round is enough."""
    return hashlib.sha256(token).digest()


def way_of_passkey(account_id: bytes, passkey_id: bytes) -> bytes:
    """Return what a passkey is known by where neither of its ids may stand."""
    return hash_of(account_id + passkey_id)
