"""Walks over a graph that are watched, and graphs on which wrong ones go astray."""

from __future__ import annotations

from collections.abc import Callable

from pathkit.checks.told import Told

from .graphs import cook, labels
from .value import Value


def ordered(root, once: bool = True) -> list:
    """The values that `root` is made of, inputs before results; once: each a single time."""
    order, seen = [], set()

    def visit(value):
        if value not in seen:
            if once:
                seen.add(value)
            for source, _ in value.inputs:
                visit(source)
            order.append(value)

    visit(root)
    return order


def hand_on(order) -> None:
    """Each value in turn gives its inputs their shares."""
    for value in order:
        for source, slope in value.inputs:
            source.grad += slope * value.grad


class TooManyVisits(Exception):
    """A walk over a graph came by far more often than the graph has values."""


class _Visited:
    """What `backward` is tried on: a Value that counts how often its inputs are looked up."""

    def __init__(self, data, inputs, log):
        self.data, self.grad = data, 0.0
        self._inputs, self._log = inputs, log

    @property
    def inputs(self):
        self._log["visits"] += 1
        if self._log["visits"] > self._log["most"]:
            raise TooManyVisits(
                f"the inputs were looked up more than {self._log['most']} times in a graph of "
                f"{self._log['values']} values: the same values are visited over and over"
            )
        return self._inputs


def grads(answer: Callable, numbers: list[float], steps: list[tuple]) -> dict[str, float]:
    """The grad of each value of a recipe, by its formula, after `answer(root)`.

    Raises Told where nothing is set but something returned, and where a second graph of the same
    inputs, as each step of a training makes one, gets other grads.
    """
    plain = cook(Value.reference, (numbers, steps))
    size = len(plain)
    log = {"visits": 0, "values": size, "most": max(5000, 4 * size**2)}
    inputs = [_Visited(number, (), log) for number in numbers]
    names = labels(numbers, steps)
    first = _grads(answer, plain, inputs, log)
    if len(plain) > 1 and _grads(answer, plain, inputs, log) != first:
        raise Told("Two calls, on two graphs made of the same inputs with all grads at 0, set "
                   "different grads. Perhaps something is kept from the first call: a default such "
                   "as `order=[]` is made once, and so is a list outside the function. Or the "
                   "order is that of a set, which has none.")
    return dict(zip(names, first, strict=True))


def _grads(answer: Callable, plain: list, inputs: list[_Visited], log: dict) -> list[float]:
    """What one call sets, on new results of old inputs: these come again in each training step."""
    log["visits"] = 0
    for value in inputs:
        value.grad = 0.0
    made = [*inputs, *(_Visited(value.data, None, log) for value in plain[len(inputs):])]
    new = dict(zip(map(id, plain), made, strict=True))
    for value, ours in zip(plain[len(inputs):], made[len(inputs):], strict=True):
        ours._inputs = tuple((new[id(source)], slope) for source, slope in value.inputs)
    returned = answer(made[-1])
    found = [value.grad for value in made]
    if returned is not None and not any(found):
        raise Told(f"An object of type {type(returned).__name__} came back, and every grad is "
                   "still 0. Nothing needs to be returned: set `value.grad` of the values "
                   "themselves, where the cells below look.")
    return found


SQUARE_TWICE = ([3.0], [("*", 0, 0), ("+", 1, 1), ("*", 1, 1), ("+", 2, 3)])  # b + b + b * b
SQUARE_AROUND = ([3.0], [("*", 0, 0), ("*", 1, 1), ("+", 1, 2), ("+", 3, 1)])  # b + b * b + b
# 2 * 2 and 2 + 2: who tells values apart by their numbers takes the two for one.
EQUAL_NUMBERS = ([2.0, 2.0], [("*", 0, 1), ("+", 0, 1), ("*", 2, 3)])
# A sum for each of 200 points, one on top of the other, as a loss adds them up.
DEEP = ([0.5], [("+", place, 0) for place in range(200)])
DOUBLINGS = ([1.5], [("+", place, place) for place in range(25)])
