"""The first difference between what was expected and what came back."""

from __future__ import annotations

import dataclasses
from typing import Any, Literal

import numpy as np

from pathkit.checks.plain import Opaque, Tensor

Kind = Literal["wrong type", "wrong shape", "wrong dtype", "not finite", "wrong value"]

DTYPE_KINDS = {"b": "bool", "i": "int", "u": "int", "f": "float", "c": "complex"}


@dataclasses.dataclass(frozen=True)
class Tolerance:
    """|got - expected| <= absolute + relative * |expected|, elementwise.

    The defaults let float64 results differ by the order of their sums and by nothing else.
    """

    relative: float = 1e-6
    absolute: float = 1e-9


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
        case bool() | None | str() | bytes() | set() | Opaque():
            if expected == got:
                return None
            return Difference("wrong value", where, short(expected), short(got))
    return _numbers(expected, got, tolerance, where)


def _numbers(expected: Any, got: Any, tolerance: Tolerance, where: str) -> Difference | None:
    try:
        expected_value, got_value = complex(expected), complex(got)
    except OverflowError:  # integers too large for a float are compared exactly
        same = expected == got
        return None if same else Difference("wrong value", where, short(expected), short(got))
    if np.isfinite(expected_value) and not np.isfinite(got_value):
        return Difference("not finite", where, short(expected), short(got))
    both = np.array([expected_value]), np.array([got_value])
    if _close(*both, tolerance).all():
        return None
    return Difference("wrong value", where, short(expected), short(got))


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
        return Difference("wrong shape", where, _shape(expected), _shape(got))
    kinds = [DTYPE_KINDS.get(a.dtype.kind, a.dtype.kind) for a in (expected, got)]
    if kinds[0] != kinds[1]:
        return Difference("wrong dtype", where, expected_dtype, got_dtype)
    if kinds[0] in ("float", "complex"):
        lost = np.isfinite(expected) & ~np.isfinite(got)
        if lost.any():
            return _element("not finite", expected, got, lost, where)
        wrong = ~_close(expected, got, tolerance)
    else:
        wrong = expected != got
    return _element("wrong value", expected, got, wrong, where) if wrong.any() else None


def _element(
    kind: Kind, expected: np.ndarray, got: np.ndarray, wrong: np.ndarray, where: str
) -> Difference:
    index = tuple(int(i) for i in np.argwhere(wrong)[0])
    spot = f"{where}[{', '.join(map(str, index))}]" if index else where
    return Difference(kind, spot, short(expected[index].item()), short(got[index].item()))


def _sequences(expected: Any, got: Any, tolerance: Tolerance, where: str) -> Difference | None:
    for i, (one, other) in enumerate(zip(expected, got, strict=False)):
        found = _difference(one, other, tolerance, f"{where}[{i}]")
        if found and len(expected) == len(got):
            return found
    if len(expected) != len(got):
        lengths = [f"{len(s)} item{'s' * (len(s) != 1)}" for s in (expected, got)]
        return Difference("wrong shape", where, *lengths)
    return None


def _mappings(expected: dict, got: dict, tolerance: Tolerance, where: str) -> Difference | None:
    for key, value in expected.items():
        if key not in got:
            return Difference("wrong value", f"{where}[{key!r}]", short(value), "no such key")
        found = _difference(value, got[key], tolerance, f"{where}[{key!r}]")
        if found:
            return found
    for key in got:
        if key not in expected:
            return Difference("wrong value", f"{where}[{key!r}]", "no such key", short(got[key]))
    return None


def type_name(value: Any) -> str:
    """The kind of a plain value, in the words a learner knows."""
    match value:
        case None:
            return "None"
        case bool():
            return "a bool"
        case int() | float():
            return "a number"
        case complex():
            return "a complex number"
        case str():
            return "a string"
        case bytes():
            return "bytes"
        case np.ndarray():
            return "a NumPy array"
        case Tensor():
            return "a torch tensor"
        case list() | tuple():
            return "a list"
        case dict():
            return "a dict"
        case set():
            return "a set"
        case Opaque():
            return f"an object of type {value.type_name}"
    return type(value).__name__


def described(value: Any) -> str:
    """The type and, where it has one, the shape: enough to tell two kinds of value apart."""
    match value:
        case np.ndarray():
            return f"a NumPy array of shape {_shape(value)}"
        case Tensor():
            return f"a torch tensor of shape {_shape(value.values)}"
        case list() | tuple():
            return f"a list of {len(value)}"
        case None:
            return "None"
        case bool() | int() | float() | str():
            return f"{type_name(value)}, {short(value)}"
    return type_name(value)


def _shape(array: np.ndarray) -> str:
    return f"({', '.join(map(str, array.shape))}{',' * (array.ndim == 1)})"


def short(value: Any, width: int = 60) -> str:
    """A value on one line of at most `width` characters."""
    if isinstance(value, Tensor):
        value = value.values
    if isinstance(value, Opaque):
        return f"<{value.type_name}>"
    if isinstance(value, np.ndarray):
        text = np.array2string(
            value, precision=4, suppress_small=True, threshold=20, separator=", "
        )
        text = " ".join(text.split())
    elif isinstance(value, float):
        text = f"{value:.6g}"
    elif isinstance(value, complex):
        text = f"{value:.6g}"
    else:
        text = repr(value)
    text = " ".join(text.split())
    return text if len(text) <= width else f"{text[: width - 1]}…"
