"""Look through everything a browser sent for words that must not leave the phone.

The browser writes its own network log, of every request to any address, its own and its workers' too: addresses,
headers, and the bytes that went out. Words are looked for in the forms of `profile_search`, and as an address has them.
"""

from __future__ import annotations

import base64
import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, quote_plus

from e2e.profile_search import forms_in, forms_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

ASKED, HERE = "URL_REQUEST_START_JOB", "//localhost"
WENT_OUT = "_BYTES_SENT"


class NothingSentError(ValueError):
    """The log holds no request to the site, so nothing can be said of what was in them."""


def network_log_arguments(log: Path) -> list[str]:
    """Return what makes a Chromium write everything it sends and receives into a file."""
    return [f"--log-net-log={log}", "--net-log-capture-mode=Everything"]


def assert_never_sent(logs: Sequence[Path], words: Sequence[str]) -> None:
    """Fail where any of the words went out, as the logs of a browser that is switched off have it.

    Raises NothingSentError where the logs hold no request to the site.
    """
    found = search_sent(logs, words)
    assert not found, "\n".join(found)


def search_sent(logs: Sequence[Path], words: Sequence[str]) -> list[str]:
    """Return a line for each word that went out: which, in which form, in what kind of event."""
    forms = {word: as_in_addresses(word) | forms_of(word) for word in words}
    requests, found = 0, {}
    sent: dict[str, list[bytes]] = {}
    for log in logs:
        names, events = read_log(log)
        for event in events:
            name = names.get(event["type"], "")
            requests += name == ASKED and HERE in str(event.get("params"))
            sent.setdefault(name, []).extend(pieces_sent(name, event))
    for name, pieces in sent.items():
        for word, form in forms_in(b"\n".join(pieces), forms):
            found[word, name] = f"'{word}' was sent, as {form}, in {name}"
    if requests == 0:
        raise NothingSentError("No request to the site is in the log of the network.")
    return list(found.values())


def as_in_addresses(word: str) -> dict[bytes, str]:
    """Return how a word is written within an address."""
    return {text.encode(): "part of an address" for text in (quote(word), quote_plus(word))}


def pieces_sent(name: str, event: dict[str, Any]) -> Iterator[bytes]:
    """Yield what an event says, and the bytes it holds; nothing of what was received."""
    parameters = event.get("params", {})
    content = parameters.pop("bytes", None)
    yield json.dumps(parameters, ensure_ascii=False).encode()
    if content is not None and name.endswith(WENT_OUT):
        yield base64.b64decode(content)


def read_log(log: Path) -> tuple[dict[int, str], list[dict[str, Any]]]:
    """Read a log, one event a line, also of a browser that died; return the events' names by number, and the events."""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    constants = json.loads(lines[0].removeprefix('{"constants":').rstrip(","))
    names = {number: name for name, number in constants["logEventTypes"].items()}
    events: list[Any] = []
    for line in lines[1:]:
        with suppress(ValueError):
            events.append(json.loads(line.rstrip(",").removesuffix("]")))
    return names, [event for event in events if isinstance(event, dict) and "type" in event]
