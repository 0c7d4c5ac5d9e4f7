"""Settings: read once from the environment, typed, each with a named error.

`SETTINGS` is the whole table: one row a variable. `docs/settings.md` says the same for people; a test compares them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import make_url

from pwa import setting_values

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PACKAGE: Final = Path(__file__).parent
MEBIBYTE: Final = 1024 * 1024
SECONDS_A_YEAR: Final = 365 * 24 * 60 * 60
LEAST_BODY_LIMIT: Final = 384 * 1024  # the largest revision as base64, and what stands around it
RATE_LIMITS: Final = "limits such as 30 per minute, with semicolons between"


class SettingRefusedError(ValueError):
    """Say which setting cannot be used, what was found, and what is expected."""

    code = "setting_refused"

    def __init__(self, name: str, found: str, expected: str) -> None:
        """Keep the three parts; `found` must hold nothing secret."""
        super().__init__(f"{name} is {found}; expected {expected}.")
        self.name = name
        self.found = found
        self.expected = expected


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What an operator decided. Folders are absolute; times are in seconds, sizes in bytes."""

    data: Path
    database_url: str = field(repr=False)
    host: str = "127.0.0.1"
    port: int = 8000
    trusted_hosts: tuple[str, ...] = ("localhost", "127.0.0.1")
    public_address: str | None = None
    behind_tls: bool = False
    hsts_seconds: int = SECONDS_A_YEAR
    operator_name: str | None = None
    operator_contact: str | None = None
    help_confirmed: date | None = None
    body_limit: int = 2 * MEBIBYTE
    space_bytes: int = 256 * MEBIBYTE
    space_revisions: int = 500_000
    session_days: int = 90
    request_limit: str = "600 per minute"
    sign_in_limit: str = "30 per minute; 300 per hour"
    sign_up_limit: str = "60 per hour"
    sync_limit: str = "1200 per minute"
    limits_storage: str = field(default="memory://", repr=False)
    workers: int = 2
    threads: int = 4
    static: Path = PACKAGE / "static"
    translations: Path = PACKAGE / "translations"

    @property
    def built(self) -> Path:
        """The folder of the built client."""
        return self.static / "built"

    @property
    def secret_key_file(self) -> Path:
        """The file that signs cookies; made at the first start, for the operator's account alone."""
        return self.data / "secret.key"

    @property
    def sqlite_file(self) -> Path | None:
        """The database's file, or nothing where the database is a server."""
        url = make_url(self.database_url)
        return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


@dataclass(frozen=True, kw_only=True)
class Setting:
    """One environment variable: the field it fills, what it may be, and how its text becomes a value."""

    name: str
    field: str
    expected: str
    default: str
    parse: Callable[[str], Any]
    secret: bool = False


def read_settings(environ: Mapping[str, str], *, today: date) -> Settings:
    """Read every setting; an empty variable counts as not set. Raises `SettingRefusedError` at the first bad one."""
    values: dict[str, Any] = {}
    for setting in SETTINGS:
        text = environ.get(setting.name, "").strip()
        if text:
            values[setting.field] = _parse(setting, text)
    data: Path = values.pop("data", Path("data").absolute())
    confirmed: date | None = values.get("help_confirmed")
    if confirmed is not None and confirmed > today:
        raise SettingRefusedError("CAIRN_HELP_CONFIRMED", f'"{confirmed}"', f"a day that is not after today, {today}")
    url: str = values.pop("database_url", f"sqlite:///{(data / 'cairn.sqlite3').as_posix()}")
    return Settings(data=data, database_url=url, **values)


def unknown_settings(environ: Mapping[str, str]) -> list[str]:
    """Name the variables that look like Cairn's and are none, in order: most are slips of the pen."""
    known = {setting.name for setting in SETTINGS}
    return sorted(name for name in environ if name.startswith("CAIRN_") and name not in known)


def _parse(setting: Setting, text: str) -> object:
    try:
        value: object = setting.parse(text)
    except ValueError as error:
        found = "a text that is not shown here" if setting.secret else f'"{text}"'
        raise SettingRefusedError(setting.name, found, setting.expected) from error
    return value


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
    Setting(
        name="PORT",
        field="port",
        parse=setting_values.whole_number(0, 65535),
        default="8000",
        expected="a whole number from 0 to 65535; 0 takes a free port",
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
    Setting(
        name="CAIRN_HSTS_SECONDS",
        field="hsts_seconds",
        parse=setting_values.whole_number(0, 2 * SECONDS_A_YEAR),
        default=str(SECONDS_A_YEAR),
        expected=f"a whole number of seconds from 0 to {2 * SECONDS_A_YEAR}",
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
    Setting(
        name="CAIRN_BODY_LIMIT",
        field="body_limit",
        parse=setting_values.whole_number(LEAST_BODY_LIMIT, 64 * MEBIBYTE),
        default=str(2 * MEBIBYTE),
        expected=f"a whole number of bytes from {LEAST_BODY_LIMIT} to {64 * MEBIBYTE}",
    ),
    Setting(
        name="CAIRN_SPACE_BYTES",
        field="space_bytes",
        parse=setting_values.whole_number(MEBIBYTE, 999_999_999_999),
        default=str(256 * MEBIBYTE),
        expected=f"a whole number of bytes from {MEBIBYTE} to 999999999999",
    ),
    Setting(
        name="CAIRN_SPACE_REVISIONS",
        field="space_revisions",
        parse=setting_values.whole_number(1_000, 999_999_999_999),
        default="500000",
        expected="a whole number from 1000 to 999999999999",
    ),
    Setting(
        name="CAIRN_SESSION_DAYS",
        field="session_days",
        parse=setting_values.whole_number(1, 365),
        default="90",
        expected="a whole number of days from 1 to 365",
    ),
    Setting(
        name="CAIRN_REQUEST_LIMIT",
        field="request_limit",
        parse=setting_values.rate_limits,
        default="600 per minute",
        expected=RATE_LIMITS,
    ),
    Setting(
        name="CAIRN_SIGN_IN_LIMIT",
        field="sign_in_limit",
        parse=setting_values.rate_limits,
        default="30 per minute; 300 per hour",
        expected=RATE_LIMITS,
    ),
    Setting(
        name="CAIRN_SIGN_UP_LIMIT",
        field="sign_up_limit",
        parse=setting_values.rate_limits,
        default="60 per hour",
        expected=RATE_LIMITS,
    ),
    Setting(
        name="CAIRN_SYNC_LIMIT",
        field="sync_limit",
        parse=setting_values.rate_limits,
        default="1200 per minute",
        expected=RATE_LIMITS,
    ),
    Setting(
        name="CAIRN_LIMITS_STORAGE",
        field="limits_storage",
        parse=setting_values.limits_storage,
        default="memory://",
        expected="memory://, redis://host:port/number or memcached://host:port",
        secret=True,
    ),
    Setting(
        name="CAIRN_WORKERS",
        field="workers",
        parse=setting_values.whole_number(1, 64),
        default="2",
        expected="a whole number from 1 to 64",
    ),
    Setting(
        name="CAIRN_THREADS",
        field="threads",
        parse=setting_values.whole_number(1, 64),
        default="4",
        expected="a whole number from 1 to 64",
    ),
)
