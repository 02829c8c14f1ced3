"""Keep a worse key now and then."""

from __future__ import annotations

import math

from pathkit.checks.exercise import exercise


@exercise(
    title="Keep it or not",
    level="easy",
    minutes=6,
    prompt="""
        A new key scores `gain` nats more than the old one. Keep it if `gain` is 0 or more; else
        keep it with probability $e^{gain / temperature}$, which means when `u` is below that.
        """,
    probes=lambda rng: [
        (1.5, 1.0, 0.9),
        (0.0, 1.0, 0.999),
        (-1.0, 1.0, 0.3),
        (-1.0, 1.0, 0.4),
        (-20.0, 10.0, 0.1),
        (-20.0, 10.0, 0.14),
        (-2.0, 0.5, 0.05),
        (-1.0, 2.0, 0.5),
        (-1.0, 2.0, 0.2),
        (4000.0, 1.0, 0.5),
        (-4000.0, 1.0, 0.5),
        (-0.5, 1.0, 0.55),
        (0.1, 50.0, 0.99),
        (2.0, 1.0, 0.05),
        (-float(rng.uniform(0.1, 3)), float(rng.uniform(0.5, 4)), float(rng.random())),
        (-float(rng.uniform(0.1, 3)), float(rng.uniform(0.5, 4)), float(rng.random())),
    ],
    hints=[
        "A key that is one nat worse is e times less likely. How often should it be kept?",
        "Two cases: `gain >= 0`, and `u` below the exponential. Python stops at the first that "
        "holds, so no exponential of a large number is ever taken.",
        "`return gain >= 0 or u < math.exp(___)`",
    ],
    errors=[
        ("OverflowError: math range error", "e^4000 is no float: look at `gain >= 0` first, "
        "and leave a negative gain negative."),
        ("TypeError: keep() missing", "three arguments, in this order: gain, temperature, u."),
    ],
    # From gain 0 on the exponential is 1 or more, and u is always below it; a random u is never
    # equal to the exponential.
    equivalents=[
        "return gain > 0 or u < math.exp(gain / temperature)",
        "return gain >= 1 or u < math.exp(gain / temperature)",
        "return gain >= 0 or u <= math.exp(gain / temperature)",
    ],
    passed="Better keys always, worse ones as often as their odds say.",
)
def keep(gain: float, temperature: float, u: float) -> bool:
    """Whether the new key is kept (Metropolis and others 1953).

    gain: new score minus old, in nats, also thousands; temperature: above 0; u: a random number
    from 0 up to 1.
    """
    return gain >= 0 or u < math.exp(gain / temperature)


@keep.misconception(
    "Worse keys are never kept. Then the search stops at the first key that no single exchange "
    "improves, and that is seldom the best one."
)
def _climbs(gain, temperature, u):
    return gain >= 0


@keep.misconception(
    "The comparison is turned round: a much worse key would be kept nearly always, a slightly "
    "worse one hardly ever. `u` lies below p with probability p."
)
def _turned(gain, temperature, u):
    return gain >= 0 or u > math.exp(gain / temperature)


@keep.misconception(
    "The temperature was left out. At a high one much worse keys are kept too: divide the gain by "
    "it before you take the exponential."
)
def _no_temperature(gain, temperature, u):
    return gain >= 0 or u < math.exp(gain)


@keep.misconception(
    "The gain was multiplied by the temperature, which makes a hot search strict. Divide: the "
    "hotter it is, the less a loss counts."
)
def _times(gain, temperature, u):
    return gain >= 0 or u < math.exp(max(gain * temperature, -700))


@keep.misconception(
    "The random number decides for better keys, too, so that some of them are thrown away. A gain "
    "of 0 or more is always kept."
)
def _better_thrown(gain, temperature, u):
    return u < 1 - math.exp(-abs(gain) / temperature)


@keep.misconception(
    "Every worse key is kept with one fixed probability. Then a key that is 4,000 nats worse has "
    "the same chance as one that is 0.1 worse; the exponential tells them apart."
)
def _half(gain, temperature, u):
    return gain >= 0 or u < 0.5
