"""The command `cairn`: a thin shell over plain functions."""

from __future__ import annotations

import os
import secrets
import sys
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from pwa import __version__, create_app, day_files, log_lines
from pwa.backup import BackupRefusedError, back_up, begin_another_generation, restore, verify_backup
from pwa.catalogue import CatalogueMissingError
from pwa.config import SettingRefusedError, read_settings
from pwa.data_folder import DataFolderRefusedError, prepare_data_folder
from pwa.database import DatabaseBusyError
from pwa.doctor import examine
from pwa.migrations import DatabaseRefusedError, bring_up_to_date
from pwa.serving import AddressTakenError, serve
from pwa.upkeep import prune, stats

if TYPE_CHECKING:
    from collections.abc import Iterator

START_ERRORS: Final = (
    SettingRefusedError,
    DataFolderRefusedError,
    CatalogueMissingError,
    DatabaseRefusedError,
    AddressTakenError,
)


@click.group()
@click.version_option(__version__, prog_name="cairn")
def main() -> None:
    """Run a Cairn site."""


@main.command("serve")
def serve_command() -> None:
    """Bring the database up to date and serve the site until stopped.

    PORT, HOST and the CAIRN_ settings come from the environment.
    """
    with _said_in_one_line():
        settings = read_settings(os.environ, today=_today())
        log_lines.begin(settings.log_level)
        app = create_app(settings)
        bring_up_to_date(settings.database_url)
        serve(app, settings, say=click.echo)


@main.command("prune")
def prune_command() -> None:
    """Let go of versions that were replaced 30 days ago or earlier, and of sign-ins that are over."""
    with _said_in_one_line():
        gone = prune(_database_url(), now=datetime.now(UTC))
        settings = read_settings(os.environ, today=_today())
        for folder in (settings.deletions, settings.endings):
            day_files.forget(folder, today=_today())
    click.echo(f"Let go of {gone.old_versions} old versions.\nLet go of {gone.sign_ins} sign-ins that are over.")


@main.command("stats")
def stats_command() -> None:
    """Print how much the site keeps: counts and sizes, nothing of anybody's."""
    with _said_in_one_line():
        for name, count in stats(_database_url()):
            click.echo(f"{name}: {count}")


@main.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
def backup_command(file: Path) -> None:
    """Write the database to FILE, and its checksum beside it. The site may go on serving. SQLite only."""
    with _said_in_one_line():
        back_up(read_settings(os.environ, today=_today()), file)
    click.echo(f"{file} holds the backup, {file.name}.sha256 its checksum.")


@main.command("verify-backup")
@click.argument("file", type=click.Path(path_type=Path))
def verify_backup_command(file: Path) -> None:
    """Check that the backup in FILE is whole and sound."""
    with _said_in_one_line():
        verify_backup(file)
    click.echo(f"{file} is whole and sound.")


@main.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
def restore_command(file: Path) -> None:
    """Put the backup in FILE where there is no database, and begin another generation. SQLite only."""
    with _said_in_one_line():
        again = restore(read_settings(os.environ, today=_today()), file, today=_today(), random=secrets.token_bytes)
    click.echo(f"The backup is in its place. {_deleted_again(again)}")


@main.command("new-generation")
def new_generation_command() -> None:
    """Begin another generation: run this after putting back a PostgreSQL backup, before the site serves."""
    with _said_in_one_line():
        settings = read_settings(os.environ, today=_today())
        again = begin_another_generation(_database_url(), settings, today=_today(), random=secrets.token_bytes)
    click.echo(f"Another generation began. {_deleted_again(again)}")


@main.command("doctor")
def doctor_command() -> None:
    """Look at everything the site needs and say what to do. Changes nothing; ends with 1 if anything fails."""
    failed = False
    for finding in examine(os.environ, today=_today()):
        click.echo(str(finding))
        failed = failed or finding.level == "fail"
    sys.exit(1 if failed else 0)


@contextmanager
def _said_in_one_line() -> Iterator[None]:
    """Say an error that is known in one line, with its code."""
    try:
        yield
    except (*START_ERRORS, BackupRefusedError, DatabaseBusyError) as error:
        raise click.ClickException(f"{error} [{error.code}]") from error


def _database_url() -> str:
    """Return the address of the database, with its tables brought up to date."""
    settings = read_settings(os.environ, today=_today())
    prepare_data_folder(settings)
    bring_up_to_date(settings.database_url)
    return settings.database_url


def _deleted_again(count: int) -> str:
    return f"Accounts deleted since, and now again: {count}. Start the server; phones bring back what it lacks."


def _today() -> date:
    return datetime.now(UTC).date()
