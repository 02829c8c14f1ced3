"""The soft lookup."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise

from .parts import _softmax


@exercise(
    title="The soft lookup",
    level="easy",
    minutes=4,
    prompt="""
        One query meets `n` keys. Score each key by its dot product with the query, and turn the
        scores into weights. Return the weighted average of the values: one vector.
        """,
    probes=lambda rng: [
        (np.array([2.0, 0.0]), np.eye(3, 2), np.array([[1.0], [10.0], [100.0]]), _softmax),
        # Whole numbers, as in the lesson; two entries fit equally well, two values are equal.
        (np.array([-1.0, 3.0]), np.array([[1, 0], [1, 1], [0, 1], [3, 2]]),
         np.array([[4, 0, 4], [0, 7, 1], [0, 0, 1], [4, 0, 4]]), _softmax),
        (rng.normal(size=4), rng.normal(size=(5, 4)), rng.normal(size=(5, 3)), _softmax),
        (rng.normal(size=3), rng.normal(size=(6, 3)), 9 * rng.normal(size=(6, 4)), _softmax),
        (np.array([30.0, -40.0]), rng.normal(size=(3, 2)), rng.normal(size=(3, 5)), _softmax),
    ],
    hints=[
        "How many scores are there: one for each key, or one for each component?",
        """
        1. Scores: keys (n, d_k) times query (d_k,) gives (n,).
        2. Weights: `softmax` of them, (n,).
        3. Weights (n,) times values (n, d_v) gives (d_v,).
        """,
        "`return softmax(keys @ ___) @ ___`",
    ],
    errors=[
        (
            "ValueError: matmul: Input operand 1 has a mismatch",
            "the inner sizes must agree: (n, d_k) with (d_k,), then (n,) with (n, d_v).",
        ),
        (
            "ValueError: shapes ... not aligned",
            "the same, said by `np.dot`: keys first, then the query.",
        ),
        (
            "AttributeError: 'list' object has no attribute 'max'",
            "`softmax` wants an array: `np.array(scores)`. Without a loop you get one at once.",
        ),
    ],
    passed="Two products with a softmax between them. Attention is this, for all words at once.",
)
def lookup(query: np.ndarray, keys: np.ndarray, values: np.ndarray, softmax) -> np.ndarray:
    """The average of the values, weighted by how well each key fits the query.

    query: (d_k,); keys: (n, d_k); values: (n, d_v); softmax: scores -> weights, last axis.
    Returns (d_v,).
    """
    return softmax(keys @ query) @ values


@lookup.misconception(
    "This takes the value of the best key alone: a hard lookup. Nudge the query and the answer "
    "stays the same, so no gradient tells it where to go. Average all values by their weights."
)
def _hard(query, keys, values, softmax):
    return values[np.argmax(keys @ query)]


@lookup.misconception(
    "Every value counts the same, whatever was asked. The query must enter: its dot product with a "
    "key says how much that key's value counts."
)
def _plain_mean(query, keys, values, softmax):
    return values.mean(axis=0)


@lookup.misconception(
    "Raw scores were used as weights. They can be negative, and they don't sum to 1, so the result "
    "is no average. Pass them through softmax first."
)
def _raw_scores(query, keys, values, softmax):
    return keys @ query @ values


@lookup.misconception(
    "The keys were averaged. A key only says whether its entry fits; what you get back is the "
    "entry's value. Use the weights on the values."
)
def _averages_keys(query, keys, values, softmax):
    return softmax(keys @ query) @ keys


@lookup.misconception(
    "These are the weights, one for each key. They are half of the lookup: multiply them with the "
    "values and add up, which is one more matrix product."
)
def _weights_only(query, keys, values, softmax):
    return softmax(keys @ query)


@lookup.misconception(
    "Each value was multiplied with its weight, but they were not added up. The lookup returns one "
    "vector: weights @ values multiplies and adds."
)
def _not_added_up(query, keys, values, softmax):
    return softmax(keys @ query)[:, None] * values


@lookup.misconception(
    "The keys went through softmax before they met the query. Keys compete by their scores, so "
    "take the dot products first and the softmax of those."
)
def _softmax_of_keys(query, keys, values, softmax):
    return softmax(keys) @ query @ values


@lookup.misconception(
    "The scores were divided by √d_k before the softmax. That is a good idea for wide vectors, and "
    "it comes later in the lesson; here a score is the dot product as it is."
)
def _scaled(query, keys, values, softmax):
    return softmax(keys @ query / np.sqrt(len(query))) @ values


@lookup.misconception(
    "The result is n times too small, and n is the number of keys: weighted values were averaged, "
    "which divides once more. The weights sum to 1 already, so add up."
)
def _averaged_again(query, keys, values, softmax):
    return softmax(keys @ query) @ values / len(values)


@lookup.misconception(
    "The exponentials were not divided by their sum, so they are no weights: the result grows with "
    "the scores and can leave the range of the values. softmax divides."
)
def _exponentials(query, keys, values, softmax):
    return np.exp(keys @ query) @ values


@lookup.misconception(
    "Softmax came last, on the result. Then the values' own numbers compete. What competes is the "
    "keys: softmax of the scores, before the values are averaged."
)
def _softmax_last(query, keys, values, softmax):
    return softmax(keys @ query @ values)


@lookup.misconception(
    "Scores were divided by their sum. They sum to 1 then, but some are negative, and a sum near 0 "
    "makes them huge. softmax takes exponentials first, which are positive."
)
def _divided_by_sum(query, keys, values, softmax):
    scores = keys @ query
    return scores / scores.sum() @ values


@lookup.misconception(
    "The weighted values were added up along the wrong axis: one number for each key came out. Add "
    "up over the keys, so that one vector as wide as a value is left."
)
def _added_along_the_value(query, keys, values, softmax):
    return (softmax(keys @ query)[:, None] * values).sum(axis=1)


@lookup.misconception(
    "The fractions were cut off where the values are whole numbers, as they are in the lesson: the "
    "result was written into an array of integers. An average needs floats."
)
def _cut_off(query, keys, values, softmax):
    return (softmax(keys @ query) @ values).astype(values.dtype)
