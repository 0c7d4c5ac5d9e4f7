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


_KINDS: Final = {
    "bad_request": (400, _("problem-bad-request.title"), _("problem-bad-request.detail")),
    "host_not_trusted": (400, _("problem-host-not-trusted.title"), _("problem-host-not-trusted.detail")),
    "csrf_refused": (400, _("problem-csrf-refused.title"), _("problem-csrf-refused.detail")),
    "body_refused": (400, _("problem-body-refused.title"), _("problem-body-refused.detail")),
    "secret_refused": (400, _("problem-secret-refused.title"), _("problem-secret-refused.detail")),
    "entry_refused": (400, _("problem-entry-refused.title"), _("problem-entry-refused.detail")),
    "challenge_refused": (400, _("problem-challenge-refused.title"), _("problem-challenge-refused.detail")),
    "passkey_refused": (400, _("problem-passkey-refused.title"), _("problem-passkey-refused.detail")),
    "signed_out": (401, _("problem-signed-out.title"), _("problem-signed-out.detail")),
    "not_recognised": (401, _("problem-not-recognised.title"), _("problem-not-recognised.detail")),
    "cross_site_refused": (403, _("problem-cross-site-refused.title"), _("problem-cross-site-refused.detail")),
    "proof_needed": (403, _("problem-proof-needed.title"), _("problem-proof-needed.detail")),
    "not_found": (404, _("problem-not-found.title"), _("problem-not-found.detail")),
    "space_not_found": (404, _("problem-space-not-found.title"), _("problem-space-not-found.detail")),
    "method_not_allowed": (405, _("problem-method-not-allowed.title"), _("problem-method-not-allowed.detail")),
    "code_taken": (409, _("problem-code-taken.title"), _("problem-code-taken.detail")),
    "space_taken": (409, _("problem-space-taken.title"), _("problem-space-taken.detail")),
    "passkey_known": (409, _("problem-passkey-known.title"), _("problem-passkey-known.detail")),
    "too_many_passkeys": (409, _("problem-too-many-passkeys.title"), _("problem-too-many-passkeys.detail")),
    "last_way_in": (409, _("problem-last-way-in.title"), _("problem-last-way-in.detail")),
    "account_deleted": (410, _("problem-account-deleted.title"), _("problem-account-deleted.detail")),
    "length_required": (411, _("problem-length-required.title"), _("problem-length-required.detail")),
    "too_large": (413, _("problem-too-large.title"), _("problem-too-large.detail")),
    "batch_too_large": (413, _("problem-batch-too-large.title"), _("problem-batch-too-large.detail")),
    "encoding_refused": (415, _("problem-encoding-refused.title"), _("problem-encoding-refused.detail")),
    "json_only": (415, _("problem-json-only.title"), _("problem-json-only.detail")),
    "too_many_requests": (429, _("problem-too-many-requests.title"), _("problem-too-many-requests.detail")),
    "internal": (500, _("problem-internal.title"), _("problem-internal.detail")),
    "database_busy": (503, _("problem-database-busy.title"), _("problem-database-busy.detail")),
    "database_unavailable": (503, _("problem-database-unavailable.title"), _("problem-database-unavailable.detail")),
    "data_not_writable": (503, _("problem-data-not-writable.title"), _("problem-data-not-writable.detail")),
    "client_not_built": (503, _("problem-client-not-built.title"), _("problem-client-not-built.detail")),
    "client_damaged": (503, _("problem-client-damaged.title"), _("problem-client-damaged.detail")),
}

PROBLEMS: Final = {
    code: ProblemType(code=code, status=status, title=title, detail=detail)
    for code, (status, title, detail) in _KINDS.items()
}
