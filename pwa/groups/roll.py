"""The roll of a group: who is in it, who may what, and under which key, from its signed entries alone.

    found    the founder, who is its first steward
    join     any member lets somebody in, sixteen at most
    leave    oneself; then the key turns before anything else is taken
    rekey    oneself, signed with the key before
    remove   a steward, another; with a new key
    role     a steward; with a new key where it takes stewardship away
    turn     any member; a new key

A group without a steward has its longest-standing member as one. Whoever loses a right is followed by a new key, so a
right is a matter of the key that something was written under. `pwa/client/vault/group-roll.ts` has the same rules, and
`tests/vectors/group-roll.json` holds both to them. Nothing here asks a database.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from pwa.groups.entries import Act, LaterActError, MalformedActError, Role, What, parse_act
from pwa.sync.header import RECORD_BYTES, Header, Kind, Owner
from pwa.sync.revisions import Refusal, Sound
from pwa.sync.roll import REVISION_LABEL, is_signed

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_MEMBERS: Final = 16
OWN, SHARED, OF_THE_ROLL = 0, 1, 2


class EntryRefusedError(Exception):
    """An entry that cannot lie on this roll."""

    def __init__(self, refusal: Refusal) -> None:
        """Keep what the phone is told."""
        super().__init__(refusal)
        self.refusal = refusal


class Member(NamedTuple):
    """Somebody who is in. `joined` is the number of the entry that let them in, from 0."""

    id: bytes
    signing: bytes
    role: Role
    joined: int


class Parting(NamedTuple):
    """That somebody left or was removed, and with which entry."""

    why: str
    at: int


@dataclass(frozen=True)
class Rights:
    """Who had which rights at any moment while a key was the group's."""

    members: frozenset[bytes] = frozenset()
    stewards: frozenset[bytes] = frozenset()


@dataclass(frozen=True, kw_only=True)
class GroupRoll:
    """What the entries so far say together. `signing` has every key that somebody ever signed with."""

    space_id: bytes
    record_id: bytes
    last_id: bytes
    length: int
    key_id: bytes
    must_turn: bool
    members: tuple[Member, ...]
    former: Mapping[bytes, Parting] = field(default_factory=dict)
    rights: Mapping[bytes, Rights] = field(default_factory=dict)
    signing: Mapping[bytes, tuple[bytes, ...]] = field(default_factory=dict)

    @property
    def stewards(self) -> tuple[bytes, ...]:
        """Who may do what stewards may."""
        named = tuple(each.id for each in self.members if each.role is Role.STEWARD)
        return named or tuple(each.id for each in self.members[:1])


def roll_record(founder: bytes) -> bytes:
    """Return the record that all entries of a group's roll are of."""
    return bytes((OF_THE_ROLL,)) + founder + bytes(RECORD_BYTES - 1 - len(founder))


def begin_roll(revision: Sound) -> GroupRoll:
    """Return the roll of a group that this entry founds. Raises `EntryRefusedError`."""
    header, act = _read(revision)
    author = header.author_id
    if act.what is not What.FOUND or act.member is None or act.member.id != author or header.parents:
        raise EntryRefusedError(Refusal.WRONG_ROLL)
    if header.record_id != roll_record(act.member.id) or act.keys != {act.member.id}:
        raise EntryRefusedError(Refusal.WRONG_ROLL)
    _see_signed(revision, by=act.member.signing)
    founder = Member(act.member.id, act.member.signing, Role.STEWARD, 0)
    return _with_rights(
        GroupRoll(
            space_id=header.space_id,
            record_id=header.record_id,
            last_id=revision.id,
            length=1,
            key_id=header.key_id,
            must_turn=False,
            members=(founder,),
            signing={founder.id: (founder.signing,)},
        )
    )


def lay_entry(roll: GroupRoll, revision: Sound) -> GroupRoll:
    """Return the roll with this entry on top. Raises `EntryRefusedError`; `roll_moved` where it lies on another."""
    header, act = _read(revision)
    if header.parents != (roll.last_id,):
        raise EntryRefusedError(Refusal.ROLL_MOVED)
    author = next((each for each in roll.members if each.id == header.author_id), None)
    if author is None or header.space_id != roll.space_id or header.record_id != roll.record_id:
        raise EntryRefusedError(Refusal.WRONG_ROLL)
    _see_signed(revision, by=author.signing)
    changed = _change(roll, author, act)
    if changed is None or not _has_right_key(changed, header, act):
        raise EntryRefusedError(Refusal.WRONG_ROLL)
    must_turn = changed.must_turn and header.key_id == roll.key_id
    laid = replace(changed, last_id=revision.id, length=roll.length + 1, key_id=header.key_id, must_turn=must_turn)
    return _with_rights(laid)


def may_write(roll: GroupRoll, header: Header) -> bool:
    """Say whether an edit counts: its author was a member under its key, and the record is theirs, or of all."""
    if header.kind is not Kind.EDIT or not _was_member(roll, header):
        return False
    return header.record_id[0] == SHARED or _is_own(header)


def may_erase(roll: GroupRoll, header: Header) -> bool:
    """Say whether an erase counts: by the owner of an own record, or by who was a steward under its key."""
    if header.kind is not Kind.ERASE or not _was_member(roll, header):
        return False
    is_steward = header.author_id in roll.rights[header.key_id].stewards
    return _is_own(header) or (is_steward and header.record_id[0] <= SHARED)


def is_by_author(roll: GroupRoll, revision: Sound) -> bool:
    """Say whether its author signed it, with any of the keys that they had."""
    keys = roll.signing.get(revision.header.author_id or b"", ())
    return any(is_signed(REVISION_LABEL + revision.id, revision.signature, by=key) for key in keys)


def _read(revision: Sound) -> tuple[Header, Act]:
    header = revision.header
    if header.kind is not Kind.ROLL or header.owner is not Owner.GROUP:
        raise EntryRefusedError(Refusal.WRONG_ROLL)
    try:
        return header, parse_act(revision.blob)
    except LaterActError as error:
        raise EntryRefusedError(Refusal.NEWER_FORMAT) from error
    except MalformedActError as error:
        raise EntryRefusedError(Refusal.WRONG_ROLL) from error


def _see_signed(revision: Sound, *, by: bytes) -> None:
    if not is_signed(REVISION_LABEL + revision.id, revision.signature, by=by):
        raise EntryRefusedError(Refusal.WRONG_SIGNATURE)


def _change(roll: GroupRoll, author: Member, act: Act) -> GroupRoll | None:
    """Return the roll after an act, or nothing where its author may not."""
    waits_for_key = roll.must_turn and act.what is not What.LEAVE and not act.makes_key
    if waits_for_key or act.what is What.FOUND:
        return None
    if act.what is What.JOIN:
        return _join(roll, act)
    if act.what is What.REKEY:
        return _rekey(roll, author, act)
    if act.what is What.LEAVE:
        left = _without(roll, author, "left")
        return replace(left, must_turn=bool(left.members))
    if act.what is What.TURN:
        return roll
    return _by_steward(roll, author, act)


def _join(roll: GroupRoll, act: Act) -> GroupRoll | None:
    if act.member is None or act.member.id in roll.signing or len(roll.members) >= MOST_MEMBERS:
        return None
    id_, signing = act.member
    members = (*roll.members, Member(id_, signing, Role.MEMBER, roll.length))
    return replace(roll, members=members, signing={**roll.signing, id_: (signing,)})


def _rekey(roll: GroupRoll, author: Member, act: Act) -> GroupRoll | None:
    if act.member is None or act.member.id != author.id:
        return None
    renewed = author._replace(signing=act.member.signing)
    members = tuple(renewed if each == author else each for each in roll.members)
    signing = {**roll.signing, author.id: (*roll.signing[author.id], renewed.signing)}
    return replace(roll, members=members, signing=signing)


def _by_steward(roll: GroupRoll, author: Member, act: Act) -> GroupRoll | None:
    target = next((each for each in roll.members if each.id == act.about), None)
    if target is None or author.id not in roll.stewards:
        return None
    if act.role is None:
        return None if target == author else _without(roll, target, "removed")
    if target.role is act.role:
        return None
    given = target._replace(role=act.role)
    return replace(roll, members=tuple(given if each == target else each for each in roll.members))


def _without(roll: GroupRoll, member: Member, why: str) -> GroupRoll:
    rest = tuple(each for each in roll.members if each != member)
    return replace(roll, members=rest, former={**roll.former, member.id: Parting(why, roll.length)})


def _has_right_key(roll: GroupRoll, header: Header, act: Act) -> bool:
    """Whether the key is new where it has to be, and there for exactly those who are to have it."""
    if act.makes_key:
        return header.key_id not in roll.rights and act.keys == {each.id for each in roll.members}
    return header.key_id == roll.key_id and (act.member is None or act.keys == {act.member.id})


def _with_rights(roll: GroupRoll) -> GroupRoll:
    """Add who has which rights now to those of the key that is the group's."""
    so_far = roll.rights.get(roll.key_id, Rights())
    now = Rights(so_far.members | {each.id for each in roll.members}, so_far.stewards | set(roll.stewards))
    return replace(roll, rights={**roll.rights, roll.key_id: now})


def _was_member(roll: GroupRoll, header: Header) -> bool:
    rights = roll.rights.get(header.key_id)
    return header.space_id == roll.space_id and rights is not None and header.author_id in rights.members


def _is_own(header: Header) -> bool:
    return header.record_id[0] == OWN and header.record_id[1:17] == header.author_id
