"""Back through a lookup."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise

from .tolerance import EXACT


@exercise(
    title="Back through a lookup",
    level="easy",
    minutes=5,
    prompt="""
        `emb = C[X]` took row `X[i, t]` of `C` for each place. Send each gradient in `demb` back to
        the row it came from; rows that were never used get 0.
        """,
    probes=lambda rng: [
        (np.array([[1, 1]]), np.array([[[1.0, 2.0], [10.0, 20.0]]]), 3),
        (rng.integers(4, size=(5, 3)), rng.normal(size=(5, 3, 2)), 4),
        (rng.integers(9, size=(2, 4)), rng.normal(size=(2, 4, 5)), 9),
        (np.array([[2, 0], [2, 2]]), rng.normal(size=(2, 2, 3)), 5),
        (np.array([[0, 3, 0], [1, 0, 3]]), rng.normal(size=(2, 3, 2)), 6),
        (np.full((3, 2), 2), rng.normal(size=(3, 2, 1)), 4),
    ],
    hints=[
        "A symbol stands at three places of a batch. How many gradients does its row get?",
        """
        1. `dC`: zeros of shape (V, E), where E is the last axis of `demb`.
        2. For each place, add its gradient to row `X[i, t]`.
        """,
        "`for i, t in np.ndindex(*X.shape): dC[X[i, t]] ___ demb[i, t]`",
    ],
    errors=[
        (
            "ValueError: could not broadcast input array",
            "a row of `dC` has E numbers, the last axis of `demb`: one place at a time.",
        ),
        (
            "ValueError: non-broadcastable output operand",
            "a row of `dC` has room for one gradient, `demb[i, t]`, and `demb[i]` holds T of them.",
        ),
    ],
    tolerance=EXACT,
    passed="Used three times on the way forward, three gradients on the way back.",
)
def lookup_backward(X: np.ndarray, demb: np.ndarray, V: int) -> np.ndarray:
    """The gradient of C, where emb = C[X].

    X: (n, T) row numbers from 0 to V - 1; demb: (n, T, E); V: how many rows C has.
    Returns dC: (V, E).
    """
    dC = np.zeros((V, demb.shape[2]))
    for i, t in np.ndindex(*X.shape):
        dC[X[i, t]] += demb[i, t]
    return dC


@lookup_backward.misconception(
    "A row that is used twice keeps one of its gradients only. They must add up. (`dC[X] += demb` "
    "does not help: NumPy writes each row once. `np.add.at` adds.)"
)
def _last_one_wins(X, demb, V):
    dC = np.zeros((V, demb.shape[2]))
    dC[X] += demb
    return dC


@lookup_backward.misconception(
    "You took the mean over the places where a symbol stands. Each of them moves the loss on its "
    "own account, so the row's gradient is their sum."
)
def _mean_of_places(X, demb, V):
    dC = lookup_backward.reference(X, demb, V)
    return dC / np.maximum(np.bincount(X.ravel(), minlength=V), 1)[:, None]


@lookup_backward.misconception(
    "Only the last place of each window is sent back. Every place of the window read a row of C, "
    "and each of those rows gets its part."
)
def _last_place(X, demb, V):
    return lookup_backward.reference(X[:, -1:], demb[:, -1:], V)


@lookup_backward.misconception(
    "Every place received all of its example's gradient. Each place has a gradient of its own: "
    "`demb[i, t]` belongs to row `X[i, t]` and to no other."
)
def _summed_over_places(X, demb, V):
    return lookup_backward.reference(X, demb.sum(axis=1, keepdims=True) + 0 * demb, V)


@lookup_backward.misconception(
    "The gradients stand in the order of the batch, one row for each place. C has one row for each "
    "symbol: send each gradient to row `X[i, t]`."
)
def _in_batch_order(X, demb, V):
    return demb.reshape(-1, demb.shape[2])


@lookup_backward.misconception(
    "A symbol that stands twice in one window keeps one of the two gradients. `dC[X[i]] += …` "
    "writes each row once, as `=` does: add place by place, or use `np.add.at`."
)
def _once_a_window(X, demb, V):
    dC = np.zeros((V, demb.shape[2]))
    for i in range(len(X)):
        dC[X[i]] += demb[i]
    return dC


@lookup_backward.misconception(
    "The rows end with the largest number in this batch. C has V rows, used or not: start from "
    "zeros of shape (V, E)."
)
def _rows_of_the_batch(X, demb, V):
    return lookup_backward.reference(X, demb, int(X.max()) + 1)


@lookup_backward.misconception(
    "Rows are missing: only symbols of this batch have one. C has V rows, and those that were "
    "never used get 0: start from zeros of shape (V, E)."
)
def _used_rows(X, demb, V):
    return lookup_backward.reference(X, demb, V)[np.unique(X)]


@lookup_backward.misconception(
    "Of several gradients for one row the first is kept. All of them moved the loss, so all are "
    "added up: `+=`."
)
def _first_one_stays(X, demb, V):
    dC = np.zeros((V, demb.shape[2]))
    for i, t in np.ndindex(*X.shape):
        if not dC[X[i, t]].any():
            dC[X[i, t]] = demb[i, t]
    return dC


@lookup_backward.misconception(
    "These are counts: how often each symbol stands in the batch. What goes back to the row are "
    "its gradients, `demb[i, t]`, added up."
)
def _counts(X, demb, V):
    return lookup_backward.reference(X, np.ones_like(demb), V)


@lookup_backward.misconception(
    "The sums were divided by the batch size. The loss put its 1/n into `demb` already; from "
    "there on nothing is divided again."
)
def _divided_by_batch(X, demb, V):
    return lookup_backward.reference(X, demb, V) / len(X)


@lookup_backward.misconception(
    "Only the first place of each window is sent back. Every place of the window read a row of C, "
    "and each of those rows gets its part."
)
def _first_place(X, demb, V):
    return lookup_backward.reference(X[:, :1], demb[:, :1], V)


@lookup_backward.misconception(
    "Row 0 stays empty. Symbol 0 is one like the others, here the boundary, and its row was "
    "looked up, too."
)
def _no_row_0(X, demb, V):
    dC = lookup_backward.reference(X, demb, V)
    dC[0] = 0
    return dC
