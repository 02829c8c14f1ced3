"""What makes a lesson broken whatever the path demands: `path.ready`, cells of exercises."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pathkit
from pathkit.building.lesson import Cell
from pathkit.nearest_name import did_you_mean
from pathkit.standards.calls import calls, literal, name_of
from pathkit.standards.figures import line_in
from pathkit.standards.finding import Finding
from pathkit.standards.lesson_text import LessonText

# What a notebook calls with the id of its module first.
OF_A_MODULE = ("path.ready", "path.skip")


def findings(text: LessonText) -> Iterator[Finding]:
    """What fails in the notebook, or never runs, though the notebook can be built."""
    yield from _ready(text)
    yield from _slots(text)
    yield from _names(text)


def _ready(text: LessonText) -> Iterator[Finding]:
    module, wanted = text.module.id, f'path.ready("{text.module.id}")'
    found = [(cell, call) for cell, call in calls(text, *OF_A_MODULE)]
    ready = [(cell, call) for cell, call in found if name_of(call) == "path.ready"]
    if not ready:
        first = next((cell.line for cell in text.cells if cell.kind != "markdown"), 1)
        yield Finding(text.lesson, first, "no cell makes the notebook ready", wanted,
                      "call it in the first cell of code, after `import pathkit as path`")
    for cell, call in ready[1:]:
        yield Finding(text.lesson, line_in(cell, call), "path.ready stands here again",
                      f"it once, in line {line_in(*ready[0])}", "remove this one")
    for cell, call in found:
        given = literal(call.args[0]) if call.args else None
        if given != module:
            said = repr(given) if call.args else "nothing"
            yield Finding(text.lesson, line_in(cell, call), f"{name_of(call)} is given {said}",
                          f'this module, "{module}"')
    for cell, call in ready[:1]:
        yield from _too_late(text, cell, call)


def _too_late(text: LessonText, ready: Cell, call: ast.Call) -> Iterator[Finding]:
    if ready.kind != "code":
        yield Finding(text.lesson, line_in(ready, call),
                      f"path.ready stands in the cell of {ready.name}", "a cell of code of its own",
                      "what stands in such a cell isn't shown")
    for cell in text.cells:
        if cell.kind in ("exercise", "predict") and cell.line < ready.line:
            yield Finding(text.lesson, line_in(ready, call), "path.ready comes too late",
                          f"it before the cell of {cell.name}, in line {cell.line}")
            return


def _names(text: LessonText) -> Iterator[Finding]:
    """What is asked of `path` that it doesn't have."""
    for cell, tree in text.code():
        for node in ast.walk(tree):
            if (isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
                    and node.value.id == "path" and node.attr not in pathkit.__all__):
                meant = did_you_mean(node.attr, pathkit.__all__)
                yield Finding(text.lesson, line_in(cell, node),
                              f"there is no path.{node.attr}{meant}")


def _slots(text: LessonText) -> Iterator[Finding]:
    """A slot becomes the exercise's cell; what it imports is what the lesson goes on with."""
    for cell, tree in text.code():
        if cell.kind == "exercise":
            file = _file_of(text, cell.name)
            wrong = _not_the_answer(cell.name, tree, file)
            if wrong:
                node, found = wrong
                yield Finding(text.lesson, line_in(cell, node),
                              f"the cell of exercise {cell.name} {found}",
                              f"from .{file} import {cell.name}")


def _not_the_answer(name: str, tree: ast.Module, file: str) -> tuple[ast.AST, str] | None:
    """What a slot imports in place of its exercise, and where; None when all is well."""
    taken = {alias.asname or alias.name: (node, alias.name) for node in tree.body
             if isinstance(node, ast.ImportFrom) for alias in node.names}
    if name not in taken:
        return tree, f"imports {', '.join(taken)}" if taken else "imports no answer"
    node, real = taken[name]
    if real != name:
        return node, f"imports {real} under its name"
    if (source := node.module or "").rpartition(".")[2] != file:
        return node, f"imports it from {source}"
    return None


def _file_of(text: LessonText, name: str) -> str:
    return text.place(text.content.exercises[name].where)[0].stem
