"""The passkeys of an account. Each change needs a passkey or code shown within five minutes."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from pwa.accounts import bodies, caller, passkeys
from pwa.accounts.routes.answers import answer, check_made, id_in_address, nothing, use_challenge
from pwa.base64url import to_base64url
from pwa.database import in_transaction

if TYPE_CHECKING:
    from flask import Response


def add_passkey() -> Response:
    """Add a passkey."""
    account_id = caller.require_fresh_proof()
    sent = bodies.read_new_passkey(caller.read_json())
    use_challenge(sent.challenge, purpose="add-passkey", account_id=account_id)
    made = check_made(sent.passkey, challenge=sent.challenge)
    today = caller.accounts().clock().date()
    in_transaction(lambda session: passkeys.add(session, account_id, made, label=sent.label, today=today))
    return answer({"id": to_base64url(made.id)}, status=HTTPStatus.CREATED)


def label_passkey(passkey: str) -> Response:
    """Label a passkey."""
    account_id = caller.require_fresh_proof()
    label = bodies.read_label(caller.read_json())
    passkey_id = id_in_address(passkey)
    in_transaction(lambda session: passkeys.set_label(session, account_id, passkey_id, label))
    return nothing()


def remove_passkey(passkey: str) -> Response:
    """Remove a passkey. Phones that signed in with it stay signed in; they can be signed out one by one."""
    account_id = caller.require_fresh_proof()
    passkey_id = id_in_address(passkey)
    caller.accounts().note_ended(in_transaction(lambda session: passkeys.remove(session, account_id, passkey_id)))
    return nothing()
