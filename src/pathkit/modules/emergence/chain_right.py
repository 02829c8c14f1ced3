"""A chain that can mend itself."""

from __future__ import annotations

from pathkit.checks.exercise import exercise


@exercise(
    title="A chain that can mend itself",
    level="medium",
    minutes=6,
    prompt="""
        A chain of steps starts right. If it is right before a step, it is still right after it with
        probability `r`. If it is wrong before the step, it has been mended after it with
        probability `mend`. How likely is it right after `steps` steps?
        """,
    probes=lambda rng: [
        (0.9, 0.5, 2),
        (0.95, 0.0, 20),
        (float(rng.uniform(0.6, 0.9)), float(rng.uniform(0.1, 0.3)), 5),
        (float(rng.uniform(0.9, 0.99)), float(rng.uniform(0.4, 0.7)), 30),
        (0.7, 0.2, 1),
        (0.8, 0.3, 0),
        (0.6, 1.0, 3),
    ],
    hints=[
        "Let x be the chance of being right now. In which two ways can it be right after the next "
        "step?",
        """
        1. It was right (x) and stayed right (r), *or* it was wrong (1 - x) and was mended (mend).
        2. Start with x = 1, and put the sum of the two in place of x, `steps` times.
        """,
        "`right = r * right + mend * (___)`",
    ],
    errors=[
        (
            "TypeError: 'int' object is not iterable",
            "`for` needs something to walk through: `range(steps)`.",
        ),
    ],
    passed="Without mending it is a power again. With it the chain settles at a level of its own.",
)
def chain_right(r: float, mend: float, steps: int) -> float:
    """The probability that a chain is right after some steps.

    r: that a right state stays right in one step. mend: that a wrong one becomes right in one
    step. steps: 0 or more. Returns a float from 0 to 1.
    """
    right = 1.0
    for _ in range(steps):
        right = r * right + mend * (1 - right)
    return right


@chain_right.misconception(
    "Nothing is ever mended here: this is r to the power of the steps. What was wrong becomes "
    "right again with probability `mend`, so add that share at each step."
)
def _never_mended(r, mend, steps):
    return r**steps


@chain_right.misconception(
    "Mending was added to the chance of staying right, as if both happened to the same chains. "
    "Only those that are wrong can be mended: multiply `mend` by 1 minus the share that is right."
)
def _both_to_all(r, mend, steps):
    return min(r + mend, 1.0) ** steps


@chain_right.spelling(_both_to_all)
def _both_to_all_unbounded(r, mend, steps):
    return (r + mend) ** steps


@chain_right.misconception(
    "Mending is added to every chain at each step, even to those that are right already. It "
    "reaches only the wrong share: `mend * (1 - right)`."
)
def _mends_the_right(r, mend, steps):
    right = 1.0
    for _ in range(steps):
        right = r * right + mend
    return right


@chain_right.misconception(
    "This is where a very long chain ends up, mend / (1 - r + mend). A short one hasn't got there: "
    "begin with 1 and go step by step."
)
def _at_the_end_of_time(r, mend, steps):
    return mend / (1 - r + mend)


@chain_right.misconception(
    "The chain began wrong. Before the first step it is right, so begin with 1."
)
def _begins_wrong(r, mend, steps):
    right = 0.0
    for _ in range(steps):
        right = r * right + mend * (1 - right)
    return right


@chain_right.misconception(
    "What broke in a step was mended in the same step. `mend` reaches what was wrong *before* it: "
    "use the old share in both terms."
)
def _mended_at_once(r, mend, steps):
    right = 1.0
    for _ in range(steps):
        right *= r
        right += mend * (1 - right)
    return right


@chain_right.misconception(
    "The share that is wrong was computed from the new share that is right. Both change at the "
    "same moment: take 1 minus the right share, or keep the old one."
)
def _new_for_old(r, mend, steps):
    right, wrong = 1.0, 0.0
    for _ in range(steps):
        right = r * right + mend * wrong
        wrong = (1 - r) * right + (1 - mend) * wrong
    return right


@chain_right.misconception(
    "This is one step too few: the chain took steps - 1. `range(steps)` makes as many rounds as "
    "there are steps."
)
def _one_step_too_few(r, mend, steps):
    return chain_right.reference(r, mend, max(steps - 1, 0))


@chain_right.misconception(
    "Mending happened once, at the end. It can happen after each step, also to what was mended "
    "and broken again: update the share inside the loop."
)
def _mended_at_the_end(r, mend, steps):
    return r**steps + (1 - r**steps) * mend


@chain_right.misconception(
    "One step that is right is enough here. A chain hands its state on: it is right after a step "
    "if it stayed right, or if it was wrong and was mended."
)
def _any_step(r, mend, steps):
    return 1 - (1 - r) ** steps
