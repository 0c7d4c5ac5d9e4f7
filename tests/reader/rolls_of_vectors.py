"""Rolls of the vectors: one that goes through every change a roll can see, and the faults planted in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tests.reader.chance import seeded
from tests.reader.envelope import Header, Kind, Revision, encode_header, parse_header, revision_of
from tests.reader.keyring import Keyring, seal_keyring
from tests.reader.keys import Device, Vault, add_slot, found_vault, remove_slot, renew_slot, turn, with_first_slots
from tests.reader.points import new_scalar, point_of, sign
from tests.reader.roll import REVISION_LABEL, Entry, SigningKey, next_signing_key, signed_entry
from tests.reader.slots import Code, Passkey, addressed, make_device_slot, make_slot

if TYPE_CHECKING:
    from tests.reader.json_text import Json

SITE = "diary.example"


@dataclass(frozen=True)
class Person:
    """Everything one person has that opens their vault."""

    code: Code
    new_code: Code
    passkey: Passkey
    other_passkey: Passkey
    phone: Device
    lost_phone: Device


class Story:
    """A vault whose roll is kept entry by entry: `lines[n]` is the vault after entry n."""

    def __init__(self, seed: str) -> None:
        """Go through all of it."""
        draw = self.draw = seeded(seed)
        vault = found_vault(draw)
        code, new_code = Code(draw(16)), Code(draw(16))
        passkey, other_passkey = Passkey(draw(32), SITE), Passkey(draw(32), SITE)
        scalars = new_scalar(draw), new_scalar(draw)
        phone, lost = (make_device_slot(point_of(each), chance=draw) for each in scalars)
        self.person = Person(
            code, new_code, passkey, other_passkey, Device(phone["id"], scalars[0]), Device(lost["id"], scalars[1])
        )
        first = with_first_slots(vault, [self.slot(vault, code), phone], chance=draw)
        with_passkey = add_slot(first, self.slot(first, passkey), chance=draw)
        with_lost = add_slot(with_passkey, lost, chance=draw)
        without_lost = remove_slot(with_lost, lost["id"], chance=draw)
        with_other = add_slot(without_lost, self.slot(without_lost, other_passkey), chance=draw)
        code_slot = next(each["id"] for each in with_other.entry.slots if each["kind"] == "code")
        renewed = renew_slot(with_other, self.slot(with_other, new_code), instead_of=code_slot, chance=draw)
        turned = turn(renewed, chance=draw)
        self.lines = [first, with_passkey, with_lost, without_lost, with_other, renewed, turned]

    def slot(self, vault: Vault, opener: Code | Passkey) -> Json:
        """Make a slot that pins the vault's last signing key."""
        return make_slot(opener, space=vault.space, signing=vault.entry.signing[-1].key, chance=self.draw)

    def roll(self, last: int, stubs: int = 0) -> list[Revision]:
        """Return the entries up to one of them; the first `stubs` without their blobs."""
        entries = [vault.last for vault in self.lines[: last + 1]]
        return [replace(each, blob=None) if at < stubs else each for at, each in enumerate(entries)]

    def forged(
        self, last: Vault, entry: Entry, *, scalar: bytes | None = None, record: bytes | None = None
    ) -> Revision:
        """Return an entry on top of a vault's last that nobody sound would make."""
        header = parse_header(last.last.header)
        header = Header(last.space, record or header.record, last.key.id, (last.last.id,), Kind.ROLL)
        return signed_entry(entry, header, scalar=scalar or last.keyring.signing)

    def with_unknown(self) -> list[Revision]:
        """Return a roll with a slot of a later kind and members of a later app, kept through a turn."""
        first = self.lines[0]
        later = addressed(
            {**make_device_slot(point_of(new_scalar(self.draw)), chance=self.draw), "kind": "mailbox", "term": 7},
            space=first.space,
            vault_key=first.key,
            chance=self.draw,
        )
        entry = replace(
            first.entry, slots=(*first.entry.slots, later, {"kind": "code"}, 7), more={"later": {"b": [1, None]}}
        )
        second = replace(first, entry=entry, last=self.forged(first, entry))
        return [first.last, second.last, turn(second, chance=self.draw).last]

    def anothers_line(self) -> list[Revision]:
        """Return what a server might make: its own keys around a copy of the code's slot."""
        first, scalar = self.lines[0], new_scalar(self.draw)
        entry = replace(first.entry, signing=(SigningKey(point_of(scalar), None),))
        return [signed_entry(entry, parse_header(first.last.header), scalar=scalar)]

    def line_not_signed_on(self) -> list[Revision]:
        """Return a line that names the person's key and goes on with one it did not sign."""
        first, scalar = self.lines[0], new_scalar(self.draw)
        stranger = next_signing_key(point_of(scalar), space=first.space, scalar=scalar)
        entry = replace(first.entry, signing=(*first.entry.signing, stranger))
        return [first.last, self.forged(first, entry, scalar=scalar)]

    def signed_on_after_the_pin(self) -> list[Revision]:
        """Return a line of the vault's that a slot made later does not stand in: its pin was left out."""
        later = self.lines[4]
        first = later.entry.signing[:1]
        scalar = self.lines[0].keyring.signing
        entry = replace(later.entry, signing=first)
        header = replace(parse_header(later.last.header), parents=())
        return [signed_entry(entry, header, scalar=scalar)]

    def broken_keyring(self) -> list[Revision]:
        """Return an entry, well signed, whose keyring opens under no key."""
        first = self.lines[0]
        stranger = replace(first.key, key=bytes(32))
        sealed = seal_keyring(first.keyring, space=first.space, vault_key=stranger, chance=self.draw)
        return [first.last, self.forged(first, replace(first.entry, keyring=sealed))]

    def anothers_keyring(self) -> list[Revision]:
        """Return an entry, well signed, whose keyring holds a signing key of another line."""
        first = self.lines[0]
        ring = Keyring((), new_scalar(self.draw))
        sealed = seal_keyring(ring, space=first.space, vault_key=first.key, chance=self.draw)
        return [first.last, self.forged(first, replace(first.entry, keyring=sealed))]

    def key_for_another(self) -> list[Revision]:
        """Return an entry, well signed, in whose code slot the vault key is sealed to somebody else."""
        first = self.lines[0]
        code, phone = first.entry.slots
        return [first.last, self.forged(first, replace(first.entry, slots=({**code, "key": phone["key"]}, phone)))]

    def malformed_slot(self) -> list[Revision]:
        """Return an entry, well signed, whose code slot has a `sealed` of another length."""
        first = self.lines[0]
        code, phone = first.entry.slots
        return [first.last, self.forged(first, replace(first.entry, slots=({**code, "sealed": "AAAA"}, phone)))]

    def unsaid_signature(self) -> list[Revision]:
        """Return a first entry whose only signing key has no `signature`, not even null."""
        first = self.lines[0]
        blob = (first.last.blob or b"").replace(b',"signature":null', b"", 1)
        return [self.signed_again(revision_of(first.last.header, blob))]

    def later_blob(self) -> list[Revision]:
        """Return an entry whose blob is of a later format."""
        first = self.lines[0]
        blob = (first.last.blob or b"").replace(b'{"format":1', b'{"format":2', 1)
        return [self.signed_again(revision_of(first.last.header, blob))]

    def later_header(self) -> list[Revision]:
        """Return an entry whose header is of a later format."""
        first = self.lines[0]
        return [first.last, self.signed_again(revision_of(b"\x02" + self.lines[1].last.header[1:], b"{}"))]

    def an_edit(self) -> Revision:
        """Return a revision of another kind, on top of the first entry and signed as one."""
        header = replace(parse_header(self.lines[1].last.header), kind=Kind.EDIT)
        return self.signed_again(revision_of(encode_header(header), self.lines[1].last.blob or b""))

    def signed_again(self, revision: Revision) -> Revision:
        """Return the revision signed with the first signing key."""
        return replace(revision, signature=sign(self.lines[0].keyring.signing, REVISION_LABEL + revision.id))

    def other_second(self) -> list[Revision]:
        """Return another second entry than the phone knows, well made: one of two that were made at once."""
        first = self.lines[0]
        return [first.last, add_slot(first, self.slot(first, self.person.other_passkey), chance=self.draw).last]
