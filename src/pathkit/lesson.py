"""lessons/NAME.py (jupytext py:percent) -> cells and exercise slots."""

from __future__ import annotations

import dataclasses
import re
import sys
import types
from pathlib import Path
from typing import Literal

from pathkit.content import Content, ContentError

KNOWN_OPTIONS = {"tags", "exercise", "predict"}
ID_LINE = re.compile(r"^# %%", re.MULTILINE)


@dataclasses.dataclass(frozen=True)
class Cell:
    """One cell of a lesson; `name` is the exercise's or prediction's, else empty."""

    kind: Literal["markdown", "code", "exercise", "predict"]
    source: str
    tags: tuple[str, ...] = ()
    name: str = ""


def read(path: Path, content: Content) -> list[Cell]:
    """The cells of a lesson; an empty list when there is no such file.

    Raises ContentError when a slot names an exercise or prediction that `content` lacks, or
    leaves one out.
    """
    if not path.exists():
        return []
    text = path.read_text(encoding="utf-8")
    lines = [text.count("\n", 0, match.start()) + 1 for match in ID_LINE.finditer(text)]
    cells = []
    for raw in _parsed(text):
        line = lines[len(cells)] if len(cells) < len(lines) else 1
        cells.append(_cell(raw, f"{path.name}:{line}", content))
    _all_used(cells, content, path)
    return cells


def _parsed(text: str) -> list:
    # jsonschema builds a grammar when this module can be imported: 0.8 s for nothing needed here.
    sys.modules.setdefault("rfc3987_syntax", types.ModuleType("rfc3987_syntax"))
    import jupytext

    return jupytext.reads(text, fmt="py:percent").cells


def _cell(raw, where: str, content: Content) -> Cell:
    metadata = {k: v for k, v in raw.metadata.items() if k not in ("lines_to_next_cell",)}
    unknown = sorted(set(metadata) - KNOWN_OPTIONS)
    if unknown:
        raise ContentError(
            f"{where}: unknown cell option {unknown[0]!r}; there are: exercise, predict, tags"
        )
    tags = tuple(metadata.get("tags", ()))
    if "exercise" in metadata:
        _known(metadata["exercise"], content.exercises, "exercise", where)
        return Cell("exercise", raw.source, tags, metadata["exercise"])
    if "predict" in metadata:
        _known(metadata["predict"], content.predictions, "prediction", where)
        return Cell("predict", raw.source, tags, metadata["predict"])
    return Cell("markdown" if raw.cell_type == "markdown" else "code", raw.source, tags)


def _known(name: str, names, what: str, where: str) -> None:
    if name not in names:
        raise ContentError(f"{where}: there is no {what} {name!r}; there are: {', '.join(names)}")


def _all_used(cells: list[Cell], content: Content, path: Path) -> None:
    used = [cell.name for cell in cells if cell.kind in ("exercise", "predict")]
    for name in used:
        if used.count(name) > 1:
            raise ContentError(f"{path.name}: {name!r} stands in two cells")
    wanted = [*content.exercises, *(p.id for p in content.predictions.values() if not p.skip)]
    for name in wanted:
        if name not in used:
            raise ContentError(f"{path.name}: no cell holds {name!r} of exercises/{path.name}")
