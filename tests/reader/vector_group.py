"""Vectors of a group's roll: what its entries say together, which keys each opens, and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.reader.base64url import to_base64url
from tests.reader.envelope import Kind
from tests.reader.group_of_vectors import Group, Somebody, keys_opened_by
from tests.reader.group_roll import MOST_MEMBERS, GroupRoll, read_group_roll, word_numbers
from tests.reader.points import point_of
from tests.reader.vector_roll import row

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.reader.json_text import Json


def group_roll() -> Json:
    """Return all of them."""
    group = Group("group roll")
    ann, ben, cas, dee = (group.somebody() for _ in range(4))
    people = {"ann": ann, "ben": ben, "cas": cas, "dee": dee}
    entries: list[Json] = []
    cases = [
        *_sound(group, people),
        *(_refused(name, Group(f"group roll, refused {number}"), spoil) for number, (name, spoil) in enumerate(SPOILT)),
    ]
    for case in cases:
        rows = [row(each) for each in case.pop("entries")]
        entries.extend(each for each in rows if each not in entries)
        case["entries"] = [entries.index(each) for each in rows]
    return {"people": {name: _keys(each) for name, each in people.items()}, "entries": entries, "cases": cases}


def state_of(roll: GroupRoll) -> Json:
    """Return what a roll says, as the vectors have it."""
    return {
        "members": [[to_base64url(each.id), each.role, each.joined] for each in roll.members],
        "former": [[to_base64url(id_), each.why, each.at] for id_, each in roll.former.items()],
        "stewards": [to_base64url(each) for each in roll.stewards()],
        "key": to_base64url(roll.key_id),
        "must_turn": roll.must_turn,
        "words": word_numbers(roll.ids[-1]),
        "rights": [
            [to_base64url(key_id), *(sorted(map(to_base64url, each)) for each in (rights.members, rights.stewards))]
            for key_id, rights in roll.reigns.items()
        ],
    }


def _sound(group: Group, people: dict[str, Somebody]) -> list[Json]:
    ann, ben, cas, dee = people.values()
    acts: list[tuple[str, Callable[[], object]]] = [
        ("a group of one", lambda: group.found(ann)),
        ("somebody was let in", lambda: group.let_in(ann, ben)),
        ("and another, by one who is no steward", lambda: group.let_in(ben, cas)),
        ("a second steward", lambda: group.make(ann, ben, "steward")),
        ("a turn by one who is no steward", lambda: group.turn(cas)),
        ("one removed by the other steward", lambda: group.remove(ben, ann)),
        ("one who came later has the keys before", lambda: group.let_in(cas, dee)),
        ("one who left: the key must turn", lambda: group.leave(cas)),
        ("it turned", lambda: group.turn(dee)),
        ("stewardship taken away, with a new key", lambda: group.make(ben, ben, "member")),
        ("new keys of one's own", lambda: people.update(dee=group.rekey(dee))),
        ("without a steward, the longest-standing removes", lambda: group.remove(ben, people["dee"])),
        ("nobody is left", lambda: group.leave(ben)),
    ]
    cases = []
    for name, act in acts:
        act()
        roll = read_group_roll(group.space, group.entries)
        opened = {to_base64url(each.id): _opened(group, each) for each in group.members}
        case: Json = {"name": name, "space": to_base64url(group.space), "entries": [*group.entries]}
        cases.append({**case, "state": state_of(roll), "opens": opened})
    return cases


def _keys(somebody: Somebody) -> Json:
    return {
        "id": to_base64url(somebody.id),
        **{
            name: {"private": scalar.hex(), "public": point_of(scalar).hex()}
            for name, scalar in (("signing", somebody.signing), ("receiving", somebody.receiving))
        },
    }


def _opened(group: Group, somebody: Somebody) -> Json:
    """Return the receiving half that opens, as it is by now, and the keys."""
    keys = keys_opened_by(group.space, group.entries, somebody)
    halves = {"private": somebody.receiving.hex(), "public": point_of(somebody.receiving).hex()}
    return {"receiving": halves, "keys": [[to_base64url(each.id), each.key.hex()] for each in keys]}


def _refused(name: str, group: Group, spoil: Callable[[Group, Somebody, Somebody, Somebody], str]) -> Json:
    ann, ben, stranger = (group.somebody() for _ in range(3))
    group.found(ann)
    group.let_in(ann, ben)
    code = spoil(group, ann, ben, stranger)
    return {"name": name, "space": to_base64url(group.space), "entries": [*group.entries], "refused": code}


def _by_a_stranger(group: Group, _ann: Somebody, _ben: Somebody, stranger: Somebody) -> str:
    group.turn(stranger)
    return "roll-forged"


def _signed_by_another(group: Group, ann: Somebody, ben: Somebody, stranger: Somebody) -> str:
    group.turn(Somebody(ann.id, ben.signing, stranger.receiving))
    return "roll-forged"


def _removed_by_no_steward(group: Group, ann: Somebody, ben: Somebody, _stranger: Somebody) -> str:
    group.remove(ben, ann)
    return "roll-forged"


def _removes_oneself(group: Group, ann: Somebody, _ben: Somebody, _stranger: Somebody) -> str:
    group.remove(ann, ann)
    return "roll-forged"


def _key_for_a_ghost(group: Group, ann: Somebody, _ben: Somebody, stranger: Somebody) -> str:
    group.members.append(stranger)
    group.turn(ann)
    return "roll-forged"


def _key_not_for_all(group: Group, ann: Somebody, ben: Somebody, _stranger: Somebody) -> str:
    group.members.remove(ben)
    group.turn(ann)
    return "roll-forged"


def _back_under_an_id(group: Group, ann: Somebody, ben: Somebody, _stranger: Somebody) -> str:
    group.remove(ann, ben)
    group.let_in(ann, ben)
    return "roll-forged"


def _seventeenth(group: Group, ann: Somebody, _ben: Somebody, _stranger: Somebody) -> str:
    for _ in range(MOST_MEMBERS - 1):
        group.let_in(ann, group.somebody())
    return "roll-forged"


def _no_turn_after_leaving(group: Group, ann: Somebody, ben: Somebody, stranger: Somebody) -> str:
    group.leave(ben)
    group.let_in(ann, stranger)
    return "roll-forged"


def _by_who_left(group: Group, ann: Somebody, ben: Somebody, _stranger: Somebody) -> str:
    group.leave(ben)
    group.turn(ann)
    group.turn(ben)
    return "roll-forged"


def _steward_already(group: Group, ann: Somebody, _ben: Somebody, _stranger: Somebody) -> str:
    group.make(ann, ann, "steward")
    return "roll-forged"


def _old_key_again(group: Group, ann: Somebody, _ben: Somebody, _stranger: Somebody) -> str:
    group.lay(ann, {"what": "turn", "keys": group.sealed_to(group.members), "older": group.sealed_older()})
    return "roll-forged"


def _new_key_at_joining(group: Group, ann: Somebody, _ben: Somebody, stranger: Somebody) -> str:
    group.keys.append(group.new_key())
    group.let_in(ann, stranger)
    return "roll-forged"


def _keys_of_another(group: Group, ann: Somebody, ben: Somebody, stranger: Somebody) -> str:
    group.lay(
        ann, {"what": "rekey", "member": {**stranger.told(), "id": ben.told()["id"]}, "keys": group.sealed_to([ben])}
    )
    return "roll-forged"


def _of_another_space(group: Group, ann: Somebody, _ben: Somebody, _stranger: Somebody) -> str:
    group.lay(ann, {"what": "leave"}, space=bytes(16))
    return "roll-forged"


def _not_on_the_last(group: Group, ann: Somebody, _ben: Somebody, _stranger: Somebody) -> str:
    group.lay(ann, {"what": "leave"}, parents=(group.entries[0].id,))
    return "roll-forked"


def _no_point(group: Group, ann: Somebody, _ben: Somebody, stranger: Somebody) -> str:
    told = {**stranger.told(), "receiving": to_base64url(b"\x04" * 65)}
    request = to_base64url(bytes(16))
    group.lay(ann, {"what": "join", "member": told, "request": request, "keys": group.sealed_to([stranger])})
    return "roll-damaged"


def _unknown_act(group: Group, ann: Somebody, _ben: Somebody, _stranger: Somebody) -> str:
    group.lay(ann, {"what": "dance"})
    return "roll-damaged"


def _later_format(group: Group, ann: Somebody, _ben: Somebody, _stranger: Somebody) -> str:
    group.lay(ann, {"what": "leave", "format": 2})
    return "newer-format"


def _an_edit(group: Group, ann: Somebody, _ben: Somebody, _stranger: Somebody) -> str:
    group.lay(ann, {"what": "leave"}, kind=Kind.EDIT)
    return "roll-damaged"


SPOILT: tuple[tuple[str, Callable[[Group, Somebody, Somebody, Somebody], str]], ...] = (
    ("by somebody who is no member", _by_a_stranger),
    ("in another's name", _signed_by_another),
    ("removed by one who is no steward", _removed_by_no_steward),
    ("oneself removed", _removes_oneself),
    ("a key for one more", _key_for_a_ghost),
    ("a key not for all", _key_not_for_all),
    ("somebody who was removed let in under the same id", _back_under_an_id),
    ("a seventeenth", _seventeenth),
    ("somebody let in before the key turned", _no_turn_after_leaving),
    ("by one who left", _by_who_left),
    ("a steward made a steward", _steward_already),
    ("a turn to the same key", _old_key_again),
    ("a new key with somebody let in", _new_key_at_joining),
    ("new keys for another", _keys_of_another),
    ("of another space", _of_another_space),
    ("not on the last", _not_on_the_last),
    ("a receiving half that is no point", _no_point),
    ("an act that there is not", _unknown_act),
    ("a later format", _later_format),
    ("an edit among them", _an_edit),
)
