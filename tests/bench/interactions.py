"""From a tap or a key to the next paint, on every screen, on a slow phone with 10,000 records.

Each screen is opened by its address. Then every control in it, up to a number, is tapped once, and every field written
in; where a tap leads away, the way back is taken. The Event Timing API tells how long the next paint was in
coming; it counts in steps of 8 ms and leaves out what takes less than 16.
https://www.w3.org/TR/event-timing/
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from playwright.sync_api import TimeoutError as NotInTimeError

from e2e.server import ROOT
from tests.bench.figures import Figure, NotMeasuredError, percentile
from tests.bench.full_diary import full_diary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from tests.bench.site import Site
    from tests.bench.slow_phone import SlowPhone

BUDGET = 100
LEAST_TIMED = 16
MOST_CONTROLS = 12
TAP_SECONDS = 2
SETTLING = 300
WHOLE = 3_000
CONTROLS = (
    "main :is(a[href^='/'], button, label:has(input:is([type=radio], [type=checkbox])), summary, "
    "input:is([type=text], [type=number], :not([type])), textarea)"
)
CONTROLS_EVERYWHERE = f"{CONTROLS}, header a[href^='/'], nav a[href^='/']"
TIMINGS = """
globalThis.timings = [];
new PerformanceObserver((list) => {
  for (const { name, duration, interactionId } of list.getEntries()) {
    if (interactionId > 0) globalThis.timings.push({ name, duration });
  }
}).observe({ type: "event", durationThreshold: 16, buffered: true });
"""
NAME = "(e) => e.matches('input, textarea') ? `field ${e.name}` : e.innerText.replace(/\\s+/g, ' ').trim().slice(0, 30)"
TAKE = "() => globalThis.timings.splice(0)"


@dataclass(frozen=True)
class Interaction:
    """What was tapped or written in on which screen, and how long the next paint was in coming, in ms."""

    screen: str
    what: str
    duration: float


def measure(site: Site) -> Iterator[Figure]:
    """Try everything on every screen that has an address of its own."""
    with full_diary(site) as phone:
        tried = [interaction for path in addresses() for interaction in on_screen(open_settled(phone, path), path)]
    yield slowest_interaction(tried)


def slowest_interaction(tried: list[Interaction]) -> Figure:
    """Return the longest wait for a paint, in ms, and say which it was."""
    if not tried:
        raise NotMeasuredError("No screen has anything to tap.")
    slowest = sorted(tried, key=lambda interaction: -interaction.duration)[:3]
    named = "; ".join(f"{each.duration:.0f} {each.screen} {each.what}" for each in slowest)
    p95 = percentile([each.duration for each in tried], 95)
    how = f"longest of {len(tried)}, p95 {p95:.0f}; {named}"
    what = "Interaction to next paint, 4 times slower"
    return Figure(what=what, budget=BUDGET, measured=slowest[0].duration, unit="ms", how=how)


def on_screen(page: Page, path: str) -> Iterator[Interaction]:
    """Tap each control of a screen, and write in each field."""
    controls = page.locator(CONTROLS_EVERYWHERE if path == "/" else CONTROLS)
    for number in range(min(controls.count(), MOST_CONTROLS)):
        target = controls.nth(number)
        if target.count() == 0 or not target.is_visible() or not target.is_enabled():
            continue
        what = str(target.evaluate(NAME))
        page.evaluate(TAKE)
        with suppress(NotInTimeError):  # what something else covers, nobody can tap
            target.tap(timeout=TAP_SECONDS * 1000)
            if what.startswith("field "):
                page.keyboard.type("A quiet day", delay=30)
            page.wait_for_timeout(SETTLING)
            timings = [float(entry["duration"]) for entry in page.evaluate(TAKE)]
            yield Interaction(path, what, max(timings, default=LEAST_TIMED))
        if urlsplit(page.url).path != path:
            page.go_back()
            page.locator("main").first.wait_for()
            page.wait_for_timeout(SETTLING)


def open_settled(phone: SlowPhone, path: str) -> Page:
    """Open a screen in a new, slow page, and wait until the whole diary is in memory."""
    page = phone.opens_cold(path, watching=TIMINGS)
    page.locator("main").first.wait_for()
    page.wait_for_timeout(WHOLE)
    return page


def addresses() -> list[str]:
    """Return the addresses of the app that need no id."""
    known = json.loads((ROOT / "pwa/shell/addresses.json").read_text())
    paths = [str(address["path"]) for address in known if ":" not in address["path"]]
    if not paths:
        raise NotMeasuredError("The app has no addresses.")
    return paths
