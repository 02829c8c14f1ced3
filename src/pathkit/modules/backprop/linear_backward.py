"""Back through a linear layer."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise

from .tolerance import EXACT


@exercise(
    title="Back through a linear layer",
    level="medium",
    minutes=8,
    prompt="""
        Forward it was `out = x @ W + b`. From `d`, the gradient with respect to `out`, find the
        gradients with respect to `x`, `W` and `b`. There is only one way that the shapes fit.
        """,
    probes=lambda rng: [
        (np.array([[1.0, 2.0]]), np.array([[3.0], [5.0]]), np.array([[10.0]])),
        (rng.normal(size=(5, 3)), rng.normal(size=(3, 2)), rng.normal(size=(5, 2))),
        (rng.normal(size=(2, 4)), rng.normal(size=(4, 7)), rng.normal(size=(2, 7))),
        (rng.normal(size=(3, 3)), rng.normal(size=(3, 3)), rng.normal(size=(3, 3))),
        (rng.normal(size=(6, 1)), rng.normal(size=(1, 4)), rng.normal(size=(6, 4))),
    ],
    hints=[
        "A gradient has the shape of its array. Which product of `d` and `W` has the shape of `x`?",
        """
        - `dx` (n, n_in): `d` is (n, n_out), so `W` must come as (n_out, n_in).
        - `dW` (n_in, n_out): adds up over the n examples, so n must meet n.
        - `db` (n_out,): `b` was broadcast to n rows. You know what that means on the way back.
        """,
        "`return d @ ___, ___ @ d, d.sum(axis=___)`",
    ],
    errors=[
        (
            "ValueError: matmul: Input operand 1 has a mismatch",
            "write the shapes under the product: inner sizes must agree, outer ones remain.",
        ),
    ],
    tolerance=EXACT,
    passed="Two products and a sum: nearly all the arithmetic of training a GPT.",
)
def linear_backward(x: np.ndarray, W: np.ndarray, d: np.ndarray):
    """The gradients of out = x @ W + b.

    x: (n, n_in); W: (n_in, n_out); d: (n, n_out), gradient with respect to out.
    Returns (dx, dW, db): (n, n_in), (n_in, n_out), (n_out,).
    """
    return d @ W.T, x.T @ d, d.sum(axis=0)


@linear_backward.misconception(
    "`db` is a mean over the batch. `b` was copied to every row, and copies add up; the 1/n of the "
    "mean loss is inside `d` already."
)
def _mean_bias(x, W, d):
    return d @ W.T, x.T @ d, d.mean(axis=0)


@linear_backward.misconception(
    "`dW` was divided by the batch size once more. The loss put its 1/n into `d`; from there on "
    "nothing is divided again."
)
def _divided_again(x, W, d):
    return d @ W.T, x.T @ d / len(x), d.sum(axis=0)


@linear_backward.misconception(
    "`dW` is transposed. Entry [i, j] of W joins input i with output j, so its gradient is input i "
    "times gradient j: `x.T @ d`."
)
def _weights_transposed(x, W, d):
    return d @ W.T, d.T @ x, d.sum(axis=0)


@linear_backward.misconception(
    "`db` kept one row for each example. `b` has one number for each output and served all n rows: "
    "sum over them."
)
def _bias_not_summed(x, W, d):
    return d @ W.T, x.T @ d, d.copy()


@linear_backward.misconception(
    "`db` was summed over the outputs. What was copied is the row `b`, once for each example: sum "
    "over axis 0, the examples."
)
def _bias_wrong_axis(x, W, d):
    return d @ W.T, x.T @ d, d.sum(axis=1)


@linear_backward.misconception(
    "`dx` is missing what the layers above say: it holds sums of weights only. Each output's "
    "gradient `d` weighs its column of W: `d @ W.T`."
)
def _without_upstream(x, W, d):
    return np.ones_like(d) @ W.T, x.T @ d, d.sum(axis=0)


@linear_backward.misconception(
    "`dx` is transposed. Row n of x is one example, and so is row n of its gradient: `d @ W.T`, "
    "shape (n, n_in)."
)
def _inputs_transposed(x, W, d):
    return W @ d.T, x.T @ d, d.sum(axis=0)


@linear_backward.misconception(
    "The gradient of `W` came first. The order is that of the question: x, then W, then b."
)
def _weights_first(x, W, d):
    return x.T @ d, d @ W.T, d.sum(axis=0)


@linear_backward.misconception(
    "All three were divided by the batch size. The loss put its 1/n into `d`; from there on "
    "nothing is divided again."
)
def _all_divided(x, W, d):
    return d @ W.T / len(x), x.T @ d / len(x), d.mean(axis=0)


@linear_backward.misconception(
    "`dW` and `db` were divided by the batch size. The loss put its 1/n into `d`; from there on "
    "nothing is divided again."
)
def _both_divided(x, W, d):
    return d @ W.T, x.T @ d / len(x), d.mean(axis=0)


@linear_backward.misconception(
    "`db` is a table of one row. `b` has one axis, (n_out,), and so has its gradient: "
    "`d.sum(axis=0)` without `keepdims`."
)
def _bias_as_table(x, W, d):
    return d @ W.T, x.T @ d, d.sum(axis=0, keepdims=True)


@linear_backward.misconception(
    "`db` is one number, the sum of all of `d`. `b` has one number for each output: sum over the "
    "examples alone, axis 0."
)
def _bias_one_number(x, W, d):
    return d @ W.T, x.T @ d, d.sum()


@linear_backward.misconception(
    "Two gradients came back, and `b` is missing. It was added to every row, so its gradient is "
    "the sum of `d` over the rows."
)
def _without_bias(x, W, d):
    return d @ W.T, x.T @ d


@linear_backward.misconception(
    "`dW` is missing what the layers above say: it holds sums of inputs only. Each input meets "
    "the gradient of each output, `d`: `x.T @ d`."
)
def _weights_without_upstream(x, W, d):
    return d @ W.T, x.T @ np.ones_like(d), d.sum(axis=0)
