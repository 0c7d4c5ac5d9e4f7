"""The kinds of errors a client can meet, each with a stable code, its status, and words from the catalogue.

`docs/errors.md` explains each code, and a test compares them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from flask_babel import lazy_gettext as _  # type: ignore[import-untyped] # it has no types

if TYPE_CHECKING:
    from flask_babel.speaklater import LazyString  # type: ignore[import-untyped] # it has no types


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
