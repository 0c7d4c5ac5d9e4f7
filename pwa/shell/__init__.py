"""The shell: the page every address answers, the manifest, the service worker, security headers, health.

`init_app` is what the rest of the server uses. `routes.py` alone answers requests; the other modules are plain
functions that know no Flask.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask, render_template
from flask_babel import gettext  # type: ignore[import-untyped] # it has no types

from pwa.catalogue import DIRECTION, LANGUAGE_TAG
from pwa.shell.headers import WithSecurityHeaders, security_headers
from pwa.shell.manifest import GROUND_DARK, GROUND_LIGHT
from pwa.shell.routes import make_blueprint
from pwa.shell.site import build_site

if TYPE_CHECKING:
    from pwa.config import Settings
    from pwa.shell.client import BuiltClient


def init_app(app: Flask, settings: Settings, *, version: str) -> None:
    """Put the shell together and give the app its routes and headers. Call it last: its wrapper must be outermost."""
    app.jinja_env.globals.update(
        language=LANGUAGE_TAG, direction=DIRECTION, ground_light=GROUND_LIGHT, ground_dark=GROUND_DARK, version=version
    )

    def render_page(client: BuiltClient) -> str:
        return render_template("shell.html", client=client, settings=settings)

    with app.app_context():
        site = build_site(
            settings, render_page=render_page, translate=gettext, language=LANGUAGE_TAG, direction=DIRECTION
        )
    app.jinja_env.globals["style"] = site.style  # for the pages that tell of a problem
    app.register_blueprint(make_blueprint(site, settings))
    headers = security_headers(behind_tls=settings.behind_tls, hsts_seconds=settings.hsts_seconds)
    app.wsgi_app = WithSecurityHeaders(app.wsgi_app, headers, behind_tls=settings.behind_tls)  # type: ignore[method-assign] # Flask's documented way to wrap
