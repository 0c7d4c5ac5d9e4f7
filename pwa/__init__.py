"""Cairn: a private pacing and goal diary that works offline. `create_app` is where its server is put together."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from flask import Flask, Response
from flask_wtf.csrf import CSRFProtect  # type: ignore[import-untyped] # it has no types

from pwa import accounts, catalogue, errors, gate, rates, request_log, shell, sync
from pwa.accounts import Spaces
from pwa.config import Settings, read_settings
from pwa.data_folder import prepare_data_folder
from pwa.database import db, engine_options, of_an_existing_file, prepare_engine
from pwa.deletions import note_deletion
from pwa.endings import note_ending

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from pwa.accounts import AccountId, Ended

__version__: Final = "0.1.0"


def create_app(settings: Settings | None = None, *, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Flask:
    """Put the server together: the only place that knows all its parts.

    Without `settings` they are read from the environment. `clock` tells the time in UTC. Makes the data folder where
    there is none. Raises `SettingRefusedError`, `DataFolderRefusedError` or `CatalogueMissingError`; a client that is
    not built is no reason not to start: its pages then say so.
    """
    if settings is None:
        settings = read_settings(os.environ, today=clock().date())
    app = Flask(__name__, static_folder=None)
    app.config.from_mapping(
        SECRET_KEY=prepare_data_folder(settings),
        SESSION_COOKIE_NAME="__Host-session" if settings.behind_tls else "session",
        SESSION_COOKIE_SECURE=settings.behind_tls,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
        MAX_CONTENT_LENGTH=settings.body_limit,
        TRUSTED_HOSTS=list(settings.trusted_hosts),
        SQLALCHEMY_DATABASE_URI=of_an_existing_file(settings.database_url),
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(settings.database_url),
    )
    request_log.init_app(app)
    catalogue.init_app(app, settings)
    errors.init_app(app)
    gate.init_app(app)
    app.after_request(_say_nothing_in_redirects)
    CSRFProtect(app)  # every unsafe route is refused without a token, unless it says otherwise
    limiter = rates.make_limiter(app, settings, key=app.config["SECRET_KEY"])
    db.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)
    accounts.init_app(
        app,
        settings,
        limiter=limiter,
        spaces=_vaults(settings, clock),
        note_deletion=_noter_of_deletions(settings, clock),
        note_ended=_noter_of_endings(settings, clock),
        clock=clock,
    )
    sync.init_app(
        app,
        settings,
        limiter=limiter,
        who=accounts.require_account,
        is_proved=accounts.has_fresh_proof,
        clock=clock,
    )
    shell.init_app(app, settings, version=__version__)
    return app


def _vaults(settings: Settings, clock: Callable[[], datetime]) -> Spaces:
    """Let a vault come and go with its account."""
    quota = sync.quota_of(settings)

    def attach(session: Session, account_id: AccountId, part: object) -> None:
        sync.begin_vault(session, account_id, part, quota=quota, today=clock().date())

    return Spaces(attach=attach, detach=sync.delete_vaults)


def _noter_of_deletions(settings: Settings, clock: Callable[[], datetime]) -> Callable[[AccountId], None]:
    """Note an account that is gone. Where that cannot be written, it is gone all the same."""

    def note(account_id: AccountId) -> None:
        with suppress(OSError):
            note_deletion(settings.deletions, account_id, today=clock().date(), random=secrets.token_bytes)

    return note


def _noter_of_endings(settings: Settings, clock: Callable[[], datetime]) -> Callable[[Ended | None], None]:
    """Note a way in that ended, if one did. Where that cannot be written, it ended all the same."""

    def note(ended: Ended | None) -> None:
        if ended is not None:
            with suppress(OSError):
                note_ending(settings.endings, ended.way, ended.instead, today=clock().date())

    return note


def _say_nothing_in_redirects(response: Response) -> Response:
    """Browsers follow a redirect and show nothing of it; Werkzeug's page would be its own English."""
    if response.location:
        response.set_data(b"")
    return response
