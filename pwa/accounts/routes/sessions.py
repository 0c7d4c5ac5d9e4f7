"""The phones that are signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pwa.accounts import bodies, caller, sessions
from pwa.accounts.models import sessions_of
from pwa.accounts.routes.answers import answer, id_in_address, nothing, sealed
from pwa.base64url import to_base64url
from pwa.database import in_reading, in_transaction

if TYPE_CHECKING:
    from typing import Any

    from flask import Response
    from sqlalchemy.orm import Session


def show_sessions() -> Response:
    """Answer with the phones that are signed in, this one marked."""
    signed_in = caller.signed_in()
    today = caller.accounts().clock().date()

    def read(session: Session) -> list[dict[str, Any]]:
        return [
            {
                "id": to_base64url(row.id),
                "label": sealed(row.label),
                "created_on": row.created_on.isoformat(),
                "seen_on": row.seen_on.isoformat(),
                "current": row.id == signed_in.session_id,
            }
            for row in sessions_of(session, signed_in.account_id)
            if row.expires_on >= today
        ]

    return answer({"sessions": in_reading(read)})


def label_session(phone: str) -> Response:
    """Label a phone. Another than this one needs a fresh proof."""
    caller.signed_in()
    session_id = id_in_address(phone)
    account_id = caller.require_proof_for_another(session_id).account_id
    label = bodies.read_label(caller.read_json())
    in_transaction(lambda session: sessions.set_label(session, account_id, session_id, label))
    return nothing()


def end_session(phone: str) -> Response:
    """Sign a phone out. Another than this one needs a fresh proof."""
    caller.signed_in()
    session_id = id_in_address(phone)
    signed_in = caller.require_proof_for_another(session_id)
    ended = in_transaction(lambda session: sessions.end(session, signed_in.account_id, session_id))
    caller.accounts().note_ended(ended)
    response = nothing()
    if session_id == signed_in.session_id:
        caller.take_cookies(response)
    return response


def end_own_session() -> Response:
    """Sign this phone out, also where it is already: the last thing it does, after sending and clearing its own."""
    token = caller.brought_token()
    caller.accounts().note_ended(in_transaction(lambda session: sessions.end_by_token(session, token)))
    response = nothing()
    caller.take_cookies(response)
    return response
