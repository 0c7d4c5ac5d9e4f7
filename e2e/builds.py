"""Other builds of the client than the one in the checkout: newer, not sealing what it keeps, or with a planted fault.

None is anything the app could be told to be: a build is made elsewhere, and a server of the test hands it out.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from e2e.server import ROOT
from hatch_build import find_node
from pwa.shell.client import integrity_of

if TYPE_CHECKING:
    from collections.abc import Mapping

STATIC = ROOT / "pwa/static"
BUILT = Path(os.environ.get("E2E_BUILT") or STATIC / "built")
NOT_SEALING = ROOT / "tests/client/vault/unsealed.ts"
HASHED_NAME = re.compile(r"-([A-Z0-9]{8})\.(?:js|css|json)$")


class BuildFailedError(RuntimeError):
    """The client did not build. The message is what the build said."""


def this_build(folder: Path) -> Path:
    """Copy the build that ``E2E_BUILT`` names into a static folder of its own; return that folder."""
    return static_with_this_build(folder / "static-as-named")


def build_without_sealing(folder: Path) -> Path:
    """Build a client that keeps everything in clear, into a static folder of its own; return that folder."""
    static = folder / "static-in-clear"
    shutil.copytree(STATIC, static, ignore=shutil.ignore_patterns("built"))
    build(ROOT, "--out", static / "built", "--sealing", NOT_SEALING)
    return static


def build_with_a_fault(folder: Path, *, planted: Mapping[str, tuple[str, str]]) -> Path:
    """Build a client from changed sources, into a static folder of its own; return that folder.

    ``planted``: for a file below `pwa/client`, what stands there once, and what is to stand in its place.
    """
    root = folder / "tree-with-a-fault"
    unbuilt = shutil.ignore_patterns("built", "__pycache__")
    for name in ("pwa", "service_worker"):
        shutil.copytree(ROOT / name, root / name, ignore=unbuilt)
    for name in ("pyproject.toml", "package.json"):
        shutil.copy(ROOT / name, root / name)
    (root / "node_modules").symlink_to((ROOT / "node_modules").resolve())
    for name, (sound, faulty) in planted.items():
        file = root / "pwa/client" / name
        text = file.read_text()
        if text.count(sound) != 1:
            raise ValueError(f"'{sound}' does not stand in {name} once.")
        file.write_text(text.replace(sound, faulty))
    build(root)
    return root / "pwa/static"


def build(root: Path, *options: str | Path) -> None:
    """Build the client of a tree. Raises BuildFailedError."""
    command = [find_node(), root / "pwa/client/build.ts", *options]
    ended = subprocess.run(command, cwd=root, check=False, capture_output=True, text=True)
    if ended.returncode:
        raise BuildFailedError(ended.stderr)


def newer_version(folder: Path, *, says: Mapping[str, str]) -> Path:
    """Make a version like this one, with every built file under a new name; return its static folder.

    ``says``: words of this version, and what the newer one says in their place, so that a person can tell.
    """
    static = static_with_this_build(folder / "static-newer", "*.br", "*.gz")
    built = static / "built"
    assets = json.loads((built / "assets.json").read_text())
    texts = {name: (built / name).read_text() for name in assets["files"]}
    for old, new in says.items():
        if not any(old in text for text in texts.values()):
            raise ValueError(f"This version nowhere says '{old}'.")
        texts = {name: text.replace(old, new) for name, text in texts.items()}
    for name in assets["files"]:
        (built / name).unlink()
    described = json.dumps({key: assets[key] for key in ("entry", "style", "preload", "words")})
    for old in {found.group(1) for name in texts if (found := HASHED_NAME.search(name))}:
        new = hashlib.sha256(old.encode()).hexdigest()[:8].upper()
        texts = {name.replace(old, new): text.replace(old, new) for name, text in texts.items()}
        described = described.replace(old, new)
    for name, text in texts.items():
        (built / name).write_text(text)
    files = {name: integrity_of(text.encode()) for name, text in texts.items()}
    (built / "assets.json").write_text(json.dumps({**json.loads(described), "files": files}))
    return static


def static_with_this_build(static: Path, *without: str) -> Path:
    """Copy everything that is served as a file, ``without`` names of such patterns; return the new folder."""
    shutil.copytree(STATIC, static, ignore=shutil.ignore_patterns("built", *without))
    shutil.copytree(BUILT, static / "built", ignore=shutil.ignore_patterns(*without))
    return static
