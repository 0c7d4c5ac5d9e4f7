"""Bring the database to what this version needs. `versions/` holds the steps, each with its way back.

Knows no Flask. Alembic itself is loaded only where there is a step to take.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import NullPool, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import SQLAlchemyError

from pwa.database import engine_options, prepare_engine

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Connection, Engine

HEAD: Final = "0002"
FOLDER: Final = Path(__file__).parent
PATIENCE_MS: Final = 60_000
LOCK: Final = int.from_bytes(b"cairn", "big")


class DatabaseRefusedError(Exception):
    """The database does not open, or cannot be brought to what this version needs."""

    code = "database_refused"


def bring_up_to_date(database_url: str) -> None:
    """Take every step that is missing, all in one transaction; of several processes at once, one takes them.

    Raises `DatabaseRefusedError` where the database does not open, or a newer version of Cairn has used it.
    """
    engine = _patient_engine(database_url)
    try:
        with engine.connect().execution_options(read_only=True) as connection:
            if stands_at(connection) == HEAD:
                return
        upgrade(engine)
    except SQLAlchemyError as error:
        reason = getattr(error, "orig", None) or "no reason given"
        raise DatabaseRefusedError(f"The database cannot be used: {reason}. Run `cairn doctor`.") from error
    finally:
        engine.dispose()


def stands_at(connection: Connection) -> str | None:
    """Return the last step that was taken here, or nothing before the first."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    step: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return step


def upgrade(engine: Engine, *, to: str = "head") -> None:
    """Take the steps up to `to`. Raises `DatabaseRefusedError` where a newer version of Cairn has used the database."""
    from alembic import command  # noqa: PLC0415 - loaded only when there is a step to take
    from alembic.util import CommandError  # noqa: PLC0415 - the same

    with engine.begin() as connection:
        try:
            command.upgrade(_config(_locked(connection)), to)
        except CommandError as error:
            message = f"A newer version of Cairn has used this database ({stands_at(connection)}). Install that one."
            raise DatabaseRefusedError(message) from error


def downgrade(engine: Engine, *, to: str) -> None:
    """Go back to the step `to`, or to before the first with `base`. What a table held is gone with it."""
    from alembic import command  # noqa: PLC0415 - loaded only when there is a step to take

    with engine.begin() as connection:
        command.downgrade(_config(_locked(connection)), to)


def _locked(connection: Connection) -> Connection:
    """Wait until no other process takes steps. On SQLite the transaction itself holds the only lock there is."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    return connection


def _config(connection: Connection) -> Config:
    from alembic.config import Config  # noqa: PLC0415 - loaded only when there is a step to take

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _patient_engine(database_url: str) -> Engine:
    """Return an engine without the limits that are for requests: a step may take its time, and so may who waits."""
    options = {name: value for name, value in engine_options(database_url).items() if name == "isolation_level"}
    is_sqlite = make_url(database_url).get_backend_name() == "sqlite"
    # Who comes while another makes the file waits with the very first thing that is asked of it.
    waits = {"connect_args": {"timeout": PATIENCE_MS / 1000}} if is_sqlite else {}
    engine = create_engine(database_url, poolclass=NullPool, **options, **waits)
    prepare_engine(engine)
    if is_sqlite:
        event.listen(engine, "connect", lambda fresh, _: fresh.execute(f"PRAGMA busy_timeout={PATIENCE_MS}").close())
    return engine
