"""Random histories of three phones that edit one record, and what must be true of every one (docs/merge.md)."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.reader.base64url import to_base64url
from tests.reader.merge import EMPTY, Entry, Opened, Pen, State, edit, heads, join_all


class Phone:
    """A phone of the model: what it has, and how it edits one record."""

    def __init__(self, name: int) -> None:
        """Begin with nothing. Its writers are named after it."""
        self.has: dict[bytes, Opened] = {}
        self.writer = to_base64url(bytes([name]) * 12)
        self.last_n: dict[str, int] = {}
        self.fresh = iter(to_base64url(bytes([name, number]) + bytes(10)) for number in range(1, 255))

    def heads(self) -> list[Opened]:
        """Return the heads it sees."""
        return heads(self.has.values())

    def state(self) -> State:
        """Return what the record says to it."""
        return join_all(each.state for each in self.heads())

    def write(self, number: int, field: str, shown: set[Entry]) -> Opened:
        """Write a field anew; the number is clock, text and id in one."""
        pen = Pen(self.writer, self.last_n.get(self.writer, 0), number, lambda: next(self.fresh))
        edited = edit(self.heads(), {field: f"text {number}"}, pen, shown=shown)
        self.writer = edited.writer
        self.last_n[edited.writer] = edited.n
        made = Opened(number.to_bytes(32, "big"), edited.parents, edited.state)
        self.has[made.id] = made
        return made

    def erase(self, number: int) -> None:
        """Erase the record as it stands here."""
        self.has[number.to_bytes(32, "big")] = Opened(
            number.to_bytes(32, "big"), tuple(each.id for each in self.heads()), EMPTY
        )


Steps = list[tuple[str, int, int, bool]]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["write", "blind", "erase", "send"]), st.integers(0, 2), st.integers(0, 2), st.booleans()
    ),
    max_size=24,
)


def played(steps: Steps, *, erases: bool) -> tuple[list[Phone], dict[str, set[str]]]:
    """Play steps on three phones; return them, and for each text which texts its writer was shown with it."""
    phones, seen = [Phone(number) for number in range(3)], {}
    for number, (act, who, whom, flag) in enumerate(steps, 1):
        phone = phones[who]
        if act in {"write", "blind"}:
            shown = set() if act == "blind" else {each for each in phone.state().entries if each.field == f"f{flag:d}"}
            phone.write(number, f"f{flag:d}", shown)
            seen[f"text {number}"] = {each.value for each in shown}
        elif act == "erase" and erases and phone.has:
            phone.erase(number)
        elif act == "send":
            sent = list(phone.has.values())
            phones[whom].has.update({each.id: each for each in (sent[::2] if flag else sent)})
    for phone in phones:
        for other in phones:
            phone.has.update(other.has)
    return phones, seen


def all_end_the_same(steps: Steps) -> bool:
    """Whether all phones say the same in the end, and heads say all that all revisions say."""
    phones, _ = played(steps, erases=False)
    first = phones[0].state()
    told = join_all(each.state for each in phones[0].has.values())
    return all(phone.state() == first for phone in phones) and told == first


def nothing_unseen_goes(steps: Steps) -> bool:
    """Whether just those texts are gone that somebody was shown and replaced."""
    phones, seen = played(steps, erases=False)
    replaced = set().union(*seen.values()) if seen else set()
    return set(seen) - replaced == {each.value for each in phones[0].state().entries}
