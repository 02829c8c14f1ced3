"""Which of a model's parameters is which of the reference's, whatever they are called.

Equal names come first. What is left is matched by shape, then by the layer it belongs to; where
several are alike, by what their names share, and else in the order in which they were defined.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

Shapes = Mapping[str, tuple[int, ...]]
Kind = Callable[[Shapes, str], tuple]


_NO_OTHER_LAYOUT = (
    "The check can't copy its weights into another layout, even if it holds the same numbers"
)


class DifferentParameters(Exception):
    """A model has other parameters than the ones to copy: judged by its name."""


class DifferentShapes(Exception):
    """A model's parameters differ in shape from the ones to copy: judged by its name."""


def assigned(wanted: Shapes, found: Shapes) -> dict[str, str]:
    """The name in `found` for each name in `wanted`; both in the order of their definition.

    Raises DifferentParameters or DifferentShapes, with one sentence about what differs.
    """
    result = {name: name for name in wanted if found.get(name) == wanted[name]}
    _pair(wanted, found, result, _by_layer)
    _pair(wanted, found, result, _by_shape)
    missing = {name: wanted[name] for name in wanted if name not in result}
    extra = {name: found[name] for name in found if name not in set(result.values())}
    if missing or extra:
        raise _difference(missing, extra)
    return result


def _pair(wanted: Shapes, found: Shapes, result: dict[str, str], by: Kind) -> None:
    """Pair what is of one kind, of what isn't in `result` yet."""
    taken = set(result.values())
    groups: dict[object, tuple[list[str], list[str]]] = {}
    for side, shapes, done in ((0, wanted, result), (1, found, taken)):
        for name in shapes:
            if name not in done:
                groups.setdefault(by(shapes, name), ([], []))[side].append(name)
    for ours, theirs in groups.values():
        # Of a layer there must be as many on both sides; else it may well be another one.
        if by is not _by_layer or len(ours) == len(theirs):
            result.update(_nearest(ours, theirs))


def _by_shape(shapes: Shapes, name: str) -> tuple:
    return shapes[name]


def _by_layer(shapes: Shapes, name: str) -> tuple:
    """The kind of layer that a parameter is part of: its own last name, and all shapes beside."""
    prefix, _, last = name.rpartition(".")
    paths = [(other.rpartition("."), shape) for other, shape in shapes.items()]
    beside = [(path[2], shape) for path, shape in paths if path[0] == prefix]
    return last, shapes[name], tuple(sorted(beside)) if prefix else ()


def _nearest(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Pairs of names, the ones that share most first; where none share more, in order."""
    numbers = _ranks(ours), _ranks(theirs)
    counted = len(set(numbers[0])) == len(set(numbers[1])) > 1

    def rank(pair: tuple[int, int]) -> tuple:
        i, j = pair
        number = 3 * (counted and numbers[0][i] == numbers[1][j])
        return -number - _shared(ours[i], theirs[j]), abs(i - j), pair

    ranked = sorted(itertools.product(range(len(ours)), range(len(theirs))), key=rank)
    rows, columns = set(), set()
    for i, j in ranked:
        if i not in rows and j not in columns:
            rows.add(i)
            columns.add(j)
            yield ours[i], theirs[j]


def _ranks(names: Sequence[str]) -> list[int]:
    """Which number a name has among the others': some count from 0, others from 1."""
    numbers = [tuple(map(int, re.findall(r"\d+", name))) for name in names]
    order = sorted(set(numbers))
    return [order.index(number) for number in numbers]


def _shared(one: str, other: str) -> int:
    """How much two paths of attributes have in common: whole parts, beginnings of words."""
    parts, others = one.casefold().split("."), other.casefold().split(".")
    common = {part for part in set(parts) & set(others) if not part.isdecimal()}
    words, more = (_words(p for p in side if p not in common) for side in (parts, others))
    begin = sum(a.startswith(b) or b.startswith(a) for a in words for b in more)
    return 4 * len(common) + 2 * begin + len(_letters(words) & _letters(more))


def _words(parts: Iterator[str]) -> list[str]:
    return [word for part in parts for word in re.split(r"[_\d]+", part) if word]


def _letters(words: Sequence[str]) -> set[str]:
    """What stands for a word: `q` and `wq` for `query`."""
    return {word[0] for word in words} | {word[-1] for word in words if len(word) == 2}


def _difference(missing: Shapes, extra: Shapes) -> Exception:
    for name in extra:
        if said := _turned(name, extra[name], missing):
            return said
    for name in missing:
        if name in extra:
            return DifferentShapes(f"The parameter {name!r} has shape {list(extra[name])}; "
                                   f"expected {list(missing[name])}")
    for name in extra:
        if parts := _below_each_other(extra[name], missing):
            return DifferentParameters(
                f"The parameter {_named(name, extra)} stands where {_joined(parts)} are expected. "
                f"{_NO_OTHER_LAYOUT}: keep them apart")
    for name in missing:
        if parts := _below_each_other(missing[name], extra):
            return DifferentParameters(
                f"{_joined(parts)} stand where one parameter is expected, {_named(name, missing)}. "
                f"{_NO_OTHER_LAYOUT}: keep them in one")
    if not missing:
        name = next(iter(extra))
        return DifferentParameters(f"The model has a parameter {_named(name, extra)} that isn't "
                                   f"expected{_and_more(extra, 'nor is')}")
    name = next(iter(missing))
    besides = f"; it has others: {', '.join(_named(n, extra) for n in extra)}" if extra else ""
    return DifferentParameters(f"The model has no parameter {_named(name, missing)}"
                               f"{_and_more(missing, 'nor')}{besides}")


def _and_more(names: Shapes, word: str) -> str:
    rest = list(names)[1:]
    return f", {word} {', '.join(map(repr, rest[:3]))}" if rest else ""


def _named(name: str, shapes: Shapes) -> str:
    return f"{name!r} of shape {list(shapes[name])}"


def _turned(name: str, shape: tuple, missing: Shapes) -> Exception | None:
    for other, wanted in missing.items():
        if len(shape) == 2 and wanted != shape == wanted[::-1]:
            return DifferentShapes(
                f"The parameter {name!r} has shape {list(shape)}, and {list(wanted)} is expected, "
                f"as {other!r} has: outputs first, as nn.Linear keeps its weights")
    return None


def _below_each_other(whole: tuple[int, ...], parts: Shapes) -> list[str]:
    """Several parameters, one after another, that have the shape `whole` together."""
    fitting = [n for n, shape in parts.items() if shape and shape[1:] == whole[1:]]
    for start, end in itertools.combinations(range(len(fitting) + 1), 2):
        run = fitting[start:end]
        if len(run) > 1 and sum(parts[n][0] for n in run) == whole[0]:
            return run
    return []


def _joined(names: Sequence[str]) -> str:
    return f"{', '.join(map(repr, names[:-1]))} and {names[-1]!r}"
