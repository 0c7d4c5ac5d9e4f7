"""While a test runs, every answer of the interface that it gets is held against the description."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest
from flask import request, request_finished

from tests.interface.description import described, faults_of_answer, faults_of_body

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Response

SENT: Final = "requests made up and sent"
SEEDED: Final = "seed of what was made up"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many requests were made up, of how many operations, and from which seeds."""
    told = [dict(report.user_properties) for report in terminalreporter.getreports("passed")]
    sent = [each[SENT] for each in told if SENT in each]
    if sent:
        seeds = ", ".join(sorted({f"CAIRN_SEED={each[SEEDED]}" for each in told if SEEDED in each}))
        terminalreporter.write_line(f"{SENT}: {sum(sent)}, in {len(sent)} tests of an operation ({seeds})")


@pytest.fixture(autouse=True)
def _every_answer_is_as_described() -> Iterator[None]:
    faults: list[str] = []

    def watch(_app: object, response: Response, **_more: Any) -> None:  # noqa: ANN401 - a signal's
        operation = described(request.url_rule.rule, request.method) if request.url_rule else None
        if operation is None:
            return
        where = f"{request.method} {request.url_rule} {response.status_code}"
        found = faults_of_answer(operation, response.status_code, response.mimetype or "", response.get_data())
        faults.extend(f"{where}: {fault}" for fault in found)
        if response.status_code < 300:
            faults.extend(f"{where}: the body taken: {fault}" for fault in faults_of_body(operation, what_was_sent()))

    with request_finished.connected_to(watch):
        yield
    assert faults == []


def what_was_sent() -> bytes:
    """Return the request's body, which was read once already."""
    stream = request.environ["wsgi.input"]
    stream.seek(0)
    content: bytes = stream.read(request.content_length or 0)
    return content
