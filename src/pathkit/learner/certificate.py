"""What a learner's log and kept model show: the facts of their certificate, nothing beyond them.

A page can't know who wrote the answers, and says so. The loss of a kept model is measured again, on
the stories that the lesson holds out: what its file claims isn't repeated.
"""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

from pathkit.errors import EnvironmentProblem
from pathkit.files import write_atomically
from pathkit.learner import own_model
from pathkit.learner.folder import Folder
from pathkit.learner.progress import Progress
from pathkit.pages.templates import environment
from pathkit.path_map import Module

NAME = "certificate.html"


@dataclasses.dataclass(frozen=True)
class Row:
    """One module with something to show: exercises passed, and how many of them unaided.

    unaided: passed without the solution having been shown. predictions, right: first answers that
    were given, and those that came out right.
    """

    number: int
    title: str
    passed: int
    exercises: int
    unaided: int
    predictions: int
    right: int


@dataclasses.dataclass(frozen=True)
class Facts:
    """All that the page says. loss: nats per character, measured now; None without a model."""

    title: str
    rows: tuple[Row, ...]
    exercises: int
    first: date | None
    last: date | None
    days: int
    loss: float | None = None
    steps: int = 0

    def total(self, what: str) -> int:
        """The sum of one of the rows' numbers."""
        return sum(getattr(row, what) for row in self.rows)


def facts(progress: Progress, home: Folder) -> Facts:
    """Collect them from the log and the folder."""
    rows = [_row(progress, module) for module in progress.path.modules]
    shown = tuple(row for row in rows if row.passed or row.predictions)
    loss, steps = _measured(home)
    days = sorted(progress.days)
    return Facts(
        progress.path.title, shown, sum(row.exercises for row in rows),
        days[0] if days else None, days[-1] if days else None, len(days), loss, steps,
    )


def _row(progress: Progress, module: Module) -> Row:
    states = [progress.exercise(exercise.id) for exercise in module.exercises]
    answered = [right for name, (_, right) in progress.predictions.items()
                if name.rpartition(".")[0] == module.id]
    return Row(
        module.number, module.title, sum(s.passed for s in states), len(states),
        sum(s.passed and not s.solution_shown for s in states), len(answered), sum(answered),
    )


def _measured(home: Folder) -> tuple[float | None, int]:
    """The loss of the learner's own model and the steps that its file names; None without one."""
    try:
        found = own_model.find(home, "gpt")
    except EnvironmentProblem:
        return None, 0
    if not found.usable:
        return None, 0
    from pathkit.kept_models.kept_model import KeptModel
    from pathkit.training.gpt_recipe import held_out_loss, reference

    model = KeptModel(found.facts, found.weights, True, lambda layout: reference()).model
    return held_out_loss(model)[0], found.facts.steps


def html(found: Facts, name: str, today: date) -> str:
    """The page, for printing; name: the learner's, as they gave it, "" for none."""
    return environment(Path(__file__).parent).get_template(NAME).render(
        facts=found, name=name, today=today.isoformat())


def write(found: Facts, name: str, today: date, file: Path) -> None:
    """Write the page; one that was there is replaced. Raises OSError."""
    before = file.read_bytes() if file.is_file() else None
    write_atomically(file, html(found, name, today).encode(), before)
