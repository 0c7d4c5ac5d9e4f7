"""A backup that is put back opens nothing that was closed since, and what is noted for that opens nothing either."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import pwa
from pwa.backup import back_up, restore
from pwa.base64url import from_base64url
from pwa.database import db
from pwa.migrations import bring_up_to_date
from tests.accounts.conftest import Clock
from tests.accounts.phone import Phone, code_of, recovery_token
from tests.sync.made import TODAY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from flask import Flask

    from pwa.config import Settings


def new_life(length: int) -> bytes:
    return b"n" * length


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    app = pwa.create_app(settings, clock=Clock())
    bring_up_to_date(settings.database_url)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def put_back(app: Flask, settings: Settings, tmp_path: Path) -> Callable[[], None]:
    """Offer to put back the backup that a test takes."""

    def put() -> None:
        with app.app_context():
            db.engine.dispose()
        for file in settings.data.glob("cairn.sqlite3*"):
            file.unlink()
        restore(settings, tmp_path / "backup.sqlite3", today=TODAY, random=new_life)

    return put


@pytest.fixture
def old() -> str:
    return recovery_token()


@pytest.fixture
def owner(app: Flask, old: str) -> Phone:
    owner = Phone(app)
    assert owner.sign_up(recovery=old).status_code == 201
    return owner


@pytest.fixture
def lost(app: Flask, owner: Phone, old: str, settings: Settings, tmp_path: Path) -> Phone:
    """Sign a second phone in, and take the backup."""
    lost = Phone(app)
    lost.authenticator = owner.authenticator
    assert lost.sign_in_with_code(old).status_code == 201
    back_up(settings, tmp_path / "backup.sqlite3")
    return lost


def sign_in(app: Flask, code: str) -> str:
    answer = Phone(app).sign_in_with_code(code)
    return "signed in" if answer.status_code == 201 else code_of(answer)


def visit(phone: Phone) -> str:
    answer = phone.ask("GET", "/account")
    return "welcome" if answer.status_code == 200 else code_of(answer)


def test_a_code_renewed_and_a_phone_signed_out_after_the_backup_stay_so(
    app: Flask, owner: Phone, lost: Phone, old: str, put_back: Callable[[], None]
) -> None:
    new = recovery_token()
    lost.prove_with_code(old)
    owner.prove_with_code(old)
    assert owner.ask("PUT", "/account/recovery", {"recovery": recovery_token()}).status_code == 204
    assert owner.ask("PUT", "/account/recovery", {"recovery": new}).status_code == 204
    [gone] = [each for each in owner.ask("GET", "/sessions").get_json()["sessions"] if not each["current"]]
    assert owner.ask("DELETE", f"/sessions/{gone['id']}").status_code == 204
    put_back()
    assert (visit(owner), visit(lost)) == ("welcome", "signed_out")
    assert (sign_in(app, old), sign_in(app, new)) == ("not_recognised", "signed in")
    assert owner.prove_with_code(new).status_code == 201
    assert owner.ask("DELETE", "/account").status_code == 204


def sign_out(phone: Phone, _code: str) -> None:
    assert phone.ask("DELETE", "/sessions/current").status_code == 204


def sign_in_anew(phone: Phone, code: str) -> None:
    assert phone.sign_in_with_code(code).status_code == 201


def sign_up_anew(phone: Phone, _code: str) -> None:
    assert phone.sign_up(recovery=recovery_token()).status_code == 201


def prove(phone: Phone, _code: str) -> None:
    assert phone.prove().status_code == 201


@pytest.mark.parametrize("end", [sign_out, sign_in_anew, sign_up_anew, prove])
def test_a_cookie_that_was_worth_nothing_stays_so(
    lost: Phone, old: str, put_back: Callable[[], None], end: Callable[[Phone, str], None]
) -> None:
    before = lost.cookies()["account"]
    end(lost, old)
    put_back()
    lost.browser.set_cookie("account", before)
    assert visit(lost) == "signed_out"


def test_whoever_was_signed_in_all_the_time_still_is(owner: Phone, lost: Phone, put_back: Callable[[], None]) -> None:
    owner.prove()
    owner.prove()
    put_back()
    assert (visit(owner), visit(lost)) == ("welcome", "welcome")


def test_a_passkey_that_was_removed_stays_so(owner: Phone, lost: Phone, put_back: Callable[[], None]) -> None:
    [first] = owner.account()["passkeys"]
    assert owner.ask("DELETE", f"/passkeys/{first['id']}").status_code == 204
    put_back()
    assert owner.account()["passkeys"] == []
    assert code_of(lost.sign_in()) == "not_recognised"


def test_the_last_way_in_stays(app: Flask, put_back: Callable[[], None], settings: Settings, tmp_path: Path) -> None:
    only = Phone(app)
    assert only.sign_up().status_code == 201
    [first] = only.account()["passkeys"]
    back_up(settings, tmp_path / "backup.sqlite3")
    assert only.add_passkey().status_code == 201
    assert only.ask("DELETE", f"/passkeys/{first['id']}").status_code == 204
    put_back()
    assert [each["id"] for each in only.account()["passkeys"]] == [first["id"]]


def test_where_it_cannot_be_noted_it_ends_all_the_same(settings: Settings, owner: Phone) -> None:
    settings.endings.write_text("in the way")
    assert owner.ask("DELETE", "/sessions/current").status_code == 204
    assert visit(owner) == "signed_out"


def test_what_is_noted_holds_nothing_that_lets_in(
    settings: Settings, owner: Phone, lost: Phone, old: str, put_back: Callable[[], None]
) -> None:
    new, cookies = recovery_token(), [lost.cookies()["account"], owner.cookies()["account"]]
    owner.prove()
    owner.ask("PUT", "/account/recovery", {"recovery": new})
    [passkey] = owner.account()["passkeys"]
    owner.ask("DELETE", f"/passkeys/{passkey['id']}")
    lost.ask("DELETE", "/sessions/current")
    put_back()
    (file,) = settings.endings.iterdir()
    held = file.read_text()
    assert len(held.splitlines()) == 4
    for secret in (*cookies, owner.cookies()["account"], old, new, passkey["id"]):
        assert secret not in held
        assert from_base64url(secret).hex() not in held
    assert file.stat().st_mode & 0o077 == settings.endings.stat().st_mode & 0o077 == 0
