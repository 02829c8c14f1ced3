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


@dataclasses.dataclass(frozen=True)
class Mutant:
    """line: the mutated statement's first line; change: what was done; source: the whole.

    Where two mutants have the same line, the later ones have `# 2`, `# 3` … after theirs, so
    that a line names one mutant.
    """

    line: str
    change: str
    source: str


ARITHMETIC = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div, ast.Add),
    ast.Div: (ast.Mult, ast.FloorDiv),
    ast.FloorDiv: (ast.Div,),
    ast.Mod: (ast.Mult,),
    ast.Pow: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
    ast.BitAnd: (ast.BitOr,),
    ast.BitOr: (ast.BitAnd,),
}
COMPARISONS = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
NAMES = {
    "max": "min",
    "min": "max",
    "argmax": "argmin",
    "sum": "mean",
    "mean": "sum",
    "sin": "cos",
    "cos": "sin",
    "exp": "expm1",
    "log": "log1p",
    "tril": "triu",
    "triu": "tril",
    "zeros": "ones",
    "ones": "zeros",
    "sqrt": "square",
    "append": "remove",
    "any": "all",
    "all": "any",
    "var": "std",
    "std": "var",
    "sorted": "list",
    "cumsum": "cumprod",
}


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
    for path, change, replacement in itertools.chain(_changes(node), _swaps(node, (), ())):
        mutated = copy.deepcopy(tree)
        line = _put(mutated, ("body", 0, *path), replacement)
        text = ast.unparse(ast.fix_missing_locations(mutated))
        if text not in seen:
            seen.add(text)
            lines[line] += 1
            yield Mutant(line if lines[line] == 1 else f"{line}  # {lines[line]}", change, text)


Path = tuple[Any, ...]


def _changes(node: ast.AST, path: Path = ()) -> Iterator[tuple[Path, str, Any]]:
    """(where, what, new node) for each change inside `node`; None drops a statement."""
    yield from ((path, what, new) for what, new in _here(node))
    for field, value in ast.iter_fields(node):
        if _is_declaration(node, field):
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


Binding = tuple[str, tuple[int, int]]  # a name and where in the text it is first bound


def _swaps(
    node: ast.AST, path: Path, bound: tuple[Binding, ...]
) -> Iterator[tuple[Path, str, Any]]:
    """Each variable that is read, replaced by each other one that has a value there."""
    if isinstance(node, ast.Name):
        if isinstance(node.ctx, ast.Load) and node.id in dict(bound):
            for name, place in bound:
                if name != node.id and place < (node.lineno, node.col_offset):
                    yield path, f"{name} in place of {node.id}", _with(node, id=name)
        return
    bound = _bound_in(node, bound)
    for field, value in ast.iter_fields(node):
        if _is_declaration(node, field):
            continue
        for i, item in enumerate(value if isinstance(value, list) else [value]):
            if isinstance(item, ast.AST):
                step = (field, i) if isinstance(value, list) else (field,)
                yield from _swaps(item, (*path, *step), bound)


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


_SCOPES = (
    ast.FunctionDef, ast.Lambda, ast.ClassDef,
    ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp,
)  # fmt: skip


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


def _is_declaration(node: ast.AST, field: str) -> bool:
    """Annotations aren't run, and f-strings are messages."""
    if isinstance(node, ast.JoinedStr | ast.arg):
        return True
    if isinstance(node, ast.Raise):
        return True
    return field in ("annotation", "returns", "decorator_list", "type_params", "ctx", "bases")


def _is_docstring(parent: ast.AST, node: ast.AST) -> bool:
    return (
        isinstance(parent, ast.FunctionDef | ast.ClassDef)
        and parent.body[0] is node
        and ast.get_docstring(parent) is not None
    )


def _dropped(node: ast.AST, path: Path) -> Iterator[tuple[Path, str, Any]]:
    if isinstance(node, ast.Expr | ast.Assign | ast.AugAssign | ast.If | ast.For | ast.While):
        yield path, "dropped the statement", ast.Pass()


def _here(node: ast.AST) -> Iterator[tuple[str, Any]]:
    match node:
        case ast.BinOp():
            for kind in ARITHMETIC.get(type(node.op), ()):
                yield f"{_sign(node.op)} -> {_sign(kind())}", _with(node, op=kind())
            yield "dropped the right operand", node.left
            yield "dropped the left operand", node.right
        case ast.AugAssign():
            for kind in ARITHMETIC.get(type(node.op), ()):
                yield f"{_sign(node.op)}= -> {_sign(kind())}=", _with(node, op=kind())
            yield "assigned instead of added", ast.Assign([node.target], node.value)
        case ast.Compare(ops=[operator]):
            for kind in COMPARISONS.get(type(operator), ()):
                yield "another comparison", _with(node, ops=[kind()])
        case ast.BoolOp():
            other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
            yield "and <-> or", _with(node, op=other)
        case ast.UnaryOp(op=ast.USub() | ast.Not(), operand=operand):
            if not (isinstance(operand, ast.Constant) and isinstance(node.op, ast.USub)):
                yield "dropped the sign or not", operand
            elif isinstance(operand.value, int | float):
                yield "changed a constant", ast.Constant(operand.value)
                yield "changed a constant", ast.Constant(0)
        case ast.Constant(value=bool() as value):
            yield "flipped a constant", ast.Constant(not value)
        case ast.Constant(value=int() as value):
            yield "changed a constant", ast.Constant(value + 1)
            yield "changed a constant", ast.Constant(value - 1)
        case ast.Constant(value=float() as value):
            yield "changed a constant", ast.Constant(value + 1.0)
            yield "changed a constant", ast.Constant(value * 1.5 if value else 0.5)
        case ast.Constant(value=str() as value) if value:
            yield "changed a string", ast.Constant("")
        case ast.Call():
            for i, keyword in enumerate(node.keywords):
                rest = node.keywords[:i] + node.keywords[i + 1 :]
                yield f"dropped {keyword.arg}=", _with(node, keywords=rest)
            if len(node.args) == 2 and not node.keywords:
                yield "swapped the arguments", _with(node, args=node.args[::-1])
        case ast.Attribute(attr="T"):
            yield "dropped .T", node.value
        case ast.Attribute(attr=name) if name in NAMES:
            yield f"{name} -> {NAMES[name]}", _with(node, attr=NAMES[name])
        case ast.Name(id=name) if name in NAMES:
            yield f"{name} -> {NAMES[name]}", _with(node, id=NAMES[name])
        case ast.Slice():
            for part in ("lower", "upper", "step"):
                if getattr(node, part) is not None:
                    yield f"dropped the slice's {part}", _with(node, **{part: None})
        case ast.IfExp():
            yield "took the other branch", _with(node, body=node.orelse, orelse=node.body)
        case ast.If():
            yield "negated the condition", _with(node, test=ast.UnaryOp(ast.Not(), node.test))
        case ast.comprehension() if node.ifs:
            yield "dropped the condition", _with(node, ifs=[])
        case ast.Break():
            yield "break -> continue", ast.Continue()
        case ast.Continue():
            yield "continue -> break", ast.Break()


def _with(node: ast.AST, **fields: Any) -> ast.AST:
    changed = copy.copy(node)
    for field, value in fields.items():
        setattr(changed, field, value)
    return changed


def _sign(operator: ast.operator) -> str:
    text = ast.unparse(ast.BinOp(ast.Name("a"), operator, ast.Name("b")))
    return text[1:-1].strip()


def _put(tree: ast.AST, path: Path, new: ast.AST) -> str:
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
