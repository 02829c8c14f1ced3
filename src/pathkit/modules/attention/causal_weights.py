"""Hide the future."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise

from .parts import _hidden, _softmax, masked


@exercise(
    title="Hide the future",
    level="medium",
    minutes=8,
    prompt="""
        Turn a square table of scores into weights. Word *t* may give weight to the words 0 to *t*
        only, and each row still sums to 1.
        """,
    probes=lambda rng: [
        (np.array([[1.0, 9.0], [0.0, 2.0]]), _softmax),
        (rng.normal(size=(5, 5)), _softmax),
        (np.triu(np.full((4, 4), 900.0), k=1) + rng.normal(size=(4, 4)), _softmax),
        (rng.normal(size=(3, 3)) * np.array([[1.0], [50.0], [900.0]]), _softmax),
        # Scores of exactly 0, before and after; a visible score far below a hidden one.
        (np.array([[0.0, 0.0, 5.0], [0.0, 0.0, 0.0], [2.0, 0.0, -1.0]]), _softmax),
        (np.array([[-2000.0, 0.0, -3.0], [-500.0, -501.0, 0.0], [1.0, 1.0, 1.0]]), _softmax),
        (np.array([[-3.0]]), _softmax),
    ],
    hints=[
        "Which score gives a weight of exactly 0, whatever the other scores are? (exp of it is 0.)",
        """
        1. A table of booleans: is the key's position larger than the query's? Rows are queries.
        2. Where it is, put `-np.inf` in place of the score (`np.where`).
        3. Then the softmax.
        """,
        "`positions = np.arange(len(scores))`, `future = positions > positions[:, None]`, then "
        "`np.where(future, ___, scores)`.",
    ],
    errors=[
        (
            "ValueError: The truth value of an array",
            "`if` wants one boolean, and a table holds many: use `np.where(table, a, b)`.",
        ),
        (
            "RuntimeWarning: invalid value encountered in subtract",
            "a row is masked completely: the first word must still see itself.",
        ),
    ],
    passed="Zero weight for what is to come, and every row still sums to 1.",
)
def causal_weights(scores: np.ndarray, softmax) -> np.ndarray:
    """Attention weights that never look ahead (Vaswani et al. 2017, section 3.2.3).

    scores: (T, T), row = query, column = key; softmax: scores -> weights, last axis.
    Returns (T, T); each row sums to 1, and [t, s] is 0 for s > t.
    """
    positions = np.arange(len(scores))
    future = positions > positions[:, None]  # (T, T)
    return softmax(np.where(future, -np.inf, scores))


@causal_weights.misconception(
    "Masked after the softmax, so each row sums to less than 1. The future took part in the sum "
    "below the fraction: it still changes every weight. Mask the scores first, with -inf."
)
def _masked_after(scores, softmax):
    return np.tril(softmax(scores))


@causal_weights.misconception(
    "Masked after the softmax, then rescaled. That is right on paper, yet some row comes back as "
    "nan: the next exercise asks you why. Mask the scores before the softmax, with -inf."
)
def _rescaled_after(scores, softmax):
    seen = np.tril(softmax(scores))
    return seen / seen.sum(axis=1, keepdims=True)


@causal_weights.misconception(
    "Every word sees one word ahead. That is the very word it is meant to predict, so training "
    "would look perfect and teach nothing. Hide every key with a position above the query's own."
)
def _sees_next(scores, softmax):
    return softmax(masked(scores, 1))


@causal_weights.misconception(
    "A word can't see itself, and the first one sees nothing: its row is 0/0, which is nan. "
    "Position t may look at 0 to t, the diagonal included: hide with >, not >=."
)
def _blind_to_itself(scores, softmax):
    return softmax(masked(scores, -1))


@causal_weights.misconception(
    "The mask is transposed: each word sees itself and the future, never the past. Rows are "
    "queries, columns are keys; what lies right of the diagonal is the future."
)
def _sees_only_future(scores, softmax):
    return softmax(np.where(_hidden(*scores.shape).T, -np.inf, scores))


@causal_weights.misconception(
    "The mask of ones and zeros was added to the scores. That raises what may be seen by 1 and "
    "hides nothing. To hide a key, its score must be -inf, for exp(-inf) = 0."
)
def _adds_one(scores, softmax):
    return softmax(scores + ~_hidden(*scores.shape))


@causal_weights.misconception(
    "Future scores are 0, or as good as 0. A score of 0 is an ordinary score with exp(0) = 1, so "
    "the future keeps weight. Only -inf gives exactly none."
)
def _zero_scores(scores, softmax):
    return softmax(np.tril(scores))


@causal_weights.misconception(
    "Nothing is hidden: every word still sees the whole text. Set the scores right of the diagonal "
    "to -inf before the softmax."
)
def _no_mask(scores, softmax):
    return softmax(scores)


@causal_weights.misconception(
    "The mask is right, but the softmax runs down the columns: keys get weights that sum to 1 over "
    "the queries. Each row is one word's choice, so each row must sum to 1."
)
def _columns(scores, softmax):
    return softmax(masked(scores).T).T
