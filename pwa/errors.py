"""Every error is answered as a problem: one of `pwa.problems`, under its stable code.

The answer follows RFC 9457 (https://www.rfc-editor.org/rfc/rfc9457): a page for a browser that asks for one,
`application/problem+json` for everything else.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from flask import Response, g, json, render_template, request
from flask_wtf.csrf import CSRFError  # type: ignore[import-untyped] # it has no types
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException, SecurityError

from pwa.bodies import BodyRefusedError
from pwa.database import DatabaseBusyError
from pwa.database_faults import code_of
from pwa.log_lines import note_defect
from pwa.problems import PROBLEMS

if TYPE_CHECKING:
    from flask import Flask

    from pwa.problems import ProblemType

MEDIA_TYPE: Final = "application/problem+json"
FOR_PROGRAMS: Final = ("/api/", "/healthz", "/readyz", "/static/")


_BY_STATUS: Final = {
    400: "bad_request",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    429: "too_many_requests",
}


class ProblemError(Exception):
    """Raised by a route to answer with one of `PROBLEMS`."""

    def __init__(self, code: str, **extra: Any) -> None:  # noqa: ANN401 - members the RFC leaves to each problem type
        """Name the problem; `extra` becomes further members of the answer and must hold nothing secret."""
        super().__init__(code)
        self.type = PROBLEMS[code]
        self.extra = extra


def init_app(app: Flask) -> None:
    """Answer every error of the app as a problem."""
    app.register_error_handler(ProblemError, lambda error: problem_response(error.type, **error.extra))
    app.register_error_handler(BodyRefusedError, lambda _error: problem_response(PROBLEMS["body_refused"]))
    app.register_error_handler(DatabaseBusyError, lambda _error: problem_response(PROBLEMS["database_busy"]))
    app.register_error_handler(SQLAlchemyError, _answer_database_error)
    app.register_error_handler(HTTPException, _answer_http_error)
    app.register_error_handler(Exception, _answer_defect)


def problem_response(
    problem: ProblemType, *, status: int | None = None, instance: str | None = None, **extra: object
) -> Response:
    """Answer with `problem`: a page where the browser asks for one, else JSON. Never cached.

    `status` stands in for the problem's own where the HTTP library found a finer one.
    """
    status = status or problem.status
    g.problem_code = problem.code  # for the log
    if _wants_page():
        response = Response(render_template("problem.html", problem=problem), mimetype="text/html")
    else:
        members = {
            "type": problem.uri,
            "title": str(problem.title),
            "status": status,
            "detail": str(problem.detail),
            "code": problem.code,
            "instance": instance or _new_instance(),
            **extra,
        }
        response = Response(json.dumps(members), mimetype=MEDIA_TYPE)
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    response.headers["Vary"] = "Accept"
    return response


def _answer_database_error(error: SQLAlchemyError) -> Response:
    code = code_of(error)
    return _answer_defect(error) if code is None else problem_response(PROBLEMS[code])


def _answer_http_error(error: HTTPException) -> Response | HTTPException:
    if error.code is None or error.code < HTTPStatus.BAD_REQUEST:
        return error  # a redirect is no problem
    response = problem_response(_type_of(error), status=error.code)
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After"}:
            response.headers[name] = value
    return response


def _type_of(error: HTTPException) -> ProblemType:
    if isinstance(error, SecurityError):
        return PROBLEMS["host_not_trusted"]
    if isinstance(error, CSRFError):
        return PROBLEMS["csrf_refused"]
    status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    return PROBLEMS[_BY_STATUS.get(status, "bad_request" if status < HTTPStatus.INTERNAL_SERVER_ERROR else "internal")]


def _answer_defect(error: Exception) -> Response:
    """Answer for an error nobody foresaw. The log's line and the answer have the same `instance`."""
    instance = _new_instance()
    note_defect(error, instance=instance)
    return problem_response(PROBLEMS["internal"], instance=instance)


def _new_instance() -> str:
    return f"urn:uuid:{uuid4()}"


def _wants_page() -> bool:
    if request.path.startswith(FOR_PROGRAMS):
        return False
    accepts = request.accept_mimetypes
    return accepts["text/html"] > max(accepts[MEDIA_TYPE], accepts["application/json"])
