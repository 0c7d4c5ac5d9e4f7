"""The end of an account: nothing remains, other phones are told for a while, and what is over goes by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import LargeBinary

from pwa.accounts.deletion import prune
from pwa.accounts.models import Account
from pwa.database import Base, db, in_reading, in_transaction
from tests.accounts.phone import Phone, code_of, recovery_token

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from tests.accounts.conftest import Clock


@pytest.fixture
def code() -> str:
    return recovery_token()


@pytest.fixture
def deleted(phone: Phone, other_phone: Phone, code: str) -> Phone:
    """Sign up on one phone, sign in on another, ask both something, and delete the account from the first."""
    phone.sign_up(recovery=code)
    other_phone.sign_in_with_code(code)
    phone.challenge("proof")
    assert phone.ask("DELETE", "/account").status_code == 204
    return phone


def test_nothing_remains_but_the_other_phones_farewell(deleted: Phone, rows: Callable[[], dict[str, int]]) -> None:
    assert {name: count for name, count in rows().items() if count} == {"farewell": 1}
    assert deleted.cookies() == {}


def test_no_table_holds_the_accounts_id(phone: Phone, app: Flask) -> None:
    phone.sign_up(recovery=recovery_token())
    with app.app_context():
        [account_id] = in_reading(lambda session: session.scalars(Account.__table__.select()).all())
        assert _tables_with(account_id) >= {"account", "credential", "account_session", "session_token", "recovery"}
        phone.challenge("proof")
        phone.ask("DELETE", "/account")
        assert _tables_with(account_id) == set()


def _tables_with(account_id: bytes) -> set[str]:
    with db.engine.connect() as connection:
        return {
            name
            for name, table in Base.metadata.tables.items()
            for column in table.columns
            if isinstance(column.type, LargeBinary)
            and connection.execute(table.select().where(column == account_id)).first() is not None
        }


def test_other_phones_are_told_for_ninety_days(deleted: Phone, other_phone: Phone, clock: Clock) -> None:
    del deleted
    for days in (0, 45, 45):
        clock.go_on(days=days)
        answer = other_phone.ask("GET", "/account")
        assert (answer.status_code, code_of(answer)) == (410, "account_deleted")
    clock.go_on(days=1)
    assert code_of(other_phone.ask("GET", "/account")) == "signed_out"


def test_a_phone_signed_out_before_is_not_told(phone: Phone, other_phone: Phone, code: str) -> None:
    phone.sign_up(recovery=code)
    other_phone.sign_in_with_code(code)
    phone.ask("DELETE", f"/sessions/{other_phone.account()['session']}")
    phone.ask("DELETE", "/account")
    assert code_of(other_phone.ask("GET", "/account")) == "signed_out"


def test_what_opened_the_account_is_unknown_afterwards(deleted: Phone, code: str) -> None:
    deleted.token = ""
    assert code_of(deleted.sign_in()) == "not_recognised"
    assert code_of(deleted.sign_in_with_code(code)) == "not_recognised"


def test_the_same_code_may_sign_up_anew(deleted: Phone, other_phone: Phone, code: str) -> None:
    del deleted
    assert other_phone.sign_up_with_code(code).status_code == 201


def test_another_account_is_as_it_was(phone: Phone, app: Flask, code: str) -> None:
    neighbour = Phone(app)
    neighbour.sign_up(recovery=recovery_token())
    before = neighbour.account()
    phone.sign_up(recovery=code)
    phone.ask("DELETE", "/account")
    assert neighbour.account() == before
    assert neighbour.sign_in().status_code == 201


def test_deleting_twice_at_once_is_signed_out_the_second_time(deleted: Phone) -> None:
    again = deleted.again(next(each for each in deleted.sent if (each.method, each.path) == ("DELETE", "/account")))
    assert code_of(again) == "signed_out"


def test_what_is_over_is_pruned_and_nothing_else(
    deleted: Phone, app: Flask, clock: Clock, rows: Callable[[], dict[str, int]]
) -> None:
    deleted.token = ""
    deleted.sign_up(recovery=recovery_token())
    deleted.challenge("proof")
    clock.go_on(days=60)
    staying = Phone(app)
    staying.sign_up()
    clock.go_on(days=31)
    with app.app_context():
        gone = in_transaction(lambda session: prune(session, now=clock()))
    left = rows()
    assert gone == 2, "one session, one farewell; the challenges went when the next was asked for"
    assert (left["account"], left["account_session"], left["session_token"]) == (2, 1, 1)
    assert (left["farewell"], left["challenge"]) == (0, 0)
    assert staying.account()
