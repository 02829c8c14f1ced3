"""What a second slip makes of an answer: transposed, scaled, a list, or too coarse."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from pathkit.checks.compare import COARSE, Tolerance
from pathkit.checks.outputs import Outputs, Returned
from pathkit.checks.plain import Tensor

Pair = tuple[np.ndarray, np.ndarray]

# So many numbers must be off by one factor before it is believed to be one.
ENOUGH = 3


def slipped(known: Outputs, got: Outputs, tolerance: Tolerance) -> Iterator[
    tuple[str, Outputs, Tolerance]
]:
    """(what to say, outputs, how near) for `known` with each slip that `got` may show."""
    yield "the result is transposed", _mapped(known, _transposed), tolerance
    yield "the result is a list, not an array", _mapped(known, _listed, whole=True), tolerance
    pairs = _pairs(known, got)
    if _is_coarser(pairs):
        yield "the result is too coarse: compute it in float64", known, COARSE
    # Of several parts together a factor tells little: one may be right, and its own be wrong.
    if not _have_parts(known) and (factor := _factor(pairs)):
        said = "its sign is turned round" if factor == -1 else f"it is multiplied by {factor:.3g}"
        yield said, _mapped(known, lambda array: array * factor), tolerance


def _mapped(
    outputs: Outputs, change: Callable[[np.ndarray], Any], whole: bool = False
) -> Outputs:
    """The outputs with their numbers changed; whole: where a result is one array alone."""
    with np.errstate(all="ignore"):
        results = tuple(
            dataclasses.replace(result, value=_changed(result.value, change, whole))
            if isinstance(result, Returned) else result
            for result in outputs.results
        )
    return dataclasses.replace(outputs, results=results)


def _changed(value: Any, change: Callable[[np.ndarray], Any], whole: bool) -> Any:
    match value:
        case Tensor():
            new = change(value.values) if value.values.dtype.kind in "iuf" else value.values
            return Tensor(new, str(new.dtype)) if isinstance(new, np.ndarray) else new
        case np.ndarray() if value.dtype.kind in "iuf":
            return change(value)
        case list() | tuple() if not whole:
            return [_changed(part, change, whole) for part in value]
        case dict() if not whole:
            return {key: _changed(part, change, whole) for key, part in value.items()}
        case int() | float() if not whole and not isinstance(value, bool):
            return _changed_number(value, change)
    return value


def _changed_number(value: float, change: Callable[[np.ndarray], Any]) -> float:
    try:
        return change(np.asarray(value)).item()
    except (OverflowError, AttributeError, TypeError):  # an integer that is too large
        return value


def _transposed(array: np.ndarray) -> np.ndarray:
    return np.swapaxes(array, -1, -2) if array.ndim >= 2 else array


def _listed(array: np.ndarray) -> Any:
    return array.tolist() if array.ndim else array


def _is_coarser(pairs: Sequence[Pair]) -> bool:
    """Whether the second of each two arrays of floats is of fewer bytes a number."""
    arrays = [(one, two) for one, two in pairs if one.ndim and one.dtype.kind == "f"]
    return bool(arrays) and all(
        two.dtype.kind == "f" and two.dtype.itemsize < one.dtype.itemsize for one, two in arrays
    )


def _have_parts(outputs: Outputs) -> bool:
    values = [result.value for result in outputs.results if isinstance(result, Returned)]
    return any(isinstance(value, list | tuple | dict) for value in values)


def _factor(pairs: Sequence[Pair]) -> float:
    """What the first ones have to be multiplied by to be the second; 0 where none is likely."""
    if not pairs:
        return 0
    ones, twos = (np.concatenate([a.ravel().astype(float) for a in s])
                  for s in zip(*pairs, strict=True))
    told = np.isfinite(ones) & (ones != 0)
    if len(set(np.abs(ones[told]))) < ENOUGH:
        return 0
    place = np.argmax(np.where(told, np.abs(ones), 0))
    with np.errstate(all="ignore"):
        factor = float(twos[place] / ones[place])
    if not np.isfinite(factor) or factor == 1:
        return 0
    return round(factor) if np.isclose(factor, round(factor), rtol=1e-9) else factor


class _Unlike(Exception):
    """Two values have different parts."""


def _pairs(known: Outputs, got: Outputs) -> list[Pair]:
    """The numbers of both that stand in the same places; none where there are other places.

    Walks no further than `known` goes: who knows how large an answer's result is.
    """
    values = [
        (one.value, two.value) for one, two in zip(known.results, got.results, strict=False)
        if isinstance(one, Returned) and isinstance(two, Returned)
    ]
    try:
        return [pair for one, two in values for pair in _beside(one, two)]
    except _Unlike:
        return []


def _beside(one: Any, two: Any) -> Iterator[Pair]:
    match one, two:
        case Tensor(), Tensor():
            yield from _beside(one.values, two.values)
        case np.ndarray(), np.ndarray():
            if one.shape != two.shape:
                raise _Unlike
            if one.dtype.kind in "iuf" and two.dtype.kind in "iuf":
                yield one, two
        case (list() | tuple()), (list() | tuple()):
            if len(one) != len(two):
                raise _Unlike
            for parts in zip(one, two, strict=True):
                yield from _beside(*parts)
        case dict(), dict():
            if one.keys() != two.keys():
                raise _Unlike
            for key in one:
                yield from _beside(one[key], two[key])
        case (int() | float()), (int() | float()):
            with contextlib.suppress(OverflowError):
                yield np.array(float(one)), np.array(float(two))
        case _ if type(one) is not type(two):
            raise _Unlike
