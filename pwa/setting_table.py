"""The settings: one row an environment variable. `docs/settings.md` says the same for people; a test compares them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from pwa import setting_values

if TYPE_CHECKING:
    from collections.abc import Callable

MEBIBYTE: Final = 1024 * 1024
LARGEST_NUMBER: Final = 999_999_999_999
SECONDS_A_YEAR: Final = 365 * 24 * 60 * 60
LEAST_BODY_LIMIT: Final = 384 * 1024  # the largest revision as base64, and what stands around it


@dataclass(frozen=True, kw_only=True)
class Setting:
    """One environment variable: the field it fills, what it may be, and how its text becomes a value."""

    name: str
    field: str
    expected: str
    default: str
    parse: Callable[[str], Any]
    secret: bool = False


def _rate(name: str, *, field: str, default: str) -> Setting:
    """Return the row of a rate limit."""
    expected = "limits such as 30 per minute, with semicolons between"
    return Setting(name=name, field=field, parse=setting_values.rate_limits, default=default, expected=expected)


def _whole_number(
    name: str, *, field: str, between: tuple[int, int], default: int, expected: str = "a whole number from {} to {}"
) -> Setting:
    """Return the row of a whole number; `expected` has a place for each of the two it may lie between."""
    parse, expected = setting_values.whole_number(*between), expected.format(*between)
    return Setting(name=name, field=field, parse=parse, default=str(default), expected=expected)


SETTINGS: Final[tuple[Setting, ...]] = (
    Setting(
        name="CAIRN_DATA",
        field="data",
        parse=setting_values.folder,
        default="data",
        expected="a folder, or a path where one can be made",
    ),
    Setting(
        name="CAIRN_DATABASE_URL",
        field="database_url",
        parse=setting_values.database_address,
        default="cairn.sqlite3 in the data folder",
        expected="sqlite:////path/to/file or postgresql+psycopg://user:password@host/name",
        secret=True,
    ),
    Setting(
        name="HOST",
        field="host",
        parse=setting_values.host,
        default="127.0.0.1",
        expected="a host name or an address to listen on",
    ),
    _whole_number(
        "PORT",
        field="port",
        between=(0, 65535),
        default=8000,
        expected="a whole number from {} to {}; 0 takes a free port",
    ),
    Setting(
        name="CAIRN_TRUSTED_HOSTS",
        field="trusted_hosts",
        parse=setting_values.host_names,
        default="localhost, 127.0.0.1",
        expected="host names with commas between, without scheme or port; .example.org takes in all names below it",
    ),
    Setting(
        name="CAIRN_PUBLIC_ADDRESS",
        field="public_address",
        parse=setting_values.public_address,
        default="not set",
        expected="https:// and a host name, with a port or without, and nothing after it",
    ),
    Setting(
        name="CAIRN_BEHIND_TLS", field="behind_tls", parse=setting_values.yes_or_no, default="no", expected="yes or no"
    ),
    _whole_number(
        "CAIRN_HSTS_SECONDS",
        field="hsts_seconds",
        between=(0, 2 * SECONDS_A_YEAR),
        default=SECONDS_A_YEAR,
        expected="a whole number of seconds from {} to {}",
    ),
    Setting(
        name="CAIRN_OPERATOR_NAME",
        field="operator_name",
        parse=setting_values.one_line,
        default="not set",
        expected="one line of at most 200 characters",
    ),
    Setting(
        name="CAIRN_OPERATOR_CONTACT",
        field="operator_contact",
        parse=setting_values.contact,
        default="not set",
        expected="an e-mail address or an address that begins with https://",
    ),
    Setting(
        name="CAIRN_HELP_CONFIRMED",
        field="help_confirmed",
        parse=date.fromisoformat,
        default="not set",
        expected="a day as YYYY-MM-DD, the day the help numbers were checked",
    ),
    _whole_number(
        "CAIRN_BODY_LIMIT",
        field="body_limit",
        between=(LEAST_BODY_LIMIT, 64 * MEBIBYTE),
        default=2 * MEBIBYTE,
        expected="a whole number of bytes from {} to {}",
    ),
    _whole_number(
        "CAIRN_SPACE_BYTES",
        field="space_bytes",
        between=(MEBIBYTE, LARGEST_NUMBER),
        default=256 * MEBIBYTE,
        expected="a whole number of bytes from {} to {}",
    ),
    _whole_number("CAIRN_SPACE_REVISIONS", field="space_revisions", between=(1_000, LARGEST_NUMBER), default=500_000),
    _whole_number(
        "CAIRN_SESSION_DAYS",
        field="session_days",
        between=(1, 365),
        default=90,
        expected="a whole number of days from {} to {}",
    ),
    _rate("CAIRN_REQUEST_LIMIT", field="request_limit", default="600 per minute"),
    _rate("CAIRN_SIGN_IN_LIMIT", field="sign_in_limit", default="30 per minute; 300 per hour"),
    _rate("CAIRN_SIGN_UP_LIMIT", field="sign_up_limit", default="60 per hour"),
    _rate("CAIRN_SYNC_LIMIT", field="sync_limit", default="1200 per minute"),
    Setting(
        name="CAIRN_LIMITS_STORAGE",
        field="limits_storage",
        parse=setting_values.limits_storage,
        default="memory://",
        expected="memory://, redis://host:port/number or memcached://host:port",
        secret=True,
    ),
    _whole_number("CAIRN_WORKERS", field="workers", between=(1, 64), default=2),
    _whole_number("CAIRN_THREADS", field="threads", between=(1, 64), default=4),
    Setting(
        name="CAIRN_LOG_LEVEL",
        field="log_level",
        parse=setting_values.log_level,
        default="warning",
        expected="info, warning or error",
    ),
)
