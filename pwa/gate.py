"""What the whole server refuses before a route is asked: bodies without a size, other sites, other than JSON.

The CSRF token is asked for besides; it is the library's own check, put in by `create_app` after this one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import request

from pwa.errors import ProblemError

if TYPE_CHECKING:
    from flask import Flask

API: Final = "/api/"
SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})


def init_app(app: Flask) -> None:
    """Let `app` refuse. Call it before anything reads a body."""
    app.before_request(refuse_unbounded_bodies)
    app.before_request(refuse_other_sites)
    app.before_request(refuse_other_than_json)


def refuse_unbounded_bodies() -> None:
    """Refuse a body that is too large before any of it is read, and one whose size nobody can tell beforehand.

    A body sent in chunks would otherwise be cut at the limit without a word.
    """
    if "chunked" in request.headers.get("Transfer-Encoding", "").lower():
        raise ProblemError("length_required")
    if request.content_encoding not in (None, "", "identity"):
        raise ProblemError("encoding_refused")
    if (request.content_length or 0) > (request.max_content_length or 0):
        raise ProblemError("too_large")


def refuse_other_sites() -> None:
    """Refuse what a page of another origin asks of the interface, by Fetch Metadata, or by `Origin` where that is all.

    https://www.w3.org/TR/fetch-metadata/ : `none` is a person's own doing, such as typing an address. A browser that
    sends neither header is still asked for a token.
    """
    if request.endpoint is None or not (request.path.startswith(API) or request.method not in SAFE_METHODS):
        return
    site = request.headers.get("Sec-Fetch-Site")
    if site is None:
        origin = request.headers.get("Origin")
        allowed = origin is None or origin == request.host_url.rstrip("/")
    else:
        allowed = site == "same-origin" or (site == "none" and request.method in SAFE_METHODS)
    if not allowed:
        raise ProblemError("cross_site_refused")


def refuse_other_than_json() -> None:
    """Refuse a body in a form that a page of another site could send without asking first."""
    if request.endpoint is None or request.method in SAFE_METHODS:
        return
    if (request.content_length or request.content_type) and request.mimetype != "application/json":
        raise ProblemError("json_only")
