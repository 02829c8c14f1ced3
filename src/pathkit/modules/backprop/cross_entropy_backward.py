"""From the loss to the logits."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise

from .tolerance import EXACT


def softmax(logits, axis=1):
    exp = np.exp(logits - logits.max(axis=axis, keepdims=True))
    return exp / exp.sum(axis=axis, keepdims=True)


def one_hot(logits, targets):
    return np.eye(logits.shape[1])[targets]


@exercise(
    title="From the loss to the logits",
    level="medium",
    minutes=7,
    prompt="""
        The loss is the mean cross-entropy of a batch. Return its gradient with respect to the
        logits: predicted minus seen, for each example, and mind the mean.
        """,
    probes=lambda rng: [
        (np.log(np.array([[0.2, 0.7, 0.1]])), np.array([1])),
        (rng.normal(size=(2, 3)), np.array([2, 0])),
        (rng.normal(scale=3, size=(6, 4)), rng.integers(4, size=6)),
        (rng.normal(size=(3, 3)), np.array([1, 1, 0])),
        (np.array([[1000.0, 998.0, -5.0], [3.0, -2.0, 0.5]]), np.array([1, 0])),
    ],
    hints=[
        "The lesson on bigrams found this gradient for one example. What does the mean over n "
        "change?",
        """
        1. `p`: the softmax of each row, shape (n, V). Subtract the row's maximum first.
        2. Subtract 1 at the target of each row: `p[np.arange(n), targets] -= 1`.
        3. Divide by n.
        """,
        "`p[np.arange(len(targets)), ___] -= 1` and then `return p / ___`",
    ],
    errors=[
        (
            "RuntimeWarning: overflow encountered in exp",
            "subtract each row's maximum before `np.exp`; the softmax stays the same.",
        ),
        (
            "IndexError: shape mismatch",
            "one target for each row: index with `np.arange(len(targets))` and `targets`.",
        ),
        (
            "IndexError: index 1 is out of bounds",
            "rows are numbered from 0 to n - 1, and n is the number of targets, not of classes.",
        ),
        (
            "ValueError: operands could not be broadcast",
            "a maximum or a sum for each row must stay a column: `keepdims=True`.",
        ),
    ],
    tolerance=EXACT,
    # Logits, probabilities and targets have one row for each example.
    equivalents=[
        "p[np.arange(len(logits)), targets] -= 1",
        "p[np.arange(len(p)), targets] -= 1",
        "return p / len(logits)",
        "return p / len(p)",
    ],
    passed="Each row pulls one logit up and pushes the others down, with forces that sum to 0.",
)
def cross_entropy_backward(logits: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """The gradient of the mean cross-entropy with respect to the logits.

    logits: (n, V), some as large as 1000; targets: (n,) class numbers. Returns dlogits: (n, V).
    """
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = p / p.sum(axis=1, keepdims=True)
    p[np.arange(len(targets)), targets] -= 1
    return p / len(targets)


@cross_entropy_backward.misconception(
    "This is the gradient of the sum. The loss is a mean over n examples, so each of them has a "
    "share of 1/n: divide by the batch size."
)
def _not_divided(logits, targets):
    return softmax(logits) - one_hot(logits, targets)


@cross_entropy_backward.misconception(
    "Seen minus predicted is the way downhill. The gradient points uphill: predicted minus seen; "
    "the step subtracts it later."
)
def _downhill(logits, targets):
    return (one_hot(logits, targets) - softmax(logits)) / len(targets)


@cross_entropy_backward.misconception(
    "Only the target's logit gets a gradient. The softmax divides by a sum in which every logit "
    "stands, so pushing any of them up lowers the target: all of the row moves."
)
def _only_the_target(logits, targets):
    hot = one_hot(logits, targets)
    return (softmax(logits) - hot) * hot / len(targets)


@cross_entropy_backward.misconception(
    "The 1 is missing at the targets: these are probabilities, and all logits would be pushed "
    "down. Subtract 1 where the symbol that came stands."
)
def _without_targets(logits, targets):
    return softmax(logits) / len(targets)


@cross_entropy_backward.misconception(
    "The gradient is divided by all n·V numbers. The loss is a mean over n examples; the V logits "
    "of one example make one loss together."
)
def _divided_by_all(logits, targets):
    return (softmax(logits) - one_hot(logits, targets)) / logits.size


@cross_entropy_backward.misconception(
    "This is the gradient with respect to the probabilities, −1/p at the target. The softmax lies "
    "between them and the logits: pass through it, too."
)
def _of_probabilities(logits, targets):
    with np.errstate(all="ignore"):
        return -one_hot(logits, targets) / softmax(logits) / len(targets)


@cross_entropy_backward.misconception(
    "The softmax runs down the columns, across the batch. One row holds the logits of one example: "
    "axis=1."
)
def _across_the_batch(logits, targets):
    return (softmax(logits, 0) - one_hot(logits, targets)) / len(targets)


@cross_entropy_backward.misconception(
    "The softmax overflows: exp(1000) is infinite, and infinite by infinite is not a number. "
    "Subtract each row's maximum first."
)
def _overflows(logits, targets):
    p = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    return (p - one_hot(logits, targets)) / len(targets)


@cross_entropy_backward.misconception(
    "The maximum of the whole batch was subtracted. One row of large logits then pushes all others "
    "down to exp(−1000) = 0, and 0/0 is not a number: take each row's own maximum."
)
def _maximum_of_all(logits, targets):
    exp = np.exp(logits - logits.max())
    p = exp / exp.sum(axis=1, keepdims=True)
    return (p - one_hot(logits, targets)) / len(targets)


@cross_entropy_backward.misconception(
    "1 was subtracted in every row at every target of the batch. Each example has one target of "
    "its own: index rows and columns together, `p[np.arange(n), targets]`."
)
def _targets_of_all(logits, targets):
    p = softmax(logits)
    p[:, targets] -= 1
    return p / len(targets)
