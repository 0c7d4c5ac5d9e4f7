"""Vectors of rolls: what opens for a fresh phone, what a phone that knows the vault follows, what both refuse."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from tests.reader.base64url import to_base64url
from tests.reader.points import point_of
from tests.reader.recovery_code import write_code
from tests.reader.rolls_of_vectors import Story
from tests.reader.slots import Code, Passkey

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.reader.envelope import Revision
    from tests.reader.json_text import Json
    from tests.reader.keys import Device, Vault


def roll() -> Json:
    """Return all of them."""
    story = Story("roll")
    entries: list[Json] = []
    cases = {"openings": _openings(story), "followings": _followings(story)}
    numbered = {name: [_numbered(each, entries) for each in some] for name, some in cases.items()}
    return {"space": story.lines[0].space.hex(), "entries": entries, **numbered}


def row(revision: Revision) -> Json:
    """Return a revision as a page of a pull has it, without what only the server knows."""
    blob = {"blob_hash": revision.blob_hash} if revision.blob is None else {"blob": revision.blob}
    parts = {"id": revision.id, "header": revision.header, **blob}
    if revision.signature is not None:
        parts["signature"] = revision.signature
    return {name: to_base64url(part) for name, part in parts.items()}


def opened(vault: Vault) -> Json:
    """Return what an opened roll gives."""
    return {
        "key": vault.key.key.hex(),
        "keyId": vault.key.id.hex(),
        "older": [{"id": each.id.hex(), "key": each.key.hex()} for each in vault.keyring.older],
        "signing": vault.keyring.signing.hex(),
        "entry": to_base64url(vault.last.id),
    }


def _numbered(case: Json, entries: list[Json]) -> Json:
    """Return a case with the places of its entries in the list of all, which grows where one is new."""
    lists = {name: case[name] for name in ("entries", "known", "given") if name in case}
    entries.extend(each for each in chain(*lists.values()) if each not in entries)
    return case | {name: [entries.index(each) for each in some] for name, some in lists.items()}


def _openings(story: Story) -> list[Json]:
    who, lines = story.person, story.lines
    changed = replace(lines[1].last, signature=bytes(64))
    wrong_bytes = replace(lines[1].last, blob=(lines[1].last.blob or b"") + b" ")
    elsewhere = story.forged(lines[0], lines[0].entry, record=bytes(32))
    good: list[tuple[str, list[Revision], Code | Passkey, Vault]] = [
        ("a code, in the first entry", story.roll(0), who.code, lines[0]),
        ("a passkey, added to it", story.roll(1), who.passkey, lines[1]),
        ("a code, after a turn: its slot pins the older signing key", story.roll(3), who.code, lines[3]),
        ("a passkey, after a turn, older entries forgotten", story.roll(3, stubs=3), who.passkey, lines[3]),
        ("the second of two passkeys", story.roll(4, stubs=3), who.other_passkey, lines[4]),
        ("a new code", story.roll(5, stubs=5), who.new_code, lines[5]),
        ("a new code, after two turns", story.roll(6, stubs=6), who.new_code, lines[6]),
    ]
    bad: list[tuple[str, list[Revision], Code | Passkey, str]] = [
        ("another code", story.roll(0), who.new_code, "slot-wrong-key"),
        ("a code that was renewed", story.roll(5, stubs=5), who.code, "slot-wrong-key"),
        ("a passkey of another", story.roll(1), who.other_passkey, "slot-wrong-key"),
        ("a passkey where there is none", story.roll(0), who.passkey, "slot-not-here"),
        ("a passkey on another site", story.roll(1), replace(who.passkey, site="evil.example"), "slot-not-here"),
        ("a slot that is malformed", story.malformed_slot(), who.code, "slot-not-here"),
        ("a signing key without a signature, not even null", story.unsaid_signature(), who.code, "roll-damaged"),
        ("a signature of nobody", [lines[0].last, changed], who.code, "roll-forged"),
        ("no signature", [lines[0].last, replace(changed, signature=None)], who.code, "roll-forged"),
        ("an entry left out", [lines[0].last, *story.roll(4)[2:]], who.code, "roll-forged"),
        ("the first left out", story.roll(2)[1:], who.code, "roll-forged"),
        ("two swapped", [story.roll(2)[at] for at in (0, 2, 1)], who.code, "roll-forged"),
        ("an edit among them", [lines[0].last, story.an_edit()], who.code, "roll-damaged"),
        ("of another record", [lines[0].last, elsewhere], who.code, "roll-forged"),
        ("somebody else's line around the code's slot", story.anothers_line(), who.code, "roll-forged"),
        ("a key that the one before did not sign", story.line_not_signed_on(), who.code, "roll-forged"),
        ("the pinned key left out of the line", story.signed_on_after_the_pin(), who.other_passkey, "roll-forged"),
        ("a keyring with a signing key of another line", story.anothers_keyring(), who.code, "roll-damaged"),
        ("a keyring that does not open", story.broken_keyring(), who.code, "roll-damaged"),
        ("the vault key sealed to somebody else", story.key_for_another(), who.code, "roll-damaged"),
        ("other bytes than the id says", [lines[0].last, wrong_bytes], who.code, "roll-damaged"),
        ("the last without its blob", story.roll(1, stubs=2), who.code, "roll-damaged"),
        ("no entries", [], who.code, "roll-damaged"),
        ("a blob of a later format", story.later_blob(), who.code, "newer-format"),
        ("a header of a later format", story.later_header(), who.code, "newer-format"),
    ]
    return [
        *(_opening(name, entries, opener) | {"opens": opened(vault)} for name, entries, opener, vault in good),
        *(_opening(name, entries, opener) | {"refused": code} for name, entries, opener, code in bad),
        _unknown(story),
    ]


def _opening(name: str, entries: Sequence[Revision], opener: Code | Passkey) -> Json:
    return {"name": name, "entries": _rows(entries), "with": _opener(opener)}


def _unknown(story: Story) -> Json:
    """Say of a roll with unknown members only which slots and members must still be there."""
    name = "a slot of a later kind and later members, kept through a turn"
    return _opening(name, story.with_unknown(), story.person.code) | {"keeps": ["mailbox", "later"]}


def _followings(story: Story) -> list[Json]:
    who, lines = story.person, story.lines
    good = [
        ("nothing new", 1, story.roll(1), who.phone, lines[1]),
        ("a slot more", 0, story.roll(1), who.phone, lines[1]),
        ("all there is, with two turns", 0, story.roll(6, stubs=6), who.phone, lines[6]),
        ("a turn that forgets what this phone knows whole", 2, story.roll(3, stubs=3), who.phone, lines[3]),
    ]
    bad = [
        ("its own slot removed", 2, story.roll(3), who.lost_phone, "slot-not-here"),
        ("an older roll: the server lost entries", 3, story.roll(1), who.phone, "roll-behind"),
        ("another entry on the same one", 1, story.other_second(), who.phone, "roll-forked"),
        ("a line that its key did not sign on", 0, story.line_not_signed_on(), who.phone, "roll-forged"),
        ("a keyring that does not open", 0, story.broken_keyring(), who.phone, "roll-damaged"),
    ]
    opened_by = {"with": _opener(who.code)}
    return [
        *(
            opened_by | _following(name, story.roll(known), given, device) | {"opens": opened(vault)}
            for name, known, given, device, vault in good
        ),
        *(
            opened_by | _following(name, story.roll(known), given, device) | {"refused": code}
            for name, known, given, device, code in bad
        ),
    ]


def _following(name: str, known: Sequence[Revision], given: Sequence[Revision], device: Device) -> Json:
    told = {"slot": device.slot, "public": point_of(device.scalar).hex(), "private": device.scalar.hex()}
    return {"name": name, "known": _rows(known), "device": told, "given": _rows(given)}


def _rows(revisions: Sequence[Revision]) -> list[Json]:
    return [row(each) for each in revisions]


def _opener(opener: Code | Passkey) -> Json:
    if isinstance(opener, Code):
        return {"code": write_code(opener.secret)}
    return {"passkey": {"output": opener.output.hex(), "site": opener.site}}
