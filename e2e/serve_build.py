"""Serve a build of the client on ``PORT``: ``python -m e2e.serve_build STATIC``, with options.

The server is the app's own. ``--cutting NAME`` sends only half of each file in whose address NAME stands, as a bad
network between would. ``--days-later DAYS`` has the server's own clock so far on, and what it lets go of with time is
gone; ``--seconds-later SECONDS`` has the clock alone so far on.
"""

from __future__ import annotations

import argparse
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from pwa import create_app
from pwa.config import read_settings
from pwa.serving import serve
from pwa.upkeep import prune

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment


def cut(app: WSGIApplication, name: str) -> WSGIApplication:
    """Return the application with half of each answer whose address contains ``name``."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if name not in environ["PATH_INFO"]:
            return app(environ, start_response)
        environ.pop("HTTP_ACCEPT_ENCODING", None)
        body = b"".join(app(environ, lambda status, headers, exc_info=None: start_response(status, [
            (field, value) for field, value in headers if field.lower() != "content-length"
        ], exc_info)))  # fmt: skip
        return [body[: len(body) // 2]]

    return answer


def main() -> None:
    """Serve until stopped."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("static", type=Path)
    wanted.add_argument("--cutting")
    wanted.add_argument("--days-later", type=int, default=0)
    wanted.add_argument("--seconds-later", type=int, default=0)
    chosen = wanted.parse_args()
    settings = replace(read_settings(os.environ, today=datetime.now(UTC).date()), static=chosen.static)
    later = timedelta(days=chosen.days_later, seconds=chosen.seconds_later)
    if chosen.days_later:
        gone = prune(settings.database_url, now=datetime.now(UTC) + later)
        print(f"Let go of {gone.old_versions} old versions.", flush=True)
    app = create_app(settings, clock=lambda: datetime.now(UTC) + later)
    if chosen.cutting:
        app.wsgi_app = cut(app.wsgi_app, chosen.cutting)  # type: ignore[assignment] # how Flask takes middleware
    serve(app, settings, say=print)


if __name__ == "__main__":
    main()
