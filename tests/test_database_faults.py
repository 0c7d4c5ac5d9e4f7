"""What the database says of itself has a code; what is our own fault stays a defect."""

from __future__ import annotations

import sqlite3

import pytest
from sqlalchemy.exc import DBAPIError, NoSuchTableError

from pwa.database_faults import code_of


@pytest.mark.parametrize(
    ("state", "code"),
    [
        ("53100", "data_not_writable"), ("53300", "database_unavailable"), ("57P01", "database_unavailable"),
        ("08006", "database_unavailable"), ("55P03", "database_busy"), ("23505", None), ("22003", None),
    ],
)  # fmt: skip
def test_what_postgresql_says_has_its_code(state: str, code: str | None) -> None:
    cause = Exception("from the server")
    cause.sqlstate = state  # type: ignore[attr-defined] # what psycopg's errors carry
    assert code_of(DBAPIError("COMMIT", None, cause)) == code


def test_what_is_no_fault_of_the_database_stays_a_defect() -> None:
    assert code_of(NoSuchTableError("stone")) is None
    assert code_of(DBAPIError("x", None, ValueError("ours"))) is None
    wrong = sqlite3.OperationalError("near x: syntax error")
    assert code_of(DBAPIError("x", None, wrong)) is None
    wrong.sqlite_errorcode = sqlite3.SQLITE_ERROR
    assert code_of(DBAPIError("x", None, wrong)) is None
