"""Backwards through the graph."""

from __future__ import annotations

from pathkit.checks.exercise import exercise

from .graphs import graph
from .recursions import spread, spread_at_once, spread_each_path
from .walks import SQUARE_AROUND, SQUARE_TWICE, grads, hand_on, ordered


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
        ([2.0], []),
        ([2.0, -3.0, 0.5], [("*", 0, 1), ("+", 3, 2), ("tanh", 4)]),
        ([0.5], [("tanh", 0), ("tanh", 1), ("+", 1, 2), ("*", 3, 0)]),
        graph(rng),
        graph(rng),
        ([1.5], [("+", place, place) for place in range(25)]),
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
         "`visit` must stop at values without inputs, and at those it has seen."),
        ("TooManyVisits",
         "values are visited once for each path that leads to them: remember which ones you "
         "have seen."),
    ],
    # When `visit` comes by again, a value that was seen is in the order, too: there are no cycles.
    equivalents=["if value not in order:"],
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
    "You recursed without an order. A result that is used twice hands its grad on at each visit, "
    "the first share again with the second. On b + b + b*b with b = a*a at a = 3 that gives 264; "
    "the truth is 120. Order all values first, so that each hands on once."
)
def _recursed(root):
    root.grad = 1.0
    spread(root)


@backward.misconception(
    "You recursed into each input as soon as it had its share. Its other shares come later, and "
    "then it hands everything on again: 204 for b + b + b*b at a = 3, where b = a*a. The truth is "
    "120. Put all values in order first."
)
def _recursed_at_once(root):
    root.grad = 1.0
    spread_at_once(root)


@backward.misconception(
    "You recursed without an order, into each different input once. That saves some visits, not "
    "the fault: on b + b*b + b with b = a*a at a = 3 it gives 246, and the truth is 120. A value "
    "may hand on only when all its shares are in."
)
def _recursed_into_a_set(root):
    root.grad = 1.0
    spread(root, onward=lambda inputs: reversed(list(dict.fromkeys(inputs))))


@backward.misconception(
    "All grads are 0, because the root has none to hand on: its grad is 1. And there is a second "
    "fault behind it: you recurse without an order, so a value hands on before all its shares are "
    "in. Order the values first."
)
def _recursed_without_seed(root):
    spread(root)


@backward.misconception(
    "Every value ends with a grad of 1: the 1 is set in each call of the recursion and wipes out "
    "what had come in. Only the root's grad is 1, set once, before anything is handed on."
)
def _seeds_everywhere(root):
    root.grad = 1.0
    for source, slope in root.inputs:
        source.grad += slope * root.grad
        _seeds_everywhere(source)


@backward.misconception(
    "The grads come out right, but every path through the graph was walked by itself. 25 doublings "
    "have 2²⁵ paths and only 26 values: wait until all shares of a value are in, then hand on the "
    "sum once."
)
def _every_path(root):
    spread_each_path(root, 1.0)


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
    "All grads are 0: the root has no grad to hand on. It grows with itself one to one, so set "
    "its grad to 1 before you start."
)
def _no_seed(root):
    hand_on(reversed(ordered(root)))


@backward.misconception(
    "The order runs forwards, inputs first. The grads start at the root, so when the inputs had "
    "their turn there was nothing to hand on yet: walk from the end with reversed()."
)
def _forwards(root):
    root.grad = 1.0
    hand_on(ordered(root))


@backward.misconception(
    "You went level by level from the root. A value that is near on one path and far on another "
    "has its turn too early, before the long path's share is in: order by *all inputs before the "
    "result*, then reverse."
)
def _by_level(root):
    queue = [root]
    for value in queue:
        queue += [s for s, _ in dict.fromkeys(value.inputs) if s not in queue]
    root.grad = 1.0
    hand_on(queue)


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
    "The list holds values several times, once for each use, so they hand their grads on several "
    "times. Keep a set of what you have seen, and list each value once."
)
def _not_seen(root):
    root.grad = 1.0
    hand_on(reversed(ordered(root, once=False)))
