"""A test that can't be fooled."""

from __future__ import annotations

from pathkit.checks.exercise import exercise

from .suspects import (
    against_each_other,
    asked,
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
    drive=asked,
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


def _near(a, b):
    return abs(a - b) <= 1e-5


def _alike(score, N, pairs=None, close=_near) -> bool:
    """Whether every pair scores as all pairs do that are shifted along with it."""
    pairs = [(m, n) for m in range(N) for n in range(N)] if pairs is None else pairs
    return all(
        close(score(m + s, n + s), score(m, n)) for m, n in pairs for s in range(N - max(m, n))
    )


def _changes(score, N) -> bool:
    return any(
        not _near(score(m, n), score(0, 0)) for m in range(N) for n in range(N)
    )


@distance_only.misconception(
    "Only equal positions are compared. There query and key turn by the same angle, whatever is "
    "wrong elsewhere: try pairs with a distance."
)
def _equal_positions(score, N):
    return _alike(score, N, [(m, m) for m in range(N)]) and _changes(score, N)


@distance_only.misconception(
    "Likeness is asked of equal positions only. There query and key turn by the same angle, "
    "whatever is wrong elsewhere: try pairs with a distance."
)
def _equal_positions_and_one_more(score, N):
    same = _alike(score, N, [(m, m) for m in range(N)])
    return same and not _near(score(0, 0), score(0, 1))


@distance_only.misconception(
    "A score that never changes passes here. It treats equal distances alike because it treats all "
    "distances alike: ask also that some two distances differ."
)
def _constant_passes(score, N):
    return _alike(score, N)


@distance_only.misconception(
    "The scores are compared exactly. Sines and sums are rounded, so equal angles rarely give "
    "equal floats: forgive differences below 1e-5."
)
def _exactly_equal(score, N):
    return _alike(score, N, close=lambda a, b: a == b) and _changes(score, N)


@distance_only.misconception(
    "Only neighbours are compared, at a distance of one. A score may be right there and wrong "
    "farther off: let m and n run freely."
)
def _neighbours_only(score, N):
    pairs = [(m, n) for m in range(N) for n in range(N) if abs(m - n) <= 1]
    return _alike(score, N, pairs) and _changes(score, N)


@distance_only.misconception(
    "Only pairs are compared in which the query stands later. A model that writes needs no others, "
    "but one that reads both ways does: let m - n be negative, too."
)
def _only_back(score, N):
    pairs = [(m, n) for m in range(N) for n in range(N) if m >= n]
    return _alike(score, N, pairs) and _changes(score, N)


@distance_only.misconception(
    "Only pairs are compared in which the key stands later. Those are the words that a writing "
    "model can't even see: compare all pairs, before and after."
)
def _only_ahead(score, N):
    pairs = [(m, n) for m in range(N) for n in range(N) if m <= n]
    return _alike(score, N, pairs) and _changes(score, N)


@distance_only.misconception(
    "Here 3 words back must score like 3 words ahead. Those are two distances, 3 and -3, and "
    "they may score differently: keep the sign of m - n."
)
def _without_sign(score, N):
    seen = {}
    for m in range(N):
        for n in range(N):
            if not _near(seen.setdefault(abs(m - n), score(m, n)), score(m, n)):
                return False
    return _changes(score, N)
