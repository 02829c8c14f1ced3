"""What a lesson may import, and that what it takes from other modules was taught before."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from pathkit.curriculum.standards import Standards
from pathkit.standards.figures import line_in
from pathkit.standards.finding import Finding
from pathkit.standards.lesson_text import LessonText

OTHER_MODULES = ("pathkit.exercises", "pathkit.modules")


def findings(text: LessonText, standards: Standards, curriculum: Any) -> Iterator[Finding]:
    """Imports that the standards don't list, and answers of modules that aren't required."""
    if standards.imports is None:
        return
    earlier = taught(curriculum, text.module.id)
    for cell, tree in text.code():
        for node in ast.walk(tree):
            for name in imported(node):
                if name.split(".")[0] not in standards.imports:
                    yield Finding(text.lesson, line_in(cell, node), f"imports {name}",
                                  f"one of {', '.join(standards.imports)}",
                                  "do without it, or list it under standards: imports:")
                used = _module(name)
                if used and used not in earlier:
                    yield Finding(text.lesson, line_in(cell, node),
                                  f"takes answers of module {used}",
                                  f"those of modules that {text.module.id} requires",
                                  f"add {used} to its requires:")


def imported(node: ast.AST) -> list[str]:
    """The full names that a statement imports from elsewhere; neighbours in the folder aren't."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if not isinstance(node, ast.ImportFrom) or node.level or not node.module:
        return []
    if node.module in OTHER_MODULES:
        return [f"{node.module}.{alias.name}" for alias in node.names]
    return [node.module]


def _module(name: str) -> str:
    """The id of the module that a name belongs to; "" for none."""
    parts = name.split(".")
    return parts[2].replace("_", "-") if len(parts) > 2 and name.startswith(OTHER_MODULES) else ""


def taught(curriculum: Any, module_id: str) -> set[str]:
    """A module, and all that it builds on, directly or not."""
    required = curriculum.module(module_id).requires
    return {module_id}.union(*(taught(curriculum, name) for name in required))
