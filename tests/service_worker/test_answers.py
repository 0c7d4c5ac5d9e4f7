"""What the worker answers, what it leaves alone, and what it refuses."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Error, expect

from tests.service_worker.origin import ALL_FAULTS
from tests.service_worker.visits import already_has_version_one, forget, kept_files, open_cold, shows

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext

    from tests.service_worker.origin import Fault, Origin, Version


def test_unknown_address_is_the_servers_while_there_is_one(phone: BrowserContext, origin: Origin) -> None:
    page = already_has_version_one(phone, origin)
    page.goto(f"{origin.url}/nowhere")
    expect(page.locator("h1")).to_have_text("the server knows no such page")
    assert kept_files(page) == set(origin.version.files)


@pytest.mark.parametrize("path", ["/api/v1/diary", "/healthz", "/readyz"])
def test_servers_own_addresses_are_neither_answered_nor_kept(phone: BrowserContext, origin: Origin, path: str) -> None:
    page = already_has_version_one(phone, origin)
    with page.expect_response(origin.url + path) as fetched:
        assert page.evaluate("(path) => fetch(path).then((answer) => answer.text())", path) == "the server itself"
    assert not fetched.value.from_service_worker
    assert path not in kept_files(page)
    origin.stop()
    with pytest.raises(Error, match="ERR_CONNECTION_REFUSED"):
        page.goto(origin.url + path)
    assert page.locator("textarea").count() == 0, "not the shell"


def test_file_with_a_query_is_another_file(phone: BrowserContext, origin: Origin) -> None:
    page = already_has_version_one(phone, origin)
    origin.asked.clear()
    page.evaluate("() => fetch('/static/icon.svg?size=2')")
    page.evaluate("() => fetch('/static/icon.svg')")
    assert origin.asked == ["/static/icon.svg?size=2"]
    assert kept_files(page) == set(origin.version.files)
    with pytest.raises(Error, match="Failed to fetch dynamically imported module"):
        page.evaluate("() => import('/static/built/later-one.js?other')")
    assert origin.asked == ["/static/icon.svg?size=2"], "a script that is not listed is not even asked for"


def test_file_lost_from_the_cache_comes_back_only_with_its_own_bytes(phone: BrowserContext, origin: Origin) -> None:
    page = already_has_version_one(phone, origin)
    style = "/static/built/app-one.css"
    for path in ("/", style, "/static/icon.svg"):
        forget(page, path)
    page.reload()
    shows(page, "one")
    page.evaluate("() => fetch('/static/icon.svg')")
    assert kept_files(page) == set(origin.version.files)
    origin.stop()
    shows(open_cold(phone, origin), "one")


@pytest.mark.parametrize("fault", ALL_FAULTS)
def test_file_lost_from_the_cache_is_not_replaced_by_others(
    phone: BrowserContext, origin: Origin, fault: Fault
) -> None:
    page = already_has_version_one(phone, origin)
    lost = {"/", "/static/built/app-one.css", "/static/icon.svg"}
    for path in lost:
        forget(page, path)
    origin.faults["*"] = fault
    picture_loads = """() => new Promise((resolve) => {
        const picture = new Image();
        picture.onload = () => resolve(true);
        picture.onerror = () => resolve(false);
        picture.src = "/static/icon.svg";
    })"""
    style_loads = """() => new Promise((resolve) => {
        const link = document.createElement("link");
        link.onload = () => resolve(true);
        link.onerror = () => resolve(false);
        link.rel = "stylesheet";
        link.href = "/static/built/app-one.css";
        document.head.append(link);
    })"""
    assert not page.evaluate(picture_loads)
    assert not page.evaluate(style_loads)
    assert kept_files(page) == set(origin.version.files) - lost
    with pytest.raises(Error, match="ERR_FAILED"):
        page.goto(origin.url)


def test_app_lost_from_the_cache_comes_back_as_the_servers_version(
    phone: BrowserContext, origin: Origin, release: Callable[[str], Version]
) -> None:
    page = already_has_version_one(phone, origin)
    page.evaluate("async () => { for (const name of await caches.keys()) await caches.delete(name) }")
    origin.version = release("two")
    with pytest.raises(Error, match="ERR_FAILED"):
        page.goto(origin.url)  # version one's page is nowhere to be had, and version two's is not its own
    for _ in range(10):  # the worker looks for its successor at once; a person tries again after a moment
        page.wait_for_timeout(1_000)
        with contextlib.suppress(Error):
            page.goto(origin.url)
            break
    shows(page, "two")
    origin.stop()
    shows(open_cold(phone, origin), "two")
