"""A vault's keys, as a phone knows them: found, read from a roll, followed, and changed (docs/keys.md)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tests.reader.envelope import Header, Kind, Revision, VaultKey, parse_header
from tests.reader.keyring import Keyring, open_keyring, seal_keyring, turned
from tests.reader.points import new_scalar, point_of
from tests.reader.roll import Entry, SigningKey, next_signing_key, read_line, signed_entry
from tests.reader.slots import Code, Passkey, addressed, is_keyed, is_slot, open_key, open_sealed
from tests.reader.unreadable import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.reader.chance import Chance
    from tests.reader.json_text import Json


KINDS = ("passkey", "code", "device")


@dataclass(frozen=True)
class Device:
    """A phone's own slot: its id, and the private half that stays on the phone."""

    slot: str
    scalar: bytes


@dataclass(frozen=True)
class Vault:
    """An open vault: its keys, and the last entry of its roll."""

    space: bytes
    key: VaultKey
    keyring: Keyring
    entry: Entry
    last: Revision

    def keys(self) -> dict[bytes, VaultKey]:
        """Return every key anything may be sealed under, by its id."""
        return {each.id: each for each in (*self.keyring.older, self.key)}


def found_vault(chance: Chance) -> Vault:
    """Begin a vault without slots: space, keys, and the first entry."""
    space, key, scalar = chance(16), VaultKey(chance(16), chance(32)), new_scalar(chance)
    keyring = Keyring((), scalar)
    entry = Entry(
        (SigningKey(point_of(scalar), None),), (), seal_keyring(keyring, space=space, vault_key=key, chance=chance)
    )
    header = Header(space, chance(32), key.id, (), Kind.ROLL)
    return Vault(space, key, keyring, entry, signed_entry(entry, header, scalar=scalar))


def with_first_slots(vault: Vault, slots: Sequence[Json], *, chance: Chance) -> Vault:
    """Return the vault with slots in its first entry, before anybody has seen it."""
    here = [addressed(each, space=vault.space, vault_key=vault.key, chance=chance) for each in slots]
    return _signed(vault, replace(vault.entry, slots=tuple(here)), parse_header(vault.last.header).parents)


def add_slot(vault: Vault, slot: Json, *, chance: Chance) -> Vault:
    """Put an entry on top in which this slot opens the vault too."""
    here = addressed(slot, space=vault.space, vault_key=vault.key, chance=chance)
    return _on_top(vault, slots=(*vault.entry.slots, here), forget_older=False)


def renew_slot(vault: Vault, slot: Json, *, instead_of: str, chance: Chance) -> Vault:
    """Put an entry on top in which this slot stands in place of another, and older entries are forgotten."""
    here = addressed(slot, space=vault.space, vault_key=vault.key, chance=chance)
    rest = [each for each in vault.entry.slots if not is_keyed(each) or each["id"] != instead_of]
    return _on_top(vault, slots=(*rest, here), forget_older=True)


def remove_slot(vault: Vault, slot: str, *, chance: Chance) -> Vault:
    """Put an entry on top without that slot, and with new keys."""
    rest = [each for each in vault.entry.slots if not is_keyed(each) or each["id"] != slot]
    if not any(is_slot(each) and each.get("kind") in KINDS for each in rest):
        raise UnreadableError("last-slot")
    return _turned(vault, rest, chance=chance, forget_older=True)


def turn(vault: Vault, *, chance: Chance) -> Vault:
    """Put an entry on top with a new vault key and a new signing key."""
    return _turned(vault, vault.entry.slots, chance=chance, forget_older=False)


def laid_on(vault: Vault, last: Revision) -> Vault:
    """Say what the vault's last entry says once more, on top of another.

    That is for a server that lost entries of which this phone has stubs alone, which no server takes.
    """
    return _signed(vault, vault.entry, (last.id,))


def open_roll(space: bytes, revisions: Sequence[Revision], opener: Code | Passkey) -> Vault:
    """Read a roll as a fresh phone does, with nothing but a code or a passkey's answer. Raises `UnreadableError`."""
    entry = read_line(space, revisions)
    fitting = [slot for slot in entry.slots if is_slot(slot) and opener.fits(slot)]
    if not fitting:
        raise UnreadableError("slot-not-here")
    slot, scalar, pinned = _first_that_opens(fitting, opener, space)
    if pinned not in [key for key, _ in entry.signing]:
        raise UnreadableError("roll-forged", "the pinned key is not in the line")
    return _opened(space, entry, revisions[-1], slot, scalar)


def follow_roll(vault: Vault, known: Sequence[Revision], given: Sequence[Revision], device: Device) -> Vault:
    """Read on from the entries known (the phone keeps them all), with the phone's own slot.

    `given` is the whole roll as it is told now. Raises `UnreadableError`; `roll-behind` where the server lacks entries
    that this phone knows, `roll-forked` where it tells of others instead.
    """
    ids, known_ids = [each.id for each in given], [each.id for each in known]
    if ids[: len(known)] != known_ids:
        read_line(vault.space, given)
        raise UnreadableError("roll-behind" if known_ids[: len(ids)] == ids else "roll-forked")
    further = given[len(known) :]
    if not further:
        return vault
    entry = read_line(vault.space, further, after=vault.last)
    return _opened_by_device(vault.space, entry, further[-1], device)


def reopen(space: bytes, known: Sequence[Revision], device: Device) -> Vault:
    """Open the vault with the phone's own slot, from the entries it keeps. Raises `UnreadableError`."""
    return _opened_by_device(space, read_line(space, known), known[-1], device)


def _first_that_opens(slots: Sequence[Json], opener: Code | Passkey, space: bytes) -> tuple[Json, bytes, bytes]:
    for slot in slots:
        try:
            return slot, *open_sealed(slot, opener, space=space)
        except UnreadableError as error:
            if slot is slots[-1]:
                raise UnreadableError("slot-wrong-key" if error.code == "slot-wrong-key" else "roll-damaged") from error
    raise UnreadableError("slot-not-here")


def _opened_by_device(space: bytes, entry: Entry, last: Revision, device: Device) -> Vault:
    slot = next((each for each in entry.slots if is_slot(each) and each["id"] == device.slot), None)
    if slot is None:
        raise UnreadableError("slot-not-here")
    return _opened(space, entry, last, slot, device.scalar)


def _opened(space: bytes, entry: Entry, last: Revision, slot: Json, scalar: bytes) -> Vault:
    try:
        key = open_key(slot, scalar, space=space, key_id=parse_header(last.header).key_id)
        keyring = open_keyring(entry.keyring, space=space, vault_key=key)
        point = point_of(keyring.signing)
    except UnreadableError as error:
        raise UnreadableError("roll-damaged") from error
    if point != entry.signing[-1].key:
        raise UnreadableError("roll-damaged", "the keyring is another line's")
    return Vault(space, key, keyring, entry, last)


def _turned(vault: Vault, slots: Sequence[Any], *, chance: Chance, forget_older: bool) -> Vault:
    key, scalar = VaultKey(chance(16), chance(32)), new_scalar(chance)
    signing = next_signing_key(point_of(scalar), space=vault.space, scalar=vault.keyring.signing)
    here = [
        addressed(each, space=vault.space, vault_key=key, chance=chance) if is_keyed(each) else each for each in slots
    ]
    keyring = turned(vault.keyring, old_key=vault.key, signing=scalar)
    sealed = seal_keyring(keyring, space=vault.space, vault_key=key, chance=chance)
    line = (*vault.entry.signing, signing)
    entry = replace(vault.entry, signing=line, slots=tuple(here), keyring=sealed, forget_older=forget_older)
    return _signed(replace(vault, key=key, keyring=keyring), entry, (vault.last.id,))


def _on_top(vault: Vault, *, slots: tuple[Json, ...], forget_older: bool) -> Vault:
    entry = replace(vault.entry, slots=slots, forget_older=forget_older)
    return _signed(vault, entry, (vault.last.id,))


def _signed(vault: Vault, entry: Entry, parents: tuple[bytes, ...]) -> Vault:
    header = Header(vault.space, parse_header(vault.last.header).record, vault.key.id, parents, Kind.ROLL)
    return replace(vault, entry=entry, last=signed_entry(entry, header, scalar=vault.keyring.signing))
