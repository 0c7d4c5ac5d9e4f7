"""Every address answers one page, and the page asks for nothing from elsewhere."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from pwa import __version__, create_app
from pwa.shell.addresses import Address, read_addresses

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

    from pwa.config import Settings


class Tags(HTMLParser):
    """Collect the tags of a page with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def all(self, tag: str, **attributes: str) -> list[dict[str, str | None]]:
        return [found for name, found in self.found if name == tag and attributes.items() <= found.items()]


def filled(address: Address) -> str:
    return re.sub(r":[a-z]+", "2026-05-14", address.path)


@pytest.mark.parametrize("address", read_addresses(), ids=lambda address: address.name)
def test_every_address_answers_the_same_page(person: FlaskClient, address: Address) -> None:
    answer = person.get(filled(address))
    assert answer.status_code == 200
    assert answer.content_type == "text/html; charset=utf-8"
    assert answer.data == person.get("/").data


def test_there_are_addresses_and_each_has_a_name_of_its_own() -> None:
    names = [address.name for address in read_addresses()]
    assert "today" in names
    assert len(names) == len(set(names))


@pytest.mark.parametrize("path", ["/nothing", "/diary/2026-05-14/more", "/diary/", "/plans/activities"])
def test_an_address_that_is_not_in_the_list_is_not_found(person: FlaskClient, path: str) -> None:
    assert person.get(path).status_code == 404


def test_the_page_has_what_a_phone_needs_to_show_it_well(person: FlaskClient) -> None:
    tags = Tags(person.get("/").text)
    assert tags.all("html", lang="en-GB", dir="ltr")
    assert tags.all("meta", name="viewport", content="width=device-width, initial-scale=1, viewport-fit=cover")
    assert tags.all("meta", name="color-scheme", content="light dark")
    assert [tag["content"] for tag in tags.all("meta", name="theme-color")] == ["#f0eee7", "#12110e"]
    assert tags.all("meta", name="description")
    assert tags.all("link", rel="manifest", href="/manifest.webmanifest")
    assert tags.all("link", rel="apple-touch-icon")
    assert tags.all("meta", name="apple-mobile-web-app-title", content="Cairn")
    assert tags.all("div", id="app")


def test_the_page_loads_what_the_build_names_each_with_its_digest(person: FlaskClient) -> None:
    tags = Tags(person.get("/").text)
    (script,) = tags.all("script")
    (style,) = tags.all("link", rel="stylesheet")
    (preload,) = tags.all("link", rel="modulepreload")
    assert (script["type"], script["src"]) == ("module", "/static/built/app-AAAA.js")
    assert style["href"] == "/static/built/app-CCCC.css"
    assert preload["href"] == "/static/built/chunk-BBBB.js"
    assert all((tag["integrity"] or "").startswith("sha256-") for tag in (script, style, preload))


def test_the_page_names_the_words_each_with_its_digest_and_only_the_first_screens_words_come_at_once(
    person: FlaskClient,
) -> None:
    tags = Tags(person.get("/").text)
    first, later = tags.all("link", rel="preload")
    assert [(tag["id"], tag["href"]) for tag in (first, later)] == [
        ("words", "/static/built/en-DDDD.json"),
        ("later-words", "/static/built/en-later-EEEE.json"),
    ]
    assert [tag.get("media") for tag in (first, later)] == [None, "not all"]
    assert all(tag["as"] == "fetch" and "crossorigin" in tag for tag in (first, later))
    assert all((tag["data-integrity"] or "").startswith("sha256-") for tag in (first, later))


def test_the_page_has_nothing_inline_and_nothing_from_elsewhere(person: FlaskClient) -> None:
    page = person.get("/").text
    assert re.findall(r"<script[^>]*>[^<]+|<style|\sstyle=|\son[a-z]+=|javascript:", page) == []
    assert [url for url in re.findall(r'(?:src|href)="([^"]*)"', page) if not re.match(r"/(?!/)", url)] == []


def test_without_a_script_the_page_says_so_in_words(person: FlaskClient) -> None:
    page = person.get("/").text
    assert "JavaScript" in page.partition("<noscript>")[2].partition("</noscript>")[0]


def test_the_page_carries_what_the_operator_set(settings: Settings) -> None:
    settings = replace(
        settings,
        help_confirmed=date(2026, 5, 14),
        operator_name='Hill & "Vale" <script>',
        operator_contact="mailto:help@example.org",
    )
    tags = Tags(create_app(settings).test_client().get("/").text)
    assert tags.all("meta", name="cairn-version", content=__version__)
    assert tags.all("meta", name="cairn-help-confirmed", content="2026-05-14")
    assert tags.all("meta", name="cairn-operator-name", content='Hill & "Vale" <script>')
    assert tags.all("meta", name="cairn-operator-contact", content="mailto:help@example.org")
    assert len(tags.all("script")) == 1


def test_help_numbers_count_as_not_yet_checked_until_somebody_did(person: FlaskClient) -> None:
    assert Tags(person.get("/").text).all("meta", name="cairn-help-confirmed", content="")


@pytest.mark.parametrize("path", ["/", "/diary", "/service-worker.js"])
def test_a_client_that_is_not_built_is_said_with_what_to_do(settings: Settings, path: str) -> None:
    (settings.built / "assets.json").unlink()
    client = create_app(settings).test_client()
    assert client.get(path).get_json()["code"] == "client_not_built"
    page = client.get(path, headers={"Accept": "text/html"})
    assert page.status_code == 503
    assert "make run" in page.text
    assert "stylesheet" not in page.text


@pytest.mark.parametrize("name", ["app-AAAA.js", "chunk-BBBB.js", "app-CCCC.css", "en-DDDD.json", "en-later-EEEE.json"])
def test_one_changed_byte_and_nothing_of_the_client_is_served(settings: Settings, name: str) -> None:
    file = settings.built / name
    file.write_bytes(file.read_bytes() + b" ")
    client = create_app(settings).test_client()
    assert client.get("/").get_json()["code"] == "client_damaged"
    assert client.get("/service-worker.js").get_json()["code"] == "client_damaged"
    assert client.get("/static/built/app-AAAA.js").status_code == 404


@pytest.mark.parametrize("assets", ["", "[]", "{}", '{"entry": 1, "style": 2, "preload": [], "files": []}', "null"])
def test_a_description_nobody_can_read_counts_as_damage(settings: Settings, assets: str) -> None:
    (settings.built / "assets.json").write_text(assets)
    assert create_app(settings).test_client().get("/").get_json()["code"] == "client_damaged"


def test_a_file_of_the_client_that_is_gone_counts_as_damage(settings: Settings) -> None:
    (settings.built / "chunk-BBBB.js").unlink()
    assert create_app(settings).test_client().get("/").get_json()["code"] == "client_damaged"


def test_the_page_is_asked_after_again_and_answered_shortly_when_it_is_the_same(app: Flask) -> None:
    first = app.test_client().get("/")
    assert first.headers["Cache-Control"] == "no-cache"
    again = app.test_client().get("/", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
