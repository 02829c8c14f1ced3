"""Graphs of values: how probes make them, and what is told of one."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from pathkit.checks.told import Told

from .pairs import checked, slopes_of

# A recipe: numbers to start from, then steps; a step names its inputs by their place in the list.
Recipe = tuple[list[float], list[tuple]]


def cook(make: Callable, recipe: Recipe) -> list:
    """All values of a recipe, made with the operators of the class `make`."""
    numbers, steps = recipe
    made = [make(number) for number in numbers]
    for step in steps:
        made.append(computed(step, made))
    return made


def computed(step: tuple, made: list):
    """What one step makes of the values so far."""
    operation, *places = step
    inputs = [made[place] for place in places]
    if operation == "+":
        return inputs[0] + inputs[1]
    if operation == "*":
        return inputs[0] * inputs[1]
    return inputs[0].tanh()


def labels(numbers: list[float], steps: list[tuple]) -> list[str]:
    """Each value of a recipe in words: `a`, `b`, `c = a * b`, `d = c.tanh()`."""
    names = [_letter(place) for place in range(len(numbers) + len(steps))]
    results = names[len(numbers):]
    return [
        *names[: len(numbers)],
        *(f"{name} = {formula(step)}" for name, step in zip(results, steps, strict=True)),
    ]


def formula(step: tuple) -> str:
    """A step as it would be written: `a * b`."""
    operation, *places = step
    inputs = [_letter(place) for place in places]
    return f"{inputs[0]}.tanh()" if operation == "tanh" else f" {operation} ".join(inputs)


def _letter(place: int) -> str:
    return chr(ord("a") + place) if place < 26 else f"v{place}"


def remembered(answer: Callable, numbers: list[float], steps: list[tuple]) -> dict:
    """For each value its number, its grad, and the slope for each of its inputs.

    Raises Told where a result is no Value, or remembers something else than pairs.
    """
    made = [answer(number) for number in numbers]
    if made and type(made[0]).__hash__ is None:
        raise Told("A set can't hold these Values: an `__eq__` of its own takes a class its hash. "
                   "Two Values are equal only if they are the same one, so leave `__eq__` out; a "
                   "dataclass needs `@dataclass(eq=False)`.")
    told = [_number(value) for value in made]
    for step in steps:
        before = [value.data for value in made]
        result = checked(computed(step, made), made, step, formula(step))
        for place in range(len(made)):
            if made[place].data != before[place]:
                raise Told(f"`{formula(step)}` changed `{_letter(place)}` itself: its number was "
                           f"{before[place]:g} and became {made[place].data:g}. An operation "
                           "leaves its inputs as they are and returns a new Value.")
        made.append(result)
        slopes = slopes_of(result, made[:-1], step[1:], formula(step))
        told.append({**_number(result),
                     **{f"slope for {_letter(place)}": s for place, s in slopes.items()}})
    return dict(zip(labels(numbers, steps), told, strict=True))


def _number(value) -> dict:
    return {"data": value.data, "grad": value.grad}


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
