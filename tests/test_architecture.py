"""The arrows between the server's parts: who may import whom, and who may know Flask.

The table is the rule. A package's own modules point one way too: `models` ← functions ← `caller`, who asks ← `routes`
← `__init__`. Where `routes` is a folder, its files may import each other.
"""

from __future__ import annotations

import ast
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

PWA = Path(__file__).resolve().parent.parent / "pwa"

# part: the parts it may import. `pwa` is create_app, in pwa/__init__.py.
MAY_IMPORT: dict[str, set[str]] = {
    "pwa.base64url": set(),
    "pwa.bodies": set(),
    "pwa.setting_values": set(),
    "pwa.setting_table": {"pwa.setting_values"},
    "pwa.config": {"pwa.setting_table"},
    "pwa.data_folder": {"pwa.config"},
    "pwa.database": set(),
    "pwa.day_files": set(),
    "pwa.deletions": {"pwa.day_files"},
    "pwa.endings": {"pwa.day_files"},
    "pwa.database_faults": set(),
    "pwa.catalogue": {"pwa.config"},
    "pwa.migrations": {"pwa.database"},
    "pwa.problems": set(),
    "pwa.log_lines": set(),
    "pwa.request_log": {"pwa.log_lines"},
    "pwa.errors": {"pwa.bodies", "pwa.database", "pwa.database_faults", "pwa.log_lines", "pwa.problems"},
    "pwa.gate": {"pwa.errors"},
    "pwa.rate_counts": set(),
    "pwa.rates": {"pwa.config", "pwa.errors", "pwa.problems", "pwa.rate_counts"},
    "pwa.accounts": {"pwa.base64url", "pwa.bodies", "pwa.config", "pwa.database", "pwa.errors", "pwa.problems"},
    "pwa.sync": {"pwa.base64url", "pwa.bodies", "pwa.config", "pwa.database", "pwa.errors", "pwa.problems"},
    "pwa.groups": {"pwa.base64url", "pwa.sync"},
    "pwa.shell": {"pwa.config", "pwa.database", "pwa.database_faults", "pwa.catalogue", "pwa.errors"},
    "pwa": {
        "pwa.config",
        "pwa.data_folder",
        "pwa.database",
        "pwa.deletions",
        "pwa.endings",
        "pwa.catalogue",
        "pwa.errors",
        "pwa.gate",
        "pwa.rates",
        "pwa.request_log",
        "pwa.accounts",
        "pwa.sync",
        "pwa.shell",
    },
    "pwa.refusals": {"pwa.config", "pwa.catalogue", "pwa.shell"},
    "pwa.backup": {
        "pwa.accounts",
        "pwa.config",
        "pwa.database",
        "pwa.deletions",
        "pwa.endings",
        "pwa.migrations",
        "pwa.sync",
    },
    "pwa.upkeep": {"pwa.accounts", "pwa.database", "pwa.sync"},
    "pwa.arrival": set(),
    "pwa.whole_requests": {"pwa.arrival"},
    "pwa.gunicorn_log": set(),
    "pwa.serving": {"pwa.config", "pwa.refusals"},
    "pwa.doctor": {"pwa.config", "pwa.data_folder", "pwa.database", "pwa.catalogue", "pwa.migrations", "pwa.shell"},
    "pwa.cli": {
        "pwa",
        "pwa.config",
        "pwa.data_folder",
        "pwa.database",
        "pwa.backup",
        "pwa.catalogue",
        "pwa.day_files",
        "pwa.doctor",
        "pwa.log_lines",
        "pwa.migrations",
        "pwa.serving",
        "pwa.upkeep",
    },
    "pwa.__main__": {"pwa.cli"},
}
FLASK = ("flask", "flask_babel", "flask_limiter", "flask_sqlalchemy", "flask_wtf")
MAY_KNOW_FLASK = {
    "pwa",
    "pwa.catalogue",
    "pwa.database",
    "pwa.errors",
    "pwa.gate",
    "pwa.problems",
    "pwa.rates",
    "pwa.request_log",
}
LAYERS_WITH_FLASK = {"caller", "routes", "__init__"}


def test_every_arrow_is_in_the_table() -> None:
    assert wrong_arrows(PWA) == []


def test_every_part_has_a_row() -> None:
    assert {part_of(module) for module, _ in modules(PWA)} == set(MAY_IMPORT)


def test_the_table_has_no_circle() -> None:
    done: set[str] = set()
    while rest := set(MAY_IMPORT) - done:
        free = {part for part in rest if MAY_IMPORT[part] <= done}
        assert free, f"a circle among {sorted(rest)}"
        done |= free


@pytest.mark.parametrize(
    ("file", "line", "fault"),
    [
        ("config.py", "from pwa.errors import ProblemError", "pwa.config imports pwa.errors"),
        ("errors.py", "import pwa.shell.site", "pwa.errors imports pwa.shell"),
        ("shell/site.py", "from pwa import create_app", "pwa.shell imports pwa"),
        ("shell/client.py", "from pwa.cli import main", "pwa.shell imports pwa.cli"),
        ("shell/manifest.py", "from flask import request", "pwa.shell.manifest knows flask"),
        ("doctor/machine.py", "import flask", "pwa.doctor.machine knows flask"),
        ("backup.py", "import flask", "pwa.backup knows flask"),
        ("shell/files.py", "from pwa.shell.routes import make_blueprint", "pwa.shell.files imports pwa.shell.routes"),
        ("shell/models.py", "from pwa.shell.files import ServedFile", "pwa.shell.models imports pwa.shell.files"),
        ("shell/routes.py", "import pwa.shell", "pwa.shell.routes imports pwa.shell"),
        (
            "accounts/challenges.py",
            "from pwa.accounts.caller import browser",
            "pwa.accounts.challenges imports pwa.accounts.caller",
        ),
        (
            "accounts/caller.py",
            "import pwa.accounts.routes.account",
            "pwa.accounts.caller imports pwa.accounts.routes.account",
        ),
        (
            "accounts/routes/account.py",
            "from pwa.accounts.routes import make_blueprint",
            "pwa.accounts.routes.account imports pwa.accounts.routes",
        ),
        ("shell/headers.py", "from ..config import Settings", "pwa.shell.headers imports by dots"),
        ("newcomer.py", "import pwa.config", "pwa.newcomer has no row"),
    ],
)
def test_a_wrong_import_is_named(tmp_path: Path, file: str, line: str, fault: str) -> None:
    copy = tmp_path / "pwa"
    for source in PWA.rglob("*.py"):
        target = copy / source.relative_to(PWA)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, target)
    with (copy / file).open("a", encoding="utf-8") as source_file:
        source_file.write(f"\n{line}\n")
    assert wrong_arrows(copy) == [fault]


def wrong_arrows(folder: Path) -> list[str]:
    """Return each import below `folder` that the table does not allow, once, in order."""
    found: list[str] = []
    for module, tree in modules(folder):
        found += [fault for name in imports(tree) for fault in faults(module, name)]
    return sorted(set(found))


def faults(module: str, name: str) -> Iterator[str]:
    part = part_of(module)
    top = name.partition(".")[0]
    if part not in MAY_IMPORT:
        yield f"{module} has no row"
    elif name.startswith("."):
        yield f"{module} imports by dots"
    elif top in FLASK:
        if part not in MAY_KNOW_FLASK and layer_of(module) not in LAYERS_WITH_FLASK:
            yield f"{module} knows flask"
    elif top == "pwa":
        yield from _faults_within(module, part, name)


def _faults_within(module: str, part: str, name: str) -> Iterator[str]:
    other = part_of(name)
    if other != part:
        if other not in MAY_IMPORT[part]:
            yield f"{part} imports {other}"
    elif rank(name) > rank(module) or (rank(name) == rank(module) != 1 and not within_one_folder(module, name)):
        yield f"{module} imports {name}"


def modules(folder: Path) -> Iterator[tuple[str, ast.Module]]:
    for file in sorted(folder.rglob("*.py")):
        parts = ("pwa", *file.relative_to(folder).with_suffix("").parts)
        yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), ast.parse(file.read_text(encoding="utf-8"))


def imports(tree: ast.Module) -> Iterator[str]:
    """Yield the name of each module imported anywhere; for `from pwa import x`, `pwa.x` where that is a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            yield from (f"{module}.{a.name}" if is_module(f"{module}.{a.name}") else module for a in node.names)


def is_module(name: str) -> bool:
    path = PWA.parent / name.replace(".", "/")
    return path.is_dir() or path.with_suffix(".py").is_file()


def part_of(module: str) -> str:
    """Return the part a module belongs to: `pwa.shell` for `pwa.shell.site`."""
    return ".".join(module.split(".")[:2])


def layer_of(module: str) -> str:
    """Return a module's place in its package: `models`, `routes`, `__init__`, or its own name."""
    names = module.split(".")
    return names[2] if len(names) > 2 else "__init__" if (PWA / "/".join(names[1:])).is_dir() else names[-1]


def rank(module: str) -> int:
    return {"models": 0, "caller": 2, "routes": 3, "__init__": 4}.get(layer_of(module), 1)


def within_one_folder(module: str, name: str) -> bool:
    """Whether both belong to a layer that is a folder, and the first does not import the folder from inside it."""
    folder = ".".join(module.split(".")[:3])
    return name.startswith(f"{folder}.")
