"""How two phones agree (docs/merge.md): states, their join, heads, edits, and what is shown."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from functools import reduce
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

TRASH = "trash"
MOST_PARENTS = 255
LARGEST_WHOLE = 2**53 - 1


@dataclass(frozen=True)
class Entry:
    """One value in one field. (writer, n) is its dot; the value is kept as JSON in one spelling."""

    field: str
    writer: str
    n: int
    text: str
    at: int

    @property
    def value(self) -> Any:  # noqa: ANN401 - any JSON
        """Return what was said."""
        return json.loads(self.text)

    @property
    def dot(self) -> tuple[str, int]:
        """Return the entry's name."""
        return self.writer, self.n


@dataclass(frozen=True)
class State:
    """Entries, and for each writer the greatest number known."""

    entries: frozenset[Entry] = frozenset()
    writers: Mapping[str, int] = field(default_factory=dict)

    def covers(self, dot: tuple[str, int]) -> bool:
        """Whether the vector knows of a dot, there or not."""
        return self.writers.get(dot[0], 0) >= dot[1]

    def of(self, name: str) -> list[Entry]:
        """Return one field's entries, the newest first."""
        return sorted((each for each in self.entries if each.field == name), key=newness, reverse=True)


EMPTY = State()


@dataclass(frozen=True)
class Opened:
    """A revision that was opened: what it stands on, and what it says."""

    id: bytes
    parents: tuple[bytes, ...]
    state: State


@dataclass(frozen=True)
class Edited:
    """What an edit gives: the new state, the heads it stands on, and the writer and number to hand in next time."""

    state: State
    parents: tuple[bytes, ...]
    writer: str
    n: int


def value_of(value: object) -> str:
    """Return a value in the spelling entries have, so that equal ones are equal."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def newness(entry: Entry) -> tuple[int, str, int, str]:
    """Order entries: by `at`, ties by writer; the rest is for what sound phones never make."""
    return entry.at, entry.writer, entry.n, entry.text


def join(one: State, other: State) -> State:
    """Join two states, dot by dot: unseen < there < replaced, and the greater wins."""
    ours, theirs = _by_dot(one), _by_dot(other)
    there: set[Entry] = set()
    for dot in {*ours, *theirs}:
        if (dot in ours or not one.covers(dot)) and (dot in theirs or not other.covers(dot)):
            there |= ours.get(dot, set()) | theirs.get(dot, set())
    names = {*one.writers, *other.writers}
    return State(frozenset(there), {name: max(one.writers.get(name, 0), other.writers.get(name, 0)) for name in names})


def join_all(states: Iterable[State]) -> State:
    """Join any number of states."""
    return reduce(join, states, EMPTY)


def heads(opened: Collection[Opened], stubs: Mapping[bytes, tuple[bytes, ...]] | None = None) -> list[Opened]:
    """Return the revisions that no opened one names, nor a stub below one, in the order of their ids.

    `stubs` are ids with their parents. One that an opened revision stands on, over any number of them, is as it was
    made; one that nothing opened stands on could be anybody's.
    """
    named: set[bytes] = set()
    ahead = [parent for each in opened for parent in each.parents]
    while ahead:
        parent = ahead.pop()
        if parent not in named:
            named.add(parent)
            ahead += (stubs or {}).get(parent, ())
    return sorted((each for each in opened if each.id not in named), key=lambda each: each.id)


@dataclass(frozen=True)
class Pen:
    """Who writes, and when: `last_n` is the number this writer had last in this record."""

    writer: str
    last_n: int
    clock: int
    fresh_writer: Callable[[], str]


GONE = object()


def fits_parents(_state: State, parents: int) -> bool:
    """Whether a revision on so many parents can be made at all."""
    return parents <= MOST_PARENTS


def edit(
    there: Sequence[Opened],
    changes: Mapping[str, object],
    pen: Pen,
    *,
    shown: Collection[Entry],
    fits: Callable[[State, int], bool] = fits_parents,
) -> Edited:
    """Write fields anew: of each only what was shown goes, everything else stays.

    A change to `GONE` adds nothing, and takes a number as every change does; so does an edit without any, which writes
    the record anew. `fits` says whether a state on so many parents can be sealed.
    """
    first = sorted(there, key=lambda head: not head.state.entries & set(shown))
    taken: list[Opened] = []
    for head in first:
        if not taken or fits(join_all(each.state for each in [*taken, head]), len(taken) + 1):
            taken.append(head)
    joined = join_all(each.state for each in taken)
    elsewhere = max((head.state.writers.get(pen.writer, 0) for head in there), default=0)
    wrote = max(pen.last_n, elsewhere)
    goes_on = wrote <= joined.writers.get(pen.writer, 0) and wrote + len(changes) < LARGEST_WHOLE
    writer = pen.writer if goes_on else pen.fresh_writer()
    n = joined.writers.get(writer, 0) + (not changes)
    at = max([pen.clock, *(each.at + 1 for head in there for each in head.state.entries)])
    gone = {each for each in joined.entries if each.field in changes and each in shown}
    new: set[Entry] = set()
    for name, value in changes.items():
        n += 1
        if value is not GONE:
            new.add(Entry(name, writer, n, value_of(value), at))
    return Edited(
        State(joined.entries - gone | new, {**joined.writers, writer: n}),
        tuple(sorted(each.id for each in taken)),
        writer,
        n,
    )


def deletion(state: State) -> dict[str, object]:
    """Return the change that puts a record in the trash: all this, as it is known."""
    return {TRASH: dict(state.writers)}


def is_in_trash(state: State) -> bool:
    """Whether the trash entries together cover all other entries."""
    deleted = [each for each in state.entries if each.field == TRASH]
    known = join_all(State(writers=each.value) for each in deleted if isinstance(each.value, dict))
    return bool(deleted) and all(known.covers(each.dot) for each in state.entries if each.field != TRASH)


def shown_entry(state: State, name: str) -> Entry | None:
    """Return the entry of a number or choice that is shown."""
    return next(iter(state.of(name)), None)


def shown_texts(state: State, name: str) -> list[str]:
    """Return all different texts of a field, the newest first."""
    return list(dict.fromkeys(each.value for each in state.of(name) if isinstance(each.value, str)))


def _by_dot(state: State) -> dict[tuple[str, int], set[Entry]]:
    found: defaultdict[tuple[str, int], set[Entry]] = defaultdict(set)
    for each in state.entries:
        found[each.dot].add(each)
    return found
