"""The steps between a site and a passkey, one at a time, by any page: as the app takes them, or as another would.

https://www.w3.org/TR/webauthn-3/#sctn-rp-operations
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Frame, Page

    Place = Page | Frame

NAMED_SECONDS = 60
ASK = """async ([method, path, body]) => {
  const { csrf } = await (await fetch("/api/v1/csrf")).json();
  const headers = { "Content-Type": "application/json", "X-CSRFToken": csrf };
  const sent = body === null ? {} : { body: JSON.stringify(body) };
  const answer = await fetch("/api/v1" + path, { method, headers, ...sent });
  const text = await answer.text();
  return [answer.status, text === "" ? null : JSON.parse(text)];
}"""
SHOW = """async (asked) => {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(asked);
  const { id, rawId, type, response } = (await navigator.credentials.get({ publicKey })).toJSON();
  return { id, rawId, type, response };
}"""
MAKE = """async (asked) => {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(asked);
  const { id, rawId, type, response } = (await navigator.credentials.create({ publicKey })).toJSON();
  const { clientDataJSON, attestationObject } = response;
  return { id, rawId, type, response: { clientDataJSON, attestationObject } };
}"""


def ask(place: Place, method: str, path: str, body: object = None) -> tuple[int, Any]:
    """Send a request to the interface with a fresh token; return the status and what was answered."""
    status, answered = place.evaluate(ASK, [method, path, body])
    return status, answered


def challenge_for(place: Place, purpose: str) -> dict[str, Any]:
    """Return the browser's options of a new challenge."""
    status, asked = ask(place, "POST", "/challenges", {"purpose": purpose})
    assert status == 201, asked
    options: dict[str, Any] = asked["publicKey"]
    return options


def show_passkey(place: Place, options: dict[str, Any]) -> dict[str, Any]:
    """Have the browser ask for a passkey; return what is sent to the site."""
    return _sent(options, place.evaluate(SHOW, options))


def make_passkey(place: Place, options: dict[str, Any]) -> dict[str, Any]:
    """Have the browser make a passkey, also where it has one of this account; return what is sent to the site."""
    return _sent(options, place.evaluate(MAKE, {**options, "excludeCredentials": []}))


def everything_of_the_account(place: Place) -> list[Any]:
    """Return all that the site says of the account: its ways in, its phones, its session."""
    return [ask(place, "GET", path) for path in ("/account", "/sessions", "/spaces")]


def waits_until_the_phone_is_named(place: Place) -> None:
    """Wait until the site's list has a name for this phone: the last that the app sends by itself after signing in."""
    until = time.monotonic() + NAMED_SECONDS
    while True:
        status, listed = ask(place, "GET", "/sessions")
        assert status == 200, listed
        if all(each["label"] is not None for each in listed["sessions"] if each["current"]):
            return
        assert time.monotonic() < until, "The phone was not named."
        place.wait_for_timeout(50)


def _sent(options: dict[str, Any], passkey: dict[str, Any]) -> dict[str, Any]:
    return {"challenge": options["challenge"], "passkey": passkey}
