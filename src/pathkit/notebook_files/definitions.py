"""What of a saved notebook is run to check its answers: imports, definitions, plain values.

The lesson's own work (training, figures) is left out: it takes long, and checks take functions,
not results.
"""

from __future__ import annotations

import ast
import linecache
import re
from collections.abc import Iterator
from typing import Any

BODY_IS_PYTHON = ("%%time", "%%timeit", "%%capture", "%%prun")
MAGIC = re.compile(r"^[^\S\n]*[%!]|\?[^\S\n]*$", re.MULTILINE)
MOST_MAGICS = 100  # lines of a cell: IPython takes the square of their number
BROKEN = (SyntaxError, ValueError, RecursionError, MemoryError)
"""What parsing a cell may raise."""


class Cell:
    """A code cell, parsed. number: as a person counts, from 1, among all cells.

    Raises one of BROKEN for what isn't Python.
    """

    def __init__(self, source: str, number: int):
        self.file = f"<cell {number}>"
        self.number = number
        self.body = _parsed(source).body
        # So that a message can show the learner's own line.
        linecache.cache[self.file] = (
            len(source), None, source.splitlines(keepends=True), self.file
        )

    def run(self, node: ast.stmt, namespace: dict[str, Any]) -> None:
        """Execute one of the cell's statements; raises what it raises."""
        code = compile(ast.Module([node], []), self.file, "exec", dont_inherit=True)
        exec(code, namespace)


def _parsed(source: str) -> ast.Module:
    if source.lstrip().startswith("%%"):
        magic, _, rest = source.lstrip().partition("\n")
        source = f"#\n{rest}" if magic.startswith(BODY_IS_PYTHON) else ""
    source = moved_left(source)
    try:
        return ast.parse(source)
    except SyntaxError:
        if not 0 < len(MAGIC.findall(source)) <= MOST_MAGICS:
            raise
        return ast.parse(_without_magics(source))


def moved_left(source: str) -> str:
    """A cell that is indented as a whole, as IPython runs it: without the first line's indent."""
    first = next((line for line in source.splitlines() if line.strip(" \t") not in ("", "#")), "")
    indent = first[: len(first) - len(first.lstrip(" \t"))]
    if not indent:
        return source
    return "\n".join(line.removeprefix(indent) for line in source.split("\n"))


def _without_magics(source: str) -> str:
    """The cell with `%magic` and `!command` lines turned into Python, line for line."""
    from IPython.core.inputtransformer2 import TransformerManager

    return TransformerManager().transform_cell(source)


def plain_statements(cell: Cell) -> Iterator[ast.stmt]:
    """The statements that neither compute nor print."""
    for node in cell.body:
        if isinstance(node, ast.Import | ast.ImportFrom | ast.FunctionDef | ast.AsyncFunctionDef
                      | ast.ClassDef):
            yield node
        elif isinstance(node, ast.Assign | ast.AnnAssign) and _is_literal(node.value):
            if all(_is_name(target) for target in _targets(node)):
                yield node


def _is_literal(node: ast.expr | None) -> bool:
    try:
        ast.literal_eval(node)
    except (ValueError, TypeError, RecursionError, MemoryError):
        return False
    return True


def _targets(node: ast.Assign | ast.AnnAssign) -> list[ast.expr]:
    return node.targets if isinstance(node, ast.Assign) else [node.target]


def _is_name(target: ast.expr) -> bool:
    if isinstance(target, ast.Tuple | ast.List):
        return all(map(_is_name, target.elts))
    return isinstance(target, ast.Name)


def bound(cell: Cell) -> set[str]:
    """The names that a cell gives a value to when all of it is run."""
    names: set[str] = set()
    for node in cell.body:
        for part in _own_parts(node):
            if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
                names.add(part.id)
            elif isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                names.add(part.name)
            elif isinstance(part, ast.alias):
                names.add(part.asname or part.name.partition(".")[0])
    return names


def _own_parts(node: ast.AST) -> Iterator[ast.AST]:
    """A statement and its parts, without the bodies of functions and classes."""
    yield node
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
        for child in ast.iter_child_nodes(node):
            yield from _own_parts(child)


def before_check(cell: Cell, name: str) -> Iterator[ast.stmt]:
    """The statements of an answer's cell up to its check, which becomes a plain assignment.

    `x = path.check(x)` is left out, `x = path.check(x=3)` becomes `x = 3`; other exercises'
    checks, where two cells were joined, are passed over.
    """
    for node in cell.body:
        checked = _checked(node)
        if checked is None:
            yield node
            continue
        as_name, value = checked
        if as_name == name:
            if getattr(value, "id", "") != name:
                target = ast.Name(name, ast.Store())
                yield ast.fix_missing_locations(
                    ast.copy_location(ast.Assign([target], value), node)
                )
            return


def _checked(node: ast.stmt) -> tuple[str, ast.expr] | None:
    """The exercise's name and the value in `… = path.check(name)` or `path.check(name=value)`."""
    call = getattr(node, "value", None)
    if not (isinstance(node, ast.Assign | ast.AnnAssign | ast.Expr) and isinstance(call, ast.Call)):
        return None
    function = call.func
    called = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    if called != "check" or len(call.args) + len(call.keywords) != 1:
        return None
    if call.keywords:
        return str(call.keywords[0].arg), call.keywords[0].value
    return getattr(call.args[0], "id", ""), call.args[0]
