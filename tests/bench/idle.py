"""A phone left alone with Today open: what it asks the network for, and what wakes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bench import sight
from tests.bench.figures import Figure
from tests.bench.slow_phone import switched_on

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.bench.site import Site

SETTLING = 10_000
WATCHED = 20_000
WAKINGS = """
globalThis.wakings = 0;
const counted = (work) => (...given) => {
  globalThis.wakings += 1;
  return typeof work === "function" ? work(...given) : undefined;
};
for (const name of ["setTimeout", "setInterval", "requestAnimationFrame", "requestIdleCallback"]) {
  const set = globalThis[name];
  globalThis[name] = (work, ...more) => set.call(globalThis, counted(work), ...more);
}
"""


def measure(site: Site) -> Iterator[Figure]:
    """Leave a phone alone for a while and listen."""
    with switched_on(site, site.folder / "idle") as phone:
        page = phone.opens(watching=WAKINGS)
        sight.begin_diary(page)
        phone.waits_until_the_app_is_kept(page)
        page.wait_for_timeout(SETTLING)
        requests: list[str] = []
        phone.context.on("request", lambda request: requests.append(request.url))
        before = page.evaluate("() => globalThis.wakings")
        page.wait_for_timeout(WATCHED)
        wakings = page.evaluate("() => globalThis.wakings") - before
    yield requests_while_idle(requests)
    yield wakings_while_idle(wakings)


def requests_while_idle(requests: list[str]) -> Figure:
    """Return how many requests the page or its worker made."""
    how = ", ".join(requests) or f"in {WATCHED / 1000:.0f} s with Today open"
    return Figure(what="Idle phone: requests", budget=0, measured=len(requests), how=how)


def wakings_while_idle(wakings: int) -> Figure:
    """Return how often a timer, a frame or an idle moment called the page."""
    how = f"in {WATCHED / 1000:.0f} s with Today open"
    return Figure(what="Idle phone: timers that wake it", budget=0, measured=wakings, how=how)
