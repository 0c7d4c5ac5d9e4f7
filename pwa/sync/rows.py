"""Many rows into one table, and many ids asked for: the statement is made once, and the driver takes plain values.

Mapped objects go one by one, and a statement's own parameters are looked at value by value; both cost more than the
database does.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Date, bindparam, insert

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sqlalchemy import Compiled, Dialect, Select, Table
    from sqlalchemy.orm import InstrumentedAttribute, Session

AT_ONCE: Final = 1_000  # fewer than any database's most parameters


def insert_rows(session: Session, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert the rows, each with a value for every column; of the types, days alone are written anew."""
    if not rows:
        return
    connection = session.connection()
    statement, positions = _statement(table, connection.dialect)
    for name, write in _written_anew(table, connection.dialect):
        for row in rows:
            if row[name] is not None:
                row[name] = write(row[name])
    if positions is None:
        connection.exec_driver_sql(statement, list(rows))
    else:
        connection.exec_driver_sql(statement, [tuple(map(row.__getitem__, positions)) for row in rows])


def rows_among(
    session: Session,
    question: Select[*tuple[Any, ...]],
    column: InstrumentedAttribute[bytes],
    ids: Sequence[bytes],
    **named: bytes,
) -> Iterator[Sequence[Any]]:
    """Yield the rows of `question` whose `column` is among the ids, with values as the driver gives them.

    `question` is a constant of its module; `named` are its parameters. The ids are filled up to one of few numbers by
    saying the last again, so that there are few statements.
    """
    connection = session.connection()
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        size = min(1 << (len(some) - 1).bit_length(), AT_ONCE)
        statement, positions = _question(question, column, size, connection.dialect)
        values = named | {f"among_{n}": some[min(n, len(some) - 1)] for n in range(size)}
        given = values if positions is None else tuple(map(values.__getitem__, positions))
        yield from connection.exec_driver_sql(statement, given)


@lru_cache
def _question(
    question: Select[*tuple[Any, ...]], column: InstrumentedAttribute[bytes], size: int, dialect: Dialect
) -> tuple[str, tuple[str, ...] | None]:
    """Return the statement for so many ids, and the order of its values where they go by place."""
    compiled = question.where(column.in_([bindparam(f"among_{n}") for n in range(size)])).compile(dialect=dialect)
    return str(compiled), _positions(compiled)


@lru_cache
def _statement(table: Table, dialect: Dialect) -> tuple[str, tuple[str, ...] | None]:
    """Return the statement, and the order of its values where they go by place."""
    compiled = insert(table).compile(dialect=dialect)
    return str(compiled), _positions(compiled)


def _positions(compiled: Compiled) -> tuple[str, ...] | None:
    positions = getattr(compiled, "positiontup", None)
    return None if positions is None else tuple(positions)


@lru_cache
def _written_anew(table: Table, dialect: Dialect) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    """Return the columns whose values this kind of database is given in another form."""
    days = [column.name for column in table.columns if isinstance(column.type, Date)]
    write = Date().dialect_impl(dialect).bind_processor(dialect)
    return () if write is None else tuple((name, write) for name in days)
