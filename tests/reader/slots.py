"""Key slots (docs/keys.md): a key pair each; the vault key is sealed to its public half, so a turn needs no opener.

A slot stays the JSON it is, with members this reader does not know.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.reader.base64url import from_base64url, to_base64url
from tests.reader.envelope import NONCE_BYTES, TAG_BYTES, VaultKey, hkdf, open_blob, seal_blob
from tests.reader.hpke import open_with, seal_to
from tests.reader.points import POINT_BYTES, new_scalar, point_of
from tests.reader.recovery_code import code_wrapping_key
from tests.reader.unreadable import UnreadableError

if TYPE_CHECKING:
    from tests.reader.chance import Chance
    from tests.reader.json_text import Json

ID_BYTES = SALT_BYTES = 16
KEYED = {"id": ID_BYTES, "public": POINT_BYTES, "key": POINT_BYTES + 32 + 16}
SEALED_BYTES = NONCE_BYTES + 32 + POINT_BYTES + TAG_BYTES
PRF_INPUT = hashlib.sha256(b"cairn/1/prf").digest()


@dataclass(frozen=True)
class Code:
    """The 16 bytes of a recovery code."""

    secret: bytes
    kind = "code"

    def members(self, _chance: Chance) -> Json:
        """Return what the slot has beside what all have."""
        return {}

    def fits(self, slot: Json) -> bool:
        """Whether the slot may be this code's."""
        return slot.get("kind") == self.kind

    def wrapping_key(self, _slot: Json, _space: bytes) -> bytes:
        """Return the key the slot's `sealed` is under."""
        return code_wrapping_key(self.secret)


@dataclass(frozen=True)
class Passkey:
    """What a passkey's PRF gave for `PRF_INPUT`, on one site."""

    output: bytes
    site: str
    kind = "passkey"

    def members(self, chance: Chance) -> Json:
        """Return what the slot has beside what all have."""
        return {"salt": to_base64url(chance(SALT_BYTES)), "site": self.site}

    def fits(self, slot: Json) -> bool:
        """Whether the slot may be this passkey's."""
        return slot.get("kind") == self.kind and slot.get("site") == self.site

    def wrapping_key(self, slot: Json, space: bytes) -> bytes:
        """Return the key the slot's `sealed` is under."""
        site = hashlib.sha256(self.site.encode()).digest()
        info = b"cairn/1/slot/passkey" + site + space + from_base64url(slot.get("id"), ID_BYTES)
        return hkdf(self.output, salt=from_base64url(slot.get("salt"), SALT_BYTES), info=info)


def make_slot(opener: Code | Passkey, *, space: bytes, signing: bytes, chance: Chance) -> Json:
    """Return a slot for an opener, not yet with the vault key. `signing` is the vault's last signing point."""
    scalar = new_scalar(chance)
    slot: Json = {"id": to_base64url(chance(ID_BYTES)), "kind": opener.kind, "public": to_base64url(point_of(scalar))}
    slot |= opener.members(chance)
    wrapping, nonce = opener.wrapping_key(slot, space), chance(NONCE_BYTES)
    sealed = seal_blob(wrapping, scalar + signing, context=_sealed_context(slot, space), nonce=nonce)
    return slot | {"sealed": to_base64url(sealed)}


def make_device_slot(point: bytes, *, chance: Chance) -> Json:
    """Return a slot for a phone whose private half never leaves it, not yet with the vault key."""
    return {"id": to_base64url(chance(ID_BYTES)), "kind": "device", "public": to_base64url(point)}


def addressed(slot: Json, *, space: bytes, vault_key: VaultKey, chance: Chance) -> Json:
    """Return the slot with the vault key sealed to its public half."""
    public = from_base64url(slot.get("public"), POINT_BYTES)
    info, ephemeral = _key_info(slot, space, vault_key.id), new_scalar(chance)
    return slot | {"key": to_base64url(seal_to(public, info=info, plain=vault_key.key, ephemeral=ephemeral))}


def open_sealed(slot: Json, opener: Code | Passkey, *, space: bytes) -> tuple[bytes, bytes]:
    """Return the slot's private half and the signing point pinned in it. Raises `UnreadableError`, `slot-wrong-key`."""
    wrapping = opener.wrapping_key(slot, space)
    try:
        plain = open_blob(wrapping, from_base64url(slot.get("sealed")), context=_sealed_context(slot, space))
    except UnreadableError as error:
        raise UnreadableError("slot-wrong-key") from error
    if len(plain) != 32 + POINT_BYTES:
        raise UnreadableError("damaged")
    return plain[:32], plain[32:]


def open_key(slot: Json, scalar: bytes, *, space: bytes, key_id: bytes) -> VaultKey:
    """Return the vault key that was sealed to the slot. Raises `UnreadableError`, `damaged`."""
    key = open_with(scalar, info=_key_info(slot, space, key_id), sealed=from_base64url(slot.get("key")))
    if len(key) != 32:
        raise UnreadableError("damaged")
    return VaultKey(key_id, key)


def is_keyed(slot: object) -> bool:
    """Whether a slot, of whatever kind, holds the vault key as all known kinds do. One that does not stays as it is."""
    return isinstance(slot, dict) and all(_is_of(slot.get(name), length) for name, length in KEYED.items())


def is_slot(slot: object) -> bool:
    """Whether it is well-formed, and of a known kind. One that is not opens nothing and hinders nothing."""
    if not isinstance(slot, dict) or not is_keyed(slot):
        return False
    if slot.get("kind") == "device":
        return True
    is_sealed = slot.get("kind") in ("code", "passkey") and _is_of(slot.get("sealed"), SEALED_BYTES)
    is_passkey = slot.get("kind") == "passkey"
    return is_sealed and (
        not is_passkey or (_is_of(slot.get("salt"), SALT_BYTES) and isinstance(slot.get("site"), str))
    )


def _is_of(text: object, length: int) -> bool:
    try:
        from_base64url(text, length)
    except UnreadableError:
        return False
    return True


def _sealed_context(slot: Json, space: bytes) -> bytes:
    public = from_base64url(slot.get("public"), POINT_BYTES)
    return b"cairn/1/slot" + space + from_base64url(slot.get("id"), ID_BYTES) + public


def _key_info(slot: Json, space: bytes, key_id: bytes) -> bytes:
    return b"cairn/1/slot/key" + space + from_base64url(slot.get("id"), ID_BYTES) + key_id
