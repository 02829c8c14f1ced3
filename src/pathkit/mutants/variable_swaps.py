"""One variable in place of another: which ones have a value where one is read."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from pathkit.mutants.change import Change, Path
from pathkit.mutants.syntax_tree import is_declaration, with_fields

Binding = tuple[str, tuple[int, int]]  # a name and where in the text it is first bound
_SCOPES = (
    ast.FunctionDef, ast.Lambda, ast.ClassDef,
    ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp,
)  # fmt: skip


def swaps(
    node: ast.AST, seen: frozenset[str] = frozenset(), path: Path = (),
    bound: tuple[Binding, ...] = (),
) -> Iterator[tuple[Path, Change]]:
    """Each variable that is read, replaced by each other one that has a value there.

    seen: the names that a learner sees; a swap of others isn't put into words.
    """
    if isinstance(node, ast.Name):
        if isinstance(node.ctx, ast.Load) and node.id in dict(bound):
            for name, place in bound:
                if name != node.id and place < (node.lineno, node.col_offset):
                    said = (f"`{name}` is used where `{node.id}` belongs",)
                    yield path, Change(
                        f"{name} in place of {node.id}", with_fields(node, id=name),
                        said if {name, node.id} <= seen else ())
        return
    bound = _bound_in(node, bound)
    for field, value in ast.iter_fields(node):
        if is_declaration(node, field):
            continue
        for i, item in enumerate(value if isinstance(value, list) else [value]):
            if isinstance(item, ast.AST):
                step = (field, i) if isinstance(value, list) else (field,)
                yield from swaps(item, seen, (*path, *step), bound)


def _bound_in(node: ast.AST, outer: tuple[Binding, ...]) -> tuple[Binding, ...]:
    """The variables that code inside `node` sees; `self` and `_` aren't among them."""
    start = (getattr(node, "lineno", 0), getattr(node, "col_offset", 0))
    names: dict[str, tuple[int, int]] = {}
    if isinstance(node, ast.FunctionDef | ast.Lambda):
        arguments = ast.walk(node.args)
        names = {part.arg: start for part in arguments if isinstance(part, ast.arg)}
        for part in node.body if isinstance(node.body, list) else ():
            for name, place in _assigned(part):
                names.setdefault(name, place)
    elif isinstance(node, ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
        targets = (_assigned(part.target) for part in node.generators)
        names = {name: start for found in targets for name, _ in found}
    new = tuple((n, place) for n, place in names.items() if n not in ("self", "_"))
    return (*(b for b in outer if b[0] not in names), *new)


def _assigned(node: ast.AST, after: tuple[int, int] = (0, 0)) -> Iterator[Binding]:
    """Names that `node` binds in its own scope, in the order of the text.

    after: where the value stands that they get: until then they have none.
    """
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        yield node.id, max(after, (node.lineno, node.col_offset))
    if not isinstance(node, _SCOPES):
        targets = [*getattr(node, "targets", ()), getattr(node, "target", None)]
        for part in ast.iter_child_nodes(node):
            yield from _assigned(part, _end_of_value(node) if part in targets else after)


def _end_of_value(node: ast.AST) -> tuple[int, int]:
    value = getattr(node, "iter", None) or getattr(node, "value", None) or node
    return value.end_lineno, value.end_col_offset
