"""Faults of calls: a keyword or the call itself left out, arguments exchanged."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from pathkit.mutants.change import Around, Change
from pathkit.mutants.constants import AXIS
from pathkit.mutants.syntax_tree import with_fields
from pathkit.mutants.wording import LAYOUT, called, on_method, worded

# A number is the same thing whether it stands in an int, a float, an array or a tensor.
CONVERSIONS = {"float", "int", "item", "double", "list", "tuple", "tolist", "bool"}
_KEYWORDS = {
    "keepdims": "the axis that was summed or averaged over is lost: the shapes then spread another "
                "way",
    "unbiased": "the variance divides by n − 1 instead of n",
    "correction": "the variance divides by n − 1 instead of n",
    "key": "the order goes by the wrong thing: `key=` is left out",
    "reverse": "the order runs the other way",
    "k": "the mask's border runs one place beside where it should",
    "diagonal": "the mask's border runs one place beside where it should",
    "strict": "", "dtype": "the numbers are of another type: no `dtype` is given",
    "start": "what is counted begins at 0", "initial": "", "default": "",
}


def mutations_of(node: ast.Call, around: Around) -> Iterator[Change]:
    """What can take the place of a call."""
    name = called(node)
    for i, keyword in enumerate(node.keywords):
        rest = node.keywords[:i] + node.keywords[i + 1 :]
        yield Change(f"dropped {keyword.arg}=", with_fields(node, keywords=rest),
                     _without(keyword, name), common=keyword.arg in (*AXIS, "keepdims"))
    if len(node.args) == 2 and not node.keywords:
        yield Change("swapped the arguments", with_fields(node, args=node.args[::-1]),
                     (f"the two arguments of `{name}` are exchanged",) if name else ())
    elif len(node.args) > 2:
        for i in range(len(node.args) - 1):
            yield Change("swapped two neighbours", with_fields(
                node, args=_exchanged(node.args, i)), (_neighbours(name),) if name else (), True)
    yield from _not_called(node, name, around)
    if name in ("var", "std") and not any(k.arg in ("ddof", "correction", "unbiased")
                                          for k in node.keywords):
        more = [*node.keywords, ast.keyword("ddof", ast.Constant(1))]
        yield Change("ddof=1", with_fields(node, keywords=more),
                     ("the variance divides by n − 1 instead of n",), True)
    if name in ("zeros", "zeros_like", "ones", "empty", "full") and not any(
            k.arg == "dtype" for k in node.keywords):
        more = [*node.keywords, ast.keyword("dtype", ast.Name("int", ast.Load()))]
        yield Change("dtype=int", with_fields(node, keywords=more), (
            "what is filled up holds whole numbers: whatever is put in loses what is behind the "
            "point",), True)


def _without(keyword: ast.keyword, name: str) -> tuple[str, ...]:
    if keyword.arg in AXIS:
        return (f"`{name}` runs over everything at once, not along one axis",
                "an axis is another one than it should be")
    said = _KEYWORDS.get(keyword.arg or "", f"`{keyword.arg}=` of `{name}` is left out")
    return (said,) if said else ()


def _exchanged(args: list[ast.expr], i: int) -> list[ast.expr]:
    return [*args[:i], args[i + 1], args[i], *args[i + 2 :]]


def _neighbours(name: str) -> str:
    if name == "where":
        return "two parts of `where` are exchanged: the condition, what holds there, what elsewhere"
    return f"two arguments of `{name}` are exchanged"


def _not_called(node: ast.Call, name: str, around: Around) -> Iterator[Change]:
    """Only what the call works on, as if it weren't made."""
    owner = on_method(node)
    inner = owner if owner is not None else node.args[0] if node.args else None
    if inner is None or isinstance(inner, ast.Starred) or not name:
        return
    if isinstance(around.parent, ast.Expr) or isinstance(inner, ast.GeneratorExp):
        return
    if name in ("transpose", "permute", "swapaxes"):
        said: tuple[str, ...] = ("a transpose is missing",)
    elif name in LAYOUT or (name not in around.seen and not _is_library(node)):
        said = ()
    elif name in ("sum", "mean", "max", "min"):
        said = (f"the {name} isn't taken",)
    else:
        text = worded(inner, around.seen)
        said = (f"`{name}` isn't applied" + (f" to {text}" if text.startswith("`") else ""),
                f"`{name}` isn't applied")
    what = "dropped a conversion" if name in CONVERSIONS else "dropped the call"
    yield Change(what, inner, said, True, True)
    if owner is None and "softmax" in name and len(node.args) == 1 and not node.keywords:
        turned = ast.Attribute(inner, "T", ast.Load())
        new = ast.Attribute(with_fields(node, args=[turned]), "T", ast.Load())
        yield Change("along the other axis", new, (
            "the softmax runs down the columns, not along the rows",), True, True)


def _is_library(node: ast.Call) -> bool:
    return isinstance(node.func, ast.Attribute) or isinstance(node.func, ast.Name) and (
        node.func.id in ("sum", "max", "min", "abs", "sorted", "round", "reversed"))
