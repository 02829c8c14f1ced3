"""Fool the proposal."""

from __future__ import annotations

import math
from collections.abc import Callable

from pathkit.checks.exercise import exercise
from pathkit.checks.told import Told
from pathkit.checks.value_text import shown

from .backward import backward
from .recursions import spread
from .value import Value
from .walks import ordered


def _both_ways(answer: Callable, at: float) -> list[float]:
    """The gradient of `answer(a)` at a = `at`: by the proposal, and as it is.

    Raises Told for a result that isn't made of `a`.
    """
    found = []
    for walk in (spread, backward):
        a = Value(at)
        result = answer(a)
        _look_at(result, a)
        result.grad = 1.0
        walk(result)
        found.append(a.grad)
    if _is_fooled(found, at) and _built_again(result):
        raise Told("The same expression is built twice here, as two results with one use each: "
                   "nothing was fooled.")
    return found


def _built_again(result) -> bool:
    """Whether no result has two uses, but two of them are made in the same way."""
    results = [value for value in ordered(result) if value.inputs]
    uses = [id(value) for one in results for value, _ in one.inputs if value.inputs]
    made = [_how(value) for value in results]
    return len(set(uses)) == len(uses) and len(set(made)) < len(made)


def _how(value) -> tuple:
    """How a value is made: two that are made alike are equal in this."""
    return value.data, *((_how(one), slope) for one, slope in value.inputs)


def _look_at(result, a: Value.reference) -> None:
    if result is None:
        raise Told("Nothing came back. Is there a `return`?")
    if not isinstance(result, Value.reference):
        raise Told(f"{shown(result)} came back, and a Value is expected: one expression of `a`, "
                   "built with `+` and `*`.")
    if a not in ordered(result):
        raise Told("What came back isn't made of `a`, so its gradient with respect to `a` is 0 by "
                   "any way. Build it from the Value that you are given.")


def _is_fooled(value: list[float], at: float) -> str | None:
    proposed, right = value
    if not (math.isfinite(proposed) and math.isfinite(right)):
        return f"At a = {at:g} a gradient is infinite or no number: keep the expression tame."
    if abs(proposed - right) <= 1e-9 * max(1.0, abs(right)):
        return (
            f"At a = {at:g} both say {right:.6g}: nothing was fooled. Only a *result* that has "
            "inputs of its own and is used more than once can be."
        )
    return None


@exercise(
    title="Fool the proposal",
    level="medium",
    minutes=8,
    prompt="""
        Build an expression from `a` with `+` and `*` for which `spread` gets the gradient wrong.
        Many small expressions come out right, which is how the proposal got its friends.
        """,
    probes=lambda rng: [(3.0,), (-1.5,), (float(rng.uniform(0.5, 2.0)),)],
    drive=_both_ways,
    accept=_is_fooled,
    hints=[
        "`spread` visits a value once for each use. When is a second visit harmful?",
        """
        A value that you start from has no inputs: visiting it twice does nothing. A *result* hands
        its grad on at each visit, including what it had handed on before. So you need a result
        with two uses.
        """,
        "`b = a * a`, then `return b ___ b`",
    ],
    errors=[
        (
            "AttributeError: 'int' object has no attribute 'data'",
            "`a` is a Value; plain numbers can't stand beside it. Use `a` again instead.",
        ),
        (
            "TypeError: unsupported operand type(s) for",
            "`-`, `/`, `**` and numbers in front don't exist so far. `+` and `*` are enough.",
        ),
    ],
    # A sum instead of a product makes a result, too.
    equivalents=["b = a + a"],
    passed="A result with more than one use. In a network every hidden neuron is one.",
)
def fooled(a):
    """An expression of `a` whose gradient `spread` gets wrong.

    a: a Value. Returns a Value made of it with + and *.
    """
    b = a * a
    return b + b


@fooled.misconception(
    "Here only `a` itself is used more than once, and `a` has no inputs to hand anything to. "
    "Its shares add up whatever the order, so both say the same: repeat a result instead."
)
def _leaf_twice(a):
    return a * a + a


@fooled.misconception(
    "Sums of `a` alone can't fool anybody: every use of `a` adds its share once, and the partial "
    "sums are used once each. A result must be used twice."
)
def _sum_of_leaves(a):
    return a + a + a


@fooled.misconception(
    "Here each result has one use, so each is visited once, however often the same thing is built. "
    "Depth does no harm, a fork that comes together again does: use one result twice."
)
def _chain(a):
    return a * a * a * a


@fooled.misconception(
    "Here each result has one use. Where the same expression is written twice, it is built twice, "
    "as two results. Give it a name first, `b = a * a`, and use that one result twice."
)
def _built_twice(a):
    return a * a + a * a
