"""Which line of a cell gives a name its value, and which names a line or a function uses."""

from __future__ import annotations

import ast
import types
from collections.abc import Iterator
from typing import Any

SCOPES = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
OWN_NAMES = ast.Lambda | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
DEEPEST = 3  # functions that call one another


def parsed(source: str) -> ast.Module:
    """The cell as a tree; an empty one where it isn't Python."""
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ast.Module([], [])


def given(source: str) -> dict[str, int]:
    """The names that a cell gives a value to, each with the last line that does."""
    found: dict[str, int] = {}
    for name, line, deleted in changes(source):
        if deleted:
            found.pop(name, None)
        else:
            found[name] = line
    return found


def changes(source: str) -> list[tuple[str, int, bool]]:
    """(name, line, whether it is deleted there) for all that a cell does to its names, in order."""
    found = [change for node in parsed(source).body for change in _changes(node)]
    return sorted(found, key=lambda change: change[1])


def _changes(node: ast.AST) -> Iterator[tuple[str, int, bool]]:
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            yield node.name, node.lineno, False
            yield from _of_globals(node)
            return
        case ast.Name(ctx=ast.Store() | ast.Del()):
            yield node.id, node.lineno, isinstance(node.ctx, ast.Del)
        case ast.Import() | ast.ImportFrom():
            for alias in node.names:
                yield alias.asname or alias.name.partition(".")[0], node.lineno, False
        case ast.ExceptHandler(name=str()) | ast.MatchAs(name=str()) | ast.MatchStar(name=str()):
            yield node.name, node.lineno, False
    if not isinstance(node, OWN_NAMES):
        for child in ast.iter_child_nodes(node):
            yield from _changes(child)


def _of_globals(function: ast.AST) -> Iterator[tuple[str, int, bool]]:
    """A function that says `global x` changes the notebook's x."""
    shared = {n for part in ast.walk(function) if isinstance(part, ast.Global) for n in part.names}
    for part in ast.walk(function):
        if isinstance(part, ast.Name) and part.id in shared and not isinstance(part.ctx, ast.Load):
            yield part.id, part.lineno, isinstance(part.ctx, ast.Del)


def imports(source: str) -> dict[str, str]:
    """What a cell's imports bring: `np` is `numpy`."""
    found = {}
    for node in ast.walk(parsed(source)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                whole = alias.name if alias.asname else alias.name.partition(".")[0]
                found[alias.asname or whole] = whole
    return found


def statement(source: str, line: int) -> ast.AST | None:
    """The innermost statement that stands in a line; of a definition or a loop only its head."""
    found = None
    for node in ast.walk(parsed(source)):
        if isinstance(node, ast.stmt) and node.lineno <= line <= (node.end_lineno or node.lineno):
            found = node
    return found


def loaded(node: ast.AST | None) -> list[str]:
    """The names that a statement uses; of one with a body, those of its head."""
    found: dict[str, None] = {}
    queue = [node] if node is not None else []
    while queue:
        part = queue.pop(0)
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load):
            found[part.id] = None
        queue += [
            child for child in ast.iter_child_nodes(part)
            if not (isinstance(child, ast.stmt) and part is node)
        ]
    return list(found)


def called(node: ast.AST | None) -> list[str]:
    """The names that a statement calls: `f` and `g` in `f(g(x))`."""
    parts = ast.walk(node) if node is not None else ()
    return [p.func.id for p in parts if isinstance(p, ast.Call) and isinstance(p.func, ast.Name)]


def used_by(answer: Any, space: dict[str, Any]) -> list[str]:
    """The notebook's names that a function or class uses, and those that these use in turn."""
    found: dict[str, None] = {}
    queue, depth = _codes(answer), 0
    while queue and depth < DEEPEST:
        names = [name for code in queue for name in _names(code)]
        fresh = [name for name in names if name not in found]
        found.update(dict.fromkeys(fresh))
        queue = [code for name in fresh if name in space for code in _codes(space[name])]
        depth += 1
    return list(found)


def _codes(thing: Any) -> list[types.CodeType]:
    """The code of a function, or of a class's methods; nothing of what is no code of a notebook."""
    if isinstance(thing, types.FunctionType):
        return [thing.__code__] if thing.__module__ == "__main__" else []
    if isinstance(thing, type) and thing.__module__ == "__main__":
        return [code for part in vars(thing).values() for code in _codes(part)]
    return []


def _names(code: types.CodeType) -> Iterator[str]:
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _names(constant)
