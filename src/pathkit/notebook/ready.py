"""`path.ready()`: the set-up cell of a notebook, which says what module the checks belong to."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection
from typing import Any

from pathkit.checks.exercise import ExerciseError
from pathkit.checks.loading import exercises_of
from pathkit.checks.settings import remember
from pathkit.checks.steady import steady
from pathkit.display import in_notebook
from pathkit.errors import EnvironmentProblem
from pathkit.learner.whereabouts import modules_here
from pathkit.notebook import session


def ready(module: str, *, fallback: bool | Collection[str] = True) -> None:
    """Choose the module whose exercises the following checks belong to, and say what it holds.

    fallback: whether the reference stands in for answers that haven't passed; in an assignment it
    may be the names of the exercises that it does so for.
    """
    try:
        with steady():
            modules = modules_here()
            exercises = exercises_of(module, modules)
    except EnvironmentProblem as error:
        print(f"{error}.")
        return
    except ExerciseError as error:
        said = f"{error}" if str(error).endswith("?") else f"{error}."
        print(f"{said} Run the set-up cell of an unchanged notebook.")
        return
    session.begin(module, modules, fallback)
    one_thread()
    if in_notebook():
        _log_activity()
        if fallback is not True:
            _watch_stand_ins()
    remember()
    predictions = [p for p in session.predictions(module).values() if not p.skip]
    print(
        f"Ready: module {module} with {_count(len(exercises), 'exercise')} "
        f"and {_count(len(predictions), 'prediction')}."
    )


def one_thread() -> None:
    """Let torch compute on one thread, where a lesson imports it and nobody said otherwise.

    Matrices of a lesson are small: a second thread costs more in waiting than it computes.
    """
    torch = sys.modules.get("torch")
    if torch is not None and not os.environ.get("OMP_NUM_THREADS"):
        torch.set_num_threads(1)


def _watch_stand_ins() -> None:
    from IPython import get_ipython

    from pathkit.notebook.stand_in import watch

    watch(get_ipython())


def _log_activity() -> None:
    from IPython import get_ipython

    events = get_ipython().events
    if _active not in events.callbacks["post_run_cell"]:
        events.register("post_run_cell", _active)


def _active(*_: Any) -> None:
    session.take(session.current().journal.note_active())


def _count(n: int, what: str) -> str:
    return f"{n} {what}{'s' * (n != 1)}"
