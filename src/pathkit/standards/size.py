"""How long a lesson is: cells, words, lines, exercises, minutes, predictions, cards."""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterator

from pathkit.curriculum.standards import Standards
from pathkit.standards.finding import Finding, counted, how_to_fit, within
from pathkit.standards.lesson_text import LessonText, words

HEADING = re.compile(r"^## +(.+?)\s*$", re.MULTILINE)
CONTESTED = "Contested: "


def findings(text: LessonText, standards: Standards) -> Iterator[Finding]:
    """What is too short, too long or missing."""
    yield from _lesson(text, standards)
    yield from code(text, standards)
    yield from _asked(text, standards)
    yield from _last_heading(text, standards)
    yield from _recall(text, standards)


def _lesson(text: LessonText, standards: Standards) -> Iterator[Finding]:
    read = [words(said.text) for said in text.read_by_learners()]
    if (bounds := standards.cells) and not _fits(count := len(text.cells), bounds):
        todo = how_to_fit(count, bounds, "split cells, or teach more in steps",
                          "join cells, or move a topic to another module")
        yield Finding(text.lesson, 1, counted(count, "cell"), within(bounds), todo)
    if (bounds := standards.words) and not _fits(count := sum(read), bounds):
        todo = how_to_fit(count, bounds, "say why, after each result", "cut what nobody would miss")
        yield Finding(text.lesson, 1, f"{counted(count, 'word')} of text", within(bounds), todo)
    if (bounds := standards.text_cell_words) and read:
        if not _fits(median := statistics.median(read), bounds):
            todo = how_to_fit(median, bounds, "join short cells", "split the long ones")
            found = f"a text cell has {median:g} words in the median"
            yield Finding(text.lesson, 1, found, within(bounds), todo)
    if (bounds := standards.exercises) and not _fits(count := len(text.exercises), bounds):
        todo = how_to_fit(count, bounds, "add one as a file in this folder",
                          "drop one, or join two of one idea")
        yield Finding(text.lesson, 1, counted(count, "exercise"), within(bounds), todo)
    if (bounds := standards.minutes) and not _fits(count := text.module.minutes, bounds):
        yield Finding(text.curriculum, text.line,
                      f"module {text.module.id} takes {counted(count, 'minute')}", within(bounds),
                      how_to_fit(count, bounds, "teach more in it", "make two modules of it"))


def code(text: LessonText, standards: Standards) -> Iterator[Finding]:
    """Cells of code that are too long."""
    most = standards.code_cell_lines
    for cell in text.cells if most is not None else ():
        if cell.kind == "code" and (lines := cell.source.count("\n") + 1) > most:
            yield Finding(text.lesson, cell.line, f"a code cell of {lines} lines",
                          f"{most} at most", "split it where something is worth looking at")


def _asked(text: LessonText, standards: Standards) -> Iterator[Finding]:
    least, skip = standards.predictions, standards.skip_questions
    count = sum(cell.kind == "predict" for cell in text.cells)
    if least is not None and count < least:
        yield Finding(text.lesson, 1, counted(count, "prediction"), f"{least} or more",
                      'add one to predictions.py and its cell, # %% predict="ID", before a result')
    count = sum(asked.skip for asked in text.content.predictions.values())
    if skip is not None and count != skip:
        file = text.folder / "predictions.py"
        found = f"{counted(count, 'question')} with skip=True"
        yield Finding(file if file.exists() else text.lesson, 1, found, str(skip),
                      "they tell whether somebody can skip the lesson")


def _last_heading(text: LessonText, standards: Standards) -> Iterator[Finding]:
    if not (wanted := standards.last_heading):
        return
    headings = [(cell.line + 1 + cell.source.count("\n", 0, match.start()), match[1])
                for cell in text.cells if cell.kind == "markdown"
                for match in HEADING.finditer(cell.source)]
    line, last = headings[-1] if headings else (1, "")
    if last != wanted:
        found = f"the last heading is '{last}'" if last else "there is no heading"
        yield Finding(text.lesson, line, found, f"'## {wanted}'", "end the lesson with it")


def _recall(text: LessonText, standards: Standards) -> Iterator[Finding]:
    module, file = text.module, text.recall
    place = (file, 1) if file.exists() else (text.lesson, 1)
    if (bounds := standards.cards) and not _fits(count := len(module.cards), bounds):
        todo = how_to_fit(count, bounds, "add cards to recall.yaml", "keep the best")
        yield Finding(*place, counted(count, "recall card"), within(bounds), todo)
    discuss = module.group.discuss if module.group else ()
    if standards.discuss is not None and len(discuss) != standards.discuss:
        yield Finding(*place, f"{counted(len(discuss), 'question')} to discuss",
                      str(standards.discuss), "they stand in recall.yaml under group: discuss:")
    contested = sum(question.startswith(CONTESTED) for question in discuss)
    if standards.contested is not None and contested != standards.contested:
        yield Finding(*place, f"{counted(contested, 'contested question')}",
                      str(standards.contested),
                      f'begin with "{CONTESTED}" the one that people argue about')


def _fits(count: float, bounds: tuple[int, int]) -> bool:
    return bounds[0] <= count <= bounds[1]
