"""`one_evening.py` beside the modules -> the notebook that leads once through all of a path.

It is a lesson whose exercises are the modules' own, `exercise="bigram.count_pairs"`: what is solved
in one of the two notebooks is solved in the other. A path may have one or not.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from pathkit.building import (
    lesson,
    module_text,
    notebook,
    notebook_cells,
    resource_lists,
    terms_text,
)
from pathkit.building.exercise_files import Content, ExerciseText
from pathkit.building.layout import is_set_up
from pathkit.building.lesson import Cell
from pathkit.building.lesson_links import numbered
from pathkit.building.markdown import level
from pathkit.building.python_source import ContentError
from pathkit.nearest_name import did_you_mean
from pathkit.path_modules import EVENING, Modules
from pathkit.quantities import count, length

FILE = f"00-{EVENING}.ipynb"
OPTIONS = {
    "exercise": str, "tags": list, "minutes": int, "module": str, "resource": str, "terms": list,
}
KINDS = {str: "a text in quotes", int: "a number", list: "a list of texts"}


@dataclasses.dataclass(frozen=True)
class Section:
    """A part of the evening: where it begins, how long it takes, where it is told in full."""

    start: int
    minutes: int
    module: str
    resource: str


@dataclasses.dataclass(frozen=True)
class Evening:
    """The notebook as it was written. exercises: each with the id of the module that it is of.

    terms: the field's words for the page at its end. ready: ids of modules that have a lesson.
    """

    title: str
    tagline: str
    cells: Sequence[Cell]
    sections: Sequence[Section]
    exercises: Sequence[tuple[str, ExerciseText]]
    terms: Sequence[Any]
    ready: frozenset[str]
    file: str = FILE

    @property
    def minutes(self) -> int:
        """What its sections take together."""
        return sum(section.minutes for section in self.sections)


def read(modules: Modules, curriculum: Any, contents: Mapping[str, Content]) -> Evening | None:
    """The evening of a path; None where it has none. contents: of the modules with a lesson.

    A path that takes a few modules of a folder and leaves out one that the evening borrows from
    has no evening either.

    Raises ContentError, `file:line: what`, for a file that isn't Python and for options, modules,
    exercises, resources and terms that there aren't.
    """
    left_out = {m for m, _ in modules.borrowed() if modules.lesson(m).exists()} - set(contents)
    if left_out or not modules.evening.exists():
        return None
    raws, places = lesson.cells_and_places(modules.evening)
    reader = _Reader(curriculum, contents)
    for raw, place in zip(raws, places, strict=True):
        reader.take(raw, place)
    return reader.evening(places[0] if places else f"{modules.evening.name}:1")


class _Reader:
    """Goes through the cells and refuses what leads nowhere."""

    def __init__(self, curriculum: Any, contents: Mapping[str, Content]):
        self.curriculum = curriculum
        self.contents = contents
        self.terms = {t.term: t for m in curriculum.modules if m.id in contents for t in m.terms}
        self.cells: list[Cell] = []
        self.sections: list[Section] = []
        self.exercises: list[tuple[str, ExerciseText]] = []
        self.wanted: list[Any] = []

    def take(self, raw: Any, place: str) -> None:
        """Take in one cell; `place` is its file and line."""
        options = lesson.options_of(raw)
        for name, value in options.items():
            kind = OPTIONS.get(name)
            if kind is None:
                raise ContentError(f"{place}: unknown cell option {name!r}"
                                   f"{did_you_mean(name, OPTIONS, _there_are(OPTIONS))}")
            if not isinstance(value, kind):
                raise ContentError(f"{place}: {name}= is not {KINDS[kind]}")
        kind, name = lesson.kind_of(raw, place), ""
        if "exercise" in options:
            kind, name = "exercise", self._exercise(options["exercise"], place)
        if "minutes" in options:
            self._section(options, place)
        elif "module" in options or "resource" in options:
            raise ContentError(f"{place}: a section says its minutes=, too")
        for term in options.get("terms", ()):
            self.wanted.append(_found(self.terms, term, "term", place))
        line = int(place.rpartition(":")[2])
        self.cells.append(Cell(kind, raw.source, tuple(options.get("tags", ())), name, line))

    def _exercise(self, full: str, place: str) -> str:
        module, dot, name = full.rpartition(".")
        if not dot:
            raise ContentError(f"{place}: {full!r} is not MODULE.EXERCISE")
        found = _found(self.contents, module, "module with a lesson", place)
        self.exercises.append((module, _found(found.exercises, name, "exercise", place)))
        names = [text.name for _, text in self.exercises]
        if names.count(name) > 1:
            raise ContentError(f"{place}: a second exercise is named {name!r}: a check knows them "
                               "by their names")
        return name

    def _section(self, options: Mapping[str, Any], place: str) -> None:
        module, resource = options.get("module", ""), options.get("resource", "")
        if module:
            _found({m.id: m for m in self.curriculum.modules}, module, "module", place)
        if resource:
            known = {r.id: r for r in self.curriculum.resources}
            _found(known, resource, "resource", place)
        self.sections.append(Section(len(self.cells), options["minutes"], module, resource))

    def evening(self, place: str) -> Evening:
        """What was read; the first cell holds the title and the promise."""
        first = self.cells[0].source if self.cells and self.cells[0].kind == "markdown" else ""
        title, _, rest = first.strip().partition("\n\n")
        if not title.startswith("# ") or not rest:
            raise ContentError(f"{place}: the first cell is '# TITLE' and a line that says what "
                               "one will have done")
        if not self.exercises:
            raise ContentError(f"{place}: an evening has exercises of its path's modules")
        tagline, _, _ = rest.partition("\n\n")
        return Evening(title.removeprefix("# "), " ".join(tagline.split()), tuple(self.cells),
                       tuple(self.sections), tuple(self.exercises), tuple(self.wanted),
                       frozenset(self.contents))


def _found(known: Mapping[str, Any], name: Any, what: str, place: str) -> Any:
    if name not in known:
        near = did_you_mean(str(name), known, _there_are(known) if len(known) < 12 else "")
        raise ContentError(f"{place}: there is no {what} {name!r}{near}")
    return known[name]


def _there_are(known: Mapping[str, Any]) -> str:
    return f"; there are: {', '.join(sorted(known)) or 'none'}"


def build(curriculum: Any, evening: Evening, variant: notebook_cells.Variant) -> dict:
    """The notebook as nbformat 4.5 data, without outputs."""
    pages = notebook_cells.Pages(curriculum, EVENING, variant)
    owners = {text.name: (module, text) for module, text in evening.exercises}
    starts = {section.start: section for section in evening.sections}
    number, open_section = 0, None
    for i, cell in enumerate(evening.cells):
        if i in starts:
            _told_in_full(pages, curriculum, evening, open_section)
            open_section = starts[i]
        if cell.kind == "exercise":
            number += 1
            owner, text = owners[cell.name]
            notebook.exercise_cells(pages, curriculum, text, number, owner)
            continue
        source = cell.source if i else f"{cell.source}\n\n{_facts(evening)}"
        role = "title" if not i else "set-up" if is_set_up(cell) else ""
        pages.add(cell.kind, source, role=role, tags=cell.tags)
    _told_in_full(pages, curriculum, evening, open_section)
    if evening.terms:
        pages.add("markdown", _words(curriculum, evening), role="terms")
    if variant == "learner":
        pages.add("code", "path.progress()", role="progress", tags=["nbval-ignore-output"])
    ours = {"format": notebook_cells.FORMAT, "module": EVENING, "variant": variant}
    return notebook_cells.as_notebook(pages.cells, ours)


def _facts(evening: Evening) -> str:
    """How long all of it takes, and each section."""
    minutes = " · ".join(
        f"{_heading(evening.cells[s.start])} {s.minutes}" for s in evening.sections
    )
    exercises = count(len(evening.exercises), "exercise")
    return (
        f"**{length(evening.minutes)}**, {exercises}. Each is from a "
        "module of the path: what you solve here is solved there, and the other way round.\n\n"
        f"*Minutes:* {minutes}"
    )


def _heading(cell: Cell) -> str:
    return cell.source.strip().partition("\n")[0].lstrip("# ")


def _told_in_full(
    pages: notebook_cells.Pages, curriculum: Any, evening: Evening, section: Section | None
) -> None:
    """Below a section: the module that goes deep, and one thing to watch or read."""
    lines = []
    if section and section.module:
        module = curriculum.module(section.module)
        link = numbered(curriculum, module, notebook_cells.filename(curriculum, module.id))
        ready = module.id in evening.ready
        about = length(module.minutes) if ready else module_text.TO_COME
        lines.append(f"**In full:** {link}, {about}.")
    if section and section.resource:
        found = curriculum.resource(section.resource)
        lines.append(
            f"**One thing more, on another day:** {resource_lists.link(found)}, {found.kind}, "
            f"{length(found.minutes)}, {level(curriculum, found.level)}."
        )
    if lines:
        pages.add("markdown", " ".join(lines), role="in-full")


def _words(curriculum: Any, evening: Evening) -> str:
    """The page of words at the end, each with the lesson that explains it."""
    homes = {t.term: m for m in curriculum.modules for t in m.terms}
    lines = "\n".join(
        f"- {terms_text.term_line(term)} "
        + numbered(curriculum, home, notebook_cells.filename(curriculum, home.id))
        for term in evening.terms for home in [homes[term.term]]
    )
    return f"## The words for it\n\nWhat papers call what you have built.\n\n{lines}"
