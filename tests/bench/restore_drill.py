"""How long a site is away when its database is lost: a backup is taken, checked, and put back elsewhere."""

from __future__ import annotations

import secrets
import time
from typing import TYPE_CHECKING, Final

from pwa.backup import back_up, restore, verify_backup
from pwa.config import Settings
from pwa.database import open_engine
from pwa.migrations import bring_up_to_date
from tests.bench.figures import Figure, NotMeasuredError
from tests.bench.grown import fill
from tests.sync.made import HERS, SPACE, TODAY, Server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.bench.site import Site

ROWS: Final = 100_000


def measure(site: Site) -> Iterator[Figure]:
    """Lose a database of 100,000 revisions, and have it again."""
    folder = site.folder / "restore"
    folder.mkdir()
    lost, found, file = settings(folder / "lost"), settings(folder / "found"), folder / "backup.sqlite3"
    bring_up_to_date(lost.database_url)
    fill(lost.database_url, vaults={SPACE: ROWS})
    began = time.perf_counter()
    back_up(lost, file)
    taken = time.perf_counter()
    verify_backup(file)
    checked = time.perf_counter()
    restore(found, file, today=TODAY, random=secrets.token_bytes)
    restored = time.perf_counter()
    refuse_unless_whole(found)
    how = f"{ROWS:,} revisions, {file.stat().st_size / 1e6:.0f} MB, SQLite; "
    yield Figure(what="Backup taken", budget=None, measured=taken - began, unit="s", how=how + "the site may go on")
    yield Figure(what="Backup checked", budget=None, measured=checked - taken, unit="s", how=how + "no site is away")
    yield Figure(what="Backup put back", budget=None, measured=restored - checked, unit="s", how=how + "checked again")


def settings(data: Path) -> Settings:
    """Return the settings of a site that keeps everything in this folder."""
    data.mkdir()
    return Settings(data=data, database_url=f"sqlite:///{data / 'cairn.sqlite3'}")


def refuse_unless_whole(found: Settings) -> None:
    """Raise NotMeasuredError where something did not come back."""
    engine = open_engine(found.database_url)
    head = Server(engine).pull(after=ROWS - 1, claim=HERS).head
    engine.dispose()
    if head != ROWS:
        raise NotMeasuredError(f"{head} of {ROWS} revisions came back.")
