"""What the gradient proposes."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise


def _pairs(answer, gradient, suffix, k):
    """A list of pairs and an array of them are one thing."""
    found = answer(gradient, suffix, k)
    return [tuple(pair) for pair in (found.tolist() if isinstance(found, np.ndarray) else found)]


@exercise(
    title="A shortlist by gradient",
    level="medium",
    minutes=9,
    prompt="""
        The gradient says, for each place and each symbol, how the loss would change per unit of
        that symbol. A swap adds one symbol and takes the present one away. List the `k` swaps that
        promise the largest fall of the loss.
        """,
    probes=lambda rng: [
        (np.array([[0.5, -1.0, 0.25], [2.0, 3.0, 2.5]]), [0, 1], 2),
        (rng.normal(size=(4, 6)), rng.integers(6, size=4).tolist(), 5),
        (rng.normal(size=(3, 7)) + np.array([[5.0], [-4.0], [0.0]]), [1, 6, 2], 4),
        (rng.normal(size=(5, 3)), [2, 0, 1, 1, 2], 10),
        (rng.normal(size=(1, 5)), [3], 1),
        (np.array([[-9.0, -8.0, -7.5], [0.0, 4.0, -0.5]]), [0, 1], 4),
    ],
    drive=_pairs,
    hints=[
        "The present symbol has gradient 2, another one 0.5. By how much would the loss change?",
        """
        1. From each row take away its entry for the present symbol: a (n, V) table of changes.
        2. The present symbol changes nothing and is no swap: leave it out.
        3. Sort all the rest from the lowest, and keep k pairs (place, symbol).
        """,
        "`change = gradient - gradient[np.arange(n), ___][:, None]`",
    ],
    errors=[
        ("IndexError: arrays used as indices must", "make the indices whole numbers."),
    ],
    passed="A linear guess about jumps. It costs one pass backwards, whatever the number of swaps.",
)
def shortlist(gradient: np.ndarray, suffix: list[int], k: int) -> list[tuple[int, int]]:
    """The swaps that promise most.

    gradient: (n, V), of the loss by the one-hot rows of the suffix; suffix: n symbols, each from 0
    to V - 1; k: how many, at most n (V - 1). Returns k pairs (place, new symbol), the largest
    promised fall first; none keeps the present symbol. The probes hold no ties.
    """
    n, V = gradient.shape
    change = gradient - gradient[np.arange(n), suffix][:, None]
    swaps = [(place, v) for place in range(n) for v in range(V) if v != suffix[place]]
    return sorted(swaps, key=lambda swap: change[swap])[:k]


def _ranked_swaps(change, suffix, k, own=False):
    n, V = change.shape
    swaps = [(i, v) for i in range(n) for v in range(V) if own or v != suffix[i]]
    return sorted(swaps, key=lambda swap: change[swap])[:k]


def _changes(gradient, suffix):
    return gradient - gradient[np.arange(len(suffix)), suffix][:, None]


@shortlist.misconception(
    "The gradient of the new symbol alone decides here. A swap takes the present symbol away as "
    "well, so subtract its gradient: only the difference is a change."
)
def _new_symbol_alone(gradient, suffix, k):
    return _ranked_swaps(gradient, suffix, k)


@shortlist.misconception(
    "These swaps promise the largest rise of the loss. The attacker wants the target to become "
    "likelier, so the loss must fall: take the lowest changes."
)
def _uphill(gradient, suffix, k):
    return _ranked_swaps(-_changes(gradient, suffix), suffix, k)


@shortlist.misconception(
    "Large changes of either sign are listed. Only those below 0 help: sort by the change itself, "
    "not by its size."
)
def _by_size(gradient, suffix, k):
    return _ranked_swaps(-np.abs(_changes(gradient, suffix)), suffix, k)


@shortlist.misconception(
    "A pair that keeps the present symbol is in the list. It promises a change of 0 and costs a "
    "test: leave the present symbol of each place out."
)
def _keeps_its_own(gradient, suffix, k):
    return _ranked_swaps(_changes(gradient, suffix), suffix, k, own=True)


@shortlist.misconception(
    "The pairs are (symbol, place). The caller reads the place first, then the new symbol."
)
def _symbol_first(gradient, suffix, k):
    return [(v, i) for i, v in shortlist.reference(gradient, suffix, k)]


@shortlist.misconception(
    "The swaps are the right ones, in the wrong order: the one that promises most comes first."
)
def _worst_first(gradient, suffix, k):
    return shortlist.reference(gradient, suffix, k)[::-1]
