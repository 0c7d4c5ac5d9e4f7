"""A new version waits, then takes over every tab, and no draft is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.service_worker import origin as faults
from tests.service_worker.visits import already_has_version_one, kept_files, look_for_update, open_cold, shows

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext

    from tests.service_worker.origin import Origin, Version


def test_new_version_waits_then_takes_over_all_tabs_and_no_draft_is_lost(
    phone: BrowserContext, origin: Origin, release: Callable[[str], Version]
) -> None:
    here = already_has_version_one(phone, origin)
    there = phone.new_page()
    there.goto(f"{origin.url}/check-in")
    origin.version = release("two")
    assert look_for_update(here) == "installed"
    here.locator("textarea").fill("written here")
    there.locator("textarea").fill("written there")

    expect(here.locator("button")).to_be_visible()
    expect(there.locator("button")).to_be_visible()
    here.wait_for_timeout(300)
    for tab in (here, there):
        shows(tab, "one")
        expect(tab.locator("output")).to_have_text("opened 1")
    assert kept_files(here) == set(release("one").files) | set(release("two").files), "the old one loses nothing yet"

    here.locator("button").click()
    for tab in (here, there):
        shows(tab, "two")
    here.wait_for_timeout(300)
    for tab, text in ((here, "written here"), (there, "written there")):
        expect(tab.locator("textarea")).to_have_value(text)
        expect(tab.locator("output")).to_have_text("opened 2")
        expect(tab.locator("button")).to_be_hidden()
    assert there.url == f"{origin.url}/check-in"
    assert kept_files(here) == set(release("two").files)
    origin.stop()
    shows(open_cold(phone, origin), "two")


def test_tab_that_was_not_asked_keeps_its_draft_all_the_same(
    phone: BrowserContext, origin: Origin, release: Callable[[str], Version]
) -> None:
    page = already_has_version_one(phone, origin)
    origin.version = release("two")
    assert look_for_update(page) == "installed"
    page.locator("textarea").fill("written in a tab that slept")
    page.evaluate("""() => navigator.serviceWorker.getRegistration().then((registration) => {
        registration.waiting.postMessage({ type: "take-over" });
    })""")
    shows(page, "two")
    expect(page.locator("textarea")).to_have_value("written in a tab that slept")
    expect(page.locator("output")).to_have_text("opened 2")


def test_new_version_stays_out_while_another_tab_cannot_keep_its_draft(
    phone: BrowserContext, origin: Origin, release: Callable[[str], Version]
) -> None:
    here = already_has_version_one(phone, origin)
    there = phone.new_page()
    there.goto(origin.url)
    there.locator("textarea").fill("too much")
    origin.version = release("two")
    assert look_for_update(here) == "installed"
    here.locator("button").click()
    expect(here.locator("button")).to_have_attribute("value", "drafts-not-kept")
    here.wait_for_timeout(300)
    for tab in (here, there):
        shows(tab, "one")
        expect(tab.locator("output")).to_have_text("opened 1")
    expect(there.locator("textarea")).to_have_value("too much")

    there.locator("textarea").fill("shorter")
    here.locator("button").click()
    for tab in (here, there):
        shows(tab, "two")
    expect(there.locator("textarea")).to_have_value("shorter")


def test_take_over_does_not_rob_the_version_that_is_downloading(
    phone: BrowserContext, origin: Origin, release: Callable[[str], Version]
) -> None:
    page = already_has_version_one(phone, origin)
    origin.version = release("two")
    assert look_for_update(page) == "installed"
    origin.version = release("three")
    late = "/static/built/later-three.js"
    gate = faults.Gate()
    origin.faults[late] = gate
    page.evaluate("() => navigator.serviceWorker.getRegistration().then((registration) => registration.update())")
    assert gate.reached.wait(10)
    page.locator("button").click()
    shows(page, "two")
    page.wait_for_timeout(300)
    gate.opened.set()
    expect(page.locator("button")).to_be_visible()
    origin.stop()
    page.locator("button").click()
    shows(page, "three")
    assert kept_files(page) == set(release("three").files), "whole, and the older ones' files are gone at last"
    shows(open_cold(phone, origin), "three")
