"""Score all pairs, scaled."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise

from .parts import _softmax


@exercise(
    title="Score all pairs, scaled",
    level="easy",
    minutes=4,
    prompt="""
        Score every query against every key at once. Divide by the standard deviation that random
        scores of this width would have.
        """,
    probes=lambda rng: [
        (np.array([[2.0, 0.0, 0.0, 0.0]]), np.array([[3.0, 1.0, 0.0, 5.0], [0.0, 4.0, 1.0, 1.0]])),
        (rng.normal(size=(5, 4)), rng.normal(size=(3, 4))),
        (rng.normal(size=(2, 7)), 5 * rng.normal(size=(6, 7))),
        (rng.normal(size=(4, 9)), rng.normal(size=(4, 9))),
        # A word that asks nothing has scores of 0, and two keys may be equal.
        (np.array([[0.0, 0.0, 0.0], [1.0, -2.0, 4.0]]), np.array([[2.0, 0.0, 1.0]] * 2)),
        (rng.normal(size=(1, 256)), rng.normal(size=(2, 256))),
    ],
    hints=[
        "A variance of d goes with which standard deviation? Divide by that.",
        """
        1. Queries (n, d) times transposed keys (d, m) gives all dot products, (n, m).
        2. Divide by the square root of the width d, which is `Q.shape[1]`.
        """,
        "`return Q @ ___ / np.sqrt(___)`",
    ],
    errors=[
        (
            "ValueError: matmul: Input operand 1 has a mismatch",
            "both have width d as their last axis: one of them must be transposed.",
        ),
        ("ValueError: shapes ... not aligned", "the same, said by `np.dot`."),
    ],
    # Queries and keys have the same width: a dot product needs that.
    equivalents=["return Q @ K.T / np.sqrt(K.shape[1])"],
    passed="Random scores now have variance 1 at any width.",
)
def scaled_scores(Q: np.ndarray, K: np.ndarray) -> np.ndarray:
    """Scaled dot products (Vaswani et al. 2017, section 3.2.1).

    Q: (n, d) queries; K: (m, d) keys.
    Returns (n, m): row i holds the scores of query i with every key.
    """
    return Q @ K.T / np.sqrt(Q.shape[1])


@scaled_scores.misconception(
    "The width doesn't enter: these are the dot products, up to one factor at most that is the "
    "same for all. A dot product adds up d terms of variance 1, so its standard deviation is √d. "
    "Divide by √d, whatever d is."
)
def _unscaled(Q, K):
    return Q @ K.T


@scaled_scores.misconception(
    "Divided by d, the variance. The typical size of a score is its standard deviation, √d. "
    "Divided by d, scores shrink to 1/√d and wide words can't choose at all."
)
def _by_d(Q, K):
    return Q @ K.T / Q.shape[1]


@scaled_scores.misconception(
    "Divided by the root of the number of keys. One score adds up d products, one for each "
    "component; how many other keys there are doesn't enter the sum."
)
def _by_number_of_keys(Q, K):
    return Q @ K.T / np.sqrt(len(K))


@scaled_scores.misconception(
    "Divided by the root of the number of queries. One score adds up d products, one for each "
    "component; how many others ask doesn't enter the sum."
)
def _by_number_of_queries(Q, K):
    return Q @ K.T / np.sqrt(len(Q))


@scaled_scores.misconception(
    "Rows and columns are exchanged: row i should belong to query i, since a query chooses among "
    "keys. Write Q @ K.T, not K @ Q.T."
)
def _keys_by_queries(Q, K):
    return K @ Q.T / np.sqrt(Q.shape[1])


@scaled_scores.misconception(
    "Divided by the spread of these very scores. Then a score depends on who else asks, and one "
    "score alone is divided by 0. The unit follows from the width: √d."
)
def _by_measured_spread(Q, K):
    scores = Q @ K.T
    return scores / scores.std()


@scaled_scores.misconception(
    "Each row was divided by the spread of its own scores. Then a score depends on which other "
    "keys there are, and a row of equal scores is divided by 0. The unit follows from the width: "
    "√d."
)
def _by_spread_of_each_row(Q, K):
    scores = Q @ K.T
    return scores / scores.std(axis=1, keepdims=True)


@scaled_scores.misconception(
    "Multiplied by √d. The scores are already too large by that factor; measured in units of √d "
    "they become small, so divide."
)
def _multiplied(Q, K):
    return Q @ K.T * np.sqrt(Q.shape[1])


@scaled_scores.misconception(
    "These are cosines: every vector was brought to length 1. Then no score exceeds 1, and no key "
    "can get more than e² = 7.4 times the weight of another. Divide by √d alone."
)
def _cosine(Q, K):
    lengths = np.linalg.norm(Q, axis=1)[:, None] * np.linalg.norm(K, axis=1)
    return Q @ K.T / lengths


@scaled_scores.misconception(
    "These are weights: each row sums to 1. Scores are wanted, which may be negative and of any "
    "size; the softmax comes afterwards, and the mask before it."
)
def _weights(Q, K):
    return _softmax(Q @ K.T / np.sqrt(Q.shape[1]))
