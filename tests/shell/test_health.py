"""What a machine asks: alive, ready, and whom to write to."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from pwa import create_app
from pwa.database import db

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

    from pwa.config import Settings


def test_a_sound_server_is_alive_and_ready(program: FlaskClient) -> None:
    for path, status in (("/healthz", "alive"), ("/readyz", "ready")):
        answer = program.get(path)
        assert (answer.status_code, answer.get_json()) == (200, {"status": status})
        assert answer.headers["Cache-Control"] == "no-store"


def test_without_its_data_folder_it_is_alive_and_not_ready(settings: Settings, program: FlaskClient) -> None:
    shutil.rmtree(settings.data)
    assert program.get("/healthz").status_code == 200
    answer = program.get("/readyz")
    assert answer.status_code == 503
    assert answer.content_type == "application/problem+json"
    assert answer.get_json()["code"] == "database_unavailable"
    assert answer.get_json()["failing"] == ["database_unavailable", "data_not_writable"]


def test_a_file_that_is_no_database_is_said(settings: Settings) -> None:
    settings.data.mkdir()
    (settings.data / "cairn.sqlite3").write_bytes(b"this is no database" * 100)
    assert create_app(settings).test_client().get("/readyz").get_json()["code"] == "database_unavailable"


def test_without_a_client_it_is_not_ready(settings: Settings) -> None:
    (settings.built / "assets.json").unlink()
    assert create_app(settings).test_client().get("/readyz").get_json()["code"] == "client_not_built"


def test_asking_takes_no_lock_from_those_who_write(app: Flask, program: FlaskClient) -> None:
    with app.app_context(), db.engine.connect() as writer:
        writer.execute(text("CREATE TABLE stone (n INTEGER)"))
        assert program.get("/readyz").status_code == 200


def test_robots_are_asked_to_stay_away(program: FlaskClient) -> None:
    assert program.get("/robots.txt").text == "User-agent: *\nDisallow: /\n"


def test_security_txt_is_there_only_with_a_contact(settings: Settings, program: FlaskClient) -> None:
    assert program.get("/.well-known/security.txt").status_code == 404
    client = create_app(replace(settings, operator_contact="mailto:help@example.org")).test_client()
    answer = client.get("/.well-known/security.txt")
    assert answer.content_type == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in answer.text.splitlines())
    assert fields["Contact"] == "mailto:help@example.org"
    ahead = datetime.fromisoformat(fields["Expires"]) - datetime.now(UTC)
    assert timedelta(days=30) < ahead < timedelta(days=365)


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_needs_no_page(person: FlaskClient, path: str) -> None:
    assert person.get(path).is_json
