"""A failure leaves one folder with all there is to know; a test that passes leaves nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from e2e.journal import ARTEFACTS
from e2e.server import ROOT

if TYPE_CHECKING:
    from pathlib import Path

CONFTEST = """
from e2e.fixtures import *
from e2e.hooks import *
from e2e.harness.conftest import own_server, shared_server
"""
STORY = """
def test_that_passes(person):
    person.opens("/quiet")

def test_that_goes_well_but_hides_an_error(person):
    person.opens("/says-an-error")

def test_that_fails(make_person):
    make_person().opens("/quiet")
    make_person().opens("/answers")
    raise AssertionError("on purpose")
"""


def test_a_failure_leaves_one_folder_and_a_pass_none(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text(CONFTEST)
    (tmp_path / "test_story.py").write_text(STORY)
    kept = tmp_path / "artefacts"
    environment = {**os.environ, "E2E_SEED": "4711", "E2E_ARTEFACTS": str(kept), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:xdist", "-q", "-rN", str(tmp_path)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path, env=environment)

    assert "2 failed, 1 passed" in ran.stdout, ran.stdout + ran.stderr
    hidden, failed = sorted(kept.iterdir(), key=lambda folder: "hides" not in folder.name)
    assert {path.name for path in hidden.iterdir()} >= {"trace.zip", "screenshot-1.png", "console.txt", "seed.txt"}
    assert "something is wrong" in (hidden / "faults.txt").read_text()
    assert "something is wrong" in (hidden / "console.txt").read_text()
    assert "E2E_SEED=4711" in (hidden / "seed.txt").read_text()
    assert "/says-an-error" in next(hidden.glob("server-*.log")).read_text()
    assert "on purpose" in (failed / "why.txt").read_text()
    assert "/says-an-error" not in next(failed.glob("server-*.log")).read_text()
    assert {path.name for path in failed.iterdir()} >= {"trace-phone-1.zip", "trace-phone-2.zip"}


def test_artefacts_lie_beside_the_sources_unless_told_otherwise() -> None:
    assert os.environ.get("E2E_ARTEFACTS", ROOT / "artefacts") == ARTEFACTS
