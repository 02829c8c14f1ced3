"""A module as lint reads it: its cells with their lines, and all that learners are told."""

from __future__ import annotations

import ast
import dataclasses
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pathkit.building.exercise_files import Content
from pathkit.building.lesson import Cell
from pathkit.checks.exercise import Exercise
from pathkit.checks.prediction import Choice, Prediction
from pathkit.path_modules import LESSON, RECALL

CODE = re.compile(r"```.*?```|`[^`]*`|\$\$.*?\$\$|\$[^$]*\$", re.DOTALL)
MARKUP = re.compile(r"^(#+|[-*]|\d+\.)\s.*?(?=\s)|\*\*", re.MULTILINE)
END_OF_SENTENCE = re.compile(r"(?<=[.?:])\s+|\n\n")


class Said(NamedTuple):
    """A text that learners read, and where it stands."""

    file: Path
    line: int
    text: str


@dataclasses.dataclass(frozen=True)
class LessonText:
    """All of one module. folder: absolute; module: its entry in the curriculum, at `line` there.

    exercises, predictions: what the files of the folder define, loaded.
    curriculum: the file that the entry stands in.
    """

    module: Any
    folder: Path
    curriculum: Path
    line: int
    cells: Sequence[Cell]
    content: Content
    exercises: Mapping[str, Exercise]
    predictions: Mapping[str, Prediction]

    @property
    def lesson(self) -> Path:
        """The file of the cells."""
        return self.folder / LESSON

    @property
    def recall(self) -> Path:
        """The file of cards and the group's box; it need not exist."""
        return self.folder / RECALL

    def place(self, where: str) -> tuple[Path, int]:
        """File and line of a place that is written `folder/file.py:3`."""
        name, _, line = where.rpartition(":")
        return self.folder / name.rpartition("/")[2], int(line)

    def code(self) -> Iterator[tuple[Cell, ast.Module]]:
        """Cells of code, exercises and predictions, each with its syntax tree."""
        for cell in self.cells:
            if cell.kind != "markdown":
                try:
                    yield cell, ast.parse(cell.source)
                except SyntaxError:  # a magic, such as %timeit
                    continue

    def read_by_learners(self) -> Iterator[Said]:
        """The prose of a lesson: its cells, the prompts, what is asked before a cell is run."""
        for cell in self.cells:
            if cell.kind == "markdown":
                yield Said(self.lesson, cell.line, cell.source)
            elif cell.kind == "exercise":
                found = self.content.exercises[cell.name]
                yield Said(*self.place(found.where), found.prompt)
            elif cell.kind == "predict":
                asked = self.content.predictions[cell.name]
                yield Said(*self.place(asked.where), asked.ask)

    def everything_said(self) -> Iterator[Said]:
        """The prose, and what checks, hints and answers to predictions say."""
        yield from self.read_by_learners()
        for exercise in self.exercises.values():
            place = exercise.file, self.line_of(exercise)
            told = [exercise.title, exercise.passed, *exercise.hints]
            for text in [*told, *(what for _, what in exercise.errors)]:
                yield Said(*place, text)
            for wrong in (one for one in exercise.misconceptions if not one.spelling):
                yield Said(*place_of(wrong.answer, place), wrong.message)
        for name, prediction in self.predictions.items():
            place = self.place(self.content.predictions[name].where)
            if isinstance(prediction, Choice):
                texts = [text for option in prediction.options.values() for text in option]
            else:
                texts = [prediction.low, prediction.high, prediction.right]
            for text in texts:
                yield Said(*place, text)

    def line_of(self, exercise: Exercise) -> int:
        """Where an exercise begins in its file."""
        found = self.content.exercises.get(exercise.name)
        return self.place(found.where)[1] if found else 1


def place_of(answer: Any, default: tuple[Path, int]) -> tuple[Path, int]:
    """File and line where a function or class is written."""
    import inspect

    try:
        file, line = inspect.getsourcefile(answer), inspect.getsourcelines(answer)[1]
    except (OSError, TypeError):
        return default
    return (Path(file), line) if file else default


def words(text: str) -> int:
    """How many words a text has."""
    return len(text.split())


def prose(text: str) -> str:
    """Text without code, math and table rows, whose punctuation means something else."""
    text = CODE.sub(lambda found: " x" + "\n" * found[0].count("\n") + " ", text)
    return "\n".join("" if line.lstrip().startswith("|") else line for line in text.splitlines())


def sentences(text: str) -> list[str]:
    """The sentences of more than two words."""
    bare = MARKUP.sub(" ", prose(text))
    return [s for s in END_OF_SENTENCE.split(bare) if words(s) > 2]
