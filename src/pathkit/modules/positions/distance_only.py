"""A test that can't be fooled."""

from __future__ import annotations

import functools

import numpy as np

from pathkit.checks.exercise import exercise
from pathkit.checks.told import Told

from .suspects import (
    against_each_other,
    between_roundings,
    both_turned,
    changes_early,
    changes_late,
    codes_added,
    drifting,
    falling,
    falls_with_distance,
    hardly_changes,
    key_turned,
    nearly_still,
    nothing_turned,
    query_turned,
    right_at_equal_positions,
    right_at_neighbours,
    rounded,
    table,
    wrong_ahead,
    wrong_at_five,
    wrong_at_the_end,
    wrong_behind,
)


def _asked(answer, score, N):
    """What the answer says of a score; raises Told with the scores in question if it errs."""
    found = answer(score, N)
    right, reason = _right_and_why(score, N)
    if isinstance(found, bool | np.bool_) and found != right:
        raise Told(f"For a score with N = {N}, {found} came back and {right} is right: {reason}.")
    return found


@functools.cache
def _right_and_why(score, N: int) -> tuple[bool, str]:
    scores = {(m, n): score(m, n) for m in range(N) for n in range(N)}
    diagonals: dict[int, list] = {}
    for pair in scores:
        diagonals.setdefault(pair[0] - pair[1], []).append(pair)
    ends = [(min(d, key=scores.get), max(d, key=scores.get)) for d in diagonals.values()]
    widest = max(ends, key=lambda end: scores[end[1]] - scores[end[0]])
    if scores[widest[1]] - scores[widest[0]] > 1e-5:
        return False, (f"m − n is the same at {widest[0]} and {widest[1]}, but "
                       f"{_differ(scores, *widest)}")
    lowest, highest = min(scores, key=scores.get), max(scores, key=scores.get)
    if scores[highest] - scores[lowest] <= 1e-5:
        return False, "all distances score alike, to within 1e-5"
    return True, ("pairs with the same m − n are alike to within 1e-5, and at "
                  f"{lowest} and {highest} {_differ(scores, lowest, highest)}")


def _differ(scores: dict, one: tuple[int, int], other: tuple[int, int]) -> str:
    return f"the scores differ by {abs(scores[one] - scores[other]):.2g}"



@exercise(
    title="A test that can't be fooled",
    level="medium",
    minutes=10,
    prompt="""
        `score(m, n)` is the score of one query at position m with one key at position n, both from
        0 to `N - 1`. Return True if all pairs of positions with the same m − n score alike, to
        within 1e-5, *and* not all distances score alike.
        """,
    probes=lambda rng: [
        (both_turned, 7),
        (nothing_turned, 7),
        (query_turned, 7),
        (key_turned, 6),
        (against_each_other, 7),
        (codes_added, 7),
        (right_at_equal_positions, 6),
        (right_at_neighbours, 7),
        (wrong_at_five, 6),
        (wrong_at_five, 5),
        (changes_late, 7),
        (changes_late, 6),
        (changes_early, 7),
        (falls_with_distance, 5),
        (wrong_ahead, 6),
        (wrong_behind, 6),
        (rounded, 8),
        (table, 7),
        (drifting, 7),
        (falling, 6),
        (nearly_still, 7),
        (hardly_changes, 8),
        (between_roundings, 9),
        (wrong_at_the_end, 2),
        (table, 2),
    ],
    drive=_asked,
    hints=[
        "A score that never changes depends on nothing. Which comparison would notice that?",
        """
        1. Keep a dictionary: for each distance m - n the first score that you saw.
        2. Go through all m and n. If a score is farther than 1e-5 from the first one of its
           distance, return False.
        3. At the end, compare the largest and the smallest score of the dictionary.
        """,
        "`first = seen.setdefault(___, score(m, n))` stores a value once and returns the stored.",
    ],
    errors=[
        ("TypeError: 'float' object is not callable", "`score` is the function: call it, m and n."),
        ("IndexError: the table has no row", "a position outside 0 to N - 1 was asked for."),
    ],
    passed="Identity, a rotated query alone, ignored positions: none gets through. Try your own.",
    # No score lies so near the borderline of 1e-5, and rounding may fall to either side of it.
    equivalents=[
        "first = seen.setdefault(n - m, score(m, n))",
        "if abs(first - score(m, n)) > 1e-05:",
        "if abs(score(m, n) - first) >= 1e-05:",
        "if abs(score(m, n) - first) > 1.5000000000000002e-05:",
        "return max(seen.values()) - min(seen.values()) >= 1e-05",
        "return max(seen.values()) - min(seen.values()) > 1.5000000000000002e-05",
    ],
)
def distance_only(score, N: int) -> bool:
    """Whether a score depends on the distance m - n of its positions, and on nothing else.

    score: a function of two positions (m, n) that returns a number; N: how many positions there
    are, 2 or more.
    Returns True or False.
    """
    seen = {}  # distance -> score
    for m in range(N):
        for n in range(N):
            first = seen.setdefault(m - n, score(m, n))
            if abs(score(m, n) - first) > 1e-5:
                return False
    return max(seen.values()) - min(seen.values()) > 1e-5
