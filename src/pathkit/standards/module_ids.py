"""Ids of modules in what learners read: they stand for files, and a title says more."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator

from pathkit.building.lesson_links import short_title, to_lesson
from pathkit.building.python_source import source_of
from pathkit.path_modules import python_files
from pathkit.standards.finding import Finding
from pathkit.standards.lesson_text import LessonText

NUMBERED = re.compile(r"\b(?:module|lesson|notebook) \d+\b", re.IGNORECASE)


def findings(text: LessonText, modules: Collection) -> Iterator[Finding]:
    """Ids in code style that no code of the lesson has as a name, and modules by number."""
    titles = {module.id: module.title for module in modules}
    names = _names(text)
    ids = re.compile("|".join(f"`{re.escape(one)}`" for one in titles if one not in names) or "$^")
    for said in text.everything_said():
        found = [*ids.finditer(said.text), *NUMBERED.finditer(said.text)]
        for match in found:
            line = said.line
            if said.file == text.lesson:
                line += 1 + said.text.count("\n", 0, match.start())
            named = match[0].strip("`")
            how = (f"write the lesson's name, or {to_lesson(named)} where links are rendered, "
                   f"which reads {short_title(titles[named])}" if named in titles
                   else "write the lesson's name; numbers change")
            yield Finding(said.file, line, f"{match[0]} stands for a lesson in prose", "", how)


def _names(text: LessonText) -> set[str]:
    """Every name that the module's code gives to something."""
    names = set()
    for file in [text.lesson, *python_files(text.folder)]:
        for node in ast.walk(ast.parse(source_of(file))):
            names |= {getattr(node, key) for key in ("id", "arg", "attr", "name")
                      if isinstance(getattr(node, key, None), str)}
    return names
