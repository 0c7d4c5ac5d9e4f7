"""Problems: every error a client can meet, with a stable code.

The answer follows RFC 9457 (https://www.rfc-editor.org/rfc/rfc9457): a page for a browser that asks for one,
`application/problem+json` for everything else. `docs/errors.md` explains each code, and a test compares them.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from flask import Response, json, render_template, request
from flask_babel import lazy_gettext as _  # type: ignore[import-untyped] # it has no types
from flask_wtf.csrf import CSRFError  # type: ignore[import-untyped] # it has no types
from werkzeug.exceptions import HTTPException, SecurityError

from pwa.bodies import BodyRefusedError
from pwa.database import DatabaseBusyError

if TYPE_CHECKING:
    from flask import Flask
    from flask_babel.speaklater import LazyString  # type: ignore[import-untyped] # it has no types

logger = logging.getLogger(__name__)

MEDIA_TYPE: Final = "application/problem+json"
FOR_PROGRAMS: Final = ("/api/", "/healthz", "/readyz", "/static/")


@dataclass(frozen=True, kw_only=True)
class ProblemType:
    """One kind of error: its code and status never change; its words come from the catalogue."""

    code: str
    status: int
    title: LazyString
    detail: LazyString

    @property
    def uri(self) -> str:
        """The RFC's `type`: a name, not an address to fetch."""
        return f"urn:cairn:problem:{self.code}"


def _registry(*types: ProblemType) -> dict[str, ProblemType]:
    return {each.code: each for each in types}


PROBLEMS: Final = _registry(
    ProblemType(
        code="bad_request", status=400, title=_("problem-bad-request.title"), detail=_("problem-bad-request.detail")
    ),
    ProblemType(
        code="host_not_trusted",
        status=400,
        title=_("problem-host-not-trusted.title"),
        detail=_("problem-host-not-trusted.detail"),
    ),
    ProblemType(
        code="csrf_refused", status=400, title=_("problem-csrf-refused.title"), detail=_("problem-csrf-refused.detail")
    ),
    ProblemType(
        code="body_refused",
        status=400,
        title=_("problem-body-refused.title"),
        detail=_("problem-body-refused.detail"),
    ),
    ProblemType(
        code="secret_refused",
        status=400,
        title=_("problem-secret-refused.title"),
        detail=_("problem-secret-refused.detail"),
    ),
    ProblemType(
        code="entry_refused",
        status=400,
        title=_("problem-entry-refused.title"),
        detail=_("problem-entry-refused.detail"),
    ),
    ProblemType(
        code="challenge_refused",
        status=400,
        title=_("problem-challenge-refused.title"),
        detail=_("problem-challenge-refused.detail"),
    ),
    ProblemType(
        code="passkey_refused",
        status=400,
        title=_("problem-passkey-refused.title"),
        detail=_("problem-passkey-refused.detail"),
    ),
    ProblemType(
        code="signed_out",
        status=401,
        title=_("problem-signed-out.title"),
        detail=_("problem-signed-out.detail"),
    ),
    ProblemType(
        code="not_recognised",
        status=401,
        title=_("problem-not-recognised.title"),
        detail=_("problem-not-recognised.detail"),
    ),
    ProblemType(
        code="cross_site_refused",
        status=403,
        title=_("problem-cross-site-refused.title"),
        detail=_("problem-cross-site-refused.detail"),
    ),
    ProblemType(
        code="proof_needed",
        status=403,
        title=_("problem-proof-needed.title"),
        detail=_("problem-proof-needed.detail"),
    ),
    ProblemType(code="not_found", status=404, title=_("problem-not-found.title"), detail=_("problem-not-found.detail")),
    ProblemType(
        code="space_not_found",
        status=404,
        title=_("problem-space-not-found.title"),
        detail=_("problem-space-not-found.detail"),
    ),
    ProblemType(
        code="method_not_allowed",
        status=405,
        title=_("problem-method-not-allowed.title"),
        detail=_("problem-method-not-allowed.detail"),
    ),
    ProblemType(
        code="code_taken",
        status=409,
        title=_("problem-code-taken.title"),
        detail=_("problem-code-taken.detail"),
    ),
    ProblemType(
        code="space_taken",
        status=409,
        title=_("problem-space-taken.title"),
        detail=_("problem-space-taken.detail"),
    ),
    ProblemType(
        code="passkey_known",
        status=409,
        title=_("problem-passkey-known.title"),
        detail=_("problem-passkey-known.detail"),
    ),
    ProblemType(
        code="too_many_passkeys",
        status=409,
        title=_("problem-too-many-passkeys.title"),
        detail=_("problem-too-many-passkeys.detail"),
    ),
    ProblemType(
        code="last_way_in",
        status=409,
        title=_("problem-last-way-in.title"),
        detail=_("problem-last-way-in.detail"),
    ),
    ProblemType(
        code="account_deleted",
        status=410,
        title=_("problem-account-deleted.title"),
        detail=_("problem-account-deleted.detail"),
    ),
    ProblemType(
        code="length_required",
        status=411,
        title=_("problem-length-required.title"),
        detail=_("problem-length-required.detail"),
    ),
    ProblemType(code="too_large", status=413, title=_("problem-too-large.title"), detail=_("problem-too-large.detail")),
    ProblemType(
        code="batch_too_large",
        status=413,
        title=_("problem-batch-too-large.title"),
        detail=_("problem-batch-too-large.detail"),
    ),
    ProblemType(
        code="encoding_refused",
        status=415,
        title=_("problem-encoding-refused.title"),
        detail=_("problem-encoding-refused.detail"),
    ),
    ProblemType(
        code="json_only",
        status=415,
        title=_("problem-json-only.title"),
        detail=_("problem-json-only.detail"),
    ),
    ProblemType(
        code="too_many_requests",
        status=429,
        title=_("problem-too-many-requests.title"),
        detail=_("problem-too-many-requests.detail"),
    ),
    ProblemType(code="internal", status=500, title=_("problem-internal.title"), detail=_("problem-internal.detail")),
    ProblemType(
        code="database_busy",
        status=503,
        title=_("problem-database-busy.title"),
        detail=_("problem-database-busy.detail"),
    ),
    ProblemType(
        code="database_unavailable",
        status=503,
        title=_("problem-database-unavailable.title"),
        detail=_("problem-database-unavailable.detail"),
    ),
    ProblemType(
        code="data_not_writable",
        status=503,
        title=_("problem-data-not-writable.title"),
        detail=_("problem-data-not-writable.detail"),
    ),
    ProblemType(
        code="client_not_built",
        status=503,
        title=_("problem-client-not-built.title"),
        detail=_("problem-client-not-built.detail"),
    ),
    ProblemType(
        code="client_damaged",
        status=503,
        title=_("problem-client-damaged.title"),
        detail=_("problem-client-damaged.detail"),
    ),
)

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
    app.register_error_handler(HTTPException, _answer_http_error)
    app.register_error_handler(Exception, _answer_defect)


def problem_response(
    problem: ProblemType, *, status: int | None = None, instance: str | None = None, **extra: object
) -> Response:
    """Answer with `problem`: a page where the browser asks for one, else JSON. Never cached.

    `status` stands in for the problem's own where the HTTP library found a finer one.
    """
    status = status or problem.status
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
    """Answer for an error nobody foresaw. The log's line and the answer carry the same `instance`, and no more."""
    instance = _new_instance()
    logger.error("defect %s", instance, exc_info=error)
    return problem_response(PROBLEMS["internal"], instance=instance)


def _new_instance() -> str:
    return f"urn:uuid:{uuid4()}"


def _wants_page() -> bool:
    if request.path.startswith(FOR_PROGRAMS):
        return False
    accepts = request.accept_mimetypes
    return accepts["text/html"] > max(accepts[MEDIA_TYPE], accepts["application/json"])
