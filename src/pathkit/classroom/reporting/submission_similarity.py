"""Answers that are the same program, whatever they call their variables."""

from __future__ import annotations

import ast
import dataclasses
import warnings
from collections import defaultdict
from collections.abc import Iterable

from pathkit.classroom.grading.results import Record


@dataclasses.dataclass(frozen=True)
class Cluster:
    """Answers of one form. code: the shortest of them as it was written; students: how many."""

    code: str
    students: int
    records: tuple[Record, ...]


def clusters(records: Iterable[Record]) -> list[Cluster]:
    """Group answers by form, the most frequent first."""
    found: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        found[form(record.code)].append(record)
    made = [
        Cluster(min((r.code for r in group), key=lambda c: (len(c), c)), len(group), tuple(group))
        for group in found.values()
    ]
    return sorted(made, key=lambda c: (-c.students, len(c.code), c.code))


def form(code: str) -> str:
    """What is left of a program without layout, comments, docstrings, annotations and own names.

    Text that isn't Python is compared by its words.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(code)
        return ast.dump(_Bare(_own_names(tree)).visit(tree))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return " ".join(code.split())


def _own_names(tree: ast.AST) -> dict[str, str]:
    """Parameters and variables by the order in which they come; definitions keep their names."""
    names: dict[str, str] = {}
    for node in _in_order(tree):
        if isinstance(node, ast.arg):
            names.setdefault(node.arg, f"v{len(names)}")
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.setdefault(node.id, f"v{len(names)}")
    return names


def _in_order(node: ast.AST) -> Iterable[ast.AST]:
    yield node
    for child in ast.iter_child_nodes(node):
        yield from _in_order(child)


class _Bare(ast.NodeTransformer):
    """Takes out what doesn't change what a program does."""

    def __init__(self, names: dict[str, str]):
        self.names = names

    def visit_Name(self, node: ast.Name) -> ast.AST:
        node.id = self.names.get(node.id, node.id)
        return node

    def visit_arg(self, node: ast.arg) -> ast.AST:
        return ast.arg(self.names[node.arg])

    def visit_keyword(self, node: ast.keyword) -> ast.AST:
        self.generic_visit(node)
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        self.generic_visit(node)
        if node.value is None:
            return ast.Pass()
        return ast.Assign([node.target], node.value)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns = None
        node.body = _without_docstring(node.body)
        self.generic_visit(node)
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        node.body = _without_docstring(node.body)
        self.generic_visit(node)
        return node


def _without_docstring(body: list[ast.stmt]) -> list[ast.stmt]:
    first = body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
        return body[1:] or [ast.Pass()]
    return body
