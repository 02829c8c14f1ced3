"""From guesses to entropy."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise


@exercise(
    title="From guesses to entropy",
    level="medium",
    minutes=12,
    prompt="""
        Someone guesses each character until it is right; `ranks` says with which guess. With $q_i$
        for the share of rank $i$ (0 for one that never came), return Shannon's two bounds:
        $\\sum_i i\\,(q_i - q_{i+1}) \\log_2 i$ and $-\\sum_i q_i \\log_2 q_i$.
        """,
    probes=lambda rng: [
        ([1, 1, 2, 1], 3),
        ([1, 1, 1], 4),
        ([1, 2, 3, 3, 1, 1], 3),
        ([4, 1, 2, 2], 4),
        (rng.geometric(0.5, size=40).clip(1, 9).tolist(), 9),
        (rng.geometric(0.3, size=25).clip(1, 12).tolist(), 30),
        ([2, 2, 1], 2),
    ],
    hints=[
        "Of four ranks 1, 1, 2, 1: what are $q_1$, $q_2$ and $q_3$? And beyond the last symbol?",
        """
        1. `np.bincount(ranks, minlength=size + 2)[1:]`, divided by `len(ranks)`: $q_1$ up to
           $q_{size+1}$, and the last is 0.
        2. Lower: `i` from 1 to `size`; the differences are `q[:-1] - q[1:]`.
        3. Upper: only where `q` is above 0.
        """,
        "`lower = np.sum(i * (q[:-1] - q[___]) * np.log2(i))` with `i = np.arange(1, size + 1)`",
    ],
    errors=[
        (
            "RuntimeWarning: divide by zero encountered in log2",
            "leave out the ranks that never came, `q[q > 0]`: they cost nothing.",
        ),
        (
            "ValueError: operands could not be broadcast",
            "`i` needs one entry for each difference: `np.arange(1, size + 1)`.",
        ),
    ],
    passed="Guesses alone, no probabilities, and still the entropy is caught between two numbers.",
)
def guess_bounds(ranks: list[int], size: int) -> tuple[float, float]:
    """Bounds on the entropy of a text from the guessing game (Shannon 1951, equation 17).

    ranks: the number of the guess that was right, for each character; size: of the alphabet.
    Returns (lower, upper) in bits per character. The lower one needs a guesser who knows the
    order of the chances.
    """
    q = np.bincount(ranks, minlength=size + 2)[1:] / len(ranks)
    i = np.arange(1, size + 1)
    seen = q[q > 0]
    lower = np.sum(i * (q[:-1] - q[1:]) * np.log2(i))
    upper = -np.sum(seen * np.log2(seen))
    return lower, upper


def _shares(ranks, size) -> np.ndarray:
    return np.bincount(ranks, minlength=size + 2)[1:] / len(ranks)


@guess_bounds.misconception(
    "Ranks that never came give 0 times minus infinity, which is not a number. They cost nothing: "
    "sum over the ranks that did come."
)
def _zero_log(ranks, size):
    q = _shares(ranks, size)
    with np.errstate(all="ignore"):
        return guess_bounds.reference(ranks, size)[0], -np.sum(q * np.log2(q))


@guess_bounds.misconception(
    "Both bounds are in nats. Shannon counts in bits, and so do the files you compare with: take "
    "logs to base 2."
)
def _in_nats(ranks, size):
    lower, upper = guess_bounds.reference(ranks, size)
    return lower * np.log(2), upper * np.log(2)


@guess_bounds.misconception(
    "The lower bound lacks its last term. Beyond the last symbol q is 0, so the last rank counts "
    "with its full share: append that 0 before you take differences."
)
def _no_last_term(ranks, size):
    q, i = _shares(ranks, size)[:-1], np.arange(1, size)
    lower = np.sum(i * (q[:-1] - q[1:]) * np.log2(i))
    return lower, guess_bounds.reference(ranks, size)[1]


@guess_bounds.misconception(
    "The lower bound lacks the factor i. If i symbols are equally likely, each takes a share of "
    "1/i; the factor puts the i equal steps together again."
)
def _no_factor(ranks, size):
    q, i = _shares(ranks, size), np.arange(1, size + 1)
    return np.sum((q[:-1] - q[1:]) * np.log2(i)), guess_bounds.reference(ranks, size)[1]


@guess_bounds.misconception(
    "The upper bound is the mean log of the rank. That many bits write the ranks only if somebody "
    "tells you where each ends; the entropy of the ranks counts what can be decoded."
)
def _log_of_ranks(ranks, size):
    return guess_bounds.reference(ranks, size)[0], np.mean(np.log2(ranks))


@guess_bounds.misconception(
    "The upper bound is negative: the logs of shares are at most 0, and the formula begins with a "
    "minus."
)
def _no_minus(ranks, size):
    lower, upper = guess_bounds.reference(ranks, size)
    return lower, -upper


@guess_bounds.misconception(
    "The differences go the wrong way, q_{i+1} - q_i, so the lower bound has the wrong sign. A "
    "good guesser is right with the first guess most often, and q_i - q_{i+1} is positive."
)
def _differences_turned(ranks, size):
    lower, upper = guess_bounds.reference(ranks, size)
    return -lower, upper


@guess_bounds.misconception(
    "In the lower bound each i is one too small. The ranks begin at 1: q_1, the share of the first "
    "guess, goes with i = 1."
)
def _ranks_from_zero(ranks, size):
    q, i = _shares(ranks, size), np.arange(size)
    lower = np.sum(i * (q[:-1] - q[1:]) * np.log2(np.maximum(i, 1)))
    return lower, guess_bounds.reference(ranks, size)[1]


@guess_bounds.misconception(
    "The two are exchanged. The entropy of the ranks is the upper bound: from the ranks and the "
    "same guesser the text can be had back, so they hold at least as much."
)
def _exchanged(ranks, size):
    lower, upper = guess_bounds.reference(ranks, size)
    return upper, lower


@guess_bounds.misconception(
    "In the lower bound each share stands one place too late: `np.bincount` begins with rank 0, "
    "which never comes, and q_0 then goes with i = 1. Cut it off: `[1:]`."
)
def _rank_0_kept(ranks, size):
    q, i = np.append(0, _shares(ranks, size)[:-1]), np.arange(1, size + 1)
    lower = np.sum(i * (q[:-1] - q[1:]) * np.log2(i))
    return lower, guess_bounds.reference(ranks, size)[1]
