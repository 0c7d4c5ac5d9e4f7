"""Every request that the pages of a journey make, searched at its end for what must be in none of them.

That is all that people wrote, and every secret that keys were made of. Each address, header and body is looked through
as it is, and each base64 text in it decoded. What a worker sends by itself is in the browser's own log: `e2e.sent`.
"""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING, Final

from e2e.profile_search import SHORTEST_WORD, base64_of, forms_in, forms_of
from e2e.secrets_made import tell_secrets
from e2e.sent import as_in_addresses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import BrowserContext, Request

OF_A_TEXT: Final = 40
"""So much of its beginning and of its end is looked for: a part of a text is as bad as all of it."""
BASE64: Final = re.compile(rb"[A-Za-z0-9+/_-]{16,}")
STANDARD: Final = bytes.maketrans(b"-_", b"+/")


class RequestsMade:
    """The requests of all phones of a test; what was written on any of them, and what keys were made of."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._words: dict[str, None] = {}
        self._secrets: dict[bytes, None] = {}

    def listens_to(self, context: BrowserContext) -> None:
        """Note every request of this browser from now on, and every secret that its pages make keys of."""
        context.on("request", self._note)
        tell_secrets(context, self._must_not_hold_bytes)

    def must_not_hold(self, *texts: str) -> None:
        """Look for these texts too, but for such as are so short that they turn up by chance."""
        for text in map(str.strip, texts):
            parts = (text[:OF_A_TEXT], text[-OF_A_TEXT:])
            self._words |= {part: None for part in parts if len(part) >= SHORTEST_WORD}

    @property
    def secrets(self) -> list[bytes]:
        """What keys were made of so far, each once."""
        return list(self._secrets)

    def leaks(self) -> list[str]:
        """Return a line for each text and each secret that is in a request: which, and in which form."""
        all_of_it = b"\n".join([*self._pieces, *(inner for piece in self._pieces for inner in decoded(piece))])
        forms = {f"'{word}'": as_in_addresses(word) | forms_of(word) for word in self._words}
        forms |= {f"the secret {secret.hex()}": forms_of_a_secret(secret) for secret in self._secrets}
        return [f"{what} was sent, as {form}" for what, form in forms_in(all_of_it, forms)]

    def lets_go(self) -> None:
        """Forget all requests: what a test found in them is what it is about."""
        self._pieces.clear()

    def _must_not_hold_bytes(self, secret: bytes) -> None:
        if len(secret) >= SHORTEST_WORD:
            self._secrets[secret] = None

    def _note(self, request: Request) -> None:
        head = "\n".join([request.url, *(f"{name}: {value}" for name, value in request.headers.items())])
        self._pieces.append(head.encode())
        if request.post_data_buffer is not None:
            self._pieces.append(request.post_data_buffer)


def decoded(piece: bytes) -> Iterator[bytes]:
    """Yield what every base64 text in a piece holds."""
    for found in BASE64.findall(piece):
        text = found.translate(STANDARD)
        yield base64.b64decode(text[: len(text) - (len(text) % 4 == 1)] + b"==")


def forms_of_a_secret(secret: bytes) -> dict[bytes, str]:
    """Return every form that bytes are looked for in."""
    return {
        secret: "bytes",
        secret.hex().encode(): "hexadecimal",
        secret.hex().upper().encode(): "hexadecimal",
        ",".join(map(str, secret)).encode(): "numbers",
        **{text.encode(): "base64" for text in base64_of(secret)},
    }
