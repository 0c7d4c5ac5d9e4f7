"""The same histories over HTTP: through routes, sockets and JSON, on a line that loses, doubles, cuts and mixes up."""

from __future__ import annotations

import os
import random
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings

import pwa
from pwa import accounts
from pwa.database import db
from tests.sync.bad_line import BadLine, LostError, ServerOverHttp, served
from tests.sync.made import TODAY, Server, check_space
from tests.sync.person import who
from tests.sync.test_histories import HISTORIES, History, check_complete

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine

    from pwa.config import Settings

EXAMPLES = int(os.environ.get("CAIRN_HTTP_HISTORIES", "200"))


@pytest.fixture
def server(settings: Settings, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[ServerOverHttp]:
    """Serve on a bad line; the server's day is that of the history."""
    monkeypatch.setattr(accounts, "require_account", who)
    monkeypatch.setattr(accounts, "has_fresh_proof", lambda: False)
    days = Server(engine)
    app = pwa.create_app(settings, clock=lambda: datetime.combine(days.today, time(12), UTC))
    line = BadLine(app)
    with served(line) as port:
        over_http = ServerOverHttp(engine, line, port)
        days = over_http
        yield over_http
    with app.app_context():
        db.engine.dispose()


def test_on_a_bad_line_too_every_phone_ends_complete(server: ServerOverHttp) -> None:
    answers = dict.fromkeys(("came", "lost"), 0)

    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
    @given(HISTORIES)
    def run(history: tuple[int, list[str]]) -> None:
        seed, steps = history
        server.today = TODAY
        story = History(server, seed, phones=3)
        server.line.begin(random.Random(seed + 1))  # noqa: S311 - to repeat a run by
        server.cuts = random.Random(seed + 2)  # noqa: S311 - the same
        for step in steps:
            try:
                getattr(story, step)(story.random.choice(story.phones))
                answers["came"] += 1
            except LostError:
                answers["lost"] += 1
            check_space(server, story.claim.space_id)
        server.line.begin(None)
        server.cuts = None
        story.settle()
        check_complete(story)

    run()
    assert all(server.line.met.values()), server.line.met
    assert all(answers.values()), answers
