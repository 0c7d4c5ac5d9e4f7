"""What `cairn doctor` looks at: each check a plain function that says ok, warn or fail, and what to do.

Nothing here changes anything.
"""

from __future__ import annotations

import stat
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from sqlalchemy import create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from pwa.catalogue import CatalogueMissingError, check_catalogue
from pwa.config import SettingRefusedError, Settings, read_settings, unknown_settings
from pwa.data_folder import SHORTEST_SECRET_KEY
from pwa.database import PRAGMAS, engine_options, prepare_engine
from pwa.migrations import HEAD, stands_at
from pwa.shell.client import ClientDamagedError, ClientNotBuiltError, read_client
from pwa.shell.readiness import data_folder_defect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from sqlalchemy import Connection

OLDEST_PYTHON: Final = (3, 11)
HELP_NUMBERS_DAYS: Final = 365
LOCAL_HOSTS: Final = frozenset({"127.0.0.1", "::1", "localhost"})
LOCAL_NAMES: Final = frozenset({"localhost", "127.0.0.1"})


@dataclass(frozen=True)
class Finding:
    """One line of the doctor: how it stands, with what, and what to do about it."""

    level: Literal["ok", "warn", "fail"]
    subject: str
    words: str

    def __str__(self) -> str:
        """Return the line as it is printed."""
        return f"{self.level:<4} {self.subject}: {self.words}"


def examine(environ: Mapping[str, str], *, today: date) -> Iterator[Finding]:
    """Yield one finding or more for each check. Bad settings end it, as nothing else can be looked at then."""
    yield python_version(sys.version_info[:2])
    try:
        settings = read_settings(environ, today=today)
    except SettingRefusedError as error:
        yield Finding("fail", "settings", str(error))
        return
    yield from settings_names(environ)
    for check in CHECKS:
        yield check(settings)
    yield help_numbers(settings, today=today)


def python_version(version: tuple[int, ...]) -> Finding:
    """Check that Python is new enough."""
    found, oldest = (".".join(map(str, each)) for each in (version, OLDEST_PYTHON))
    if version < OLDEST_PYTHON:
        return Finding("fail", "Python", f"{found} is too old; install {oldest} or newer.")
    return Finding("ok", "Python", found)


def settings_names(environ: Mapping[str, str]) -> Iterator[Finding]:
    """Name variables that look like settings and are none."""
    unknown = unknown_settings(environ)
    for name in unknown:
        yield Finding("warn", "settings", f"{name} is no setting of Cairn; see docs/settings.md for the names.")
    if not unknown:
        yield Finding("ok", "settings", "all are understood")


def data_folder(settings: Settings) -> Finding:
    """Check that the data folder is there, can be written, and is closed to others."""
    folder = settings.data
    if not folder.is_dir():
        return Finding("fail", "data folder", f"{folder} is not there; start the server once, or set CAIRN_DATA.")
    if data_folder_defect(folder) is not None:
        return Finding("fail", "data folder", f"{folder} cannot be written; let this account write there.")
    if _open_to_others(folder):
        return Finding("warn", "data folder", f"others on this machine may look in; run `chmod 700 {folder}`.")
    return Finding("ok", "data folder", str(folder))


def secret_key(settings: Settings) -> Finding:
    """Check that the secret key is whole and for this account alone."""
    file = settings.secret_key_file
    if not file.is_file():
        return Finding("fail", "secret key", f"{file} is not there; start the server once, and it makes one.")
    if _open_to_others(file):
        return Finding("fail", "secret key", f"others on this machine may read it; run `chmod 600 {file}`.")
    try:
        whole = len(file.read_text(encoding="ascii").strip()) >= SHORTEST_SECRET_KEY
    except (OSError, ValueError):
        whole = False
    if not whole:
        return Finding(
            "fail", "secret key", f"{file} holds no whole key; delete it, and the next start makes a new one."
        )
    return Finding("ok", "secret key", "whole, and for this account alone")


def database(settings: Settings) -> Finding:
    """Open the database; check its tables, and on SQLite that every pragma is in force and the file is sound."""
    file = settings.sqlite_file
    if file is not None and not file.is_file():
        return Finding("fail", "database", f"{file} is not there; start the server once, and it makes one.")
    try:
        engine = create_engine(settings.database_url, **engine_options(settings.database_url))
    except ImportError:
        return Finding("fail", "database", "the PostgreSQL driver is missing; run `pip install 'psycopg[binary]'`.")
    prepare_engine(engine)
    try:
        with engine.connect().execution_options(read_only=True) as connection:
            connection.execute(text("SELECT 1"))
            finding = Finding("ok", "database", "PostgreSQL answers") if file is None else _sqlite(connection, file)
            return finding if finding.level != "ok" else _tables(connection, finding)
    except SQLAlchemyError as error:
        return Finding("fail", "database", f"it does not open: {getattr(error, 'orig', None) or 'no reason given'}.")
    finally:
        engine.dispose()


def _sqlite(connection: Connection, file: Path) -> Finding:
    in_force = {name: str(connection.execute(text(f"PRAGMA {name}")).scalar()) for name in PRAGMAS}
    wrong = sorted(name for name, value in PRAGMAS.items() if in_force[name] != value)
    if wrong:
        return Finding("fail", "database", f"not in force: {', '.join(wrong)}; keep the file on a local disk.")
    if connection.execute(text("PRAGMA quick_check(1)")).scalar() != "ok":
        return Finding("fail", "database", f"{file} is damaged; put a backup in its place.")
    return Finding("ok", "database", "SQLite answers, its file is sound, all pragmas are in force")


def _tables(connection: Connection, finding: Finding) -> Finding:
    step = stands_at(connection)
    if step == HEAD:
        return Finding("ok", "database", f"{finding.words}; its tables are up to date ({HEAD})")
    if step is None or step < HEAD:
        words = (
            f"its tables are at step {step or 'none'}, this version needs {HEAD}; start the server to bring them there."
        )
        return Finding("warn", "database", words)
    words = f"its tables are at step {step}, made by a newer version of Cairn; install that one."
    return Finding("fail", "database", words)


def client(settings: Settings) -> Finding:
    """Check that the client is built and every file is the one its build wrote."""
    try:
        built = read_client(settings.built)
    except (ClientNotBuiltError, ClientDamagedError) as error:
        return Finding("fail", "client", f"{error}.")
    return Finding("ok", "client", f"{len(built.files)} files, all as they were built")


def catalogue(settings: Settings) -> Finding:
    """Check that the words were compiled and can be read."""
    try:
        check_catalogue(settings)
    except CatalogueMissingError as error:
        return Finding("fail", "catalogue", f"{error}.")
    return Finding("ok", "catalogue", "compiled")


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


def _open_to_others(path: Path) -> bool:
    """Whether the mode lets group or others in. Windows keeps no such modes."""
    return sys.platform != "win32" and bool(stat.S_IMODE(path.stat().st_mode) & 0o077)


CHECKS: Final[tuple[Callable[[Settings], Finding], ...]] = (
    data_folder,
    secret_key,
    database,
    client,
    catalogue,
    transport,
)
