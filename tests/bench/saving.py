"""From the tap on Keep to a durable entry, on a slow phone with 10,000 records.

The page's own events say both ends: the form's ``submit``, and the end of the strict transaction that writes the
revision. The app knows nothing of it.
"""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from tests.bench import sight
from tests.bench.figures import Figure, NotMeasuredError, percentile
from tests.bench.full_diary import full_diary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.bench.site import Site

SAVES = 200
BUDGET = 20
STRICT_WRITES = """
globalThis.durable = [];
const begin = IDBDatabase.prototype.transaction;
IDBDatabase.prototype.transaction = function (stores, mode, options) {
  const transaction = begin.call(this, stores, mode, options);
  if (mode === "readwrite" && [stores].flat().includes("revisions")) {
    transaction.addEventListener("complete", () => {
      globalThis.durable.push({ at: performance.now(), durability: transaction.durability });
    });
  }
  return transaction;
};
"""
KEEP_ONE = """async (choice) => {
  const until = async (find) => {
    for (let frame = 0; frame < 600; frame++) {
      const found = find();
      if (found) return found;
      await new Promise(requestAnimationFrame);
    }
    throw new Error(`Waited in vain at ${location.pathname} for ${find}`);
  };
  (await until(() => document.querySelector('main a[href="/check-in"]'))).click();
  const form = await until(() => document.querySelector("form.check-in"));
  await new Promise((resolve) => setTimeout(resolve, 100));
  form.querySelectorAll("input[type=radio]")[choice].click();
  await new Promise(requestAnimationFrame);
  let tapped = 0;
  form.addEventListener("submit", () => { tapped = performance.now(); }, { capture: true, once: true });
  const before = globalThis.durable.length;
  form.querySelector("button[type=submit]").click();
  const { at, durability } = await until(() => globalThis.durable[before]);
  if (durability !== "strict") throw new Error(`The entry was written with durability ${durability}.`);
  return at - tapped;
}"""


def measure(site: Site) -> Iterator[Figure]:
    """Keep check-in after check-in, and time each."""
    with full_diary(site) as phone:
        page = phone.opens_cold(watching=STRICT_WRITES)
        page.locator(sight.CHECK_IN_LINK).first.wait_for()
        times = [float(page.evaluate(KEEP_ONE, number % 5)) for number in range(SAVES)]
    yield save_to_durable(times)


def save_to_durable(times: list[float]) -> Figure:
    """Return how long nearly all saves took, in ms."""
    if len(times) < SAVES:
        raise NotMeasuredError(f"Only {len(times)} of {SAVES} saves were timed.")
    how = f"p95 of {len(times)}; median {median(times):.3g}, longest {max(times):.3g}"
    return Figure(
        what="Save to durable, 4 times slower", budget=BUDGET, measured=percentile(times, 95), unit="ms", how=how
    )
