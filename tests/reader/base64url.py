"""Bytes as text: RFC 4648 §5 without padding, in the one spelling whose unused bits are zero."""

from __future__ import annotations

import base64
import binascii

from tests.reader.unreadable import UnreadableError


def to_base64url(content: bytes) -> str:
    """Return bytes as text."""
    return base64.urlsafe_b64encode(content).decode("ascii").rstrip("=")


def from_base64url(text: object, length: int | None = None) -> bytes:
    """Return the bytes, `length` of them if that is given. Raises `UnreadableError`, `damaged`."""
    if not isinstance(text, str):
        raise UnreadableError("damaged")
    try:
        content = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise UnreadableError("damaged") from error
    if to_base64url(content) != text or length not in {None, len(content)}:
        raise UnreadableError("damaged")
    return content
