"""A phone four times slower than this machine: Chromium with a profile on disk, its processor throttled."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from e2e.browser import chromium_launch_options
from tests.bench.figures import NotMeasuredError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import BrowserContext, Page, ViewportSize

    from tests.bench.site import Site

SLOWER = 4
KEPT_SECONDS = 20
SETTLING = 300
SIZE: ViewportSize = {"width": 360, "height": 740}
WORKER = "async () => (await navigator.serviceWorker.getRegistration())?.active?.state"


class SlowPhone:
    """A phone that is switched on. Its pages are as fast as the machine until they are slowed down."""

    def __init__(self, context: BrowserContext, site: Site) -> None:
        self.context = context
        self._site = site

    def opens(self, path: str = "/", *, watching: str = "") -> Page:
        """Open an address in a new page at full speed; ``watching`` is a script that runs before all others."""
        page = self.context.new_page()
        page.add_init_script(watching)
        page.goto(self._site.address + path)
        return page

    def opens_cold(self, path: str = "/", *, watching: str = "") -> Page:
        """Close the app, stop its service worker, let the browser settle, and open an address in a new, slow page.

        A blank page stays open, else the browser's window with all its own pages would start beside the app.
        """
        for page in self.context.pages:
            if page.url != "about:blank":
                page.close()
        page = self.context.new_page()
        page.wait_for_timeout(SETTLING)
        session = self.context.new_cdp_session(page)
        session.send("ServiceWorker.enable")
        session.send("ServiceWorker.stopAllWorkers")
        self.slows_down(page)
        page.add_init_script(watching)
        page.goto(self._site.address + path, wait_until="commit")
        return page

    def slows_down(self, page: Page) -> None:
        """Throttle the processor of a page, for as long as the page is open."""
        self.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})

    def waits_until_the_app_is_kept(self, page: Page) -> None:
        """Wait until the service worker has kept the app. Raises NotMeasuredError."""
        until = time.monotonic() + KEPT_SECONDS
        while page.evaluate(WORKER) != "activated":
            if time.monotonic() > until:
                raise NotMeasuredError(f"No service worker was active within {KEPT_SECONDS} s.")
            page.wait_for_timeout(50)


@contextmanager
def switched_on(site: Site, profile: Path) -> Iterator[SlowPhone]:
    """Start a phone from the profile in a folder, a new one where the folder is empty."""
    context = site.playwright.chromium.launch_persistent_context(
        profile,
        **chromium_launch_options(),
        viewport=SIZE,
        device_scale_factor=2,
        has_touch=True,
        is_mobile=True,
        locale="en-GB",
        timezone_id="Europe/London",
    )
    try:
        yield SlowPhone(context, site)
    finally:
        context.close()
