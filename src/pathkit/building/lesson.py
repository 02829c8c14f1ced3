"""A module's lesson.py (jupytext py:percent) -> cells and exercise slots."""

from __future__ import annotations

import dataclasses
import re
import sys
import types
from pathlib import Path
from typing import Any, Literal

from pathkit.building.exercise_files import Content
from pathkit.building.python_source import ContentError, parsed, source_of, where

KNOWN_OPTIONS = {"tags", "exercise", "predict"}
# What jupytext notes about the layout of the file; nothing of it reaches a notebook.
LAYOUT_OPTIONS = {
    "cell_marker", "lines_to_end_of_cell_marker", "lines_to_next_cell", "region_name",
}
MARKER = re.compile(r"^#\s*%%", re.MULTILINE)
TAGS_AS_TEXT = re.compile(r"^#\s*%%.*\btags=(?!\[)", re.MULTILINE)


@dataclasses.dataclass(frozen=True)
class Cell:
    """One cell of a lesson; `name` is the exercise's or prediction's, else empty.

    line: where its marker stands in the file, from 1.
    """

    kind: Literal["markdown", "code", "exercise", "predict"]
    source: str
    tags: tuple[str, ...] = ()
    name: str = ""
    line: int = dataclasses.field(default=1, compare=False)


def read(path: Path, content: Content) -> list[Cell]:
    """The cells of a lesson; an empty list when there is no such file.

    Raises ContentError for a file that isn't Python, for cell options that aren't known, and
    when a slot names an exercise or prediction that `content` lacks, or leaves one out.
    """
    if not path.exists():
        return []
    raws, places = cells_and_places(path)
    cells = [_cell(raw, place, content) for raw, place in zip(raws, places, strict=True)]
    _each_once(cells, places)
    _all_used(cells, content, path)
    return cells


def cells_and_places(path: Path) -> tuple[list[Any], list[str]]:
    """The cells of a lesson as jupytext reads them, and where each begins, `file:line`."""
    text = source_of(path)
    parsed(path, text)
    if found := TAGS_AS_TEXT.search(text):
        place = where(path, _line_of(text, found))
        raise ContentError(f'{place}: tags= is not a list of texts, such as ["parameters"]')
    raws = _cells_of(path, text)
    return raws, [where(path, line) for line in _lines(text, len(raws))]


def options_of(raw: Any) -> dict[str, Any]:
    """What an author wrote behind a cell's marker."""
    return {k: v for k, v in raw.metadata.items() if k not in LAYOUT_OPTIONS}


def guard_jsonschema() -> None:
    """Keep nbformat's import light.

    jsonschema builds a grammar when this module can be imported: 0.8 s for nothing needed here.
    """
    sys.modules.setdefault("rfc3987_syntax", types.ModuleType("rfc3987_syntax"))


def _cells_of(path: Path, text: str) -> list[Any]:
    guard_jsonschema()
    import jupytext

    try:
        return jupytext.reads(text, fmt="py:percent").cells
    except Exception as error:
        # jupytext has no error of its own: what comes is mostly nbformat's, the point first.
        what = (str(error).splitlines() or [type(error).__name__])[0]
        raise ContentError(f"{where(path, 1)}: jupytext can't read this: {what}") from error


def _lines(text: str, count: int) -> list[int]:
    """The line where each cell begins; what stands above the first marker is a cell, too."""
    lines = [_line_of(text, match) for match in MARKER.finditer(text)]
    if count == len(lines) + 1:
        lines.insert(0, 1)
    return (lines + [1] * count)[:count]


def _line_of(text: str, match: re.Match) -> int:
    return text.count("\n", 0, match.start()) + 1


def _cell(raw: Any, place: str, content: Content) -> Cell:
    metadata = options_of(raw)
    _options_known(metadata, place)
    tags = tuple(metadata.get("tags", ()))
    line = int(place.rpartition(":")[2])
    if "exercise" in metadata:
        _known(metadata["exercise"], content.exercises, "exercise", place)
        return Cell("exercise", raw.source, tags, metadata["exercise"], line)
    if "predict" in metadata:
        _known(metadata["predict"], content.predictions, "prediction", place)
        return Cell("predict", raw.source, tags, metadata["predict"], line)
    return Cell(kind_of(raw, place), raw.source, tags, line=line)


def kind_of(raw: Any, place: str) -> Literal["markdown", "code"]:
    """Whether a cell is text or code; raises ContentError for any other."""
    if raw.cell_type not in ("code", "markdown"):
        raise ContentError(f"{place}: cells are code or markdown; this is {raw.cell_type}, "
                           "or a header that isn't YAML")
    return raw.cell_type


def _options_known(metadata: dict[str, Any], place: str) -> None:
    if "incorrectly_encoded_metadata" in metadata:
        given = metadata["incorrectly_encoded_metadata"]
        raise ContentError(f'{place}: can\'t read {given!r}; cell options are written key="value"')
    unknown = sorted(set(metadata) - KNOWN_OPTIONS)
    if unknown:
        raise ContentError(
            f"{place}: unknown cell option {unknown[0]!r}; there are: exercise, predict, tags"
        )
    if {"exercise", "predict"} <= set(metadata):
        raise ContentError(f"{place}: a cell is an exercise or a prediction, not both")


def _known(name: Any, names: Any, what: str, place: str) -> None:
    if not isinstance(name, str) or name not in names:
        there = ", ".join(names) or "none"
        raise ContentError(f"{place}: there is no {what} {name!r}; there are: {there}")


def _each_once(cells: list[Cell], places: list[str]) -> None:
    first: dict[str, str] = {}
    for cell, place in zip(cells, places, strict=True):
        if not cell.name:
            continue
        if cell.name in first:
            line = first[cell.name].rpartition(":")[2]
            raise ContentError(f"{place}: {cell.name!r} has a cell already, in line {line}")
        first[cell.name] = place


def _all_used(cells: list[Cell], content: Content, path: Path) -> None:
    used = {cell.name for cell in cells}
    wanted = [
        *((found.name, found.where) for found in content.exercises.values()),
        *((found.id, found.where) for found in content.predictions.values() if not found.skip),
    ]
    for name, place in wanted:
        if name not in used:
            raise ContentError(f"{place}: no cell of {path.parent.name}/{path.name} holds {name!r}")
