"""What `cairn doctor` says of the machine: what the site needs on it, and whether that is whole."""

from __future__ import annotations

import stat
import sys
from typing import TYPE_CHECKING, Final

from sqlalchemy import create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from pwa.catalogue import CatalogueMissingError, check_catalogue
from pwa.data_folder import SHORTEST_SECRET_KEY
from pwa.database import PRAGMAS, engine_options, prepare_engine
from pwa.doctor.finding import Finding
from pwa.migrations import HEAD, stands_at
from pwa.shell.client import ClientDamagedError, ClientNotBuiltError, read_client
from pwa.shell.readiness import data_folder_defect

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection

    from pwa.config import Settings

OLDEST_PYTHON: Final = (3, 11)


def python_version(version: tuple[int, ...]) -> Finding:
    """Check that Python is new enough."""
    found, oldest = (".".join(map(str, each)) for each in (version, OLDEST_PYTHON))
    if version < OLDEST_PYTHON:
        return Finding("fail", "Python", f"{found} is too old; install {oldest} or newer.")
    return Finding("ok", "Python", found)


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


def _open_to_others(path: Path) -> bool:
    """Whether the mode lets group or others in. Windows keeps no such modes."""
    return sys.platform != "win32" and bool(stat.S_IMODE(path.stat().st_mode) & 0o077)
