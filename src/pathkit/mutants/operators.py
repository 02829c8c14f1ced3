"""Faults of arithmetic, comparisons and logic: another sign, a part left out, sides exchanged."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from pathkit.mutants.change import Around, Change
from pathkit.mutants.constants import said_of
from pathkit.mutants.syntax_tree import with_fields
from pathkit.mutants.wording import or_else, worded

# What takes the place of an operator, and how it is said; {x} is the right operand.
ARITHMETIC = {
    ast.Add: ((ast.Sub, "{x} is subtracted where it should be added"),),
    ast.Sub: ((ast.Add, "{x} is added where it should be subtracted"),),
    ast.Mult: ((ast.Div, "{x} divides where it should multiply, or the other way round"),
               (ast.Add, "{x} is added where it should multiply")),
    ast.Div: ((ast.Mult, "{x} multiplies where it should divide"),
              (ast.FloorDiv, "a division drops what is behind the point")),
    ast.FloorDiv: ((ast.Div, "a division keeps what is behind the point"),),
    ast.Mod: ((ast.Mult, "no remainder is taken"),),
    ast.Pow: ((ast.Mult, "{x} is a factor where it should be a power"),),
    ast.MatMult: ((ast.Mult, "entries are multiplied one by one, without the sum of a matrix "
                             "product"),),
    ast.BitAnd: ((ast.BitOr, "“or” stands for “and”"),),
    ast.BitOr: ((ast.BitAnd, "“and” stands for “or”"),),
}
_EQUAL = "equal values fall on the wrong side of a comparison"
_TURNED = "a comparison is turned round"
COMPARISONS = {
    ast.Lt: ((ast.LtE, _EQUAL), (ast.GtE, _TURNED)),
    ast.LtE: ((ast.Lt, _EQUAL), (ast.Gt, _TURNED)),
    ast.Gt: ((ast.GtE, _EQUAL), (ast.LtE, _TURNED)),
    ast.GtE: ((ast.Gt, _EQUAL), (ast.Lt, _TURNED)),
    ast.Eq: ((ast.NotEq, _TURNED),),
    ast.NotEq: ((ast.Eq, _TURNED),),
    ast.In: ((ast.NotIn, _TURNED),),
    ast.NotIn: ((ast.In, _TURNED),),
    ast.Is: ((ast.IsNot, _TURNED),),
    ast.IsNot: ((ast.Is, _TURNED),),
}
_VAGUE = {
    ast.Add: "a term", ast.Sub: "a term", ast.Mult: "a factor", ast.Div: "a divisor",
    ast.Pow: "an exponent", ast.MatMult: "a factor", ast.FloorDiv: "a divisor",
}
_WIDE = "a term or factor is missing"


def mutations_of(node: ast.AST, around: Around) -> Iterator[Change]:
    """What can take the place of an operation, an update, a comparison or a sign."""
    match node:
        case ast.BinOp():
            yield from _binary(node, around)
        case ast.AugAssign():
            for kind, said in ARITHMETIC.get(type(node.op), ()):
                yield Change(f"{_sign(node.op)}= -> {_sign(kind())}=",
                             with_fields(node, op=kind()), (_put(said, node.value, node, around),))
            yield Change("assigned instead of added", ast.Assign([node.target], node.value),
                         ("each new value replaces the one before instead of joining it",))
        case ast.Compare(ops=[operator]):
            for kind, said in COMPARISONS.get(type(operator), ()):
                yield Change("another comparison", with_fields(node, ops=[kind()]), (said,))
        case ast.BoolOp():
            other, said = (ast.Or(), "“or” stands for “and”") if isinstance(
                node.op, ast.And) else (ast.And(), "“and” stands for “or”")
            yield Change("and <-> or", with_fields(node, op=other), (said,))
            for i in range(len(node.values)):
                rest = node.values[:i] + node.values[i + 1 :]
                new = rest[0] if len(rest) == 1 else with_fields(node, values=rest)
                yield Change("dropped a condition", new, ("a condition is left out",), True)
        case ast.UnaryOp():
            yield from _unary(node, around)


def _binary(node: ast.BinOp, around: Around) -> Iterator[Change]:
    for kind, said in ARITHMETIC.get(type(node.op), ()):
        yield Change(f"{_sign(node.op)} -> {_sign(kind())}", with_fields(node, op=kind()),
                     (_put(said, node.right, node, around),))
    yield Change("dropped the right operand", node.left, _without(node, node.right, around),
                 common=True)
    yield Change("dropped the left operand", node.right, _without(node, node.left, around),
                 common=True)
    if isinstance(node.op, ast.Sub | ast.Div | ast.MatMult | ast.Pow):
        yield Change("exchanged the operands", with_fields(
            node, left=node.right, right=node.left), _exchanged(node), True)


def _put(said: str, operand: ast.AST, node: ast.AST, around: Around) -> str:
    text = or_else(operand, around.seen, _VAGUE.get(type(node.op), "a part"))
    return said.format(x=text)


def _without(node: ast.BinOp, gone: ast.AST, around: Around) -> tuple[str, ...]:
    """How to say that one side of an operation is missing."""
    text, right = worded(gone, around.seen), gone is node.right
    match node.op, right:
        case ast.Add(), _:
            return (f"{text or 'a term'} is left out", _WIDE)
        case ast.Sub(), True:
            return (f"{text or 'a term'} isn't subtracted", _WIDE)
        case ast.Sub(), False:
            rest = worded(node.right, around.seen) or "a term"
            return (f"{rest} stands alone where it should be subtracted from something", _WIDE)
        case ast.Mult(), _:
            return (f"{text} is left out as a factor" if text else "a factor is left out", _WIDE)
        case ast.Div(), True:
            return (f"the division by {text} is left out" if text else "a division is left out",
                    _WIDE)
        case ast.Div(), False if isinstance(node.left, ast.Constant) and node.left.value == 1:
            return ("a fraction is upside down",)
        case ast.Div(), False:
            return ("what is divided is left out, and only what divides it is there",)
        case ast.MatMult(), _:
            return (f"the matrix product with {text} is left out" if text
                    else "a matrix product is left out", _WIDE)
        case ast.Pow(), True:
            return ("the square is left out" if text == "2" else "a power is left out",)
        case (ast.Mod() | ast.FloorDiv()), True:
            return ("a remainder isn't taken" if isinstance(node.op, ast.Mod)
                    else "a division is left out",)
        case (ast.BitAnd() | ast.BitOr()), _:
            return ("a condition is left out",)
    return ()


def _exchanged(node: ast.BinOp) -> tuple[str, ...]:
    return {
        ast.Sub: ("a difference is taken the wrong way round",),
        ast.Div: ("a fraction is upside down",),
        ast.MatMult: ("the two sides of a matrix product are exchanged",),
        ast.Pow: ("base and exponent are exchanged",),
    }[type(node.op)]


def _unary(node: ast.UnaryOp, around: Around) -> Iterator[Change]:
    if isinstance(node.op, ast.Invert):
        yield Change("dropped the ~", node.operand, ("the mask is turned round",), True)
    if not isinstance(node.op, ast.USub | ast.Not):
        return
    operand = node.operand
    if isinstance(operand, ast.Constant) and isinstance(node.op, ast.USub):
        if isinstance(operand.value, int | float):
            for value in (operand.value, 0):
                yield Change("changed a constant", ast.Constant(value),
                             said_of(-operand.value, value, around))
        return
    if isinstance(node.op, ast.Not):
        said: tuple[str, ...] = ("a condition is turned round",)
    elif isinstance(operand, ast.Attribute) and operand.attr == "inf":
        said = ("+∞ stands where −∞ is meant",)
        yield Change("0 for -inf", ast.Constant(0), (
            "0 stands where −∞ is meant, and the exponential of 0 is 1, not 0",), True)
    else:
        text = worded(operand, around.seen)
        said = (f"the minus before {text} is missing" if text else "a minus is missing",)
    yield Change("dropped the sign or not", operand, said)


def _sign(operator: ast.operator) -> str:
    text = ast.unparse(ast.BinOp(ast.Name("a"), operator, ast.Name("b")))
    return text[1:-1].strip()
