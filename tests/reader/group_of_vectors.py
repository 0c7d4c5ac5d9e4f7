"""A group that makes its roll, out of a seed: what each act adds, and what somebody else could make of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tests.reader.base64url import from_base64url, to_base64url
from tests.reader.chance import seeded
from tests.reader.envelope import (
    NONCE_BYTES,
    Header,
    Kind,
    Revision,
    VaultKey,
    derived_key,
    open_blob,
    pad,
    parse_header,
    seal_blob,
)
from tests.reader.group_roll import content_of, roll_record, signed_group_entry
from tests.reader.hpke import open_with, seal_to
from tests.reader.json_text import Json, read, written
from tests.reader.points import new_scalar, point_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True)
class Somebody:
    """A member's keys: their id, and both private halves."""

    id: bytes
    signing: bytes
    receiving: bytes

    def told(self) -> Json:
        """Return what an entry says of them."""
        points = {"signing": point_of(self.signing), "receiving": point_of(self.receiving)}
        return {"id": to_base64url(self.id), **{name: to_base64url(point) for name, point in points.items()}}


class Group:
    """A group under way: its entries so far, who is in, and all its keys."""

    def __init__(self, seed: str) -> None:
        """Begin with nobody."""
        self.chance = seeded(seed)
        self.space = self.chance(16)
        self.entries: list[Revision] = []
        self.members: list[Somebody] = []
        self.keys: list[VaultKey] = []

    def somebody(self) -> Somebody:
        """Make somebody's keys."""
        return Somebody(self.chance(16), new_scalar(self.chance), new_scalar(self.chance))

    def copy(self) -> Group:
        """Return the group as it is, to go on in another way."""
        other = Group("a copy")
        other.chance, other.space = self.chance, self.space
        other.entries, other.members, other.keys = [*self.entries], [*self.members], [*self.keys]
        return other

    def found(self, founder: Somebody) -> None:
        """Begin it."""
        self.members = [founder]
        self.keys = [self.new_key()]
        self.lay(founder, {"what": "found", "member": founder.told(), "keys": self.sealed_to(self.members)})

    def let_in(self, by: Somebody, joiner: Somebody) -> None:
        """Let somebody in."""
        request = to_base64url(self.chance(16))
        keys = self.sealed_to([joiner])
        self.lay(by, {"what": "join", "member": joiner.told(), "request": request, "keys": keys})
        self.members.append(joiner)

    def leave(self, who: Somebody) -> None:
        """Have somebody leave."""
        self.lay(who, {"what": "leave"})
        self.members.remove(who)

    def turn(self, by: Somebody) -> None:
        """Make a new key for all who are in."""
        self.lay_with_key(by, {"what": "turn"})

    def remove(self, by: Somebody, whom: Somebody) -> None:
        """Remove somebody."""
        self.members.remove(whom)
        self.lay_with_key(by, {"what": "remove", "member": to_base64url(whom.id)})

    def make(self, by: Somebody, whom: Somebody, role: str) -> None:
        """Make somebody a steward, or one no more."""
        content = {"what": "role", "member": to_base64url(whom.id), "role": role}
        if role == "steward":
            self.lay(by, content)
        else:
            self.lay_with_key(by, content)

    def rekey(self, who: Somebody) -> Somebody:
        """Give somebody new keys, and return them."""
        renewed = replace(self.somebody(), id=who.id)
        keys = self.sealed_to([renewed])
        self.lay(who, {"what": "rekey", "member": renewed.told(), "keys": keys})
        self.members[self.members.index(who)] = renewed
        return renewed

    def lay_with_key(self, by: Somebody, content: Json) -> None:
        """Put an entry on top that makes a new key."""
        self.keys.append(self.new_key())
        self.lay(by, {**content, "keys": self.sealed_to(self.members), "older": self.sealed_older()})

    def lay(self, by: Somebody, content: Json, **changes: object) -> None:
        """Put an entry on top. `changes` are members of its header that are to be others than they should."""
        parents = tuple(each.id for each in self.entries[-1:])
        founder = parse_header(self.entries[0].header).author if self.entries else by.id
        header = Header(self.space, roll_record(founder), self.keys[-1].id, parents, Kind.ROLL, by.id)
        self.entries.append(signed_group_entry(content, replace(header, **changes), scalar=by.signing))  # type: ignore[arg-type] # names of the header

    def new_key(self) -> VaultKey:
        """Make a key."""
        return VaultKey(self.chance(16), self.chance(32))

    def sealed_to(self, members: Iterable[Somebody]) -> Json:
        """Return the last key, sealed to each."""
        key = self.keys[-1]
        return {
            to_base64url(each.id): to_base64url(
                seal_to(
                    point_of(each.receiving),
                    info=b"cairn/1/group/key" + self.space + each.id + key.id,
                    plain=key.key,
                    ephemeral=new_scalar(self.chance),
                )
            )
            for each in members
        }

    def sealed_older(self) -> str:
        """Return the keys before the last one, sealed under it."""
        key = self.keys[-1]
        older = [{"id": to_base64url(each.id), "key": to_base64url(each.key)} for each in self.keys[:-1]]
        sealing = derived_key(key, space=self.space, use="group/older")
        context = b"cairn/1/group/older" + self.space + key.id
        plain = pad(written({"keys": older}))
        return to_base64url(seal_blob(sealing, plain, context=context, nonce=self.chance(NONCE_BYTES)))


def keys_opened_by(space: bytes, entries: Sequence[Revision], who: Somebody) -> list[VaultKey]:
    """Return all keys that a roll gives somebody, oldest first. Raises `KeyError` where it gives them none."""

    key_id = parse_header(entries[-1].header).key_id
    acts = [content_of(each) for each in entries if parse_header(each.header).key_id == key_id]
    own = to_base64url(who.id)
    sealed = [act["keys"][own] for act in acts if own in act.get("keys", {})][-1:]
    if not sealed:
        raise KeyError(own)
    info = b"cairn/1/group/key" + space + who.id + key_id
    key = VaultKey(key_id, open_with(who.receiving, info=info, sealed=from_base64url(sealed[0])))
    older = [act["older"] for act in acts if "older" in act][:1]
    if not older:
        return [key]
    sealing = derived_key(key, space=space, use="group/older")
    plain = open_blob(sealing, from_base64url(older[0]), context=b"cairn/1/group/older" + space + key_id)
    before = [VaultKey(from_base64url(each["id"]), from_base64url(each["key"])) for each in read(plain)["keys"]]
    return [*before, key]
