"""Which small faults one node of the syntax tree can have, whatever stands around it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from pathkit.strength.syntax_tree import with_fields

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


def mutations_of(node: ast.AST) -> Iterator[tuple[str, Any]]:
    """(what is changed, the node that takes this one's place) for each fault of a node."""
    match node:
        case ast.BinOp():
            for kind in ARITHMETIC.get(type(node.op), ()):
                yield f"{_sign(node.op)} -> {_sign(kind())}", with_fields(node, op=kind())
            yield "dropped the right operand", node.left
            yield "dropped the left operand", node.right
        case ast.AugAssign():
            for kind in ARITHMETIC.get(type(node.op), ()):
                yield f"{_sign(node.op)}= -> {_sign(kind())}=", with_fields(node, op=kind())
            yield "assigned instead of added", ast.Assign([node.target], node.value)
        case ast.Compare(ops=[operator]):
            for kind in COMPARISONS.get(type(operator), ()):
                yield "another comparison", with_fields(node, ops=[kind()])
        case ast.BoolOp():
            other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
            yield "and <-> or", with_fields(node, op=other)
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
                yield f"dropped {keyword.arg}=", with_fields(node, keywords=rest)
            if len(node.args) == 2 and not node.keywords:
                yield "swapped the arguments", with_fields(node, args=node.args[::-1])
        case ast.Attribute(attr="T"):
            yield "dropped .T", node.value
        case ast.Attribute(attr=name) if name in NAMES:
            yield f"{name} -> {NAMES[name]}", with_fields(node, attr=NAMES[name])
        case ast.Name(id=name) if name in NAMES:
            yield f"{name} -> {NAMES[name]}", with_fields(node, id=NAMES[name])
        case ast.Slice():
            for part in ("lower", "upper", "step"):
                if getattr(node, part) is not None:
                    yield f"dropped the slice's {part}", with_fields(node, **{part: None})
        case ast.IfExp():
            yield "took the other branch", with_fields(node, body=node.orelse, orelse=node.body)
        case ast.If():
            yield "negated the condition", with_fields(node, test=ast.UnaryOp(ast.Not(), node.test))
        case ast.comprehension() if node.ifs:
            yield "dropped the condition", with_fields(node, ifs=[])
        case ast.Break():
            yield "break -> continue", ast.Continue()
        case ast.Continue():
            yield "continue -> break", ast.Break()


def _sign(operator: ast.operator) -> str:
    text = ast.unparse(ast.BinOp(ast.Name("a"), operator, ast.Name("b")))
    return text[1:-1].strip()
