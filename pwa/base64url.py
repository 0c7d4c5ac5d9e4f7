"""Base64url as the interface writes bytes: RFC 4648 §5, without padding, in its one spelling."""

from __future__ import annotations

import binascii
from typing import Final

# The two signs that differ from the standard's; that one's own, and padding, are no signs here.
_TO_STANDARD: Final = bytes.maketrans(b"-_+/=", b"+/...")
_FROM_STANDARD: Final = bytes.maketrans(b"+/", b"-_")
_PADDING: Final = (b"", None, b"==", b"=")
# The unused bits of the last sign are zero, so of the signs that may end a text of that length few are left.
_LAST_SIGNS: Final = (None, None, b"AQgw", b"AEIMQUYcgkosw048")


class NotBase64urlError(ValueError):
    """A text that `to_base64url` did not write, or one of another length than was asked for."""


def to_base64url(content: bytes) -> str:
    """Return bytes as text."""
    return from_standard(to_standard(content)).decode("ascii")


def to_standard(content: bytes) -> bytes:
    """Return bytes in the standard's signs and with its padding, to be turned by `from_standard`."""
    return binascii.b2a_base64(content, newline=False)


def from_standard(text: bytes) -> bytes:
    """Return a text, with whatever stands between what `to_standard` wrote: that holds neither `+` nor `/` nor `=`.

    For many at once: the signs are turned in one go.
    """
    return text.translate(_FROM_STANDARD, b"=")


def from_base64url(text: object, *, length: int | None = None) -> bytes:
    """Return the bytes, `length` of them if that is given. Raises `NotBase64urlError`."""
    if not isinstance(text, str):
        raise NotBase64urlError
    over = len(text) % 4
    padding, last_signs = _PADDING[over], _LAST_SIGNS[over]
    try:
        signs = text.encode("ascii")
        if padding is None or (last_signs and signs[-1] not in last_signs):
            raise NotBase64urlError
        content = binascii.a2b_base64(signs.translate(_TO_STANDARD) + padding, strict_mode=True)
    except (UnicodeEncodeError, binascii.Error) as error:
        raise NotBase64urlError from error
    if length is not None and len(content) != length:
        raise NotBase64urlError
    return content
