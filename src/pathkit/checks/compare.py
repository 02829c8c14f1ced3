"""The first difference between what was expected and what came back."""

from __future__ import annotations

import dataclasses
import re
from typing import Any, Literal

import numpy as np

from pathkit.checks.plain import Opaque, Tensor
from pathkit.checks.value_text import described, items_text, shape_text, short, type_name

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
    """One difference: `where` is a path such as `[2]['a'][0, 1]`, empty for the whole value.

    key: the last one in `where`, of a dict where only one of the two values has it.
    """

    kind: Kind
    where: str
    expected: str
    got: str
    key: str = ""


def difference(expected: Any, got: Any, tolerance: Tolerance) -> Difference | None:
    """The first difference between two plain values, or None when they agree.

    Lists and tuples are the same thing here, and so are a number, a NumPy scalar and an array or
    tensor without axes: a learner's choice between them is rarely a mistake. Lists and arrays
    differ.
    """
    return _difference(expected, got, tolerance, "")


def _difference(expected: Any, got: Any, tolerance: Tolerance, where: str) -> Difference | None:
    if _is_rank_0(expected) and _is_rank_0(got):
        return _rank_0(expected, got, tolerance, where)
    if _sort(expected) != _sort(got):
        return Difference("wrong type", where, described(expected), described(got))
    match expected:
        case Tensor() | np.ndarray():
            return _arrays(expected, got, tolerance, where)
        case list() | tuple():
            return _sequences(expected, got, tolerance, where)
        case dict():
            return _mappings(expected, got, tolerance, where)
        case str() | bytes():
            return _texts(expected, got, where)
        case set():
            return _sets(expected, got, tolerance, where)
        case bool() | None | Opaque():
            return None if expected == got else _wrong(expected, got, where)
    return _numbers(expected, got, tolerance, where)


def _sort(value: Any) -> str:
    """What kinds of value are the same thing: a tuple is as good as a list."""
    return "a list" if isinstance(value, tuple) else type_name(value)


def _is_rank_0(value: Any) -> bool:
    """Whether it is one number or truth value, whatever holds it."""
    if isinstance(value, Tensor):
        return value.values.ndim == 0
    if isinstance(value, np.ndarray):
        return value.ndim == 0
    return isinstance(value, bool | int | float | complex)


def _rank_0(expected: Any, got: Any, tolerance: Tolerance, where: str) -> Difference | None:
    bare, other = _bare(expected), _bare(got)
    if _sort(bare) != _sort(other):
        return Difference("wrong type", where, described(bare), described(other))
    if isinstance(bare, bool | str | bytes):
        return None if bare == other else _wrong(bare, other, where)
    found = _numbers(bare, other, tolerance, where)
    if found and found.kind == "wrong value" and _bits(got) < _bits(expected):
        near = close(np.array([bare]), np.array([other]), COARSE).all()
        names = _dtype(expected) or "float64", _dtype(got)
        return Difference("wrong dtype", where, *names) if near else found
    return found


def _bare(value: Any) -> Any:
    """The Python number in an array or tensor without axes."""
    array = value.values if isinstance(value, Tensor) else value
    return array.item() if isinstance(array, np.ndarray) else array


def _dtype(value: Any) -> str:
    """The name of the dtype of an array or tensor; "" for what has none."""
    return str(value.dtype) if isinstance(value, Tensor | np.ndarray) else ""


def _bits(value: Any) -> int:
    """How many bits a number takes, by its dtype's name; 64 in what Python has."""
    found = re.match(r"(?:complex|b?float)(\d+)", _dtype(value))
    return int(found[1]) if found else 64


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
    if close(*both, tolerance).all():
        return None
    return _wrong(expected, got, where)


def close(expected: np.ndarray, got: np.ndarray, tolerance: Tolerance) -> np.ndarray:
    """Where two arrays of one shape agree; nan agrees with nan."""
    with np.errstate(all="ignore"):
        return np.isclose(
            got, expected, rtol=tolerance.relative, atol=tolerance.absolute, equal_nan=True
        )


def _arrays(expected: Any, got: Any, tolerance: Tolerance, where: str) -> Difference | None:
    whole, other = (a.values if isinstance(a, Tensor) else a for a in (expected, got))
    if whole.shape != other.shape:
        return Difference("wrong shape", where, shape_text(whole), shape_text(other))
    # Most of what is compared is what an answer was called with, which it left as it was.
    alike = _dtype(expected) == _dtype(got) and whole.dtype == other.dtype
    if alike and whole.tobytes() == other.tobytes():
        return None
    kinds = [DTYPE_KINDS.get(a.dtype.kind, a.dtype.kind) for a in (whole, other)]
    if kinds[0] != kinds[1]:
        return Difference("wrong dtype", where, _dtype(expected), _dtype(got))
    if kinds[0] not in ("float", "complex"):
        wrong = whole != other
        return _element("wrong value", whole, other, wrong, where) if wrong.any() else None
    wrong = ~close(whole, other, tolerance)
    if not wrong.any():
        return None
    if _bits(got) < _bits(expected) and close(whole, other, COARSE).all():
        return Difference("wrong dtype", where, _dtype(expected), _dtype(got))
    lost = np.isfinite(whole) & ~np.isfinite(other)
    # A plain number that is wrong says more about the idea than one that overflowed.
    if (plainly := wrong & ~lost).any():
        return _element("wrong value", whole, other, plainly, where)
    return _element("not finite", whole, other, lost, where)


def _element(
    kind: Kind, expected: np.ndarray, got: np.ndarray, wrong: np.ndarray, where: str
) -> Difference:
    index = tuple(int(i) for i in np.argwhere(wrong)[0])
    spot = f"{where}[{', '.join(map(str, index))}]" if index else where
    return _wrong(expected[index].item(), got[index].item(), spot, kind)


def _sequences(expected: Any, got: Any, tolerance: Tolerance, where: str) -> Difference | None:
    if len(expected) != len(got):
        return Difference("wrong shape", where, items_text(expected), items_text(got))
    for i, (one, other) in enumerate(zip(expected, got, strict=True)):
        found = _difference(one, other, tolerance, f"{where}[{i}]")
        if found:
            return found
    return None


def _sets(expected: set, got: set, tolerance: Tolerance, where: str) -> Difference | None:
    """Sets of numbers are compared in order of size: the same sums may round differently."""
    if expected == got:
        return None
    if len(expected) == len(got) and all(_is_real(v) for v in (*expected, *got)):
        pairs = zip(sorted(expected), sorted(got), strict=True)
        if all(_numbers(one, other, tolerance, "") is None for one, other in pairs):
            return None
    return _wrong(expected, got, where)


def _is_real(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _mappings(expected: dict, got: dict, tolerance: Tolerance, where: str) -> Difference | None:
    for key, value in expected.items():
        name = short(key)
        spot = f"{where}[{name}]"
        if key not in got:
            return Difference("wrong value", spot, short(value), "no such key", name)
        found = _difference(value, got[key], tolerance, spot)
        if found:
            return found
    for key in got:
        if key not in expected:
            name = short(key)
            spot = f"{where}[{name}]"
            return Difference("wrong value", spot, "no such key", short(got[key]), name)
    return None
