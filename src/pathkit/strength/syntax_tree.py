"""A syntax tree: what of it is code that runs, and how another node is put into it."""

from __future__ import annotations

import ast
import copy
from typing import Any

Path = tuple[Any, ...]  # fields and positions in lists, from the top


def is_declaration(node: ast.AST, field: str) -> bool:
    """Annotations aren't run, and f-strings are messages."""
    if isinstance(node, ast.JoinedStr | ast.arg):
        return True
    if isinstance(node, ast.Raise):
        return True
    return field in ("annotation", "returns", "decorator_list", "type_params", "ctx", "bases")


def with_fields(node: ast.AST, **fields: Any) -> ast.AST:
    """A copy of a node in which these fields are others."""
    changed = copy.copy(node)
    for field, value in fields.items():
        setattr(changed, field, value)
    return changed


def put(tree: ast.AST, path: Path, new: ast.AST) -> str:
    """Replace what stands at `path`; the new first line of the statement it belongs to."""
    node: Any = tree
    statement: Any = None
    for step in path[:-1]:
        if isinstance(node, ast.stmt):
            statement = node
        node = getattr(node, step) if isinstance(step, str) else node[step]
    if isinstance(node, ast.stmt):
        statement = node
    last = path[-1]
    old = getattr(node, last) if isinstance(last, str) else node[last]
    new = copy.deepcopy(new)
    if isinstance(last, str):
        setattr(node, last, new)
    else:
        node[last] = new
    if isinstance(new, ast.Pass):
        return f"(dropped) {_first_line(old)}"
    ast.fix_missing_locations(tree)
    return _first_line(new if isinstance(new, ast.stmt) else statement)


def _first_line(node: ast.AST) -> str:
    return ast.unparse(node).splitlines()[0]
