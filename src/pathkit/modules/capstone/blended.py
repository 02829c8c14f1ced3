"""The baseline: counts of short and long contexts."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise


def _rows(rng, size: int, n: int) -> tuple:
    rows = [{int(s): int(rng.integers(1, 9)) for s in rng.choice(size, size=k, replace=False)}
            for k in rng.integers(1, size, size=n)]
    return rows, size


@exercise(
    title="The baseline: counts of short and long contexts",
    level="medium",
    minutes=9,
    prompt="""
        `rows[k]` says what followed the last `k` tokens, and how often. Begin with equal chances.
        Then, from the shortest context to the longest, mix what you have with the counts: a row of
        $N$ counts for $u$ different tokens turns $p$ into $(c + u\\,p) / (N + u)$. An empty row
        changes nothing.
        """,
    probes=lambda rng: [
        ([{0: 3, 2: 1}, {2: 2}], 4),
        ([{1: 1}], 2),
        ([{0: 5, 1: 5, 2: 10}, {}, {1: 3}], 3),
        ([{}, {}], 5),
        _rows(rng, 6, 3),
        _rows(rng, 9, 2),
        ([{0: 1, 1: 1}, {0: 100}, {3: 1}], 5),
        _rows(rng, 5, 8),
    ],
    hints=[
        "A context was followed by one token, 20 times. Another by 20 tokens, once each. Which of "
        "the two would you trust?",
        """
        1. `p = np.full(size, 1 / size)`.
        2. For each row that isn't empty: `N = sum(row.values())`, `u = len(row)`.
        3. All of `p` times `u / (N + u)`; then add `count / (N + u)` at each token.
        """,
        "`p[token] += count / (___)`",
    ],
    errors=[
        ("ZeroDivisionError", "an empty row has N + u = 0: skip it."),
        ("TypeError: unsupported operand type(s) for +: 'int' and 'dict'", "sum `row.values()`."),
        ("IndexError: index", "`p` has one entry for each of `size` tokens."),
    ],
    passed="Nothing is impossible, and what was seen often is trusted. Now beat it.",
)
def blended(rows: list[dict[int, int]], size: int) -> np.ndarray:
    """Chances of the next token by counts (Witten and Bell 1991).

    rows: for each context, the shortest first, token -> count, counts at least 1; may be empty.
    size: how many tokens there are, numbered from 0. Returns an array (size,) that sums to 1.
    """
    p = np.full(size, 1 / size)
    for row in rows:
        if row:
            total = sum(row.values()) + len(row)
            p = p * len(row) / total
            for token, count in row.items():
                p[token] += count / total
    return p


def _mixed(rows, size, trust=len, start=None):
    p = np.full(size, 1 / size) if start is None else np.full(size, float(start))
    for row in rows:
        if row:
            n, u = sum(row.values()), trust(row)
            counts = np.array([row.get(i, 0) for i in range(size)])
            p = (counts + u * p) / (n + u)
    return p


@blended.misconception(
    "The rows were taken from the longest to the shortest. The last one mixed in weighs most, and "
    "that should be the longest context that was seen."
)
def _longest_first(rows, size):
    return _mixed(rows[::-1], size)


@blended.misconception(
    "Every row has the same weight of 1 for what came before, whatever its number of different "
    "tokens. A context that goes on in many ways deserves less trust: that weight is u."
)
def _weight_1(rows, size):
    return _mixed(rows, size, trust=lambda row: 1)


@blended.misconception(
    "The size of the alphabet stands where u belongs. u is the number of different tokens in this "
    "row, `len(row)`, because only those say how varied the context is."
)
def _weight_of_all(rows, size):
    return _mixed(rows, size, trust=lambda row: size)


@blended.misconception(
    "Only the longest row that was seen speaks, and the shorter ones are forgotten. Then a context "
    "that was met once decides alone, and all other tokens get next to nothing."
)
def _longest_alone(rows, size):
    return _mixed([row for row in rows if row][-1:], size)


@blended.misconception(
    "These are plain shares of the counts. A token that never followed gets 0, and a single such "
    "token makes the loss infinite: keep u / (N + u) for the shorter contexts."
)
def _plain_shares(rows, size):
    seen = [row for row in rows if row]
    if not seen:
        return np.full(size, 1 / size)
    return np.array([seen[-1].get(i, 0) for i in range(size)]) / sum(seen[-1].values())


@blended.misconception(
    "All rows were averaged with equal weights. A row of one count and a row of a thousand then "
    "say as much: let N and u of each row decide."
)
def _averaged_rows(rows, size):
    seen = [row for row in rows if row]
    parts = [np.array([row.get(i, 0) for i in range(size)]) / sum(row.values()) for row in seen]
    return np.mean([np.full(size, 1 / size), *parts], axis=0)


@blended.misconception(
    "The chances don't begin equal but at 0, so that what never followed stays impossible. Begin "
    "with 1 / size for each token."
)
def _from_nothing(rows, size):
    return _mixed(rows, size, start=0)


@blended.misconception(
    "The counts were added and the old chances kept whole, so that the sum is more than 1. Both "
    "parts share one whole: divide the old chances' part by N + u as well."
)
def _not_shared(rows, size):
    p = np.full(size, 1 / size)
    for row in rows:
        for token, count in row.items():
            p[token] += count / (sum(row.values()) + len(row))
    return p


@blended.spelling(_not_shared)
def _one_added(rows, size):
    p = np.full(size, 1 / size)
    for row in rows:
        for token, count in row.items():
            p[token] += count / sum(row.values())
    return p


@blended.misconception(
    "The loop ends at an empty row. An empty row says nothing, so go on with the next one; here a "
    "longer context may still have counts."
)
def _stops_at_empty(rows, size):
    filled = [bool(row) for row in rows]
    return _mixed(rows[: filled.index(False)] if False in filled else rows, size)


@blended.misconception(
    "Only tokens that this context has seen were changed. All others lose, too: every chance is "
    "multiplied by u / (N + u) before the counts are added."
)
def _seen_alone(rows, size):
    p = np.full(size, 1 / size)
    for row in rows:
        for token, count in row.items():
            n, u = sum(row.values()), len(row)
            p[token] = (count + u * p[token]) / (n + u)
    return p
