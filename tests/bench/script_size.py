"""How much script, style and words a phone fetches, in kB (1,000 bytes) as gzip packs it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.bench import sight
from tests.bench.figures import Figure, NotMeasuredError
from tests.bench.slow_phone import switched_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from playwright.sync_api import Page

    from tests.bench.site import Site

BUDGET_FIRST = 45
BUDGET_ALL = 80
FETCHED = """(before) => performance.getEntriesByType("resource")
  .filter(({ startTime }) => startTime < before)
  .map(({ name }) => new URL(name).pathname)
  .filter((path) => path.startsWith("/static/built/") && path.endsWith(".js"))
  .map((path) => path.split("/").at(-1))"""


def measure(site: Site) -> Iterator[Figure]:
    """Weigh what comes before the first screen shows, for a newcomer and for who has a diary; and all there is."""
    with switched_on(site, site.folder / "size") as phone:
        page = phone.opens(watching=sight.when_shown(sight.NEWCOMERS_BUTTON))
        yield first_screen(site, "Welcome", fetched_before_shown(page))
        sight.begin_diary(page)
        page.close()
        page = phone.opens(watching=sight.when_shown(sight.CHECK_IN_LINK))
        yield first_screen(site, "Today", fetched_before_shown(page))
    yield everything(site)
    yield words(site)


def first_screen(site: Site, screen: str, names: set[str]) -> Figure:
    """Return the weight of what was fetched before this screen showed, preloads among it; the words are data."""
    what = f"JavaScript for the first screen, {screen}"
    return Figure(what=what, budget=BUDGET_FIRST, measured=weight(site, names), unit="kB gz", how=f"{len(names)} files")


def everything(site: Site) -> Figure:
    """Return the weight of every script, the service worker among them; the style sheets beside it."""
    names = {path.name for path in site.built.glob("*.js")}
    styles = weight(site, (path.name for path in site.built.glob("*.css")))
    how = f"{len(names)} files; the style sheet has another {styles:.1f} kB gz"
    return Figure(what="JavaScript in all", budget=BUDGET_ALL, measured=weight(site, names), unit="kB gz", how=how)


def words(site: Site) -> Figure:
    """Return the weight of the words, which no budget holds: they are data, and grow with what the app has to say."""
    chosen = json.loads((site.built / "assets.json").read_text())["words"]
    parts = {part: weight(site, [name]) for part, name in chosen.items()}
    how = f"{parts['first']:.1f} kB gz of them before the first screen"
    return Figure(what="Words of one language", budget=None, measured=sum(parts.values()), unit="kB gz", how=how)


def fetched_before_shown(page: Page) -> set[str]:
    """Return the names of the scripts whose fetch began before the screen showed. Raises NotMeasuredError."""
    names = set(page.evaluate(FETCHED, sight.shown(page)["in_document"]))
    if not names:
        raise NotMeasuredError("The page fetched no script.")
    return names


def weight(site: Site, names: Iterable[str]) -> float:
    """Return the sum of these files as gzip packs them, in kB."""
    return sum((site.built / f"{name}.gz").stat().st_size for name in names) / 1000
