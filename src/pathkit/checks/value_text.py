"""A value in a few words or on one line: its type, its shape, the value itself."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sized
from typing import Any

import numpy as np

from pathkit.checks.plain import Opaque, Tensor, name_of, plain

# The sign of a zero, as a number of its own or as the imaginary part of one.
_MINUS_ZERO = re.compile(r"(?:(?P<imaginary>(?<=[\d.])-)|-)(?=0(\.0*)?(e[+-]?\d+)?(?![\d.]))")


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
        case list():
            return "a list"
        case tuple():
            return "a tuple"
        case dict():
            return "a dict"
        case set():
            return "a set"
        case Opaque():
            return _opaque(value)
    return type(value).__name__


def _opaque(value: Opaque) -> str:
    if " " in value.type_name:
        return f"a {value.type_name}"
    article = "an" if value.type_name[:1].lower() in ("a", "e", "i", "o", "u") else "a"
    if value.type_name in ("generator", "function", "range", "method"):
        return f"{article} {value.type_name}"
    return f"an object of type {value.type_name}"


def described(value: Any) -> str:
    """The type and, where it has one, the shape: enough to tell two kinds of value apart."""
    match value:
        case np.ndarray():
            return f"a NumPy array of shape {shape_text(value)}"
        case Tensor():
            return f"a torch tensor of shape {shape_text(value.values)}"
        case list() | tuple():
            return f"{type_name(value)} of {items_text(value)}"
        case None:
            return "None"
        case bool() | int() | float() | str():
            return f"{type_name(value)}, {short(value)}"
    return type_name(value)


def items_text(values: Sized) -> str:
    """How many there are: `1 item`, `3 items`."""
    return f"{len(values)} item{'s' * (len(values) != 1)}"


def shape_text(array: np.ndarray) -> str:
    """The shape of an array, as Python writes it."""
    return f"({', '.join(map(str, array.shape))}{',' * (array.ndim == 1)})"


def short(value: Any, width: int = 60, digits: int = 6) -> str:
    """A plain value on one line of at most `width` characters."""
    text = " ".join(_text(value, width, digits).split())
    return text if len(text) <= width else f"{text[: width - 1]}…"


def shown(value: Any, width: int = 40) -> str:
    """`short` of any value, also of one whose own code raises when it is looked at."""
    try:
        return short(plain(value), width)
    except Exception:
        return f"<{name_of(type(value))}>"


def _text(value: Any, width: int, digits: int) -> str:
    match value:
        case Tensor():
            return _text(value.values, width, digits)
        case Opaque():
            return f"<{value.type_name}>"
        case np.ndarray():
            return _array_text(value, digits)
        case bool() | None:
            return repr(value)
        case int():
            huge = value.bit_length() > 1000
            return f"<an integer of {value.bit_length()} bits>" if huge else repr(value)
        case float() | complex():
            return _without_minus_zero(f"{value:.{digits}g}")
        case str() | bytes():
            return repr(value[: width + 1])
        case list():
            return f"[{_items(value, width, digits)}]"
        case tuple():
            return f"({_items(value, width, digits)}{',' * (len(value) == 1)})"
        case set():
            return f"{{{_items(value, width, digits)}}}" if value else "set()"
        case dict():
            return f"{{{_items(value.items(), width, digits)}}}"
    return repr(value)


def _array_text(value: np.ndarray, digits: int) -> str:
    if value.ndim > 5:  # NumPy leaves out nothing along short axes, however many there are
        return f"<{described(value)}>"
    text = np.array2string(
        value, precision=digits - 2, suppress_small=digits <= 6, threshold=20, separator=", "
    )
    if value.dtype.kind in "US":
        return text
    return _without_minus_zero(re.sub(r"(?<=\[) | (?=[,\]])", "", " ".join(text.split())))


def _without_minus_zero(text: str) -> str:
    """-0 is 0, and so is what rounds to it; its sign only puzzles."""
    return _MINUS_ZERO.sub(lambda found: "+" if found["imaginary"] else "", text)


def _items(values: Iterable[Any], width: int, digits: int) -> str:
    """The first few items: no more are made into text than can be shown."""
    pair = isinstance(values, type({}.items()))
    texts, length = [], 0
    for item in itertools.islice(values, width):
        parts = item if pair else (item,)
        texts.append(": ".join(_text(part, width, digits) for part in parts))
        length += len(texts[-1]) + 2
        if length > width:
            break
    return ", ".join(texts)
