"""The laws of merging, over what Hypothesis makes up, and the page's own example."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

from tests.reader import histories, merge
from tests.reader.base64url import to_base64url
from tests.reader.histories import STEPS, Phone, Steps, all_end_the_same, nothing_unseen_goes, played
from tests.reader.merge import (
    EMPTY,
    LARGEST_WHOLE,
    TRASH,
    Edited,
    Entry,
    Opened,
    Pen,
    State,
    deletion,
    edit,
    heads,
    is_in_trash,
    join,
    join_all,
    shown_texts,
    value_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

WRITERS = [to_base64url(bytes([number]) * 12) for number in range(3)]


@st.composite
def states(draw: st.DrawFn) -> State:
    """Draw a state as sound phones make them: one value for each dot, every entry covered."""
    vector = {writer: draw(st.integers(1, 3)) for writer in draw(st.sets(st.sampled_from(WRITERS)))}
    dots = [(writer, n) for writer, last in vector.items() for n in range(1, last + 1)]
    there = draw(st.sets(st.sampled_from(dots))) if dots else set()
    return State(
        frozenset(Entry(f"field {n % 2}", writer, n, value_of(f"{writer} {n}"), n) for writer, n in there), vector
    )


@settings(deadline=None)
@given(states(), states(), states())
def test_join_is_commutative_associative_and_idempotent(one: State, two: State, three: State) -> None:
    assert join(one, two) == join(two, one)
    assert join(join(one, two), three) == join(one, join(two, three))
    assert join(one, one) == one
    assert join(one, EMPTY) == one


@settings(deadline=None)
@given(states(), states())
def test_join_keeps_what_only_one_side_has_and_the_other_never_saw(one: State, two: State) -> None:
    joined = join(one, two)
    for side, other in ((one, two), (two, one)):
        assert {each for each in side.entries if not other.covers(each.dot)} <= joined.entries
        gone = {each for each in side.entries if other.covers(each.dot)} - other.entries
        assert not gone & joined.entries


@settings(max_examples=400, deadline=None)
@given(STEPS)
def test_all_phones_end_the_same_and_heads_say_all(steps: Steps) -> None:
    assert all_end_the_same(steps)


@settings(max_examples=400, deadline=None)
@given(STEPS)
def test_no_text_goes_unless_somebody_who_was_shown_it_replaced_it(steps: Steps) -> None:
    assert nothing_unseen_goes(steps)


def replacing_all(
    there: Sequence[Opened], changes: Mapping[str, object], pen: Pen, *, shown: Collection[Entry]
) -> Edited:
    """Edit as an app that takes for shown whatever stands in the field."""
    return merge.edit(there, changes, pen, shown=[*shown, *merge.join_all(each.state for each in there).entries])


def joining_all(states: Iterable[State]) -> State:
    """Join as an app that knows no replaced entries: all of all sides."""
    everything = list(states)
    vector = merge.join_all(everything).writers
    return State(frozenset().union(*(each.entries for each in everything)), vector)


def without_vector(states: Iterable[State]) -> State:
    """Join as an app that keeps only what all sides have."""
    everything = [each.entries for each in states]
    return State(frozenset.intersection(*everything) if everything else frozenset(), {})


@pytest.mark.parametrize(
    ("name", "fault"), [("edit", replacing_all), ("join_all", joining_all), ("join_all", without_vector)]
)
def test_a_planted_fault_breaks_a_law(name: str, fault: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(histories, name, fault)
    assert find(STEPS, lambda steps: not (nothing_unseen_goes(steps) and all_end_the_same(steps)))


@settings(max_examples=400, deadline=None)
@given(STEPS)
def test_phones_that_erase_end_the_same_too(steps: Steps) -> None:
    phones, seen = played(steps, erases=True)
    assert len({value_of(sorted(map(repr, phone.state().entries))) for phone in phones}) == 1
    assert {each.value for each in phones[0].state().entries} <= set(seen)


def test_a_record_is_in_the_trash_until_somebody_who_did_not_know_writes() -> None:
    phone, other = Phone(1), Phone(2)
    other.has[bytes(32)] = phone.has[bytes(32)] = Opened(bytes(32), (), EMPTY)
    phone.write(1, "note", set())
    other.has.update(phone.has)
    other.write(2, "note", set(other.state().entries))
    pen = Pen(phone.writer, 1, 3, lambda: "")
    trashed = edit(phone.heads(), deletion(phone.state()), pen, shown=phone.state().entries)
    phone.has[b"t" * 32] = Opened(b"t" * 32, trashed.parents, trashed.state)
    assert is_in_trash(phone.state())
    phone.has.update(other.has)
    assert not is_in_trash(phone.state())
    assert [each.field for each in trashed.state.entries if each.field == TRASH] == [TRASH]


def test_what_an_erased_record_said_stays_gone_when_the_edit_between_is_a_stub() -> None:
    first = Opened(b"1" * 32, (), State(frozenset({Entry("note", WRITERS[0], 1, '"x"', 1)}), {WRITERS[0]: 1}))
    erased = Opened(b"3" * 32, (b"2" * 32,), EMPTY)
    stub = {b"2" * 32: (b"1" * 32,)}
    assert heads([first, erased], stub) == [erased]
    strange = {b"9" * 32: (b"1" * 32,)}
    assert first in heads([first, erased], strange), "a stub that nothing opened names hides nothing"


def test_an_edit_takes_the_heads_that_fit_and_first_those_that_were_shown() -> None:
    there = [
        Opened(
            bytes([n]) * 32,
            (),
            State(frozenset({Entry("note", WRITERS[n], 1, value_of(f"text {n}"), n)}), {WRITERS[n]: 1}),
        )
        for n in range(3)
    ]
    last = next(iter(there[2].state.entries))
    fits: Callable[[State, int], bool] = lambda _state, parents: parents <= 2  # noqa: E731
    edited = edit(there, {"note": "new"}, Pen(WRITERS[0], 0, 9, lambda: "f"), shown={last}, fits=fits)
    assert edited.parents == (there[0].id, there[2].id)
    after = join_all([edited.state, there[1].state])
    assert shown_texts(after, "note") == ["new", "text 1", "text 0"]


@pytest.mark.parametrize("left", [0, 1])
def test_a_writer_without_numbers_left_is_followed_by_a_fresh_one(left: int) -> None:
    spent = State(writers={WRITERS[0]: LARGEST_WHOLE - left})
    pen = Pen(WRITERS[0], LARGEST_WHOLE - left, 9, lambda: WRITERS[1])
    edited = edit([Opened(b"1" * 32, (), spent)], {"note": "new", "pain": 4}, pen, shown=())
    assert (edited.writer, edited.n) == (WRITERS[1], 2)
    assert shown_texts(join(edited.state, spent), "note") == ["new"]
