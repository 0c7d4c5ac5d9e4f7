"""Counts for rate limits, in this process alone. Knows no Flask.

The library's own store begins a thread to tidy up after nearly every request, which takes longer than all else a small
request needs. This one tidies up once a minute, in the request that comes then.
"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Final, NamedTuple

from limits.storage import Storage

if TYPE_CHECKING:
    from collections.abc import Callable

SCHEME: Final = "cairn"
TIDY_SECONDS: Final = 60


class Count(NamedTuple):
    """How many there were, and when the count is over, in seconds since 1970."""

    number: int
    until: float


NONE: Final = Count(0, 0)


class CountsInMemory(Storage):
    """Counts by key, each for its own time, as the library's strategy of fixed windows asks for them."""

    STORAGE_SCHEME = [SCHEME]  # noqa: RUF012 - the library's own attribute

    def __init__(
        self,
        uri: str | None = None,
        *,
        wrap_exceptions: bool = False,
        clock: Callable[[], float] = time.time,
        **_options: float | str | bool,
    ) -> None:
        """Begin with no count. The library makes this from the address `cairn://`."""
        super().__init__(uri, wrap_exceptions=wrap_exceptions)
        self._clock = clock
        self._lock = threading.Lock()
        self._counts: dict[str, Count] = {}
        self._tidied_at = clock()

    def __len__(self) -> int:
        """Return how many counts are kept."""
        return len(self._counts)

    @property
    def base_exceptions(self) -> type[Exception]:
        """Name what going wrong would look like; nothing does."""
        return ValueError

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """Count on, and return the number; a count that is over begins anew, for `expiry` seconds."""
        with self._lock:
            now = self._clock()
            self._tidy(now)
            count = self._counts.get(key, NONE)
            number, until = (count.number, count.until) if count.until > now else (0, now + expiry)
            self._counts[key] = Count(number + amount, until)
            return number + amount

    def get(self, key: str) -> int:
        """Return the number, nothing where the count is over."""
        count = self._counts.get(key, NONE)
        return count.number if count.until > self._clock() else 0

    def get_expiry(self, key: str) -> float:
        """Return when the count is over, which is now where there is none."""
        return self._counts.get(key, Count(0, self._clock())).until

    def check(self) -> bool:
        """Say that this works."""
        return True

    def reset(self) -> int | None:
        """Forget all counts, and return how many there were."""
        with self._lock:
            number = len(self._counts)
            self._counts.clear()
            return number

    def clear(self, key: str) -> None:
        """Forget one count."""
        with self._lock:
            self._counts.pop(key, None)

    def _tidy(self, now: float) -> None:
        if now - self._tidied_at >= TIDY_SECONDS:
            self._counts = {key: count for key, count in self._counts.items() if count.until > now}
            self._tidied_at = now
