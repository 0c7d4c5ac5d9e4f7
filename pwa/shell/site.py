"""Everything the shell hands out, put together once at the start. Knows no Flask."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pwa.shell.client import BuiltClient, ClientDamagedError, ClientNotBuiltError, read_client
from pwa.shell.files import ServedFile, made_file, read_static
from pwa.shell.manifest import web_manifest
from pwa.shell.precache import precache_rows, worker_with

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pwa.config import Settings

KEPT = ("built/", "icons/", "pictures/")  # what of the static files a phone keeps


@dataclass(frozen=True, kw_only=True)
class Site:
    """What is served: the static files by path, the manifest, and, where the client is sound, the page and its worker.

    `defect` is the code of the problem that keeps the page from being served, or nothing.
    """

    static: Mapping[str, ServedFile]
    manifest: ServedFile
    page: ServedFile | None = None
    worker: ServedFile | None = None
    style: str | None = None
    defect: str | None = None


def build_site(
    settings: Settings,
    *,
    render_page: Callable[[BuiltClient], str],
    translate: Callable[[str], str],
    language: str,
    direction: str,
) -> Site:
    """Read the client and the static files, render the page, and write the worker's list."""
    try:
        client = read_client(settings.built)
        static = read_static(settings.static, client.files)
        manifest = _manifest(static, translate, language, direction)
        page = made_file(render_page(client).encode("utf-8"), ".html")
        kept = {f"/static/{name}": file for name, file in static.items() if name.startswith(KEPT)}
        rows = precache_rows({"/": page, "/manifest.webmanifest": manifest, **kept})
        worker = made_file(worker_with(rows, client.worker), ".js")
    except (ClientNotBuiltError, ClientDamagedError) as error:
        static = read_static(settings.static, ())
        return Site(static=static, manifest=_manifest(static, translate, language, direction), defect=error.code)
    return Site(static=static, manifest=manifest, page=page, worker=worker, style=client.style)


def _manifest(
    static: Mapping[str, ServedFile], translate: Callable[[str], str], language: str, direction: str
) -> ServedFile:
    members = web_manifest(translate, static, language=language, direction=direction)
    return made_file(json.dumps(members, ensure_ascii=False, indent=2).encode("utf-8"), ".webmanifest")
