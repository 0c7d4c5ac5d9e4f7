"""The worker carries the list of what it keeps, each with the digest of the very bytes."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from pwa import create_app
from pwa.shell.client import ClientDamagedError
from pwa.shell.precache import PLACEHOLDER, worker_with

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from pwa.config import Settings


def rows_of(client: FlaskClient) -> list[dict[str, Any]]:
    worker = client.get("/service-worker.js").text
    found = re.fullmatch(r"const files = (\[.*\]);", worker)
    assert found, worker
    rows: list[dict[str, Any]] = json.loads(found[1])
    return rows


def test_every_row_names_bytes_that_are_served_with_that_digest(program: FlaskClient) -> None:
    rows = rows_of(program)
    for row in rows:
        answer = program.get(row["url"])
        assert answer.status_code == 200
        assert "Content-Encoding" not in answer.headers
        assert row["integrity"] == f"sha256-{base64.b64encode(hashlib.sha256(answer.data).digest()).decode()}"
        assert (row["revision"] is None) is ("immutable" in answer.headers["Cache-Control"])


def test_the_list_holds_all_that_the_app_needs_offline_and_nothing_more(program: FlaskClient) -> None:
    urls = [row["url"] for row in rows_of(program)]
    assert {"/", "/manifest.webmanifest", "/static/icons/icon.svg", "/static/icons/icon-192.png"} <= set(urls)
    assert "/static/pictures/cairn.svg" in urls
    assert {url for url in urls if "/built/" in url} == {
        "/static/built/app-AAAA.js",
        "/static/built/chunk-BBBB.js",
        "/static/built/app-CCCC.css",
        "/static/built/en-DDDD.json",
        "/static/built/en-later-EEEE.json",
    }
    assert len(urls) == len(set(urls))
    others = [url for url in urls if "/built/" not in url]
    assert not [
        url for url in others if "service-worker" in url or url.endswith((".br", ".gz", ".json")) or "screenshot" in url
    ]


def test_the_worker_is_never_kept_and_has_the_type_browsers_ask_for(program: FlaskClient) -> None:
    answer = program.get("/service-worker.js")
    assert answer.content_type == "text/javascript; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-cache"


def test_the_same_server_started_twice_gives_the_same_worker(settings: Settings, program: FlaskClient) -> None:
    assert create_app(settings).test_client().get("/service-worker.js").data == program.get("/service-worker.js").data


@pytest.mark.parametrize(
    "change",
    [{"help_confirmed": date(2026, 5, 14)}, {"operator_name": "Hill"}, {"operator_contact": "mailto:help@example.org"}],
)
def test_a_changed_setting_that_people_see_is_a_new_worker(
    settings: Settings, program: FlaskClient, change: dict[str, Any]
) -> None:
    changed = create_app(replace(settings, **change)).test_client()
    assert changed.get("/service-worker.js").data != program.get("/service-worker.js").data


def test_a_changed_icon_is_a_new_worker(settings: Settings, program: FlaskClient) -> None:
    before = program.get("/service-worker.js").data
    icon = settings.static / "icons/icon.svg"
    icon.write_text(icon.read_text() + "\n")
    assert create_app(settings).test_client().get("/service-worker.js").data != before


@pytest.mark.parametrize("worker", [b"no place", PLACEHOLDER + PLACEHOLDER])
def test_a_worker_without_its_one_place_for_the_list_is_refused(settings: Settings, worker: bytes) -> None:
    with pytest.raises(ClientDamagedError):
        worker_with([], worker)
    (settings.built / "service-worker.js").write_bytes(worker)
    client = create_app(settings).test_client()
    assert client.get("/service-worker.js").status_code == 503
    assert client.get("/").get_json()["code"] == "client_damaged"
