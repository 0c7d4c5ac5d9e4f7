"""The doctor looks at everything the site needs: each check says ok, warn or fail, and what to do.

Nothing here changes anything. `examine` is what `cairn doctor` prints.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from pwa.config import SettingRefusedError, Settings, read_settings
from pwa.doctor.decided import help_numbers, operator, settings_names, transport
from pwa.doctor.finding import Finding
from pwa.doctor.machine import catalogue, client, data_folder, database, python_version, secret_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

__all__ = [
    "CHECKS",
    "Finding",
    "catalogue",
    "client",
    "data_folder",
    "database",
    "examine",
    "help_numbers",
    "operator",
    "python_version",
    "secret_key",
    "transport",
]


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


CHECKS: Final[tuple[Callable[[Settings], Finding], ...]] = (
    data_folder,
    secret_key,
    database,
    client,
    catalogue,
    transport,
    operator,
)
