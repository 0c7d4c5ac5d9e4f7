"""What other sites may not do: every unsafe route of the URL map, as a page elsewhere would ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.accounts.phone import API, Phone, code_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Flask
    from werkzeug.test import TestResponse

UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}


def unsafe_routes(app: Flask) -> Iterator[tuple[str, str]]:
    for rule in app.url_map.iter_rules():
        path = rule.rule
        for name in rule.arguments:
            path = path.replace(f"<{name}>", "AAAA")
        for method in sorted(UNSAFE & (rule.methods or set())):
            yield method, path


@pytest.fixture
def refused(signed_up: Phone, app: Flask) -> Callable[..., None]:
    """Ask every unsafe route in one way, and hold that each answers with one code and changes nothing."""

    def hold(code: str, headers: dict[str, str | None], body: str = "{}", media_type: str = "application/json") -> None:
        own = {"Sec-Fetch-Site": "same-origin", "X-CSRFToken": signed_up.token} | headers
        sent = {name: value for name, value in own.items() if value is not None}
        count = 0
        for method, path in unsafe_routes(app):
            answer: TestResponse = signed_up.browser.open(
                path, method=method, headers=sent, data=body, content_type=media_type
            )
            assert code_of(answer) == code, (method, path, answer.text)
            count += 1
        assert count >= 11
        assert signed_up.account()["proved"] is True

    return hold


def test_no_route_is_reached_without_a_token(refused: Callable[..., None]) -> None:
    refused("csrf_refused", {"X-CSRFToken": None})


def test_no_route_is_reached_with_anothers_token(refused: Callable[..., None], other_phone: Phone) -> None:
    other_phone.ask("GET", "/csrf")
    refused("csrf_refused", {"X-CSRFToken": other_phone.token})


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_no_route_takes_other_than_json(refused: Callable[..., None], media_type: str) -> None:
    refused("json_only", {}, media_type=media_type)


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none", "", "nonsense"])
def test_no_route_is_reached_from_another_site(refused: Callable[..., None], site: str) -> None:
    refused("cross_site_refused", {"Sec-Fetch-Site": site})


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "https://localhost", "http://localhost:81"])
def test_without_fetch_metadata_the_origin_decides(refused: Callable[..., None], origin: str) -> None:
    refused("cross_site_refused", {"Sec-Fetch-Site": None, "Origin": origin})


def test_the_own_origin_is_let_through(signed_up: Phone) -> None:
    headers = {"X-CSRFToken": signed_up.token, "Origin": "http://localhost"}
    assert signed_up.browser.delete(f"{API}/sessions/current", headers=headers).status_code == 204


def test_what_is_read_is_not_for_other_sites_either(signed_up: Phone) -> None:
    for path in ("/account", "/sessions", "/csrf"):
        answer = signed_up.ask("GET", path, headers={"Sec-Fetch-Site": "cross-site"})
        assert (answer.status_code, code_of(answer)) == (403, "cross_site_refused")
        assert signed_up.ask("GET", path, headers={"Sec-Fetch-Site": "none"}).status_code == 200


def test_nobody_reaches_anything_of_an_account(phone: Phone, app: Flask) -> None:
    phone.ask("GET", "/csrf")
    open_to_all = {"csrf", "make_challenge", "sign_up", "sign_in", "end_own_session"}
    count = 0
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("accounts.") and rule.endpoint.removeprefix("accounts.") not in open_to_all:
            path = rule.rule.removeprefix(API).replace("<passkey>", "AAAA").replace("<phone>", "AAAA")
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
                body: object = None if method in {"GET", "DELETE"} else {}
                assert code_of(phone.ask(method, path, body)) == "signed_out", (method, path)
                count += 1
    assert count == 10
