"""The first difference between what was expected and what came back."""

from __future__ import annotations

import dataclasses
from typing import Any, Literal

import numpy as np

from pathkit.checks.plain import Opaque, Tensor
from pathkit.checks.value_text import described, shape_text, short, type_name

Kind = Literal["wrong type", "wrong shape", "wrong dtype", "not finite", "wrong value"]

DTYPE_KINDS = {"b": "bool", "i": "int", "u": "int", "f": "float", "c": "complex"}


@dataclasses.dataclass(frozen=True)
class Tolerance:
    """|got - expected| <= absolute + relative * |expected|, elementwise.

    The defaults let float64 results differ by the order of their sums and by nothing else.
    """

    relative: float = 1e-6
    absolute: float = 1e-9


# What a result computed in float32 or float16 may be off by and still be meant right.
COARSE = Tolerance(relative=1e-3, absolute=1e-4)


@dataclasses.dataclass(frozen=True)
class Difference:
    """One difference: `where` is a path such as `[2]['a'][0, 1]`, empty for the whole value."""

    kind: Kind
    where: str
    expected: str
    got: str


def difference(expected: Any, got: Any, tolerance: Tolerance) -> Difference | None:
    """The first difference between two plain values, or None when they agree.

    Lists and tuples are the same thing here, and so are a number and a NumPy scalar: a
    learner's choice between them is rarely a mistake. Lists and arrays differ.
    """
    return _difference(expected, got, tolerance, "")


def _difference(expected: Any, got: Any, tolerance: Tolerance, where: str) -> Difference | None:
    if type_name(expected) != type_name(got):
        return Difference("wrong type", where, described(expected), described(got))
    match expected:
        case Tensor():
            return _arrays(expected.values, got.values, tolerance, where, expected.dtype, got.dtype)
        case np.ndarray():
            return _arrays(expected, got, tolerance, where, str(expected.dtype), str(got.dtype))
        case list() | tuple():
            return _sequences(expected, got, tolerance, where)
        case dict():
            return _mappings(expected, got, tolerance, where)
        case str() | bytes():
            return _texts(expected, got, where)
        case bool() | None | set() | Opaque():
            return None if expected == got else _wrong(expected, got, where)
    return _numbers(expected, got, tolerance, where)


def _wrong(expected: Any, got: Any, where: str, kind: Kind = "wrong value") -> Difference:
    """A difference whose two texts differ, too: with as many digits as that takes."""
    for digits in (6, 9, 12, 17):
        texts = short(expected, digits=digits), short(got, digits=digits)
        if texts[0] != texts[1]:
            break
    return Difference(kind, where, *texts)


def _texts(expected: str | bytes, got: str | bytes, where: str) -> Difference | None:
    if expected == got:
        return None
    pairs = enumerate(zip(expected, got, strict=False))
    at = next((i for i, (a, b) in pairs if a != b), min(len(expected), len(got)))
    if at < 20:
        return _wrong(expected, got, where)
    # Both begin alike for so long that the difference might not be shown: start just before it.
    return _wrong(expected[at - 10 :], got[at - 10 :], f"{where}[{at - 10}:]")


def _numbers(expected: Any, got: Any, tolerance: Tolerance, where: str) -> Difference | None:
    if isinstance(expected, int) and isinstance(got, int):  # counts are exact, however large
        return None if expected == got else _wrong(expected, got, where)
    if type(expected) is type(got) and expected == got:
        return None
    try:
        expected_value, got_value = complex(expected), complex(got)
    except OverflowError:  # integers too large for a float are compared exactly
        return None if expected == got else _wrong(expected, got, where)
    if np.isfinite(expected_value) and not np.isfinite(got_value):
        return _wrong(expected, got, where, "not finite")
    both = np.array([expected_value]), np.array([got_value])
    if _close(*both, tolerance).all():
        return None
    return _wrong(expected, got, where)


def _close(expected: np.ndarray, got: np.ndarray, tolerance: Tolerance) -> np.ndarray:
    with np.errstate(all="ignore"):
        return np.isclose(
            got, expected, rtol=tolerance.relative, atol=tolerance.absolute, equal_nan=True
        )


def _arrays(
    expected: np.ndarray,
    got: np.ndarray,
    tolerance: Tolerance,
    where: str,
    expected_dtype: str,
    got_dtype: str,
) -> Difference | None:
    if expected.shape != got.shape:
        return Difference("wrong shape", where, shape_text(expected), shape_text(got))
    # Most of what is compared is what an answer was called with, which it left as it was.
    alike = expected_dtype == got_dtype and expected.dtype == got.dtype
    if alike and expected.tobytes() == got.tobytes():
        return None
    kinds = [DTYPE_KINDS.get(a.dtype.kind, a.dtype.kind) for a in (expected, got)]
    if kinds[0] != kinds[1]:
        return Difference("wrong dtype", where, expected_dtype, got_dtype)
    if kinds[0] in ("float", "complex"):
        lost = np.isfinite(expected) & ~np.isfinite(got)
        if lost.any():
            return _element("not finite", expected, got, lost, where)
        wrong = ~_close(expected, got, tolerance)
        if wrong.any() and _is_coarser(got, expected) and _close(expected, got, COARSE).all():
            return Difference("wrong dtype", where, expected_dtype, got_dtype)
    else:
        wrong = expected != got
    return _element("wrong value", expected, got, wrong, where) if wrong.any() else None


def _is_coarser(one: np.ndarray, other: np.ndarray) -> bool:
    return one.dtype.itemsize < other.dtype.itemsize


def _element(
    kind: Kind, expected: np.ndarray, got: np.ndarray, wrong: np.ndarray, where: str
) -> Difference:
    index = tuple(int(i) for i in np.argwhere(wrong)[0])
    spot = f"{where}[{', '.join(map(str, index))}]" if index else where
    return _wrong(expected[index].item(), got[index].item(), spot, kind)


def _sequences(expected: Any, got: Any, tolerance: Tolerance, where: str) -> Difference | None:
    if len(expected) != len(got):
        lengths = [f"{len(s)} item{'s' * (len(s) != 1)}" for s in (expected, got)]
        return Difference("wrong shape", where, *lengths)
    for i, (one, other) in enumerate(zip(expected, got, strict=True)):
        found = _difference(one, other, tolerance, f"{where}[{i}]")
        if found:
            return found
    return None


def _mappings(expected: dict, got: dict, tolerance: Tolerance, where: str) -> Difference | None:
    for key, value in expected.items():
        if key not in got:
            return Difference("wrong value", f"{where}[{short(key)}]", short(value), "no such key")
        found = _difference(value, got[key], tolerance, f"{where}[{short(key)}]")
        if found:
            return found
    for key in got:
        if key not in expected:
            spot = f"{where}[{short(key)}]"
            return Difference("wrong value", spot, "no such key", short(got[key]))
    return None
