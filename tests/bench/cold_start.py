"""The first visit on a slow phone and a slow network, by Lighthouse.

Its mobile setting, throttling simulated: 150 ms round trip, 1.6 Mbit/s, processor 4 times slower. Each figure is the
median over the runs.
"""

from __future__ import annotations

import json
import os
import subprocess
from statistics import median
from typing import TYPE_CHECKING, Any

from e2e.browser import chromium_launch_options
from e2e.server import ROOT
from hatch_build import find_node
from tests.bench.figures import Figure, NotMeasuredError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tests.bench.site import Site

Report = dict[str, Any]

RUNS = 3
RUN_SECONDS = 120
LIGHTHOUSE = ROOT / "node_modules/lighthouse/cli/index.js"
CATEGORIES = {"performance": 98, "accessibility": 100, "best-practices": 100}


def measure(site: Site) -> Iterator[Figure]:
    """Run Lighthouse a few times on a fresh browser each."""
    reports = [run_lighthouse(site, run) for run in range(RUNS)]
    yield largest_contentful_paint(reports)
    yield total_blocking_time(reports)
    yield layout_shift(reports)
    for category, budget in CATEGORIES.items():
        yield score(reports, category, budget)


def largest_contentful_paint(reports: Sequence[Report]) -> Figure:
    """Return when the largest thing on the page was painted, in seconds."""
    seconds = [audit(report, "largest-contentful-paint") / 1000 for report in reports]
    return median_figure("Cold start: largest contentful paint", 1.5, "s", seconds)


def total_blocking_time(reports: Sequence[Report]) -> Figure:
    """Return for how long the page could not answer, in ms."""
    times = [audit(report, "total-blocking-time") for report in reports]
    return median_figure("Cold start: total blocking time", 50, "ms", times)


def layout_shift(reports: Sequence[Report]) -> Figure:
    """Return how much of the page moved after it showed."""
    shifts = [audit(report, "cumulative-layout-shift") for report in reports]
    return median_figure("Cold start: cumulative layout shift", 0.02, "", shifts)


def score(reports: Sequence[Report], category: str, budget: float) -> Figure:
    """Return what Lighthouse gives of a hundred; below it, which audits cost points."""
    scores = [report["categories"][category]["score"] for report in reports]
    if any(score is None for score in scores):
        raise NotMeasuredError(f"Lighthouse gave no score for {category}.")
    lost = sorted({name for report in reports for name in lost_points(report, category)})
    how = f"lost by {', '.join(lost)}" if lost else ""
    points = 100 * median(scores)
    return Figure(what=f"Lighthouse mobile: {category}", budget=budget, measured=points, is_floor=True, how=how)


def run_lighthouse(site: Site, run: int) -> Report:
    """Return the report of one run. Raises NotMeasuredError."""
    options = chromium_launch_options()
    path = site.folder / f"lighthouse-{run}.json"
    command: list[str | Path] = [
        find_node(), LIGHTHOUSE, site.address, "--quiet", "--output=json", f"--output-path={path}",
        "--form-factor=mobile", "--throttling-method=simulate", f"--only-categories={','.join(CATEGORIES)}",
        f"--chrome-flags=--headless=new {' '.join(options['args'])}",
    ]  # fmt: skip
    environment = {**os.environ, "CHROME_PATH": options["executable_path"]}
    ended = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=RUN_SECONDS, check=False
    )
    if ended.returncode != 0:
        raise NotMeasuredError(f"Lighthouse ended with {ended.returncode}: {ended.stderr[-1000:]}")
    report: Report = json.loads(path.read_text())
    if "runtimeError" in report:
        raise NotMeasuredError(f"Lighthouse: {report['runtimeError']['message']}")
    return report


def audit(report: Report, name: str) -> float:
    """Return the figure of one audit. Raises NotMeasuredError."""
    value = report["audits"][name].get("numericValue")
    if value is None:
        raise NotMeasuredError(f"Lighthouse did not measure {name}.")
    return float(value)


def lost_points(report: Report, category: str) -> list[str]:
    """Name the audits of a category that count and are not perfect."""
    references = [reference["id"] for reference in report["categories"][category]["auditRefs"] if reference["weight"]]
    return [name for name in references if (report["audits"][name]["score"] or 0) < 1]


def median_figure(what: str, budget: float, unit: str, values: Sequence[float]) -> Figure:
    """Return a figure that is the median of a few runs."""
    how = f"median of {len(values)}, from {min(values):.3g} to {max(values):.3g}"
    return Figure(what=what, budget=budget, measured=median(values), unit=unit, how=how)
