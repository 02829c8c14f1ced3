"""A module is a folder: one file an exercise, short enough to be read in one sitting."""

from __future__ import annotations

import ast
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pathkit.checks.loading import exercises_of
from pathkit.path_modules import LESSON, OURS, Modules, in_order, python_files

FOLDERS = list(OURS)
LONGEST = 200


def tops(file: Path) -> list[ast.stmt]:
    return ast.parse(file.read_text(encoding="utf-8")).body


def decorated(file: Path, name: str) -> list[ast.Call]:
    return [
        d for node in tops(file) if isinstance(node, ast.FunctionDef | ast.ClassDef)
        for d in node.decorator_list
        if isinstance(d, ast.Call) and ast.unparse(d.func).rpartition(".")[2] == name
    ]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda f: f.name)
def test_a_file_holds_one_exercise_with_its_wrong_answers(folder):
    files = python_files(folder)
    assert files
    for file in files:
        lines = file.read_text(encoding="utf-8").count("\n")
        assert lines <= LONGEST, f"{file.name} has {lines} lines; split it"
        assert len(decorated(file, "exercise")) <= 1, file.name
        wrong = {ast.unparse(d.func).partition(".")[0] for d in decorated(file, "misconception")}
        names = {n.name for n in tops(file) if isinstance(n, ast.FunctionDef | ast.ClassDef)}
        if file.stem.endswith("_misconceptions"):
            of = file.stem.removesuffix("_misconceptions")  # `attention`, which holds `Attention`
            names = {alias.name for node in tops(file) if isinstance(node, ast.ImportFrom)
                     and node.module == of for alias in node.names}
        assert wrong <= names, f"{file.name}: wrong answers to another file's exercise"


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda f: f.name)
def test_an_exercise_stands_in_the_lesson_as_the_import_of_its_reference(folder):
    module = folder.name.replace("_", "-")
    imported = {
        alias.name: node.module for node in tops(folder / LESSON)
        if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    for name, exercise in exercises_of(module).items():
        assert imported[name] == f"pathkit.modules.{folder.name}.{exercise.file.stem}"
        assert exercise.module == module and exercise.file.parent == folder


def test_names_of_the_last_version_still_lead_to_the_answers():
    """Cells that a learner changed keep their imports when the notebook around them is updated."""
    from pathkit.exercises import bigram as finished
    from pathkit.exercises.word_vectors import loss

    assert finished.smoothed is exercises_of("bigram")["smoothed"]
    assert loss is exercises_of("word-vectors")["loss"]
    assert finished.SYMBOLS.startswith(".ab")
    with pytest.raises(AttributeError, match="module 'bigram' has no answer 'smothed'"):
        finished.smothed  # noqa: B018
    with pytest.raises(ImportError):
        from pathkit.exercises import no_such_module  # noqa: F401


def test_answers_are_looked_up_once():
    """Lessons call them in loops."""
    from pathkit.exercises import bigram as finished

    assert finished.smoothed is vars(finished)["smoothed"]
    begun = time.perf_counter()
    for _ in range(1000):
        finished.smoothed, exercises_of("bigram")  # noqa: B018
    assert time.perf_counter() - begun < 1.0


@pytest.mark.parametrize("script", [
    "import pathkit.path_modules", "import pathkit.building.build",
    "from pathkit.building.exercise_files import read",
])
def test_reading_modules_runs_nothing_of_them(script):
    check = f"import sys; {script}; sys.exit(not {{'numpy', 'torch'}}.isdisjoint(sys.modules))"
    assert subprocess.run([sys.executable, "-c", check], timeout=60).returncode == 0


def test_one_module_is_loaded_without_the_others():
    check = ("import sys; from pathkit.exercises import bigram, gpt; bigram.smoothed\n"
             "sys.exit(any('modules.gpt' in name or name == 'torch' for name in sys.modules))")
    assert subprocess.run([sys.executable, "-c", check], timeout=60).returncode == 0


@pytest.mark.slow
def test_a_lesson_runs_as_a_script(tmp_path):
    ran = subprocess.run(
        [sys.executable, "-m", "pathkit.modules.bigram.lesson"], cwd=tmp_path, timeout=300,
        capture_output=True, text=True, env={"MPLBACKEND": "agg", "HOME": str(tmp_path)},
    )
    assert ran.returncode == 0, ran.stderr
    assert "Ready: module bigram" in ran.stdout


def test_what_is_no_module_is_passed_over(tmp_path):
    for name in ("one", "__pycache__", ".ipynb_checkpoints"):
        (tmp_path / name).mkdir()
    (tmp_path / "notes.py").write_text("")
    assert [folder.name for folder in Modules.at(tmp_path)] == ["one"]
    (tmp_path / "one" / LESSON).write_bytes(b"\xff")
    assert in_order(tmp_path / "one", {"b": 1, "a": 2}) == {"b": 1, "a": 2}
