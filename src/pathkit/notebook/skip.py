"""`path.skip()`: the questions at a notebook's start, for those who may know it all."""

from __future__ import annotations

from typing import Any

from pathkit.checks.prediction_input import is_empty, letters
from pathkit.checks.settings import standard_settings
from pathkit.display import display
from pathkit.errors import EnvironmentProblem
from pathkit.learner.whereabouts import modules_here
from pathkit.nearest_name import did_you_mean
from pathkit.notebook import session


def skip(module: str, *answers: Any) -> None:
    """Judge the answers to the questions at a notebook's start: all right means skip ahead."""
    if not session.current_module():  # these questions come before the set-up cell
        try:
            session.current().modules = modules_here()
        except EnvironmentProblem as error:
            print(f"{error}.")
            return
    questions = [p for p in session.predictions(module).values() if p.skip]
    if not questions:
        print(f"There are no questions for module {module!r}{_meant_module(module)}")
        return
    answers = letters(answers, len(questions))
    if all(map(is_empty, answers)):
        print(f"Not answered: go on with the notebook, or {_how_to_skip(module, len(questions))}.")
        return
    if len(answers) != len(questions):
        print(
            f"{len(questions)} answers are expected, one for each question; got {len(answers)}: "
            f"{_how_to_skip(module, len(questions))}."
        )
        return
    with standard_settings():
        verdicts = [
            q.judge(a, f"{module}.{q.id}") for q, a in zip(questions, answers, strict=True)
        ]
    for verdict in verdicts:
        display(verdict)
    known = all(v.passed for v in verdicts)
    if not session.current_module():
        session.open_journal(module)
    session.note("skip", module, known=known)
    if known:
        print("All right: you can go straight to Stretch, and come back when it resists.")
    else:
        print("Not all right yet: this notebook is for you.")
    session.tell_listeners()


def _how_to_skip(module: str, count: int) -> str:
    like = ", ".join(f'"{letter}"' for letter in ("abc" * count)[:count])
    return f'write {count} letters in quotes, as in `path.skip("{module}", {like})`'


def _meant_module(module: str) -> str:
    try:
        known = [m.id for m in session.progress_so_far().path.modules]
    except EnvironmentProblem:
        return "."
    return "." if module in known else did_you_mean(module, known, ".")
