"""Where two laws collide."""

from __future__ import annotations

import math

from pathkit.checks.exercise import exercise


@exercise(
    title="Where two laws collide",
    level="medium",
    minutes=8,
    prompt="""
        Compute promises a loss of $(C_c / C)^{a}$. Data allow no less than $(D_c / D)^{b}$, and
        tokens grow as $D = k\\,C^{p}$. Return the compute where both give the same loss, and that
        loss.
        """,
    probes=lambda rng: [
        (3.1e8, 0.050, 5.4e13, 0.095, 2e10, 0.27),
        (3.1e8, 0.050, 5.4e13, 0.095, 4e10, 0.26),
        (100.0, 0.5, 1000.0, 0.25, 3.0, 0.5),
        tuple(rng.uniform([10, 0.3, 10, 0.05, 2, 0.1], [1e4, 0.9, 1e4, 0.4, 50, 0.6])),
        tuple(rng.uniform([10, 0.05, 10, 0.6, 2, 0.3], [1e4, 0.1, 1e4, 0.9, 50, 0.8])),
    ],
    hints=[
        "Take logarithms on both sides. In which power does $\\ln C$ stand then?",
        """
        1. $a (\\ln C_c - \\ln C) = b (\\ln D_c - \\ln k - p \\ln C)$.
        2. All that has $\\ln C$ on one side: $(b p - a) \\ln C = b \\ln(D_c / k) - a \\ln C_c$.
        3. Divide, take `math.exp`, and put the compute into either law.
        """,
        "`C = math.exp((b * math.log(D_c / k) - a * math.log(C_c)) / ___)`",
    ],
    errors=[
        (
            "OverflowError: math range error",
            "one sign is wrong, so that the logarithm of the compute is huge.",
        ),
    ],
    passed="Beyond that compute one of the two laws has to bend, and the paper says so itself.",
)
def crossing(
    C_c: float, a: float, D_c: float, b: float, k: float, p: float
) -> tuple[float, float]:
    """The compute where (C_c / C)**a equals (D_c / D)**b with D = k C**p, and the loss there.

    All are positive, and a is not b p. Returns (C, loss).
    """
    C = math.exp((b * math.log(D_c / k) - a * math.log(C_c)) / (b * p - a))
    return C, (C_c / C) ** a


def _at(C, C_c, a):
    return C, (C_c / C) ** a


@crossing.misconception(
    "The tokens were taken as k C, without their exponent. Data grow as a power of the compute: b "
    "is multiplied by p."
)
def _no_growth_exponent(C_c, a, D_c, b, k, p):
    return _at(math.exp((b * math.log(D_c / k) - a * math.log(C_c)) / (b - a)), C_c, a)


@crossing.misconception(
    "The factor k is lost: tokens are k C^p, so ln k goes with ln D_c. Divide D_c by k."
)
def _no_factor(C_c, a, D_c, b, k, p):
    return _at(math.exp((b * math.log(D_c) - a * math.log(C_c)) / (b * p - a)), C_c, a)


@crossing.misconception(
    "k multiplies where it should divide. The data law has D below the line, and k is a part of D: "
    "it is D_c / k."
)
def _times_k(C_c, a, D_c, b, k, p):
    return _at(math.exp((b * math.log(D_c * k) - a * math.log(C_c)) / (b * p - a)), C_c, a)


@crossing.misconception(
    "This is the logarithm of the compute. Take `math.exp` before you put it into the law."
)
def _still_log(C_c, a, D_c, b, k, p):
    C, loss = crossing.reference(C_c, a, D_c, b, k, p)
    return math.log(C), loss


@crossing.misconception(
    "The loss has the compute above the line. It should fall as compute grows: (C_c / C) to the "
    "power of a."
)
def _rising(C_c, a, D_c, b, k, p):
    C = crossing.reference(C_c, a, D_c, b, k, p)[0]
    return C, (C / C_c) ** a


@crossing.misconception(
    "The compute is right, the loss isn't. The data law has tokens below the line, so put all of "
    "D = k C^p there, or take the loss from the law of compute."
)
def _compute_for_tokens(C_c, a, D_c, b, k, p):
    C = crossing.reference(C_c, a, D_c, b, k, p)[0]
    return C, (D_c / C) ** b


@crossing.spelling(_compute_for_tokens)
def _tokens_without_k(C_c, a, D_c, b, k, p):
    C = crossing.reference(C_c, a, D_c, b, k, p)[0]
    return C, (D_c / C**p) ** b


@crossing.spelling(_compute_for_tokens)
def _tokens_without_p(C_c, a, D_c, b, k, p):
    C = crossing.reference(C_c, a, D_c, b, k, p)[0]
    return C, (D_c / (k * C)) ** b


@crossing.misconception(
    "The two exponents were left out on the right: ln(D_c / k) comes with b, and ln C_c with a, as "
    "taking the logarithm of a power gives a factor."
)
def _no_factors(C_c, a, D_c, b, k, p):
    C = math.exp(max(-700, min(700, (math.log(D_c / k) - math.log(C_c)) / (b * p - a))))
    return _at(C, C_c, a)


@crossing.misconception(
    "Only the compute is returned. Return the loss there as well, as a pair."
)
def _no_loss(C_c, a, D_c, b, k, p):
    return crossing.reference(C_c, a, D_c, b, k, p)[0]


@crossing.misconception(
    "The loss comes first here. The answer is (C, loss): the compute, then the loss."
)
def _exchanged(C_c, a, D_c, b, k, p):
    return crossing.reference(C_c, a, D_c, b, k, p)[::-1]


@crossing.misconception(
    "These are the tokens at the crossing, not the compute. Return C itself, and the loss."
)
def _tokens(C_c, a, D_c, b, k, p):
    C, loss = crossing.reference(C_c, a, D_c, b, k, p)
    return k * C**p, loss
