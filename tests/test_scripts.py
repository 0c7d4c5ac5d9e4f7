"""The scripts of the tree run in the oldest bash that people have: 3.2, which comes with macOS."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# What came with bash 4 and later.
TOO_NEW = re.compile(
    r"\b(declare|local|typeset) -\w*[An]|\b(mapfile|readarray|coproc)\b|\$\{\w+(\[[^]]*\])?(\^|,|@)"
    r"|&>>|\|&|;;?&|\*\*/|\bwait -n\b|%\(|\$EPOCH|\[\[? -v "
)


def too_new(script: str) -> list[str]:
    """Lines that the bash of macOS does not understand."""
    code = [line for line in script.splitlines() if not line.lstrip().startswith("#")]
    return [line for line in code if TOO_NEW.search(re.sub(r"'[^']*'", "''", line))]


def test_every_script_runs_in_the_bash_of_macos() -> None:
    scripts = [path for path in (ROOT / ".ci").iterdir() if path.read_bytes().startswith(b"#!/usr/bin/env bash\n")]
    assert {path.name for path in scripts} >= {"lint", "test", "unit", "e2e", "setup", "run"}
    for script in scripts:
        assert too_new(script.read_text()) == [], script.name
        subprocess.run(["bash", "-n", script], check=True)


@pytest.mark.parametrize(
    "line",
    [
        "declare -A linters=([a]=b)",
        "local -n name=$1",
        "mapfile -t lines",
        "echo ${name^^}",
        "echo ${name,,}",
        "go &>> log",
        "go |& tee log",
        "wait -n",
        "for file in **/*.py; do",
    ],
)
def test_what_is_too_new_is_found(line: str) -> None:
    assert too_new(f"set -e\n{line}\n") == [line]


@pytest.mark.parametrize("line", ["names[0]=a", "echo ${name%.*} ${name:-}", "go && stop || wait $!", "node 'a/**/b'"])
def test_what_is_old_enough_is_let_through(line: str) -> None:
    assert too_new(line) == []
