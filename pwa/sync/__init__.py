"""Spaces and their revisions: what phones push and pull, sealed. The server keeps bytes it cannot read.

`init_app` gives an app its routes. `create_space` and `delete_vaults` are for those who make and delete accounts, each
in the transaction that does so. `routes.py` alone answers requests; the other modules know no Flask.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pwa.sync.generation import renew_generation
from pwa.sync.header import Owner
from pwa.sync.push import Quota
from pwa.sync.retention import prune_all
from pwa.sync.routes import make_blueprint
from pwa.sync.spaces import SpaceTakenError, create_space, delete_vaults

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask, Request

    from pwa.config import Settings

__all__ = ["Owner", "SpaceTakenError", "create_space", "delete_vaults", "init_app", "prune_all", "renew_generation"]


def init_app(
    app: Flask, settings: Settings, *, who: Callable[[Request], bytes], is_proved: Callable[[Request], bool]
) -> None:
    """Give the app its routes.

    `who` returns the id of the account that asks, 16 bytes, or raises a `ProblemError`. `is_proved` says whether it
    showed a passkey or a code within the last five minutes.
    """
    quota = Quota(bytes=settings.space_bytes, revisions=settings.space_revisions)
    app.register_blueprint(make_blueprint(who=who, is_proved=is_proved, quota=quota))
