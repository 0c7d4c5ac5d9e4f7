"""Opening the app cold and offline with 10,000 records: until Today can be edited.

A new page, the service worker stopped, no network, the page's processor four times slower. The clock is the page's,
from the start of its navigation to the frame that shows the way to a check-in; that it leads to a form is tried after.
"""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from tests.bench import sight
from tests.bench.figures import Figure
from tests.bench.full_diary import full_diary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.bench.site import Site
    from tests.bench.slow_phone import SlowPhone

OPENINGS = 9
BUDGET = 400
LEFT_ALONE = 1500


def measure(site: Site) -> Iterator[Figure]:
    """Open the app again and again."""
    with full_diary(site) as phone:
        phone.context.set_offline(offline=True)
        opened = [time_to_today(phone) for _ in range(OPENINGS)]
    yield today_can_be_edited(opened)


def today_can_be_edited(opened: list[sight.Shown]) -> Figure:
    """Return how long it takes until Today stands in the document and takes taps, in ms."""
    ready = [each["in_document"] for each in opened]
    painted = median(each["painted"] for each in opened)
    how = f"median of {len(ready)}, from {min(ready):.0f} to {max(ready):.0f}; painted at {painted:.0f}"
    what = "Warm start offline, 10,000 records, 4 times slower"
    return Figure(what=what, budget=BUDGET, measured=median(ready), unit="ms", how=how)


def time_to_today(phone: SlowPhone) -> sight.Shown:
    """Open the app cold, try that a check-in can be written, and give it time to read the rest."""
    page = phone.opens_cold(watching=sight.when_shown(sight.CHECK_IN_LINK))
    shown = sight.shown(page)
    page.locator(sight.CHECK_IN_LINK).first.click()
    page.locator("form.check-in textarea").wait_for()
    page.wait_for_timeout(LEFT_ALONE)
    return shown
