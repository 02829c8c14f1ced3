"""Backwards through the graph."""

from __future__ import annotations

from pathkit.checks.exercise import exercise

from .graphs import graph
from .walks import (
    DEEP,
    DOUBLINGS,
    EQUAL_NUMBERS,
    SQUARE_AROUND,
    SQUARE_TWICE,
    grads,
    hand_on,
    ordered,
)


@exercise(
    title="Backwards through the graph",
    level="hard",
    minutes=15,
    prompt="""
        Give every value that `root` was made of its `grad`: how fast the root grows with it. Each
        value hands its grad on once, when all of its own shares have come in.
        """,
    probes=lambda rng: [
        SQUARE_TWICE,
        SQUARE_AROUND,
        EQUAL_NUMBERS,
        ([2.0, -3.0, 0.5], [("*", 0, 1), ("+", 3, 2), ("tanh", 4)]),
        ([0.5], [("tanh", 0), ("tanh", 1), ("+", 1, 2), ("*", 3, 0)]),
        graph(rng),
        graph(rng),
        ([0.0, -3.0], [("*", 0, 1), ("+", 2, 0), ("*", 3, 1), ("+", 4, 4)]),
        DEEP,
        DOUBLINGS,
    ],
    drive=grads,
    hints=[
        """
        In `b + b * b + b` the square `b` gets three uses. Which values must be finished before
        `b` may hand its grad on? What order of all values makes sure of that?
        """,
        """
        1. Put all values in an order in which inputs come before what is made of them. A helper
           `visit(value)` does it: return if it was here before; else note that, visit all inputs,
           and only then append the value to `order`.
        2. The root's grad is 1: it grows with itself one to one.
        3. Walk through `order` from its end. Each value adds *slope times its own grad* to the
           grad of each input.
        """,
        "`for value in ___(order):` … `source.grad += slope * ___`",
    ],
    errors=[
        ("UnboundLocalError",
         "the helper assigns a name of the outer function: append to lists and add to sets "
         "instead of assigning."),
        ("RecursionError: maximum recursion depth exceeded",
         "a function that calls itself with the value it was given never ends: visit `source`."),
        ("TooManyVisits",
         "values are visited once for each path that leads to them: remember which ones you "
         "have seen."),
    ],
    # When `visit` comes by again, a value that was seen is in the order, too: there are no cycles.
    # The first value in the order was made of nothing and hands nothing on.
    equivalents=["if value not in order:", "for value in list(reversed(order))[:-1]:"],
    passed="That is backpropagation. PyTorch does the same, on arrays.",
)
def backward(root) -> None:
    """Fill in the grad of every value that `root` was made of.

    root: has `inputs`, pairs (value, slope), and `grad`, as all values below it. Every grad is 0.
    Afterwards each `grad` is the derivative of root with respect to that value.
    """
    order, seen = [], set()

    def visit(value):
        if value not in seen:
            seen.add(value)
            for source, _ in value.inputs:
                visit(source)
            order.append(value)

    visit(root)
    root.grad = 1.0
    for value in reversed(order):
        for source, slope in value.inputs:
            source.grad += slope * value.grad



@backward.misconception(
    "A grad was set with = where it should grow with +=. A value that is used twice then keeps "
    "the share of one use and forgets the other: add the shares up."
)
def _overwrites(root):
    root.grad = 1.0
    for value in reversed(ordered(root)):
        for source, slope in value.inputs:
            source.grad = slope * value.grad


@backward.misconception(
    "All grads are 0, that of the root included, so there is nothing to hand on. The root grows "
    "with itself one to one: set its grad to 1 before you start."
)
def _no_seed(root):
    hand_on(reversed(ordered(root)))


@backward.misconception(
    "Below the root's own inputs every grad is 0. So the root handed on, and those below it did "
    "not, or before they had anything: in a list with inputs first, walk from the end, with "
    "reversed()."
)
def _forwards(root):
    root.grad = 1.0
    hand_on(ordered(root))


@backward.misconception(
    "Each input got its slope alone. The slope says how the next result moves; how the root moves "
    "with that is in the grad of the result. Multiply the two: that is the chain rule."
)
def _slope_only(root):
    root.grad = 1.0
    for value in reversed(ordered(root)):
        for source, slope in value.inputs:
            source.grad += slope


@backward.misconception(
    "Values hand their grads on several times, once for each time that they stand in the list. "
    "Keep a set of what you have seen, and list each value once."
)
def _not_seen(root):
    root.grad = 1.0
    hand_on(reversed(ordered(root, once=False)))


@backward.misconception(
    "The root's grad is 1, and all others are 0. Look at three places: the 1 is set before the "
    "loop; a share is slope times the grad of the *result*; and it goes into `source.grad` itself, "
    "since `g = source.grad` followed by `g += …` changes a name alone."
)
def _root_alone(root):
    root.grad = 1.0


@backward.misconception(
    "Where one result uses a value twice, as in a * a, only one of the two shares arrives. A dict "
    "or set of the inputs has one place for both: walk through `value.inputs` as it is."
)
def _uses_merged(root):
    root.grad = 1.0
    for value in reversed(ordered(root)):
        for source, slope in dict(value.inputs).items():
            source.grad += slope * value.grad


@backward.misconception(
    "The slope was added to the result's grad, and along a path slopes multiply: the share of an "
    "input is slope * grad."
)
def _adds_slope(root):
    root.grad = 1.0
    for value in reversed(ordered(root)):
        for source, slope in value.inputs:
            source.grad += slope + value.grad


@backward.misconception(
    "Of two values with equal numbers one is left out. 2 + 2 and 2 * 2 are both 4 and yet two "
    "results: remember the values that you have seen, not their numbers."
)
def _equal_numbers(root):
    order, seen = [], set()

    def visit(value):
        if value.data not in seen:
            seen.add(value.data)
            for source, _ in value.inputs:
                visit(source)
            order.append(value)

    visit(root)
    root.grad = 1.0
    hand_on(reversed(order))
