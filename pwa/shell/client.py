"""The built client: what the build wrote, checked byte by byte before anything of it is served. Knows no Flask."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

WORKER: Final = "service-worker.js"


class ClientNotBuiltError(Exception):
    """There is no built client in the folder."""

    code = "client_not_built"


class ClientDamagedError(Exception):
    """The built client is not what its build wrote: a file is missing, changed, or not described."""

    code = "client_damaged"


@dataclass(frozen=True, kw_only=True)
class BuiltClient:
    """What the page loads, and the digest of every file as Subresource Integrity writes it, by name."""

    entry: str
    style: str
    preload: tuple[str, ...]
    words: str
    later_words: str
    files: Mapping[str, str]
    worker: bytes


def read_client(folder: Path) -> BuiltClient:
    """Read `assets.json` and check every file it names. Raises `ClientNotBuiltError` or `ClientDamagedError`."""
    if not (folder / "assets.json").is_file():
        raise ClientNotBuiltError(f"{folder} holds no built client; `make run` builds it")
    try:
        assets = json.loads((folder / "assets.json").read_text(encoding="utf-8"))
        client = BuiltClient(
            entry=str(assets["entry"]),
            style=str(assets["style"]),
            preload=tuple(map(str, assets["preload"])),
            words=str(assets["words"]["first"]),
            later_words=str(assets["words"]["later"]),
            files=dict(assets["files"]),
            worker=(folder / WORKER).read_bytes(),
        )
        changed = [
            name for name, digest in client.files.items() if integrity_of((folder / name).read_bytes()) != digest
        ]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ClientDamagedError(f"{folder}: {error!r}; build the client again") from error
    undescribed = {client.entry, client.style, client.words, client.later_words, *client.preload} - client.files.keys()
    if changed or undescribed:
        names = ", ".join(sorted({*changed, *undescribed}))
        raise ClientDamagedError(f"{folder}: not as the build described it: {names}; build the client again")
    return client


def integrity_of(content: bytes) -> str:
    """Return the SHA-256 of `content` as Subresource Integrity writes it: `sha256-` and base64."""
    return f"sha256-{base64.b64encode(hashlib.sha256(content).digest()).decode('ascii')}"
