"""A number that remembers."""

from __future__ import annotations

import math

from pathkit.checks.exercise import exercise

from .graphs import graph, remembered


@exercise(
    title="A number that remembers",
    level="medium",
    minutes=10,
    prompt="""
        Each operation returns a new `Value` whose `inputs` hold a pair *(value, slope)* for each
        value it was made of. The slope says how fast the result grows with that input.
        """,
    probes=lambda rng: [
        ([2.0], []),
        ([2.0, -3.0], [("+", 0, 1)]),
        ([2.0, -3.0], [("*", 0, 1)]),
        ([0.7], [("tanh", 0)]),
        ([3.0], [("*", 0, 0), ("+", 1, 1)]),
        ([0.0, 2.0, 0.0], [("*", 0, 1), ("*", 0, 2), ("tanh", 0)]),
        ([-1.5], [("tanh", 0)]),
        graph(rng),
    ],
    drive=remembered,
    hints=[
        "The product of 2 and -3 is -6. Raise the 2 by 0.1: by how much does the product change?",
        """
        - Sum: raise either input by a little and the sum rises by as much. Both slopes are 1.
        - Product: the slope with respect to one factor is the other factor.
        - tanh: with `t` the result, the slope is `1 - t**2`. `math.tanh` computes `t`.
        """,
        "`return Value(self.data * other.data, ((self, other.___), (other, self.___)))`",
    ],
    errors=[
        (
            "AttributeError: 'float' object has no attribute 'data'",
            "`self.data` is a number already: `.data` once, and only on Values.",
        ),
        (
            "TypeError: unsupported operand type(s)",
            "compute with the numbers inside: `self.data` and `other.data`.",
        ),
    ],
    passed="Every result now knows where it came from, and how strongly it hangs on each input.",
)
class Value:
    """A number that remembers what it was made of.

    data: the number. inputs: pairs (value, slope), empty for a number you start from.
    grad: filled in later: how fast the end result grows with this number.
    Two Values are equal only if they are the same one, so that a set can hold both.
    """

    def __init__(self, data, inputs=()):
        self.data = data
        self.inputs = inputs
        self.grad = 0.0

    def __add__(self, other):
        return Value(self.data + other.data, ((self, 1.0), (other, 1.0)))  # SOLUTION

    def __mul__(self, other):
        return Value(self.data * other.data, ((self, other.data), (other, self.data)))  # SOLUTION

    def tanh(self):
        # BEGIN SOLUTION
        t = math.tanh(self.data)
        return Value(t, ((self, 1 - t**2),))
        # END SOLUTION


class _Wrong:
    """A right `Value`, to be spoilt in one place by its children."""

    def __init__(self, data, inputs=()):
        self.data, self.inputs, self.grad = data, inputs, 0.0

    def __add__(self, other):
        return type(self)(self.data + other.data, ((self, 1.0), (other, 1.0)))

    def __mul__(self, other):
        return type(self)(self.data * other.data, ((self, other.data), (other, self.data)))

    def tanh(self):
        t = math.tanh(self.data)
        return type(self)(t, ((self, 1 - t**2),))


@Value.misconception(
    "The slopes of the product are exchanged: each factor got its own number. Raise the 2 in "
    "2 times -3, and the product moves by -3: the slope is the *other* factor."
)
class _OwnFactor(_Wrong):
    def __mul__(self, other):
        return type(self)(self.data * other.data, ((self, self.data), (other, other.data)))


@Value.misconception(
    "The sum got the slopes of a product. Raise one term by 0.1 and the sum rises by 0.1, however "
    "large the other is: both slopes are 1."
)
class _SumLikeProduct(_Wrong):
    def __add__(self, other):
        return type(self)(self.data + other.data, ((self, other.data), (other, self.data)))


@Value.misconception(
    "The sum remembers its inputs' own numbers as slopes. A slope says how fast the sum grows with "
    "an input: raise either by 0.1 and it rises by 0.1, so both are 1."
)
class _SumOwnData(_Wrong):
    def __add__(self, other):
        return type(self)(self.data + other.data, ((self, self.data), (other, other.data)))


@Value.misconception(
    "The slope of tanh was computed from its input. The formula 1 - t² wants the result: t is "
    "tanh of the input, not the input."
)
class _SlopeFromInput(_Wrong):
    def tanh(self):
        return type(self)(math.tanh(self.data), ((self, 1 - self.data**2),))


@Value.misconception(
    "The square in tanh's slope is missing. With 1 - t the slope at 0 is right by luck, and wrong "
    "everywhere else: it is 1 - t², so that it falls to 0 on both sides."
)
class _NoSquare(_Wrong):
    def tanh(self):
        t = math.tanh(self.data)
        return type(self)(t, ((self, 1 - t),))


@Value.misconception(
    "An input that is used twice was remembered once. In a times a both factors are the same "
    "Value, and each contributes: keep two pairs. A dict or set has room for one."
)
class _Once(_Wrong):
    def __init__(self, data, inputs=()):
        super().__init__(data, tuple(dict(inputs).items()))


@Value.misconception(
    "The slopes are all 1, as if every operation were a sum. A product passes a change on "
    "enlarged by its other factor, and tanh passes on ever less as it flattens."
)
class _AllOnes(_Wrong):
    def __init__(self, data, inputs=()):
        super().__init__(data, tuple((value, 1.0) for value, _ in inputs))


@Value.misconception(
    "The slope of tanh was computed with tanh taken twice. t is tanh of the input already, so the "
    "slope is 1 - t² as it stands."
)
class _TanhTwice(_Wrong):
    def tanh(self):
        t = math.tanh(self.data)
        return type(self)(t, ((self, 1 - math.tanh(t) ** 2),))


@Value.misconception(
    "A product remembers its own result as both slopes. Raise one factor by 0.1 and the product "
    "rises by 0.1 times the *other* factor: that one is the slope."
)
class _ResultAsSlope(_Wrong):
    def __mul__(self, other):
        product = self.data * other.data
        return type(self)(product, ((self, product), (other, product)))


@Value.misconception(
    "tanh passes on a slope of 1, as if it were a straight line. It flattens to both sides: with t "
    "the result, its slope is 1 - t²."
)
class _StraightTanh(_Wrong):
    def tanh(self):
        return type(self)(math.tanh(self.data), ((self, 1.0),))


@Value.misconception(
    "The slope of tanh is its result. What counts is how fast the result grows with the input: "
    "1 - t², which is 1 at 0 and almost 0 far out."
)
class _ResultAsTanhSlope(_Wrong):
    def tanh(self):
        t = math.tanh(self.data)
        return type(self)(t, ((self, t),))
