"""How to spend a budget."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise

# The settings of three published fits; which is which, and where from, says the lesson.
HOFFMANN = (406.4, 0.34, 410.7, 0.28)
REFIT = (482.01, 0.3478, 2085.43, 0.3658)


@exercise(
    title="How to spend a budget",
    level="hard",
    minutes=9,
    prompt="""
        A law says $L = E + A / N^\\alpha + B / D^\\beta$, and training costs $C = 6 N D$. Return
        the $N$ and $D$ of least loss for a given $C$: there
        $\\alpha A / N^\\alpha = \\beta B / D^\\beta$.
        """,
    probes=lambda rng: [
        (*HOFFMANN, 5.76e23),
        (*REFIT, 5.76e23),
        (1.0, 0.5, 4.0, 0.5, 600.0),
        (3.0, 0.25, 0.5, 0.75, 6e4),
        (2.0, 0.5, 3.0, 0.7, 40.0),
        tuple(rng.uniform([1, 0.2, 1, 0.2], [900, 0.9, 900, 0.9])) + (10.0 ** rng.uniform(9, 20),),
    ],
    hints=[
        """
        Why do the slopes, and not the two terms, have to be equal? Make $N$ 1% larger and $D$ 1%
        smaller, and see what each term does.
        """,
        """
        1. Put $D = C / (6N)$ into the condition; what is left has powers of $N$ alone.
        2. $N^{\\alpha + \\beta} = \\frac{\\alpha A}{\\beta B} (C / 6)^{\\beta}$.
        3. Take the root, then `D = flops / (6 * N)`.
        """,
        "`N = (alpha * A / (beta * B) * (flops / 6) ** ___) ** (1 / (alpha + beta))`",
    ],
    errors=[
        (
            "OverflowError: (34, 'Numerical result out of range')",
            "the root comes last: powers like `(flops / 6) ** beta` stay small.",
        ),
        (
            "TypeError: 'float' object is not callable",
            "write each product with `*`: `6 * N`, `beta * (…)`. And `flops` is a "
            "number here, the budget.",
        ),
    ],
    passed="Four numbers from a fit, and they decide what a year of computing is spent on.",
)
def spend(A: float, alpha: float, B: float, beta: float, flops: float) -> tuple[float, float]:
    """The parameters N and tokens D that make E + A / N**alpha + B / D**beta least.

    flops: the budget C, and 6 N D must equal it. Returns (N, D).
    """
    N = (alpha * A / (beta * B) * (flops / 6) ** beta) ** (1 / (alpha + beta))
    return N, flops / (6 * N)


def _split(A, alpha, B, beta, flops, share=None, six=6.0):
    share = alpha * A / (beta * B) if share is None else share
    N = (share * (flops / six) ** beta) ** (1 / (alpha + beta))
    return N, flops / (six * N)


@spend.misconception(
    "The two terms were made equal. Least loss is where nothing is gained by moving compute from "
    "one to the other: the slopes are equal, alpha A / N^alpha and beta B / D^beta."
)
def _equal_terms(A, alpha, B, beta, flops):
    return _split(A, alpha, B, beta, flops, share=A / B)


@spend.misconception(
    "The 6 is forgotten. Each parameter costs six operations a token, so N times D is a sixth of "
    "the budget."
)
def _no_six(A, alpha, B, beta, flops):
    return _split(A, alpha, B, beta, flops, six=1.0)


@spend.misconception(
    "Two operations for each weight and token are the forward pass alone. Training costs six: use "
    "the C = 6 N D that the prompt names."
)
def _forward_cost(A, alpha, B, beta, flops):
    return _split(A, alpha, B, beta, flops, six=2.0)


@spend.misconception(
    "N and D are equal. Each gets the root of the budget only if both terms are alike; the fitted "
    "constants say how they differ."
)
def _equal_parts(A, alpha, B, beta, flops):
    return np.sqrt(flops / 6), np.sqrt(flops / 6)


@spend.misconception(
    "The tokens come first here. The answer is (N, D): parameters, then tokens."
)
def _exchanged(A, alpha, B, beta, flops):
    return spend.reference(A, alpha, B, beta, flops)[::-1]


@spend.misconception(
    "The power of the budget is alpha. Solving for N puts D = C / (6 N) into the data term, so the "
    "budget comes with D's exponent, beta."
)
def _other_exponent(A, alpha, B, beta, flops):
    N = (alpha * A / (beta * B) * (flops / 6) ** alpha) ** (1 / (alpha + beta))
    return N, flops / 6 / N


@spend.misconception(
    "The ratio is upside down: beta B / (alpha A). A large A makes parameters precious and N "
    "larger, so alpha A stands above."
)
def _upside_down(A, alpha, B, beta, flops):
    return _split(A, alpha, B, beta, flops, share=beta * B / (alpha * A))


@spend.misconception(
    "The root is taken of the budget's power alone. The condition holds for N to the power of "
    "alpha + beta, so alpha A / (beta B) goes under the root as well."
)
def _root_of_budget_only(A, alpha, B, beta, flops):
    N = alpha * A / (beta * B) * (flops / 6) ** (beta / (alpha + beta))
    return N, flops / 6 / N


@spend.misconception(
    "D doesn't cost what is left: N times D times 6 must be the budget. Compute it as "
    "flops / (6 * N)."
)
def _over_budget(A, alpha, B, beta, flops):
    N = _split(A, alpha, B, beta, flops)[0]
    return N, flops / N


@spend.misconception(
    "This is the number of tokens for each parameter. Return N and D themselves; the lesson "
    "divides them."
)
def _ratio(A, alpha, B, beta, flops):
    N, D = _split(A, alpha, B, beta, flops)
    return D / N
