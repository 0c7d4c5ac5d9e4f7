"""The log says what was asked of which route and how it ended, and nothing of anybody's."""

from __future__ import annotations

import io
import json
import logging
import re
import socket
import subprocess
import sys
import warnings
from typing import TYPE_CHECKING, Any

import pytest

from pwa import log_lines
from pwa.errors import ProblemError
from tests.running import STOP_SECONDS, running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask

MARKER = "sent-by-somebody"
REQUEST = {"level", "event", "method", "rule", "status", "ms", "code"}


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Catch what a server at level `info` would write, and put logging back as it was."""
    root, stream = logging.getLogger(), io.StringIO()
    before, level = list(root.handlers), root.level
    root.handlers[:] = []  # not closed with the others
    log_lines.begin("info", stream=stream)
    yield stream
    logging.captureWarnings(capture=False)
    root.handlers[:] = before
    root.setLevel(level)


def lines_of(log: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


def test_a_request_is_one_line_of_listed_members(app: Flask, log: io.StringIO) -> None:
    assert app.test_client().get("/healthz").status_code == 200
    (line,) = lines_of(log)
    assert line.pop("ms") >= 0
    assert line == {"level": "info", "event": "request", "method": "GET", "rule": "/healthz", "status": 200}


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/nothing-here", {"level": "warning", "method": "GET", "status": 404, "code": "not_found"}),
        (
            "/api/v1/passkeys/abc",
            {"level": "warning", "method": "GET", "status": 405, "code": "method_not_allowed"},
        ),
        (
            "/api/v1/account",
            {"level": "warning", "method": "GET", "rule": "/api/v1/account", "status": 401, "code": "signed_out"},
        ),
    ],
)
def test_a_problem_has_its_code_and_a_higher_level(
    app: Flask, log: io.StringIO, path: str, told: dict[str, object]
) -> None:
    app.test_client().get(path)
    (line,) = lines_of(log)
    assert {**line, "ms": 0} == {"event": "request", "ms": 0, **told}


def test_what_is_refused_before_a_route_is_asked_has_a_line(app: Flask, log: io.StringIO) -> None:
    app.test_client().get("/healthz", headers={"Host": "evil.example"})
    app.test_client().post("/api/v1/sessions", data="x", headers={"Sec-Fetch-Site": "cross-site"})
    assert [line["code"] for line in lines_of(log)] == ["host_not_trusted", "cross_site_refused"]


def test_no_place_of_a_request_and_no_words_of_an_error_reach_the_log(app: Flask, log: io.StringIO) -> None:
    def broken(**_where: str) -> str:
        try:
            return str(int(MARKER))
        except ValueError as error:
            raise RuntimeError(f"could not read {MARKER}") from error

    def refused(**_where: str) -> str:
        raise ProblemError("bad_request", at=MARKER)

    for name, view in (("broken", broken), ("refused", refused)):
        app.add_url_rule(f"/api/v1/{name}/<where>", endpoint=name, view_func=view, methods=["GET", "POST"])
    client = app.test_client()
    client.set_cookie(MARKER, MARKER)
    client.set_cookie("account", MARKER)
    client.set_cookie("session", MARKER)
    everywhere = {"X-CSRFToken": MARKER, "User-Agent": MARKER, "Referer": f"http://localhost/{MARKER}", MARKER: MARKER}
    statuses = set()
    for path in ("broken", "refused", "spaces", "sessions", "static"):
        prefix = "/static" if path == "static" else f"/api/v1/{path}"
        for method in ("GET", "POST", "PATCH", MARKER.upper()):
            answer = client.open(
                f"{prefix}/{MARKER}?{MARKER}={MARKER}",
                method=method,
                headers=everywhere,
                json={MARKER: MARKER},
                environ_overrides={"REMOTE_ADDR": MARKER, "REMOTE_USER": MARKER},
            )
            statuses.add(answer.status_code)
    assert {400, 404, 405, 500} <= statuses
    lines = lines_of(log)
    assert len(lines) >= 20
    assert MARKER not in log.getvalue().lower()
    assert all(set(line) <= REQUEST for line in lines if line["event"] == "request")


def test_a_defect_says_where_it_came_from(app: Flask, log: io.StringIO) -> None:
    def broken() -> str:
        raise RuntimeError(MARKER)

    app.add_url_rule("/api/v1/broken", view_func=broken)
    instance = app.test_client().get("/api/v1/broken").get_json()["instance"]
    defect, request = lines_of(log)
    assert set(defect) == {"level", "event", "instance", "trace"}
    assert (defect["level"], defect["event"], defect["instance"]) == ("error", "defect", instance)
    assert defect["trace"][0] == "builtins.RuntimeError"
    assert re.fullmatch(r"tests/test_logs\.py:\d+ broken", defect["trace"][-1])
    assert (request["level"], request["status"], request["code"]) == ("error", 500, "internal")


def test_another_librarys_line_tells_its_place_and_no_filled_in_word(log: io.StringIO) -> None:
    other = logging.getLogger("other")
    other.warning("took %s from %s", MARKER, MARKER)
    other.warning(f"took {MARKER}")
    try:
        int(MARKER)
    except ValueError as error:
        other.exception(error)
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        log_lines.begin("info", stream=log)
        warnings.warn(MARKER, stacklevel=1)
    lines = lines_of(log)
    assert [line["logger"] for line in lines] == ["other", "other", "other", "py.warnings"]
    assert lines[0]["template"] == "took %s from %s"
    assert "template" not in lines[1]
    assert lines[2]["trace"][0] == "builtins.ValueError"
    assert all(line["place"].split(":")[0] == "tests/test_logs.py" for line in lines[:3])
    assert MARKER not in log.getvalue()


def test_a_level_leaves_out_what_is_below_it(app: Flask, log: io.StringIO) -> None:
    logging.getLogger().setLevel("WARNING")
    app.test_client().get("/healthz")
    assert log.getvalue() == ""
    app.test_client().get("/nothing-here")
    assert len(lines_of(log)) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="waitress serves there")
def test_the_whole_server_writes_lines_alone_and_nothing_of_what_was_sent(tmp_path: Path) -> None:
    environment = {"PATH": "/usr/bin:/bin", "PORT": "0", "CAIRN_DATA": str(tmp_path / "data"), "HOME": str(tmp_path)}
    environment |= {"CAIRN_LOG_LEVEL": "info", "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "pwa", "serve"]
    with running(command, env=environment, stderr=subprocess.PIPE) as (server, first_line):
        told = re.search(r":(\d+)\s*$", first_line)
        assert told is not None
        for sent in (
            f"GET /healthz?{MARKER} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
            f"GET /{MARKER} HTTP/1.1\r\nHost: {MARKER}\r\nConnection: close\r\n\r\n",
            f"{MARKER}\r\n\r\n",
            f"GET / HTTP/1.1\r\n{MARKER}\r\n\r\n",
            f"GET /{MARKER * 400} HTTP/1.1\r\nHost: localhost\r\n\r\n",
        ):
            with socket.create_connection(("127.0.0.1", int(told[1])), timeout=60) as sender:
                sender.sendall(sent.encode())
                while sender.recv(65536):
                    pass
        server.terminate()
        _, written = server.communicate(timeout=STOP_SECONDS)
    lines = [json.loads(line) for line in written.splitlines()]
    assert {line["event"] for line in lines} == {"request", "library"}
    assert [line["status"] for line in lines if line["event"] == "request"] == [200, 400]
    assert {line["logger"] for line in lines if line["event"] == "library"} >= {"gunicorn.error"}
    (listening,) = (line for line in lines if line.get("template") == "Listening at: %s (%s)")
    assert listening["place"].startswith("gunicorn/arbiter.py:")
    assert MARKER not in written
