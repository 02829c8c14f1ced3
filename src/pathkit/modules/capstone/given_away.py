"""Did it read this?"""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise


@exercise(
    title="Did it read this?",
    level="medium",
    minutes=8,
    prompt="""
        An attacker sees what your model pays a byte and says "read" of the cheaper of two passages,
        one from training and one not. Over all such pairs, how often is that right? With equal
        costs a coin decides.
        """,
    probes=lambda rng: [
        (np.array([1.0, 2.0]), np.array([1.5, 3.0])),
        (np.array([1.0, 1.0, 2.0]), np.array([1.0, 2.0])),
        (np.array([2.0]), np.array([1.0, 3.0, 4.0])),
        (np.array([5.0, 6.0]), np.array([1.0, 2.0, 3.0])),
        (rng.uniform(1, 3, size=9), rng.uniform(1.5, 3.5, size=14)),
        (rng.integers(3, size=8) / 2, rng.integers(3, size=5) / 2),
        (np.array([1.5]), np.array([1.5])),
    ],
    hints=[
        "Two passages of training and three others: how many pairs are there, and which are "
        "decided rightly?",
        """
        1. Compare each of `read` with each of `unread`: two loops, or `read[:, None] < unread`.
        2. A right pair counts 1, a tie 1/2.
        3. Divide by the number of pairs.
        """,
        "`np.mean(read[:, None] < unread) + np.mean(read[:, None] == unread) / ___`",
    ],
    errors=[
        ("ValueError: operands could not be broadcast", "`read[:, None]` makes a column of it."),
        ("TypeError: list indices must be integers", "keep the arrays, which can be reshaped."),
    ],
    passed="0.5 gives nothing away, and 1 tells of every passage whether it was read.",
)
def given_away(read: np.ndarray, unread: np.ndarray) -> float:
    """How often the cheaper of two passages is the one that was trained on.

    read: (m,) bits a byte of passages from training; unread: (n,) of passages that weren't; both
    have one at least, and m and n differ. Returns 0 to 1; a tie counts a half.
    """
    cheaper = read[:, None] < unread
    return np.mean(cheaper + (read[:, None] == unread) / 2)


@given_away.misconception(
    "The sides are exchanged: what was read costs less, since training lowered it. Count the pairs "
    "in which `read` is the smaller one."
)
def _sides_exchanged(read, unread):
    return given_away.reference(unread, read)


@given_away.misconception(
    "Ties count nothing here. With equal costs a coin decides, which is right half of the time: a "
    "tie adds 1/2."
)
def _ties_lost(read, unread):
    return np.mean(read[:, None] < unread)


@given_away.misconception(
    "Ties count as right. The attacker can't tell them apart, so a coin decides: a tie adds 1/2."
)
def _ties_won(read, unread):
    return np.mean(read[:, None] <= unread)


@given_away.misconception(
    "Only passages at the same place were compared. Any passage of training may be shown beside "
    "any other, so that all m times n pairs count."
)
def _place_by_place(read, unread):
    k = min(len(read), len(unread))
    return np.mean((read[:k] < unread[:k]) + (read[:k] == unread[:k]) / 2)


@given_away.misconception(
    "Costs were compared with one mean only. Two means say which side is cheaper on average; "
    "how often a single pair betrays itself takes all pairs."
)
def _against_mean(read, unread):
    return np.mean(read < unread.mean())


@given_away.misconception(
    "The pairs were counted and not divided. Of how many pairs? m times n of them."
)
def _number_of_pairs(read, unread):
    return np.sum((read[:, None] < unread) + (read[:, None] == unread) / 2)


@given_away.misconception(
    "This is the difference of the mean costs. It is in bits, and says nothing of how often an "
    "attacker is right: count pairs."
)
def _difference_of_means(read, unread):
    return np.mean(unread) - np.mean(read)
