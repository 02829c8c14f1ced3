"""At least m of k."""

from __future__ import annotations

import math

from pathkit.checks.exercise import exercise


@exercise(
    title="At least m of k",
    level="medium",
    minutes=6,
    prompt="""
        Each of `k` things is right with probability `p`, whatever happens to the others. How likely
        is it that `m` or more of them are right?
        """,
    probes=lambda rng: [
        (0.3, 5, 2),
        (0.9, 10, 10),
        (float(rng.uniform(0.2, 0.8)), 7, 4),
        (float(rng.uniform(0.05, 0.3)), 6, 1),
        (0.55, 101, 51),
        (0.0, 3, 1),
        (1.0, 4, 2),
        (0.25, 1, 1),
        (0.4, 6, 0),
    ],
    hints=[
        "Of three letters exactly two are right. In how many ways can that be, and how likely is "
        "each of them?",
        """
        1. Exactly i right: `math.comb(k, i)` choices of which, each with probability
           $p^i (1-p)^{k-i}$.
        2. At least m: add this up for i = m, m + 1, …, k.
        """,
        "`return sum(math.comb(k, i) * p**i * (1 - p) ** ___ for i in range(m, k + 1))`",
    ],
    errors=[
        (
            "TypeError: 'float' object cannot be interpreted as an integer",
            "`range` and `math.comb` count: hand them `m`, `k` and `i`, not `p`.",
        ),
    ],
    passed="With m = k it scores whole words, with m = 1 the best of k tries, with more than half "
    "a vote.",
)
def at_least(p: float, k: int, m: int) -> float:
    """The probability that m or more of k independent things are right.

    p: from 0 to 1, of each. k: how many. m: from 0 to k. Returns a float from 0 to 1.
    """
    return sum(math.comb(k, i) * p**i * (1 - p) ** (k - i) for i in range(m, k + 1))


def _term(p, k, i):
    return math.comb(k, i) * p**i * (1 - p) ** (k - i)


@at_least.misconception(
    "This is the chance of exactly m. Words with more right letters count as well: add up the "
    "chances for m, m + 1 and so on, to k."
)
def _exactly(p, k, m):
    return _term(p, k, m)


@at_least.misconception(
    "Exactly m is left out: this is *more than* m. The sum begins with i = m."
)
def _more_than(p, k, m):
    return sum(_term(p, k, i) for i in range(m + 1, k + 1))


@at_least.misconception(
    "The case that all k are right is missing. `range(m, k)` ends before k: write `k + 1`."
)
def _all_right_missing(p, k, m):
    return sum(_term(p, k, i) for i in range(m, k))


@at_least.misconception(
    "You counted from the other side: this is the chance of m or fewer. Add up from m to k."
)
def _at_most(p, k, m):
    return sum(_term(p, k, i) for i in range(m + 1))


@at_least.misconception(
    "Each count was taken once, though it can come about in many ways: *which* i of the k are "
    "right? Multiply by `math.comb(k, i)`."
)
def _one_way_each(p, k, m):
    return sum(p**i * (1 - p) ** (k - i) for i in range(m, k + 1))


@at_least.misconception(
    "The wrong ones have no probability here. With i right, the other k - i must be wrong, "
    "which multiplies by (1 - p) that many times."
)
def _wrong_ones_forgotten(p, k, m):
    return sum(math.comb(k, i) * p**i for i in range(m, k + 1))


@at_least.misconception(
    "p and 1 - p are exchanged, so this counts the wrong ones: at least m are wrong. The i right "
    "ones multiply by p, the other k - i by 1 - p."
)
def _right_and_wrong_exchanged(p, k, m):
    return sum(_term(1 - p, k, i) for i in range(m, k + 1))


@at_least.misconception(
    "Each term has the number of ways for m. With i right there are `math.comb(k, i)` ways, and i "
    "changes from term to term."
)
def _ways_for_m(p, k, m):
    return sum(math.comb(k, m) * p**i * (1 - p) ** (k - i) for i in range(m, k + 1))


@at_least.misconception(
    "This is the chance that m certain ones are right, the first m for instance. Any m of the k "
    "will do, so count the ways with `math.comb`."
)
def _the_first_m(p, k, m):
    return p**m


@at_least.misconception(
    "This is the chance that one at least is right, whatever m is. It is the case m = 1; for "
    "larger m add up the chances from m to k."
)
def _one_at_least(p, k, m):
    return 1 - (1 - p) ** k


@at_least.misconception(
    "You compared the expected number, p · k, with m. It is near m that luck decides: some words "
    "are above it and some below, and the question is how many."
)
def _on_average(p, k, m):
    return float(p * k >= m)


@at_least.misconception(
    "You chose m that are right and let the others be anything. A word with more than m right is "
    "then counted once for each choice: add up exactly i right, for i from m to k."
)
def _others_left_open(p, k, m):
    return math.comb(k, m) * p**m


@at_least.spelling(_others_left_open)
def _others_left_open_bounded(p, k, m):
    return min(1.0, math.comb(k, m) * p**m)
