"""Mutants: a reference with one small fault. A check that lets one pass is too weak."""

from __future__ import annotations

import ast
import copy
import dataclasses
import itertools
from collections import Counter
from collections.abc import Iterator
from typing import Any

from pathkit.checks.source import definition
from pathkit.strength.node_mutations import mutations_of
from pathkit.strength.syntax_tree import Path, is_declaration, put
from pathkit.strength.variable_swaps import swaps


@dataclasses.dataclass(frozen=True)
class Mutant:
    """line: the mutated statement's first line; change: what was done; source: the whole.

    Where two mutants have the same line, the later ones have `# 2`, `# 3` … after theirs, so
    that a line names one mutant.
    """

    line: str
    change: str
    source: str


def mutants(source: str) -> Iterator[Mutant]:
    """Every mutant of the function or class in `source`, without duplicates.

    Operators, comparisons, constants and axes, names of a kind (max and min), boolean logic,
    dropped keyword arguments, dropped statements, dropped slices, indices and transposes, and one
    variable in place of another.
    """
    node = definition(source)
    node.decorator_list = []
    tree = ast.Module([node], [])
    original = ast.unparse(tree)
    seen, lines = {original}, Counter()
    for path, change, replacement in itertools.chain(_changes(node), swaps(node)):
        mutated = copy.deepcopy(tree)
        line = put(mutated, ("body", 0, *path), replacement)
        text = ast.unparse(ast.fix_missing_locations(mutated))
        if text not in seen:
            seen.add(text)
            lines[line] += 1
            yield Mutant(line if lines[line] == 1 else f"{line}  # {lines[line]}", change, text)


def _changes(node: ast.AST, path: Path = ()) -> Iterator[tuple[Path, str, Any]]:
    """(where, what, new node) for each change inside `node`; None drops a statement."""
    yield from ((path, what, new) for what, new in mutations_of(node))
    for field, value in ast.iter_fields(node):
        if is_declaration(node, field):
            continue
        if isinstance(value, list):
            for i, item in enumerate(value):
                if not isinstance(item, ast.AST):
                    continue
                if field in ("body", "orelse", "finalbody") and not _is_docstring(node, item):
                    yield from _dropped(item, (*path, field, i))
                if not _is_docstring(node, item):
                    yield from _changes(item, (*path, field, i))
        elif isinstance(value, ast.AST):
            yield from _changes(value, (*path, field))


def _is_docstring(parent: ast.AST, node: ast.AST) -> bool:
    return (
        isinstance(parent, ast.FunctionDef | ast.ClassDef)
        and parent.body[0] is node
        and ast.get_docstring(parent) is not None
    )


def _dropped(node: ast.AST, path: Path) -> Iterator[tuple[Path, str, Any]]:
    if isinstance(node, ast.Expr | ast.Assign | ast.AugAssign | ast.If | ast.For | ast.While):
        yield path, "dropped the statement", ast.Pass()
