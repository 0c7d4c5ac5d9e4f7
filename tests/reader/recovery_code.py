"""The recovery code: 16 bytes as 28 signs a person can copy by hand, and what is derived from it (docs/keys.md)."""

from __future__ import annotations

import hashlib
import unicodedata

from tests.reader.envelope import hkdf
from tests.reader.unreadable import UnreadableError

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_BYTES = 16
CHECK_BITS = 12
GROUPS, GROUP = 7, 4
# What stands between groups, as any keyboard or print may have it; U+FEFF is white space to ECMAScript.
BETWEEN = {"-", "\u00ad", "\u2212", "\ufeff", *map(chr, range(0x2010, 0x2016))}
READ_AS = {"O": "0", "I": "1", "L": "1"}


def write_code(secret: bytes) -> str:
    """Return the code of 16 bytes: seven groups of four."""
    number = int.from_bytes(secret, "big") << CHECK_BITS | _check(secret)
    signs = [SIGNS[number >> 5 * place & 31] for place in reversed(range(GROUPS * GROUP))]
    return "-".join("".join(signs[at : at + GROUP]) for at in range(0, GROUPS * GROUP, GROUP))


def read_code(typed: str) -> bytes:
    """Return the 16 bytes. Raises `UnreadableError`: `code-sign` (with the sign), `code-length`, `code-mistyped`."""
    number = count = 0
    for sign in unicodedata.normalize("NFKC", typed):
        if sign.isspace() or sign in BETWEEN:
            continue
        upper = sign.upper() if sign.isascii() else sign
        value = SIGNS.find(READ_AS.get(upper, upper))
        if value < 0:
            raise UnreadableError("code-sign", sign)
        number, count = number << 5 | value, count + 1
    if count != GROUPS * GROUP:
        raise UnreadableError("code-length")
    secret = (number >> CHECK_BITS).to_bytes(CODE_BYTES, "big")
    if _check(secret) != number & (1 << CHECK_BITS) - 1:
        raise UnreadableError("code-mistyped")
    return secret


def code_wrapping_key(secret: bytes) -> bytes:
    """Return the key that opens the code's slot."""
    return hkdf(secret, salt=b"", info=b"cairn/1/code/wrap")


def code_token(secret: bytes) -> bytes:
    """Return the token that signs in: all of the code the server ever sees."""
    return hkdf(secret, salt=b"", info=b"cairn/1/code/token")


def _check(secret: bytes) -> int:
    return int.from_bytes(hashlib.sha256(b"cairn/1/code" + secret).digest()[:2], "big") >> 16 - CHECK_BITS
