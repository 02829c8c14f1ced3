"""What a second slip makes of an answer: transposed, scaled, a list, or too coarse."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from pathkit.checks.compare import COARSE, Tolerance
from pathkit.checks.outputs import Outputs, Returned
from pathkit.checks.plain import Tensor

# So many numbers must be off by one factor before it is believed to be one.
ENOUGH = 3


def slipped(known: Outputs, got: Outputs, tolerance: Tolerance) -> Iterator[
    tuple[str, Outputs, Tolerance]
]:
    """(what to say, outputs, how near) for `known` with each slip; `got` tells the factor."""
    yield "the result is transposed", _mapped(known, _transposed), tolerance
    yield "the result is a list, not an array", _mapped(known, _listed, whole=True), tolerance
    if _is_coarser(got, known):
        yield "the result is too coarse: compute it in float64", known, COARSE
    if factor := _factor(known, got):
        said = "its sign is turned round" if factor == -1 else f"it is multiplied by {factor:.3g}"
        yield said, _mapped(known, lambda array: array * factor), tolerance


def _mapped(
    outputs: Outputs, change: Callable[[np.ndarray], Any], whole: bool = False
) -> Outputs:
    """The outputs with their numbers changed; whole: where a result is one array alone."""
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


def _is_coarser(one: Outputs, other: Outputs) -> bool:
    """Whether all arrays are of fewer bytes a number than those of the other outputs."""
    sizes = [
        [array.dtype.itemsize for result in outputs.results if isinstance(result, Returned)
         for array in _arrays(result.value)]
        for outputs in (one, other)
    ]
    return bool(sizes[0]) and len(sizes[0]) == len(sizes[1]) and max(sizes[0]) < min(sizes[1])


def _arrays(value: Any) -> Iterator[np.ndarray]:
    match value:
        case Tensor():
            yield from _arrays(value.values)
        case np.ndarray() if value.dtype.kind == "f":
            yield value
        case list() | tuple():
            for part in value:
                yield from _arrays(part)
        case dict():
            yield from _arrays(list(value.values()))


def _factor(known: Outputs, got: Outputs) -> float:
    """What `known` would have to be multiplied by; 0 where no factor is likely."""
    pairs = [
        (_numbers(one.value), _numbers(other.value))
        for one, other in zip(known.results, got.results, strict=False)
        if isinstance(one, Returned) and isinstance(other, Returned)
    ]
    if not pairs or any(one.shape != other.shape for one, other in pairs):
        return 0
    ones, others = (np.concatenate(parts) for parts in zip(*pairs, strict=True))
    told = np.isfinite(ones) & (ones != 0)
    if len(set(np.abs(ones[told]))) < ENOUGH:
        return 0
    place = np.argmax(np.where(told, np.abs(ones), 0))
    with np.errstate(all="ignore"):
        factor = float(others[place] / ones[place])
    if not np.isfinite(factor) or factor == 1:
        return 0
    return round(factor) if np.isclose(factor, round(factor), rtol=1e-9) else factor


def _numbers(value: Any) -> np.ndarray:
    """All numbers in a plain value, in their order."""
    match value:
        case Tensor():
            return _numbers(value.values)
        case np.ndarray() if value.dtype.kind in "iuf":
            return value.ravel().astype(float)
        case bool():
            return np.zeros(0)
        case int() | float():
            try:
                return np.array([float(value)])
            except OverflowError:
                return np.array([np.inf])
        case list() | tuple():
            return np.concatenate([np.zeros(0), *map(_numbers, value)])
        case dict():
            return _numbers(list(value.values()))
    return np.zeros(0)
