"""Measure what exists of the budgets, from the real app: ``make bench``, or ``python -m tests.bench --only saving``.

Prints each figure beside its budget and writes them to ``artefacts/bench.json``. It judges nothing: it ends with 1
only where something could not be measured.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import traceback
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import Error as BrowserError
from playwright.sync_api import sync_playwright

from e2e.browser import known_browser
from e2e.server import ROOT, ServerDidNotStartError
from tests.bench import (
    cold_start,
    first_sync,
    growth,
    idle,
    interactions,
    phones_at_once,
    restore_drill,
    saving,
    script_size,
    server_cost,
    server_sync,
    warm_start,
    who_is_here,
)
from tests.bench.figures import Figure, NotMeasuredError, table, write_json
from tests.bench.site import Site, open_site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PARTS: dict[str, Callable[[Site], Iterator[Figure]]] = {
    "script-size": script_size.measure,
    "cold-start": cold_start.measure,
    "warm-start": warm_start.measure,
    "saving": saving.measure,
    "interactions": interactions.measure,
    "idle": idle.measure,
    "server-cost": server_cost.measure,
    "server-sync": server_sync.measure,
    "phones-at-once": phones_at_once.measure,
    "first-sync": first_sync.measure,
    "restore-drill": restore_drill.measure,
    "who-is-here": who_is_here.measure,
    "growth": growth.measure,
}
LONG = {"growth"}  # minutes each: only where they are named
NOT_MEASURED = (NotMeasuredError, ServerDidNotStartError, BrowserError, OSError, subprocess.SubprocessError)


def main() -> int:
    """Measure the parts asked for, print them, write them down; return 1 where one could not be measured."""
    wanted = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    wanted.add_argument(
        "--only",
        nargs="+",
        choices=PARTS,
        default=[part for part in PARTS if part not in LONG],
        help="measure these parts alone",
    )
    wanted.add_argument("--static", type=Path, default=ROOT / "pwa/static", help="the static folder with the build")
    wanted.add_argument("--json", type=Path, default=ROOT / "artefacts/bench.json", help="where to write the figures")
    chosen = wanted.parse_args()
    figures: list[Figure] = []
    failed: list[str] = []
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="cairn-bench-")))
        site = stack.enter_context(open_site(chosen.static, folder, stack.enter_context(sync_playwright())))
        for part in chosen.only:
            say(f"{part} …")
            try:
                figures.extend(PARTS[part](site))
            except NOT_MEASURED:
                failed.append(part)
                traceback.print_exc()
    machine = this_machine()
    print(" · ".join(machine.values()))
    print(table(figures))
    write_json(chosen.json, figures, machine=machine)
    if failed:
        say(f"NOT MEASURED: {', '.join(failed)}. The reasons stand above.")
    return 1 if failed else 0


def this_machine() -> dict[str, str]:
    """Say when this was, on what, and how busy that was: figures of different machines do not compare."""
    return {
        "when": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "processors": f"{os.cpu_count()} of {processor()}",
        "load": f"load {', '.join(f'{load:.1f}' for load in os.getloadavg())}",
        "browser": f"Chromium {known_browser().version}",
        "python": f"Python {platform.python_version()}",
    }


def processor() -> str:
    """Return the processor's name as far as the system tells it."""
    table_of_processors = Path("/proc/cpuinfo")
    lines = table_of_processors.read_text().splitlines() if table_of_processors.exists() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def say(text: str) -> None:
    """Tell whoever waits how far it is, beside the table."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
