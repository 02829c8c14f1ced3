"""Fold two layers into one."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise

from .two_layers import layers


@exercise(
    title="Fold two layers into one",
    level="medium",
    minutes=6,
    prompt="""
        Take the bend out, and `(X @ W1 + b1) @ W2 + b2` is what two layers compute. Return the
        one matrix and the one bias that compute the same from any `X`.
        """,
    probes=lambda rng: [
        layers(rng, 1, 2, 2, 2)[1:],
        layers(rng, 1, 2, 5, 3)[1:],
        layers(rng, 1, 4, 2, 1)[1:],
        layers(rng, 1, 3, 1, 3)[1:],
    ],
    hints=[
        "Multiply the brackets out. Which of the three terms contain `X`?",
        """
        The outputs are `X @ W1 @ W2 + b1 @ W2 + b2`. What stands behind `X` is the new matrix,
        (D, C). All the rest is the new bias, (C,).
        """,
        "`return W1 @ ___, b1 @ ___ + b2`",
    ],
    errors=[
        (
            "ValueError: matmul: Input operand 1 has a mismatch",
            "W1 is (D, H) and W2 is (H, C): only one order of the two fits.",
        ),
    ],
    passed="However many layers: without bends, they fold into one matrix and one bias.",
)
def one_layer(W1, b1, W2, b2) -> tuple[np.ndarray, np.ndarray]:
    """Two layers without a bend, as one.

    W1: (D, H); b1: (H,); W2: (H, C); b2: (C,).
    Returns (W, b), shapes (D, C) and (C,), with X W + b = (X W1 + b1) W2 + b2 for every X.
    """
    return W1 @ W2, b1 @ W2 + b2


@one_layer.misconception(
    "The first layer's bias is lost on the way. It goes through the second layer like everything "
    "else that leaves the first: the new bias is b1 W2 + b2."
)
def _loses_b1(W1, b1, W2, b2):
    return W1 @ W2, b2


@one_layer.misconception(
    "The biases were added as they are. But b1 stands in front of the second layer, so it is "
    "multiplied by W2 as well; and with H hidden neurons the shapes rarely fit."
)
def _adds_biases(W1, b1, W2, b2):
    return W1 @ W2, b1 + b2


@one_layer.misconception(
    "The matrices stand in the wrong order. A point in a row meets W1 first, from the right: "
    "X W1 W2, so the product is W1 W2."
)
def _wrong_order(W1, b1, W2, b2):
    return W2 @ W1, b1 @ W2 + b2


@one_layer.misconception(
    "The matrices were multiplied entry by entry. Layers follow each other, so each output sums "
    "over all hidden neurons: the matrix product `@`."
)
def _entrywise(W1, b1, W2, b2):
    return W1 * W2, b1 @ W2 + b2


@one_layer.misconception(
    "The second bias is missing. It is added last of all, after both products, so it passes "
    "through unchanged: b1 W2 + b2."
)
def _loses_b2(W1, b1, W2, b2):
    return W1 @ W2, b1 @ W2


@one_layer.misconception(
    "The bias came first. Return the matrix, then the bias: `W, b`, as a layer is written, X W + b."
)
def _exchanged(W1, b1, W2, b2):
    return b1 @ W2 + b2, W1 @ W2


@one_layer.misconception(
    "The matrix came back alone. Two layers without a bend have a bias as well, made of b1 and b2: "
    "return both."
)
def _matrix_alone(W1, b1, W2, b2):
    return W1 @ W2


@one_layer.misconception(
    "tanh stands where no bend is left. Only because the bend is taken out do two layers fold into "
    "one; with it no single matrix would do."
)
def _still_bent(W1, b1, W2, b2):
    return np.tanh(W1) @ W2, np.tanh(b1) @ W2 + b2


@one_layer.misconception(
    "The bias is a table of one row. A bias has one axis, one number for each output: `b1 @ W2` "
    "with `b1` as it comes, (H,), gives (C,)."
)
def _bias_as_table(W1, b1, W2, b2):
    return W1 @ W2, (b1 @ W2 + b2)[None]


@one_layer.misconception(
    "The biases have changed places. `b1` leaves the first layer and goes through the second, so "
    "it is the one that meets W2; `b2` is added as it is: b1 W2 + b2."
)
def _biases_exchanged_in_one(W1, b1, W2, b2):
    return W1 @ W2, W2 @ b2 + b1


@one_layer.misconception(
    "`b2` was multiplied, and it is added. What b1 makes of itself on the way through the second "
    "layer is `b1 @ W2`; then comes + b2."
)
def _times_b2(W1, b1, W2, b2):
    return W1 @ W2, b1 @ W2 * b2
