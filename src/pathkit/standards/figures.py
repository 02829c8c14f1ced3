"""Figures of a lesson: how many, their alt texts, titles and labels."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from pathkit.building.lesson import Cell
from pathkit.curriculum.standards import Standards
from pathkit.standards.finding import Finding, counted, how_to_fit, within
from pathkit.standards.lesson_text import LessonText, words

SHOW, MACHINE = "path.show", "path.machine"
LABELS = {"title": ("title", "set_title", "suptitle"), "xlabel": ("xlabel", "set_xlabel")}


def findings(text: LessonText, standards: Standards) -> Iterator[Finding]:
    """What figures lack."""
    calls = list(shown(text))
    if (bounds := standards.figures) and not bounds[0] <= len(calls) <= bounds[1]:
        todo = how_to_fit(len(calls), bounds, "show a result with path.figure and path.show",
                          "keep those that carry an argument")
        yield Finding(text.lesson, 1, counted(len(calls), "figure"), within(bounds), todo)
    least = standards.alt_text_words
    for cell, call in calls if least is not None else ():
        if _called(call) == MACHINE:
            continue  # it says itself what it draws
        longest = max(map(words, _texts(call)), default=0)
        if longest < least:
            found = f"an alt text of {counted(longest, 'word')}" if longest else "no alt text"
            yield Finding(text.lesson, line_in(cell, call), f"a figure with {found}",
                          f"{least} words or more",
                          "say what is seen, for who can't see: path.show(figure, alt)")
    if standards.figure_labels:
        yield from _labels(text)


def shown(text: LessonText) -> Iterator[tuple[Cell, ast.Call]]:
    """Every call of path.show and path.machine; one in a helper counts where that is called."""
    trees = [(cell, tree) for cell, tree in text.code() if cell.kind == "code"]
    functions = [n for _, tree in trees for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)]
    helpers = {f.name for f in functions if any(_shows(n) for n in ast.walk(f))}
    inside = {id(n) for function in functions for n in ast.walk(function)}
    for cell, tree in trees:
        for node in ast.walk(tree):
            if id(node) in inside or not isinstance(node, ast.Call):
                continue
            if _shows(node) or isinstance(node.func, ast.Name) and node.func.id in helpers:
                yield cell, node


def _shows(node: ast.AST) -> bool:
    return _called(node) in (SHOW, MACHINE)


def _called(node: ast.AST) -> str:
    return ast.unparse(node.func) if isinstance(node, ast.Call) else ""


def _texts(call: ast.Call) -> list[str]:
    found = [n.value for n in ast.walk(call) if isinstance(n, ast.Constant)]
    return [value for value in found if isinstance(value, str)]


def _labels(text: LessonText) -> Iterator[Finding]:
    for cell, tree in text.code():
        made = [n for n in ast.walk(tree)
                if _called(n) == "path.figure"]
        if cell.kind != "code" or not made:
            continue
        named = {keyword.arg for n in ast.walk(tree) if isinstance(n, ast.Call)
                 for keyword in n.keywords}
        named |= {n.attr for n in ast.walk(tree) if isinstance(n, ast.Attribute)}
        for what, names in LABELS.items():
            if named.isdisjoint(names):
                yield Finding(text.lesson, line_in(cell, made[0]), f"a figure without {what}",
                              "a title that states the conclusion, and axes with their units",
                              "axes.set(title=…, xlabel=…, ylabel=…)")


def line_in(cell: Cell, node: ast.AST) -> int:
    """The line of the file where a node of a cell stands: its marker has the cell's own."""
    return cell.line + getattr(node, "lineno", 1)
