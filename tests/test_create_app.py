"""What the whole server refuses by default."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from flask import Flask, request

from pwa import create_app
from pwa.catalogue import CatalogueMissingError
from pwa.config import SettingRefusedError, Settings

if TYPE_CHECKING:
    from flask.testing import FlaskClient


def test_settings_come_from_the_environment_when_none_are_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "eighty")
    with pytest.raises(SettingRefusedError, match="PORT"):
        create_app()


def test_a_catalogue_that_was_not_compiled_is_said_at_the_start(settings: Settings) -> None:
    with pytest.raises(CatalogueMissingError, match="make run"):
        create_app(replace(settings, translations=settings.data))


def test_cookies_are_host_only_secure_and_strict_behind_tls(settings: Settings) -> None:
    app = create_app(replace(settings, behind_tls=True))
    assert app.config["SESSION_COOKIE_NAME"] == "__Host-session"
    assert app.config["SESSION_COOKIE_SECURE"] is True
    assert app.config["SESSION_COOKIE_SAMESITE"] == "Strict"
    assert app.config["SESSION_COOKIE_HTTPONLY"] is True
    assert app.config["SESSION_COOKIE_DOMAIN"] is None
    assert app.config["SESSION_COOKIE_PATH"] is None


def test_behind_tls_the_app_knows_that_it_is_reached_by_https(settings: Settings) -> None:
    app = create_app(replace(settings, behind_tls=True))
    app.add_url_rule("/api/scheme", view_func=lambda: request.scheme)
    assert app.test_client().get("/api/scheme").text == "https"


def test_opening_pages_sets_no_cookie(person: FlaskClient) -> None:
    for path in ("/", "/diary", "/nothing-here", "/service-worker.js", "/healthz"):
        assert "Set-Cookie" not in person.get(path).headers


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_an_unsafe_route_is_refused_without_a_token_unless_it_says_otherwise(app: Flask, method: str) -> None:
    reached: list[str] = []

    def lay() -> str:
        reached.append(method)
        return "done"

    app.add_url_rule("/api/v1/stones", view_func=lay, methods=[method])
    answer = app.test_client().open("/api/v1/stones", method=method, json={"words": "a stone"})
    assert answer.status_code == 400
    assert answer.get_json()["code"] == "csrf_refused"
    assert reached == []


def test_a_body_over_the_limit_is_refused_before_it_is_read(app: Flask, settings: Settings) -> None:
    answer = app.test_client().post("/", data=b"x" * (settings.body_limit + 1))
    assert answer.status_code == 413
    assert answer.get_json()["code"] == "too_large"


def test_a_body_of_unknown_length_is_refused_and_none_of_it_is_read(app: Flask) -> None:
    answer = app.test_client().post(
        "/", headers={"Transfer-Encoding": "chunked"}, environ_overrides={"wsgi.input": _Endless()}
    )
    assert answer.status_code == 411
    assert answer.get_json()["code"] == "length_required"


def test_a_compressed_body_is_refused(app: Flask) -> None:
    answer = app.test_client().post("/", data=b"\x1f\x8b", headers={"Content-Encoding": "gzip"})
    assert answer.status_code == 415
    assert answer.get_json()["code"] == "encoding_refused"


def test_a_name_that_is_not_trusted_is_refused(app: Flask) -> None:
    answer = app.test_client().get("/", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert answer.get_json()["code"] == "host_not_trusted"


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:5000"])
def test_this_machines_own_names_are_trusted(app: Flask, host: str) -> None:
    assert app.test_client().get("/", headers={"Host": host}).status_code == 200


def test_a_defect_is_logged_with_the_answers_instance_and_tells_nothing(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> str:
        raise RuntimeError("the marker word")

    app.add_url_rule("/api/v1/broken", view_func=broken)
    with caplog.at_level(logging.ERROR):
        answer = app.test_client().get("/api/v1/broken?secret=marker")
    assert answer.status_code == 500
    assert answer.get_json()["code"] == "internal"
    assert "marker" not in answer.text
    assert answer.get_json()["instance"] in caplog.text
    assert "secret=" not in caplog.text


class _Endless:
    """A sender that never stops."""

    def read(self, _size: int = -1) -> bytes:
        raise AssertionError("the body was read")
