"""Walks over a graph that are watched, and graphs on which wrong ones go astray."""

from __future__ import annotations

from collections.abc import Callable

from .graphs import cook
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


def grads(answer: Callable, numbers: list[float], steps: list[tuple]) -> list[float]:
    """The grads of all values of a recipe after `answer(root)`."""
    plain = cook(Value.reference, (numbers, steps))
    log = {"visits": 0, "values": len(plain), "most": 200 * len(plain)}
    made = {id(v): _Visited(v.data, None, log) for v in plain}
    for value in plain:
        made[id(value)]._inputs = tuple((made[id(v)], slope) for v, slope in value.inputs)
    answer(made[id(plain[-1])])
    return [made[id(value)].grad for value in plain]


SQUARE_TWICE = ([3.0], [("*", 0, 0), ("+", 1, 1), ("*", 1, 1), ("+", 2, 3)])  # b + b + b * b
SQUARE_AROUND = ([3.0], [("*", 0, 0), ("*", 1, 1), ("+", 1, 2), ("+", 3, 1)])  # b + b * b + b
