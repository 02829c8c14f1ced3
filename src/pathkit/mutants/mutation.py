"""Mutants: a reference with one small fault. A check that lets one pass is too weak."""

from __future__ import annotations

import ast
import copy
import dataclasses
import itertools
from collections import Counter
from collections.abc import Iterator

from pathkit.mutants.change import Around, Change, Path
from pathkit.mutants.node_mutations import dropped, mutations_of
from pathkit.mutants.syntax_tree import definition, is_declaration, put
from pathkit.mutants.variable_swaps import swaps

# The changed code is right as well so often that a list of what is would tell nobody anything.
# These only explain an answer: -1 is the last axis, a sum may run either way.
OFTEN_RIGHT = {
    "another axis", "walked the other way", "exchanged two steps", "transposed the left side",
    "transposed the right side", "along the other axis", "dropped a conversion", "scaled a product",
}


@dataclasses.dataclass(frozen=True)
class Mutant:
    """line: the mutated statement's first line; change: what was done; source: the whole.

    Where two mutants have the same line, the later ones have `# 2`, `# 3` … after theirs, so
    that a line names one mutant. said, finer: see `Change`.
    """

    line: str
    change: str
    source: str
    said: tuple[str, ...] = ()
    finer: bool = False


def mutants(source: str, seen: frozenset[str] = frozenset()) -> Iterator[Mutant]:
    """Every mutant of the function or class in `source` that measures a check, each once.

    Operators, comparisons, constants and axes, names of a kind (max and min), boolean logic,
    dropped keyword arguments, dropped statements, dropped slices, indices and transposes, and one
    variable in place of another; then the finer ones: places that are one off, steps in another
    order, brackets, other functions. seen: the names that a learner sees in the stub.
    """
    node = definition(source)
    tree = ast.Module([node], [])
    original = ast.unparse(tree)
    texts, lines = {original}, Counter()
    found = list(changes(node, seen))
    plain = [one for one in found if not one[1].finer]
    finer = [one for one in found if one[1].finer and one[1].what not in OFTEN_RIGHT]
    for path, change in (*plain, *finer):
        mutated = copy.deepcopy(tree)
        line = put(mutated, ("body", 0, *path), change.new)
        text = ast.unparse(ast.fix_missing_locations(mutated))
        if text not in texts:
            texts.add(text)
            lines[line] += 1
            yield Mutant(line if lines[line] == 1 else f"{line}  # {lines[line]}", change.what,
                         text, change.said, change.finer)


def changes(node: ast.AST, seen: frozenset[str] = frozenset()) -> Iterator[tuple[Path, Change]]:
    """Where a definition can be changed, and how, in an order that is always the same.

    Some make the same code. seen: see `mutants`.
    """
    yield from itertools.chain(_changes(node, (), Around((), seen)), swaps(node, seen))


def _changes(node: ast.AST, path: Path, around: Around) -> Iterator[tuple[Path, Change]]:
    yield from ((path, change) for change in mutations_of(node, around))
    inside = around.inner(node)
    for field, value in ast.iter_fields(node):
        if is_declaration(node, field):
            continue
        if isinstance(value, list):
            for i, item in enumerate(value):
                if not isinstance(item, ast.AST) or _is_docstring(node, item):
                    continue
                if field in ("body", "orelse", "finalbody"):
                    yield from (((*path, field, i), change) for change in dropped(item, inside))
                yield from _changes(item, (*path, field, i), inside)
        elif isinstance(value, ast.AST):
            yield from _changes(value, (*path, field), inside)


def _is_docstring(parent: ast.AST, node: ast.AST) -> bool:
    return (
        isinstance(parent, ast.FunctionDef | ast.ClassDef)
        and parent.body[0] is node
        and ast.get_docstring(parent) is not None
    )
