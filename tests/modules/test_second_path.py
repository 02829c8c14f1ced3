"""A path of its own goes the whole way: what the kit does for ours, it does for any."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from pathkit.building import exercise_files
from pathkit.building.build import Place
from pathkit.checks.exercise import ExerciseError
from pathkit.checks.loading import exercises_of, predictions_of
from pathkit.classroom.grading.edition import edition
from pathkit.classroom.grading.one_file import NotSeparable
from pathkit.errors import EnvironmentProblem
from pathkit.learner.lab.start import prepare
from pathkit.learner.whereabouts import modules_of
from pathkit.path_modules import OURS, Modules
from tests.this_machine import trouble

SOURCE = Path(__file__).parents[1] / "paths" / "counting"
SANDBOX = () if not trouble() else ("--unsafe-no-sandbox",)
RIGHT = "def count_pairs(words):\n    return dict(Counter(zip(words, words[1:])))\n"
WRONG = "def count_pairs(words):\n    return dict(Counter(zip(words[1:], words)))\n"


def copied(folder: Path) -> Path:
    made = shutil.copytree(SOURCE, folder, ignore=shutil.ignore_patterns("__pycache__"))
    return Path(made)


def pathkit(*arguments: str | Path, cwd: Path, code: int = 0) -> str:
    """What a command says on stdout and stderr; it must end with `code`."""
    ran = subprocess.run(
        [sys.executable, "-c", "from pathkit.cli import main; main()", *map(str, arguments)],
        cwd=cwd, capture_output=True,
        text=True, timeout=300, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    said = ran.stdout + ran.stderr
    assert ran.returncode == code and "Traceback" not in said, said
    return said


@pytest.fixture(scope="module")
def root(tmp_path_factory) -> Path:
    """The path, built and run."""
    folder = copied(tmp_path_factory.mktemp("second") / "my course")
    pathkit("--root", folder, "build", cwd=folder.parent)
    pathkit("--root", folder, "run", cwd=folder.parent)
    return folder


def answered(file: Path, code: str) -> None:
    """Write an answer to `count_pairs` into a notebook."""
    notebook = json.loads(file.read_text(encoding="utf-8"))
    [cell] = [c for c in notebook["cells"] if c["id"] == "bigram-count-pairs-exercise"]
    check = "".join(cell["source"]).rpartition("\n")[2]
    cell["source"] = f"# exercise: bigram.count_pairs\n{code}\n"
    cell["source"] += check
    file.write_text(json.dumps(notebook), encoding="utf-8")


@pytest.mark.slow
def test_it_is_built_and_its_solutions_run(root):
    assert pathkit("--root", root, "build", "--check", cwd=root.parent) == ""
    solution = (root / "notebooks/solutions/01-bigram.ipynb").read_text(encoding="utf-8")
    assert "Ready: module bigram with 1 exercise and 1 prediction." in solution
    assert "2 times" in solution and "✓ count_pairs: passed" in solution
    assert "One less than n." in (root / "notebooks/01-bigram.ipynb").read_text(encoding="utf-8")
    pathkit("--root", root, "run", "--learner", cwd=root.parent)


@pytest.mark.slow
def test_its_checks_are_measured(root):
    lines = pathkit("--root", root, "verify", "--json", cwd=root.parent).splitlines()
    found = [json.loads(line) for line in lines if line.startswith("{")]
    assert [one["exercise"] for one in found] == [
        "bigram.count_pairs", "word-lengths.mean_length", "word-lengths.longest",
    ]
    assert all(one["misconceptions"] == 3 and one["killed"] for one in found)


@pytest.mark.slow
@pytest.mark.parametrize("place", ["in the project", "elsewhere"])
def test_learners_work_on_it(root, tmp_path, place):
    folder = root / "my-path" if place == "in the project" else tmp_path / "mine"
    prepare(Place(root), folder)
    notebook = folder / "01-bigram.ipynb"
    answered(notebook, RIGHT)
    said = pathkit("check", "bigram", cwd=folder)
    assert "✓ count_pairs" in said and "1 of 1 passed" in said
    answered(notebook, WRONG)
    said = pathkit("check", "bigram", cwd=folder, code=1)
    assert "The words are exchanged" in " ".join(said.split())
    assert "max(words, key=len)" in pathkit("solution", "longest", "--now", cwd=folder)
    assert "Counting words" in pathkit("status", cwd=folder)
    # The kernel of a notebook stands where its notebook lies.
    script = "import pathkit as p; p.ready('bigram'); p.solution('count_pairs'); p.progress()"
    ran = subprocess.run([sys.executable, "-c", script], cwd=folder, capture_output=True, text=True)
    assert ran.stdout.startswith("Ready: module bigram with 1 exercise and 1 prediction."), ran


@pytest.mark.slow
def test_a_project_that_moves_takes_the_folder_inside_it_along(root, tmp_path):
    moved = copied(tmp_path / "before")
    pathkit("--root", moved, "build", cwd=tmp_path)
    prepare(Place(moved), moved / "my-path")
    prepare(Place(moved), tmp_path / "outside")
    moved.rename(tmp_path / "after")
    inside = tmp_path / "after/my-path/.pathkit/path.json"
    assert modules_of(inside) == Modules.at(tmp_path / "after/modules")
    with pytest.raises(EnvironmentProblem, match="pathkit start"):
        modules_of(tmp_path / "outside/.pathkit/path.json")
    said = pathkit("check", "bigram", cwd=tmp_path / "outside", code=4)
    assert len(said.splitlines()) == 1 and "before/modules" in said
    script = "import pathkit as p; p.skip('bigram', 'a'); p.ready('bigram')"
    ran = subprocess.run([sys.executable, "-c", script], cwd=tmp_path / "outside",
                         capture_output=True, text=True)
    assert not ran.stderr and ran.stdout.count("pathkit start") == 2, ran


@pytest.mark.slow
def test_it_is_assigned_and_graded(root, tmp_path):
    out = tmp_path / "week.zip"
    pathkit("--root", root, "assign", "bigram", "word-lengths", "--due", "2099-03-01T23:59+01:00",
            "--with-notes", "--out", out, cwd=tmp_path)
    for name, code in (("Ada Right", RIGHT), ("Bo Wrong", WRONG), ("Cy Stub", None)):
        folder = tmp_path / "submissions" / name
        with zipfile.ZipFile(out) as archive:
            archive.extractall(folder, ["01-bigram.ipynb", "02-word-lengths.ipynb"])
        if code:
            answered(folder / "01-bigram.ipynb", code)
    arguments = ("grade", tmp_path / "submissions", "--assignment", out, "--jobs", "1", *SANDBOX)
    said = pathkit("--root", root, *arguments, "--out", tmp_path / "grades", "--full", cwd=tmp_path)
    text = (tmp_path / "grades/grades.csv").read_text(encoding="utf-8")
    assert all(name in text for name in ("Ada Right", "Bo Wrong", "Cy Stub")), said
    lines = [json.loads(line) for line in
             (tmp_path / "grades/results.jsonl").read_text(encoding="utf-8").splitlines()]
    told = {line["name"]: line["answers"][0]["verdict"] for line in lines}
    assert all(len(line["answers"]) == 3 for line in lines)
    assert told["Ada Right"]["status"] == "passed" and told["Cy Stub"]["status"] == "not attempted"
    assert told["Bo Wrong"]["misconception"] == "_backwards"
    whole = next((tmp_path / "grades/full").glob("*[Aa]da*/bigram.ipynb")).read_text("utf-8")
    assert "2 times" in whole, "the lesson shows what the student's own answer gives"
    said = pathkit(*arguments, "--out", tmp_path / "none", cwd=tmp_path, code=4)
    assert len(said.splitlines()) == 1 and "is of another path" in said and "word-lengths" in said


@pytest.fixture
def other(tmp_path) -> Modules:
    return Place(copied(tmp_path / "course")).modules


def test_two_paths_in_one_process_dont_mix_up(other, tmp_path):
    again = Place(copied(tmp_path / "again")).modules
    edit = again.folder_of("bigram") / "count_pairs.py"
    edit.write_text(edit.read_text(encoding="utf-8").replace("minutes=5", "minutes=9"))
    first = exercises_of("bigram", other)
    assert list(exercises_of("bigram")) == list(exercises_of("bigram", OURS)) != list(first)
    assert exercises_of("bigram", other)["count_pairs"] is first["count_pairs"]
    assert exercises_of("bigram")["count_pairs"] is not first["count_pairs"]
    assert exercises_of("bigram", again)["count_pairs"].minutes == 9
    assert first["count_pairs"].minutes == 5
    assert len({m.package for m in (other, again, OURS)}) == 3
    assert set(predictions_of("bigram", other)) == {"how-many", "skip-pairs"}
    assert "how-many" not in predictions_of("bigram")
    for found in (first, exercises_of("word-lengths", other), exercises_of("bigram")):
        for exercise in found.values():
            assert exercise.check(exercise).passed
    with pytest.raises(ExerciseError, match="no exercises for module 'word-lengths'"):
        exercises_of("word-lengths")


def test_the_lesson_gives_the_order_of_exercises(other):
    assert list(exercises_of("word-lengths", other)) == ["mean_length", "longest"]
    folder = other.folder_of("word-lengths")
    assert list(exercise_files.read(folder).exercises) == ["mean_length", "longest"]
    lesson = (folder / "lesson.py").read_text(encoding="utf-8")
    (folder / "lesson.py").write_text(lesson.replace('"mean_length"', '"no_longer"'))
    assert list(exercises_of("word-lengths", other)) == ["longest", "mean_length"], "a draft"


def test_what_neighbours_define_is_cut_into_an_edition(other):
    for name in ("mean_length", "longest"):
        exercise = exercises_of("word-lengths", other)[name]
        source = edition(exercise.file, exercise.module, name).source
        assert "def random_words" in source and "import" not in source
        assert "max(" not in source and "sum(" not in source
        space: dict = {"__name__": "probes"}
        exec(source, space)
        assert len(space["PROBES"](__import__("numpy").random.default_rng(1))) == 3


@pytest.mark.parametrize(("line", "said"), [
    ("from . import texts", "import what is needed from the file that defines it"),
    ("from .texts import random_words\n\ndef random_words(): ...", "'random_words' is defined in"),
])
def test_what_can_not_be_cut_out_is_said_with_its_line(other, line, said):
    file = other.folder_of("bigram") / "count_pairs.py"
    text = file.read_text(encoding="utf-8").replace("from .texts import random_words", line)
    file.write_text(text)
    with pytest.raises(NotSeparable, match=rf"count_pairs\.py:\d+: {said}"):
        edition(file, "bigram", "count_pairs")


def test_a_path_may_take_a_few_of_the_kits_modules_or_have_no_lesson(tmp_path):
    curriculum = (SOURCE / "curriculum.yaml").read_text(encoding="utf-8")
    place = Place(tmp_path)
    place.curriculum.write_text(
        curriculum.replace("id: bigram", "id: pairs").replace("[bigram]", "[pairs]")
        .replace("        exercises: [count_pairs]\n", "")
        .replace("        exercises: [mean_length, longest]\n", ""), encoding="utf-8",
    )
    assert place.modules == OURS
    assert "notebooks/01-pairs.ipynb" in pathkit("build", cwd=tmp_path)
