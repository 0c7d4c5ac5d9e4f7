"""The keyring: what whoever has the vault key needs beside it, sealed under a key that comes of it (docs/keys.md)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tests.reader.base64url import from_base64url, to_base64url
from tests.reader.envelope import NONCE_BYTES, VaultKey, derived_key, open_blob, pad, seal_blob
from tests.reader.json_text import Json, read, written
from tests.reader.unreadable import UnreadableError

if TYPE_CHECKING:
    from tests.reader.chance import Chance


@dataclass(frozen=True)
class Keyring:
    """Older vault keys, oldest first; the scalar of the last signing key; and what later apps keep in it."""

    older: tuple[VaultKey, ...]
    signing: bytes
    more: Json = field(default_factory=lambda: {"groups": {}})


def seal_keyring(keyring: Keyring, *, space: bytes, vault_key: VaultKey, chance: Chance) -> str:
    """Return the keyring as it stands in a roll entry."""
    keys = [{"id": to_base64url(each.id), "key": to_base64url(each.key)} for each in keyring.older]
    plain = pad(written({"keys": keys, "signing": to_base64url(keyring.signing), **keyring.more}))
    key = derived_key(vault_key, space=space, use="keyring")
    return to_base64url(seal_blob(key, plain, context=_context(space, vault_key), nonce=chance(NONCE_BYTES)))


def open_keyring(sealed: object, *, space: bytes, vault_key: VaultKey) -> Keyring:
    """Open it. Raises `UnreadableError`, `damaged`."""
    key = derived_key(vault_key, space=space, use="keyring")
    members = read(open_blob(key, from_base64url(sealed), context=_context(space, vault_key)))
    keys, signing = members.pop("keys", None), members.pop("signing", None)
    if not isinstance(keys, list) or not all(isinstance(each, dict) for each in keys):
        raise UnreadableError("damaged")
    older = (VaultKey(from_base64url(each.get("id"), 16), from_base64url(each.get("key"), 32)) for each in keys)
    return Keyring(tuple(older), from_base64url(signing, 32), members)


def turned(keyring: Keyring, *, old_key: VaultKey, signing: bytes) -> Keyring:
    """Return the keyring after a turn: one older key more, and the new signing key."""
    return replace(keyring, older=(*keyring.older, old_key), signing=signing)


def seal_label(text: str, *, space: bytes, vault_key: VaultKey, nonce: bytes) -> bytes:
    """Return the label of a session or passkey: key id ‖ blob, at most 512 bytes. Raises `UnreadableError`."""
    key = derived_key(vault_key, space=space, use="label")
    label = vault_key.id + seal_blob(key, pad(text.encode()), context=b"cairn/1/label" + space, nonce=nonce)
    if len(label) > 512:
        raise UnreadableError("label-too-long")
    return label


def open_label(label: bytes, *, space: bytes, vault_key: VaultKey) -> str:
    """Return a label's text. Raises `UnreadableError`: `wrong-key`, `damaged`."""
    if label[:16] != vault_key.id:
        raise UnreadableError("wrong-key")
    key = derived_key(vault_key, space=space, use="label")
    return open_blob(key, label[16:], context=b"cairn/1/label" + space).decode().rstrip(" ")


def _context(space: bytes, vault_key: VaultKey) -> bytes:
    return b"cairn/1/keyring" + space + vault_key.id
