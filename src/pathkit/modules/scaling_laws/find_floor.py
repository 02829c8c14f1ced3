"""The floor that the losses themselves suggest."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise

from .power_law import power_law


def _runs(rng, n: int, floor: float, A: float, alpha: float, noise: float) -> tuple:
    """Noise so large and candidates so many that each other rule picks another one."""
    x = np.exp(rng.uniform(0, 4, size=n))
    losses = floor + A * x**-alpha * np.exp(noise * rng.normal(size=n))
    return x, losses, (min(losses) - rng.uniform(0.02, 1.2, size=60)).tolist()


@exercise(
    title="The floor that the losses suggest",
    level="medium",
    minutes=7,
    prompt="""
        For each candidate in `floors`, fit a power law to the losses minus the candidate, and add
        the candidate back. Return the one whose curve has the least sum of squared distances to the
        losses, in nats.
        """,
    probes=lambda rng: [
        (np.array([1.0, 2.0, 4.0, 8.0]), 1.5 + np.array([1.1, 0.6, 0.32, 0.17]), [0.0, 1.0, 1.5]),
        (np.array([1.0, 3.0, 9.0, 30.0, 90.0]), 2 + np.array([0.8, 0.45, 0.3, 0.22, 0.19]),
         [2.1, 0.5, 1.9]),
        _runs(rng, 9, 3.0, 2.0, 0.5, 0.1),
        _runs(rng, 6, 1.0, 1.0, 0.8, 0.05),
        _runs(rng, 12, 0.5, 3.0, 0.3, 0.2),
        _runs(rng, 10, 2.0, 1.0, 0.6, 0.15),
        _runs(rng, 7, 1.5, 4.0, 0.4, 0.1),
        _runs(rng, 15, 0.2, 0.5, 1.1, 0.2),
        (np.array([5.0, 50.0, 500.0]), np.array([4.0, 2.0, 1.0]), [0.5, 0.0, 0.9]),
    ],
    hints=[
        "What does the curve of a candidate say at the first x, and how far is the loss from it?",
        """
        1. For one candidate: `A, alpha = power_law(x, losses - floor)`.
        2. Its curve is `floor + A * x ** -alpha`. Square its distances to `losses`, and add up.
        3. Keep the candidate with the least sum.
        """,
        "`min(floors, key=misfit)`, where `misfit(floor)` returns `np.sum((___ - losses) ** 2)`",
    ],
    errors=[
        (
            "RuntimeWarning: invalid value encountered in log",
            "subtract the candidate from the losses; the other way round all are negative.",
        ),
    ],
    equivalents=[
        "return np.mean((floor + A * x ** (-alpha) - losses) ** 2)",
        "return np.sum((losses - (floor + A * x ** (-alpha))) ** 2)",
    ],
    passed="Three numbers from the losses alone: a floor, a factor, an exponent.",
)
def find_floor(x: np.ndarray, losses: np.ndarray, floors: list[float]) -> float:
    """The candidate floor under which a power law comes closest to the losses.

    x, losses: (n,); floors: candidates, each below all losses. For each, A and alpha come from
    `power_law` of what is above it; distances are measured in nats, from floor + A x**-alpha.
    """

    def misfit(floor):
        A, alpha = power_law(x, losses - floor)
        return np.sum((floor + A * x**-alpha - losses) ** 2)

    return min(floors, key=misfit)


def _misfit(x, losses, floor, back=None):
    A, alpha = power_law(x, losses - floor)
    return (floor if back is None else back) + A * x**-alpha - losses


@find_floor.misconception(
    "The distances were measured in logarithms, or as shares of the height. The further a floor is "
    "below the losses, the smaller all those get, so this favours a low floor. Compare in nats."
)
def _in_logs(x, losses, floors):
    def misfit(floor):
        A, alpha = power_law(x, losses - floor)
        return np.sum((np.log(A * x**-alpha) - np.log(losses - floor)) ** 2)

    return min(floors, key=misfit)


@find_floor.misconception(
    "The candidate wasn't added back. What the power law describes is the height above the floor; "
    "the losses are that height and the floor together."
)
def _not_added_back(x, losses, floors):
    return min(floors, key=lambda floor: np.sum(_misfit(x, losses, floor, 0.0) ** 2))


@find_floor.misconception(
    "This is the highest candidate. The lowest loss says only that the floor is below it; which "
    "floor bends the curve as the losses bend must decide."
)
def _highest(x, losses, floors):
    return max(floors)


@find_floor.misconception(
    "This is the lowest candidate. A floor far below makes the curve nearly straight; the losses "
    "may bend more than that, so measure the distances."
)
def _lowest(x, losses, floors):
    return min(floors)


@find_floor.misconception(
    "The distances were added up without squares, so those above the curve and those below it "
    "cancel. Square each before you add."
)
def _cancels(x, losses, floors):
    return min(floors, key=lambda floor: abs(np.sum(_misfit(x, losses, floor))))


@find_floor.misconception(
    "Absolute distances were added up. The prompt asks for their squares, which give one loss far "
    "from the curve more weight than two at half that distance."
)
def _absolute(x, losses, floors):
    return min(floors, key=lambda floor: np.sum(np.abs(_misfit(x, losses, floor))))


@find_floor.misconception(
    "This is the sum of squares of the best candidate. The candidate itself is asked for: keep it "
    "beside its sum."
)
def _least_sum(x, losses, floors):
    return min(np.sum(_misfit(x, losses, floor) ** 2) for floor in floors)


@find_floor.misconception(
    "This is the place of the best candidate in the list. Return the candidate, `floors[place]`."
)
def _place(x, losses, floors):
    return int(np.argmin([np.sum(_misfit(x, losses, floor) ** 2) for floor in floors]))


@find_floor.misconception(
    "This is the candidate with the largest misfit. The floor wanted is the one whose curve is "
    "nearest to the losses: take the least sum."
)
def _worst(x, losses, floors):
    return max(floors, key=lambda floor: np.sum(_misfit(x, losses, floor) ** 2))


@find_floor.misconception(
    "Only the distance at the last point was looked at. One point can lie near the curve by "
    "chance; add up the squares of all."
)
def _last_point(x, losses, floors):
    return min(floors, key=lambda floor: abs(_misfit(x, losses, floor)[-1]))


@find_floor.misconception(
    "This is the first candidate, always. Either `return` stands inside the loop, or all sums are "
    "nan, so that none is less: then look at what is subtracted from what."
)
def _first(x, losses, floors):
    return floors[0]
