"""What the path says about an exercise, read without importing it."""

from __future__ import annotations

import dataclasses
import functools
import re

from pathkit.building.exercise_files import read
from pathkit.path_modules import SLOT, Modules

SECTION = re.compile(r"^# ##? (.+)")


@dataclasses.dataclass(frozen=True)
class Text:
    """An exercise as its notebook has it, in Markdown. section: the lesson's, or ""."""

    title: str
    prompt: str
    hints: tuple[str, ...]
    section: str


@functools.cache
def texts(module: str, content: str = "") -> dict[str, Text]:
    """The exercises of a module by name; empty for a module without any.

    content: as `Assignment.content`.
    """
    modules = Modules.of(content)
    sections = _sections(modules, module)
    return {
        name: Text(found.title, found.prompt, found.hints, sections.get(name, ""))
        for name, found in read(modules.folder_of(module)).exercises.items()
    }


def _sections(modules: Modules, module: str) -> dict[str, str]:
    """The heading under which a lesson has each exercise."""
    found, section = {}, ""
    lesson = modules.lesson(module)
    for line in lesson.read_text(encoding="utf-8").split("\n") if lesson.exists() else ():
        if heading := SECTION.match(line):
            section = heading[1]
        elif slot := SLOT.match(line):
            found[slot[1]] = section
    return found
