"""What pytest does around every journey: fail it on faults that nobody looked for, and keep the evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from e2e.fixtures import JOURNAL

if TYPE_CHECKING:
    from collections.abc import Generator


def pytest_configure(config: pytest.Config) -> None:
    """Name the marks of the journeys."""
    config.addinivalue_line("markers", "needs_server: speaks to a running server (set by itself, for `-m`)")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a server."""
    for item in items:
        if isinstance(item, pytest.Function) and "server" in item.fixturenames:
            item.add_marker("needs_server")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Fail a journey that went well, where something happened that must not."""
    result = yield
    if JOURNAL in item.stash:
        item.stash[JOURNAL].check()
    return result


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Keep what there is to know about a failure, while its phones are still on."""
    report = yield
    if report.failed and report.when in ("setup", "call") and JOURNAL in item.stash:
        folder = item.stash[JOURNAL].keep(str(report.longrepr))
        report.sections.append(("What it left", str(folder)))
    return report
