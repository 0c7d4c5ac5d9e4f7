"""What was measured, beside its budget, as a table for people and as JSON for comparing runs."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

HEADINGS = ("what", "budget", "measured", "", "how")


class NotMeasuredError(RuntimeError):
    """Something could not be measured. The message says why."""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One row: a quantity in ``unit``, and the most it may be, or the least where ``is_floor``; or no budget."""

    what: str
    budget: float | None
    measured: float
    unit: str = ""
    is_floor: bool = False
    how: str = ""

    @property
    def misses(self) -> bool:
        """Say whether it is on the wrong side of its budget."""
        if self.budget is None:
            return False
        return self.measured < self.budget if self.is_floor else self.measured > self.budget

    def cells(self) -> tuple[str, ...]:
        """Return the row's texts."""
        bound = "≥" if self.is_floor else "≤"
        budget = "none" if self.budget is None else f"{bound} {number(self.budget)} {self.unit}".rstrip()
        measured = f"{number(self.measured)} {self.unit}".rstrip()
        return self.what, budget, measured, "MISSES" if self.misses else "", self.how


def table(figures: Sequence[Figure]) -> str:
    """Return the rows as a Markdown table whose columns line up."""
    rows = [HEADINGS, *(figure.cells() for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    lines = [f"| {' | '.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))} |" for row in rows]
    lines.insert(1, f"|{'|'.join('-' * (width + 2) for width in widths)}|")
    return "\n".join(lines)


def write_json(path: Path, figures: Iterable[Figure], *, machine: Mapping[str, str]) -> None:
    """Write what was measured, and on what."""
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = [{**asdict(figure), "misses": figure.misses} for figure in figures]
    path.write_text(json.dumps({"machine": machine, "figures": rows}, indent=2, ensure_ascii=False) + "\n")


def number(value: float) -> str:
    """Return a figure with three digits, whole from 100 on."""
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def percentile(values: Sequence[float], percent: int) -> float:
    """Return the smallest value that so many of a hundred do not exceed. Raises NotMeasuredError."""
    if not values:
        raise NotMeasuredError("Nothing was timed.")
    return sorted(values)[math.ceil(len(values) * percent / 100) - 1]
