"""A syntax tree: what of it is code that runs, and how another node is put into it."""

from __future__ import annotations

import ast
import copy
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pathkit.mutants.change import Path


def definition(source: str) -> ast.FunctionDef | ast.ClassDef:
    """The function or class that a source defines, without its decorators.

    Raises ValueError when there is none.
    """
    for node in ast.parse(textwrap.dedent(source)).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            node.decorator_list = []
            return node
    raise ValueError("no function or class is defined here")


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
    _set(node, last, new)
    if isinstance(new, ast.Pass):
        return f"(dropped) {_first_line(old)}"
    ast.fix_missing_locations(tree)
    return _first_line(new if isinstance(new, ast.stmt) else statement)


@contextmanager
def with_part(tree: ast.AST, path: Path, new: ast.AST) -> Iterator[None]:
    """`tree` with `new` at `path` within the block, and as it was afterwards."""
    node: Any = tree
    for step in path[:-1]:
        node = getattr(node, step) if isinstance(step, str) else node[step]
    last = path[-1]
    old = getattr(node, last) if isinstance(last, str) else node[last]
    _set(node, last, new)
    try:
        yield
    finally:
        _set(node, last, old)


def _set(node: Any, last: Any, new: Any) -> None:
    if isinstance(last, str):
        setattr(node, last, new)
    else:
        node[last] = new


def _first_line(node: ast.AST) -> str:
    return ast.unparse(node).splitlines()[0]
