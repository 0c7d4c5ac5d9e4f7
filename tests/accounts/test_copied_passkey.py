"""A passkey that was copied, shown in two places in the same moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pwa.accounts.sign_in import check_passkey
from tests.accounts.phone import Phone, code_of

if TYPE_CHECKING:
    import pytest
    from flask import Flask

    from pwa.accounts.ceremonies import ShownPasskey


def test_of_two_copies_shown_at_once_one_signs_in(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    phone, copy = Phone(app, counts=True), Phone(app)
    phone.sign_up()
    copy.authenticator = phone.authenticator

    def check_slowly(*shown: Any, **more: Any) -> ShownPasskey:  # noqa: ANN401 - as it is called
        monkeypatch.setattr("pwa.accounts.routes.ceremonies.check_passkey", check_passkey)
        assert copy.sign_in().status_code == 201
        return check_passkey(*shown, **more)

    monkeypatch.setattr("pwa.accounts.routes.ceremonies.check_passkey", check_slowly)
    assert code_of(phone.sign_in()) == "not_recognised"
