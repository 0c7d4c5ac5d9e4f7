"""A server that takes whoever asks for one person, whose vault is there: spaces are measured without signing in."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import Final

from flask_wtf.csrf import generate_csrf  # type: ignore[import-untyped] # it has no types

from pwa import create_app, sync
from pwa.config import read_settings
from pwa.database import db, in_transaction
from pwa.migrations import bring_up_to_date
from pwa.serving import serve

ACCOUNT: Final = b"a" * 16
SPACE: Final = b"S" * 16
TOKEN: Final = "/api/v1/token"  # noqa: S105 - an address


def main() -> None:
    """Serve until stopped, with settings as everywhere."""
    settings = read_settings(os.environ, today=datetime.now(UTC).date())
    app = create_app(settings)
    bring_up_to_date(settings.database_url)
    sync.init_app(app, settings, who=lambda _request: ACCOUNT, is_proved=lambda _request: True)
    app.add_url_rule(TOKEN, view_func=generate_csrf)
    with app.app_context():
        in_transaction(lambda session: sync.create_space(session, ACCOUNT, SPACE, sync.Owner.VAULT))
        db.engine.dispose()  # the server's processes must not share a connection
    serve(app, settings, say=print)


if __name__ == "__main__":
    main()
