"""HPKE, RFC 9180, base mode, one message: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM.

Sealing is written out, because vectors need an ephemeral key of their own. Opening is the library's: so each is a
check of the other.
"""

from __future__ import annotations

import hashlib
import hmac

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from tests.reader.points import POINT_BYTES, point_of, private_key, public_key, shared
from tests.reader.unreadable import UnreadableError

KEM_SUITE = b"KEM" + bytes((0x00, 0x10))
SUITE = b"HPKE" + bytes((0x00, 0x10, 0x00, 0x01, 0x00, 0x02))
BASE_MODE = b"\0"


def seal_to(point: bytes, *, info: bytes, plain: bytes, ephemeral: bytes) -> bytes:
    """Seal to the holder of a point: enc (65) ‖ ciphertext with its tag. The associated data is empty."""
    enc = point_of(ephemeral)
    secret = _expand(KEM_SUITE, _kem_extract(shared(ephemeral, point)), b"shared_secret", enc + point, 32)
    context = BASE_MODE + _extract(SUITE, b"", b"psk_id_hash", b"") + _extract(SUITE, b"", b"info_hash", info)
    scheduled = _extract(SUITE, secret, b"secret", b"")  # §5.1: the shared secret is the salt, no PSK the input
    key = _expand(SUITE, scheduled, b"key", context, 32)
    nonce = _expand(SUITE, scheduled, b"base_nonce", context, 12)  # the first message's nonce is the base itself
    return enc + AESGCM(key).encrypt(nonce, plain, b"")


def open_with(scalar: bytes, *, info: bytes, sealed: bytes) -> bytes:
    """Open what was sealed to the scalar's point. Raises `UnreadableError`, `damaged`."""
    if len(sealed) < POINT_BYTES + 16:
        raise UnreadableError("damaged")
    public_key(sealed[:POINT_BYTES])
    suite = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
    try:
        return suite.decrypt(sealed, private_key(scalar), info)
    except (InvalidTag, ValueError) as error:
        raise UnreadableError("damaged") from error


def _kem_extract(agreed: bytes) -> bytes:
    return _extract(KEM_SUITE, b"", b"eae_prk", agreed)


def _extract(suite: bytes, salt: bytes, label: bytes, material: bytes) -> bytes:
    """RFC 9180 §4, LabeledExtract."""
    return hmac.digest(salt or bytes(32), b"HPKE-v1" + suite + label + material, hashlib.sha256)


def _expand(suite: bytes, secret: bytes, label: bytes, info: bytes, length: int) -> bytes:
    """RFC 9180 §4, LabeledExpand."""
    labelled = length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info
    return HKDFExpand(SHA256(), length, labelled).derive(secret)
