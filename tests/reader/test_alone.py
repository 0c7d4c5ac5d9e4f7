"""The reader stands alone: nothing of the server, or of its tests, is in what it is made of."""

from __future__ import annotations

import ast
from pathlib import Path


def test_the_reader_stands_alone() -> None:
    files = [file for file in Path(__file__).parent.glob("*.py") if not file.name.startswith(("test_", "conftest"))]
    assert len(files) > 20
    assert {
        f"{file.name}: {name}"
        for file in files
        for name in imported(file)
        if name.startswith(("pwa", "tests.a", "tests.s"))
    } == set()


def imported(file: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
        elif isinstance(node, ast.Import):
            names |= {each.name for each in node.names}
    return names
