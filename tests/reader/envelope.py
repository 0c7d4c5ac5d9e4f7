"""Revisions, byte by byte, as docs/envelope-format.md has them: header, body, padding, sealing, ids, opening."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tests.reader.unreadable import UnreadableError

FORMAT = 1
NONCE_BYTES, TAG_BYTES = 12, 16
HEADER_BYTES = 67
AUTHOR_BYTES = 16
MOST_PARENTS = 255
MOST_BYTES = 262_144
VAULT, GROUP = 0, 1


class Kind(IntEnum):
    """What a revision is."""

    EDIT = 1
    ERASE = 2
    ROLL = 3


@dataclass(frozen=True)
class VaultKey:
    """A key of a vault, and the id it goes by."""

    id: bytes
    key: bytes


@dataclass(frozen=True)
class Header:
    """What travels in clear. Parents are in the order of their bytes."""

    space: bytes
    record: bytes
    key_id: bytes
    parents: tuple[bytes, ...] = ()
    kind: Kind = Kind.EDIT
    author: bytes = b""


@dataclass(frozen=True)
class Revision:
    """A revision as it is kept and sent; a stub has no blob, and its hash still proves the id."""

    id: bytes
    header: bytes
    blob: bytes | None
    blob_hash: bytes
    signature: bytes | None = None


def encode_header(header: Header) -> bytes:
    """Return the header's one spelling."""
    owner = GROUP if header.author else VAULT
    fixed = bytes((FORMAT, header.kind, owner)) + header.space + header.record + header.key_id
    return fixed + header.author + b"".join(sorted(set(header.parents)))


def parse_header(content: bytes) -> Header:
    """Read a header. Raises `UnreadableError`: `newer-format`, `damaged`."""
    if content and content[0] > FORMAT:
        raise UnreadableError("newer-format")
    if len(content) < HEADER_BYTES or content[0] != FORMAT or content[2] not in {VAULT, GROUP}:
        raise UnreadableError("damaged")
    owner = content[2]
    if content[1] not in set(Kind) or (content[1] == Kind.ERASE and owner == VAULT):
        raise UnreadableError("damaged")
    start = HEADER_BYTES + (AUTHOR_BYTES if owner == GROUP else 0)
    rest = content[start:]
    parents = tuple(rest[at : at + 32] for at in range(0, len(rest), 32))
    is_in_order = all(one < next_one for one, next_one in pairwise(parents))
    if len(content) < start or len(rest) % 32 or len(parents) > MOST_PARENTS or not is_in_order:
        raise UnreadableError("damaged")
    return Header(content[3:19], content[19:51], content[51:67], parents, Kind(content[1]), content[HEADER_BYTES:start])


def padded_length(length: int) -> int:
    """Return the length to pad to: PADMÉ, and 256 at least."""
    if length <= 256:
        return 256
    exponent = length.bit_length() - 1
    step = 1 << exponent - exponent.bit_length()
    return -(-length // step) * step


def pad(content: bytes) -> bytes:
    """Return the content with spaces behind it."""
    return content.ljust(padded_length(len(content)), b" ")


def hkdf(secret: bytes, *, salt: bytes, info: bytes) -> bytes:
    """Derive 32 bytes."""
    return HKDF(SHA256(), 32, salt, info).derive(secret)


def derived_key(vault_key: VaultKey, *, space: bytes, use: str) -> bytes:
    """Return one of the keys that come of a vault key: `record`, `local`, `keyring` or `label`."""
    return hkdf(vault_key.key, salt=space, info=f"cairn/1/{use}".encode() + vault_key.id)


def seal_blob(key: bytes, plain: bytes, *, context: bytes, nonce: bytes) -> bytes:
    """Seal bytes: nonce ‖ ciphertext ‖ tag."""
    return nonce + AESGCM(key).encrypt(nonce, plain, context)


def open_blob(key: bytes, blob: bytes, *, context: bytes) -> bytes:
    """Open a blob. Raises `UnreadableError`, `damaged`."""
    if len(blob) < NONCE_BYTES + TAG_BYTES:
        raise UnreadableError("damaged")
    try:
        return AESGCM(key).decrypt(blob[:NONCE_BYTES], blob[NONCE_BYTES:], context)
    except InvalidTag as error:
        raise UnreadableError("damaged") from error


def revision_id(header: bytes, blob_hash: bytes) -> bytes:
    """Return the id that header and blob's hash have together."""
    return hashlib.sha256(header + blob_hash).digest()


def revision_of(header: bytes, blob: bytes, signature: bytes | None = None) -> Revision:
    """Return header and blob as a revision, with its id."""
    blob_hash = hashlib.sha256(blob).digest()
    return Revision(revision_id(header, blob_hash), header, blob, blob_hash, signature)


def seal_revision(vault_key: VaultKey, header: Header, body: bytes, *, nonce: bytes) -> Revision:
    """Seal a padded body under the record key. Raises `UnreadableError`: `wrong-key`, `too-large`."""
    if header.key_id != vault_key.id:
        raise UnreadableError("wrong-key")
    head = encode_header(header)
    key = derived_key(vault_key, space=header.space, use="record")
    sealed = revision_of(head, seal_blob(key, body, context=head, nonce=nonce))
    if len(head) + len(sealed.blob or b"") > MOST_BYTES:
        raise UnreadableError("too-large")
    return sealed


def is_whole(revision: Revision) -> bool:
    """Whether the id is that of header and blob, or of header and the hash a stub has instead."""
    agrees = revision.blob is None or hashlib.sha256(revision.blob).digest() == revision.blob_hash
    return agrees and revision_id(revision.header, revision.blob_hash) == revision.id


def open_revision(vault_key: VaultKey, space: bytes, revision: Revision) -> tuple[Header, bytes]:
    """Return header and padded body, with the checks in the order of *Opening*. Raises `UnreadableError`."""
    if revision.blob is None or not is_whole(revision):
        raise UnreadableError("wrong-id")
    header = parse_header(revision.header)
    if header.space != space:
        raise UnreadableError("wrong-space")
    if header.key_id != vault_key.id:
        raise UnreadableError("wrong-key")
    key = derived_key(vault_key, space=space, use="record")
    return header, open_blob(key, revision.blob, context=revision.header)
