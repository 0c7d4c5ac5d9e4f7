"""The account itself: what is kept of it, its recovery token, its end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pwa.accounts import bodies, caller
from pwa.accounts.deletion import delete_account
from pwa.accounts.models import Account, lock_account, passkeys_of
from pwa.accounts.refused import RefusedError
from pwa.accounts.routes.answers import answer, nothing, sealed
from pwa.accounts.sign_up import set_recovery
from pwa.base64url import to_base64url
from pwa.database import in_reading, in_transaction

if TYPE_CHECKING:
    from flask import Response
    from sqlalchemy.orm import Session

    from pwa.accounts.identity import Ended


def show_account() -> Response:
    """Answer with all that is kept of the account."""
    signed_in = caller.signed_in()

    def read(session: Session) -> dict[str, Any]:
        account = session.get(Account, signed_in.account_id)
        if account is None:
            raise RefusedError("signed_out")
        return {
            "created_on": account.created_on.isoformat(),
            "recovery": account.recovery is not None,
            "passkeys": [
                {
                    "id": to_base64url(row.id),
                    "label": sealed(row.label),
                    "added_on": row.added_on.isoformat(),
                    "backed_up": row.is_backed_up,
                }
                for row in passkeys_of(session, signed_in.account_id)
            ],
            "session": to_base64url(signed_in.session_id),
            "proved": signed_in.proved_lately(caller.accounts().clock()),
        }

    return answer(in_reading(read))


def replace_recovery() -> Response:
    """Let another recovery token open the account, and the one before no more."""
    account_id = caller.require_fresh_proof()
    token = bodies.read_recovery(caller.read_json())

    def write(session: Session) -> Ended | None:
        if lock_account(session, account_id) is None:
            raise RefusedError("signed_out")
        return set_recovery(session, account_id, token)

    caller.accounts().note_ended(in_transaction(write))
    return nothing()


def end_account() -> Response:
    """Delete the account with everything the server has of it. Taking consent back is the same."""
    account_id = caller.require_fresh_proof()
    accounts, token = caller.accounts(), caller.brought_token() or b""
    in_transaction(
        lambda session: delete_account(
            session, account_id, by_token=token, today=accounts.clock().date(), detach=accounts.spaces.detach
        )
    )
    accounts.note_deletion(account_id)
    response = nothing()
    caller.take_cookies(response)
    return response
