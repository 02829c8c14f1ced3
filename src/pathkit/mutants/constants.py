"""Faults of constants: what a changed number means depends on where it stands."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from pathkit.mutants.change import Around, Change
from pathkit.mutants.wording import called

AXES = (0, 1, 2, -1, -2)
AXIS = ("axis", "dim")
_PLACE = "something stands one place too early or too late"


def mutations_of(node: ast.Constant, around: Around) -> Iterator[Change]:
    """Other constants in this one's place."""
    match node.value:
        case bool() as value:
            yield Change("flipped a constant", ast.Constant(not value), said_of(
                value, not value, around))
        case int() as value:
            for new in (value + 1, value - 1):
                yield Change("changed a constant", ast.Constant(new), said_of(value, new, around),
                             common=_keyword(around) in AXIS)
            if _keyword(around) in AXIS:
                for new in (*(a for a in AXES if abs(a - value) > 1), None):
                    yield Change("another axis", ast.Constant(new), said_of(value, new, around),
                                 True, True)
        case float() as value:
            yield Change("changed a constant", ast.Constant(value + 1.0), _off(value, around))
            yield Change("changed a constant", ast.Constant(value * 1.5 if value else 0.5))
            for new in ((0.0, 1.0) if value not in (0.0, 1.0) else (1.0 - value,)):
                yield Change("changed a constant", ast.Constant(new), said_of(value, new, around),
                             True)
        case str() as value if value:
            said = _string(value, around)
            yield Change("changed a string", ast.Constant(""), said, common=bool(said))


def _off(value: float, around: Around) -> tuple[str, ...]:
    return said_of(value, value + 1.0, around)


def _string(value: str, around: Around) -> tuple[str, ...]:
    added = isinstance(around.parent, ast.BinOp | ast.List | ast.Tuple)
    return (f"`{value!r}` is left out",) if added and len(value) < 9 else ()


def said_of(old: Any, new: Any, around: Around) -> tuple[str, ...]:
    """How to say that `new` stands where `old` belongs."""
    keyword, parent = _keyword(around), around.parent
    if keyword in AXIS:
        return _axis(new, called(around.parents[-2]))
    if keyword == "keepdims":
        return ("the axis that was summed or averaged over is lost: the shapes then spread another "
                "way",)
    if keyword in ("unbiased", "correction", "ddof"):
        return ("the variance divides by another number: n or n − 1",)
    if keyword in ("k", "diagonal"):
        return ("the mask's border runs one place beside where it should", _PLACE)
    if keyword or isinstance(old, bool):
        return ()
    if isinstance(parent, ast.Subscript) and isinstance(parent.value, ast.Attribute) and (
            parent.value.attr == "shape"):
        return ("another axis is measured than should be: one size stands for another",)
    if _in_place(around) and isinstance(new, int) and isinstance(old, int):
        return _place(old, new, around)
    if isinstance(parent, ast.BinOp) and isinstance(parent.op, ast.Pow):
        return (f"the power is {new}, not {old}",) if around.parents[-1].right is not None else ()
    if isinstance(parent, ast.Call) and called(parent) in ("triu", "tril"):
        return ("the mask's border runs one place beside where it should", _PLACE)
    if isinstance(parent, ast.BinOp | ast.UnaryOp | ast.Compare | ast.Assign | ast.AugAssign
                  | ast.Call | ast.Return | ast.IfExp | ast.List | ast.Tuple):
        return (f"{new:g} stands where {old:g} belongs",) if _is_number(old, new) else ()
    return ()


def _is_number(*values: Any) -> bool:
    return all(isinstance(v, int | float) for v in values)


def _keyword(around: Around) -> str:
    """The keyword whose value this is, such as axis; "" elsewhere."""
    parents = list(around.parents)
    while parents and isinstance(parents[-1], ast.UnaryOp):
        parents.pop()
    return (parents[-1].arg or "") if parents and isinstance(parents[-1], ast.keyword) else ""


def _axis(new: Any, function: str) -> tuple[str, ...]:
    wide = "an axis is another one than it should be"
    name = f"`{function}`" if function else "a step"
    if new is None:
        return (f"{name} runs over everything at once, not along one axis", wide)
    return (f"{name} runs along another axis than it should", wide)


def _in_place(around: Around) -> bool:
    """Whether a constant is (part of) an index, a bound of a slice or of a range."""
    for parent in reversed(around.parents):
        if isinstance(parent, ast.Slice | ast.Subscript):
            return True
        if isinstance(parent, ast.Call):
            return called(parent) in ("range", "arange")
        if not isinstance(parent, ast.BinOp | ast.UnaryOp):
            return False
    return False


def _place(old: int, new: int, around: Around) -> tuple[str, ...]:
    parents = [p for p in around.parents if not isinstance(p, ast.UnaryOp | ast.BinOp)]
    late = new > old
    if parents and isinstance(parents[-1], ast.Slice):
        step = around.parents[-1] is parents[-1] and parents[-1].step is not None
        if step and isinstance(parents[-1].step, ast.Constant) and parents[-1].step.value == old:
            return ("the steps are of another length",)
        return (f"a slice begins or ends one place too {'late' if late else 'early'}", _PLACE)
    if parents and isinstance(parents[-1], ast.Subscript):
        return (f"what is looked up stands one place too {'far on' if late else 'early'}", _PLACE)
    return (f"a range begins or ends one {'later' if late else 'earlier'} than it should", _PLACE)
