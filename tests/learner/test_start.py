"""`pathkit start`: the folder is laid out, JupyterLab is served, and refusals are one line."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from pathkit import cli
from pathkit.building.build import Place
from pathkit.learner.lab import start as starting
from tests.learner.learner_folders import BIGRAM, NAMES, answered, edited, files, release

posix = pytest.mark.skipif(os.name != "posix", reason="signals and permissions of POSIX")


@pytest.fixture
def root(tmp_path):
    return release(tmp_path / "old", "1").parent


def _invoke(root: Path, folder: Path):
    return CliRunner().invoke(cli.main, ["--root", str(root), "start", str(folder)])


def _one_line(result, *words: str) -> None:
    lines = result.stderr.strip().splitlines()
    assert len(lines) == 1, result.output
    assert all(word in lines[0] for word in words), lines
    assert result.exit_code == cli.ENVIRONMENT


def test_no_jupyterlab(root, tmp_path, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    _one_line(_invoke(root, tmp_path / "mine"), "JupyterLab is not installed", "make start")
    assert not (tmp_path / "mine").exists()


def test_no_notebooks(root, tmp_path):
    (root / "notebooks" / NAMES[0]).unlink()
    _one_line(_invoke(root, tmp_path / "mine"), "pathkit build")


def test_folder_below_a_file(root, tmp_path):
    (tmp_path / "file").write_text("")
    _one_line(_invoke(root, tmp_path / "file" / "mine"), "can't be written", "pathkit start FOLDER")


def test_directory_in_the_place_of_a_notebook(tmp_path, root):
    (tmp_path / "mine" / NAMES[4]).mkdir(parents=True)
    found = {o.name: o for o in starting.prepare(Place(root), tmp_path / "mine")}
    assert "it is a folder" in found.pop(NAMES[4]).line
    assert {o.state for o in found.values()} == {"new"}


def as_a_user() -> list[str]:
    """What to put before a command so that permissions to write count for root, too.

    Root reads on: the project itself may lie where nobody else can.
    """
    if os.geteuid() != 0:
        return []
    program = shutil.which("setpriv") or pytest.skip("root may write anywhere, without setpriv")
    return [program, "--bounding-set=-dac_override"]


@posix
def test_read_only_folder(tmp_path):
    base = Path(tempfile.mkdtemp(prefix="pk-readonly-"))
    try:
        release(base / "root", "1")
        folder = base / "read only"
        folder.mkdir()
        for path in (base, base / "root", *(base / "root").rglob("*")):
            path.chmod(0o755)
        folder.chmod(0o555)
        call = "from pathkit.cli import main; main()"
        command = [*as_a_user(), sys.executable, "-c", call, "--root", str(base / "root"), "start",
                   str(folder), "--no-browser"]
        found = subprocess.run(command, capture_output=True, text=True, cwd=base, timeout=60)
        assert found.returncode == cli.ENVIRONMENT, found.stderr
        assert len(found.stderr.splitlines()) == 1, found.stderr
        assert f"your folder {folder} can't be written: Permission denied" in found.stderr
        assert list(folder.iterdir()) == []
    finally:
        shutil.rmtree(base)


# --- a second start, and its rehearsal ----------------------------------------------------------


def test_a_rehearsal_prints_its_report_and_starts_nothing(root, tmp_path, monkeypatch):
    monkeypatch.setattr("subprocess.Popen", None)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    folder = tmp_path / "mine"
    command = ["--root", str(root), "start", str(folder), "--dry-run"]
    found = CliRunner().invoke(cli.main, command)
    assert (found.exit_code, found.stderr) == (cli.OK, "")
    assert found.stdout.splitlines() == [
        *(f"{name}: new" for name in NAMES), f"{folder}: 5 new; nothing was written"]
    assert not folder.exists()

    starting.prepare(Place(root), folder)
    edited(folder / BIGRAM, answered)
    release(root, "2")
    before = files(folder)
    found = CliRunner().invoke(cli.main, command)
    assert found.stdout.splitlines() == [
        f"{NAMES[0]}: brought up to date",
        f"{NAMES[1]}: brought up to date",
        f"{BIGRAM}: merged with your work; 2 cells updated",
        *(f"{name}: brought up to date" for name in NAMES[3:]),
        f"{folder}: 4 updated, 1 merged; nothing was written",
    ]
    assert files(folder) == before


def test_what_a_second_start_says(root, tmp_path):
    folder = tmp_path / "mine"
    starting.prepare(Place(root), folder)
    edited(folder / BIGRAM, answered)
    release(root, "2")
    assert starting.told(starting.prepare(Place(root), folder), folder) == [
        f"your folder: {folder}; notebooks you had not touched, brought up to date: 4",
        f"{BIGRAM}: merged with your work; 2 cells updated",
    ]
    assert starting.told(starting.prepare(Place(root), folder), folder) == [
        f"your folder: {folder}"]
