"""What a vote makes of it."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise

from .at_least import at_least


@exercise(
    title="What a vote makes of it",
    level="medium",
    minutes=6,
    prompt="""
        Question i is answered right with probability `ps[i]` by each sample. You draw `n` samples
        for every question, `n` odd, and more than half must be right. Which share of the questions
        does the vote get right on average?
        """,
    probes=lambda rng: [
        ([0.9, 0.4], 3),
        ([0.6], 5),
        (rng.uniform(0.1, 0.9, size=5).tolist(), 7),
        ([1.0, 1.0, 0.4, 0.4, 0.4], 15),
        (rng.beta(0.5, 0.5, size=8).tolist(), 9),
        ([0.55, 0.0, 0.7], 1),
    ],
    hints=[
        "For one question with p = 0.4: which of your functions says how often more than half of "
        "n samples are right?",
        """
        1. For each p, `at_least(p, n, m)` with the least m that is more than half of n.
        2. Take the mean over the questions, not over the p.
        """,
        "`return np.mean([at_least(p, n, ___) for p in ps])`",
    ],
    errors=[
        (
            "TypeError: 'float' object cannot be interpreted as an integer",
            "`n / 2` is a float, and votes are counted: use `n // 2 + 1`.",
        ),
        (
            "unsupported operand type(s) for ** or pow(): 'list' and 'int'",
            "`at_least` takes one p: call it for each of `ps`.",
        ),
    ],
    passed="A vote pushes each question to its own side of one half. It averages nothing.",
)
def voted(ps: list[float], n: int) -> float:
    """The expected share of questions that a majority of n samples gets right.

    ps: for each question the probability that a sample is right. n: odd. Returns a float.
    """
    return np.mean([at_least(p, n, n // 2 + 1) for p in ps])


@voted.misconception(
    "You averaged the p first and let the vote begin there. Then all questions would be equally "
    "hard; hard questions fool most samples at once. Vote on each question, then average."
)
def _mean_first(ps, n):
    return at_least(float(np.mean(ps)), n, n // 2 + 1)


@voted.misconception(
    "This is the mean of the p, what a single sample gets. A vote of n samples changes each p into "
    "the chance that more than half are right."
)
def _single_sample(ps, n):
    return np.mean(ps)


@voted.misconception(
    "One right sample of n is enough here. That is the question for somebody who can check "
    "answers; a vote needs more than half."
)
def _any_sample(ps, n):
    return np.mean([at_least(p, n, 1) for p in ps])


@voted.misconception(
    "All n samples must agree on the right answer here. More than half will do: at least "
    "n // 2 + 1."
)
def _unanimous(ps, n):
    return np.mean([at_least(p, n, n) for p in ps])


@voted.misconception(
    "`n // 2` is rounded down, so with 3 samples one right answer would win against two. More than "
    "half is at least n // 2 + 1."
)
def _less_than_half(ps, n):
    return np.mean([at_least(p, n, n // 2) for p in ps])


@voted.misconception(
    "You counted the questions with p above one half. That is where a vote of very many samples "
    "ends; with n of them chance still has a say, so use `at_least`."
)
def _very_many(ps, n):
    return np.mean([p > 0.5 for p in ps])


@voted.misconception(
    "The chances of the questions were added up. A share lies between 0 and 1: take their mean."
)
def _votes_summed(ps, n):
    return sum(at_least(p, n, n // 2 + 1) for p in ps)


@voted.misconception(
    "There is one chance for each question, and they were not averaged. The share of questions is "
    "the mean of these chances."
)
def _each_question(ps, n):
    return np.array([at_least(p, n, n // 2 + 1) for p in ps])
