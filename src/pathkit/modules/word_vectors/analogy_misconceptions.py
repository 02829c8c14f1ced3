"""Wrong answers to analogies: another step, another distance, other ways to exclude."""

from __future__ import annotations

import numpy as np

from .analogy import _answer, analogy


def _unit(E):
    return E / np.linalg.norm(E, axis=1, keepdims=True)


@analogy.misconception(
    "Excluded rows got -1. The place where you arrive has no length of 1, so dot products with it "
    "can be below -1, and an excluded word is the answer: use minus infinity."
)
def _minus_one_for_excluded(E, a, b, c, excluded):
    unit = _unit(E)
    scores = unit @ (unit[b] - unit[a] + unit[c])
    scores[list(excluded)] = -1
    return int(scores.argmax())


@analogy.misconception(
    "Excluded rows were removed from the table before argmax, so the rows behind them have other "
    "numbers now. Keep all rows and give the excluded ones minus infinity."
)
def _rows_removed(E, a, b, c, excluded):
    unit = _unit(E)
    return int(np.delete(unit @ (unit[b] - unit[a] + unit[c]), list(excluded)).argmax())


@analogy.misconception(
    "`a` and `c` are exchanged: the step from c to b was added to a. The step goes from a to b, "
    "and it starts at c."
)
def _start_at_a(E, a, b, c, excluded):
    return _answer(E, lambda unit: unit[b] - unit[c] + unit[a], excluded)


@analogy.misconception(
    "Everything was added up. A step from a to b is a difference: b minus a."
)
def _all_added(E, a, b, c, excluded):
    return _answer(E, lambda unit: unit[a] + unit[b] + unit[c], excluded)


@analogy.misconception(
    "This is the row nearest to c, without any step. Add the step from a to b first: "
    "unit[b] - unit[a]."
)
def _no_step(E, a, b, c, excluded):
    return _answer(E, lambda unit: unit[c], excluded)


@analogy.misconception(
    "The step alone was compared, b minus a. It starts at c: add unit[c]."
)
def _step_alone(E, a, b, c, excluded):
    return _answer(E, lambda unit: unit[b] - unit[a], excluded)


@analogy.misconception(
    "This is the row whose end lies nearest, with vectors of their full length. Scale each to "
    "length 1, then compare directions: the largest dot product."
)
def _distance(E, a, b, c, excluded):
    distances = np.linalg.norm(E - (E[b] - E[a] + E[c]), axis=1)
    distances[list(excluded)] = np.inf
    return int(distances.argmin())


@analogy.misconception(
    "Nothing was scaled: long vectors make long steps and win the comparison, too. Divide each row "
    "by its length before anything else."
)
def _nothing_scaled(E, a, b, c, excluded):
    scores = E @ (E[b] - E[a] + E[c])
    scores[list(excluded)] = -np.inf
    return int(scores.argmax())


@analogy.misconception(
    "This is the row that points the least that way. A large cosine means near: argmax, with minus "
    "infinity for the excluded."
)
def _farthest(E, a, b, c, excluded):
    unit = _unit(E)
    scores = unit @ (unit[b] - unit[a] + unit[c])
    scores[list(excluded)] = np.inf
    return int(scores.argmin())


def _best_above_zero(E, a, b, c, excluded, at):
    unit, best = _unit(E), 0
    for row in range(len(E)):
        score = unit[row] @ (unit[b] - unit[a] + unit[c])
        if row not in excluded and score > best:
            best, at = score, row
    return at


@analogy.misconception(
    "Nothing comes back where all dot products are negative: none is larger than the 0 that the "
    "search begins with. Begin with -np.inf."
)
def _none_above_zero(E, a, b, c, excluded):
    return _best_above_zero(E, a, b, c, excluded, None)


@analogy.misconception(
    "Row 0 comes back where all dot products are negative: none is larger than the 0 that the "
    "search begins with. Begin with -np.inf."
)
def _row_0_unless_above_zero(E, a, b, c, excluded):
    return _best_above_zero(E, a, b, c, excluded, 0)


@analogy.misconception(
    "The largest dot product itself came back. The row that has it is asked for: argmax, not max."
)
def _its_value(E, a, b, c, excluded):
    scores = _unit(E) @ (_unit(E)[b] - _unit(E)[a] + _unit(E)[c])
    scores[list(excluded)] = -np.inf
    return float(scores.max())
