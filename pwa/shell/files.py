"""Files the server hands out: read once at the start, kept in memory, each with a tag and its compressed twins.

Only what is in this list is served, so no path can lead out of it. Knows no Flask.
"""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pwa.shell.client import WORKER

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from werkzeug.datastructures import Accept

# Written out: the machine's own table of types differs from one system to the next.
TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}
ENCODINGS: Final = {"br": ".br", "gzip": ".gz"}  # the first that a browser takes is sent
FOR_EVER: Final = "public, max-age=31536000, immutable"
ASK_AGAIN: Final = "no-cache"


@dataclass(frozen=True, kw_only=True)
class ServedFile:
    """One file: its bytes, plain and by content coding, its media type, and how long a browser may keep it."""

    content: bytes = field(repr=False)
    media_type: str
    cache_control: str
    encoded: Mapping[str, bytes] = field(default_factory=dict, repr=False)

    def chosen(self, accept: Accept) -> tuple[str | None, bytes]:
        """Return the coding to send (or nothing) and the bytes, by what the browser accepts."""
        for coding, content in self.encoded.items():
            if accept[coding] > 0:
                return coding, content
        return None, self.content

    def tag(self, coding: str | None) -> str:
        """Return the entity tag: one for each coding, as RFC 9110 §8.8.3.3 asks."""
        digest = hashlib.sha256(self.content).hexdigest()[:32]
        return f"{digest}-{coding}" if coding else digest


def made_file(content: bytes, suffix: str) -> ServedFile:
    """Return a text that no build compressed, compressed once here, asked after again on each use."""
    packed = {"gzip": gzip.compress(content, 9, mtime=0)}
    return ServedFile(content=content, media_type=TYPES[suffix], cache_control=ASK_AGAIN, encoded=packed)


def read_static(static: Path, built_names: Iterable[str]) -> dict[str, ServedFile]:
    """Read what lies under `static`, by path relative to it. Of `built/` only `built_names`, kept for ever.

    Style sheets and scripts that are not built are sources, and files of other types none of ours: not served.
    """
    built = {f"built/{name}": static / "built" / name for name in built_names if name != WORKER}
    others = {
        file.relative_to(static).as_posix(): file
        for folder in ("icons", "pictures", "screenshots", "fonts")
        for file in sorted((static / folder).rglob("*"))
        if file.is_file() and file.suffix in TYPES
    }
    return {
        **{name: _read(file, FOR_EVER) for name, file in built.items()},
        **{
            name: made_file(file.read_bytes(), ".svg") if file.suffix == ".svg" else _read(file, ASK_AGAIN)
            for name, file in others.items()
        },
    }


def _read(file: Path, cache_control: str) -> ServedFile:
    twins = {coding: file.with_name(file.name + suffix) for coding, suffix in ENCODINGS.items()}
    return ServedFile(
        content=file.read_bytes(),
        media_type=TYPES.get(file.suffix, "application/octet-stream"),
        cache_control=cache_control,
        encoded={coding: twin.read_bytes() for coding, twin in twins.items() if twin.is_file()},
    )
