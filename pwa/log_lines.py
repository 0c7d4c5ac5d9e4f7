"""What the logs say: one JSON object a line, of members that are listed here. Knows no Flask.

A message that somebody put together may hold anything of a request, and so may the text of an exception. So of other
libraries' lines there is the place that wrote them and the words of the template, never what was filled in; of
exceptions there are the kinds and the places.
"""

from __future__ import annotations

import json
import logging
import sys
from pathlib import PurePath
from traceback import walk_tb
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

logger = logging.getLogger(__name__)

_PARTS_SHOWN: Final = 2  # of a path: the folder and the file


def begin(level: str, *, stream: TextIO = sys.stderr) -> None:
    """Let every logger of this process write its lines to `stream`, from `level` on."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(LineFormatter())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    logging.captureWarnings(capture=True)


def note_request(*, method: str, rule: str | None, status: int, milliseconds: float | None, code: str | None) -> None:
    """Write a request's line: `rule` is that of the route, never the address; `code` that of a problem."""
    level = logging.INFO if status < 400 else logging.WARNING if status < 500 else logging.ERROR  # noqa: PLR2004
    taken = None if milliseconds is None else round(milliseconds, 1)
    members = {"method": method, "rule": rule, "status": status, "ms": taken, "code": code}
    _write(level, "request", {name: value for name, value in members.items() if value is not None})


def note_defect(error: BaseException, *, instance: str) -> None:
    """Write where an error came from that nobody foresaw; `instance` stands in the answer too."""
    _write(logging.ERROR, "defect", {"instance": instance, "trace": list(trace_of(error))})


def trace_of(error: BaseException) -> Iterator[str]:
    """Yield the kinds and places of an exception and of what led to it, without any text of theirs."""
    if error.__cause__ or (error.__context__ and not error.__suppress_context__):
        yield from trace_of(error.__cause__ or error.__context__)  # type: ignore[arg-type] # one of them is there
    yield f"{type(error).__module__}.{type(error).__qualname__}"
    for frame, line in walk_tb(error.__traceback__):
        yield f"{_short(frame.f_code.co_filename)}:{line} {frame.f_code.co_name}"


class LineFormatter(logging.Formatter):
    """Lines of ours are whole already; of others' it tells the place and the template."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line."""
        if record.name == __name__:
            return record.getMessage()
        members: dict[str, object] = {
            "logger": record.name,
            "place": f"{_short(record.pathname)}:{record.lineno} {record.funcName}",
        }
        if record.args and isinstance(record.msg, str):  # without arguments it may have been filled in beforehand
            members["template"] = record.msg
        if record.exc_info and record.exc_info[1]:
            members["trace"] = list(trace_of(record.exc_info[1]))
        return _line(record.levelno, "library", members)


def _write(level: int, event: str, members: dict[str, object]) -> None:
    if logger.isEnabledFor(level):
        logger.log(level, "%s", _line(level, event, members))


def _line(level: int, event: str, members: dict[str, object]) -> str:
    return json.dumps({"level": logging.getLevelName(level).lower(), "event": event, **members})


def _short(path: str) -> str:
    return "/".join(PurePath(path).parts[-_PARTS_SHOWN:])
