"""Tests of a rotary embedding that can be fooled: by other pairs, by rounding, by a constant."""

from __future__ import annotations

from .distance_only import distance_only


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
    "Query and key are exchanged, so 3 words back counts like 3 words ahead. Those are two "
    "distances, 3 and -3: keep the sign of m - n."
)
def _without_sign(score, N):
    seen = {}
    for m in range(N):
        for n in range(N):
            if not _near(seen.setdefault(abs(m - n), score(m, n)), score(m, n)):
                return False
    return _changes(score, N)


@distance_only.misconception(
    "Only the query is moved. Then the distance changes as well, so the score should change. Move "
    "both by the same step and ask that nothing happens."
)
def _moves_the_query(score, N):
    return all(_near(score(m, n), score(0, n)) for m in range(N) for n in range(N))
