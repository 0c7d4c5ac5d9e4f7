"""The wheel: what a volunteer installs. It carries the built client, and serves it on a machine without Node."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import urllib.request
import venv
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.running import running

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the wheel as `pip wheel` does, with the packages that are here."""
    folder = tmp_path_factory.mktemp("wheel")
    options = ["--no-deps", "--no-build-isolation", "--quiet", "--disable-pip-version-check"]
    subprocess.run([sys.executable, "-m", "pip", "wheel", *options, "--wheel-dir", folder, ROOT], check=True)
    (made,) = folder.glob("cairn_diary-*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install it into an environment of its own, which borrows only the libraries that are here, not the checkout."""
    home = tmp_path_factory.mktemp("installed")
    venv.create(home, with_pip=True)
    (site,) = home.glob("lib/python*/site-packages")
    libraries = next(path for path in sys.path if path.endswith("site-packages"))
    (site / "borrowed.pth").write_text(f"{libraries}\n")
    options = ["--no-deps", "--no-index", "--quiet", "--disable-pip-version-check", "--force-reinstall"]
    subprocess.run([home / "bin/python", "-m", "pip", "install", *options, wheel], check=True)
    return home


@pytest.fixture
def served(installed: Path, tmp_path: Path) -> Iterator[str]:
    """Serve from the installed wheel, on a PATH that has no Node, from a folder that is not the checkout."""
    environment = {
        "PATH": str(installed / "bin"),
        "PORT": "0",
        "CAIRN_DATA": str(tmp_path / "data"),
        "HOME": str(tmp_path),
    }
    with running([installed / "bin/cairn", "serve"], cwd=tmp_path, env=environment) as (_, first_line):
        address = re.search(r"http://\S+", first_line)
        assert address is not None
        yield address.group()


def test_the_wheel_carries_the_client_and_not_its_sources(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for ending in ("static/built/assets.json", "static/built/service-worker.js", "LC_MESSAGES/messages.mo"):
        assert any(name.endswith(ending) for name in names), ending
    assert not [name for name in names if name.endswith((".ts", ".tsx", ".po"))]
    assert {name.split("/")[0] for name in names if "dist-info" not in name} == {"pwa"}


def test_the_installed_wheel_serves_without_node(served: str) -> None:
    with urllib.request.urlopen(served, timeout=60) as answer:  # noqa: S310 - the address of the server just started
        page = answer.read().decode()
    script = re.search(r'<script type="module" src="([^"]+)"', page)
    assert script is not None
    with urllib.request.urlopen(served + script.group(1), timeout=60) as answer:  # noqa: S310 - the same server
        assert len(answer.read()) > 1_000


def test_a_machine_without_node_has_none_on_this_path(installed: Path) -> None:
    found = subprocess.run(
        [installed / "bin/python", "-c", "import shutil; print(shutil.which('node'))"],
        env={**os.environ, "PATH": str(installed / "bin")}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert found.stdout.strip() == "None"
