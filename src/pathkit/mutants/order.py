"""Right steps in a wrong order or in the wrong block: brackets, nesting, what a loop holds."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator

from pathkit.mutants.change import Around, Change
from pathkit.mutants.syntax_tree import with_fields
from pathkit.mutants.wording import LAYOUT, called, on_method, or_else

_FACTOR, _TERM = (ast.Mult, ast.Div, ast.MatMult), (ast.Add, ast.Sub)


def mutations_of(node: ast.AST, around: Around) -> Iterator[Change]:
    """The same parts, put together another way."""
    match node:
        case ast.BinOp():
            yield from _brackets(node)
            yield from _whose_transpose(node)
        case ast.Call():
            yield from _outside(node, around)
        case ast.FunctionDef() | ast.For() | ast.While() | ast.With() | ast.If():
            yield from _blocks(node)


def _brackets(node: ast.BinOp) -> Iterator[Change]:
    said = ("brackets are missing: an operation takes in less than it should",)
    left, right = node.left, node.right
    if isinstance(node.op, _FACTOR) and isinstance(left, ast.BinOp) and isinstance(left.op, _TERM):
        inner = ast.BinOp(left.right, node.op, right)
        yield Change("brackets", ast.BinOp(left.left, left.op, inner), said, True)
    if isinstance(node.op, _FACTOR) and isinstance(right, ast.BinOp):
        if isinstance(right.op, _TERM):
            inner = ast.BinOp(left, node.op, right.left)
            yield Change("brackets", ast.BinOp(inner, right.op, right.right), said, True)
        elif isinstance(node.op, ast.Div) and isinstance(right.op, ast.Mult | ast.Div):
            inner = ast.BinOp(left, node.op, right.left)
            yield Change("brackets", ast.BinOp(inner, right.op, right.right), said, True)
    if isinstance(node.op, ast.Sub) and isinstance(right, ast.BinOp) and (
            isinstance(right.op, _TERM)):
        inner = ast.BinOp(left, node.op, right.left)
        yield Change("brackets", ast.BinOp(inner, right.op, right.right), said, True)
    if isinstance(node.op, ast.Pow) and isinstance(left, ast.BinOp):
        inner = ast.BinOp(left.right, node.op, right)
        yield Change("brackets", ast.BinOp(left.left, left.op, inner), said, True)


def _whose_transpose(node: ast.BinOp) -> Iterator[Change]:
    """B Aᵀ for A Bᵀ: who asks and who answers."""
    if not isinstance(node.op, ast.MatMult):
        return
    left, right = _bare(node.left), _bare(node.right)
    turned = ("one side of a matrix product is transposed that shouldn't be",)
    for field, side in (("left", left), ("right", right)):
        if side is None:
            part = ast.Attribute(getattr(node, field), "T", ast.Load())
            yield Change(f"transposed the {field} side", with_fields(node, **{field: part}),
                         turned, True)
    scaled = ast.parse(f"({ast.unparse(node)}) / ({ast.unparse(node.left)}).shape[-1] ** 0.5",
                       mode="eval").body
    yield Change("scaled a product", scaled, (
        "a product is divided by the square root of a size, which isn't asked for",), True)
    said = ("the product is turned round: what should run down the rows runs along the columns",)
    if (left is None) != (right is None):
        if left is not None:
            new = ast.BinOp(_again(node.left, node.right), ast.MatMult(), left)
        else:
            new = ast.BinOp(right, ast.MatMult(), _again(node.right, node.left))
        yield Change("turned a product round", new, said, True, True)


def _bare(node: ast.expr) -> ast.expr | None:
    """What is transposed; None for what isn't."""
    if isinstance(node, ast.Attribute) and node.attr == "T":
        return node.value
    if isinstance(node, ast.Call) and called(node) in ("transpose", "swapaxes"):
        return on_method(node)
    return None


def _again(transposed: ast.expr, other: ast.expr) -> ast.expr:
    """`other`, transposed as `transposed` is."""
    new = copy.deepcopy(transposed)
    if isinstance(new, ast.Attribute):
        new.value = other
    elif isinstance(new, ast.Call) and isinstance(new.func, ast.Attribute):
        new.func.value = other
    return new


def _outside(node: ast.Call, around: Around) -> Iterator[Change]:
    """f(a) + b for f(a + b), and g(f(x)) for f(g(x))."""
    name, owner = called(node), on_method(node)
    inner = owner if owner is not None else node.args[0] if node.args else None
    if inner is None or name in LAYOUT or not name:
        return

    def again(part: ast.expr) -> ast.Call:
        if owner is not None:
            return with_fields(node, func=with_fields(node.func, value=part))
        return with_fields(node, args=[part, *node.args[1:]])

    if isinstance(inner, ast.BinOp) and not isinstance(inner.op, ast.MatMult):
        for other, new in (
            (inner.right, ast.BinOp(again(inner.left), inner.op, inner.right)),
            (inner.left, ast.BinOp(inner.left, inner.op, again(inner.right))),
        ):
            text = or_else(other, around.seen, "a part")
            yield Change("moved out of the call", new, (
                f"{text} stands outside of `{name}` where it belongs inside",
                f"`{name}` takes in less than it should"), True)
    if isinstance(inner, ast.Call) and called(inner) not in LAYOUT and called(inner):
        deeper_owner = on_method(inner)
        deeper = deeper_owner if deeper_owner is not None else (
            inner.args[0] if inner.args else None)
        if deeper is not None and not isinstance(deeper, ast.Starred):
            outer = again(deeper)
            new = (with_fields(inner, func=with_fields(inner.func, value=outer))
                   if deeper_owner is not None
                   else with_fields(inner, args=[outer, *inner.args[1:]]))
            yield Change("exchanged two steps", new, (
                f"`{name}` and `{called(inner)}` are applied in the other order",), True)


def _blocks(node: ast.AST) -> Iterator[Change]:
    """What stands before or after a loop, put into it."""
    body = node.body
    for i, statement in enumerate(body):
        if not isinstance(statement, ast.For | ast.While):
            continue
        after = body[i + 1] if i + 1 < len(body) else None
        if isinstance(after, ast.Return):
            loop = with_fields(statement, body=[*statement.body, after])
            yield Change("returned within the loop", with_fields(
                node, body=[*body[:i], loop, *body[i + 1 :]]), (
                    "the result is handed back after the first round of a loop",), True, True)
        for j in range(i - 1, -1, -1):
            before = body[j]
            if not isinstance(before, ast.Assign) or not _begins(before) or not isinstance(
                    before.targets[0], ast.Name):
                continue
            loop = with_fields(statement, body=[before, *statement.body])
            yield Change("begun anew", with_fields(
                node, body=[*body[:i], loop, *body[i + 1 :]]), (
                    "what is collected begins anew in each round of a loop",), True, True)


def _begins(node: ast.Assign) -> bool:
    """Whether something empty or zero is made."""
    value = node.value
    if isinstance(value, ast.List | ast.Dict | ast.Tuple):
        return not (getattr(value, "elts", None) or getattr(value, "keys", None))
    if isinstance(value, ast.Call):
        return called(value) in ("zeros", "zeros_like", "Counter", "defaultdict", "set", "dict")
    return isinstance(value, ast.Constant) and value.value in (0, 1, "")
