"""Scores that depend on the distance alone or only seem to, and what is said of an answer."""

from __future__ import annotations

import functools

import numpy as np

from pathkit.checks.told import Told

from .turning import _codes, _rotated


def _score(turn_query, turn_key, size: int = 6):
    """score(m, n) of one query and one key whose turning is given, as a function of positions."""
    q, k = np.random.default_rng(size).normal(size=(2, size))
    omega = 100.0 ** (-2 * np.arange(size // 2) / size)

    @functools.cache
    def computed(m, n):
        return float(turn_query(q, m, omega) @ turn_key(k, n, omega)) / 50

    def score(m, n):
        return computed(m, n)

    return score


def _turned(x, p, omega):
    return _rotated(x[None], np.array([[p]]) * omega)[0]


def still(x, p, omega):
    return x


def mirrored(x, p, omega):
    return _turned(x, -p, omega)


def coded(x, p, omega):
    return x + _codes(np.array([[p]]) * omega)[0]


def right_at_equal_positions(m, n):
    return 0.5 if m == n else float(np.sin(3 * m + n))


def right_at_neighbours(m, n):
    return 0.5 - 0.1 * (m - n) if abs(m - n) <= 1 else float(np.sin(m * n + m))


def wrong_at_five(m, n):
    return 0.1 * (m - n) + (0.02 if m == 5 else 0.0)


def changes_late(m, n):
    return 0.2 if m - n < 6 else 0.3


def changes_early(m, n):
    return 0.2 if m - n > -6 else 0.3


def wrong_ahead(m, n):
    return 0.1 * (m - n) if m >= n else float(np.sin(5 * m + n))


def wrong_behind(m, n):
    return 0.1 * (m - n) if m <= n else float(np.sin(5 * m + n))


def falls_with_distance(m, n):
    return -0.05 * (m - n) ** 2


both_turned = _score(_turned, _turned)
nothing_turned = _score(still, still)
query_turned = _score(_turned, still)
key_turned = _score(still, _turned)
against_each_other = _score(_turned, mirrored)
codes_added = _score(coded, coded)
_wider = _score(_turned, _turned, 8)


def rounded(m, n):
    return _wider(m, n) + 1e-7 * ((3 * m + 5 * n) % 7 - 3)


def table(m, n):
    """A score from a table of seven positions, as learned position codes have one."""
    if not (0 <= m < 7 and 0 <= n < 7):
        raise IndexError(f"the table has no row for position {max(m, n)}")
    return 0.3 * (m - n)


def drifting(m, n):
    """Neighbours on a diagonal differ by less than 1e-5, its two ends by more."""
    return 0.1 * (m - n) + 6e-6 * m


def falling(m, n):
    """What comes later on a diagonal is always less, never more."""
    return 0.1 * (m - n) - 0.01 * m


def nearly_still(m, n):
    """All distances score alike, but not to the last digit."""
    return 0.3 + 1e-7 * ((3 * m + 5 * n) % 7 - 3)


def hardly_changes(m, n):
    """Neighbouring distances differ by less than 1e-5, distant ones by more."""
    return 0.3 + 4e-6 * (m - n)


def between_roundings(m, n):
    """Scores of one distance lie within 1e-6 and yet are rounded apart, to any number of places."""
    middle = (5e-5, 5e-6, 5e-7)[(m - n) % 3]
    return 0.1 * (m - n) + middle + 1e-7 * ((3 * m + 5 * n) % 7 - 3)


def wrong_at_the_end(m, n):
    """Wrong at the last pair of all, where there are two positions."""
    return 0.1 * (m - n) + 0.05 * (m == n == 1)


def asked(answer, score, N):
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
