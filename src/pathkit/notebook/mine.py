"""`path.mine()`: the learner's own answers of earlier lessons, where they are saved and pass."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Mapping
from typing import Any

from pathkit import path_map
from pathkit.building.exercise_sources import stubs
from pathkit.checks.exercise import Exercise
from pathkit.checks.loading import exercises_of
from pathkit.display import started_in
from pathkit.errors import EnvironmentProblem, NothingMatched
from pathkit.learner import folder, saved
from pathkit.learner.check.check_process import SavedNotebook
from pathkit.learner.whereabouts import modules_of
from pathkit.nearest_name import did_you_mean
from pathkit.notebook_files.answers import find_answers
from pathkit.notebook_files.notebook_file import text_of


def mine(*names: str) -> Any:
    """Answers to exercises of earlier lessons, as in `train = path.mine("tokens.train")`.

    names: of exercises, as `module.exercise`. Each answer is the learner's own where their saved
    notebook holds one that passes its check now, else the path's; one line says which is whose.
    Returns the answer to one name, a list of several. Raises NothingMatched for another name.
    """
    exercises = [_exercise(name) for name in names]
    notebooks: dict[str, tuple[SavedNotebook, Mapping[str, Any]] | None] = {}
    answers, own = [], []
    for exercise in exercises:
        module = exercise.id.rpartition(".")[0]
        if module not in notebooks:
            notebooks[module] = _saved(module)
        answer = _own(exercise, notebooks[module])
        own.append(answer is not None)
        answers.append(exercise.right_answer() if answer is None else answer)
    for whose, wanted in (("yours", True), ("the path's", False)):
        if found := [name for name, is_own in zip(names, own, strict=True) if is_own is wanted]:
            print(f"{whose}: {', '.join(found)}")
    return answers[0] if len(answers) == 1 else answers


def _exercise(name: str) -> Exercise:
    module, _, short = str(name).rpartition(".")
    known = exercises_of(module)
    if short not in known:
        raise NothingMatched(f"{module} has no exercise {short!r}{did_you_mean(short, known)}")
    return known[short]


def _saved(module: str) -> tuple[SavedNotebook, Mapping[str, Any]] | None:
    """The learner's notebook of a module and the answers in it; None where there is none to use."""
    home = folder.at_work(started_in())
    if home is None:
        return None
    try:
        known = path_map.load(home.path_map).module(module)
        notebook = saved.read(saved.notebook_of(home, known))
    except (EnvironmentProblem, NothingMatched, KeyError, OSError):
        return None
    exercises = exercises_of(module)
    answers = find_answers(
        notebook, module, list(exercises), stubs(module, modules_of(home.path_map)))
    places = {answer.cell_index for answer in answers.values()}
    cells = [
        {"source": text_of(cell), "number": place + 1, "answers": place in places}
        for place, cell in enumerate(notebook["cells"]) if cell["cell_type"] == "code"
    ]
    with contextlib.redirect_stdout(io.StringIO()):
        return SavedNotebook(cells, exercises), answers


def _own(
    exercise: Exercise, found: tuple[SavedNotebook, Mapping[str, Any]] | None
) -> Any:
    """The learner's answer if it passes; None if not."""
    if found is None or exercise.name not in found[1]:
        return None
    notebook, answers = found
    answer = answers[exercise.name]
    with contextlib.redirect_stdout(io.StringIO()):
        verdict = notebook.verdict(exercise, answer.source, answer.cell_index + 1)
    return notebook.names[exercise.name] if verdict.get("status") == "passed" else None
