"""What is noted of ways in that ended: whichever backup is put back, the notes lead to what lets in by now."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from pwa.accounts import end_noted
from pwa.accounts.models import Account, Recovery
from pwa.backup import begin_another_generation
from pwa.database import open_engine
from pwa.endings import Endings, note_ending
from pwa.migrations import bring_up_to_date
from tests.sync.made import TODAY

if TYPE_CHECKING:
    from pathlib import Path

    from pwa.config import Settings

ONE, OTHER, THIRD = (bytes([n]) * 32 for n in (1, 2, 3))


def new_life(length: int) -> bytes:
    return b"n" * length


def test_after_a_backup_of_another_kind_too(empty_url: str, settings: Settings) -> None:
    bring_up_to_date(empty_url)
    engine = open_engine(empty_url)
    with Session(engine) as session, session.begin():
        session.add(Account(id=b"1" * 16, created_on=TODAY, recovery=ONE))
        session.add(Recovery(lookup=ONE, account_id=b"1" * 16))
    settings.data.mkdir(exist_ok=True)
    note_ending(settings.endings, ONE, OTHER, today=TODAY)
    begin_another_generation(empty_url, settings, today=TODAY, random=new_life)
    assert codes_of(empty_url) == {b"1" * 16: OTHER}
    engine.dispose()


def codes_of(url: str) -> dict[bytes, bytes | None]:
    engine = open_engine(url)
    with Session(engine) as session:
        found = {row.id: row.recovery for row in session.scalars(select(Account))}
        kept = {row.account_id: row.lookup for row in session.scalars(select(Recovery))}
    engine.dispose()
    assert kept == {id_: lookup for id_, lookup in found.items() if lookup is not None}
    return found


@pytest.mark.parametrize(
    ("replaced", "left"),
    [
        ({ONE: OTHER, OTHER: ONE}, (OTHER, ONE)),
        ({ONE: THIRD}, (THIRD, OTHER)),
        ({ONE: OTHER}, (None, OTHER)),
    ],
)
def test_a_code_that_two_would_have_is_its_holders(
    empty_url: str, replaced: dict[bytes, bytes], left: tuple[bytes | None, ...]
) -> None:
    bring_up_to_date(empty_url)
    engine = open_engine(empty_url)
    with Session(engine) as session, session.begin():
        for id_, lookup in ((b"1" * 16, ONE), (b"2" * 16, OTHER)):
            session.add(Account(id=id_, created_on=TODAY, recovery=lookup))
            session.add(Recovery(lookup=lookup, account_id=id_))
        session.flush()
        end_noted(session, lambda way: replaced.get(way, way))
    engine.dispose()
    found = codes_of(empty_url)
    assert (found[b"1" * 16], found[b"2" * 16]) == left


@given(steps=st.lists(st.sampled_from([ONE, OTHER, THIRD]), min_size=1, max_size=9), backup_at=st.integers(0, 8))
def test_from_any_moment_the_notes_lead_to_the_last(
    steps: list[bytes], backup_at: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Also where somebody went back to what was there before."""
    folder = tmp_path_factory.mktemp("ended")
    changes = [(one, next_) for one, next_ in pairwise(steps) if one != next_]
    for one, next_ in changes:
        note_ending(folder, one, next_, today=TODAY)
    assert Endings(folder).since(steps[backup_at % len(steps)]) == steps[-1]


@pytest.mark.parametrize("cut", [1, 2, 64, 120])
def test_a_line_that_was_cut_off_says_nothing_and_hides_no_other(tmp_path: Path, cut: int) -> None:
    note_ending(tmp_path, ONE, None, today=TODAY - timedelta(days=1))
    note_ending(tmp_path, OTHER, THIRD, today=TODAY)
    file = tmp_path / TODAY.isoformat()
    file.write_bytes(file.read_bytes()[:-cut])
    endings = Endings(tmp_path)
    assert endings.since(ONE) is None
    assert endings.since(OTHER) == (THIRD if cut == 1 else OTHER)
    assert endings.since(THIRD) == THIRD


def test_where_nothing_was_noted_all_is_as_it_was(tmp_path: Path) -> None:
    assert Endings(tmp_path / "never").since(ONE) == ONE
