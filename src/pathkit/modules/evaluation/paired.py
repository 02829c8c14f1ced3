"""The same questions for both."""

from __future__ import annotations

import math

import numpy as np

from pathkit.checks.exercise import exercise


@exercise(
    title="The same questions for both",
    level="medium",
    minutes=10,
    prompt="""
        Two models answered the same questions. Of the questions that one alone got right, each is
        a fair coin if they are equally good. How likely is a split at least this uneven, in either
        direction?
        """,
    probes=lambda rng: [
        (np.array([1, 1, 1, 0, 1, 0]), np.array([0, 0, 1, 0, 0, 0])),
        (np.array([1] * 8 + [0] * 2), np.array([0] * 6 + [1] * 4)),
        (np.array([0, 0, 1, 1, 0]), np.array([1, 1, 0, 1, 0])),
        (np.array([1, 0, 1, 0]), np.array([0, 1, 0, 1])),
        (np.array([1, 0, 1]), np.array([1, 0, 1])),
        ((rng.random(40) < 0.8).astype(int), (rng.random(40) < 0.55).astype(int)),
        (np.array([0] * 9 + [1] * 30), np.array([1] * 9 + [1] * 30)),
        ((rng.random(31) < 0.5).astype(int), (rng.random(31) < 0.5).astype(int)),
    ],
    hints=[
        "Nine questions decide, and one model won all nine. How likely are nine heads? Nine tails?",
        """
        1. Count `only_a` and `only_b`; together they are `n` tosses.
        2. The smaller of them is `k`. `k` heads or fewer have the chance
           `sum(math.comb(n, i) for i in range(k + 1)) / 2**n`.
        3. Either side may be the smaller one: twice that, and never above 1.
        """,
        "`return min(1.0, 2 * sum(math.comb(n, i) for i in range(___)) / 2**n)`",
    ],
    errors=[
        ("TypeError: 'numpy.float64' object cannot be interpreted", "`int(...)` for counts."),
        ("ZeroDivisionError", "no question decides: `2**0` is 1, so no division by `n` is needed."),
    ],
    equivalents=[  # the same minimum
        "n, k = (only_a + only_b, min(only_b, only_a))",
        "return min(2 * sum((math.comb(n, i) for i in range(k + 1))) / 2 ** n, 1.0)",
    ],
    passed="Questions on which both agree say nothing about who is better.",
)
def paired(a: np.ndarray, b: np.ndarray) -> float:
    """The chance of a split at least this uneven between equally good models (McNemar 1947, exact).

    a, b: (n,) 1 where the model was right and 0 where it wasn't, question by question. Returns a
    number from 0 to 1; 1 where the two never differ or the split is even.
    """
    only_a, only_b = int(np.sum(a > b)), int(np.sum(b > a))
    n, k = only_a + only_b, min(only_a, only_b)
    return min(1.0, 2 * sum(math.comb(n, i) for i in range(k + 1)) / 2**n)


def _split(a, b):
    only_a, only_b = int(np.sum(a > b)), int(np.sum(b > a))
    return only_a + only_b, min(only_a, only_b)


def _tail(n, k):
    return sum(math.comb(n, i) for i in range(k + 1)) / 2**n


@paired.misconception(
    "This looks at one direction only. Before the test nobody said who should win, so the same "
    "split the other way counts as well: twice the tail."
)
def _one_sided(a, b):
    return _tail(*_split(a, b))


@paired.misconception(
    "An even split gives more than 1. The two tails then share their middle and it was counted "
    "twice: a chance is never above 1."
)
def _above_1(a, b):
    return 2 * _tail(*_split(a, b))


@paired.misconception(
    "This is the chance of exactly this split, doubled. A more uneven one would be even stronger "
    "evidence, so add up all splits from 0 to the smaller count."
)
def _exactly_this(a, b):
    n, k = _split(a, b)
    return min(1.0, 2 * math.comb(n, k) / 2**n)


@paired.misconception(
    "The smaller count itself is left out of the sum. `range(k)` stops before k, and a split that "
    "is equally uneven belongs to the tail."
)
def _stops_before(a, b):
    n, k = _split(a, b)
    return min(1.0, 2 * _tail(n, k - 1))


@paired.spelling(_stops_before)
def _stops_before_and_knows_even(a, b):
    n, k = _split(a, b)
    return 1.0 if n == 2 * k else min(1.0, 2 * _tail(n, k - 1))


@paired.misconception(
    "Questions on which both agree were tossed as well. They can't tell the models apart, so only "
    "those count that one of them alone got right."
)
def _all_questions(a, b):
    return min(1.0, 2 * _tail(len(a), _split(a, b)[1]))


@paired.misconception(
    "You tossed for all right answers of either model. A question that both got right says nothing "
    "about the difference: count those that one alone got right."
)
def _all_right_answers(a, b):
    n, k = int(a.sum() + b.sum()), int(min(a.sum(), b.sum()))
    return min(1.0, 2 * _tail(n, k))


@paired.misconception(
    "The two scores were compared as if each model had had its own questions. They had the same "
    "ones, so look at each question: who alone was right?"
)
def _unpaired(a, b):
    p = (np.mean(a) + np.mean(b)) / 2
    spread = math.sqrt(max(2 * p * (1 - p) / len(a), 1e-12))
    return math.erfc(abs(np.mean(a) - np.mean(b)) / spread / math.sqrt(2))
