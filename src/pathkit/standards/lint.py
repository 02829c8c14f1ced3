"""`pathkit lint`: everything that modules don't hold, a line each."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pathkit import curriculum
from pathkit.building import exercise_files, lesson
from pathkit.building.build import Place
from pathkit.building.exercise_files import ContentError
from pathkit.checks.exercise import ExerciseError
from pathkit.checks.loading import exercises_of, predictions_of
from pathkit.curriculum.standards import Standards
from pathkit.errors import chosen
from pathkit.path_modules import EVENING, python_files
from pathkit.standards import (
    broken_lesson,
    broken_prediction,
    evening,
    figures,
    imports,
    kept,
    module_ids,
    options,
    probes,
    size,
    terms,
    unused_files,
    wording,
)
from pathkit.standards.finding import Finding
from pathkit.standards.lesson_text import LessonText
from pathkit.strength.kept_answers import KeptAnswerError
from pathkit.strength.soundness import unsound

WHERE = re.compile(r"(?P<file>[^:\s]+\.(?:py|yaml)):(?P<line>\d+): (?P<what>.*)", re.DOTALL)


@dataclasses.dataclass(frozen=True)
class Linted:
    """What was found. unreadable: what kept a module from being looked at; drafts: module ids.

    notices: what somebody should look at and may well be meant; no failure.
    """

    modules: tuple[str, ...]
    findings: tuple[Finding, ...]
    unreadable: tuple[Finding, ...]
    drafts: tuple[str, ...]
    notices: tuple[Finding, ...] = ()


def lint(place: Place, names: Sequence[str] = ()) -> Linted:
    """Hold modules (all by default) against the standards of their path.

    Modules without a lesson are drafts and no failure. Raises CurriculumError for a curriculum
    that can't be read, NothingMatched for a module that isn't there.
    """
    path = curriculum.load(place.curriculum, modules=place.modules)
    evenings = [EVENING] if place.modules.evening.exists() else []
    wanted = chosen(names, [*evenings, *(module.id for module in path.modules)])
    texts, unreadable, drafts = [], [], []
    # All are read: how often an option is right counts over the whole path.
    for module in path.modules:
        if not place.modules.lesson(module.id).exists():
            drafts += [module.id] * (module.id in wanted)
            continue
        try:
            texts.append(read(place, path, module))
        except (ContentError, ExerciseError) as error:
            if module.id in wanted:
                unreadable.append(_as_finding(str(error), place.modules.folder_of(module.id)))
    found = [finding for text in texts if text.module.id in wanted
             for finding in _of_module(text, path)]
    if EVENING in wanted:
        try:
            contents = {text.module.id: text.content for text in texts}
            found += evening.findings(place, path, contents)
        except ContentError as error:
            unreadable.append(_as_finding(str(error), place.modules.folder))
    folders = {place.modules.folder_of(name) for name in wanted}
    found += [f for f in terms.used_too_early(texts) if f.file.parent in folders]
    found += [f for f in options.guessable(texts, path.standards) if f.file.parent in folders]
    notices = [n for text in texts if text.module.id in wanted for n in probes.notices(text)]
    return Linted(tuple(wanted), tuple(dict.fromkeys(found)), tuple(unreadable), tuple(drafts),
                  tuple(notices))


def broken_lessons(place: Place, names: Sequence[str] = ()) -> list[Finding]:
    """What makes lessons broken whatever the path demands; exercises are measured elsewhere.

    Raises CurriculumError, ContentError and ExerciseError for what can't be read, NothingMatched
    for a module that isn't there.
    """
    path = curriculum.load(place.curriculum, modules=place.modules)
    found = []
    for name in chosen(names, [module.id for module in path.modules]):
        if place.modules.lesson(name).exists():
            found += _broken(read(place, path, path.module(name)))
        else:
            exercise_files.read(place.modules.folder_of(name), path.levels)
    return found


def read(place: Place, path: Any, module: Any) -> LessonText:
    """A module with its lesson; raises ContentError and ExerciseError for what can't be read."""
    folder = place.modules.folder_of(module.id)
    content = exercise_files.read(folder, path.levels)
    cells = lesson.read(place.modules.lesson(module.id), content)
    loaded = bool(python_files(folder))
    return LessonText(
        module, folder, place.curriculum, _line_in(place.curriculum, module.id), cells, content,
        exercises_of(module.id, place.modules) if loaded else {},
        predictions_of(module.id, place.modules) if loaded else {},
    )


def _of_module(text: LessonText, path: Any) -> Iterator[Finding]:
    standards: Standards = path.standards
    yield from _broken(text)
    for exercise in text.exercises.values():
        for one in unsound(exercise):
            yield _as_finding(str(one), text.folder)
    yield from probes.findings(text)
    yield from size.findings(text, standards)
    yield from figures.findings(text, standards)
    yield from wording.findings(text, standards)
    yield from options.findings(text, standards)
    yield from imports.findings(text, standards, path)
    yield from module_ids.findings(text, path.modules)
    try:
        yield from kept.findings(text, standards)
    except KeptAnswerError as error:
        yield _as_finding(str(error), text.folder)


def _broken(text: LessonText) -> Iterator[Finding]:
    yield from broken_lesson.findings(text)
    yield from broken_prediction.findings(text)
    yield from unused_files.findings(text.folder)
    yield from terms.findings(text)


def _as_finding(said: str, folder: Path) -> Finding:
    """What begins with `folder/file.py:3: `, as a finding."""
    if match := WHERE.match(said):
        file = folder.parent / match["file"]
        return Finding(file, int(match["line"]), match["what"])
    return Finding(folder / "lesson.py", 1, said)


def _line_in(file: Path, module: str) -> int:
    """Where a module begins in the curriculum."""
    pattern = re.compile(rf"^\s*-?\s*[{{]?\s*id:\s*[\"']?{re.escape(module)}[\"']?\s*(,|$|#)")
    lines = file.read_text(encoding="utf-8").splitlines()
    return next((n for n, line in enumerate(lines, 1) if pattern.search(line)), 1)
