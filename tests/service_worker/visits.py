"""What a person and a browser do, for the worker's tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

    from tests.service_worker.origin import Origin


def already_has_version_one(phone: BrowserContext, origin: Origin) -> Page:
    """Open the app for the first time and wait until it is kept."""
    page = phone.new_page()
    page.goto(origin.url)
    becomes(page, "() => navigator.serviceWorker.controller !== null", expected=True)
    return page


def look_for_update(page: Page) -> str:
    """Ask for a new version and wait for its end: installed, redundant, refused, or nothing new."""
    ended: str = page.evaluate("""async () => {
        const registration = await navigator.serviceWorker.getRegistration();
        try { await registration.update(); } catch { return "refused"; }
        const worker = registration.installing ?? registration.waiting;
        if (worker === null) return "nothing new";
        return new Promise((resolve) => {
            const tell = () => { if (worker.state !== "installing") resolve(worker.state); };
            worker.addEventListener("statechange", tell);
            tell();
        });
    }""")
    return ended


def kept_files(page: Page) -> set[str]:
    """Paths of all files in all caches."""
    urls: list[str] = page.evaluate("""async () => {
        const caches_ = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
        const kept = await Promise.all(caches_.map((cache) => cache.keys()));
        return kept.flat().map((request) => new URL(request.url).pathname);
    }""")
    return set(urls)


def forget(page: Page, path: str) -> None:
    """Lose one file from the cache, as a browser short of space or a broken disk might."""
    lose = """async (path) => {
        const cache = await caches.open((await caches.keys())[0]);
        const requests = await cache.keys();
        for (const request of requests) if (new URL(request.url).pathname === path) await cache.delete(request);
    }"""
    page.evaluate(lose, path)


def shows(page: Page, version: str) -> None:
    expect(page.locator("h1")).to_have_text(version)
    expect(page.locator("h1")).to_have_css("color", "rgb(1, 2, 3)")


def becomes(page: Page, question: str, *, expected: bool) -> None:
    """Ask the page until the answer is as expected; fail after five seconds."""
    for _ in range(250):
        if page.evaluate(question) == expected:
            return
        page.wait_for_timeout(20)
    pytest.fail(f"never {expected}: {question}")


def open_cold(phone: BrowserContext, origin: Origin, path: str = "/") -> Page:
    """Close every tab, then open the app anew."""
    for page in phone.pages:
        page.close()
    page = phone.new_page()
    page.goto(origin.url + path)
    return page
