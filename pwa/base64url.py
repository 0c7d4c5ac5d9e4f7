"""Base64url as the interface writes bytes: RFC 4648 §5, without padding, in its one spelling."""

from __future__ import annotations

import binascii
from typing import Final

_WRITTEN: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_TO_STANDARD: Final = bytes.maketrans(b"-_", b"+/")
_FROM_STANDARD: Final = bytes.maketrans(b"+/", b"-_")
# The unused bits of the last sign are zero, so of the signs that may end a text of that length few are left.
_LAST_SIGNS: Final = {0: _WRITTEN, 2: b"AQgw", 3: b"AEIMQUYcgkosw048"}


class NotBase64urlError(ValueError):
    """A text that `to_base64url` did not write, or one of another length than was asked for."""


def to_base64url(content: bytes) -> str:
    """Return bytes as text."""
    return binascii.b2a_base64(content, newline=False).translate(_FROM_STANDARD).rstrip(b"=").decode("ascii")


def from_base64url(text: object, *, length: int | None = None) -> bytes:
    """Return the bytes, `length` of them if that is given. Raises `NotBase64urlError`."""
    if not isinstance(text, str) or not text.isascii():
        raise NotBase64urlError
    signs = text.encode("ascii")
    over = len(signs) % 4
    if signs.translate(None, _WRITTEN) or over not in _LAST_SIGNS or (signs and signs[-1] not in _LAST_SIGNS[over]):
        raise NotBase64urlError
    content = binascii.a2b_base64(signs.translate(_TO_STANDARD) + b"=" * (-over % 4))
    if length is not None and len(content) != length:
        raise NotBase64urlError
    return content
