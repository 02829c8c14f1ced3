"""Wrong answers to `predicted`: an interval that is too sure, or in the wrong unit."""

from __future__ import annotations

import numpy as np

from .predicted import predicted


def _ends(x, losses, floor, at, t, one=1.0, less=2, distance=1.0, root=True, back=True,
          far=None):
    """The reference, with parts of the interval changed."""
    u, y, v = np.log(x), np.log(losses - floor), np.log(at)
    slope, height = np.polyfit(u, y, 1)
    s = np.sqrt(np.sum((y - slope * u - height) ** 2) / (len(u) - less))
    if far is None:
        far = (v - u.mean()) ** 2 / np.sum((u - u.mean()) ** 2)
    inside = one + 1 / len(u) + distance * far
    middle, half = slope * v + height, t * s * (np.sqrt(inside) if root else inside)
    base = floor if back else 0.0
    return tuple(base + np.exp(middle + k * half) for k in (-1, 0, 1))


@predicted.misconception(
    "The 1 below the root is missing. Without it the interval is for the line; a new run scatters "
    "around the line as the old ones do, and the 1 stands for that."
)
def _of_the_line(x, losses, floor, at, t):
    return _ends(x, losses, floor, at, t, one=0.0)


@predicted.misconception(
    "The squared distances are divided by n. The line used up two numbers to come close to the "
    "points: divide by n − 2, or the interval is too narrow."
)
def _divided_by_n(x, losses, floor, at, t):
    return _ends(x, losses, floor, at, t, less=0)


@predicted.spelling(_divided_by_n)
def _divided_by_n_less_1(x, losses, floor, at, t):
    return _ends(x, losses, floor, at, t, less=1)


@predicted.misconception(
    "The interval is as wide far away as among the points. A slope that is a little off is far off "
    "at a distance: add (u − mean)² over the spread of the u."
)
def _same_everywhere(x, losses, floor, at, t):
    return _ends(x, losses, floor, at, t, distance=0.0)


@predicted.misconception(
    "Below the root the distance is measured from `at` itself. The line is straight in ln x, so "
    "the new place has to be `np.log(at)` there as well, and the others their logarithms."
)
def _far_in_x(x, losses, floor, at, t):
    return _ends(x, losses, floor, at, t, far=(at - x.mean()) ** 2 / np.sum((x - x.mean()) ** 2))


@predicted.spelling(_far_in_x)
def _at_not_logged_below_the_root(x, losses, floor, at, t):
    u = np.log(x)
    return _ends(x, losses, floor, at, t, far=(at - u.mean()) ** 2 / np.sum((u - u.mean()) ** 2))


@predicted.misconception(
    "The spread of the u is a mean of squares here. The formula has their sum, so the distance "
    "counts n times too much."
)
def _mean_for_sum(x, losses, floor, at, t):
    return _ends(x, losses, floor, at, t, distance=float(len(x)))


@predicted.misconception(
    "The root over 1 + 1/n + … is missing. Variances add up; their root is what is measured in the "
    "unit of the distances."
)
def _no_root(x, losses, floor, at, t):
    return _ends(x, losses, floor, at, t, root=False)


@predicted.misconception(
    "The floor wasn't added back. The exponential gives the height above the floor, and a loss is "
    "that height and the floor together."
)
def _floor_lost(x, losses, floor, at, t):
    return _ends(x, losses, floor, at, t, back=False)


@predicted.misconception(
    "The floor plays no part: the line was fitted to the logs of the losses themselves. Such a "
    "line goes below any floor if you follow it far enough; subtract the floor first."
)
def _no_floor(x, losses, floor, at, t):
    return _ends(x, losses, 0.0, at, t)


@predicted.misconception(
    "These are still logarithms of heights above the floor. Take `np.exp` of each of the three, "
    "then add the floor."
)
def _still_logs(x, losses, floor, at, t):
    return tuple(np.log(np.array(predicted.reference(x, losses, floor, at, t)) - floor))


@predicted.spelling(_still_logs)
def _still_logs_and_floor(x, losses, floor, at, t):
    return tuple(floor + np.log(np.array(predicted.reference(x, losses, floor, at, t)) - floor))


@predicted.misconception(
    "The half width, a difference of logarithms, was added to the loss and taken from it. In "
    "losses it is a factor: go to the ends in logarithms, then take `np.exp` of each."
)
def _half_in_nats(x, losses, floor, at, t):
    low, middle, high = predicted.reference(x, losses, floor, at, t)
    half = np.log((high - floor) / (middle - floor))
    return middle - half, middle, middle + half


@predicted.misconception(
    "Always 1.96 standard errors. That holds for many runs; ten of them leave eight to judge the "
    "noise by, so take the `t` that is given."
)
def _always_two(x, losses, floor, at, t):
    return predicted.reference(x, losses, floor, at, 1.96)


@predicted.misconception(
    "The new place went in as it is, while the line is in ln x. Take its logarithm as well."
)
def _at_not_logged(x, losses, floor, at, t):
    with np.errstate(all="ignore"):
        return predicted.reference(x, losses, floor, np.exp(min(at, 700.0)), t)


@predicted.misconception(
    "The middle comes second: first the low end, then the middle, then the high end. Yours come in "
    "another order."
)
def _middle_first(x, losses, floor, at, t):
    low, middle, high = predicted.reference(x, losses, floor, at, t)
    return middle, low, high


@predicted.spelling(_middle_first)
def _high_first(x, losses, floor, at, t):
    return predicted.reference(x, losses, floor, at, t)[::-1]
