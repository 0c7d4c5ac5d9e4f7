"""Security headers are on every answer: the whole URL map is walked, with every method."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from flask import Flask, Response, request

from pwa import create_app
from pwa.shell.headers import CONTENT_SECURITY_POLICY, GRANTED_FEATURES, security_headers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from _typeshed.wsgi import StartResponse, WSGIEnvironment
    from werkzeug.routing import Rule
    from werkzeug.test import TestResponse

    from pwa.config import Settings

METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "BREW")
ELSEWHERE = ("/nothing-here", "/static/nothing", "/api/v1/nothing", "/%00", "/..%2f..%2fetc/passwd", "//evil.example/")
SPECIAL: tuple[dict[str, Any], ...] = (
    {"headers": {"Host": "evil.example"}},
    {"headers": {"Accept": "text/html"}},
    {"headers": {"Content-Encoding": "gzip"}, "data": b"x"},
    {"data": b"x" * (3 * 1024 * 1024)},
)


def walk(app: Flask) -> Iterator[tuple[str, TestResponse]]:
    """Ask for every address with every method, and yield what was asked with the answer."""
    client = app.test_client()
    paths = [*(path_of(rule) for rule in app.url_map.iter_rules()), *ELSEWHERE]
    for path in paths:
        for method in METHODS:
            yield f"{method} {path}", client.open(path, method=method)
        for special in SPECIAL:
            yield f"POST {path} {sorted(special)}", client.post(path, **special)
            yield f"GET {path} {sorted(special)}", client.get(path, **special)


def path_of(rule: Rule) -> str:
    return (
        "".join("x" if is_dynamic else part for is_dynamic, part in rule._trace)
        .removeprefix("|")
        .replace("<path:name>", "x")
    )


def missing(answers: Iterable[tuple[str, TestResponse]], expected: dict[str, str]) -> tuple[int, list[str]]:
    """Count the answers, and name each header that is not on one of them exactly once, word for word."""
    count, faults = 0, []
    for asked, answer in answers:
        count += 1
        faults += [f"{asked}: {name}" for name, value in expected.items() if answer.headers.getlist(name) != [value]]
        if "Cache-Control" not in answer.headers:
            faults.append(f"{asked}: Cache-Control")
        if "/api/" in asked and answer.headers["Cache-Control"] != "no-store":
            faults.append(f"{asked}: no-store")
    return count, faults


def with_faults_to_meet(app: Flask) -> Flask:
    def broken() -> str:
        raise RuntimeError("on purpose")

    def careless() -> Response:
        answer = Response("x")
        answer.headers.clear()
        answer.headers["Content-Security-Policy"] = "default-src *"
        return answer

    app.add_url_rule("/api/v1/broken", view_func=broken)
    app.add_url_rule("/api/v1/careless", view_func=careless)
    app.add_url_rule("/api/v1/reads", view_func=lambda: str(len(request.get_data())), methods=["POST"])
    return app


@pytest.mark.parametrize("behind_tls", [False, True])
def test_every_answer_to_every_method_has_every_header(settings: Settings, *, behind_tls: bool) -> None:
    settings = replace(settings, behind_tls=behind_tls, operator_contact="mailto:help@example.org")
    app = with_faults_to_meet(create_app(settings))
    count, faults = missing(walk(app), security_headers(behind_tls=behind_tls, hsts_seconds=settings.hsts_seconds))
    assert faults == []
    assert count > 400


def test_a_server_without_a_client_has_them_too(settings: Settings) -> None:
    (settings.built / "assets.json").unlink()
    count, faults = missing(walk(create_app(settings)), security_headers(behind_tls=False, hsts_seconds=0))
    assert faults == []
    assert count > 400


@pytest.mark.parametrize("header", list(security_headers(behind_tls=True, hsts_seconds=1)))
def test_the_walk_notices_one_header_stripped_from_one_route(settings: Settings, header: str) -> None:
    app = create_app(replace(settings, behind_tls=True))
    whole = app.wsgi_app

    def stripping(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], exc_info: object = None, /) -> object:
            if environ["PATH_INFO"] == "/help":
                headers = [(name, value) for name, value in headers if name != header]
            return start_response(status, headers, exc_info)  # type: ignore[arg-type] # passed on as it came

        return whole(environ, start)  # type: ignore[arg-type] # as in the wrapper itself

    app.wsgi_app = stripping  # type: ignore[method-assign] # the planted fault
    expected = security_headers(behind_tls=True, hsts_seconds=settings.hsts_seconds)
    _, faults = missing(walk(app), expected)
    assert faults
    assert all(" /help" in fault and fault.endswith(header) for fault in faults)


def test_the_policy_lets_in_nothing_from_elsewhere_and_nothing_inline() -> None:
    directives = dict(part.split(" ", 1) for part in CONTENT_SECURITY_POLICY.split("; "))
    assert directives.pop("default-src") == "'none'"
    assert directives.pop("require-trusted-types-for") == "'script'"
    assert directives.pop("trusted-types") == "cairn"
    assert set(directives.values()) == {"'self'", "'none'"}
    assert {"frame-ancestors", "base-uri", "object-src"} <= {
        name for name, value in directives.items() if value == "'none'"
    }


def test_only_passkeys_wake_lock_and_share_are_granted() -> None:
    policy = security_headers(behind_tls=False, hsts_seconds=0)["Permissions-Policy"]
    granted = {part.split("=")[0] for part in policy.split(", ") if not part.endswith("=()")}
    assert granted == set(GRANTED_FEATURES)
    assert all(part.endswith(("=()", "=(self)")) for part in policy.split(", "))


def test_hsts_needs_tls_and_can_be_left_out() -> None:
    assert "Strict-Transport-Security" not in security_headers(behind_tls=False, hsts_seconds=9)
    assert "Strict-Transport-Security" not in security_headers(behind_tls=True, hsts_seconds=0)
    assert security_headers(behind_tls=True, hsts_seconds=9)["Strict-Transport-Security"] == "max-age=9"
