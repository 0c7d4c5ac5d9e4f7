"""The tables can be spread over many machines: by the space, or by the account, and by nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    Sequence,
    SmallInteger,
    Table,
    UniqueConstraint,
)

import pwa.accounts.models
import pwa.sync.models  # noqa: F401 - the same
from pwa.database import Base

if TYPE_CHECKING:
    from collections.abc import Iterator

SPREAD_BY = {"space": "id", "account": "id"}  # these themselves; every other table names the one it belongs to
ONE_ROW = {"generation"}
# Asked before anybody knows which account it is about: each row is found by the hash of something that was shown, and
# the two that end by themselves have an index for that. They are spread by the hash.
FOUND_BY_A_HASH = {"session_token": "token_hash", "recovery": "lookup", "challenge": "hash", "farewell": "token_hash"}
MAY_BE_SWEPT = {"ix_challenge_expires_at", "ix_farewell_until"}


def test_every_key_starts_with_the_space_or_the_account() -> None:
    assert Base.metadata.tables
    assert [fault for table in Base.metadata.sorted_tables for fault in faults(table)] == []


def test_each_exception_is_there_and_keyed_by_its_hash_alone() -> None:
    tables = Base.metadata.tables
    assert {name: [column.name for column in tables[name].primary_key.columns] for name in FOUND_BY_A_HASH} == {
        name: [column] for name, column in FOUND_BY_A_HASH.items()
    }
    assert {index.name for name in FOUND_BY_A_HASH for index in tables[name].indexes} == MAY_BE_SWEPT


def faults(table: Table) -> Iterator[str]:
    if table.name in ONE_ROW:
        return
    own = SPREAD_BY.get(table.name) or FOUND_BY_A_HASH.get(table.name)
    first = own or next(iter(table.primary_key.columns)).name
    if first not in {own, "space_id", "account_id"}:
        yield f"{table.name}: its key starts with {first}"
    keys: list[Index | UniqueConstraint] = [*table.indexes]
    keys += [each for each in table.constraints if isinstance(each, UniqueConstraint)]
    for key in keys:
        if next(iter(key.columns)).name != first and key.name not in MAY_BE_SWEPT:
            yield f"{table.name}: {key.name} starts with another column"
    for column in table.columns:
        if column.default is not None or column.server_default is not None or column.identity is not None:
            yield f"{table.name}.{column.name} is filled by the database"
        if isinstance(column.type, BigInteger | SmallInteger) and column.autoincrement is True:
            yield f"{table.name}.{column.name} is counted by the database"
    for foreign in table.foreign_key_constraints:
        other = SPREAD_BY.get(foreign.referred_table.name, first)
        pairs = [(element.parent.name, element.column.name) for element in foreign.elements]
        if pairs[0] != (first, other):
            yield f"{table.name} refers to rows that lie elsewhere"


@pytest.mark.parametrize(
    ("columns", "fault"),
    [
        ([Column("id", LargeBinary, primary_key=True)], "its key starts with id"),
        ([Column("space_id", LargeBinary, primary_key=True), Column("n", BigInteger, unique=True)], "another column"),
        ([Column("space_id", LargeBinary, primary_key=True), Column("n", BigInteger, index=True)], "another column"),
        ([Column("space_id", LargeBinary, primary_key=True), Column("n", BigInteger, Sequence("n"))], "filled by"),
        (
            [Column("space_id", LargeBinary, primary_key=True), Column("n", BigInteger, autoincrement=True)],
            "counted by",
        ),
        (
            [
                Column("account_id", LargeBinary, primary_key=True),
                Column("space_id", LargeBinary, ForeignKey("space.id")),
            ],
            "lie elsewhere",
        ),
    ],
)
def test_a_table_that_cannot_be_spread_is_named(columns: list[Column[object]], fault: str) -> None:
    metadata = MetaData()
    Table("space", metadata, Column("id", LargeBinary, primary_key=True))
    found = list(faults(Table("planted", metadata, *columns)))
    assert len(found) == 1
    assert fault in found[0]


def test_bytes_are_kept_as_bytes() -> None:
    kinds = {column.name: type(column.type) for table in Base.metadata.sorted_tables for column in table.columns}
    assert {kinds[name] for name in ("id", "space_id", "header", "blob", "chain", "signature")} == {LargeBinary}
