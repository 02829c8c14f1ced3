"""A softmax that survives."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise

from .parts import softmax_over_all


@exercise(
    title="A softmax that survives",
    level="easy",
    minutes=6,
    prompt="""
        Turn scores into weights along the last axis: exponentials, divided by their sum. It must
        work for one row, a table or a stack of tables, with scores from −1,000 to 1,000.
        """,
    probes=lambda rng: [
        (np.array([0.0, 1.0, 2.0]),),
        (rng.normal(size=(3, 5)),),
        (3 * rng.normal(size=(4, 4)),),
        (rng.normal(size=(2, 3, 5)),),
        (np.array([[1000.0, 1001.0, 998.0], [-1000.0, -1002.0, -999.0]]),),
        (np.array([[0.5, -np.inf, -np.inf], [2.0, 1.0, -np.inf]]),),
        (np.array([[-1000.0, 1000.0, 999.0], [1000.0, 0.0, -1000.0], [-np.inf, -1.0, 0.0]]),),
        (np.zeros((1, 4)),),
        (np.array([[7.0]]),),
    ],
    hints=[
        "Subtract 1,000 from each of 1000, 1001 and 998. Do the weights change? Does `exp` cope?",
        """
        1. The largest score of each row, its axis kept: shape (…, 1). Subtract it.
        2. `np.exp` of what is left; the largest is now 1.
        3. Divide by the sum of each row, its axis kept, too.
        """,
        "`exp = np.exp(scores - scores.max(axis=___, keepdims=True))`",
    ],
    errors=[
        (
            "RuntimeWarning: overflow encountered in exp",
            "`np.exp(1000)` is infinite: subtract the row's largest score first.",
        ),
        (
            "ValueError: operands could not be broadcast",
            "maximum and sum have lost their axis: `keepdims=True` keeps it.",
        ),
        (
            "AxisError: axis 1 is out of bounds",
            "one row has no axis 1: count from the end, `axis=-1`.",
        ),
    ],
    passed="Weights from any scores: none is negative, and each row sums to 1.",
)
def softmax(scores: np.ndarray) -> np.ndarray:
    """Softmax over the last axis.

    scores: (..., n) floats; -inf means "no weight". Returns (..., n); each row sums to 1.
    """
    exp = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return exp / exp.sum(axis=-1, keepdims=True)


@softmax.misconception(
    "Large scores come back as nan: exp(1000) overflows to infinity, and infinity divided by "
    "infinity is undefined. Subtract each row's largest score first; the weights don't change."
)
def _unstable(scores):
    exp = np.exp(scores)
    return exp / exp.sum(axis=-1, keepdims=True)


@softmax.misconception(
    "All weights together sum to 1, so rows compete with each other. Each row is the choice of one "
    "word: take maximum and sum along the last axis, axis=-1 with keepdims=True."
)
def _over_everything(scores):
    return softmax_over_all(scores)


@softmax.misconception(
    "Columns sum to 1 here. A column holds what different words think of one key; they don't "
    "compete. The keys of one row do: axis=-1."
)
def _over_queries(scores):
    exp = np.exp(scores - scores.max(axis=0, keepdims=True))
    return exp / exp.sum(axis=0, keepdims=True)


@softmax.misconception(
    "axis=1 is the last axis of a table only. A single row has no axis 1, and in a stack of tables "
    "it runs over the queries. axis=-1 is the last one always."
)
def _axis_one(scores):
    exp = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exp / exp.sum(axis=1, keepdims=True)


@softmax.misconception(
    "The sums lost their axis, so NumPy lines them up with the columns. A square table raises no "
    "error and is wrong all the same: keepdims=True keeps each sum beside its row."
)
def _no_keepdims(scores):
    exp = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return exp / exp.sum(axis=-1)


@softmax.misconception(
    "The maximum of the whole table was subtracted. A row 2,000 below it becomes all zeros, and "
    "0/0 is nan. Every row needs its own maximum: axis=-1."
)
def _global_maximum(scores):
    exp = np.exp(scores - scores.max())
    return exp / exp.sum(axis=-1, keepdims=True)


@softmax.misconception(
    "The exponential is missing. Scores can be negative, and their sum can be 0. exp makes each "
    "one positive, so that they can share a whole."
)
def _no_exponential(scores):
    return scores / scores.sum(axis=-1, keepdims=True)
