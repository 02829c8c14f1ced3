"""Which small faults one node of the syntax tree can have, in the order in which they are tried."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from pathkit.mutants import calls, constants, operators, order, places
from pathkit.mutants.change import Around, Change
from pathkit.mutants.syntax_tree import with_fields
from pathkit.mutants.wording import called, or_else

NAMES = {
    "max": ("min", "the smallest is taken where the largest is meant"),
    "min": ("max", "the largest is taken where the smallest is meant"),
    "argmax": ("argmin", "the place of the smallest is taken, not of the largest"),
    "sum": ("mean", "a mean stands where a sum is meant"),
    "mean": ("sum", "a sum stands where a mean is meant"),
    "sin": ("cos", "a cosine stands where a sine is meant"),
    "cos": ("sin", "a sine stands where a cosine is meant"),
    "exp": ("expm1", "the exponential is off by 1"),
    "log": ("log1p", "the logarithm is taken of a number that is 1 too large"),
    "tril": ("triu", "the mask keeps the other triangle"),
    "triu": ("tril", "the mask keeps the other triangle"),
    "zeros": ("ones", "what is filled up begins with ones instead of zeros"),
    "ones": ("zeros", "what is filled up begins with zeros instead of ones"),
    "sqrt": ("square", "a square stands where a square root is meant"),
    "append": ("remove", ""),
    "any": ("all", "all are asked for where one is enough"),
    "all": ("any", "one is enough where all are asked for"),
    "var": ("std", "the standard deviation stands where the variance is meant"),
    "std": ("var", "the variance stands where the standard deviation is meant"),
    "sorted": ("list", "the sorting is left out"),
    "cumsum": ("cumprod", "a running product stands where a running sum is meant"),
}
# Other names for other slips: each is a logarithm, a power or a rounding that people mix up.
MORE_NAMES = {
    "log": (("log2", "the logarithm has base 2, not base e"),
            ("log10", "the logarithm has base 10, not base e")),
    "log2": (("log", "the logarithm has base e, not base 2"),
             ("log10", "the logarithm has base 10, not base 2")),
    "exp": (("exp2", "the base of the power is 2, not e"),),
    "tanh": (("sin", ""), ("sigmoid", "")),
    "ceil": (("floor", "the rounding goes down where it should go up"),),
    "floor": (("ceil", "the rounding goes up where it should go down"),),
    "argmin": (("argmax", "the place of the largest is taken, not of the smallest"),),
    "mean": (("max", "the largest is taken where a mean is meant"),),
    "sum": (("max", "the largest is taken where a sum is meant"),
            ("prod", "a product stands where a sum is meant")),
    "prod": (("sum", "a sum stands where a product is meant"),),
    "cumsum": (("sum", "a sum of all stands where a running sum is meant"),),
    "max": (("sum", "a sum stands where the largest is meant"),),
    "argsort": (("sort", "the numbers stand where their places are meant"),),
    "sqrt": (("abs", ""),),
}
_COMMON = {"sum", "mean", "log", "log2"}


def mutations_of(node: ast.AST, around: Around) -> Iterator[Change]:
    """What can take this node's place, for each fault of a node."""
    match node:
        case ast.BinOp() | ast.AugAssign() | ast.Compare() | ast.BoolOp() | ast.UnaryOp():
            yield from operators.mutations_of(node, around)
        case ast.Constant():
            yield from constants.mutations_of(node, around)
        case ast.Call():
            yield from calls.mutations_of(node, around)
        case ast.Attribute(attr="T"):
            yield Change("dropped .T", node.value, ("a transpose is missing",), common=True)
        case ast.Attribute(attr=name) | ast.Name(id=name) if name in NAMES or name in MORE_NAMES:
            yield from _names(node, name)
        case ast.Slice():
            yield from places.of_slice(node)
        case ast.IfExp():
            yield Change("took the other branch", with_fields(
                node, body=node.orelse, orelse=node.body), ("the two cases are exchanged",))
            yield Change("always the first", node.body, ("a special case is left out",), True)
            yield Change("always the second", node.orelse, ("a special case is left out",), True)
        case ast.If():
            yield Change("negated the condition", with_fields(
                node, test=ast.UnaryOp(ast.Not(), node.test)), ("a condition is turned round",))
        case ast.comprehension() if node.ifs:
            yield Change("dropped the condition", with_fields(node, ifs=[]),
                         ("nothing is sifted out: a condition is missing",))
        case ast.Break():
            yield Change("break -> continue", ast.Continue(),
                         ("a loop goes on where it should end",))
        case ast.Continue():
            yield Change("continue -> break", ast.Break(), ("a loop ends where it should go on",))
    yield from order.mutations_of(node, around)
    yield from places.of_node(node, around)


def _names(node: ast.Attribute | ast.Name, name: str) -> Iterator[Change]:
    field = "attr" if isinstance(node, ast.Attribute) else "id"
    if name in NAMES:
        other, said = NAMES[name]
        yield Change(f"{name} -> {other}", with_fields(node, **{field: other}),
                     (said,) if said else (), common=name in _COMMON)
    for other, said in MORE_NAMES.get(name, ()):
        yield Change(f"{name} -> {other}", with_fields(node, **{field: other}),
                     (said,) if said else (), True, common=name in _COMMON)


def dropped(node: ast.AST, around: Around) -> Iterator[Change]:
    """A statement that is left out."""
    new = ast.Pass()
    match node:
        case ast.Expr(value=ast.Call() as call):
            name = called(call)
            said = (f"the call of `{name}` is left out",) if name else ()
        case ast.AugAssign(target=target):
            said = (f"{or_else(target, around.seen, 'a running total')} isn't updated",)
        case ast.If():
            said = ("a special case is left out",)
        case ast.For() | ast.While():
            said = ("a loop is left out",)
        case ast.Assign():
            said = ()
        case ast.Expr():
            said = ()
        case _:
            return
    yield Change("dropped the statement", new, said)
