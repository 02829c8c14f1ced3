"""The rule before the runs."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise


@exercise(
    title="The rule before the runs",
    level="easy",
    minutes=7,
    prompt="""
        Two languages were learned with the same seeds; a lower gap is better. Return "a" or "b" if
        that one's gap is lower by more than `least` at every seed, and "undecided" otherwise.
        """,
    probes=lambda rng: [
        ([1.0, 2.0, 3.0], [2.0, 3.0, 4.0], 0.5),
        ([2.0, 3.0, 4.0], [1.0, 2.0, 3.0], 0.5),
        ([1.0, 5.0, 1.0], [2.0, 4.0, 2.0], 0.1),
        ([1.0, 1.0], [2.0, 2.0], 1.0),
        ([5.0, 1.0, 9.0], [6.0, 2.0, 10.0], 0.25),
        ([1.0, 2.0], [1.25, 8.0], 0.5),
        ([1.0, 2.0], [3.0, 1.5], 0.25),
        ([8.0, 2.0], [1.0, 1.75], 0.5),
        ([3.0, 2.0], [4.0, 1.0], 0.25),
        ([4.0, 1.0, 7.0], [3.0, 2.0, 9.0], 0.25),
        ([2.0], [1.0], 0.0),
        ([3.0, 1.0], [3.0, 1.0], 0.0),
        (rng.uniform(0, 9, 4).tolist(), rng.uniform(0, 9, 4).tolist(), 0.0),
        ((rng.uniform(0, 9, 4)).tolist(), rng.uniform(10, 19, 4).tolist(), 0.5),
    ],
    hints=[
        "Seeds 0, 1, 2: `a` is better twice and worse once. What does the rule say?",
        """
        1. Pair the gaps seed by seed: `zip(a, b)`.
        2. `a` wins if `b[i] - a[i]` is more than `least` for *all* seeds, and the other way round.
        3. In all other cases nobody wins.
        """,
        '`if all(y - x > ___ for x, y in zip(a, b)): return "a"`',
    ],
    errors=[
        ("TypeError: unsupported operand type(s) for -: 'list'", "subtract number by number."),
        ("ValueError: The truth value of an array", "ask `all(…)` of the differences."),
    ],
    passed="The rule stands in code before any run, so that no result can bend it.",
)
def verdict(a: list[float], b: list[float], least: float) -> str:
    """Which of two languages was learned better, by a rule that was fixed beforehand.

    a, b: gaps in nats a story, one for each seed, in the same order, one or more; least: 0 or more.
    Returns "a", "b" or "undecided". A difference of exactly `least` is not more than `least`.
    """
    leads = [y - x for x, y in zip(a, b)]  # by how much a is better, seed by seed
    if all(lead > least for lead in leads):
        return "a"
    if all(-lead > least for lead in leads):
        return "b"
    return "undecided"


def _by(better_a, better_b):
    return "a" if better_a else "b" if better_b else "undecided"


@verdict.misconception(
    "The means were compared. One lucky seed can carry a mean; the rule asks for the lead at "
    "every seed."
)
def _means(a, b, least):
    lead = np.mean(b) - np.mean(a)
    return _by(lead > least, -lead > least)


@verdict.misconception(
    "The first seed alone decided. That is the headline from one run, which the rule was written "
    "to prevent: look at all seeds."
)
def _first_seed(a, b, least):
    return _by(b[0] - a[0] > least, a[0] - b[0] > least)


@verdict.misconception(
    "The higher gap won. A gap is what is paid above the floor, so the lower one is the better "
    "learner."
)
def _higher_wins(a, b, least):
    return {"a": "b", "b": "a"}.get(verdict.reference(a, b, least), "undecided")


@verdict.misconception(
    "`least` was left out: any lead counted. A lead must be *more* than that much to count as a "
    "difference."
)
def _no_least(a, b, least):
    return verdict.reference(a, b, 0)


@verdict.misconception(
    "A lead of exactly `least` was counted. The rule says more than that, so at equality nobody "
    "wins."
)
def _at_least(a, b, least):
    leads = [y - x for x, y in zip(a, b)]
    return _by(all(x >= least for x in leads), all(-x >= least for x in leads))


@verdict.misconception(
    "The majority of the seeds decided. The rule asks for all of them: one seed against it leaves "
    "the question open."
)
def _majority(a, b, least):
    wins = [y - x > least for x, y in zip(a, b)]
    losses = [x - y > least for x, y in zip(a, b)]
    return _by(2 * sum(wins) > len(a), 2 * sum(losses) > len(a))


@verdict.misconception(
    "The best gap of one was held against the worst of the other. The runs are paired: both "
    "languages shared start and batches at each seed, so compare seed by seed."
)
def _unpaired(a, b, least):
    return _by(min(b) - max(a) > least, min(a) - max(b) > least)


@verdict.misconception(
    "The best seed of each was compared. Whoever may choose the seed chooses the result; compare "
    "at every seed."
)
def _best_seed(a, b, least):
    lead = min(b) - min(a)
    return _by(lead > least, -lead > least)


@verdict.misconception(
    "One seed was enough to win. Whoever runs enough seeds finds one that agrees with them; the "
    "rule asks for *all* of them."
)
def _any_seed(a, b, least):
    leads = [y - x for x, y in zip(a, b)]
    return _by(any(x > least for x in leads), any(-x > least for x in leads))
