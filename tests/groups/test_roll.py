"""The server's rules of a group's roll, held to the vectors that the app and the second reader keep to."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import pytest

from pwa.base64url import from_base64url, to_base64url
from pwa.groups.roll import (
    EntryRefusedError,
    GroupRoll,
    begin_roll,
    is_by_author,
    lay_entry,
    may_erase,
    may_write,
    roll_record,
)
from pwa.sync.header import Header, Kind, Owner
from pwa.sync.revisions import Refusal, Sent, Sound, examine

Json = dict[str, Any]

VECTORS: Final[Json] = json.loads((Path(__file__).parent.parent / "vectors/group-roll.json").read_text("ascii"))
SOUND: Final = [case for case in VECTORS["cases"] if "state" in case]
REFUSED: Final = [case for case in VECTORS["cases"] if "refused" in case]
# What the phones tell apart further, the server need not.
TOLD: Final = {
    "roll-forged": {Refusal.WRONG_ROLL, Refusal.WRONG_SIGNATURE},
    "roll-damaged": {Refusal.WRONG_ROLL},
    "roll-forked": {Refusal.ROLL_MOVED},
    "newer-format": {Refusal.NEWER_FORMAT},
}


def entries_of(case: Json) -> list[Sound]:
    """Return a case's entries, each read as the server reads what is pushed."""
    return [_sound(VECTORS["entries"][place]) for place in case["entries"]]


def roll_of(entries: list[Sound]) -> GroupRoll:
    """Lay entry on entry."""
    roll = begin_roll(entries[0])
    for entry in entries[1:]:
        roll = lay_entry(roll, entry)
    return roll


def _sound(row: Json) -> Sound:
    """Read a row as if it were pushed to the space that it names: one of another is told by the roll, too."""
    id_, header, blob, signature = (from_base64url(row[name]) for name in ("id", "header", "blob", "signature"))
    examined = examine(Sent(id_, header, blob, signature), space_id=header[3:19])
    assert isinstance(examined, Sound)
    return examined


def test_there_are_sound_rolls_and_refused_ones() -> None:
    assert len(SOUND) > 10
    assert len(REFUSED) > 15


@pytest.mark.parametrize("case", SOUND, ids=lambda case: case["name"])
def test_a_sound_roll_says_the_same_here_as_on_the_phones(case: Json) -> None:
    roll = roll_of(entries_of(case))
    # The words are between people; the server has no use for them.
    told = {name: said for name, said in case["state"].items() if name != "words"}
    assert {
        "members": [[to_base64url(each.id), each.role, each.joined] for each in roll.members],
        "former": [[to_base64url(id_), each.why, each.at] for id_, each in roll.former.items()],
        "stewards": [to_base64url(each) for each in roll.stewards],
        "key": to_base64url(roll.key_id),
        "must_turn": roll.must_turn,
        "rights": [
            [to_base64url(key_id), *(sorted(map(to_base64url, each)) for each in (rights.members, rights.stewards))]
            for key_id, rights in roll.rights.items()
        ],
    } == told


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case["name"])
def test_what_the_phones_refuse_the_server_does_not_take(case: Json) -> None:
    *before, last = entries_of(case)
    roll = roll_of(before)
    with pytest.raises(EntryRefusedError) as refused:
        lay_entry(roll, last)
    assert refused.value.refusal in TOLD[case["refused"]]


def test_a_group_is_begun_by_its_first_entry_alone() -> None:
    first, second, *_ = entries_of(SOUND[-1])
    with pytest.raises(EntryRefusedError):
        begin_roll(second)
    with pytest.raises(EntryRefusedError):
        lay_entry(begin_roll(first), first)
    with pytest.raises(EntryRefusedError) as refused:
        begin_roll(first._replace(signature=bytes(64)))
    assert refused.value.refusal is Refusal.WRONG_SIGNATURE


def test_who_lost_a_right_keeps_it_under_the_keys_they_had_and_has_none_under_the_next() -> None:
    roll = roll_of(entries_of(_named("one removed by the other steward")))
    (ann,) = roll.former
    old, new = list(roll.rights)[-2:]
    own, shared = bytes((0,)) + ann + bytes(15), bytes((1,)) + ann + bytes(15)
    another = bytes((0,)) + roll.members[0].id + bytes(15)
    for record in (own, shared):
        assert may_write(roll, _header(roll, Kind.EDIT, record, old, ann))
        assert not may_write(roll, _header(roll, Kind.EDIT, record, new, ann))
    assert not may_write(roll, _header(roll, Kind.EDIT, another, old, ann))
    for record in (own, shared, another):
        assert may_erase(roll, _header(roll, Kind.ERASE, record, old, ann))
        assert not may_erase(roll, _header(roll, Kind.ERASE, record, new, ann))


def test_the_rolls_own_record_is_neither_written_nor_erased_and_no_other_space_either() -> None:
    roll = roll_of(entries_of(SOUND[0]))
    founder = roll.members[0].id
    assert not may_write(roll, _header(roll, Kind.EDIT, roll_record(founder), roll.key_id, founder))
    assert not may_erase(roll, _header(roll, Kind.ERASE, roll_record(founder), roll.key_id, founder))
    own = bytes((0,)) + founder + bytes(15)
    assert may_write(roll, _header(roll, Kind.EDIT, own, roll.key_id, founder))
    elsewhere = _header(roll, Kind.EDIT, own, roll.key_id, founder)._replace(space_id=bytes(16))
    assert not may_write(roll, elsewhere)
    assert not may_write(roll, _header(roll, Kind.EDIT, own, bytes(16), founder))


def test_only_a_steward_erases_what_another_wrote() -> None:
    roll = roll_of(entries_of(_named("and another, by one who is no steward")))
    ann, ben, cas = (each.id for each in roll.members)
    of_cas = bytes((0,)) + cas + bytes(15)
    assert may_erase(roll, _header(roll, Kind.ERASE, of_cas, roll.key_id, ann))
    assert not may_erase(roll, _header(roll, Kind.ERASE, of_cas, roll.key_id, ben))
    assert may_erase(roll, _header(roll, Kind.ERASE, of_cas, roll.key_id, cas))


def test_a_signature_is_its_authors_also_with_the_keys_they_had_before() -> None:
    entries = entries_of(_named("new keys of one's own"))
    roll = roll_of(entries)
    rekeyed = entries[-1].header.author_id
    assert rekeyed is not None
    assert len(roll.signing[rekeyed]) == 2
    assert is_by_author(roll, entries[-1])
    assert not is_by_author(roll, entries[-1]._replace(signature=entries[0].signature))
    assert not is_by_author(roll, entries[-1]._replace(signature=None))


def _named(name: str) -> Json:
    case: Json
    (case,) = (each for each in SOUND if each["name"] == name)
    return case


def _header(roll: GroupRoll, kind: Kind, record_id: bytes, key_id: bytes, author_id: bytes) -> Header:
    return Header(
        kind=kind,
        owner=Owner.GROUP,
        space_id=roll.space_id,
        record_id=record_id,
        key_id=key_id,
        author_id=author_id,
        parents=(),
    )
