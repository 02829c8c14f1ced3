"""Integers that agree."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise


def _with_types(answer, p, total):
    """The result and the types in it: 3.0 equals 3, but the coder needs exact integers."""
    f = answer(p, total)
    if not isinstance(f, list | tuple):
        return f, []
    types = sorted({"float" if isinstance(v, float) else type(v).__name__ for v in f})
    return (_first_of_equals(f, p) if len(f) == len(p) else f), types


def _first_of_equals(f, p):
    """The same, with the rest at the first of the likeliest: any of them may have it."""
    f, likeliest = list(f), np.flatnonzero(p == p.max())
    for i, value in zip(likeliest, sorted((f[i] for i in likeliest), reverse=True)):
        f[i] = value
    return f


@exercise(
    title="Integers that agree",
    level="medium",
    minutes=10,
    prompt="""
        Turn probabilities into integers that sum to `total`, by this rule: each symbol gets 1. The
        other `total - n` are shared in proportion, rounded down. The likeliest symbol gets what is
        left over.
        """,
    probes=lambda rng: [
        (np.array([0.5, 0.5]), 10),
        (np.array([0.0, 0.7, 0.3]), 16),
        (np.array([0.2, 0.2, 0.6, 0.0, 0.0]), 64),
        (rng.dirichlet(np.full(7, 0.4)), 1000),
        (rng.dirichlet(np.full(30, 0.1)), 65536),
        (rng.dirichlet(np.full(12, 0.3)), 20),
        (np.array([1.0, 0.0]), 8),
        (np.full(7, 1 / 7), 20),
        (np.array([0.15, 0.35, 0.35, 0.15]), 25),
        (np.array([0.27, 0.263, 0.433, 0.034]), 10),
        (np.array([0.3, 0.3, 0.4 - 1e-9, 1e-9]), 4),
        (np.array([0.499, 0.501]), 7),
    ],
    drive=_with_types,
    returns=("list of frequencies", "list of the types in it"),
    hints=[
        "What does the coder do with a symbol of frequency 0, if it comes all the same?",
        """
        1. `n = len(p)`; share `total - n`: multiply by `p`, `np.floor`, `.astype(int)`, plus 1.
        2. What is left over is `total` minus the sum; add it at `np.argmax(p)`.
        3. `.tolist()` turns NumPy's integers into Python's, which never overflow.
        """,
        "`f = 1 + np.floor(p * (total - ___)).astype(int)`, then `f[np.argmax(p)] += total - ___`",
    ],
    errors=[
        (
            "UFuncTypeError: Cannot cast ufunc 'add' output",
            "the counts are floats: `.astype(int)` before you add to one of them.",
        ),
        (
            "got 'int64', expected 'int'",
            "NumPy's integers overflow at 2^63; end with `.tolist()`.",
        ),
    ],
    # astype rounds towards 0, as floor does for what isn't negative.
    equivalents=[
        "f = 1 + (p * (total - len(p))).astype(int)",
        "f = 1 + (p * np.floor(total - len(p))).astype(int)",
    ],
    passed="Nothing is impossible now, and both sides get the same integers from the same numbers.",
)
def frequencies(p: np.ndarray, total: int) -> list[int]:
    """Integer frequencies in proportion to probabilities, none of them 0.

    p: (n,) probabilities; total: at least n. Where several are the likeliest, any one of them
    gets the rest.
    Returns a list of n Python integers, at least 1 each, that sum to total.
    """
    f = 1 + np.floor(p * (total - len(p))).astype(int)
    f[np.argmax(p)] += total - f.sum()
    return f.tolist()


@frequencies.misconception(
    "A small probability was rounded to 0. That symbol now has an interval of width 0: if it comes "
    "all the same, the text can't be coded. Give each symbol 1 before you share the rest."
)
def _rounds_to_zero(p, total):
    f = np.floor(p * total).astype(int)
    f[np.argmax(p)] += total - f.sum()
    return f.tolist()


@frequencies.misconception(
    "The sum misses `total`: rounding down loses a little at each symbol. The rule gives what is "
    "left over to the likeliest symbol."
)
def _left_over(p, total):
    return (1 + np.floor(p * (total - len(p))).astype(int)).tolist()


@frequencies.misconception(
    "The 1 for each symbol came on top of the whole `total`, and the likeliest had to pay for it. "
    "With many symbols it may fall below 1: set n aside first, share `total - n`."
)
def _on_top(p, total):
    f = 1 + np.floor(p * total).astype(int)
    f[np.argmax(p)] += total - f.sum()
    return f.tolist()


@frequencies.misconception(
    "What is left over went to the last symbol. There it may be many times the symbol's own share; "
    "the likeliest symbol hardly feels it."
)
def _to_the_last(p, total):
    f = 1 + np.floor(p * (total - len(p))).astype(int)
    f[-1] += total - f.sum()
    return f.tolist()


@frequencies.misconception(
    "These are rounded to the nearest integer, not down. Then the sum may exceed `total`, and the "
    "rule of the decoder gives other numbers than yours."
)
def _nearest(p, total):
    f = 1 + np.rint(p * (total - len(p))).astype(int)
    f[np.argmax(p)] += total - f.sum()
    return f.tolist()


@frequencies.misconception(
    "What is left over was dealt out, one to each of those that lost most by rounding. That is "
    "fairer by a hair, but both sides must follow one rule; here all of it goes to the likeliest."
)
def _largest_remainders(p, total):
    shares = p * (total - len(p))
    f = 1 + np.floor(shares).astype(int)
    f[np.argsort(-(shares % 1), kind="stable")[: total - f.sum()]] += 1
    return f.tolist()


@frequencies.misconception(
    "Only what was rounded to 0 was raised to 1, and `total` was shared as a whole. The rule gives "
    "every symbol 1 first and shares what remains, `total - n`."
)
def _raised_to_one(p, total):
    f = np.maximum(np.floor(p * total), 1).astype(int)
    f[np.argmax(p)] += total - f.sum()
    return f.tolist()


@frequencies.misconception(
    "The rest went to the largest count. Two counts may be equal after rounding where the "
    "probabilities aren't: ask `p` which symbol is the likeliest."
)
def _to_the_largest_count(p, total):
    f = 1 + np.floor(p * (total - len(p))).astype(int)
    f[np.argmax(f)] += total - f.sum()
    return f.tolist()


@frequencies.misconception(
    "Each of several likeliest symbols got the whole rest, so the sum exceeds `total`. Give it to "
    "one of them: `np.argmax(p)` is the place of the first."
)
def _to_all_likeliest(p, total):
    f = 1 + np.floor(p * (total - len(p))).astype(int)
    f[p == p.max()] += total - f.sum()
    return f.tolist()


@frequencies.misconception(
    "These are floats. The coder multiplies thousands of them, and after a few symbols floats are "
    "rounded: the decoder would go astray. Return Python integers."
)
def _as_floats(p, total):
    f = 1 + np.floor(p * (total - len(p)))
    f[np.argmax(p)] += total - f.sum()
    return f.tolist()
