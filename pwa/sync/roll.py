"""The roll of a vault: a line of signed entries in clear, each on top of the one before.

An entry's blob is a JSON object. The phone's own business in it (keyring, slots) is not read here; two members are:

    signing        the vault's signing keys so far, oldest first: [{"key", "signature"}, …]. A key is an uncompressed
                   point (65 bytes); its signature (64 bytes, r ‖ s) is made with the key before it over
                   "cairn/1/signing" ‖ space ‖ key, and is null for the first
    forget_older   true where older entries must not open anything any more: they become stubs at once

The entry itself is signed with the last of these keys. So who has a session and no keys can add nothing to a roll
that has begun: the keys of the entry before must be here again, unchanged, and each further one is signed by the last.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from sqlalchemy import func, select, update

from pwa.base64url import from_base64url
from pwa.sync.header import Kind
from pwa.sync.models import Revision, Space
from pwa.sync.revisions import SIGNATURE_BYTES, Refusal, Sound

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

KEY_BYTES: Final = 65
MOST_KEYS: Final = 1_000
REVISION_LABEL: Final = b"cairn/1/revision"
SIGNING_LABEL: Final = b"cairn/1/signing"


class MalformedEntryError(ValueError):
    """The blob is not what a roll entry's is."""


class SigningKey(NamedTuple):
    """One of the keys a vault signed its roll with, and what proves that the key before it named it."""

    key: bytes
    signature: bytes | None


class Entry(NamedTuple):
    """What the server reads of an entry."""

    signing: tuple[SigningKey, ...]
    forget_older: bool


class Roll:
    """The roll of a space that is being pushed to."""

    def __init__(self, session: Session, space: Space, *, is_proved: bool) -> None:
        """`space` is locked."""
        self._session = session
        self._space = space
        self._is_proved = is_proved
        self._last: tuple[tuple[SigningKey, ...], bytes] | None = None
        self._forget_before: bytes | None = None

    def refuse(self, revision: Sound) -> Refusal | None:
        """Put the entry on top and return nothing, or return why it cannot lie there."""
        if revision.header.parents != (() if self._space.roll_id is None else (self._space.roll_id,)):
            return Refusal.ROLL_MOVED
        if not self._is_proved:
            return Refusal.PROOF_NEEDED
        try:
            entry = parse_entry(revision.blob)
        except MalformedEntryError:
            return Refusal.WRONG_ROLL
        before, record_id = self._on_top()
        if record_id not in {None, revision.header.record_id} or not is_signed_on(entry, before, self._space.id):
            return Refusal.WRONG_ROLL
        if not is_signed(REVISION_LABEL + revision.id, revision.signature, by=entry.signing[-1].key):
            return Refusal.WRONG_SIGNATURE
        self._lay(revision, entry)
        return None

    def settle(self) -> None:
        """Once all is stored, blank the entries that are to be forgotten."""
        if self._forget_before is None:
            return
        here = Revision.space_id == self._space.id
        last = select(Revision.seq).where(here, Revision.id == self._forget_before).scalar_subquery()
        older = (here, Revision.kind == Kind.ROLL, Revision.seq < last, Revision.blob.is_not(None))
        freed = self._session.scalar(select(func.sum(func.length(Revision.blob))).where(*older)) or 0
        blanked = update(Revision).where(*older).values(blob=None)
        self._session.execute(blanked, execution_options={"synchronize_session": False})
        self._space.used_bytes -= int(freed)

    def _on_top(self) -> tuple[tuple[SigningKey, ...], bytes | None]:
        """Return the signing keys so far, and the record all entries are of."""
        if self._last is None and self._space.roll_id is not None:
            here = (Revision.space_id == self._space.id, Revision.id == self._space.roll_id)
            blob, record_id = self._session.execute(select(Revision.blob, Revision.record_id).where(*here)).one()
            self._last = parse_entry(blob or b"").signing, record_id
        return self._last or ((), None)

    def _lay(self, revision: Sound, entry: Entry) -> None:
        self._last = entry.signing, revision.header.record_id
        self._space.roll_id = revision.id
        if entry.forget_older:
            self._forget_before = revision.id


def parse_entry(blob: bytes) -> Entry:
    """Return what the server reads of an entry's blob. Raises `MalformedEntryError`."""
    try:
        members: Any = json.loads(blob.decode("utf-8"))
        signing = tuple(_signing_key(each) for each in members["signing"][: MOST_KEYS + 1])
        forget_older = members["forget_older"]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise MalformedEntryError from error
    if not 1 <= len(signing) <= MOST_KEYS or not isinstance(forget_older, bool):
        raise MalformedEntryError
    return Entry(signing, forget_older)


def is_signed_on(entry: Entry, before: tuple[SigningKey, ...], space_id: bytes) -> bool:
    """Whether the entry has all signing keys of the one before, and each key after those is signed by its elder."""
    if entry.signing[: len(before)] != before:
        return False
    elder = before[-1].key if before else None
    for key, signature in entry.signing[len(before) :]:
        if elder is None:
            if signature is not None:
                return False
        elif not is_signed(SIGNING_LABEL + space_id + key, signature, by=elder):
            return False
        elder = key
    return True


def is_signed(message: bytes, signature: bytes | None, *, by: bytes) -> bool:
    """Whether `signature` (r ‖ s) is one of ECDSA with P-256 and SHA-256 over the message, made with the key `by`."""
    if signature is None:
        return False
    half = SIGNATURE_BYTES // 2
    r, s = int.from_bytes(signature[:half], "big"), int.from_bytes(signature[half:], "big")
    try:
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), by)
        key.verify(encode_dss_signature(r, s), message, ec.ECDSA(hashes.SHA256()))
    except (ValueError, InvalidSignature):
        return False
    return True


def _signing_key(value: Any) -> SigningKey:  # noqa: ANN401 - JSON
    key, signature = from_base64url(value["key"], length=KEY_BYTES), value["signature"]
    return SigningKey(key, None if signature is None else from_base64url(signature, length=SIGNATURE_BYTES))
