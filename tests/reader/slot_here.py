"""The slot that a passkey opens on the phone itself, where the app is locked (docs/envelope-format.md, Slots)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from tests.reader.base64url import from_base64url, to_base64url
from tests.reader.envelope import NONCE_BYTES, VaultKey, open_blob, seal_blob
from tests.reader.slots import ID_BYTES, SALT_BYTES, Passkey
from tests.reader.unreadable import UnreadableError

if TYPE_CHECKING:
    from tests.reader.chance import Chance
    from tests.reader.json_text import Json


def make_slot_here(opener: Passkey, *, credential: bytes, space: bytes, vault_key: VaultKey, chance: Chance) -> Json:
    """Return the slot that a passkey opens on this phone, known by its credential's id."""
    slot: Json = {
        "format": 1,
        "kind": "passkey",
        "space": to_base64url(space),
        "key": to_base64url(vault_key.id),
        "id": to_base64url(chance(ID_BYTES)),
        "salt": to_base64url(chance(SALT_BYTES)),
        "site": opener.site,
        "credential": to_base64url(credential),
    }
    context = _context(slot)
    wrapped = seal_blob(opener.wrapping_key(slot, space), vault_key.key, context=context, nonce=chance(NONCE_BYTES))
    return slot | {"wrapped": to_base64url(wrapped), "check": to_base64url(hashlib.sha256(context + wrapped).digest())}


def open_slot_here(slot: Json, opener: Passkey) -> VaultKey:
    """Return the vault key in it. Raises `UnreadableError`: `damaged-slot`, `wrong-passkey`."""
    context, wrapped = _context(slot), from_base64url(slot["wrapped"])
    if hashlib.sha256(context + wrapped).digest() != from_base64url(slot["check"]):
        raise UnreadableError("damaged-slot")
    try:
        key = open_blob(opener.wrapping_key(slot, from_base64url(slot["space"])), wrapped, context=context)
    except UnreadableError as error:
        raise UnreadableError("wrong-passkey") from error
    return VaultKey(from_base64url(slot["key"]), key)


def _context(slot: Json) -> bytes:
    space, key, id_, salt, credential = (
        from_base64url(slot[name]) for name in ("space", "key", "id", "salt", "credential")
    )
    site = hashlib.sha256(slot["site"].encode()).digest()
    return b"cairn/1/slot/passkey-here" + space + key + id_ + salt + site + credential
