"""Two changes of one definition together, also where one lies inside of what the other moves."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import Any

from pathkit.mutants.change import Change, Path

Placed = tuple[Path, Change]


def together(node: ast.AST, one: Placed, other: Placed) -> Sequence[Placed]:
    """The changes of `node` to make, in their order, so that both have an effect.

    Empty where one would undo the other: what it changes isn't there any more.
    """
    (outer, around), (inner, within) = sorted((one, other), key=lambda placed: len(placed[0]))
    if inner[: len(outer)] != outer:
        return [one, other]
    if inner == outer:
        return []
    if around.new is _at(node, inner):  # all that is left is replaced in its turn
        return [(outer, around._replace(new=within.new))]
    parent = _holder(node, inner)
    if isinstance(around.new, ast.AST) and any(n is parent for n in ast.walk(around.new)):
        return [(inner, within), (outer, around)]
    return []


def _at(node: Any, path: Path) -> Any:
    for step in path:
        node = getattr(node, step) if isinstance(step, str) else node[step]
    return node


def _holder(node: ast.AST, path: Path) -> Any:
    """The node in one of whose fields the end of a path stands."""
    found = _at(node, path[:-1])
    return found if isinstance(found, ast.AST) else _at(node, path[:-2])
