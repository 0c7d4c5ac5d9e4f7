"""Many rows into one table: the statement is made once for a kind of database, and the driver takes plain values.

Mapped objects go one by one, and a statement's own parameters are looked at value by value; both cost more than the
database does.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Date, insert

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy import Dialect, Table
    from sqlalchemy.orm import Session


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


@lru_cache
def _statement(table: Table, dialect: Dialect) -> tuple[str, tuple[str, ...] | None]:
    """Return the statement, and the order of its values where they go by place."""
    compiled = insert(table).compile(dialect=dialect)
    positions = getattr(compiled, "positiontup", None)
    return str(compiled), None if positions is None else tuple(positions)


@lru_cache
def _written_anew(table: Table, dialect: Dialect) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    """Return the columns whose values this kind of database is given in another form."""
    days = [column.name for column in table.columns if isinstance(column.type, Date)]
    write = Date().dialect_impl(dialect).bind_processor(dialect)
    return () if write is None else tuple((name, write) for name in days)
