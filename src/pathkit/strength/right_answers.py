"""The right answers that a module keeps beside its references: none of them may be refused."""

from __future__ import annotations

from collections.abc import Iterator

from pathkit.checks.exercise import Exercise
from pathkit.path_modules import OURS, RIGHT_ANSWERS, Modules
from pathkit.strength.answer_namespace import AnswerError, answer_in
from pathkit.strength.kept_answers import KeptAnswer, read


def right_answers(exercise: Exercise, modules: Modules = OURS) -> list[KeptAnswer]:
    """Those to this exercise, in their order.

    Raises KeptAnswerError for a file that can't be read.
    """
    file = modules.folder_of(exercise.module) / RIGHT_ANSWERS
    return [kept for kept in read(file) if kept.exercise == exercise.name]


def strangers(module: str, names: set[str], modules: Modules = OURS) -> Iterator[str]:
    """A line for each kept answer whose exercise isn't among `names`: nobody would run it."""
    file = modules.folder_of(module) / RIGHT_ANSWERS
    for kept in read(file):
        if kept.exercise not in names:
            yield (f"{file.parent.name}/{file.name}:{kept.line}: there is no exercise "
                   f"{kept.exercise}; there are: {', '.join(sorted(names))}")


def refused_right_answers(
    exercise: Exercise, modules: Modules = OURS, seed: int = 0
) -> Iterator[str]:
    """What the check says of each right answer that it refuses under `seed`."""
    for kept in right_answers(exercise, modules):
        place = f"{modules.folder_of(exercise.module).name}/{RIGHT_ANSWERS}:{kept.line}"
        refused = f"right answer refused: {place} ({kept.note})"
        try:
            verdict = exercise.check(answer_in(kept.source, exercise, modules), seed)
        except AnswerError as error:
            yield f"{refused}: {error}"
            continue
        if not verdict.passed:
            yield f"{refused}: {verdict.status}: {verdict.message}"
