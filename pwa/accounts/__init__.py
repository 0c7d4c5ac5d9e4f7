"""Accounts: who may bring and fetch which sealed bytes. Passkeys, recovery tokens, sessions; no names, no addresses.

`init_app` gives the app its routes. The rest of the server asks `require_account`, `has_fresh_proof` and
`require_fresh_proof`, and hands in `Spaces`: what else is made with an account, and taken away with it. `prune` deletes
what is over. `docs/accounts.md` describes the interface.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pwa.accounts.brought_back import end_noted
from pwa.accounts.caller import Accounts, has_fresh_proof, require_account, require_fresh_proof
from pwa.accounts.deletion import delete_noted, prune
from pwa.accounts.identity import AccountId, Ended
from pwa.accounts.refused import RefusedError
from pwa.accounts.relying_party import relying_party
from pwa.accounts.routes import make_blueprint
from pwa.accounts.spaces import Spaces
from pwa.errors import problem_response
from pwa.problems import PROBLEMS

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from flask import Flask
    from flask_limiter import Limiter

    from pwa.config import Settings

__all__ = [
    "AccountId",
    "Ended",
    "RefusedError",
    "Spaces",
    "delete_noted",
    "end_noted",
    "has_fresh_proof",
    "init_app",
    "prune",
    "require_account",
    "require_fresh_proof",
]


def init_app(  # noqa: PLR0913 - all it is given by `create_app`, each by name
    app: Flask,
    settings: Settings,
    *,
    limiter: Limiter,
    spaces: Spaces,
    note_deletion: Callable[[AccountId], object],
    note_ended: Callable[[Ended | None], object],
    clock: Callable[[], datetime],
) -> None:
    """Give the app its accounts.

    `note_deletion` is told of each that is gone, `note_ended` of each way in that ended, once it is so. `clock` tells
    the time in UTC.
    """
    Accounts(
        party=relying_party(settings),
        settings=settings,
        spaces=spaces,
        note_deletion=note_deletion,
        note_ended=note_ended,
        clock=clock,
    ).attach_to(app)
    app.register_error_handler(RefusedError, lambda error: problem_response(PROBLEMS[error.code]))
    app.register_blueprint(make_blueprint(settings, limiter))
