"""P-256: key pairs, ECDH points and signatures, as bytes (docs/keys.md). A private half is its scalar, 32 bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.reader.unreadable import UnreadableError

if TYPE_CHECKING:
    from tests.reader.chance import Chance

CURVE = ec.SECP256R1()
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
POINT_BYTES = 65


def new_scalar(chance: Chance) -> bytes:
    """Return a private half: eight bytes more than needed, so that none is likelier than another."""
    return (int.from_bytes(chance(40), "big") % (ORDER - 1) + 1).to_bytes(32, "big")


def private_key(scalar: bytes) -> ec.EllipticCurvePrivateKey:
    """Return the key of a scalar. Raises `UnreadableError` where it is none."""
    try:
        return ec.derive_private_key(int.from_bytes(scalar, "big"), CURVE)
    except ValueError as error:
        raise UnreadableError("damaged") from error


def public_key(point: bytes) -> ec.EllipticCurvePublicKey:
    """Return the key of a point. Raises `UnreadableError` where it is none, or not written in 65 bytes."""
    try:
        if len(point) != POINT_BYTES:
            raise UnreadableError("damaged")
        return ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point)
    except ValueError as error:
        raise UnreadableError("damaged") from error


def point_of(scalar: bytes) -> bytes:
    """Return the public half of a private one, uncompressed."""
    return private_key(scalar).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def shared(scalar: bytes, point: bytes) -> bytes:
    """Return what both sides of a Diffie-Hellman exchange know: the x of the common point."""
    return private_key(scalar).exchange(ec.ECDH(), public_key(point))


def sign(scalar: bytes, message: bytes) -> bytes:
    """Sign with ECDSA and SHA-256, r ‖ s; the same message gets the same signature (RFC 6979)."""
    r, s = decode_dss_signature(private_key(scalar).sign(message, ec.ECDSA(SHA256(), deterministic_signing=True)))
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def is_signed(point: bytes, message: bytes, signature: bytes | None) -> bool:
    """Whether the signature (r ‖ s) over the message is one of the point's private half."""
    if signature is None or len(signature) != 64:
        return False
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    try:
        public_key(point).verify(encode_dss_signature(r, s), message, ec.ECDSA(SHA256()))
    except (UnreadableError, InvalidSignature):
        return False
    return True
