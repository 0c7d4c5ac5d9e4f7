"""A passkey authenticator in software: makes keys, asks nobody, and can be told to lie.

It does the browser's part too: client data, and the JSON a phone sends.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

from pwa.base64url import from_base64url, to_base64url

USER_PRESENT, USER_VERIFIED = 0x01, 0x04
MAY_BE_BACKED_UP, IS_BACKED_UP = 0x08, 0x10
HAS_KEY = 0x40


@dataclass
class Lies:
    """What to say instead of the truth; none by default."""

    origin: str | None = None
    rp_id: str | None = None
    user_verified: bool = True
    type: str | None = None
    client_data: dict[str, Any] = field(default_factory=dict)
    user_handle: bytes | None = None
    signature: bytes | None = None
    passkey_id: bytes | None = None


@dataclass
class Passkey:
    """One passkey: found without a name, by the site's id."""

    id: bytes
    rp_id: str
    user_handle: bytes
    key: ec.EllipticCurvePrivateKey
    sign_count: int = 0


class Authenticator:
    """Holds passkeys. A synced one never counts; `counts` makes it one that does."""

    def __init__(self, *, origin: str, has_prf: bool = True, counts: bool = False) -> None:
        self.origin = origin
        self.has_prf = has_prf
        self.counts = counts
        self.passkeys: list[Passkey] = []

    def make(self, options: dict[str, Any], lies: Lies | None = None) -> dict[str, Any]:
        """Answer `navigator.credentials.create()`."""
        lies = lies or Lies()
        passkey = Passkey(
            id=lies.passkey_id or secrets.token_bytes(32),
            rp_id=options["rp"]["id"],
            user_handle=from_base64url(options["user"]["id"]),
            key=ec.generate_private_key(ec.SECP256R1()),
        )
        self.passkeys.append(passkey)
        flags = HAS_KEY | MAY_BE_BACKED_UP | IS_BACKED_UP
        key_bytes = b"\0" * 16 + len(passkey.id).to_bytes(2, "big") + passkey.id + cose_key(passkey.key)
        attestation = {"fmt": "none", "attStmt": {}, "authData": said(passkey, flags, lies) + key_bytes}
        return self._sent(
            passkey,
            {
                "clientDataJSON": to_base64url(self._client_data("webauthn.create", options, lies)),
                "attestationObject": to_base64url(cbor2.dumps(attestation)),
                "transports": ["internal", "hybrid"],
            },
            {"credProps": {"rk": True}} | ({"prf": {"enabled": True}} if self.has_prf else {}),
        )

    def show(self, options: dict[str, Any], lies: Lies | None = None) -> dict[str, Any]:
        """Answer `navigator.credentials.get()` with the newest passkey that fits."""
        lies = lies or Lies()
        wanted = [each["id"] for each in options.get("allowCredentials", [])]
        passkey = next(
            each
            for each in reversed(self.passkeys)
            if each.rp_id == options["rpId"] and (not wanted or to_base64url(each.id) in wanted)
        )
        passkey.sign_count += self.counts
        data = said(passkey, MAY_BE_BACKED_UP | IS_BACKED_UP, lies)
        client_data = self._client_data("webauthn.get", options, lies)
        signature = passkey.key.sign(data + hashlib.sha256(client_data).digest(), ec.ECDSA(SHA256()))
        return self._sent(
            passkey,
            {
                "clientDataJSON": to_base64url(client_data),
                "authenticatorData": to_base64url(data),
                "signature": to_base64url(lies.signature or signature),
                "userHandle": to_base64url(lies.user_handle or passkey.user_handle),
            },
            {"prf": {}} if self.has_prf else {},
        )

    def _client_data(self, kind: str, options: dict[str, Any], lies: Lies) -> bytes:
        members = {
            "type": lies.type or kind,
            "challenge": options["challenge"],
            "origin": lies.origin or self.origin,
            "crossOrigin": False,
        }
        return json.dumps(members | lies.client_data).encode()

    def _sent(self, passkey: Passkey, response: dict[str, Any], extensions: dict[str, Any]) -> dict[str, Any]:
        return {
            "id": to_base64url(passkey.id),
            "rawId": to_base64url(passkey.id),
            "type": "public-key",
            "authenticatorAttachment": "platform",
            "response": response,
            "clientExtensionResults": extensions,
        }


def said(passkey: Passkey, flags: int, lies: Lies) -> bytes:
    """Return authenticator data without a key, https://www.w3.org/TR/webauthn-3/#sctn-authenticator-data ."""
    flags |= USER_PRESENT | (USER_VERIFIED if lies.user_verified else 0)
    rp_id = lies.rp_id or passkey.rp_id
    return hashlib.sha256(rp_id.encode()).digest() + bytes([flags]) + passkey.sign_count.to_bytes(4, "big")


def cose_key(key: ec.EllipticCurvePrivateKey) -> bytes:
    point = key.public_key().public_numbers()
    return cbor2.dumps({1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")})
