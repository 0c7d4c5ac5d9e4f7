"""Files: only those in the list, compressed where a browser takes it, kept as long as their names allow."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from tests.conftest import CLIENT

if TYPE_CHECKING:
    from flask.testing import FlaskClient

SCRIPT = "/static/built/app-AAAA.js"
CONTENT = CLIENT["app-AAAA.js"]


@pytest.mark.parametrize(
    ("accept", "coding", "body"),
    [
        ("gzip, deflate, br, zstd", "br", b"br:" + CONTENT),
        ("br;q=0, gzip", "gzip", gzip.compress(CONTENT, mtime=0)),
        ("gzip", "gzip", gzip.compress(CONTENT, mtime=0)),
        ("identity", None, CONTENT),
        ("gzip;q=0, br;q=0", None, CONTENT),
        ("", None, CONTENT),
    ],
)
def test_the_smallest_form_that_a_browser_takes_is_sent(
    program: FlaskClient, accept: str, coding: str | None, body: bytes
) -> None:
    answer = program.get(SCRIPT, headers={"Accept-Encoding": accept})
    assert answer.headers.get("Content-Encoding") == coding
    assert answer.data == body
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.content_type == "text/javascript; charset=utf-8"
    assert int(answer.headers["Content-Length"]) == len(body)


def test_words_are_sent_as_data_packed_as_the_build_packed_them(program: FlaskClient) -> None:
    answer = program.get("/static/built/en-DDDD.json", headers={"Accept-Encoding": "br"})
    assert answer.content_type == "application/json"
    assert answer.data == b"br:" + CLIENT["en-DDDD.json"]
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_each_form_has_a_tag_of_its_own(program: FlaskClient) -> None:
    tags = {
        program.get(SCRIPT, headers={"Accept-Encoding": accept}).headers["ETag"]
        for accept in ("br", "gzip", "identity")
    }
    assert len(tags) == 3


@pytest.mark.parametrize("path", ["/", "/service-worker.js", "/manifest.webmanifest"])
def test_what_the_server_writes_itself_is_compressed_too(program: FlaskClient, path: str) -> None:
    packed = program.get(path, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == program.get(path).data


def test_a_built_file_is_kept_for_ever_and_an_icon_is_asked_after(program: FlaskClient) -> None:
    assert program.get(SCRIPT).headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert program.get("/static/icons/icon.svg").headers["Cache-Control"] == "no-cache"
    assert program.get("/favicon.ico").content_type == "image/x-icon"


@pytest.mark.parametrize(
    "name",
    [
        "built/assets.json",
        "built/service-worker.js",
        "built/app-AAAA.js.br",
        "built/",
        "icons",
        "../config.py",
        "..%2fconfig.py",
        "%2e%2e/config.py",
        "built/../../config.py",
        "/etc/passwd",
        "icons/icon.svg%00.png",
    ],
)
def test_nothing_that_is_not_in_the_list_is_served(program: FlaskClient, name: str) -> None:
    answer = program.get(f"/static/{name}")
    assert answer.status_code in {404, 308}
    assert b"SettingRefused" not in answer.data


def test_a_head_request_has_the_headers_and_no_body(program: FlaskClient) -> None:
    answer = program.head(SCRIPT)
    assert (answer.status_code, answer.data) == (200, b"")
    assert int(answer.headers["Content-Length"]) == len(CONTENT)
