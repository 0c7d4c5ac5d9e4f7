"""The shell's routes: the page, the manifest, the worker, static files, and what a machine asks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from flask import Blueprint, Response, json, request

from pwa.database import db
from pwa.errors import ProblemError
from pwa.shell.addresses import read_addresses
from pwa.shell.readiness import data_folder_defect, database_defect

if TYPE_CHECKING:
    from collections.abc import Callable

    from pwa.config import Settings
    from pwa.shell.files import ServedFile
    from pwa.shell.site import Site

SECURITY_TXT_DAYS: Final = 180


def make_blueprint(site: Site, settings: Settings) -> Blueprint:
    """Return the routes over `site`. Every address of the app answers one page, which holds nothing of anyone's."""
    bp = Blueprint("shell", __name__)

    def page(**_place: str) -> Response:
        return _sound(site.page)

    for address in read_addresses():
        bp.add_url_rule(address.rule, endpoint=address.name, view_func=page)

    @bp.get("/service-worker.js")
    def service_worker() -> Response:
        return _sound(site.worker)

    @bp.get("/manifest.webmanifest")
    def manifest() -> Response:
        return _send(site.manifest)

    @bp.get("/static/<path:name>")
    def static(name: str) -> Response:
        return _send(_known(name))

    @bp.get("/favicon.ico")
    def favicon() -> Response:
        return _send(_known("icons/favicon.ico"))

    def _known(name: str) -> ServedFile:
        if name not in site.static:
            raise ProblemError("not_found")
        return site.static[name]

    def _sound(file: ServedFile | None) -> Response:
        if file is None:
            raise ProblemError(site.defect or "client_not_built")
        return _send(file)

    bp.add_url_rule("/robots.txt", view_func=robots)
    bp.add_url_rule("/healthz", view_func=healthz)
    bp.add_url_rule("/readyz", endpoint="readyz", view_func=_readyz(site, settings))
    if settings.operator_contact is not None:
        bp.add_url_rule(
            "/.well-known/security.txt", endpoint="security_txt", view_func=_security_txt(settings.operator_contact)
        )
    return bp


def robots() -> Response:
    """Ask search engines to leave the site alone: nothing here is for them."""
    return Response("User-agent: *\nDisallow: /\n", mimetype="text/plain", headers={"Cache-Control": "max-age=86400"})


def healthz() -> Response:
    """Say that the process is alive, and nothing more."""
    return Response(json.dumps({"status": "alive"}), mimetype="application/json")


def _readyz(site: Site, settings: Settings) -> Callable[[], Response]:
    def readyz() -> Response:
        folders = {settings.data, settings.sqlite_file.parent if settings.sqlite_file else settings.data}
        checks = (database_defect(db.engine), *map(data_folder_defect, folders), site.defect)
        failing = list(dict.fromkeys(code for code in checks if code is not None))
        if failing:
            raise ProblemError(failing[0], failing=failing)
        return Response(json.dumps({"status": "ready"}), mimetype="application/json")

    return readyz


def _security_txt(contact: str) -> Callable[[], Response]:
    """Answer as RFC 9116 asks; it expires, so that a site left alone does not promise an answer for ever."""

    def security_txt() -> Response:
        expires = datetime.now(UTC).replace(microsecond=0) + timedelta(days=SECURITY_TXT_DAYS)
        lines = f"Contact: {contact}\nExpires: {expires.isoformat().replace('+00:00', 'Z')}\nPreferred-Languages: en\n"
        return Response(lines, mimetype="text/plain")

    return security_txt


def _send(file: ServedFile) -> Response:
    """Answer with the file, in a coding the browser takes, or with 304 where it has it already."""
    coding, content = file.chosen(request.accept_encodings)
    response = Response(content, content_type=file.media_type)
    response.headers["Cache-Control"] = file.cache_control
    if file.encoded:
        response.headers["Vary"] = "Accept-Encoding"
    if coding is not None:
        response.headers["Content-Encoding"] = coding
    response.set_etag(file.tag(coding))
    response.make_conditional(request)
    return response
