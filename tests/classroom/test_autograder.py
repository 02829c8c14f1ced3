"""The autograder for Gradescope, run in a folder laid out like /autograder."""

from __future__ import annotations

import io
import json
import os
import re
import shlex
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from pathkit.checks.loading import exercises_of
from pathkit.classroom.assignment import LatePolicy
from pathkit.classroom.gradescope_autograder.autograder import autograder
from tests.classroom.classroom_parts import RIGHT, assignment, bigram
from tests.hidden import without_bubblewrap, without_seccomp


def laid_out(folder: Path, files: dict[str, bytes], **settings) -> None:
    with zipfile.ZipFile(io.BytesIO(autograder(assignment(two=False, **settings)))) as archive:
        archive.extractall(folder / "source")
    (folder / "submission").mkdir()
    for name, data in files.items():
        (folder / "submission" / name).write_bytes(data)
    (folder / "submission_metadata.json").write_text(json.dumps(
        {"created_at": "2027-03-02T01:00:00.000000+01:00", "users": [{"name": "Jane"}]}))


def run(folder: Path, **environment: str) -> dict:
    """What run_autograder does, with another folder and this Python."""
    script = (folder / "source" / "run_autograder").read_text()
    script = script.replace("/autograder/venv/bin/python", shlex.quote(sys.executable))
    script = script.replace("/autograder/source", shlex.quote(str(folder / "source")))
    script = script.replace("/autograder\n", f"{shlex.quote(str(folder))}\n")
    ran = subprocess.run(["bash", "-c", script], env=os.environ | environment, timeout=120,
                         capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    return json.loads((folder / "results" / "results.json").read_text())


@pytest.mark.slow
def test_it_grades_one_submission_and_knows_the_time(tmp_path, works):
    from datetime import datetime

    due = datetime.fromisoformat("2027-03-01T23:59+01:00")
    laid_out(tmp_path, {"my work (2).ipynb": bigram()}, due=due, late=LatePolicy(0.5))
    found = run(tmp_path)
    assert found["score"] == 0.5 and "1 day late" in found["output"]
    assert [t["status"] for t in found["tests"]] == ["passed", "failed"]
    assert found["tests"][1]["output"] == "No cell of the notebook holds this exercise."


@pytest.mark.slow
def test_what_an_answer_says_of_hidden_cases_is_not_shown(tmp_path, works):
    tells = f"if counts.size > 9:\n        raise ValueError(f'sum {{counts.sum()}}')\n    {RIGHT}"
    laid_out(tmp_path, {"bigram.ipynb": bigram(tells)})
    test = run(tmp_path)["tests"][0]
    seen = {str(probe[0].sum()) for probe in exercises_of("bigram")["probabilities"].draw(0)}
    assert test["status"] == "failed" and "ValueError" in test["output"]
    assert set(re.findall(r"sum (\d+)", test["output"])) <= seen


def test_nothing_handed_in_is_said(tmp_path, monkeypatch):
    python = tmp_path / "my ünvironment" / "python"
    python.parent.mkdir()
    python.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(python))
    laid_out(tmp_path, {"notes.txt": b"x"})
    found = run(tmp_path)
    assert found["score"] == 0 and "holds no notebooks" in found["output"]


@pytest.mark.slow
def test_without_a_sandbox_nothing_is_run(tmp_path):
    marked = tmp_path / "marked"
    laid_out(tmp_path, {"bigram.ipynb": bigram(f"open({str(marked)!r}, 'w'); {RIGHT}")})
    without_seccomp(tmp_path / "source" / "src")
    found = run(tmp_path, **without_bubblewrap(tmp_path / "bin"))
    assert "tell your instructor" in found["output"] and not found["tests"]
    assert not marked.exists()


def test_both_sandboxes_of_linux_are_installed_in_the_versions_that_were_tested():
    with zipfile.ZipFile(io.BytesIO(autograder(assignment()))) as archive:
        setup = archive.read("setup.sh").decode()
    constraints = Path(__file__).parents[2].joinpath("constraints.txt").read_text().split()
    [pinned] = [line for line in constraints if line.startswith("pyseccomp==")]
    assert f" {pinned}\n" in setup and " bubblewrap libseccomp2 " in setup


def test_the_zip_is_laid_out_as_gradescope_wants_it():
    one, other = (autograder(assignment(), seed=5) for _ in range(2))
    assert one == other
    with zipfile.ZipFile(io.BytesIO(one)) as archive:
        names = archive.namelist()
        assert {"setup.sh", "run_autograder", "assignment.json"} <= set(names)
        for name in ("setup.sh", "run_autograder"):
            assert archive.getinfo(name).external_attr >> 16 & 0o111
            assert archive.read(name).startswith(b"#!/usr/bin/env bash\n")
            assert b"\r" not in archive.read(name)
            subprocess.run(["bash", "-n"], input=archive.read(name), check=True)
        assert not [n for n in names if "__pycache__" in n]
    assert autograder(assignment()) != autograder(assignment())
