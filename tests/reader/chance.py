"""Chance as an argument: the machine's own, or a stream that is the same for the same seed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

Chance = Callable[[int], bytes]


def seeded(seed: str) -> Chance:
    """Return a stream of bytes: SHA-256 of the seed and a counter, block after block."""
    left, number = b"", 0

    def draw(count: int) -> bytes:
        nonlocal left, number
        while len(left) < count:
            left += hashlib.sha256(f"{seed}/{number}".encode()).digest()
            number += 1
        drawn, left = left[:count], left[count:]
        return drawn

    return draw
