"""Sessions: renewed at each sign-in and proof, listed, ended from here and from elsewhere."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

import pwa
from pwa.base64url import from_base64url, to_base64url
from pwa.database import Base, db
from tests.accounts.phone import API, Phone, code_of, recovery_token

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from pwa.config import Settings
    from tests.accounts.conftest import Clock


def answer_to(phone: Phone, cookies: dict[str, str]) -> str:
    """Return what somebody with these cookies is told."""
    other = phone.app.test_client()
    for name, value in cookies.items():
        other.set_cookie(name, value)
    answer = other.get(f"{API}/account")
    return "welcome" if answer.status_code == 200 else code_of(answer)


def test_a_planted_cookie_is_not_taken_on(phone: Phone, code: str) -> None:
    planted = to_base64url(b"planted by somebody else before!")
    phone.browser.set_cookie("account", planted)
    phone.sign_up(recovery=code)
    assert phone.cookies()["account"] != planted
    assert answer_to(phone, {"account": planted}) == "signed_out"


def test_the_browsers_own_cookie_is_renewed_at_sign_in(phone: Phone, code: str) -> None:
    phone.ask("GET", "/csrf")
    before, token = phone.cookies()["session"], phone.token
    phone.sign_up_with_code(code)
    assert phone.token != token
    phone.browser.set_cookie("session", before)
    answer = phone.ask("DELETE", "/sessions/current", headers={"X-CSRFToken": phone.token})
    assert code_of(answer) == "csrf_refused"


@pytest.mark.parametrize("step", ["sign_in", "prove"])
def test_the_old_token_is_worth_nothing_after(signed_up: Phone, step: str) -> None:
    old = signed_up.cookies()
    assert getattr(signed_up, step)().status_code == 201
    assert answer_to(signed_up, old) == "signed_out"
    assert answer_to(signed_up, signed_up.cookies()) == "welcome"


def test_a_sign_in_to_another_account_ends_the_session_that_was_there(signed_up: Phone, other_phone: Phone) -> None:
    other_code = recovery_token()
    other_phone.sign_up_with_code(other_code)
    old = signed_up.cookies()
    signed_up.sign_in_with_code(other_code)
    assert answer_to(signed_up, old) == "signed_out"


def test_a_proof_keeps_the_session_and_its_label(signed_up: Phone) -> None:
    before = signed_up.account()["session"]
    label = to_base64url(b"sealed by the phone")
    assert signed_up.ask("PATCH", f"/sessions/{before}", {"label": label}).status_code == 204
    signed_up.prove()
    assert signed_up.account()["session"] == before
    [only] = signed_up.ask("GET", "/sessions").get_json()["sessions"]
    assert only == {
        "id": before,
        "label": label,
        "created_on": "2026-05-14",
        "seen_on": "2026-05-14",
        "current": True,
    }


def test_signing_out_ends_the_token_and_takes_no_storage(signed_up: Phone) -> None:
    old = signed_up.cookies()
    answer = signed_up.ask("DELETE", "/sessions/current")
    assert answer.status_code == 204
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert signed_up.cookies() == {}
    assert answer_to(signed_up, old) == "signed_out"


def test_signing_out_again_is_no_error(signed_up: Phone) -> None:
    signed_up.ask("DELETE", "/sessions/current")
    signed_up.ask("GET", "/csrf")
    assert signed_up.ask("DELETE", "/sessions/current").status_code == 204


def test_a_phone_is_signed_out_from_another(signed_up: Phone, other_phone: Phone, code: str) -> None:
    other_phone.sign_in_with_code(code)
    lost = signed_up.account()["session"]
    assert [each["current"] for each in other_phone.ask("GET", "/sessions").get_json()["sessions"]].count(True) == 1
    answer = other_phone.ask("DELETE", f"/sessions/{lost}")
    assert answer.status_code == 204
    assert "Clear-Site-Data" not in answer.headers
    assert code_of(signed_up.ask("GET", "/account")) == "signed_out"
    assert len(other_phone.ask("GET", "/sessions").get_json()["sessions"]) == 1


def test_ending_ones_own_session_by_its_id_is_signing_out(signed_up: Phone) -> None:
    answer = signed_up.ask("DELETE", f"/sessions/{signed_up.account()['session']}")
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert signed_up.cookies() == {}


def test_anothers_session_is_not_there(signed_up: Phone, other_phone: Phone) -> None:
    other_phone.sign_up()
    theirs = signed_up.account()["session"]
    assert code_of(other_phone.ask("DELETE", f"/sessions/{theirs}")) == "not_found"
    assert code_of(other_phone.ask("PATCH", f"/sessions/{theirs}", {"label": None})) == "not_found"
    assert code_of(other_phone.ask("DELETE", "/sessions/not!base64")) == "not_found"
    assert signed_up.account()["session"] == theirs


def test_a_visit_puts_the_end_off_and_none_lets_it_come(signed_up: Phone, clock: Clock) -> None:
    clock.go_on(days=89)
    assert signed_up.ask("GET", "/sessions").get_json()["sessions"][0]["seen_on"] == "2026-08-11"
    clock.go_on(days=89)
    assert signed_up.account()
    clock.go_on(days=91)
    assert code_of(signed_up.ask("GET", "/account")) == "signed_out"


def test_sign_ins_that_led_nowhere_leave_one_session_that_is_listed_until_it_ends(
    signed_up: Phone, other_phone: Phone, clock: Clock, code: str, rows: Callable[[], dict[str, int]]
) -> None:
    for _ in range(3):  # the same browser, that could not open the diary and tried again
        other_phone.sign_in_with_code(code)
    listed = [each["id"] for each in signed_up.ask("GET", "/sessions").get_json()["sessions"]]
    assert len(listed) == 2
    for days in (80, 11):
        clock.go_on(days=days)
        own = signed_up.account()["session"]
    assert [each["id"] for each in signed_up.ask("GET", "/sessions").get_json()["sessions"]] == [own]
    assert rows()["account_session"] == 2, "it goes for good with the next sign-in, or with the operator's prune"
    Phone(signed_up.app).sign_in_with_code(code)
    assert rows()["account_session"] == 2


def test_after_a_year_it_ends_in_any_case(signed_up: Phone, clock: Clock) -> None:
    for _ in range(12):
        clock.go_on(days=30)
        assert signed_up.account()
    clock.go_on(days=6)
    assert code_of(signed_up.ask("GET", "/account")) == "signed_out"


@pytest.mark.parametrize("cookie", ["", "x", "!!!!", "A" * 43, "A" * 3000, "ä"])
def test_a_cookie_that_is_none_of_ours_is_signed_out(phone: Phone, cookie: str) -> None:
    assert answer_to(phone, {"account": cookie}) == "signed_out"


def test_tables_hold_no_token(signed_up: Phone, code: str) -> None:
    signed_up.challenge("sign-in")
    with signed_up.app.app_context(), db.engine.connect() as connection:
        held = str([connection.execute(table.select()).all() for table in Base.metadata.sorted_tables])
    for secret in (signed_up.cookies()["account"], code):
        raw = from_base64url(secret)
        assert not any(form in held for form in (secret, raw.hex(), str(raw)[2:-1]))


def test_behind_tls_cookies_are_for_this_host_and_https_alone(settings: Settings, clock: Clock) -> None:
    app = pwa.create_app(
        replace(settings, behind_tls=True, trusted_hosts=("localhost", "cairn.example.org")), clock=clock
    )
    phone = Phone(app, origin="https://cairn.example.org")
    answer = phone.sign_up(recovery=recovery_token())
    assert answer.status_code == 201, answer.text
    given = answer.headers.getlist("Set-Cookie")
    assert {each.partition("=")[0] for each in given} == {"__Host-account", "__Host-session"}
    for each in given:
        parts = {part.strip() for part in each.split(";")[1:]}
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Strict"} <= parts
        assert not any(part.startswith("Domain") for part in parts)
    with app.app_context():
        db.engine.dispose()


def test_what_only_reads_locks_nobody_out(signed_up: Phone, app: Flask) -> None:
    with app.app_context(), db.engine.begin() as writing:
        writing.execute(Base.metadata.tables["challenge"].delete())
        assert signed_up.account()
        assert signed_up.ask("GET", "/sessions").status_code == 200
