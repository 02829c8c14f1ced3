"""What lint looks at in the evening of a path: its words, its figures, its code."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pathkit.building import evening
from pathkit.building.build import Place
from pathkit.building.exercise_files import Content
from pathkit.standards import figures, size, wording
from pathkit.standards.finding import Finding
from pathkit.standards.lesson_text import LessonText


class _EveningText(LessonText):
    """The evening without its exercises: these are held in the modules that they are of."""

    @property
    def lesson(self) -> Path:
        """The file of the cells."""
        return self.folder / f"{self.module}.py"


def findings(place: Place, path: Any, contents: dict[str, Content]) -> Iterator[Finding]:
    """What the evening doesn't hold; nothing where the path has none.

    contents: of the modules with a lesson. Raises ContentError for what can't be read.
    """
    found = evening.read(place.modules, path, contents)
    if found is None:
        return
    file = place.modules.evening
    cells = [cell for cell in found.cells if cell.kind != "exercise"]
    text = _EveningText(
        file.stem, file.parent, place.curriculum, 1, cells, Content({}, {}), {}, {}
    )
    yield from size.code(text, path.standards)
    yield from figures.findings(text, path.standards)
    yield from wording.findings(text, path.standards)
