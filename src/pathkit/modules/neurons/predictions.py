"""Predictions and skip questions of `neurons`."""

from __future__ import annotations

import math

from pathkit.checks.prediction import Choice, Number

how_many_numbers = Number(
    id="how-many-numbers",
    ask="The finished network has 2 inputs, 8 hidden neurons and 2 outputs. How many weights and "
    "biases did training have to find?",
    value=lambda: float(2 * 8 + 8 + 8 * 2 + 2),
    within=0.5,
    low="More. Count the weights into the hidden layer and those out of it, 16 each. Then count "
    "a bias for every neuron: 8 and 2.",
    high="Fewer. Two matrices of 16 weights, and one bias for each of the 10 neurons. Inputs have "
    "no bias: nothing is computed there.",
    right="16 and 16 weights, 8 and 2 biases. The digit network of the video has 13,002.",
)

no_bend = Choice(
    id="no-bend",
    ask="Take tanh out of the finished network and train it again. What can its boundary be?",
    options={
        "a": (
            "a polygon with up to eight corners, one for each hidden neuron",
            "That is what ReLU would give, a bend with a corner. Without any bend the eight "
            "neurons add up to one weighted sum.",
        ),
        "b": (
            "a smooth curve, but with fewer turns",
            "Turns come from the bends alone. Sums of sums are sums, and where a weighted sum of "
            "two coordinates is zero there is a line.",
        ),
        "c": (
            "one straight line",
            "Eight neurons without a bend are one weighted sum of two coordinates. Where it is "
            "zero, there is a line.",
        ),
    },
    right="c",
)

clueless = Number(
    id="clueless",
    ask="A network that knows nothing gives both arms the probability 1/2. What is its "
    "cross-entropy, in nats?",
    value=lambda: math.log(2.0),
    within=0.02,
    unit="nats",
    low="That would be a network that knows something. Each point costs minus ln(1/2), so the "
    "mean is ln 2.",
    high="That is worse than knowing nothing. Each point costs minus ln(1/2), so the mean is ln 2. "
    "In bits, with base 2, it is 1.",
    right="ln 2: the number to beat. A first loss far above it means a network that is sure and "
    "wrong.",
)

best_nudge = Choice(
    id="best-nudge",
    ask="Which nudge `h` measures the gradient best?",
    options={
        "a": (
            "the smallest of them: 1e-13",
            "In exact arithmetic, yes. A float has about 16 digits, and the two losses agree in "
            "the first 13 of them: their difference is mostly rounding.",
        ),
        "b": (
            "a middle one: 1e-5",
            "Small enough that the curve looks straight, large enough that rounding doesn't "
            "drown the difference.",
        ),
        "c": (
            "a large one: 1e-1",
            "Rounding doesn't disturb it, but across such a distance the curve bends away from "
            "its tangent.",
        ),
    },
    right="b",
)

bad_start = Choice(
    id="bad-start",
    ask="Three starts: all weights 0, random weights, random weights 30 times as large. The same "
    "150 steps for each. Which one ends with the highest loss?",
    options={
        "a": (
            "all weights 0",
            "With all weights 0 every hidden output is 0, and so is every slope back to the first "
            "layer. It stays where it is, at ln 2.",
        ),
        "b": (
            "the large weights",
            "They begin worst by far, sure and wrong. But their output layer can still learn, and "
            "that helps. The zeros learn nothing at all.",
        ),
        "c": (
            "all three end alike: training forgets its start",
            "It would be pleasant. In 150 steps, and in many more, the start decides how far the "
            "descent can get.",
        ),
    },
    right="a",
)

skip_shapes = Choice(
    id="skip-shapes",
    ask="`X` is (100, 2), `W1` is (2, 8), `b1` is (8,), `W2` is (8, 3), `b2` is (3,). What is the "
    "shape of `np.tanh(X @ W1 + b1) @ W2 + b2`?",
    options={
        "a": ("(100, 8)", "That is the hidden layer. The second product turns its 8 into 3."),
        "b": ("(100, 3)", "One row for each point, one column for each output."),
        "c": ("(2, 3)", "That is the shape of `W1 @ W2`; the points stay in the rows."),
    },
    right="b",
    skip=True,
)

skip_order = Choice(
    id="skip-order",
    ask="An autograd engine processes values so that each comes after everything made of it. Why "
    "does it need that order?",
    options={
        "a": (
            "so that every grad is complete before it is handed on",
            "A value used twice gets two shares. Handing on before both are in is wrong.",
        ),
        "b": (
            "so that deep graphs don't overflow the stack of function calls",
            "That is a reason for a loop instead of recursion, and not the one here: without the "
            "order even a graph of three values comes out wrong.",
        ),
        "c": (
            "so that inputs are computed before results",
            "That order matters in the forward pass, which is over by then.",
        ),
    },
    right="a",
    skip=True,
)

skip_chain = Choice(
    id="skip-chain",
    ask="b = a·a and y = b + b·b. What is dy/da at a = 3?",
    options={
        "a": ("19", "That is dy/db = 1 + 2b at b = 9. Go on: b itself grows with a."),
        "b": ("60", "That takes b for the slope of b·b, which uses b twice: dy/db is 1 + 2b."),
        "c": ("114", "dy/db = 1 + 2·9 = 19, times db/da = 2·3 = 6."),
    },
    right="c",
    skip=True,
)
