"""Vectors of merges: what several heads say joined, what is shown, what is in the trash, what a save makes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.reader.base64url import to_base64url
from tests.reader.body import listed, state_members
from tests.reader.merge import (
    GONE,
    TRASH,
    Entry,
    Opened,
    Pen,
    State,
    edit,
    heads,
    is_in_trash,
    join_all,
    shown_entry,
    shown_texts,
)
from tests.reader.vector_revisions import ANN, AT, BEN, CAT, entry_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.reader.json_text import Json


Shape = tuple[str, list[Opened], "Json | None"]
Stubs = dict[bytes, tuple[bytes, ...]]


def merges() -> Json:
    """Return all of them."""
    cases = [_case(*shape) for shape in [*_saves(), *_readings()]]
    cases += [_case(name, known, None, stubs) for name, known, stubs in _with_stubs()]
    return {"writers": {"ANN": ANN, "BEN": BEN, "CAT": CAT}, "cases": cases}


A1, A2 = entry_of("note", ANN, 1, "Tired"), entry_of("note", ANN, 2, "Tired, slept badly")
B1, B2 = entry_of("note", BEN, 1, "Rested"), entry_of("note", BEN, 2, "Rested")
PAIN, OTHER_PAIN = entry_of("pain", BEN, 1, 4), entry_of("pain", CAT, 1, 3)


def _saves() -> list[Shape]:
    one = _opened(1, (), [A1], {ANN: 1})
    two, three = _opened(2, (1,), [A1, PAIN], {ANN: 1, BEN: 1}), _opened(3, (1,), [A2], {ANN: 2})
    four = _opened(4, (2, 3), [A2, B2, PAIN], {ANN: 2, BEN: 2})
    erased = _opened(2, (1,), [], {})
    return [
        ("one edit", [one], None),
        ("the example of the page", [one, two, three], _save({"note": "Rested"}, shown=[A1], by=(BEN, 1))),
        (
            "shown both, and replaced both",
            [one, two, three, four],
            _save({"note": "Both"}, shown=[A2, B2], by=(ANN, 2)),
        ),
        ("nothing shown, nothing removed", [one], _save({"note": "New"}, shown=[], by=(CAT, 0))),
        ("a field taken away", [two], _save({}, shown=[PAIN], by=(ANN, 1), gone=["pain"])),
        ("a clock behind the record", [one], _save({"pain": 2, "note": "x"}, shown=[A1], by=(CAT, 0), clock=5)),
        ("written anew without a change", [two, three], _save({}, shown=[], by=(CAT, 0))),
        ("a writer that goes on", [two], _save({"pain": 5}, shown=[PAIN], by=(BEN, 1))),
        ("a writer that wrote more than is here", [erased], _save({"note": "Again"}, shown=[], by=(ANN, 1))),
        ("the first of a record", [], _save({"note": "First"}, shown=[], by=(ANN, 0))),
    ]


def _readings() -> list[Shape]:
    one = _opened(1, (), [A1], {ANN: 1})
    two, three = _opened(2, (1,), [A1, PAIN], {ANN: 1, BEN: 1}), _opened(3, (1,), [A2], {ANN: 2})
    tie = [_opened(n, (), [entry_of("pain", who, 1, n)], {who: 1}) for n, who in enumerate((ANN, BEN, CAT), 1)]
    trashed = _opened(4, (1,), [A1, entry_of(TRASH, BEN, 1, {ANN: 1})], {ANN: 1, BEN: 1})
    aside = _opened(5, (1,), [A1, OTHER_PAIN], {ANN: 1, CAT: 1})
    also = _opened(6, (5,), [A1, OTHER_PAIN, entry_of(TRASH, CAT, 2, {CAT: 1})], {ANN: 1, CAT: 2})
    erased = _opened(7, (1,), [], {})
    same = _opened(8, (), [entry_of("note", BEN, 1, "Tired")], {BEN: 1})
    odd = _opened(9, (), [entry_of("note", ANN, 1, "Other")], {ANN: 1})
    beside = _opened(10, (), [B1], {BEN: 1})
    emptied = _opened(11, (1,), [], {ANN: 1})
    return [
        ("a tie of three clocks", tie, None),
        ("the same words twice", [one, same], None),
        ("one dot, two values", [one, odd], None),
        ("in the trash", [one, trashed], None),
        ("edited by who did not know it was in the trash", [one, trashed, three], None),
        ("one trash entry that does not cover all", [one, aside, trashed], None),
        ("two trash entries that together cover all", [one, aside, trashed, also], None),
        ("erased, and an edit its eraser never saw", [one, erased, three], None),
        ("erased", [one, erased], None),
        ("every entry removed, which is not erased", [one, emptied, two], None),
        ("a revision that was named before it came", [three, two], None),
        ("the same twice", [one, one, beside], None),
        ("nothing", [], None),
    ]


def _with_stubs() -> list[tuple[str, list[Opened], Stubs]]:
    one, erased = _opened(1, (), [A1], {ANN: 1}), _opened(5, (4,), [], {})
    other = _opened(6, (2,), [A2, PAIN], {ANN: 2, BEN: 1})
    two, three, four = (_id(number) for number in (2, 3, 4))
    return [
        ("a stub that an opened revision stands on", [one, other], {two: (one.id,)}),
        (
            "stubs on stubs, below an erased revision",
            [one, erased],
            {two: (one.id,), three: (two,), four: (three,)},
        ),
        ("a stub that nothing stands on", [one], {two: (one.id,)}),
        ("stubs on stubs, and nothing opened on them", [one], {two: (one.id,), three: (two,)}),
        ("a stub between that is not here", [one, erased], {two: (one.id,), four: (three,)}),
        ("a stub of what is opened", [one, other], {other.id: other.parents, two: (one.id,)}),
    ]


def _case(name: str, known: Sequence[Opened], save: Json | None, stubs: Stubs | None = None) -> Json:
    there = heads({each.id: each for each in known}.values(), stubs)
    state = join_all(each.state for each in there)
    names = sorted({each.field for each in state.entries} - {TRASH})
    case: Json = {
        "name": name,
        "revisions": [
            {
                "id": to_base64url(each.id),
                "parents": _ids(each.parents),
                **state_members(each.state),
            }
            for each in known
        ],
        "stubs": [{"id": to_base64url(id_), "parents": _ids(parents)} for id_, parents in (stubs or {}).items()],
        "heads": [to_base64url(each.id) for each in there],
        "joined": state_members(state),
        "in_trash": is_in_trash(state),
        "shown": {name: _shown(state, name) for name in names},
    }
    if save is not None:
        case["save"] = save
        pen = Pen(save["writer"], save["last_n"], save["clock"], lambda: save["fresh"])
        changes = save["changes"] | dict.fromkeys(save["gone"], GONE)
        edited = edit(there, changes, pen, shown=[_parsed(each) for each in save["shown"]])
        case["saved"] = {
            **state_members(edited.state),
            "parents": _ids(edited.parents),
            "writer": edited.writer,
            "n": edited.n,
        }
    return case


def _save(
    changes: Json, *, shown: Sequence[Entry], by: tuple[str, int], gone: Sequence[str] = (), clock: int = AT + 50
) -> Json:
    fresh = to_base64url(b"\x77" * 12)
    return {
        "changes": changes,
        "gone": list(gone),
        "shown": [listed(each) for each in shown],
        "writer": by[0],
        "last_n": by[1],
        "clock": clock,
        "fresh": fresh,
    }


def _opened(number: int, parents: tuple[int, ...], entries: Sequence[Entry], writers: dict[str, int]) -> Opened:
    return Opened(_id(number), tuple(_id(each) for each in parents), State(frozenset(entries), writers))


def _ids(ids: Sequence[bytes]) -> list[str]:
    return [to_base64url(each) for each in ids]


def _id(number: int) -> bytes:
    return bytes([number]) * 32


def _parsed(listed: list[Any]) -> Entry:
    return entry_of(listed[0], listed[1], listed[2], listed[3], listed[4])


def _shown(state: State, name: str) -> Json:
    entry = shown_entry(state, name)
    return {"one": None if entry is None else entry.value, "texts": shown_texts(state, name)}
