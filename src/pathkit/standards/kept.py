"""Right answers that are kept beside exercises: enough of them, each for an exercise."""

from __future__ import annotations

from collections.abc import Iterator

from pathkit.curriculum.standards import Standards
from pathkit.path_modules import RIGHT_ANSWERS
from pathkit.standards.finding import Finding, counted
from pathkit.standards.lesson_text import LessonText
from pathkit.strength.kept_answers import read


def findings(text: LessonText, standards: Standards) -> Iterator[Finding]:
    """What is missing in `right_answers.py`, and what nobody would run.

    Raises KeptAnswerError for a file that can't be read.
    """
    file = text.folder / RIGHT_ANSWERS
    answers = read(file)
    for kept in answers:
        if kept.exercise not in text.exercises:
            yield Finding(file, kept.line, f"there is no exercise {kept.exercise}",
                          ", ".join(text.exercises) or "none")
    least = standards.right_answers
    for name, exercise in text.exercises.items() if least is not None else ():
        count = sum(kept.exercise == name for kept in answers)
        if count < least:
            yield Finding(exercise.file, text.line_of(exercise),
                          f"{counted(count, 'right answer')} to {name} in {RIGHT_ANSWERS}",
                          f"{least} or more", f"write others in other styles: # %% {name}: by …")
