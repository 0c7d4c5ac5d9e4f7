"""The roll of a group: who is in it, who may what, and under which key, from its entries (docs/group-keys.md)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.reader.base64url import from_base64url, to_base64url
from tests.reader.envelope import Header, Kind, Revision, encode_header, is_whole, parse_header, revision_of
from tests.reader.json_text import Json, read, written
from tests.reader.points import POINT_BYTES, is_signed, public_key, sign
from tests.reader.unreadable import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Sequence

FORMAT = 1
MOST_MEMBERS = 16
SEALED_KEY_BYTES = 113
ROLL_POLICY = b"\x02"
REVISION_LABEL = b"cairn/1/revision"


class Member(NamedTuple):
    """Somebody who is in: their public halves, their role, and the number of the entry that let them in."""

    id: bytes
    signing: bytes
    receiving: bytes
    role: str
    joined: int


class Parting(NamedTuple):
    """How somebody went, and with which entry."""

    why: str
    at: int


@dataclass(frozen=True)
class Rights:
    """Who had which rights at any moment while a key was the group's."""

    members: frozenset[bytes] = frozenset()
    stewards: frozenset[bytes] = frozenset()


@dataclass(frozen=True)
class GroupRoll:
    """What the entries so far say together."""

    space: bytes
    record: bytes
    ids: tuple[bytes, ...] = ()
    members: tuple[Member, ...] = ()
    former: dict[bytes, Parting] = field(default_factory=dict)
    key_id: bytes = b""
    must_turn: bool = False
    reigns: dict[bytes, Rights] = field(default_factory=dict)
    ever: frozenset[bytes] = frozenset()

    def stewards(self) -> tuple[bytes, ...]:
        """Return who may do what stewards may: where nobody is one, who has been there longest."""
        named = tuple(each.id for each in self.members if each.role == "steward")
        return named or tuple(each.id for each in self.members[:1])


def roll_record(founder: bytes) -> bytes:
    """Return the record that all entries of a group are of."""
    return ROLL_POLICY + founder + bytes(15)


def word_numbers(last: bytes) -> list[int]:
    """Return the six numbers that stand for a group's words."""
    bits = int.from_bytes(hashlib.sha256(b"cairn/1/words" + last).digest(), "big") >> 256 - 66
    return [bits >> 11 * place & 2047 for place in reversed(range(6))]


def signed_group_entry(content: Json, header: Header, *, scalar: bytes) -> Revision:
    """Return an entry as a revision, signed with its author's scalar."""
    blob = written({"format": FORMAT, **content})
    head = encode_header(header)
    return revision_of(head, blob, sign(scalar, REVISION_LABEL + revision_of(head, blob).id))


def read_group_roll(space: bytes, revisions: Sequence[Revision]) -> GroupRoll:
    """Hold a whole roll against itself. Raises `UnreadableError`: `roll-forged`, `roll-damaged`, `newer-format`."""
    roll: GroupRoll | None = None
    for revision in revisions:
        roll = _begin(space, revision) if roll is None else _lay(roll, revision)
    if roll is None:
        raise UnreadableError("roll-damaged")
    return roll


def content_of(revision: Revision) -> Json:
    """Return what an entry says. Raises `UnreadableError`: `roll-damaged`, `newer-format`."""
    try:
        header = parse_header(revision.header)
        content = read(revision.blob or b"")
    except UnreadableError as error:
        raise UnreadableError("newer-format" if error.code == "newer-format" else "roll-damaged") from error
    told = content.get("format")
    if isinstance(told, int) and not isinstance(told, bool) and told > FORMAT:
        raise UnreadableError("newer-format")
    is_one = header.kind == Kind.ROLL and header.author and is_whole(revision) and told == FORMAT
    if not is_one or isinstance(told, bool) or not _is_well_formed(content):
        raise UnreadableError("roll-damaged")
    return content


def _begin(space: bytes, revision: Revision) -> GroupRoll:
    content, header = content_of(revision), parse_header(revision.header)
    member = _member(content["member"], "steward", 0) if content["what"] == "found" else None
    if member is None or member.id != header.author or header.parents or header.space != space:
        raise UnreadableError("roll-forged")
    if header.record != roll_record(member.id) or set(content["keys"]) != {to_base64url(member.id)}:
        raise UnreadableError("roll-forged")
    _see_signed(revision, member.signing)
    return _with_rights(
        GroupRoll(space, header.record, (revision.id,), (member,), key_id=header.key_id, ever=frozenset((member.id,)))
    )


def _lay(roll: GroupRoll, revision: Revision) -> GroupRoll:
    content, header = content_of(revision), parse_header(revision.header)
    if header.parents != roll.ids[-1:]:
        raise UnreadableError("roll-forked")
    author = next((each for each in roll.members if each.id == header.author), None)
    if author is None or header.space != roll.space or header.record != roll.record:
        raise UnreadableError("roll-forged")
    _see_signed(revision, author.signing)
    changed = _changed(roll, author, content)
    if _makes_key(content):
        is_right = header.key_id not in roll.reigns
        is_right &= set(content["keys"]) == {to_base64url(each.id) for each in changed.members}
    else:
        is_right = header.key_id == roll.key_id
        is_right &= content["what"] not in {"join", "rekey"} or set(content["keys"]) == {content["member"]["id"]}
    if not is_right:
        raise UnreadableError("roll-forged")
    must_turn = header.key_id == roll.key_id and (changed.must_turn or roll.must_turn)
    return _with_rights(replace(changed, ids=(*roll.ids, revision.id), key_id=header.key_id, must_turn=must_turn))


def _changed(roll: GroupRoll, author: Member, content: Json) -> GroupRoll:
    """Return the roll after an act. Raises `UnreadableError`, `roll-forged`, where its author may not."""
    what, at = content["what"], len(roll.ids)
    if roll.must_turn and what != "leave" and not _makes_key(content):
        raise UnreadableError("roll-forged")
    if what == "join":
        member = _member(content["member"], "member", at)
        if member.id in roll.ever or len(roll.members) >= MOST_MEMBERS:
            raise UnreadableError("roll-forged")
        return replace(roll, members=(*roll.members, member), ever=roll.ever | {member.id})
    if what == "leave":
        rest = tuple(each for each in roll.members if each != author)
        former = roll.former | {author.id: Parting("left", at)}
        return replace(roll, members=rest, former=former, must_turn=bool(rest))
    if what == "rekey":
        renewed = _member(content["member"], author.role, author.joined)
        if renewed.id != author.id:
            raise UnreadableError("roll-forged")
        return replace(roll, members=tuple(renewed if each == author else each for each in roll.members))
    if what == "turn":
        return roll
    about = from_base64url(content["member"], 16) if what in {"remove", "role"} else b""
    target = next((each for each in roll.members if each.id == about), None)
    if target is None or author.id not in roll.stewards():
        raise UnreadableError("roll-forged")
    if what == "remove" and target != author:
        rest = tuple(each for each in roll.members if each != target)
        return replace(roll, members=rest, former=roll.former | {about: Parting("removed", at)})
    if what == "role" and target.role != content["role"]:
        given = target._replace(role=content["role"])
        return replace(roll, members=tuple(given if each == target else each for each in roll.members))
    raise UnreadableError("roll-forged")


def _makes_key(content: Json) -> bool:
    return content["what"] in {"turn", "remove"} or (content["what"] == "role" and content["role"] == "member")


def _with_rights(roll: GroupRoll) -> GroupRoll:
    so_far = roll.reigns.get(roll.key_id, Rights())
    now = Rights(so_far.members | {each.id for each in roll.members}, so_far.stewards | set(roll.stewards()))
    return replace(roll, reigns=roll.reigns | {roll.key_id: now})


def _see_signed(revision: Revision, point: bytes) -> None:
    if not is_signed(point, REVISION_LABEL + revision.id, revision.signature):
        raise UnreadableError("roll-forged")


def _member(told: Json, role: str, joined: int) -> Member:
    return Member(
        from_base64url(told["id"], 16),
        from_base64url(told["signing"], POINT_BYTES),
        from_base64url(told["receiving"], POINT_BYTES),
        role,
        joined,
    )


def _is_well_formed(content: Json) -> bool:
    what = content.get("what")
    if what == "leave":
        return True
    if what in {"found", "join", "rekey"}:
        asked = what != "join" or _is_bytes(content.get("request"), 16)
        return asked and _is_member(content.get("member")) and _are_keys(content.get("keys"))
    if what in {"remove", "role"} and not _is_bytes(content.get("member"), 16):
        return False
    if what == "role" and content.get("role") == "steward":
        return True
    is_known = what in {"turn", "remove"} or (what == "role" and content.get("role") == "member")
    return (
        is_known and _are_keys(content.get("keys")) and bool(content.get("older")) and _is_bytes(content.get("older"))
    )


def _is_member(told: Any) -> bool:  # noqa: ANN401 - JSON
    if not isinstance(told, dict) or not _is_bytes(told.get("id"), 16):
        return False
    try:
        for name in ("signing", "receiving"):
            public_key(from_base64url(told.get(name), POINT_BYTES))
    except UnreadableError:
        return False
    return True


def _are_keys(told: Any) -> bool:  # noqa: ANN401 - JSON
    if not isinstance(told, dict):
        return False
    return all(_is_bytes(member, 16) and _is_bytes(key, SEALED_KEY_BYTES) for member, key in told.items())


def _is_bytes(told: Any, length: int | None = None) -> bool:  # noqa: ANN401 - JSON
    try:
        from_base64url(told, length)
    except UnreadableError:
        return False
    return True
