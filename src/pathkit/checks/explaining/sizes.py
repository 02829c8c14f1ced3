"""The sizes of a probe by name: what a factor or an offset may turn out to be."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from pathkit.checks.explaining.cases import as_array
from pathkit.checks.plain import plain

CONSTANTS = (
    (2.0, "2"), (0.5, "1/2"), (math.log(2), "ln 2"), (1 / math.log(2), "1/ln 2"),
    (math.log(10), "ln 10"), (1 / math.log(10), "1/ln 10"), (math.pi, "π"), (1 / math.pi, "1/π"),
    (2 * math.pi, "2π"), (math.sqrt(2), "√2"), (1 / math.sqrt(2), "1/√2"),
)


def sizes(arguments: Sequence[Any], parameters: Sequence[str]) -> dict[str, float]:
    """What can be counted in a probe, by name, such as `the number of rows of x`."""
    return dict(_sizes(arguments, parameters))


def _sizes(arguments: Sequence[Any], parameters: Sequence[str]) -> Iterator[tuple[str, float]]:
    for i, argument in enumerate(arguments):
        name = f"`{parameters[i]}`" if i < len(parameters) else f"argument {i + 1}"
        value = plain(argument)
        array = as_array(value)
        if isinstance(value, tuple) and array is None:
            yield from _sizes(value, [f"{name[1:-1]}[{j}]" for j in range(len(value))])
        elif array is not None and not isinstance(value, list | tuple):
            yield from _of_array(array, name)
        elif isinstance(value, list | tuple | str | dict):
            yield f"the length of {name}", float(len(value))
            if array is not None and array.ndim == 2:
                yield from _of_array(array, name)


def _of_array(array: np.ndarray, name: str) -> Iterator[tuple[str, float]]:
    match array.ndim:
        case 0:
            value = float(array)
            if np.isfinite(value):
                yield name, value
        case 1:
            yield f"the length of {name}", float(len(array))
        case 2:
            yield f"the number of rows of {name}", float(array.shape[0])
            yield f"the number of columns of {name}", float(array.shape[1])
        case _:
            for axis, length in enumerate(array.shape):
                yield f"the length of axis {axis} of {name}", float(length)
    if array.ndim > 1:
        yield f"the number of entries of {name}", float(array.size)


def ways(size: float) -> Iterator[tuple[str, float]]:
    """What a size can do as a factor, and how that is said."""
    if size <= 0:
        return
    yield "times {}", size
    yield "divided by {}", 1 / size
    yield "times the square root of {}", math.sqrt(size)
    yield "divided by the square root of {}", 1 / math.sqrt(size)
    yield "times the square of {}", size**2
    yield "divided by the square of {}", 1 / size**2
    if size > 1:
        yield "times n / (n − 1), and n is {}", size / (size - 1)
        yield "times (n − 1) / n, and n is {}", (size - 1) / size
        yield "times n − 1, and n is {}", size - 1
