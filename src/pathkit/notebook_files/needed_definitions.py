"""Which of a notebook's definitions an answer needs: those that it names, and what they name.

Most answers need one import or none, and a notebook holds twenty definitions, one of which may
import what takes half a second.
"""

from __future__ import annotations

import ast
import dataclasses
from collections import defaultdict
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
    binding: dict[str, list[int]] = defaultdict(list)
    for i, one in enumerate(definitions):
        for name in one.binds:
            binding[name].append(i)
    kept, seen, queue = set(), set(), [ANYTHING, *wanted]
    while queue:
        name = queue.pop()
        if name in LOOKS_UP:
            return tuple(one.text for one in definitions)
        if name not in seen:
            seen.add(name)
            more = [i for i in binding[name] if i not in kept]
            kept.update(more)
            queue += (used for i in more for used in definitions[i].uses)
    return tuple(definitions[i].text for i in sorted(kept))


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
