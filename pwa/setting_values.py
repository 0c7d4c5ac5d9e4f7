"""How the text of a setting becomes a value. Each raises `ValueError` for a text it cannot take."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST_LINE: Final = 200
HIGHEST_PORT: Final = 65535
LOG_LEVELS: Final = ("info", "warning", "error")


def folder(text: str) -> Path:
    """Return the absolute path of a folder, which need not be there yet."""
    folder = Path(text).expanduser().absolute()
    if folder.exists() and not folder.is_dir():
        raise ValueError(text)
    return folder


def database_address(text: str) -> str:
    """Return the address of a database Cairn can use; an SQLite file by its absolute path."""
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise ValueError(text) from error
    if url.drivername == "postgresql+psycopg" and url.database:
        return text
    if url.drivername == "sqlite" and url.database and url.database != ":memory:":
        return url.set(database=str(_sqlite_path(url.database))).render_as_string(hide_password=False)
    raise ValueError(text)


def _sqlite_path(text: str) -> Path:
    path = Path(text).expanduser().absolute()
    if path.is_dir():
        raise ValueError(text)
    return path


def whole_number(least: int, most: int) -> Callable[[str], int]:
    """Return a reader of whole numbers from `least` to `most`."""

    def parse(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,12}", text, re.ASCII) or not least <= int(text) <= most:
            raise ValueError(text)
        return int(text)

    return parse


def yes_or_no(text: str) -> bool:
    """Return whether the text says yes."""
    answers = {"1": True, "yes": True, "true": True, "on": True, "0": False, "no": False, "false": False, "off": False}
    if text.lower() not in answers:
        raise ValueError(text)
    return answers[text.lower()]


def host(text: str) -> str:
    """Return a host name or an IP address to listen on."""
    if not re.fullmatch(r"[A-Za-z0-9.-]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*", text):
        raise ValueError(text)
    return text


def host_names(text: str) -> tuple[str, ...]:
    """Return the names between the commas; one that begins with a dot stands for all below it."""
    names = tuple(name.strip().lower() for name in text.split(",") if name.strip())
    if not names or not all(re.fullmatch(r"\.?[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?", name) for name in names):
        raise ValueError(text)
    return names


def public_address(text: str) -> str:
    """Return the origin people open: https, a name (passkeys know no numbers), and a port where it is not 443."""
    found = re.fullmatch(r"https://([a-z0-9](?:[a-z0-9.-]*[a-z])?)(?::([1-9][0-9]{0,4}))?/?", text.lower(), re.ASCII)
    if found is None or int(found[2] or 0) > HIGHEST_PORT:
        raise ValueError(text)
    return f"https://{found[1]}" + (f":{found[2]}" if found[2] not in (None, "443") else "")


def rate_limits(text: str) -> str:
    """Return limits with one space between their words, each at least one request."""
    limits = [" ".join(each.split()).lower() for each in text.split(";")]
    if not all(re.fullmatch(r"[1-9][0-9]{0,6} per (?:second|minute|hour|day)", each, re.ASCII) for each in limits):
        raise ValueError(text)
    return "; ".join(limits)


def limits_storage(text: str) -> str:
    """Return the address of where rate limits are counted."""
    if not re.fullmatch(r"memory://|(?:rediss?|memcached)://[^\s/]+(?:/[0-9]*)?", text):
        raise ValueError(text)
    return text


def log_level(text: str) -> str:
    """Return the level from which lines are written."""
    if text.lower() not in LOG_LEVELS:
        raise ValueError(text)
    return text.lower()


def one_line(text: str) -> str:
    """Return a line without anything that does not print."""
    if len(text) > LONGEST_LINE or not text.isprintable():
        raise ValueError(text)
    return text


def contact(text: str) -> str:
    """Return the address to write to, as a URL."""
    if re.fullmatch(r"[^\s@:/<>]+@[^\s@:/<>]+\.[^\s@:/<>]+", text):
        return f"mailto:{text}"
    if re.fullmatch(r"https://[^\s/<>]+(?:/[^\s<>]*)?", text) or re.fullmatch(r"mailto:[^\s@<>]+@[^\s@<>]+", text):
        return text
    raise ValueError(text)
