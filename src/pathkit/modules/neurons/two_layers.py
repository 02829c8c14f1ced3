"""Two layers."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise


def layers(rng: np.random.Generator, n: int, inputs: int, hidden: int, outputs: int) -> tuple:
    return (
        rng.normal(size=(n, inputs)),
        rng.normal(size=(inputs, hidden)),
        rng.normal(size=hidden),
        rng.normal(size=(hidden, outputs)),
        rng.normal(size=outputs),
    )


@exercise(
    title="Two layers",
    level="medium",
    minutes=8,
    prompt="""
        Compute the outputs of a network with one hidden layer, for all points at once. The hidden
        layer bends with `np.tanh`; the output layer only weighs and adds.
        """,
    probes=lambda rng: [
        layers(rng, 1, 1, 2, 1),
        layers(rng, 4, 2, 5, 3),
        layers(rng, 3, 4, 2, 6),
        layers(rng, 3, 3, 3, 3),
    ],
    hints=[
        "Points (N, D) times weights (D, H): what shape comes out, and what is in one row of it?",
        """
        1. `h`: `X @ W1`, shape (N, H), plus `b1` (H,), then `np.tanh`.
        2. Outputs: `h @ W2`, shape (N, C), plus `b2` (C,). No bend here.
        """,
        "`h = np.tanh(X @ ___ + b1)`, then `return ___ @ W2 + b2`",
    ],
    errors=[
        (
            "ValueError: matmul: Input operand 1 has a mismatch",
            "write the shapes under the product: the inner two must be equal.",
        ),
        (
            "ValueError: operands could not be broadcast",
            "`*` multiplies entry by entry; a layer needs the matrix product `@`.",
        ),
    ],
    passed="Two matrix products and one bend: every row is one point, every column one neuron.",
)
def two_layers(X, W1, b1, W2, b2) -> np.ndarray:
    """The outputs of a network with one hidden layer.

    X: (N, D) points; W1: (D, H); b1: (H,); W2: (H, C); b2: (C,).
    Returns (N, C): tanh(X W1 + b1) W2 + b2.
    """
    h = np.tanh(X @ W1 + b1)  # (N, H)
    return h @ W2 + b2  # (N, C)


@two_layers.misconception(
    "The hidden layer doesn't bend. Two sums in a row are one sum with other weights, so this "
    "network can draw straight boundaries only: tanh between them."
)
def _straight(X, W1, b1, W2, b2):
    return (X @ W1 + b1) @ W2 + b2


@two_layers.misconception(
    "The outputs were bent, too. That locks them between -1 and 1, and the loss needs scores that "
    "may be as large as they like: leave the last layer straight."
)
def _bends_outputs(X, W1, b1, W2, b2):
    return np.tanh(np.tanh(X @ W1 + b1) @ W2 + b2)


@two_layers.misconception(
    "The bend came one layer late. It belongs to the hidden layer, between the two products; "
    "around the outputs it can't undo that the sums before it are one sum."
)
def _bends_late(X, W1, b1, W2, b2):
    return np.tanh((X @ W1 + b1) @ W2 + b2)


@two_layers.misconception(
    "The hidden bias was added after the bend. It must shift the sum that is bent, since that "
    "moves the place where a neuron switches: `X @ W1 + b1` inside tanh."
)
def _hidden_bias_outside(X, W1, b1, W2, b2):
    return (np.tanh(X @ W1) + b1) @ W2 + b2


@two_layers.misconception(
    "Both biases are missing. Every hidden neuron then switches on a line through the origin, and "
    "no boundary can leave it: add b1 and b2."
)
def _no_biases(X, W1, b1, W2, b2):
    return np.tanh(X @ W1) @ W2


@two_layers.misconception(
    "This bends with ReLU, which cuts negative sums to 0. It is a good bend and GPT's is a cousin, "
    "but the exercise asks for `np.tanh`, and so do the cells below."
)
def _relu(X, W1, b1, W2, b2):
    return np.maximum(X @ W1 + b1, 0) @ W2 + b2


@two_layers.misconception(
    "The hidden bias `b1` is missing. Without it every hidden neuron switches on a line through "
    "the origin: tanh of `X @ W1 + b1`."
)
def _no_b1(X, W1, b1, W2, b2):
    return np.tanh(X @ W1) @ W2 + b2


@two_layers.misconception(
    "The output bias `b2` is missing. It shifts each output by a fixed amount, whatever the point: "
    "add it after the second product."
)
def _no_b2(X, W1, b1, W2, b2):
    return np.tanh(X @ W1 + b1) @ W2


@two_layers.misconception(
    "The hidden layer bends with `1 / (1 + exp(-z))`, from 0 to 1. It is a bend as well, but "
    "the exercise asks for `np.tanh`, and so do the cells below."
)
def _sigmoid(X, W1, b1, W2, b2):
    return 1 / (1 + np.exp(-(X @ W1 + b1))) @ W2 + b2


@two_layers.misconception(
    "What came back is the hidden layer. One more product and one more bias make the outputs of "
    "it: `h @ W2 + b2`, shape (N, C)."
)
def _hidden_alone(X, W1, b1, W2, b2):
    return np.tanh(X @ W1 + b1)


@two_layers.misconception(
    "The outputs went through a softmax. Scores are asked for here, which may be negative or "
    "large; the loss makes probabilities of them later."
)
def _softmax(X, W1, b1, W2, b2):
    exps = np.exp(np.tanh(X @ W1 + b1) @ W2 + b2)
    return exps / exps.sum(axis=1, keepdims=True)


@two_layers.misconception(
    "Only the first point has outputs. Each row of `X` is a point, and all of them go through at "
    "once: `X @ W1` takes the whole table."
)
def _first_point(X, W1, b1, W2, b2):
    return np.tanh(X[:1] @ W1 + b1) @ W2 + b2


@two_layers.misconception(
    "The biases have changed places. The hidden neurons have `b1`, (H,), inside the bend; the "
    "outputs have `b2`, (C,)."
)
def _biases_exchanged(X, W1, b1, W2, b2):
    return np.tanh(X @ W1 + b2) @ W2 + b1
