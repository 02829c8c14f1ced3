"""The errors that exercises list under "I see error …", and answers that make each of them come.

A cell in `tests/modules/wrong_answers/NAME.py` with the header
`# %% EXERCISE: raises "THE LISTED TEXT"` is run as a learner would run it; what came is the error
that the cell itself raised, else the verdict with the warnings of its run. `...` in a listed text
stands for anything, as the numbers in a shape.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from pathkit.checks.exercise import Exercise
from pathkit.checks.loading import exercises_of
from pathkit.checks.outputs import Outputs, Raised
from pathkit.path_modules import OURS
from pathkit.strength.answer_namespace import names_above
from pathkit.strength.kept_answers import KeptAnswer, read
from tests.conftest import run_cell

WRONG_ANSWERS = Path(__file__).with_name("wrong_answers")

_RAISES = re.compile(r'^raises "(?P<text>.+)"$')


def listed() -> Iterator[tuple[Exercise, str]]:
    """Each exercise with each error text that it lists."""
    for folder in OURS:
        for exercise in exercises_of(folder.name).values():
            yield from ((exercise, text) for text, _ in exercise.errors)


def line(exercise: Exercise, text: str) -> str:
    """A listed error in one line."""
    return f"{exercise.id}: {text}"


def makers(exercise: Exercise, text: str) -> list[KeptAnswer]:
    """The kept answers that are said to make `text` come."""
    return [
        kept for kept in read(WRONG_ANSWERS / f"{_folder(exercise).name}.py")
        if kept.exercise == exercise.name and raises(kept) == text
    ]


def raises(kept: KeptAnswer) -> str:
    """The error text that a kept answer's header names; "" where it names none."""
    found = _RAISES.match(kept.note)
    return found["text"] if found else ""


def what_came(exercise: Exercise, source: str) -> str:
    """All that a learner reads when the cell `source` is run and its answer is checked."""
    try:
        answer = run_cell(source, **names_above(exercise))[exercise.name]
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    outputs = exercise.run(answer)
    return "\n".join([str(exercise.judge(outputs)), *_raised(outputs), *_warned(outputs)])


def _raised(outputs: Outputs) -> list[str]:
    """What a learner who calls the answer reads, also where a misconception is named instead."""
    return [f"{r.error}: {r.message}" for r in outputs.results if isinstance(r, Raised)]


def _warned(outputs: Outputs) -> list[str]:
    return [w.message for result in outputs.results for w in getattr(result, "warned", ())]


def came(text: str, shown: str) -> bool:
    """Whether a listed text is among what was shown."""
    parts = re.split(r"\.\.\.|…", text)
    words = [r"\s+".join(map(re.escape, part.split(" "))) for part in parts]
    return re.search(r"[^\n]*".join(words), shown) is not None


def _folder(exercise: Exercise) -> Path:
    return OURS.folder_of(exercise.module)
