"""Calls that a lesson's cells make, found without running them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from pathkit.building.lesson import Cell
from pathkit.standards.lesson_text import LessonText


def calls(text: LessonText, *names: str) -> Iterator[tuple[Cell, ast.Call]]:
    """Every call of one of these names, with the cell that it stands in."""
    for cell, tree in text.code():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and name_of(node) in names:
                yield cell, node


def name_of(call: ast.Call) -> str:
    """What is called, as it is written: `path.ready`."""
    return ast.unparse(call.func)


def literal(node: ast.AST) -> Any:
    """The value that is written out, or else the code as text."""
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError):
        return ast.unparse(node)
