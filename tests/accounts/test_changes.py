"""What changes the ways into an account needs a passkey or code shown within five minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pwa.accounts.passkeys import MOST
from pwa.base64url import to_base64url
from tests.accounts.authenticator import Lies
from tests.accounts.phone import Phone, code_of, recovery_token

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.accounts.conftest import Clock

LABEL = to_base64url(b"sealed")


@pytest.mark.parametrize(
    "asked",
    [
        ("POST", "/challenges", {"purpose": "add-passkey"}),
        ("POST", "/passkeys", {}),
        ("PATCH", "/passkeys/AAAA", {"label": None}),
        ("DELETE", "/passkeys/AAAA", None),
        ("PUT", "/account/recovery", {"recovery": recovery_token()}),
        ("DELETE", "/account", None),
    ],
)
@pytest.mark.parametrize("minutes", [6, -6])
def test_a_change_without_a_fresh_proof_is_refused(
    signed_up: Phone, clock: Clock, asked: tuple[str, str, object], minutes: int
) -> None:
    clock.go_on(minutes=minutes)
    answer = signed_up.ask(*asked)
    assert (answer.status_code, code_of(answer)) == (403, "proof_needed")


@pytest.mark.parametrize("asked", [("DELETE", None), ("PATCH", {"label": None}), ("PATCH", {"label": LABEL})])
def test_whoever_has_a_session_and_no_proof_changes_none_but_that(
    signed_up: Phone, other_phone: Phone, clock: Clock, code: str, asked: tuple[str, object]
) -> None:
    method, body = asked
    other_phone.sign_in_with_code(code)
    clock.go_on(minutes=6)
    before = signed_up.ask("GET", "/sessions").get_json()
    own, other = signed_up.account()["session"], other_phone.account()["session"]
    answer = signed_up.ask(method, f"/sessions/{other}", body)
    assert (answer.status_code, code_of(answer)) == (403, "proof_needed")
    assert code_of(signed_up.ask(method, "/sessions/AAAA", body)) == "proof_needed", "nobody learns which there are"
    assert signed_up.ask("GET", "/sessions").get_json() == before
    assert signed_up.prove_with_code(code).status_code == 201
    assert signed_up.ask(method, f"/sessions/{other}", body).status_code == 204
    clock.go_on(minutes=6)
    assert signed_up.ask(method, f"/sessions/{own}", body).status_code == 204


@pytest.mark.parametrize("with_code", [True, False])
def test_a_proof_lasts_five_minutes(signed_up: Phone, clock: Clock, code: str, *, with_code: bool) -> None:
    clock.go_on(minutes=6)
    answer = signed_up.prove_with_code(code) if with_code else signed_up.prove()
    assert answer.status_code == 201
    clock.go_on(minutes=5)
    assert signed_up.ask("PUT", "/account/recovery", {"recovery": recovery_token()}).status_code == 204
    clock.go_on(seconds=1)
    assert code_of(signed_up.ask("PUT", "/account/recovery", {"recovery": recovery_token()})) == "proof_needed"


def test_a_second_passkey_signs_in_too(signed_up: Phone, other_phone: Phone, code: str) -> None:
    other_phone.sign_in_with_code(code)
    assert other_phone.add_passkey(label=LABEL).status_code == 201
    assert other_phone.sign_in().status_code == 201
    assert [each["label"] for each in signed_up.account()["passkeys"]].count(LABEL) == 1
    assert len(signed_up.account()["passkeys"]) == 2


def test_a_passkey_is_not_made_where_one_is(signed_up: Phone) -> None:
    options = signed_up.challenge("add-passkey")["publicKey"]
    assert [each["id"] for each in options["excludeCredentials"]] == [signed_up.account()["passkeys"][0]["id"]]


def test_the_same_passkey_again_is_refused(signed_up: Phone) -> None:
    again = signed_up.add_passkey(Lies(passkey_id=signed_up.authenticator.passkeys[0].id))
    assert (again.status_code, code_of(again)) == (409, "passkey_known")


def test_an_id_that_is_not_the_passkeys_own_is_refused(signed_up: Phone) -> None:
    asked = signed_up.challenge("add-passkey")
    made = signed_up.authenticator.make(asked["publicKey"])
    made["id"] = made["rawId"] = to_base64url(b"another id")
    answer = signed_up.ask("POST", "/passkeys", {"challenge": asked["challenge"], "passkey": made})
    assert code_of(answer) == "passkey_refused"


def test_passkeys_have_a_limit(signed_up: Phone) -> None:
    for _ in range(MOST - 2):
        assert signed_up.add_passkey().status_code == 201
    asked = signed_up.challenge("add-passkey")
    assert signed_up.add_passkey().status_code == 201
    made = signed_up.authenticator.make(asked["publicKey"], None)
    late = signed_up.ask("POST", "/passkeys", {"challenge": asked["challenge"], "passkey": made})
    assert code_of(late) == "too_many_passkeys"
    # Where there is no room, none is made.
    assert code_of(signed_up.ask("POST", "/challenges", {"purpose": "add-passkey"})) == "too_many_passkeys"
    assert signed_up.ask("POST", "/challenges", {"purpose": "proof"}).status_code == 201


@pytest.mark.parametrize("lies", [Lies(user_verified=False), Lies(origin="https://evil.example")])
def test_a_passkey_that_does_not_hold_is_not_added(signed_up: Phone, lies: Lies) -> None:
    assert code_of(signed_up.add_passkey(lies)) == "passkey_refused"
    assert len(signed_up.account()["passkeys"]) == 1


def test_a_passkey_is_labelled_and_removed(signed_up: Phone) -> None:
    [passkey] = signed_up.account()["passkeys"]
    path = f"/passkeys/{passkey['id']}"
    assert signed_up.ask("PATCH", path, {"label": LABEL}).status_code == 204
    assert signed_up.account()["passkeys"][0]["label"] == LABEL
    assert signed_up.ask("PATCH", path, {"label": None}).status_code == 204
    assert signed_up.account()["passkeys"][0]["label"] is None
    assert signed_up.ask("DELETE", path).status_code == 204
    assert signed_up.account()["passkeys"] == []
    assert code_of(signed_up.ask("DELETE", path)) == "not_found"


def test_the_last_way_in_stays(phone: Phone) -> None:
    phone.sign_up()
    [passkey] = phone.account()["passkeys"]
    assert code_of(phone.ask("DELETE", f"/passkeys/{passkey['id']}")) == "last_way_in"
    phone.ask("PUT", "/account/recovery", {"recovery": recovery_token()})
    assert phone.ask("DELETE", f"/passkeys/{passkey['id']}").status_code == 204


def test_anothers_passkey_is_not_there(signed_up: Phone, other_phone: Phone) -> None:
    other_phone.sign_up(recovery=recovery_token())
    theirs = signed_up.account()["passkeys"][0]["id"]
    assert code_of(other_phone.ask("DELETE", f"/passkeys/{theirs}")) == "not_found"
    assert code_of(other_phone.ask("PATCH", f"/passkeys/{theirs}", {"label": None})) == "not_found"
    assert len(signed_up.account()["passkeys"]) == 1


def test_a_new_code_takes_the_old_ones_place(
    signed_up: Phone, other_phone: Phone, code: str, rows: Callable[[], dict[str, int]]
) -> None:
    new = recovery_token()
    for _ in range(2):
        assert signed_up.ask("PUT", "/account/recovery", {"recovery": new}).status_code == 204
    assert code_of(other_phone.sign_in_with_code(code)) == "not_recognised"
    assert other_phone.sign_in_with_code(new).status_code == 201
    assert rows()["recovery"] == 1


def test_a_code_in_use_is_not_taken_over(signed_up: Phone, other_phone: Phone, code: str) -> None:
    theirs = recovery_token()
    other_phone.sign_up_with_code(theirs)
    answer = signed_up.ask("PUT", "/account/recovery", {"recovery": theirs})
    assert (answer.status_code, code_of(answer)) == (409, "code_taken")
    assert other_phone.sign_in_with_code(code).status_code == 201, "and the old one still works"
