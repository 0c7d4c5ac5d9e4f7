"""Spaces and their revisions: what phones push and pull, sealed. The server keeps bytes it cannot read.

`init_app` gives an app its routes. `begin_vault` and `delete_vaults` are for those who make and delete accounts, each
in the transaction that does so. `routes.py` alone answers requests; the other modules know no Flask.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pwa.errors import problem_response
from pwa.problems import PROBLEMS
from pwa.sync.bodies import BatchTooLargeError
from pwa.sync.generation import renew_generation
from pwa.sync.push import Quota
from pwa.sync.retention import prune_all
from pwa.sync.routes import make_blueprint
from pwa.sync.spaces import SpaceNotFoundError, SpaceTakenError, delete_vaults
from pwa.sync.vaults import EntryRefusedError, begin_vault

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from flask import Flask, Response
    from flask_limiter import Limiter

    from pwa.config import Settings

__all__ = ["Quota", "begin_vault", "delete_vaults", "init_app", "prune_all", "quota_of", "renew_generation"]


def quota_of(settings: Settings) -> Quota:
    """Return how much the operator lets one space hold."""
    return Quota(bytes=settings.space_bytes, revisions=settings.space_revisions)


def init_app(  # noqa: PLR0913 - all it is given by `create_app`, each by name
    app: Flask,
    settings: Settings,
    *,
    limiter: Limiter,
    who: Callable[[], bytes],
    is_proved: Callable[[], bool],
    clock: Callable[[], datetime],
) -> None:
    """Give the app its routes.

    `who` returns the id of the account that asks, 16 bytes, or raises a `ProblemError`. `is_proved` says whether it
    showed a passkey or a code within the last five minutes. `clock` tells the time in UTC.
    """

    def answer_refused_entry(error: EntryRefusedError) -> Response:
        return problem_response(PROBLEMS["entry_refused"], reason=error.refusal)

    app.register_error_handler(SpaceNotFoundError, lambda _error: problem_response(PROBLEMS["space_not_found"]))
    app.register_error_handler(SpaceTakenError, lambda _error: problem_response(PROBLEMS["space_taken"]))
    app.register_error_handler(BatchTooLargeError, lambda _error: problem_response(PROBLEMS["batch_too_large"]))
    app.register_error_handler(EntryRefusedError, answer_refused_entry)
    bp = make_blueprint(who=who, is_proved=is_proved, quota=quota_of(settings), clock=clock)
    limiter.shared_limit(settings.sync_limit, scope="sync")(bp)
    app.register_blueprint(bp)
