"""Rate limits: a problem with the seconds to wait, the same for known and unknown, by network address."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from pwa import create_app
from pwa.config import SettingRefusedError, Settings, read_settings
from pwa.database import Base, db
from pwa.rates import address_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from werkzeug.test import TestResponse

CSRF = "/api/v1/csrf"
TODAY = date(2026, 5, 14)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, request_limit="3 per minute")


def ask(app: Flask, address: str = "192.0.2.1", **headers: str) -> TestResponse:
    return app.test_client().get(CSRF, environ_overrides={"REMOTE_ADDR": address}, headers=headers)


def test_who_asks_too_often_is_told_how_long_to_wait(app: Flask) -> None:
    assert [ask(app).status_code for _ in range(5)] == [200, 200, 200, 429, 429]
    answer = ask(app)
    assert answer.get_json()["code"] == "too_many_requests"
    assert 1 <= int(answer.headers["Retry-After"]) <= 61, "rounded up"


def test_another_address_and_another_server_count_for_themselves(app: Flask, settings: Settings) -> None:
    for _ in range(4):
        ask(app)
    assert ask(app, "192.0.2.2").status_code == 200
    assert ask(create_app(settings)).status_code == 200


def test_pages_and_health_are_not_limited(app: Flask) -> None:
    assert {app.test_client().get(path).status_code for path in ("/", "/healthz") * 5} == {200}


def test_without_a_proxy_nobody_chooses_their_own_address(app: Flask) -> None:
    answers = [ask(app, **{"X-Forwarded-For": f"192.0.2.{n}"}).status_code for n in range(5)]
    assert answers == [200, 200, 200, 429, 429]


def test_behind_a_proxy_its_last_word_counts(settings: Settings) -> None:
    app = create_app(replace(settings, behind_tls=True))
    answers = [ask(app, **{"X-Forwarded-For": f"{n}.0.0.1, 192.0.2.1"}).status_code for n in range(5)]
    assert answers == [200, 200, 200, 429, 429]
    assert ask(app, **{"X-Forwarded-For": "192.0.2.1, 192.0.2.2"}).status_code == 200


def test_an_address_is_kept_as_a_keyed_hash_and_a_home_counts_as_one() -> None:
    home = {address_key(f"2001:db8:1:2:{n}::1", key="k") for n in range(5)}
    assert len(home) == 1
    assert address_key("2001:db8:1:3::1", key="k") not in home
    assert address_key("192.0.2.1", key="k") == address_key("::ffff:192.0.2.1", key="k")
    assert address_key("192.0.2.1", key="k") != address_key("192.0.2.1", key="another")
    assert "192" not in address_key("192.0.2.1", key="k")


@pytest.fixture
def strict(settings: Settings) -> Iterator[Flask]:
    """Let one address sign in twice a minute, and sign up once."""
    app = create_app(
        replace(settings, request_limit="1000 per minute", sign_in_limit="2 per minute", sign_up_limit="1 per minute")
    )
    with app.app_context():
        Base.metadata.create_all(db.engine)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.mark.parametrize(("path", "most"), [("sessions", 2), ("account", 1)])
def test_showing_a_passkey_or_code_has_a_limit_of_its_own(strict: Flask, path: str, most: int) -> None:
    client = strict.test_client()
    headers = {"X-CSRFToken": client.get(CSRF).get_json()["csrf"]}
    codes = [client.post(f"/api/v1/{path}", json={}, headers=headers).get_json()["code"] for _ in range(4)]
    assert codes == ["body_refused"] * most + ["too_many_requests"] * (4 - most)
    assert client.get(CSRF).status_code == 200


def test_a_storage_without_its_driver_is_said_at_the_start(settings: Settings) -> None:
    with pytest.raises(SettingRefusedError, match="CAIRN_LIMITS_STORAGE") as refused:
        create_app(replace(settings, limits_storage="memcached://word@localhost:11211"))
    assert "word" not in str(refused.value)


@pytest.mark.parametrize("text", ["often", "0 per minute", "5 per week", "5", "5 per minute;", "-1 per hour"])
def test_a_limit_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(SettingRefusedError, match="CAIRN_SIGN_IN_LIMIT"):
        read_settings({"CAIRN_SIGN_IN_LIMIT": text}, today=TODAY)


@pytest.mark.parametrize("text", ["http://localhost", "redis://", "file:///tmp/x", "redis://a b"])
def test_a_storage_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(SettingRefusedError, match="a text that is not shown here"):
        read_settings({"CAIRN_LIMITS_STORAGE": text}, today=TODAY)
