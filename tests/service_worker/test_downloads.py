"""A version is kept whole or not at all, whatever the network does."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.service_worker import origin as faults
from tests.service_worker.origin import ALL_FAULTS
from tests.service_worker.visits import already_has_version_one, becomes, kept_files, look_for_update, open_cold, shows

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext

    from tests.service_worker.origin import Fault, Origin, Version

ASKED_SECONDS = 30


def test_first_visit_keeps_the_app_and_does_not_reload(phone: BrowserContext, origin: Origin) -> None:
    page = already_has_version_one(phone, origin)
    shows(page, "one")
    page.wait_for_timeout(300)
    expect(page.locator("output")).to_have_text("opened 1")
    expect(page.locator("button")).to_be_hidden()
    assert kept_files(page) == set(origin.version.files)


def test_first_visit_sends_each_file_once(phone: BrowserContext, origin: Origin) -> None:
    already_has_version_one(phone, origin)
    built = [path for path in origin.sent if "/built/" in path]
    assert sorted(built) == sorted(path for path in origin.version.files if "/built/" in path)


@pytest.mark.parametrize("path", ["/", "/diary/2026-02-28", "/?from=home-screen", "/plans/goals/abc#next", "/nowhere"])
def test_app_opens_cold_with_the_server_gone(phone: BrowserContext, origin: Origin, path: str) -> None:
    already_has_version_one(phone, origin)
    origin.stop()
    page = open_cold(phone, origin, path)
    shows(page, "one")
    assert page.url == origin.url + path


@pytest.mark.parametrize("fault", ALL_FAULTS)
def test_first_visit_with_a_spoilt_file_keeps_nothing_and_still_shows_the_app(
    phone: BrowserContext, origin: Origin, fault: Fault
) -> None:
    origin.faults["/static/built/later-one.js"] = fault
    page = phone.new_page()
    page.goto(origin.url)
    shows(page, "one")
    until = time.monotonic() + ASKED_SECONDS
    while "/static/built/later-one.js" not in origin.asked:
        assert time.monotonic() < until, "The worker did not ask for it."
        page.wait_for_timeout(20)
    registered = "() => navigator.serviceWorker.getRegistration().then((registration) => registration !== undefined)"
    becomes(page, registered, expected=False)
    assert page.evaluate("() => navigator.serviceWorker.controller") is None


@pytest.mark.parametrize("fault", ALL_FAULTS)
def test_version_with_one_spoilt_file_never_runs(
    phone: BrowserContext, origin: Origin, release: Callable[[str], Version], fault: Fault
) -> None:
    page = already_has_version_one(phone, origin)
    origin.version = release("two")
    origin.faults["/static/built/later-two.js"] = fault
    assert look_for_update(page) == "redundant"
    expect(page.locator("button")).to_be_hidden()
    shows(open_cold(phone, origin), "one")
    origin.stop()
    page = open_cold(phone, origin)
    shows(page, "one")
    assert page.evaluate("() => import('/static/built/later-one.js').then((module) => module.default)") == "one"

    origin.start()
    origin.faults.clear()
    assert look_for_update(page) == "installed", "the same version, whole this time, is welcome"


def test_portal_that_answers_for_every_file_changes_nothing(
    phone: BrowserContext, origin: Origin, release: Callable[[str], Version]
) -> None:
    page = already_has_version_one(phone, origin)
    origin.version = release("two")
    origin.faults["*"] = faults.portal
    assert look_for_update(page) == "redundant"
    page.reload()
    shows(page, "one")
    assert kept_files(page) == set(release("one").files)
    origin.faults["/service-worker.js"] = faults.portal
    assert look_for_update(page) == "refused"
    page.reload()
    shows(page, "one")


def test_worker_whose_list_was_not_filled_in_is_refused(
    phone: BrowserContext, origin: Origin, worker_script: str
) -> None:
    page = already_has_version_one(phone, origin)
    origin.faults["/service-worker.js"] = lambda _: faults.Answer(worker_script.encode(), "text/javascript")
    assert look_for_update(page) == "refused"
    page.reload()
    shows(page, "one")


def test_server_gone_in_the_middle_of_a_download_leaves_the_old_version(
    phone: BrowserContext, origin: Origin, release: Callable[[str], Version]
) -> None:
    page = already_has_version_one(phone, origin)
    origin.version = release("two")
    origin.gone_after = "/static/built/app-two.js"
    assert look_for_update(page) == "redundant"
    shows(open_cold(phone, origin), "one")
    page = open_cold(phone, origin, "/check-in")
    shows(page, "one")

    origin.gone_after = None
    origin.start()
    origin.asked.clear()
    assert look_for_update(page) == "installed"
    assert "/static/built/app-two.js" not in origin.asked, "what is here already is not fetched again"
