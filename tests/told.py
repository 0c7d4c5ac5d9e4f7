"""What a test found out that a person wants to read, told when all are done: `record_property(TOLD, "…")`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import pytest

TOLD: Final = "told at the end"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Write a line for each, also of a test that failed."""
    for report in [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]:
        for name, line in report.user_properties:
            if name == TOLD:
                terminalreporter.write_line(str(line))
