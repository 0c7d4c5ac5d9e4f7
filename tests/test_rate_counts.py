"""Counts for rate limits: each for its time, exact with many threads, and none kept that is over."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from limits import RateLimitItemPerMinute
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter

from pwa.rate_counts import SCHEME, TIDY_SECONDS, CountsInMemory


class Clock:
    """A clock that goes on when told."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def counts(clock: Clock) -> CountsInMemory:
    return CountsInMemory(clock=clock)


def test_the_library_finds_it_by_its_address() -> None:
    assert isinstance(storage_from_string(f"{SCHEME}://"), CountsInMemory)


def test_a_window_lets_through_as_many_as_it_says_and_then_begins_anew(counts: CountsInMemory, clock: Clock) -> None:
    limiter, three = FixedWindowRateLimiter(counts), RateLimitItemPerMinute(3)
    assert [limiter.hit(three, "ann") for _ in range(5)] == [True, True, True, False, False]
    assert limiter.hit(three, "ben"), "another's count is their own"
    assert limiter.get_window_stats(three, "ann") == (clock.now + 60, 0)
    clock.now += 59.9
    assert not limiter.hit(three, "ann")
    clock.now += 0.1
    assert limiter.test(three, "ann")
    assert limiter.hit(three, "ann")


def test_many_threads_miscount_nothing(counts: CountsInMemory) -> None:
    start = threading.Barrier(8, timeout=60)

    def count(_: int) -> None:
        start.wait()
        for _ in range(500):
            counts.incr("ann", 60)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(count, range(8)))
    assert counts.get("ann") == 4_000


def test_what_is_over_is_let_go_of(counts: CountsInMemory, clock: Clock) -> None:
    for number in range(1_000):
        counts.incr(f"address {number}", 30)
    counts.incr("for an hour", 3_600)
    clock.now += TIDY_SECONDS
    counts.incr("another", 30)
    assert len(counts) == 2
    assert counts.get("for an hour") == 1


def test_counts_can_be_forgotten(counts: CountsInMemory, clock: Clock) -> None:
    for key in ("ann", "ben"):
        counts.incr(key, 60, amount=2)
    counts.clear("ann")
    assert (counts.get("ann"), counts.get_expiry("ann"), counts.get("ben")) == (0, clock.now, 2)
    assert counts.reset() == 1
    assert counts.get("ben") == 0


def test_counting_begins_no_thread(counts: CountsInMemory) -> None:
    before = threading.active_count()
    for _ in range(100):
        counts.incr("ann", 0.001)
    assert threading.active_count() == before
