"""Where the ranking turns."""

from __future__ import annotations

from fractions import Fraction

from pathkit.checks.exercise import exercise


@exercise(
    title="Where the ranking turns",
    level="easy",
    minutes=7,
    prompt="""
        Two systems have two scores each. A single number for a system is $w$ times its first score
        plus $1 - w$ times its second. Return the $w$ at which the two tie, if the leader changes
        there. Otherwise return None.
        """,
    probes=lambda rng: [
        ((9, 1), (4, 5)),
        ((4, 5), (9, 1)),
        ((3, 3), (2, 1)),
        ((1, 2), (5, 2)),
        ((6, 6), (6, 6)),
        ((0, 8), (2, 7)),
        ((2, 7), (2, 9)),
        ((1.0, 1.0), (0.5, 1.5)),
        ((-1, 4), (3, -2)),
        (tuple(rng.uniform(0, 9, 2).tolist()), tuple(rng.uniform(0, 9, 2).tolist())),
        ((1.5, float(rng.uniform(3, 6))), (float(rng.uniform(3, 6)), 0.5)),
    ],
    hints=[
        "One leads by 5 on the first task, the other by 4 on the second. What balances that?",
        """
        1. `first = a[0] - b[0]` and `second = a[1] - b[1]`: by how much `a` leads on each task.
        2. The leader changes only if one lead is positive and the other negative.
        3. Solve `w * first + (1 - w) * second == 0` for `w`.
        """,
        "`return second / (___ - first)` where `first * second < 0`, else None",
    ],
    errors=[
        ("ZeroDivisionError", "both leads are equal: nobody overtakes, so return None."),
        ("TypeError: unsupported operand type(s) for -: 'tuple'", "take single scores: `a[0]`."),
    ],
    passed="Where each leads on one task, you decide who is ahead when you choose the weights.",
)
def flips_at(a: tuple[float, float], b: tuple[float, float]) -> float | None:
    """The weight of the first task at which the leader changes.

    a, b: two scores of a system each. Returns a number strictly between 0 and 1, or None where
    the order is the same (or a tie) for all weights between 0 and 1.
    """
    first, second = a[0] - b[0], a[1] - b[1]
    if first * second >= 0:  # nobody leads on one task and trails on the other
        return None
    return second / (second - first)


@flips_at.misconception(
    "This is the weight of the second task. The number asked for is the weight of the first; the "
    "two add up to 1."
)
def _other_weight(a, b):
    w = flips_at.reference(a, b)
    return None if w is None else 1 - w


@flips_at.misconception(
    "A number came back where one system leads on both tasks, or is never behind. No weight "
    "between 0 and 1 changes that order: return None."
)
def _always_a_number(a, b):
    first, second = a[0] - b[0], a[1] - b[1]
    return None if first == second else second / (second - first)


@flips_at.misconception(
    "A tie on one task was counted as a change. Then the other system is never behind; the two "
    "tie only at weight 0 or 1, so the leader doesn't change."
)
def _ties_count(a, b):
    first, second = a[0] - b[0], a[1] - b[1]
    return None if first * second > 0 or first == second else second / (second - first)


@flips_at.misconception(
    "None came back although each system leads on one task. Then some weight makes them equal: "
    "solve for it."
)
def _never(a, b):
    return None


@flips_at.misconception(
    "Half and half isn't where they tie, unless the two leads are equally large. Solve the "
    "equation with the leads as they are."
)
def _half(a, b):
    return None if flips_at.reference(a, b) is None else 0.5


@flips_at.misconception(
    "The sums of the scores were compared, not the leads on each task. Subtract task by task: the "
    "weights then balance one lead against the other."
)
def _ratio_of_sums(a, b):
    if flips_at.reference(a, b) is None:
        return None
    return float(Fraction(1) * sum(b) / (sum(a) + sum(b))) if sum(a) + sum(b) else None
