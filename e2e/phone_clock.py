"""The time on a phone: real until it is set, then made up, and going on while the app is closed."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext


class PhoneClock:
    """The clock of one phone in a zone. Without ``when``, it has the real time.

    ``when`` as in "2026-03-01 09:30", or "2026-10-25 01:30+00:00" in an hour that comes twice.
    """

    def __init__(self, zone: str, when: str | None = None) -> None:
        self._zone = ZoneInfo(zone)
        self._context: BrowserContext | None = None
        self._moment: datetime | None = None
        self._set_at = 0.0
        if when is not None:
            self._hold(self._read(when))

    def begins_in(self, context: BrowserContext | None) -> None:
        """Go by this clock in a browser that has just started; in none while the phone is off."""
        self._context = context
        if context is not None and self._moment is not None:
            context.clock.install(time=self._now())

    def set(self, when: str) -> None:
        """Set the clock forward or back, without anything falling due."""
        moment = self._read(when)
        if self._context is not None:
            if self._moment is None:
                self._context.clock.install(time=moment)
            else:
                self._context.clock.set_system_time(moment)
        self._hold(moment)

    def go_forward(self, how_long: timedelta, *, ringing_each_time: bool) -> None:
        """Let time go by at once. Timers that fall due ring once, as after a sleep, or each time."""
        began, moment = time.monotonic(), self._now() + how_long
        milliseconds = how_long // timedelta(milliseconds=1)
        if self._context is not None and ringing_each_time:
            self._context.clock.run_for(milliseconds)
        elif self._context is not None:
            self._context.clock.fast_forward(milliseconds)
        self._hold(moment, began)

    def go_on_to(self, when: str, *, ringing_each_time: bool) -> None:
        """Let time go by at once until a moment that is still to come."""
        left = self._read(when) - min([self._now(), *self._pages_now()])
        assert left > timedelta(0), f"It is past {when} on this phone already."
        self.go_forward(left, ringing_each_time=ringing_each_time)

    def _now(self) -> datetime:
        assert self._moment is not None, "Set the phone's time first: phone.time_is(…), or make it with time=…."
        return self._moment + timedelta(seconds=time.monotonic() - self._set_at)

    def _pages_now(self) -> list[datetime]:
        """The time in each page that is open: behind this clock by as long as it took to hand it over."""
        pages = [] if self._context is None else self._context.pages
        return [datetime.fromtimestamp(page.evaluate("Date.now()") / 1000, UTC) for page in pages]

    def _hold(self, moment: datetime, since: float | None = None) -> None:
        self._moment, self._set_at = moment, time.monotonic() if since is None else since

    def _read(self, when: str) -> datetime:
        moment = datetime.fromisoformat(when)
        return (moment.replace(tzinfo=self._zone) if moment.tzinfo is None else moment).astimezone(UTC)
