"""The best of k tries."""

from __future__ import annotations

import math

from pathkit.checks.exercise import exercise


@exercise(
    title="The best of k tries",
    level="medium",
    minutes=7,
    prompt="""
        A model wrote `n` programs for one problem, and `c` of them passed the tests. Somebody picks
        `k` different ones of the `n` by chance. How likely is it that one at least passes?
        """,
    probes=lambda rng: [
        (10, 3, 2),
        (200, 13, 10),
        (int(rng.integers(12, 20)), int(rng.integers(2, 6)), 5),
        (5, 0, 3),
        (5, 5, 2),
        (6, 4, 3),
        (7, 2, 7),
        (9, 4, 1),
    ],
    hints=[
        "In how many ways can k of n programs be picked? In how many of them are all k wrong?",
        """
        1. `math.comb(n, k)` ways in all.
        2. All wrong: k of the n - c wrong ones, `math.comb(n - c, k)` ways. It is 0 where there are
           fewer than k wrong ones.
        3. One at least passes in all other ways.
        """,
        "`return 1 - math.comb(___, k) / math.comb(n, k)`",
    ],
    errors=[
        (
            "ValueError: k must be a non-negative integer",
            "`math.comb(n, k)` takes the larger number first.",
        ),
        (
            "ValueError: n must be a non-negative integer",
            "`c - n` is negative: the wrong programs are n - c.",
        ),
    ],
    passed="This is the estimator of Chen and others (2021), right on average for every k up to n.",
)
def pass_at_k(n: int, c: int, k: int) -> float:
    """The chance that of k programs, picked without putting any back, one at least passes.

    n: programs written. c: of them that pass, from 0 to n. k: from 1 to n. Returns a float.
    """
    return 1 - math.comb(n - c, k) / math.comb(n, k)


@pass_at_k.misconception(
    "You put each program back before the next pick, so the same one may come twice. That is "
    "too low on average: pick k different ones, and count the ways with `math.comb`."
)
def _put_back(n, c, k):
    return 1 - (1 - c / n) ** k


@pass_at_k.misconception(
    "This is the share of programs that pass, which is the answer for one pick. More picks have "
    "more chances: k has to enter."
)
def _one_pick(n, c, k):
    return c / n


@pass_at_k.misconception(
    "This says whether any of the n passed, which is the best of all n. Somebody who sees only k "
    "of them may miss it: count the ways to pick k wrong ones."
)
def _best_of_all(n, c, k):
    return float(c > 0)


@pass_at_k.misconception(
    "This is the chance that all k fail. What is asked for is everything else: 1 minus it."
)
def _all_fail(n, c, k):
    return math.comb(n - c, k) / math.comb(n, k)


@pass_at_k.misconception(
    "Right and wrong are exchanged: here the picks that hold k *right* programs were taken off. "
    "Take off those with k wrong ones, of which there are n - c."
)
def _right_for_wrong(n, c, k):
    return 1 - math.comb(c, k) / math.comb(n, k)


@pass_at_k.misconception(
    "This is the chance that all k pass. One that passes is enough: 1 minus the chance that all k "
    "are wrong."
)
def _all_pass(n, c, k):
    return math.comb(c, k) / math.comb(n, k)


@pass_at_k.misconception(
    "A pick with two programs that pass is counted twice here, once for each of them. Take 1 minus "
    "the chance that none passes: then every pick counts once."
)
def _picks_added(n, c, k):
    return min(1.0, k * c / n)


@pass_at_k.spelling(_picks_added)
def _picks_added_unbounded(n, c, k):
    return k * c / n


@pass_at_k.misconception(
    "This is the chance that exactly one of the k passes. Two or three are as good: 1 minus the "
    "chance that none passes."
)
def _exactly_one_passes(n, c, k):
    return c * math.comb(n - c, k - 1) / math.comb(n, k)


@pass_at_k.misconception(
    "Where fewer than k programs are wrong you gave 0. Every pick then holds one that passes, so "
    "the chance is 1: `math.comb(n - c, k)` is 0 there by itself."
)
def _nothing_where_all_is_sure(n, c, k):
    return 0.0 if n - c < k else 1 - math.comb(n - c, k) / math.comb(n, k)
