"""One evening in a learner's folder: offered first, counted in the modules, and from there."""

from __future__ import annotations

import json

import pytest

from pathkit import progress_log
from pathkit.building.build import Place
from pathkit.learner.folder import Folder
from pathkit.learner.lab.start import prepare
from pathkit.learner.plan.goal import coming_step
from pathkit.learner.progress import of_folder
from pathkit.path_modules import EVENING
from tests.learner.test_commands import pathkit
from tests.learner.test_progress import ROOT

FILE = "00-one-evening.ipynb"
RIGHT = """\
# exercise: bigram.probabilities
import pathkit as path

def probabilities(counts):
    totals = counts.sum(axis=1, keepdims=True)
    return counts / totals


probabilities = path.check(probabilities)
"""


@pytest.fixture
def home(tmp_path) -> Folder:
    prepare(Place(ROOT), tmp_path / "mine")
    return Folder(tmp_path / "mine")


def answered(home: Folder, name: str) -> None:
    """Write an answer into a notebook of the learner's, as JupyterLab saves it."""
    file = home.root / name
    notebook = json.loads(file.read_text(encoding="utf-8"))
    [cell] = [c for c in notebook["cells"] if c["cell_type"] == "code"
              and "".join(c["source"]).startswith("# exercise: bigram.probabilities")]
    cell["source"] = RIGHT
    file.write_text(json.dumps(notebook), encoding="utf-8")


def test_it_is_what_comes_first(home):
    found = pathkit("next", "--show", "--folder", home.root)
    assert found.stdout.startswith("next: one-evening · One evening")
    assert "needs nothing before it" in " ".join(found.stdout.split())
    page = json.loads((home.root / "00-start-here.ipynb").read_text(encoding="utf-8"))
    shown = "".join("".join(o["data"]["text/html"]) for c in page["cells"]
                    for o in c.get("outputs", ()))
    assert FILE in shown


@pytest.mark.parametrize("kind, fields", [
    ("check", {"exercise": "bigram.smoothed", "status": "passed"}), ("done", {"undo": False}),
])
def test_who_has_begun_elsewhere_is_not_sent_to_it(home, kind, fields):
    progress_log.append(home.progress, kind, "bigram", **fields)
    assert coming_step(of_folder(home)).module.id != EVENING


def test_what_is_solved_here_is_solved_there(home):
    answered(home, FILE)
    found = pathkit("check", "--folder", home.root)  # the notebook that was saved last
    assert "✓ probabilities: passed" in found.stdout and "1 of 9 passed" in found.stdout
    progress = of_folder(home)
    assert progress.exercise("bigram.probabilities").passed
    assert progress.passed(progress.path.module("bigram")) == 1
    assert not progress.module("bigram").opened  # nobody has been in its notebook
    step = coming_step(progress)
    assert (step.module.id, step.exercise.id) == (EVENING, "bigram.count_pairs")


def test_what_is_solved_there_is_solved_here(home):
    answered(home, "02-bigram.ipynb")
    assert "✓ probabilities" in pathkit("check", "bigram", "--folder", home.root).stdout
    progress = of_folder(home)
    assert progress.passed(progress.path.evening) == 1
    assert coming_step(progress).module.id == "bigram"  # that is where they are


def test_after_the_evening_the_path_begins(home):
    progress = of_folder(home)
    for exercise in progress.path.evening.exercises:
        progress_log.append(home.progress, "check", EVENING, exercise=exercise.id, status="passed")
    progress = of_folder(home)
    assert progress.finished(progress.path.evening)
    step = coming_step(progress)
    assert step.module.id != EVENING and not step.module.requires
    assert progress.passed(progress.path.module("bigram")) == 3


def test_an_exercise_is_known_by_its_name_while_one_is_there(home):
    """Two modules have `windows`; the evening has the one of gpt."""
    progress_log.append(home.progress, "ready", EVENING)
    said = pathkit("hint", "windows", "--folder", home.root)
    assert said.exit_code == 0 and "hello" in said.stdout


def test_an_update_keeps_what_was_written(home):
    answered(home, FILE)
    prepare(Place(ROOT), home.root)
    assert "totals = counts.sum" in (home.root / FILE).read_text(encoding="utf-8")


def test_a_cell_that_is_gone_comes_back(home):
    file = home.root / FILE
    notebook = json.loads(file.read_text(encoding="utf-8"))
    notebook["cells"] = [c for c in notebook["cells"]
                         if c["metadata"]["pathkit"].get("exercise") != "gpt.windows"]
    file.write_text(json.dumps(notebook), encoding="utf-8")
    said = " ".join(pathkit("check", EVENING, "--folder", home.root).stdout.split())
    assert f"{FILE} has no cell for it; `pathkit start` puts a fresh one there." in said
    prepare(Place(ROOT), home.root)
    assert "# exercise: gpt.windows" in file.read_text(encoding="utf-8")
