"""What the server asks its database while people live with it: of one space or account at a time, never across."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event

from pwa.database import db
from tests.accounts.test_replay import live_a_life

if TYPE_CHECKING:
    from flask import Flask

    from tests.accounts.conftest import Clock
    from tests.accounts.phone import Phone

BOUNDS = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA", "SET ")
TABLES = re.compile(r"\b(?:FROM|JOIN|UPDATE)\s+\"?([a-z_]+)")
# What pins a table to one space or account, or to the one row of a hash that was shown.
PINNED = re.compile(r"\b(?:(?:space|account)_id|space\.id|account\.id|token_hash|lookup|hash)\s=\s")
OF_NOBODY = re.compile(r"SELECT generation\.|DELETE FROM challenge WHERE challenge\.expires_at <")


def loose(statement: str) -> bool:
    """Say whether some table in a statement is pinned to no one space or account."""
    return OF_NOBODY.match(statement) is None and len(PINNED.findall(statement)) < len(TABLES.findall(statement))


def test_no_statement_reads_or_writes_across_spaces_or_accounts(
    app: Flask, phone: Phone, other_phone: Phone, clock: Clock
) -> None:
    asked: set[str] = set()
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *told: asked.add(" ".join(told[2].split())))
    live_a_life(phone, other_phone, clock)
    statements = {each for each in asked if not each.upper().startswith(BOUNDS)}
    assert len(statements) > 40
    assert any("JOIN" in each for each in statements), "there is one, within a space"
    assert {each for each in statements if loose(each)} == set()


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT revision.id FROM revision",
        "SELECT revision.id FROM revision WHERE revision.record_id = ?",
        "SELECT revision.id FROM revision JOIN space ON revision.id = space.roll_id WHERE space.id = ?",
        "SELECT revision.id FROM revision WHERE revision.space_id = ? AND revision.id IN (SELECT id FROM revision)",
        "UPDATE revision SET blob = NULL WHERE revision.id = ?",
        "DELETE FROM passkey",
        "INSERT INTO revision (space_id) SELECT space.id FROM space",
    ],
)
def test_a_statement_that_reaches_further_is_found(statement: str) -> None:
    assert loose(statement)
