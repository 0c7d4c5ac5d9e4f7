"""Cairn: a private pacing and goal diary that works offline. `create_app` is where its server is put together."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import Final

from flask import Flask, Response, request
from flask_wtf.csrf import CSRFProtect  # type: ignore[import-untyped] # it has no types

from pwa import catalogue, errors, shell
from pwa.config import Settings, read_settings
from pwa.data_folder import prepare_data_folder
from pwa.database import db, engine_options, prepare_engine
from pwa.errors import ProblemError

__version__: Final = "0.1.0"


def create_app(settings: Settings | None = None) -> Flask:
    """Put the server together: the only place that knows all its parts.

    Without `settings` they are read from the environment. Makes the data folder where there is none. Raises
    `SettingRefusedError`, `DataFolderRefusedError` or `CatalogueMissingError`; a client that is not built is no reason
    not to start: its pages then say so.
    """
    if settings is None:
        settings = read_settings(os.environ, today=datetime.now(UTC).date())
    app = Flask(__name__, static_folder=None)
    app.config.from_mapping(
        SECRET_KEY=prepare_data_folder(settings),
        SESSION_COOKIE_NAME="__Host-session" if settings.behind_tls else "session",
        SESSION_COOKIE_SECURE=settings.behind_tls,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
        MAX_CONTENT_LENGTH=settings.body_limit,
        TRUSTED_HOSTS=list(settings.trusted_hosts),
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(settings.database_url),
    )
    catalogue.init_app(app, settings)
    errors.init_app(app)
    app.before_request(_refuse_unbounded_bodies)
    app.after_request(_say_nothing_in_redirects)
    CSRFProtect(app)  # every unsafe route is refused without a token, unless it says otherwise
    db.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)
    shell.init_app(app, settings, version=__version__)
    return app


def _refuse_unbounded_bodies() -> None:
    """Refuse a body that is too large before any of it is read, and one whose size nobody can tell beforehand.

    A body sent in chunks would otherwise be cut at the limit without a word.
    """
    if "chunked" in request.headers.get("Transfer-Encoding", "").lower():
        raise ProblemError("length_required")
    if request.content_encoding not in (None, "", "identity"):
        raise ProblemError("encoding_refused")
    if (request.content_length or 0) > (request.max_content_length or 0):
        raise ProblemError("too_large")


def _say_nothing_in_redirects(response: Response) -> Response:
    """Browsers follow a redirect and show nothing of it; Werkzeug's page would be its own English."""
    if response.location:
        response.set_data(b"")
    return response
