"""The server as two phones meet it, from signing up to the deletion of the account, over every table there is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event, select

import pwa
from pwa.base64url import to_base64url
from pwa.database import Base, db, in_transaction
from pwa.sync.models import AccountSpace
from pwa.sync.spaces import delete_vaults
from tests.accounts.conftest import Clock
from tests.accounts.phone import Phone, code_of, recovery_token
from tests.sync.made import Vault, edit, first_part, written

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from sqlalchemy import Engine
    from werkzeug.test import TestResponse

    from pwa.config import Settings
    from pwa.sync.revisions import Sent


@pytest.fixture
def settings(settings: Settings, engine: Engine) -> Settings:
    return replace(settings, database_url=engine.url.render_as_string(hide_password=False))


@pytest.fixture
def vault() -> Vault:
    return Vault()


@pytest.fixture
def root(vault: Vault) -> str:
    return f"/spaces/{to_base64url(vault.space)}"


def push(phone: Phone, root: str, *revisions: Sent) -> TestResponse:
    return phone.ask("POST", f"{root}/revisions", {"revisions": [written(each) for each in revisions]})


def pulled(phone: Phone, root: str) -> list[dict[str, str]]:
    answer = phone.ask("GET", f"{root}/revisions")
    assert answer.status_code == 200, answer.text
    names = ("id", "header", "blob", "signature")
    return [{name: row[name] for name in names if name in row} for row in answer.get_json()["revisions"]]


def filled_tables(app: Flask) -> dict[str, int]:
    """Count the rows of every table that has any, but the one that names the database's life."""
    with app.app_context(), db.engine.connect() as connection:
        counts = {table.name: len(connection.execute(select(table)).all()) for table in Base.metadata.sorted_tables}
    assert counts.pop("generation") == 1
    return {name: count for name, count in counts.items() if count}


def live(first: Phone, second: Phone, sign_in: Callable[[Phone], TestResponse], entry: Sent, root: str) -> None:
    """Go on from a sign-up: push, pull on another phone, sign out, delete; hold what each step must leave."""
    one = edit(1)
    two = edit(1, one, words="later")
    everything = [written(each) for each in (entry, one, two)]
    answer = push(first, root, one, two)
    assert [each["status"] for each in answer.get_json()["results"]] == ["stored", "stored"]
    assert sign_in(second).status_code == 201
    assert pulled(second, root) == pulled(first, root) == everything
    third = Phone(second.app)
    third.authenticator = second.authenticator
    assert sign_in(third).status_code == 201
    assert third.ask("DELETE", "/sessions/current").status_code == 204
    refused = third.ask("GET", f"{root}/revisions")
    assert (refused.status_code, code_of(refused)) == (401, "signed_out")
    assert len(filled_tables(first.app)) > 5
    assert first.ask("DELETE", "/account").status_code == 204
    for answer in (second.ask("GET", f"{root}/revisions"), push(second, root, edit(2)), second.ask("GET", "/spaces")):
        assert (answer.status_code, code_of(answer)) == (410, "account_deleted")
    assert filled_tables(first.app) == {"farewell": 1}


def test_a_passkey_carries_a_diary_from_phone_to_phone_and_takes_it_all_away(
    app: Flask, vault: Vault, root: str
) -> None:
    first, second = Phone(app), Phone(app)
    entry = vault.entry()
    assert first.sign_up(space=first_part(vault, entry=entry)).status_code == 201
    second.authenticator = first.authenticator
    live(first, second, Phone.sign_in, entry, root)


def test_the_code_alone_does_so_too(app: Flask, vault: Vault, root: str) -> None:
    code = recovery_token("of a browser without passkeys")
    entry = vault.entry()
    first = Phone(app)
    assert first.sign_up_with_code(code, space=first_part(vault, entry=entry)).status_code == 201
    live(first, Phone(app), lambda phone: phone.sign_in_with_code(code), entry, root)


def test_anothers_session_opens_nothing_of_the_vault(app: Flask, vault: Vault, root: str) -> None:
    owner, other = Phone(app), Phone(app)
    owner.sign_up(space=first_part(vault))
    other.sign_up()
    for answer in (other.ask("GET", f"{root}/revisions"), push(other, root, edit(1))):
        assert (answer.status_code, code_of(answer)) == (404, "space_not_found")
    assert len(pulled(owner, root)) == 1


def test_a_roll_entry_needs_a_proof_of_the_last_five_minutes(settings: Settings, vault: Vault, root: str) -> None:
    clock = Clock()
    app = pwa.create_app(settings, clock=clock)
    phone = Phone(app)
    entry = vault.entry()
    phone.sign_up(space=first_part(vault, entry=entry))
    clock.go_on(minutes=6)
    again = vault.entry(entry)
    assert push(phone, root, again).get_json()["results"][0]["code"] == "proof_needed"
    assert phone.prove().status_code == 201
    assert push(phone, root, again).get_json()["results"][0]["status"] == "stored"
    with app.app_context():
        db.engine.dispose()


@pytest.mark.parametrize("path", ["revisions", "revisions?heads=1", "roll"])
def test_a_deletion_in_the_midst_of_a_pull_makes_no_defect(app: Flask, vault: Vault, root: str, path: str) -> None:
    """The page is of one moment, and the next request is told."""
    phone = Phone(app)
    phone.sign_up(space=first_part(vault))
    push(phone, root, edit(1), edit(2))
    whole = phone.ask("GET", f"{root}/{path}&limit=1" if "?" in path else f"{root}/{path}?limit=1").get_json()
    with app.app_context():
        engine = db.engine
        account_id = in_transaction(lambda session: session.scalar(select(AccountSpace.account_id)))

    deleted: list[str] = []

    def delete_now(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if "FROM space" in statement and not deleted:
            deleted.append(statement)
            in_transaction(lambda session: delete_vaults(session, account_id or b""))

    event.listen(engine, "after_cursor_execute", delete_now)
    answer = phone.ask("GET", f"{root}/{path}&limit=1" if "?" in path else f"{root}/{path}?limit=1")
    assert (len(deleted), answer.status_code) == (1, 200), answer.text
    assert {**answer.get_json(), "server_time": ""} == {**whole, "server_time": ""}
    after = phone.ask("GET", f"{root}/{path}")
    assert (after.status_code, code_of(after)) == (404, "space_not_found")
