"""What a request may hold: listed fields, rightly spelled. PRF output is refused wherever it stands."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pwa.accounts import RefusedError, bodies
from pwa.accounts.ceremonies import CeremonyError, Expected, verify_made, verify_shown
from pwa.base64url import from_base64url, to_base64url
from pwa.bodies import BodyRefusedError
from tests.accounts.authenticator import Authenticator
from tests.accounts.phone import Phone, code_of, recovery_token

if TYPE_CHECKING:
    from collections.abc import Callable

ORIGIN = "http://localhost"
CHALLENGE = to_base64url(b"c" * 32)
CREATE = {"rp": {"id": "localhost"}, "user": {"id": to_base64url(b"u" * 16)}, "challenge": CHALLENGE}
GET = {"rpId": "localhost", "challenge": CHALLENGE}
EXPECTED = Expected(challenge=b"c" * 32, rp_id="localhost", origin=ORIGIN)
AUTHENTICATOR = Authenticator(origin=ORIGIN)
MADE = AUTHENTICATOR.make(CREATE)
SHOWN = AUTHENTICATOR.show(GET)
OUTPUT = {"results": {"first": recovery_token()}}


def code_for(body: object, read: Callable[[object], object] = bodies.read_sign_up) -> str:
    try:
        read(body)
    except RefusedError as error:
        return error.code
    except BodyRefusedError:
        return "body_refused"
    return "taken"


def changed(change: Callable[[dict[str, Any]], object], passkey: dict[str, Any] = MADE) -> dict[str, Any]:
    body = {"challenge": CHALLENGE, "passkey": copy.deepcopy(passkey)} | ({"space": {}} if passkey is MADE else {})
    change(body)
    return body


def test_what_a_browser_sends_is_taken() -> None:
    assert code_for(changed(lambda _: None)) == "taken"
    assert code_for(changed(lambda _: None, SHOWN), bodies.read_answer) == "taken"
    assert code_for(changed(lambda body: body["passkey"].pop("clientExtensionResults"))) == "taken"
    assert code_for(changed(lambda body: body["passkey"].update(authenticatorAttachment=None))) == "taken"


@pytest.mark.parametrize(
    "change",
    [
        lambda body: body["passkey"]["clientExtensionResults"].update(prf=OUTPUT),
        lambda body: body["passkey"]["clientExtensionResults"].update(prf={"enabled": True} | OUTPUT),
        lambda body: body.update(prf=OUTPUT),
        lambda body: body.update(space={"deep": [[{"prf": OUTPUT}]]}),
        lambda body: body["passkey"].update(prf=OUTPUT),
    ],
)
def test_prf_output_is_refused_at_any_depth(change: Callable[[dict[str, Any]], object]) -> None:
    assert code_for(changed(change)) == "secret_refused"


def test_prf_output_is_refused_before_anything_else(phone: Phone) -> None:
    phone.sign_up()
    asked = phone.challenge("sign-in")
    passkey = phone.authenticator.show(asked["publicKey"])
    passkey["clientExtensionResults"] = {"prf": OUTPUT}
    body = {"challenge": asked["challenge"], "passkey": passkey}
    answer = phone.ask("POST", "/sessions", body)
    assert (answer.status_code, code_of(answer)) == (400, "secret_refused")
    assert OUTPUT["results"]["first"] not in answer.text


@pytest.mark.parametrize(
    "change",
    [
        lambda body: body.pop("challenge"),
        lambda body: body.pop("passkey"),
        lambda body: body.pop("space"),
        lambda body: body.update(extra=1),
        lambda body: body.update(challenge=None),
        lambda body: body.update(challenge="AAAA"),
        lambda body: body.update(challenge=CHALLENGE + "="),
        lambda body: body.update(recovery="A" * 42),
        lambda body: body.update(passkey=None),
        lambda body: body.update(passkey=[]),
        lambda body: body["passkey"].update(extra=1),
        lambda body: body["passkey"].update(type="password"),
        lambda body: body["passkey"].update(id="AAAA"),
        lambda body: body["passkey"].update(authenticatorAttachment="x" * 65),
        lambda body: body["passkey"]["response"].update(publicKey="AAAA"),
        lambda body: body["passkey"]["response"].update(transports=[1]),
        lambda body: body["passkey"]["response"].update(transports="usb"),
        lambda body: body["passkey"]["response"].update(clientDataJSON="not base64url!"),
        lambda body: body["passkey"]["response"].update(attestationObject="A" * 30_000),
        lambda body: body["passkey"]["response"].pop("attestationObject"),
        lambda body: body["passkey"]["clientExtensionResults"].update(largeBlob={}),
        lambda body: body["passkey"]["clientExtensionResults"].update(prf={"enabled": "yes"}),
        lambda body: body["passkey"]["clientExtensionResults"].update(credProps={"rk": 1}),
    ],
)
def test_what_is_not_listed_or_not_rightly_spelled_is_refused(change: Callable[[dict[str, Any]], object]) -> None:
    assert code_for(changed(change)) == "body_refused"


def test_a_passkey_that_needs_a_name_is_refused() -> None:
    body = changed(lambda body: body["passkey"]["clientExtensionResults"].update(credProps={"rk": False}))
    assert code_for(body) == "passkey_refused"


@pytest.mark.parametrize("body", [None, [], "x", 1, {}, {"purpose": "else"}, {"purpose": 1}, {"purpose": {}}])
def test_a_purpose_is_one_of_four(body: object) -> None:
    assert code_for(body, bodies.read_purpose) == "body_refused"


def test_a_passkey_and_a_code_at_once_sign_nobody_in() -> None:
    body = changed(lambda body: body.update(recovery=recovery_token()), SHOWN)
    assert code_for(body, bodies.read_answer) == "body_refused"


@pytest.mark.parametrize("label", ["", 1, [], "!", to_base64url(b"x" * 513)])
def test_a_label_is_sealed_bytes_of_some_length(label: object) -> None:
    assert code_for({"label": label}, bodies.read_label) == "body_refused"
    assert bodies.read_label({"label": to_base64url(b"x" * 512)}) == b"x" * 512


@pytest.mark.parametrize("text", ["[" * 200_000, "{", "", "nul", '"\ud800"'.encode("utf-8", "surrogatepass")])
def test_a_body_that_cannot_be_read_is_no_defect(phone: Phone, text: str | bytes) -> None:
    phone.ask("GET", "/csrf")
    answer = phone.browser.post(
        "/api/v1/challenges", data=text, content_type="application/json", headers={"X-CSRFToken": phone.token}
    )
    assert answer.status_code == 400


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.data())
def test_a_damaged_answer_is_refused_and_never_a_defect(data: st.DataObject) -> None:
    """Bytes changed, cut, or put in: the library's own errors stay inside."""
    made = data.draw(st.booleans())
    passkey = copy.deepcopy(MADE if made else SHOWN)
    field = data.draw(st.sampled_from(sorted(set(passkey["response"]) - {"transports", "userHandle"})))
    whole = from_base64url(passkey["response"][field])
    at = data.draw(st.integers(0, len(whole) - 1))
    cut = data.draw(st.integers(0, 3))
    damaged = whole[:at] + data.draw(st.binary(max_size=4)) + whole[at + cut :]
    passkey["response"][field] = to_base64url(damaged)
    key = b"\xa0" if not made and data.draw(st.booleans()) else data.draw(st.binary(max_size=80))
    try:
        if made:
            verify_made(passkey, expected=EXPECTED)
        else:
            verify_shown(passkey, expected=EXPECTED, public_key=key, sign_count=0)
    except CeremonyError:
        return
    assert made, "signed by nobody's key"
