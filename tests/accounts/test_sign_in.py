"""Signing in, and proving it once more. Whoever is unknown gets what everybody gets."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event
from webauthn import verify_authentication_response

from pwa.accounts.identity import hash_of
from pwa.base64url import to_base64url
from pwa.database import db
from tests.accounts.authenticator import Lies
from tests.accounts.phone import Phone, code_of, recovery_token

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.test import TestResponse

    from tests.accounts.conftest import Clock

LIES = [
    Lies(origin="https://evil.example"),
    Lies(rp_id="evil.example"),
    Lies(user_verified=False),
    Lies(type="webauthn.create"),
    Lies(client_data={"crossOrigin": True}),
    Lies(client_data={"topOrigin": "https://evil.example"}),
    Lies(client_data={"challenge": "AAAA"}),
    Lies(signature=b"no signature"),
    Lies(user_handle=b"somebody else's."),
]


@pytest.mark.parametrize("has_prf", [True, False])
@pytest.mark.parametrize("counts", [True, False])
def test_a_passkey_signs_in_on_another_phone(app: Flask, *, has_prf: bool, counts: bool) -> None:
    phone = Phone(app, has_prf=has_prf, counts=counts)
    phone.sign_up()
    other = Phone(app)
    other.authenticator = phone.authenticator
    for _ in range(2):
        assert other.sign_in().status_code == 201
    assert other.account()["passkeys"] == phone.account()["passkeys"]


def test_anybody_is_asked_for_any_passkey(phone: Phone) -> None:
    options = phone.challenge("sign-in")["publicKey"]
    assert options["allowCredentials"] == []
    assert (options["rpId"], options["userVerification"]) == ("localhost", "required")


@pytest.mark.parametrize("lies", LIES)
def test_a_passkey_that_does_not_hold_signs_nobody_in(phone: Phone, lies: Lies) -> None:
    phone.sign_up()
    phone.ask("DELETE", "/sessions/current")
    phone.token = ""
    answer = phone.sign_in(lies)
    assert (answer.status_code, code_of(answer)) == (401, "not_recognised")
    assert code_of(phone.ask("GET", "/account")) == "signed_out"


@pytest.mark.parametrize("lies", LIES)
def test_a_passkey_that_does_not_hold_proves_nothing(phone: Phone, clock: Clock, lies: Lies) -> None:
    phone.sign_up()
    clock.go_on(minutes=6)
    assert code_of(phone.prove(lies)) == "not_recognised"
    assert phone.account()["proved"] is False


def test_a_copied_passkey_that_counts_back_is_refused(app: Flask) -> None:
    phone = Phone(app, counts=True)
    phone.sign_up()
    phone.sign_in()
    phone.authenticator.passkeys[0].sign_count -= 1
    assert code_of(phone.sign_in()) == "not_recognised"


def test_known_and_unknown_get_the_same_answer(phone: Phone, other_phone: Phone, app: Flask) -> None:
    """A passkey wrongly signed, one that was removed, one never seen, a code never seen: one answer for all."""
    phone.sign_up(recovery=recovery_token())
    never_seen = Phone(app)
    asked = never_seen.challenge("sign-up")["publicKey"]
    never_seen.authenticator.make(asked)
    removed = phone.account()["passkeys"][0]["id"]
    answers = [phone.sign_in(Lies(signature=b"no signature"))]
    phone.ask("DELETE", f"/passkeys/{removed}")
    answers += [phone.sign_in(), never_seen.sign_in(), other_phone.sign_in_with_code(recovery_token())]
    assert len({_without_instance(answer) for answer in answers}) == 1, [answer.text for answer in answers]
    assert answers[0].status_code == 401


@pytest.fixture
def done(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note the work of every request: each statement, each hash that is looked up, each signature that is checked."""
    done: list[str] = []

    def checking(**more: object) -> object:
        done.append("a signature was checked")
        return verify_authentication_response(**more)  # type: ignore[arg-type] # passed on as it came

    def hashing(token: bytes) -> bytes:
        done.append(f"{len(token)} bytes were hashed")
        return hash_of(token)

    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *told: done.append(told[2]))
    monkeypatch.setattr("pwa.accounts.ceremonies.verify_authentication_response", checking)
    for module in ("challenges", "sessions", "sign_in", "sign_up"):
        monkeypatch.setattr(f"pwa.accounts.{module}.hash_of", hashing)
    return done


def test_codes_that_open_nothing_are_the_same_work(app: Flask, phone: Phone, done: list[str]) -> None:
    """Never seen, of an account that is gone, replaced: each takes what a code that opens begins with."""
    replaced, gone, good = recovery_token(), recovery_token(), recovery_token()
    leaving = Phone(app)
    leaving.sign_up_with_code(gone)
    leaving.ask("DELETE", "/account")
    phone.sign_up_with_code(replaced)
    phone.ask("PUT", "/account/recovery", {"recovery": good})
    work = []
    for code in (recovery_token(), gone, replaced, good):
        stranger = Phone(app)
        asked = stranger.challenge("sign-in")
        done.clear()
        answer = stranger.ask("POST", "/sessions", {"challenge": asked["challenge"], "recovery": code})
        assert answer.status_code == (201 if code == good else 401)
        work.append([each for each in done if not each.startswith(("BEGIN", "COMMIT", "ROLLBACK"))])
    never_seen, _, _, opened = work
    assert work[:3] == [never_seen] * 3
    assert opened[: len(never_seen)] == never_seen
    assert "FROM recovery" in never_seen[-1]
    assert never_seen.count("32 bytes were hashed") == 2, "the challenge and the code"


def test_a_sign_in_begins_the_same_for_everybody(app: Flask, phone: Phone, done: list[str]) -> None:
    """Nobody says who they are before they show a passkey or code; who was here before is not told apart."""
    phone.sign_up(recovery=recovery_token())
    phone.ask("DELETE", "/sessions/current")
    phone.token = ""
    stranger = Phone(app)
    work, options = [], []
    for each in (phone, stranger):
        each.ask("GET", "/csrf")
        done.clear()
        options.append(each.challenge("sign-in")["publicKey"] | {"challenge": ""})
        work.append(list(done))
    assert work[0] == work[1] != []
    assert options[0] == options[1]


def test_known_and_unknown_are_the_same_work(phone: Phone, app: Flask, done: list[str]) -> None:
    phone.sign_up()
    done.clear()
    phone.sign_in(Lies(signature=b"no signature"))
    known, done[:] = list(done), []
    unknown = Phone(app)
    unknown.authenticator.make(unknown.challenge("sign-up")["publicKey"])
    done.clear()
    unknown.sign_in()
    assert known == done
    assert done.count("a signature was checked") == 1
    assert any("FROM credential" in each for each in done)


def test_a_step_is_over_after_five_minutes(phone: Phone, clock: Clock) -> None:
    phone.sign_up()
    asked = phone.challenge("sign-in")
    body = {"challenge": asked["challenge"], "passkey": phone.authenticator.show(asked["publicKey"])}
    clock.go_on(seconds=301)
    assert code_of(phone.ask("POST", "/sessions", body)) == "challenge_refused"


def test_a_step_may_take_almost_five_minutes(phone: Phone, clock: Clock) -> None:
    phone.sign_up()
    asked = phone.challenge("sign-in")
    clock.go_on(seconds=299)
    body = {"challenge": asked["challenge"], "passkey": phone.authenticator.show(asked["publicKey"])}
    assert phone.ask("POST", "/sessions", body).status_code == 201


def test_another_browsers_challenge_is_refused(phone: Phone, other_phone: Phone) -> None:
    phone.sign_up()
    other_phone.challenge("sign-in")
    asked = phone.challenge("sign-in")
    body = {"challenge": asked["challenge"], "passkey": phone.authenticator.show(asked["publicKey"])}
    assert code_of(other_phone.ask("POST", "/sessions", body)) == "challenge_refused"
    assert code_of(phone.ask("POST", "/sessions", body)) == "challenge_refused", "it was shown, so it is used up"


@pytest.mark.parametrize("purpose", ["sign-up", "proof", "add-passkey"])
def test_a_challenge_for_another_step_is_refused(phone: Phone, purpose: str) -> None:
    token = recovery_token()
    phone.sign_up(recovery=token)
    asked = phone.challenge(purpose)
    answer = phone.ask("POST", "/sessions", {"challenge": asked["challenge"], "recovery": token})
    assert code_of(answer) == "challenge_refused"


def test_a_challenge_that_was_never_given_is_refused(phone: Phone) -> None:
    phone.ask("GET", "/csrf")
    body = {"challenge": to_base64url(secrets.token_bytes(32)), "recovery": recovery_token()}
    assert code_of(phone.ask("POST", "/sessions", body)) == "challenge_refused"


def test_a_wrong_answer_uses_its_challenge_up(phone: Phone) -> None:
    token = recovery_token()
    phone.sign_up_with_code(token)
    asked = phone.challenge("sign-in")
    wrong = phone.ask("POST", "/sessions", {"challenge": asked["challenge"], "recovery": recovery_token()})
    assert code_of(wrong) == "not_recognised"
    right = phone.ask("POST", "/sessions", {"challenge": asked["challenge"], "recovery": token})
    assert code_of(right) == "challenge_refused"


def test_nobody_proves_anothers_account(phone: Phone, other_phone: Phone, clock: Clock) -> None:
    token = recovery_token()
    phone.sign_up(recovery=token)
    other_phone.sign_up(recovery=recovery_token())
    clock.go_on(minutes=6)
    assert code_of(other_phone.prove_with_code(token)) == "not_recognised"
    asked = other_phone.challenge("proof")
    passkey = phone.authenticator.show(asked["publicKey"] | {"allowCredentials": []})
    answer = other_phone.ask("POST", "/proofs", {"challenge": asked["challenge"], "passkey": passkey})
    assert code_of(answer) == "not_recognised"
    assert other_phone.account()["proved"] is False


def _without_instance(answer: TestResponse) -> str:
    members = answer.get_json()
    members.pop("instance")
    kept = sorted((name, value) for name, value in answer.headers if name not in {"Set-Cookie", "Content-Length"})
    return f"{answer.status_code} {members} {kept}"
