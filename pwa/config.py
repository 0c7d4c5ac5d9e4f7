"""Settings: read once from the environment, typed, each with a named error. `pwa.setting_table` has the rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import make_url

from pwa.setting_table import MEBIBYTE, SECONDS_A_YEAR, SETTINGS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from pwa.setting_table import Setting

PACKAGE: Final = Path(__file__).parent


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
    log_level: str = "warning"
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
    def deletions(self) -> Path:
        """The folder that notes which accounts were deleted, lest a backup bring them back."""
        return self.data / "deleted"

    @property
    def endings(self) -> Path:
        """The folder that notes which ways in ended, lest a backup open them again."""
        return self.data / "ended"

    @property
    def sqlite_file(self) -> Path | None:
        """The database's file, or nothing where the database is a server."""
        url = make_url(self.database_url)
        return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


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
