"""The command `cairn`: a thin shell over plain functions."""

from __future__ import annotations

import os
import sys
from datetime import UTC, date, datetime
from typing import Final

import click

from pwa import __version__, create_app
from pwa.catalogue import CatalogueMissingError
from pwa.config import SettingRefusedError, read_settings
from pwa.data_folder import DataFolderRefusedError, prepare_data_folder
from pwa.database import DatabaseBusyError
from pwa.doctor import examine
from pwa.migrations import DatabaseRefusedError, bring_up_to_date
from pwa.serving import AddressTakenError, serve
from pwa.sync import prune_all

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
    try:
        settings = read_settings(os.environ, today=_today())
        app = create_app(settings)
        bring_up_to_date(settings.database_url)
        serve(app, settings, say=click.echo)
    except START_ERRORS as error:
        raise click.ClickException(f"{error} [{error.code}]") from error


@main.command("prune")
def prune_command() -> None:
    """Let go of the sealed bytes of versions that were replaced 30 days ago or earlier."""
    try:
        settings = read_settings(os.environ, today=_today())
        prepare_data_folder(settings)
        bring_up_to_date(settings.database_url)
        count = prune_all(settings.database_url, today=_today())
    except (*START_ERRORS, DatabaseBusyError) as error:
        raise click.ClickException(f"{error} [{error.code}]") from error
    click.echo(f"Let go of {count} old versions.")


@main.command("doctor")
def doctor_command() -> None:
    """Look at everything the site needs and say what to do. Changes nothing; ends with 1 if anything fails."""
    failed = False
    for finding in examine(os.environ, today=_today()):
        click.echo(str(finding))
        failed = failed or finding.level == "fail"
    sys.exit(1 if failed else 0)


def _today() -> date:
    return datetime.now(UTC).date()
