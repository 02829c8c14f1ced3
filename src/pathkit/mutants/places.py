"""Faults of places: slices, indices and ranges that are one off."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from pathkit.mutants.change import Around, Change
from pathkit.mutants.syntax_tree import with_fields
from pathkit.mutants.wording import called

_PLACE = "something stands one place too early or too late"
_SLICED = {
    "lower": "a slice begins at the very beginning",
    "upper": "a slice runs to the very end",
    "step": "a slice takes every item, without a step",
}


def of_slice(node: ast.Slice) -> Iterator[Change]:
    """A bound left out, and bounds that are one off."""
    for part in ("lower", "upper", "step"):
        if getattr(node, part) is not None:
            yield Change(f"dropped the slice's {part}", with_fields(node, **{part: None}),
                         (_SLICED[part], _PLACE))
    for part in ("lower", "upper"):
        bound = getattr(node, part)
        if bound is not None and not _is_number(bound):
            for new, word in _beside(bound):
                yield Change("moved a bound", with_fields(node, **{part: new}), (
                    f"a slice {'begins' if part == 'lower' else 'ends'} one place too {word}",
                    _PLACE), True)


def of_node(node: ast.AST, around: Around) -> Iterator[Change]:
    """Indices, ranges and what is walked through, one off or cut."""
    match node:
        case ast.Subscript(slice=ast.Name() | ast.BinOp() as index):
            for new, word in _beside(index):
                yield Change("moved an index", with_fields(node, slice=new), (
                    f"what is looked up stands one place too {word}", _PLACE), True)
        case ast.Subscript(slice=ast.Tuple(elts=elements)):
            yield from _in_tuple(node, elements)
        case ast.Call(args=[*args]) if called(node) in ("range", "arange") and args:
            at = 0 if len(args) == 1 else 1
            if not _is_number(args[at]):
                for new, word in _beside(args[at]):
                    yield Change("moved a range's end", with_fields(
                        node, args=[*args[:at], new, *args[at + 1 :]]), (
                            f"a range ends one {'later' if word == 'late' else 'earlier'} than it "
                            "should", _PLACE), True)
            if len(args) == 1:
                yield Change("moved a range's start", with_fields(
                    node, args=[ast.Constant(1), *args]), (
                        "a range begins at 1, not at 0", _PLACE), True)
        case ast.For(iter=walked) if not isinstance(walked, ast.Constant):
            yield from _walked(node, walked)
        case ast.comprehension(iter=walked):
            yield from _walked(node, walked)


def _in_tuple(node: ast.Subscript, elements: list[ast.expr]) -> Iterator[Change]:
    if len(elements) == 2 and not any(isinstance(e, ast.Slice | ast.Constant) for e in elements):
        new = with_fields(node.slice, elts=elements[::-1])
        yield Change("exchanged the indices", with_fields(node, slice=new), (
            "row and column are exchanged",), True, True)
    for i, element in enumerate(elements):
        if isinstance(element, ast.Name | ast.BinOp):
            for new, word in _beside(element):
                both = with_fields(node.slice, elts=[*elements[:i], new, *elements[i + 1 :]])
                yield Change("moved an index", with_fields(node, slice=both), (
                    f"what is looked up stands one place too {word}", _PLACE), True)


def _walked(node: ast.For | ast.comprehension, walked: ast.expr) -> Iterator[Change]:
    """Without the first or the last: `list(…)` lets a generator be cut, too."""
    for bounds, said in (
        ((ast.Constant(1), None), "a loop leaves out the first item"),
        ((None, ast.UnaryOp(ast.USub(), ast.Constant(1))), "a loop leaves out the last item"),
    ):
        listed = ast.Call(ast.Name("list", ast.Load()), [walked], [])
        cut = ast.Subscript(listed, ast.Slice(*bounds), ast.Load())
        yield Change("cut what is walked through", with_fields(node, iter=cut), (said, _PLACE),
                     True)
    turned = ast.Subscript(ast.Call(ast.Name("list", ast.Load()), [walked], []),
                           ast.Slice(None, None, ast.UnaryOp(ast.USub(), ast.Constant(1))),
                           ast.Load())
    yield Change("walked the other way", with_fields(node, iter=turned),
                 ("a loop runs the other way round",), True)


def _beside(node: ast.expr) -> Iterator[tuple[ast.expr, str]]:
    yield ast.BinOp(node, ast.Sub(), ast.Constant(1)), "early"
    yield ast.BinOp(node, ast.Add(), ast.Constant(1)), "late"


def _is_number(node: ast.AST) -> bool:
    if isinstance(node, ast.UnaryOp):
        node = node.operand
    return isinstance(node, ast.Constant)
