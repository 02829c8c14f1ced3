"""What the path says about an exercise, read without importing it."""

from __future__ import annotations

import dataclasses
import functools
import re

from pathkit.build import PACKAGE, Place
from pathkit.content import read

SLOT = re.compile(r'^# %%.*\bexercise="(\w+)"')
SECTION = re.compile(r"^# ##? (.+)")


@dataclasses.dataclass(frozen=True)
class Text:
    """An exercise as its notebook has it, in Markdown. section: the lesson's, or ""."""

    title: str
    prompt: str
    hints: tuple[str, ...]
    section: str


@functools.cache
def texts(module: str) -> dict[str, Text]:
    """The exercises of a module by name; empty for a module without any."""
    place = Place(PACKAGE)
    sections = _sections(place, module)
    return {
        name: Text(found.title, found.prompt, found.hints, sections.get(name, ""))
        for name, found in read(place.exercises(module)).exercises.items()
    }


def _sections(place: Place, module: str) -> dict[str, str]:
    """The heading under which a lesson has each exercise."""
    found, section = {}, ""
    lesson = place.lesson(module)
    for line in lesson.read_text(encoding="utf-8").split("\n") if lesson.exists() else ():
        if heading := SECTION.match(line):
            section = heading[1]
        elif slot := SLOT.match(line):
            found[slot[1]] = section
    return found
