"""The manifest has what a phone asks before it puts an app on the home screen."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any

import pytest

from pwa import create_app

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from pwa.config import Settings


def png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height)


@pytest.fixture
def manifest(program: FlaskClient) -> dict[str, Any]:
    answer = program.get("/manifest.webmanifest")
    assert answer.content_type == "application/manifest+json"
    members = answer.get_json(force=True)
    assert isinstance(members, dict)
    return members


def test_it_can_be_installed(manifest: dict[str, Any]) -> None:
    assert manifest["name"] == manifest["short_name"] == "Cairn"
    assert manifest["description"].startswith("A private notebook")
    assert (manifest["id"], manifest["start_url"], manifest["scope"]) == ("/", "/", "/")
    assert manifest["display"] == "standalone"
    assert (manifest["lang"], manifest["dir"]) == ("en-GB", "ltr")
    assert manifest["theme_color"] == manifest["background_color"] == "#f0eee7"
    assert manifest["categories"]


def test_every_icon_is_there_with_the_size_it_claims(program: FlaskClient, manifest: dict[str, Any]) -> None:
    shapes = {(icon["sizes"], icon["type"], icon["purpose"]) for icon in manifest["icons"]}
    assert {
        ("192x192", "image/png", "any"),
        ("512x512", "image/png", "any"),
        ("512x512", "image/png", "maskable"),
        ("any", "image/svg+xml", "any"),
    } == shapes
    for icon in manifest["icons"]:
        answer = program.get(icon["src"])
        assert answer.status_code == 200
        if icon["type"] == "image/png":
            width, height = struct.unpack(">II", answer.data[16:24])
            assert f"{width}x{height}" == icon["sizes"]


def test_every_shortcut_leads_to_an_address_of_the_app(program: FlaskClient, manifest: dict[str, Any]) -> None:
    assert [shortcut["url"] for shortcut in manifest["shortcuts"]] == ["/check-in", "/rough-day", "/timer"]
    for shortcut in manifest["shortcuts"]:
        assert program.get(shortcut["url"]).status_code == 200
        assert program.get(shortcut["icons"][0]["src"]).status_code == 200


def test_a_picture_is_named_only_when_it_is_there_with_its_own_size(
    settings: Settings, manifest: dict[str, Any]
) -> None:
    assert manifest["screenshots"] == []
    (settings.static / "screenshots").mkdir()
    (settings.static / "screenshots/today-narrow.png").write_bytes(png(720, 1480))
    program = create_app(settings).test_client()
    (picture,) = program.get("/manifest.webmanifest").get_json(force=True)["screenshots"]
    assert (picture["sizes"], picture["form_factor"]) == ("720x1480", "narrow")
    assert picture["label"]
    assert program.get(picture["src"]).status_code == 200
