"""A phone: a browser of a size, a place and a time, with an app open or closed on it."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from e2e.phone_clock import PhoneClock
from e2e.sent import network_log_arguments

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page

    from e2e.requests_made import RequestsMade
    from e2e.server import Server
    from e2e.witness import Witness

ORDINARY_TEXT = 16
LARGE_TEXT = 32
ACTION_SECONDS = 20


class AppNotKeptError(AssertionError):
    """The service worker did not finish keeping the app in time."""


@dataclass(frozen=True, kw_only=True)
class PhoneSettings:
    """What a phone is. ``time`` as in "2026-03-01 09:30", in the phone's own zone; without it, the real time.

    ``still``: reduced motion. ``keeps_profile``: with a profile on disk, so that it can die, start again, and be
    looked through; ``overheard``: that and ``phone.network_logs``, for `e2e.sent`. ``extra``: further options of a
    browser context.
    """

    locale: str = "en-GB"
    zone: str = "Europe/London"
    time: str | None = None
    width: int = 360
    height: int = 740
    dark: bool = False
    still: bool = False
    touch: bool = True
    keeps_profile: bool = False
    overheard: bool = False
    extra: tuple[tuple[str, Any], ...] = ()


class Phone:
    """One phone, switched on. ``folder`` is its own, for profile, downloads and traces."""

    def __init__(  # noqa: PLR0913 - what a phone is made of
        self,
        settings: PhoneSettings,
        *,
        browser: Browser,
        launch_options: dict[str, Any],
        server: Server,
        witness: Witness,
        requests: RequestsMade,
        folder: Path,
    ) -> None:
        self.settings = settings
        self.server = server
        self.requests = requests
        self.folder = folder
        self.profile = folder / "profile"
        self.traces: list[Path] = []
        self.network_logs: list[Path] = []
        self.page: Page | None = None
        self._browser = browser
        self._launch_options = launch_options
        self._witness = witness
        self._clock = PhoneClock(settings.zone, settings.time)
        self._text_size = ORDINARY_TEXT
        self._is_offline = False
        folder.mkdir(parents=True, exist_ok=True)
        self.context = self._switch_on()

    def opens(self, path: str = "/") -> Page:
        """Open an address of the site in the page that is in front, or in a new one."""
        page = self.page or self.opens_tab()
        page.goto(self.server.address + path)
        return page

    def opens_tab(self, path: str | None = None) -> Page:
        """Open one more page and put it in front."""
        blank = [page for page in self.context.pages if page.url == "about:blank"]
        self.page = blank[0] if blank else self.context.new_page()
        if self._text_size != ORDINARY_TEXT:
            self._size_text(self.page)
        if path is not None:
            self.page.goto(self.server.address + path)
        return self.page

    def closes(self) -> None:
        """Close every page."""
        for page in self.context.pages:
            page.close()
        self.page = None

    def waits_until_the_app_is_kept(self, seconds: float = 15) -> None:
        """Wait until the service worker has kept what it needs to work without a network. Raises AppNotKeptError."""
        page = self.front
        question = "async () => (await navigator.serviceWorker.getRegistration())?.active?.state"
        until = time.monotonic() + seconds
        while page.evaluate(question) != "activated":
            if time.monotonic() > until:
                raise AppNotKeptError(f"No service worker was active within {seconds:g} s.")
            page.wait_for_timeout(50)

    @property
    def front(self) -> Page:
        """The page in front."""
        assert self.page is not None, "No page is open on this phone."
        return self.page

    def dies(self) -> None:
        """Kill the browser as a flat battery does: nothing is closed, nothing is flushed."""
        assert self._keeps_profile, "Only a phone made with keeps_profile=True can die and start again."
        browser = self.context.browser
        assert browser is not None
        self.keeps_trace()
        processes = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
        with self.context.expect_event("close"):
            os.kill(next(process["id"] for process in processes if process["type"] == "browser"), signal.SIGKILL)
        self._clock.begins_in(None)
        self.page = None

    def starts_again(self) -> None:
        """Start the browser from the profile that is on disk."""
        self.context = self._switch_on()

    def switches_off(self) -> None:
        """Close the browser in good order."""
        self.page = None
        self._clock.begins_in(None)
        self.context.close()

    def goes(self, *, offline: bool) -> None:
        """Take the network away from this phone, or give it back. The browser knows."""
        self._is_offline = offline
        self.context.set_offline(offline)

    def time_is(self, when: str) -> None:
        """Set the phone's clock, as in "2026-03-01 09:30", in its own zone. It goes on from there."""
        self._clock.set(when)

    def let_pass(self, **how_long: float) -> None:
        """Let time go by at once, as for a phone in a pocket: timers that fell due ring once. ``minutes=30``."""
        self._clock.go_forward(timedelta(**how_long), ringing_each_time=False)

    def let_tick(self, **how_long: float) -> None:
        """Let time go by as for a phone that is looked at: every timer rings each time. ``seconds=30``."""
        self._clock.go_forward(timedelta(**how_long), ringing_each_time=True)

    def lies_until(self, when: str) -> None:
        """Let time go by as ``let_pass`` does, until a moment still to come, as in "2026-03-01 09:30:15"."""
        self._clock.go_on_to(when, ringing_each_time=False)

    def ticks_until(self, when: str) -> None:
        """Let time go by as ``let_tick`` does, until a moment still to come."""
        self._clock.go_on_to(when, ringing_each_time=True)

    def has_text(self, *, twice_as_large: bool) -> None:
        """Set the browser's text size to 200 %, as in its settings, or back, for every page from now on."""
        self._text_size = LARGE_TEXT if twice_as_large else ORDINARY_TEXT
        for page in self.context.pages:
            self._size_text(page)

    def is_as_wide_as(self, width: int, height: int) -> None:
        """Make the screen of the page in front another size, in CSS pixels."""
        self.front.set_viewport_size({"width": width, "height": height})

    def keeps_trace(self) -> None:
        """Write down the trace of this browser, which goes no further."""
        path = self.folder / f"trace-{len(self.traces) + 1}.zip"
        self.context.tracing.stop(path=path)
        self.traces.append(path)

    def _switch_on(self) -> BrowserContext:
        context = self._start_profile() if self._keeps_profile else self._browser.new_context(**self._options())
        context.set_default_timeout(ACTION_SECONDS * 1000)
        context.tracing.start(screenshots=True, snapshots=True, sources=True)
        self._witness.watch_context(context, self.server.address)
        self.requests.listens_to(context)
        for page in context.pages:
            self._witness.watch_page(page, self.server.address)
        self._clock.begins_in(context)
        if self._is_offline:
            context.set_offline(True)
        return context

    def _start_profile(self) -> BrowserContext:
        arguments = list(self._launch_options["args"])
        if self.settings.overheard:
            self.network_logs.append(self.folder / f"network-log-{len(self.network_logs) + 1}.json")
            arguments += network_log_arguments(self.network_logs[-1])
        options = {**self._launch_options, **self._options(), "args": arguments}
        return self._browser.browser_type.launch_persistent_context(self.profile, **options)

    @property
    def _keeps_profile(self) -> bool:
        return self.settings.keeps_profile or self.settings.overheard

    def _options(self) -> dict[str, Any]:
        size = {"width": self.settings.width, "height": self.settings.height}
        return {
            "viewport": size,
            "screen": size,
            "device_scale_factor": 2,
            "has_touch": self.settings.touch,
            "is_mobile": self.settings.touch,
            "locale": self.settings.locale,
            "timezone_id": self.settings.zone,
            "color_scheme": "dark" if self.settings.dark else "light",
            "reduced_motion": "reduce" if self.settings.still else "no-preference",
            "accept_downloads": True,
            **dict(self.settings.extra),
        }

    def _size_text(self, page: Page) -> None:
        sizes = {"standard": self._text_size, "fixed": self._text_size * 13 // 16}
        self.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": sizes})
