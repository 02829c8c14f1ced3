"""Tests of a rotary embedding that compare wrongly: by rounding, one way, or too few of them."""

from __future__ import annotations

from .distance_only import _changes, _near, distance_only


def _by_distance(score, N, key=lambda m, n: m - n, alike=_near) -> dict | None:
    """The first score of each distance, or None where a later one is not like it."""
    first: dict = {}
    for m in range(N):
        for n in range(N):
            if not alike(first.setdefault(key(m, n), score(m, n)), score(m, n)):
                return None
    return first


def _spread(scores) -> float:
    return max(scores) - min(scores)


@distance_only.misconception(
    "Scores that differ in their last digits only count as different distances here: a set, or !=, "
    "compares floats exactly. Ask whether the largest and the smallest are more than 1e-5 apart."
)
def _exact_change(score, N):
    first = _by_distance(score, N)
    return first is not None and len(set(first.values())) > 1


@distance_only.misconception(
    "The scores are compared exactly, and a score that never changes passes. Sums are rounded, so "
    "forgive differences below 1e-5; and ask that some two distances differ by more."
)
def _exact_and_constant(score, N):
    return _by_distance(score, N, alike=lambda a, b: a == b) is not None


@distance_only.misconception(
    "The scores are rounded and then compared exactly. Two that differ by 1e-7 may be rounded "
    "apart, wherever the border lies: compare their difference with 1e-5."
)
def _rounded_to_five(score, N):
    first = _by_distance(score, N, alike=lambda a, b: round(a, 5) == round(b, 5))
    return first is not None and len({round(s, 5) for s in first.values()}) > 1


@distance_only.misconception(
    "The scores are compared too coarsely or rounded. Rounding tells apart what lies on two sides "
    "of a border, however near, and 1e-5 is the distance that was asked for."
)
def _rounded_to_four(score, N):
    first = _by_distance(score, N, alike=lambda a, b: round(a, 4) == round(b, 4))
    return first is not None and len({round(s, 4) for s in first.values()}) > 1


@distance_only.misconception(
    "Each pair is compared with the next one on its diagonal only. Small steps add up: the ends "
    "may differ by more than 1e-5. Compare all of a distance with the first one."
)
def _each_with_the_next(score, N):
    steps = all(_near(score(m, n), score(m + 1, n + 1))
                for m in range(N - 1) for n in range(N - 1))
    return steps and _changes(score, N)


@distance_only.misconception(
    "Whether distances differ is asked of two distances only, and these two may score alike by "
    "accident. Compare the largest and the smallest score of all distances."
)
def _changes_at_one(score, N):
    first = _by_distance(score, N)
    return first is not None and not _near(first[0], first[1])


@distance_only.misconception(
    "Whether distances differ is asked of one row, so half of the distances is left out. Compare "
    "the largest and the smallest score of all distances, negative ones included."
)
def _changes_in_one_row(score, N):
    first = _by_distance(score, N)
    return first is not None and _spread([score(0, n) for n in range(N)]) > 1e-5


def _half(score, N, sign) -> bool:
    first: dict = {}
    for m in range(N):
        for n in range(N):
            if sign * (m - n) >= 0 and not _near(
                first.setdefault(m - n, score(m, n)), score(m, n)
            ):
                return False
    return _spread(first.values()) > 1e-5


@distance_only.misconception(
    "Only pairs in which the query stands later are looked at, for likeness and for change. Let m "
    "and n run freely, so that m - n is negative, too."
)
def _back_half(score, N):
    return _half(score, N, 1)


@distance_only.misconception(
    "Only pairs in which the key stands later are looked at, for likeness and for change. Let m "
    "and n run freely, so that m - n is positive, too."
)
def _ahead_half(score, N):
    return _half(score, N, -1)


@distance_only.misconception(
    "A difference counts in one direction only: where the later score is less, nothing is noticed. "
    "Take the absolute value, abs(a - b)."
)
def _without_abs(score, N):
    first = _by_distance(score, N, alike=lambda a, b: b - a <= 1e-5)
    return first is not None and _spread(first.values()) > 1e-5


@distance_only.misconception(
    "Differences well above 1e-5 are forgiven. Rounding makes such as 1e-15, never large ones: a "
    "wrong embedding would slip through, and a right one that changes little is refused. Forgive "
    "1e-5."
)
def _too_forgiving(score, N):
    first = _by_distance(score, N, alike=lambda a, b: abs(a - b) <= 1e-2)
    return first is not None and _spread(first.values()) > 1e-2


@distance_only.misconception(
    "Pairs are sorted by the sum of their positions. The distance is the difference, m - n: it "
    "stays when both move on by the same step."
)
def _by_their_sum(score, N):
    first = _by_distance(score, N, key=lambda m, n: m + n)
    return first is not None and _spread(first.values()) > 1e-5


@distance_only.misconception(
    "True came back where equal distances score differently: that is what should give False. And "
    "where they are alike, True is right unless all distances score alike."
)
def _true_where_they_differ(score, N):
    return _by_distance(score, N) is None


@distance_only.misconception(
    "The last position is never asked for. Positions run from 0 to N - 1, which is range(N): a "
    "score may be wrong at the end alone."
)
def _last_position_left_out(score, N):
    first = _by_distance(score, N - 1)
    return first is not None and _spread(first.values()) > 1e-5


@distance_only.misconception(
    "Only the query is moved. Then the distance changes as well, so the score should change. Move "
    "both by the same step and ask that nothing happens."
)
def _moves_the_query(score, N):
    return all(_near(score(m, n), score(0, n)) for m in range(N) for n in range(N))


@distance_only.misconception(
    "Position 0 is never asked for. Positions run from 0 to N - 1, which is range(N): a score may "
    "be wrong at the beginning alone."
)
def _first_position_left_out(score, N):
    first = _by_distance(lambda m, n: score(m + 1, n + 1), N - 1)
    return first is not None and _spread(first.values()) > 1e-5


@distance_only.misconception(
    "Only equal positions and neighbours are compared, distances of 0 and 1. A score may be right "
    "there and wrong farther off: let m and n run freely."
)
def _two_distances(score, N):
    same = [score(p, p) for p in range(N)]
    steps = [score(p + 1, p) for p in range(N - 1)]
    alike = all(_near(s, same[0]) for s in same) and all(_near(s, steps[0]) for s in steps)
    return alike and not _near(same[0], steps[0])
