"""Average the past with one matrix."""

from __future__ import annotations

import torch

from pathkit.checks.exercise import exercise
from pathkit.checks.gradient_flow import call_with_gradients
from pathkit.checks.random_tensors import SINGLE, normal


def _in_training(answer, x):
    return call_with_gradients(answer, x)


@exercise(
    title="Average the past with one matrix",
    level="easy",
    minutes=8,
    prompt="""
        Replace row *t* by the mean of rows 0 to *t*. A lower-triangular matrix whose rows sum to 1
        does it in one product with `x`; a running sum is as right.
        """,
    probes=lambda rng: [
        (torch.tensor([[[2.0], [4.0], [9.0]]]),),
        (normal(rng, 2, 5, 3),),
        (normal(rng, 3, 4, 6, scale=5.0),),
        (normal(rng, 2, 1, 4),),
    ],
    drive=_in_training,
    hints=[
        "For three rows: which weights give row 0, which row 1, which row 2? Write the 3 by 3.",
        """
        1. Ones on and below the diagonal: (T, T).
        2. Divide each row by its sum, kept as a column (T, 1).
        3. (T, T) @ (B, T, C) gives (B, T, C): the product is made for each of the B windows.
        """,
        "`weights = torch.ones(T, T).___(); weights / weights.sum(dim=___, keepdim=True) @ x`",
    ],
    errors=[
        (
            "RuntimeError: Expected size for first two dimensions of batch2 tensor",
            "the matrix needs T = `x.shape[1]` rows and columns, not B.",
        ),
    ],
    tolerance=SINGLE,
    passed="A triangle of weights times `x` gives these means. Attention keeps that product, and "
    "only the numbers in the triangle will change.",
)
def average_past(x: torch.Tensor) -> torch.Tensor:
    """Every row becomes the mean of itself and the rows before it.

    x: (B, T, C). Returns (B, T, C); row t is the mean of x[:, 0] to x[:, t]. Gradients flow
    through it to x.
    """
    T = x.shape[1]
    weights = x.new_ones(T, T).tril()  # new_ones: ones on the device of x
    weights = weights / weights.sum(dim=1, keepdim=True)
    return weights @ x


@average_past.misconception(
    "This averages the future: row t sees t and everything after it, and the answer with it. The "
    "past lies below the diagonal, so keep the lower triangle, `tril`."
)
def _future(x):
    weights = x.new_ones(x.shape[1], x.shape[1]).triu()
    return weights / weights.sum(dim=1, keepdim=True) @ x


@average_past.misconception(
    "These are sums, and they grow along the window. A mean has weights that sum to 1: divide each "
    "row of the triangle by its sum."
)
def _sums(x):
    return x.new_ones(x.shape[1], x.shape[1]).tril() @ x


@average_past.misconception(
    "The columns of the matrix sum to 1, not its rows. Row t holds the weights that make output t: "
    "sum along dim=1 and keep the axis."
)
def _columns_sum(x):
    weights = x.new_ones(x.shape[1], x.shape[1]).tril()
    return weights / weights.sum(dim=0, keepdim=True) @ x


@average_past.misconception(
    "Everything is divided by T. Row t has t + 1 terms only, so early rows come out too small: "
    "divide each row by its own sum."
)
def _by_length(x):
    return x.new_ones(x.shape[1], x.shape[1]).tril() @ x / x.shape[1]


@average_past.misconception(
    "Each row leaves itself out, and row 0 has nothing to average. A position may always see its "
    "own token: keep the diagonal."
)
def _without_itself(x):
    weights = x.new_ones(x.shape[1], x.shape[1]).tril(-1)
    return weights / weights.sum(dim=1, keepdim=True) @ x


_LEFT_OUT = (
    "Row t is the mean of rows 0 to t - 1, without itself; row 0 {}. A position may always see its "
    "own token: keep the diagonal, or slice `x[:, : t + 1]`."
)


@average_past.misconception(_LEFT_OUT.format("alone is right"))
def _without_itself_but_row_0(x):
    return torch.cat([x[:, :1], _without_itself(x)[:, 1:]], dim=1)


@average_past.misconception(_LEFT_OUT.format("stays 0"))
def _without_itself_from_0(x):
    return _without_itself(x).nan_to_num(0.0)


@average_past.misconception(
    "The sum of row t leaves row t out, but the division counts it: rows 0 to t - 1, divided by "
    "t + 1. A position may always see its own token: keep the diagonal."
)
def _left_out_but_counted(x):
    T = x.shape[1]
    return x.new_ones(T, T).tril(-1) @ x / torch.arange(1, T + 1)[:, None]


@average_past.misconception(
    "Every row became the mean of the whole window, later rows included. A model that predicts "
    "must not read ahead: row t may use rows 0 to t."
)
def _whole_window(x):
    return x.mean(dim=1, keepdim=True).expand_as(x).clone()


@average_past.misconception(
    "The means were written into `x` while later rows still needed the old ones, so row 2 averages "
    "an average. Collect the results in a new tensor, and leave the caller's alone."
)
def _in_place(x):
    for t in range(x.shape[1]):
        x[:, t] = x[:, : t + 1].mean(dim=1)
    return x


@average_past.misconception(
    "The sums of the rows lost their axis, so they were lined up with the columns, and the rows "
    "no longer sum to 1. `keepdim=True` keeps them as a column (T, 1)."
)
def _axis_lost(x):
    weights = x.new_ones(x.shape[1], x.shape[1]).tril()
    return weights / weights.sum(dim=1) @ x


@average_past.misconception(
    "Each row is averaged with the mean before it, half and half, so that older rows fade. In a "
    "mean of rows 0 to t all t + 1 of them weigh the same."
)
def _halves(x):
    rows = [x[:, 0]]
    for t in range(1, x.shape[1]):
        rows.append((rows[-1] + x[:, t]) / 2)
    return torch.stack(rows, dim=1)


@average_past.misconception(
    "The mean runs along the columns of a row, C numbers that belong to one place. Time is axis 1: "
    "add up rows, not the numbers in them."
)
def _along_columns(x):
    return x.cumsum(dim=-1) / torch.arange(1, x.shape[-1] + 1)


@average_past.misconception(
    "The mean runs over the batch: window b is averaged with the windows before it. Time is axis "
    "1, and no window knows of another."
)
def _over_the_batch(x):
    return x.cumsum(dim=0) / torch.arange(1, len(x) + 1)[:, None, None]


@average_past.misconception(
    "The softmax of the triangle gives weight to its zeros, too, since exp(0) is 1, so the future "
    "is averaged in. Divide rows by their sums, or put minus infinity above the diagonal first."
)
def _softmax_of_ones(x):
    return x.new_ones(x.shape[1], x.shape[1]).tril().softmax(dim=-1) @ x
