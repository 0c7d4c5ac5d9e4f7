"""What requests about accounts may hold: an allow list, read once into values.

Raises `BodyRefusedError` for another form, and `RefusedError` for what is more than a slip.

The browser's own `credential.toJSON()` holds the raw output of the PRF extension, from which keys are made. So the
phone builds its payload field by field, and whatever is not listed here is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from pwa.accounts.identity import TOKEN_BYTES
from pwa.accounts.refused import RefusedError
from pwa.base64url import from_base64url
from pwa.bodies import BodyRefusedError, items_of, members_of

LONGEST_LABEL: Final = 512
LONGEST_ANSWER: Final = 16 * 1024
LONGEST_TEXT: Final = 64
PURPOSES: Final = ("sign-up", "sign-in", "add-passkey", "proof")

CREDENTIAL: Final = frozenset({"id", "rawId", "type", "response"})
MADE: Final = frozenset({"clientDataJSON", "attestationObject"})
SHOWN: Final = frozenset({"clientDataJSON", "authenticatorData", "signature", "userHandle"})


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A challenge, and a passkey or a recovery token in answer to it. `passkey` is as WebAuthn's JSON has it."""

    challenge: bytes
    passkey: dict[str, Any] | None
    recovery: bytes | None


@dataclass(frozen=True, kw_only=True)
class NewPasskey:
    """A passkey just made, for an account that is there."""

    challenge: bytes
    passkey: dict[str, Any]
    label: bytes | None


def read_purpose(body: object) -> str:
    """Return what a challenge is asked for."""
    purpose = _members(body, {"purpose"})["purpose"]
    if purpose not in PURPOSES:
        raise BodyRefusedError
    return str(purpose)


def read_sign_up(body: object) -> tuple[Answer, object]:
    """Return the answer (a new passkey, a recovery token, or both) and the member `space` as it came."""
    members = _members(body, {"challenge", "space"}, {"passkey", "recovery"})
    passkey = _passkey(members["passkey"], MADE) if "passkey" in members else None
    recovery = _token(members["recovery"]) if "recovery" in members else None
    if passkey is None and recovery is None:
        raise BodyRefusedError
    answer = Answer(challenge=_token(members["challenge"]), passkey=passkey, recovery=recovery)
    return answer, members["space"]


def read_answer(body: object) -> Answer:
    """Return the answer of somebody who signs in, or proves once more who they are: a passkey or a recovery token."""
    members = _members(body, {"challenge"}, {"passkey", "recovery"})
    if ("passkey" in members) == ("recovery" in members):
        raise BodyRefusedError
    return Answer(
        challenge=_token(members["challenge"]),
        passkey=_passkey(members["passkey"], SHOWN) if "passkey" in members else None,
        recovery=_token(members["recovery"]) if "recovery" in members else None,
    )


def read_new_passkey(body: object) -> NewPasskey:
    """Return the passkey somebody adds."""
    members = _members(body, {"challenge", "passkey"}, {"label"})
    return NewPasskey(
        challenge=_token(members["challenge"]),
        passkey=_passkey(members["passkey"], MADE),
        label=_label(members["label"]) if "label" in members else None,
    )


def read_label(body: object) -> bytes | None:
    """Return a label, sealed by the phone; null takes it away."""
    return _label(_members(body, {"label"})["label"])


def read_recovery(body: object) -> bytes:
    """Return the recovery token that takes the place of the one before."""
    return _token(_members(body, {"recovery"})["recovery"])


def _members(body: object, required: set[str], optional: frozenset[str] | set[str] = frozenset()) -> dict[str, Any]:
    _refuse_prf_output(body)
    return members_of(body, required, optional)


def _refuse_prf_output(body: object) -> None:
    """Look at every depth, also in parts that others read."""
    waiting = [body]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            prf = value.get("prf")
            if isinstance(prf, dict) and "results" in prf:
                raise RefusedError("secret_refused")
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)


def _passkey(value: object, response: frozenset[str]) -> dict[str, Any]:
    """Check each field there may be. What the browser says of extensions is not signed, so none of it is kept."""
    passkey = members_of(value, CREDENTIAL, {"authenticatorAttachment", "clientExtensionResults"})
    answer = members_of(passkey["response"], response, {"transports"} if response is MADE else set())
    for name in response:
        _bytes(answer[name], most=LONGEST_ANSWER)
    if not all(_is_short_text(each) for each in items_of(answer.get("transports", []))):
        raise BodyRefusedError
    _bytes(passkey["rawId"], most=1023)
    if passkey["id"] != passkey["rawId"] or passkey["type"] != "public-key":
        raise BodyRefusedError
    if not _is_short_text(passkey.get("authenticatorAttachment") or ""):
        raise BodyRefusedError
    _refuse_unknown_extensions(passkey.get("clientExtensionResults", {}))
    return {name: passkey[name] for name in ("id", "rawId", "type")} | {
        "response": {name: answer[name] for name in response}
    }


def _refuse_unknown_extensions(results: object) -> None:
    """Let through that the passkey can be found without a name, and that it knows the PRF extension; nothing else."""
    extensions = members_of(results, set(), {"credProps", "prf"})
    found = members_of(extensions.get("credProps", {}), set(), {"rk"}).get("rk", True)
    has_prf = members_of(extensions.get("prf", {}), set(), {"enabled"}).get("enabled", True)
    if not isinstance(found, bool) or not isinstance(has_prf, bool):
        raise BodyRefusedError
    if not found:
        raise RefusedError("passkey_refused")


def _token(value: object) -> bytes:
    token = _bytes(value, most=TOKEN_BYTES)
    if len(token) != TOKEN_BYTES:
        raise BodyRefusedError
    return token


def _label(value: object) -> bytes | None:
    return None if value is None else _bytes(value, most=LONGEST_LABEL)


def _bytes(value: object, *, most: int) -> bytes:
    if not isinstance(value, str) or not value or len(value) > most * 4 // 3 + 4:
        raise BodyRefusedError
    try:
        content = from_base64url(value)
    except ValueError as error:
        raise BodyRefusedError from error
    if len(content) > most:
        raise BodyRefusedError
    return content


def _is_short_text(value: object) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST_TEXT
