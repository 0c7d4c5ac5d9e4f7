"""A browser with Background Sync wakes the worker: what waits is sent while nobody looks; and in vain, once only."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from e2e.kept_safe import NOTE, keeps_it_safe, writes

if TYPE_CHECKING:
    from e2e.person import Person
    from e2e.phone import Phone
    from e2e.server import Server

LIES_BEHIND = """() => {
  Object.defineProperty(document, "visibilityState", { get: () => "hidden" });
  document.dispatchEvent(new Event("visibilitychange"));
}"""
FEW = 12
# That nothing comes cannot be waited for. A page that is looked at asks again 2.5 to 5 s after the site did not answer.
A_WHILE = 6_000
REGISTERED = 4.0


def test_what_waits_is_sent_when_the_browser_wakes_the_app_and_nobody_looks(
    already_has_a_diary: Person, own_server: Server
) -> None:
    person = already_has_a_diary
    lets_the_site_be_woken(person.phone, own_server)
    waits_with_a_note(person, own_server)
    person.page.evaluate(LIES_BEHIND)
    own_server.start()
    person.page.wait_for_timeout(A_WHILE)
    person.sees("lives.waiting")
    wakes_the_worker(person.phone)
    person.sees("lives.backed-up")
    person.does_not_see("lives.waiting")


def test_while_the_site_is_away_a_browser_that_wakes_at_once_does_not_keep_the_app_asking(
    already_has_a_diary: Person, own_server: Server
) -> None:
    person = already_has_a_diary
    lets_the_site_be_woken(person.phone, own_server)
    asked: list[str] = []
    person.phone.context.on("request", lambda request: asked.append(request.url))
    waits_with_a_note(person, own_server)
    asked.clear()
    person.page.wait_for_timeout(A_WHILE)
    assert len([address for address in asked if "/api/" in address]) < FEW
    own_server.start()
    person.opens("/")
    person.sees("lives.backed-up")
    person.sees_text_once(NOTE)


def lets_the_site_be_woken(phone: Phone, server: Server) -> None:
    """Give the site what people's browsers give it without asking."""
    phone.context.grant_permissions(["background-sync"], origin=server.address)


def waits_with_a_note(person: Person, server: Server) -> None:
    """Keep the diary safe, and write with the site away."""
    keeps_it_safe(person)
    person.phone.waits_until_the_app_is_kept()
    server.stop()
    writes(person, NOTE)
    person.opens("/")
    person.sees("lives.waiting")


def wakes_the_worker(phone: Phone) -> None:
    """Have the browser say that there is a network: its own event, for what the app asked under."""
    session = phone.context.new_cdp_session(phone.front)
    registrations: list[str] = []
    session.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda told: registrations.extend(each["registrationId"] for each in told["registrations"]),
    )
    session.send("ServiceWorker.enable")
    until = time.monotonic() + REGISTERED
    while not registrations and time.monotonic() < until:
        phone.front.wait_for_timeout(50)
    assert registrations, "The browser tells of no worker."
    wanted = {"origin": phone.server.address, "registrationId": registrations[0], "tag": "cairn-send"}
    session.send("ServiceWorker.dispatchSyncEvent", {**wanted, "lastChance": False})
