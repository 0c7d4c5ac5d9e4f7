"""One line of the log for each request: what was asked of which route, how it ended, how long it took. Nothing else."""

from __future__ import annotations

from http import HTTPMethod
from time import perf_counter
from typing import TYPE_CHECKING

from flask import g, request

from pwa.log_lines import note_request

if TYPE_CHECKING:
    from flask import Flask, Response


def init_app(app: Flask) -> None:
    """Let `app` write its lines. Call it before anything that may refuse, so that what is refused has a line too."""
    app.before_request(_begin)
    app.after_request(_end)  # those registered first run last


def _begin() -> None:
    g.began = perf_counter()


def _end(response: Response) -> Response:
    """Write the line. A method may be any word a stranger thinks of, so only those of HTTP are named."""
    note_request(
        method=request.method if request.method in HTTPMethod.__members__ else "other",
        rule=request.url_rule.rule if request.url_rule else None,
        status=response.status_code,
        milliseconds=(perf_counter() - g.began) * 1000 if "began" in g else None,
        code=g.get("problem_code"),
    )
    return response
