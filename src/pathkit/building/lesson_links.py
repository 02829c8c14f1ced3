"""`[](attention)` in a text: a link to a lesson, named and addressed when notebooks are built.

Numbers are part of a notebook's file name and change when a module moves, and a module's id is
nothing that a learner should have to know. MyST writes links to titles in the same way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pathkit.building.markdown import link_text
from pathkit.building.python_source import ContentError, where
from pathkit.curriculum.link_rules import LINK
from pathkit.nearest_name import did_you_mean


def to_lesson(module_id: str) -> str:
    """What stands in a text for the link."""
    return f"[]({module_id})"


def short_title(title: str) -> str:
    """`Attention` of "Attention: a soft lookup you can differentiate"."""
    return title.partition(":")[0]


def numbered(curriculum: Any, module: Any, file: str) -> str:
    """A link to a module's notebook that says its number and all of its title."""
    return f"[{curriculum.number(module.id)} · {link_text(module.title)}]({file})"


def resolved(text: str, curriculum: Any, file_of: Callable[[str], str]) -> str:
    """The text with its links to lessons; file_of: the notebook of a module.

    Raises ContentError for a link that leads to no module.
    """
    def one(found: re.Match) -> str:
        known = [module.id for module in curriculum.modules]
        if found[1] not in known:
            raise ContentError(f"{found[0]} leads to no module{did_you_mean(found[1], known)}")
        title = short_title(curriculum.module(found[1]).title)
        return f"[{link_text(title)}]({file_of(found[1])})"
    return LINK.sub(one, text)


def check(lessons: Mapping[str, Sequence[Any]], file_of: Callable[[str], Path]) -> None:
    """Raises ContentError for the first link of a lesson that leads to no module.

    lessons: the cells of each module; file_of: the file that they stand in.
    """
    for module, cells in lessons.items():
        for cell in cells:
            for found in LINK.finditer(cell.source) if cell.kind == "markdown" else ():
                if found[1] not in lessons:
                    line = cell.line + 1 + cell.source.count("\n", 0, found.start())
                    raise ContentError(f"{where(file_of(module), line)}: {found[0]} leads to no "
                                       f"module{did_you_mean(found[1], lessons)}")
