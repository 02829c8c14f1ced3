"""Which of a notebook's definitions an answer needs: those that it names, and what they name.

Most answers need one import or none, and a notebook holds twenty definitions, one of which may
import what takes half a second.
"""

from __future__ import annotations

import ast
import dataclasses
from collections.abc import Iterable, Sequence

# Whoever uses these may find any name by its text.
LOOKS_UP = frozenset({"globals", "locals", "vars", "dir", "eval", "exec", "__main__"})
ANYTHING = "*"


@dataclasses.dataclass(frozen=True)
class Definition:
    """A statement that only defines something: its text, the names it binds, those it uses.

    binds holds ANYTHING for `from … import *`.
    """

    text: str
    binds: frozenset[str]
    uses: frozenset[str]


def definition(node: ast.stmt, text: str) -> Definition:
    """`text` is the statement's own."""
    return Definition(text, _bound(node), _used([node]))


def needed(code: str, definitions: Sequence[Definition]) -> tuple[str, ...]:
    """The texts that `code` needs, in their order; all, where it can't be told."""
    try:
        wanted = _used(ast.parse(code).body)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return tuple(one.text for one in definitions)
    kept: set[int] = set()
    while not wanted & LOOKS_UP:
        more = {
            i for i, one in enumerate(definitions)
            if i not in kept and (one.binds & wanted or ANYTHING in one.binds)
        }
        if not more:
            return tuple(definitions[i].text for i in sorted(kept))
        kept |= more
        wanted = wanted.union(*(definitions[i].uses for i in more))
    return tuple(one.text for one in definitions)


def _used(nodes: Iterable[ast.AST]) -> frozenset[str]:
    """All names, and what is imported; attributes aren't names."""
    found: set[str] = set()
    for node in nodes:
        for part in ast.walk(node):
            if isinstance(part, ast.Name):
                found.add(part.id)
            elif isinstance(part, ast.alias):
                found.add(part.name)
            elif isinstance(part, ast.ImportFrom):
                found.add(part.module or "")
    return frozenset(found)


def _bound(node: ast.stmt) -> frozenset[str]:
    if isinstance(node, ast.Import | ast.ImportFrom):
        return frozenset(a.asname or a.name.partition(".")[0] for a in node.names)
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return frozenset({node.name})
    return frozenset(
        part.id for part in ast.walk(node)
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)
    )
