"""The learning rate of 2017."""

from __future__ import annotations

from pathkit.checks.exercise import exercise


@exercise(
    title="The learning rate of 2017",
    level="easy",
    minutes=4,
    prompt="""
        Write the paper's formula: one over the root of `n_embd`, times the smaller of two things:
        one over the root of `step`, and `step` divided by the power 1.5 of `warmup`.
        """,
    probes=lambda rng: [
        (1, 16, 4),
        (4, 16, 4),
        (100, 16, 4),
        (3, 36, 400),
        (4000, 512, 4000),
        (int(rng.integers(2, 90)), 48, 100),
        (int(rng.integers(300, 900)), 100, 250),
    ],
    hints=[
        "Which of the two is smaller in the first steps: the one that falls or the one that rises?",
        "Both powers are negative: `step ** -0.5`, and `step` times `warmup ** -1.5`.",
        "`return n_embd**-0.5 * ___(step**-0.5, step * warmup ** ___)`",
    ],
    errors=[
        (
            "TypeError: 'float' object is not iterable",
            "`min` takes its candidates one after the other: `min(a, b)`.",
        ),
    ],
    # The smaller of two is the same in either order.
    equivalents=["return n_embd ** (-0.5) * min(step * warmup ** (-1.5), step ** (-0.5))"],
    passed="It climbs in a straight line up to `warmup`, then falls like one over the root.",
)
def noam(step: int, n_embd: int, warmup: int) -> float:
    """The learning rate at a step (Vaswani et al. 2017, section 5.3, equation 3).

    step: from 1; n_embd: width of the model; warmup: the step of the peak.
    """
    return n_embd**-0.5 * min(step**-0.5, step * warmup**-1.5)


@noam.misconception(
    "The larger of the two is taken: the rate falls up to `warmup` and grows without end after it. "
    "The smaller of the two climbs first, and makes a peak where they cross."
)
def _larger(step, n_embd, warmup):
    return n_embd**-0.5 * max(step**-0.5, step * warmup**-1.5)


@noam.misconception(
    "The width is missing. A wide model adds up more small steps in each output, so the paper "
    "divides the rate by the root of `n_embd`."
)
def _no_width(step, n_embd, warmup):
    return min(step**-0.5, step * warmup**-1.5)


@noam.misconception(
    "The climb divides by `warmup` alone. Then the branches cross far beyond the warm-up, and the "
    "peak is much too high. The power 1.5 makes them meet exactly at `warmup`."
)
def _warmup_to_one(step, n_embd, warmup):
    return n_embd**-0.5 * min(step**-0.5, step / warmup)


@noam.misconception(
    "After the warm-up the rate stays at its peak. In the paper it falls like one over the root "
    "of the step; the second branch of the minimum is missing."
)
def _stays_up(step, n_embd, warmup):
    return n_embd**-0.5 * min(step, warmup) * warmup**-1.5


@noam.misconception(
    "Multiplied by the root of `n_embd` instead of divided: the power is −0.5. At width 512 the "
    "rate would be 512 times too large."
)
def _times_root(step, n_embd, warmup):
    return n_embd**0.5 * min(step**-0.5, step * warmup**-1.5)


@noam.misconception(
    "Steps are counted from 1 here, and yours begins one later. The peak would come one step too "
    "early. Take `step` as it is."
)
def _one_more(step, n_embd, warmup):
    return n_embd**-0.5 * min((step + 1) ** -0.5, (step + 1) * warmup**-1.5)


@noam.misconception(
    "The power 1.5 was taken of the fraction. Only `warmup` has it: `step / warmup**1.5`. The "
    "climb is a straight line, and a power of `step` would bend it."
)
def _power_of_the_fraction(step, n_embd, warmup):
    return n_embd**-0.5 * min(step**-0.5, (step / warmup) ** 1.5)


@noam.misconception(
    "The rate falls from the first step on, as if there were no warm-up. Either the branch that "
    "climbs is missing, or it is never the smaller one, as when `step` is multiplied by `warmup` "
    "or a power of it: divide by the power 1.5."
)
def _times_the_power(step, n_embd, warmup):
    return n_embd**-0.5 * min(step**-0.5, step * warmup**1.5)


@noam.misconception(
    "The climb divides by the root of `warmup`, not by its power 1.5. It is then as many times too "
    "steep as the warm-up has steps. The power 1.5 makes the branches meet exactly at `warmup`."
)
def _by_the_root_of_warmup(step, n_embd, warmup):
    return n_embd**-0.5 * min(step**-0.5, step * warmup**-0.5)


@noam.misconception(
    "The climb divides by the square of `warmup`. It is then too flat, and the branches cross "
    "beyond the warm-up. The power 1.5 makes them meet exactly at `warmup`."
)
def _by_the_square_of_warmup(step, n_embd, warmup):
    return n_embd**-0.5 * min(step**-0.5, step / warmup**2)


@noam.misconception(
    "The rate climbs for ever: the branch that falls, one over the root of `step`, is missing. "
    "Take the smaller of the two."
)
def _only_climbs(step, n_embd, warmup):
    return n_embd**-0.5 * step * warmup**-1.5


@noam.misconception(
    "The falling branch is the root of `step`, not one over it, so the rate never comes down: the "
    "power is −0.5."
)
def _root_of_the_step(step, n_embd, warmup):
    return n_embd**-0.5 * min(step**0.5, step * warmup**-1.5)


@noam.misconception(
    "The two branches are added. The formula takes the smaller one: each holds on its side of "
    "`warmup`, and there they meet."
)
def _sum_of_both(step, n_embd, warmup):
    return n_embd**-0.5 * (step**-0.5 + step * warmup**-1.5)


@noam.misconception(
    "Divided by `n_embd` itself, not by its root. At width 512 the rate is more than 20 times too "
    "small: the power is −0.5."
)
def _by_the_width(step, n_embd, warmup):
    return min(step**-0.5, step * warmup**-1.5) / n_embd
