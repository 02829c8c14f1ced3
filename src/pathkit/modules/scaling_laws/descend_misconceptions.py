"""Wrong answers to `descend`: steps that are too short, too long or in the wrong direction."""

from __future__ import annotations

import numpy as np

from .descend import descend


def _descent(x, y, loss_of=np.mean, enough=5e-4, step=0.1, most=10**4, step_of=np.mean, sign=1):
    """The given loop with parts changed."""
    u, v = np.log(x), np.log(y)
    u, v = u - u.mean(), v - v.mean()
    alpha, before = 0.0, np.inf
    with np.errstate(all="ignore"):
        for _ in range(most):
            r = v + alpha * u
            loss = loss_of(r**2)
            if before - loss < enough:
                break
            before = loss
            alpha -= sign * step * step_of(r * u) / np.mean(u**2)
    return alpha


@descend.misconception(
    "It still stops early. A mean over hundreds of runs makes every gain hundreds of times "
    "smaller, and `enough` wasn't made smaller with it: compare the gain of the sum."
)
def _as_given(x, y, enough=5e-4):
    return _descent(x, y)


@descend.misconception(
    "Shorter steps gain even less each, so the descent stops even earlier. The steps were right: "
    "what is compared with `enough` has to change."
)
def _shorter_steps(x, y, enough=5e-4):
    return _descent(x, y, step=0.01)


@descend.misconception(
    "Longer steps come closer, and still the descent stops before it arrives. What is compared "
    "hasn't changed: the gain of a mean, hundreds of times smaller than that of the sum."
)
def _longer_steps(x, y, enough=5e-4):
    return _descent(x, y, step=0.2)


@descend.misconception(
    "Now the step is made of a sum and is hundreds of times too long, so the second loss is larger "
    "than the first. Only the loss that is compared should be a sum."
)
def _sum_in_the_step(x, y, enough=5e-4):
    return _descent(x, y, step_of=np.sum)


@descend.spelling(_sum_in_the_step)
def _sums_in_both(x, y, enough=5e-4):
    return _descent(x, y, loss_of=np.sum, step_of=np.sum)


@descend.misconception(
    "A larger `enough` stops even sooner. It is the least gain that is worth another step: a "
    "smaller one lets the descent go on."
)
def _larger_enough(x, y, enough=5e-3):
    return _descent(x, y, enough=5e-3)


@descend.misconception(
    "The exponent went the wrong way: the step has to lower the loss, so the gradient is "
    "subtracted, as it was."
)
def _uphill(x, y, enough=5e-4):
    return _descent(x, y, loss_of=np.sum, sign=-1)


@descend.misconception(
    "The sign is turned. In y = A x^-alpha the exponent alpha is positive where y falls; `r` "
    "already counts it so."
)
def _minus(x, y, enough=5e-4):
    return -_descent(x, y, loss_of=np.sum)
