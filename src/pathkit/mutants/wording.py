"""Parts of code in words that name nothing but what a learner has before their eyes."""

from __future__ import annotations

import ast
import re

RESULTS = {
    "max": "the largest", "amax": "the largest", "min": "the smallest", "amin": "the smallest",
    "mean": "the mean", "sum": "the sum", "len": "the length", "sqrt": "the square root",
    "exp": "the exponential", "log": "the logarithm", "log2": "the logarithm",
    "var": "the variance", "std": "the standard deviation", "abs": "the absolute value",
    "norm": "the length of the vector", "cumsum": "the running sum", "prod": "the product",
    "mask": "the mask", "tanh": "the tanh", "softmax": "the softmax", "sin": "the sine",
    "cos": "the cosine", "size": "the number of entries", "numel": "the number of entries",
    "count": "the count", "log_softmax": "the log-softmax", "sigmoid": "the sigmoid",
    "relu": "the ReLU", "argmax": "the place of the largest", "sorted": "the sorting",
}
# What isn't a step of the computation, but a way to lay numbers out.
LAYOUT = {
    "float", "int", "list", "tuple", "array", "asarray", "copy", "range", "zip", "enumerate",
    "reshape", "view", "super", "set", "dict", "len", "isinstance", "tensor", "item", "tolist",
    "iter", "next", "print", "str", "contiguous", "where",
}
LIBRARIES = {"np", "math", "torch", "F", "nn"}
_WORD = re.compile(r"[A-Za-z_]\w*")


def names_in(text: str) -> frozenset[str]:
    """All names that stand in a text, be it code or prose."""
    return frozenset(_WORD.findall(text))


def called(node: ast.AST) -> str:
    """The bare name of what a call calls; "" where it has none."""
    if isinstance(node, ast.Call):
        node = node.func
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def on_method(node: ast.Call) -> ast.AST | None:
    """What a method is called on: `x` of `x.sum()`; None for `np.sum(x)` and `sum(x)`."""
    function = node.func
    if not isinstance(function, ast.Attribute):
        return None
    value = function.value
    library = isinstance(value, ast.Name) and value.id in LIBRARIES
    deeper = isinstance(value, ast.Attribute) and ast.unparse(value).split(".")[0] in LIBRARIES
    own = isinstance(value, ast.Name) and value.id == "self" or isinstance(value, ast.Call) and (
        called(value) == "super")
    return None if library or deeper or own else value


def worded(node: ast.AST, seen: frozenset[str]) -> str:
    """A part of code in a few words; "" where there are none that a learner would understand."""
    match node:
        case ast.Name(id=name):
            return f"`{name}`" if name in seen else ""
        case ast.Constant(value=bool() | None):
            return ""
        case ast.Constant(value=int() | float() as value):
            return f"{value:g}"
        case ast.Constant(value=str() as value) if 0 < len(value) < 9:
            return f"`{value!r}`"
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            inner = worded(operand, seen)
            return f"−{inner}" if inner and not inner.startswith("the ") else inner
        case ast.Attribute(attr="inf"):
            return "infinity"
        case ast.Attribute(value=ast.Name(id="self"), attr=name) if name in seen:
            return f"`self.{name}`"
        case ast.Attribute(value=value, attr="T") | ast.Attribute(value=value, attr="data"):
            return worded(value, seen)
        case ast.Subscript(value=ast.Attribute(value=ast.Name(id=name), attr="shape")):
            return f"a size of `{name}`" if name in seen else "a size"
        case ast.Subscript(value=value):
            inner = worded(value, seen)
            return f"an entry of {inner}" if inner.startswith("`") else ""
        case ast.Call():
            return _call(node, seen)
        case ast.BinOp(op=ast.Pow(), right=ast.Constant(value=2), left=left):
            inner = worded(left, seen)
            return f"the square of {inner}" if inner.startswith("`") else "the square"
    return ""


def _call(node: ast.Call, seen: frozenset[str]) -> str:
    name = called(node)
    if name not in RESULTS:
        return f"`{name}`" if name in seen else ""
    owner = on_method(node)
    of = owner if owner is not None else (node.args[0] if node.args else None)
    inner = worded(of, seen) if of is not None else ""
    return f"{RESULTS[name]} of {inner}" if inner.startswith("`") else RESULTS[name]


def or_else(node: ast.AST, seen: frozenset[str], otherwise: str) -> str:
    """`worded`, or a vaguer word."""
    return worded(node, seen) or otherwise
