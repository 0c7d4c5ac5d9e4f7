"""Signing up: with a passkey, with a recovery token, with both; at once or not at all."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import pytest

from pwa.base64url import to_base64url
from tests.accounts.authenticator import Lies
from tests.accounts.phone import Phone, code_of, recovery_token
from tests.sync.made import Vault, edit, first_part, written

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from pwa.sync.revisions import Sent as SentRevision

BUSY_SECONDS = 120


@pytest.mark.parametrize("has_prf", [True, False])
def test_a_passkey_signs_up_and_its_phone_is_signed_in(app: Flask, *, has_prf: bool) -> None:
    phone = Phone(app, has_prf=has_prf)
    answer = phone.sign_up(recovery=recovery_token())
    assert answer.status_code == 201, answer.text
    account = phone.account()
    assert account["created_on"] == "2026-05-14"
    assert (account["recovery"], account["proved"], len(account["passkeys"])) == (True, True, 1)


def test_a_passkey_alone_is_enough(phone: Phone) -> None:
    assert phone.sign_up().status_code == 201
    assert phone.account()["recovery"] is False


def test_a_browser_without_passkeys_signs_up_with_the_code_alone(phone: Phone, other_phone: Phone) -> None:
    token = recovery_token()
    assert phone.sign_up_with_code(token).status_code == 201
    assert phone.account()["passkeys"] == []
    assert other_phone.sign_in_with_code(token).status_code == 201
    assert other_phone.account()["session"] != phone.account()["session"]


def test_options_ask_for_a_verified_person_and_a_passkey_found_without_a_name(phone: Phone) -> None:
    options = phone.challenge("sign-up")["publicKey"]
    assert options["rp"] == {"id": "localhost", "name": "Cairn"}
    assert options["user"]["name"] == options["user"]["displayName"] == "Cairn"
    assert options["authenticatorSelection"] == {
        "residentKey": "required",
        "requireResidentKey": True,
        "userVerification": "required",
    }
    assert options["attestation"] == "none"


@pytest.mark.parametrize(
    "lies",
    [
        Lies(origin="https://evil.example"),
        Lies(origin="http://localhost:9999"),
        Lies(rp_id="evil.example"),
        Lies(user_verified=False),
        Lies(type="webauthn.get"),
        Lies(client_data={"crossOrigin": True}),
        Lies(client_data={"crossOrigin": "no"}),
        Lies(client_data={"topOrigin": "https://evil.example"}),
        Lies(client_data={"challenge": "AAAA"}),
    ],
)
def test_a_passkey_that_does_not_hold_makes_no_account(
    phone: Phone, rows: Callable[[], dict[str, int]], lies: Lies
) -> None:
    answer = phone.sign_up(lies)
    assert (answer.status_code, code_of(answer)) == (400, "passkey_refused")
    assert set(rows().values()) == {0}


def test_fifty_sign_ups_at_once_with_one_code_make_one_account(app: Flask, rows: Callable[[], dict[str, int]]) -> None:
    token = recovery_token()
    codes: list[str] = []

    def sign_up() -> None:
        answer = Phone(app).sign_up_with_code(token)
        until = time.monotonic() + BUSY_SECONDS
        while answer.status_code == 503 and time.monotonic() < until:  # told to come back later
            answer = Phone(app).sign_up_with_code(token)
        codes.append("made" if answer.status_code == 201 else code_of(answer))

    _all_at_once(sign_up, 50)
    assert sorted(codes) == ["code_taken"] * 49 + ["made"]
    assert (rows()["account"], rows()["recovery"], rows()["account_session"]) == (1, 1, 1)


def test_one_captured_sign_up_sent_fifty_times_at_once_makes_one_account(
    app: Flask, rows: Callable[[], dict[str, int]]
) -> None:
    phone = Phone(app)
    asked = phone.challenge("sign-up")
    body = {"challenge": asked["challenge"], "passkey": phone.authenticator.make(asked["publicKey"])}
    body["space"] = first_part(Vault())
    cookies, token = phone.cookies(), phone.token
    codes: list[int] = []

    def sign_up() -> None:
        copy = Phone(app, token=token)
        copy.browser.set_cookie("session", cookies["session"])
        codes.append(copy.ask("POST", "/account", body).status_code)

    _all_at_once(sign_up, 50)
    assert codes.count(201) <= 1, "a busy database may have refused the only one"
    assert set(codes) <= {201, 400, 503}
    assert rows()["account"] == codes.count(201)


@pytest.fixture
def vault() -> Vault:
    return Vault()


def test_the_vault_comes_with_the_account_as_it_was_sent(phone: Phone, vault: Vault) -> None:
    entry = vault.entry()
    assert phone.sign_up(space=first_part(vault, entry=entry)).status_code == 201
    assert phone.ask("GET", "/spaces").get_json() == {"spaces": [to_base64url(vault.space)]}
    page = phone.ask("GET", f"/spaces/{to_base64url(vault.space)}/roll").get_json()
    assert [{name: row[name] for name in written(entry)} for row in page["revisions"]] == [written(entry)]
    assert page["revisions"][0]["received_on"] == "2026-05-14"


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda vault, _entry: edit(1, space=vault.space), "wrong_roll"),
        (lambda vault, _entry: vault.entry_of(b"no roll"), "wrong_roll"),
        (lambda vault, entry: vault.entry(entry), "roll_moved"),
        (lambda _vault, entry: entry._replace(signature=bytes(64)), "wrong_signature"),
        (lambda _vault, entry: entry._replace(blob=b"{}"), "wrong_id"),
        (lambda _vault, _entry: Vault(b"another's space!").entry(), "wrong_space"),
    ],
)
def test_a_first_entry_that_does_not_hold_makes_no_account(
    phone: Phone,
    vault: Vault,
    rows: Callable[[], dict[str, int]],
    spoil: Callable[[Vault, SentRevision], SentRevision],
    reason: str,
) -> None:
    answer = phone.sign_up(space=first_part(vault, entry=spoil(vault, vault.entry())))
    assert (answer.status_code, code_of(answer), answer.get_json()["reason"]) == (400, "entry_refused", reason)
    assert set(rows().values()) == {0}
    assert code_of(phone.ask("GET", "/account")) == "signed_out"


@pytest.mark.parametrize("part", [None, [], {}, {"id": "AAAA"}, {"id": 5, "entry": {}}, {"id": "AAAA", "entry": None}])
def test_a_space_of_another_form_makes_no_account(
    phone: Phone, rows: Callable[[], dict[str, int]], part: object
) -> None:
    assert code_of(phone.sign_up(space=part)) == "body_refused"
    assert set(rows().values()) == {0}


def test_a_space_that_is_there_is_nobody_elses(phone: Phone, other_phone: Phone, vault: Vault) -> None:
    part = first_part(vault)
    assert phone.sign_up(space=part).status_code == 201
    answer = other_phone.sign_up(space=part)
    assert (answer.status_code, code_of(answer)) == (409, "space_taken")
    assert code_of(other_phone.ask("GET", "/account")) == "signed_out"
    assert phone.ask("GET", "/spaces").get_json()["spaces"] == [to_base64url(vault.space)]


def test_the_vault_goes_with_the_account(phone: Phone, rows: Callable[[], dict[str, int]]) -> None:
    phone.sign_up()
    assert rows()["revision"] == rows()["space"] == rows()["account_space"] == 1
    assert phone.ask("DELETE", "/account").status_code == 204
    assert set(rows().values()) == {0}


def _all_at_once(act: Callable[[], None], times: int) -> None:
    threads = [threading.Thread(target=act) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
