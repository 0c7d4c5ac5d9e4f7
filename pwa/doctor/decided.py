"""What `cairn doctor` says of what the operator decided: the way in, who they are, the help numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pwa.config import unknown_settings
from pwa.doctor.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from pwa.config import Settings

HELP_NUMBERS_DAYS: Final = 365
LOCAL_HOSTS: Final = frozenset({"127.0.0.1", "::1", "localhost"})
LOCAL_NAMES: Final = frozenset({"localhost", "127.0.0.1"})


def settings_names(environ: Mapping[str, str]) -> Iterator[Finding]:
    """Name variables that look like settings and are none."""
    unknown = unknown_settings(environ)
    for name in unknown:
        yield Finding("warn", "settings", f"{name} is no setting of Cairn; see docs/settings.md for the names.")
    if not unknown:
        yield Finding("ok", "settings", "all are understood")


def transport(settings: Settings) -> Finding:
    """Check that TLS, the names trusted and the address listened on go together."""
    if settings.behind_tls and LOCAL_NAMES.issuperset(settings.trusted_hosts):
        return Finding(
            "fail", "hosts", "behind TLS, but no public name is trusted; set CAIRN_TRUSTED_HOSTS to the site's name."
        )
    if not settings.behind_tls and (
        settings.host not in LOCAL_HOSTS or not LOCAL_NAMES.issuperset(settings.trusted_hosts)
    ):
        return Finding(
            "warn", "hosts", "others reach this without TLS, so phones refuse to keep it; set CAIRN_BEHIND_TLS=yes."
        )
    return Finding(
        "ok",
        "hosts",
        f"{', '.join(settings.trusted_hosts)}, {'behind TLS' if settings.behind_tls else 'this machine only'}",
    )


def operator(settings: Settings) -> Finding:
    """Check that people are told who runs the site, before they say yes to its keeping a copy, and whom to write to."""
    told = {"CAIRN_OPERATOR_NAME": settings.operator_name, "CAIRN_OPERATOR_CONTACT": settings.operator_contact}
    wanted = [name for name, text in told.items() if text is None]
    if not wanted:
        return Finding("ok", "operator", f"{settings.operator_name}, {settings.operator_contact}")
    words = f"people are not told who runs this site, or whom to write to; set {' and '.join(wanted)}."
    return Finding("fail" if settings.behind_tls else "warn", "operator", words)


def help_numbers(settings: Settings, *, today: date) -> Finding:
    """Check that the operator has looked at the help numbers within the last year."""
    confirmed = settings.help_confirmed
    if confirmed is None:
        return Finding(
            "warn", "help numbers", "not yet checked; call or look up each, then set CAIRN_HELP_CONFIRMED to the day."
        )
    if (today - confirmed).days > HELP_NUMBERS_DAYS:
        return Finding(
            "warn", "help numbers", f"checked on {confirmed}, over a year ago; check again, set CAIRN_HELP_CONFIRMED."
        )
    return Finding("ok", "help numbers", f"checked on {confirmed}")
