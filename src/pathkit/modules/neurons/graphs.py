"""Graphs of values: how probes make them, and what is told of one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

# A recipe: numbers to start from, then steps; a step names its inputs by their place in the list.
Recipe = tuple[list[float], list[tuple]]


def cook(make: Callable, recipe: Recipe) -> list:
    """All values of a recipe, made with the operators of the class `make`."""
    numbers, steps = recipe
    made = [make(number) for number in numbers]
    for operation, *places in steps:
        inputs = [made[place] for place in places]
        if operation == "+":
            made.append(inputs[0] + inputs[1])
        elif operation == "*":
            made.append(inputs[0] * inputs[1])
        else:
            made.append(inputs[0].tanh())
    return made


def _pairs(value: Any) -> Any:
    """The inputs of a value; raises ValueError when one of them is no pair."""
    for pair in value.inputs:
        if not isinstance(pair, (tuple, list)) or len(pair) != 2:
            raise ValueError(
                "`inputs` should hold pairs, and one of its entries is no pair. A single pair "
                "needs a comma of its own, `((value, slope),)`"
            )
    return value.inputs


def remembered(answer: Callable, numbers: list[float], steps: list[tuple]) -> list:
    """For each value: its number, its grad, and each input's place with the slopes added up."""
    made = cook(answer, (numbers, steps))
    places = {id(value): place for place, value in enumerate(made)}
    told = []
    for value in made:
        slopes: dict[int, float] = {}
        for source, slope in _pairs(value):
            place = places.get(id(source), -1)
            slopes[place] = slopes.get(place, 0.0) + slope
        told.append([value.data, value.grad, sorted(slopes.items())])
    return told


def graph(rng: np.random.Generator) -> Recipe:
    """Thirteen values, some of them used several times."""
    numbers = [float(number) for number in rng.uniform(-1.5, 1.5, size=3)]
    steps: list[tuple] = []
    for place in range(3, 12):
        kind = ("+", "*", "tanh")[int(rng.integers(3))]
        # One input is always the newest value, so that nothing is left out of the result.
        other = int(rng.integers(place))
        steps.append((kind, place - 1) if kind == "tanh" else (kind, other, place - 1))
    return numbers, [*steps, ("+", 11, 5)]
