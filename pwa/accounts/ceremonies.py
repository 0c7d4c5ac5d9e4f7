"""WebAuthn's two ceremonies, https://www.w3.org/TR/webauthn-3/#sctn-rp-operations , with what the library leaves open.

The library asks for no user verification by default and lets a page in another site's frame through; both are refused
here. The PRF extension is the phone's own affair: it adds it to the options, and its output never comes here.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import options_to_json_dict
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AttestationConveyancePreference,
    AuthenticatorSelectionCriteria,
    CredentialDeviceType,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from pwa.base64url import from_base64url

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pwa.accounts.relying_party import RelyingParty

TIMEOUT_MS: Final = 300_000

# What damaged bytes raise in the library and below it, besides its own errors.
DAMAGED: Final = (
    WebAuthnException,
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)

# A valid point of P-256 (its generator) as a COSE key: checked against where there is no passkey, so that the work is
# the same. What it says is not asked.
NOBODYS_KEY: Final = bytes.fromhex(
    "a501020326200121582"
    "06b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
    "225820"
    "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"
)


class CeremonyError(Exception):
    """A browser's answer does not hold. Which step it was is for nobody outside."""


@dataclass(frozen=True, kw_only=True)
class Expected:
    """What a browser's answer is held against."""

    challenge: bytes
    rp_id: str
    origin: str


@dataclass(frozen=True, kw_only=True)
class MadePasskey:
    """A new passkey's public half and what it says of itself."""

    id: bytes
    public_key: bytes
    sign_count: int
    may_be_backed_up: bool
    is_backed_up: bool


@dataclass(frozen=True, kw_only=True)
class ShownPasskey:
    """What a passkey said of itself when it was shown."""

    sign_count: int
    is_backed_up: bool


def creation_options(
    party: RelyingParty, *, challenge: bytes, account_id: bytes, known: Sequence[bytes]
) -> dict[str, Any]:
    """Return what the browser makes a passkey from: one that is found without a name, for a verified person."""
    options = generate_registration_options(
        rp_id=party.id,
        rp_name=party.name,
        user_id=account_id,
        user_name=party.name,
        challenge=challenge,
        timeout=TIMEOUT_MS,
        attestation=AttestationConveyancePreference.NONE,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            require_resident_key=True,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=each) for each in known],
    )
    return options_to_json_dict(options)


def request_options(party: RelyingParty, *, challenge: bytes, known: Sequence[bytes]) -> dict[str, Any]:
    """Return what the browser is asked for a passkey with: one of `known`, or whichever the person chooses."""
    options = generate_authentication_options(
        rp_id=party.id,
        challenge=challenge,
        timeout=TIMEOUT_MS,
        allow_credentials=[PublicKeyCredentialDescriptor(id=each) for each in known],
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return options_to_json_dict(options)


def verify_made(presented: dict[str, Any], *, expected: Expected) -> MadePasskey:
    """Return the passkey that was made. Raises `CeremonyError`."""
    try:
        _refuse_frames(presented)
        verified = verify_registration_response(
            credential=presented,
            expected_challenge=expected.challenge,
            expected_rp_id=expected.rp_id,
            expected_origin=expected.origin,
            require_user_verification=True,
        )
    except DAMAGED as error:
        raise CeremonyError from error
    if verified.credential_id != from_base64url(presented["rawId"]):
        raise CeremonyError
    return MadePasskey(
        id=verified.credential_id,
        public_key=verified.credential_public_key,
        sign_count=verified.sign_count,
        may_be_backed_up=verified.credential_device_type is CredentialDeviceType.MULTI_DEVICE,
        is_backed_up=verified.credential_backed_up,
    )


def verify_shown(presented: dict[str, Any], *, expected: Expected, public_key: bytes, sign_count: int) -> ShownPasskey:
    """Return what the passkey said, signed by the key whose public half is `public_key`. Raises `CeremonyError`."""
    try:
        _refuse_frames(presented)
        verified = verify_authentication_response(
            credential=presented,
            expected_challenge=expected.challenge,
            expected_rp_id=expected.rp_id,
            expected_origin=expected.origin,
            credential_public_key=public_key,
            credential_current_sign_count=sign_count,
            require_user_verification=True,
        )
    except DAMAGED as error:
        raise CeremonyError from error
    return ShownPasskey(sign_count=verified.new_sign_count, is_backed_up=verified.credential_backed_up)


def _refuse_frames(presented: dict[str, Any]) -> None:
    """Refuse an answer given inside another site's page: steps 9 to 11 of a registration, 12 to 14 otherwise."""
    said = json.loads(from_base64url(presented["response"]["clientDataJSON"]))
    if said.get("crossOrigin", False) is not False or "topOrigin" in said:
        raise CeremonyError
