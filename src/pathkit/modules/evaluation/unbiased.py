"""A judge, asked in both orders."""

from __future__ import annotations

import math

from pathkit.checks.exercise import exercise


@exercise(
    title="A judge, asked in both orders",
    level="medium",
    minutes=8,
    prompt="""
        A judge takes the first answer with probability $1 / (1 + e^{-(d + b)})$ when A stands first
        and $1 / (1 + e^{-(b - d)})$ when B does. From the two shares of firsts, find `d`, how much
        it prefers A, and `b`, how much it likes the first place.
        """,
    probes=lambda rng: [
        (0.8, 0.5),
        (0.5, 0.5),
        (0.9, 0.7),
        (0.3, 0.6),
        (0.75, 0.25),
        (0.6, 0.6),
        (rng.uniform(0.1, 0.9), rng.uniform(0.1, 0.9)),
        (rng.uniform(0.02, 0.98), rng.uniform(0.02, 0.98)),
    ],
    returns=("preference d", "bias b"),
    hints=[
        "If A and B are equally good, what do both shares tell you? And if there is no bias?",
        """
        Turn a share $s$ into $\\ln(s / (1 - s))$: the first gives $d + b$, the second $b - d$. Two
        sums, two unknowns.
        """,
        "`return (x - y) / ___, (x + y) / ___`, with `x` and `y` the two logs of odds.",
    ],
    errors=[
        ("ValueError: math domain error", "the odds are `s / (1 - s)`: mind the parentheses."),
    ],
    passed="Asked in one order only, nobody could have told the two apart.",
)
def unbiased(first_with_a: float, first_with_b: float) -> tuple[float, float]:
    """What a judge prefers, apart from where it stands, in natural logs of odds.

    first_with_a: the share of judgements for the first answer where A stands first; first_with_b:
    the same where B stands first. Both lie strictly between 0 and 1.
    Returns (d, b): positive d prefers A, positive b likes whatever stands first.
    """
    x = math.log(first_with_a / (1 - first_with_a))
    y = math.log(first_with_b / (1 - first_with_b))
    return (x - y) / 2, (x + y) / 2


def _log_odds(share):
    return math.log(share / (1 - share))


@unbiased.misconception(
    "The second share was read as the share of A. It is the share of whatever stands first, and in "
    "that order B stands first, so a large share speaks for B."
)
def _second_is_for_a(first_with_a, first_with_b):
    x, y = _log_odds(first_with_a), _log_odds(first_with_b)
    return (x + y) / 2, (x - y) / 2


@unbiased.misconception(
    "Shares were averaged and only then turned into odds. Near 0 and 1 a share is squeezed, so the "
    "preference comes out too small: take the log of the odds of each, then average."
)
def _averages_shares(first_with_a, first_with_b):
    for_a = (first_with_a + 1 - first_with_b) / 2
    first = (first_with_a + first_with_b) / 2
    return _log_odds(for_a), _log_odds(first)


@unbiased.misconception(
    "These are differences of shares. The judge's rule adds up inside the exponent, so first undo "
    "it: the log of the odds of each share."
)
def _in_shares(first_with_a, first_with_b):
    return (first_with_a - first_with_b) / 2, (first_with_a + first_with_b) / 2


@unbiased.spelling(_in_shares)
def _in_shares_from_half(first_with_a, first_with_b):
    return (first_with_a - first_with_b) / 2, (first_with_a + first_with_b - 1) / 2


@unbiased.misconception(
    "Twice too much. The sum of the two is 2b and the difference is 2d, so each is to be halved."
)
def _not_halved(first_with_a, first_with_b):
    x, y = _log_odds(first_with_a), _log_odds(first_with_b)
    return x - y, x + y


@unbiased.misconception(
    "The sign of the preference is turned: positive d should mean that A is preferred. A standing "
    "first gives d + b, so subtract the other one from it."
)
def _prefers_b(first_with_a, first_with_b):
    x, y = _log_odds(first_with_a), _log_odds(first_with_b)
    return (y - x) / 2, (x + y) / 2


@unbiased.misconception(
    "These are logs of shares. The rule's inverse has the odds in it: a share against the rest, "
    "s / (1 - s)."
)
def _logs_of_shares(first_with_a, first_with_b):
    x, y = math.log(first_with_a), math.log(first_with_b)
    return (x - y) / 2, (x + y) / 2


@unbiased.misconception(
    "Only the first order was used, as if no bias were there. One share can't give two unknowns: "
    "compare it with the share in the other order."
)
def _first_order_only(first_with_a, first_with_b):
    return _log_odds(first_with_a), 0.0


@unbiased.misconception(
    "These are logs to another base. The rule has powers of e, so take the natural log."
)
def _other_base(first_with_a, first_with_b):
    x, y = _log_odds(first_with_a) / math.log(10), _log_odds(first_with_b) / math.log(10)
    return (x - y) / 2, (x + y) / 2


@unbiased.spelling(_other_base)
def _base_two(first_with_a, first_with_b):
    x, y = _log_odds(first_with_a) / math.log(2), _log_odds(first_with_b) / math.log(2)
    return (x - y) / 2, (x + y) / 2
