"""A fresh phone's first sync of 10,000 records: the real engine in Node, its processor time without the server's."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Final

from e2e.server import ROOT
from tests.bench.figures import Figure, NotMeasuredError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.bench.site import Site

RECORDS: Final = 10_000
BUDGET_USABLE: Final = 2
BUDGET_COMPLETE: Final = 5
SECONDS: Final = 300


def measure(_site: Site) -> Iterator[Figure]:
    """Run it in a process of its own."""
    command = [str(ROOT / ".venv/bin/node"), "tests/client/sync/first-sync-figure.ts", str(RECORDS)]
    said = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, timeout=SECONDS).stdout
    found = json.loads(said)
    if (found["records"], found["state"]) != (RECORDS, "backed-up") or not found["usable"]:
        raise NotMeasuredError(said)
    how = "Node, fake-indexeddb; the server's own time taken off"
    for step, budget in (("usable", BUDGET_USABLE), ("complete", BUDGET_COMPLETE)):
        what = f"First sync of {found['records']:,} records, {step} (CPU)"
        yield Figure(what=what, budget=budget, measured=found[step] / 1000, unit="s", how=how)
