"""A loss before it is measured."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise


def _runs(rng, n: int, floor: float, alpha: float, at: float, t: float) -> tuple:
    x = np.exp(rng.uniform(0, 3, size=n))
    return x, floor + 0.8 * x**-alpha * np.exp(0.1 * rng.normal(size=n)), floor, at, t


@exercise(
    title="A loss before it is measured",
    level="hard",
    minutes=10,
    prompt="""
        Fit the line of least squares to $\\ln(\\text{loss} - \\text{floor})$ against $\\ln x$ and
        read it at `at`. Half the interval is, as in the lesson on the GPT family but with
        $u = \\ln x$,
        $t\\,s \\sqrt{1 + \\frac1n + (u - \\bar u)^2 / \\sum (u_i - \\bar u)^2}$. Distances $r_i$ to
        the line give $s = \\sqrt{\\sum r_i^2 / (n - 2)}$. Go back to losses at the end.
        """,
    probes=lambda rng: [
        (np.array([1.0, 2.0, 4.0, 8.0]), np.array([3.0, 2.4, 2.3, 2.1]), 2.0, 32.0, 2.92),
        _runs(rng, 10, 3.3, 0.5, 90.0, 1.86),
        _runs(rng, 6, 1.0, 0.9, 0.1, 2.13),
        _runs(rng, 5, 0.0, 0.3, 4.0, 2.353),
        (np.array([5.0, 50.0, 20.0]), np.array([1.9, 1.2, 1.5]), 0.5, 500.0, 6.314),
    ],
    hints=[
        "How high above the floor is each run? On which axes do those heights lie on a line?",
        """
        1. `u = np.log(x)`, `y = np.log(losses - floor)`, a line through them, and its value at
           `np.log(at)`.
        2. `half` by the formula, with `u` everywhere.
        3. The three ends: `floor + np.exp(middle - half)`, and so on.
        """,
        "`inside = 1 + 1 / len(u) + (np.log(at) - u.mean()) ** 2 / np.sum(___)`",
    ],
    errors=[
        (
            "TypeError: only",
            "`math.sqrt` and `math.exp` take one number: use those of `np` for arrays.",
        ),
        (
            "RuntimeWarning: invalid value encountered in log",
            "the floor is subtracted from the losses, not the other way round.",
        ),
    ],
    equivalents=[
        "s = np.sqrt(np.sum((y - slope * u - height) ** 2) / (len(x) - 2))",
        "s = np.sqrt(np.sum((y - slope * u - height) ** 2) / (len(losses) - 2))",
        "s = np.sqrt(np.sum((y - slope * u - height) ** 2) / (len(y) - 2))",
        "s = np.sqrt(np.sum((height - (y - slope * u)) ** 2) / (len(u) - 2))",
        "inside = 1 + 1 / len(x) + (v - u.mean()) ** 2 / np.sum((u - u.mean()) ** 2)",
        "inside = 1 + 1 / len(losses) + (v - u.mean()) ** 2 / np.sum((u - u.mean()) ** 2)",
        "inside = 1 + 1 / len(y) + (v - u.mean()) ** 2 / np.sum((u - u.mean()) ** 2)",
        "inside = 1 + 1 / len(u) + (u.mean() - v) ** 2 / np.sum((u - u.mean()) ** 2)",
        "inside = 1 + 1 / len(u) + (v - u.mean()) ** 2 / np.sum((u.mean() - u) ** 2)",
    ],
    passed="A number with its own warning attached, written down before the model exists.",
)
def predicted(
    x: np.ndarray, losses: np.ndarray, floor: float, at: float, t: float
) -> tuple[float, float, float]:
    """The loss of a run at `at`, as the power law above a floor says, and its interval.

    x, losses: (n,), n at least 3, losses above floor; at: the new x; t: how many standard errors
    the interval reaches to each side (for 90% and n = 10 it is 1.860).
    Returns (low, middle, high), losses in nats.
    """
    u, y, v = np.log(x), np.log(losses - floor), np.log(at)
    slope, height = np.polyfit(u, y, 1)
    s = np.sqrt(np.sum((y - slope * u - height) ** 2) / (len(u) - 2))
    inside = 1 + 1 / len(u) + (v - u.mean()) ** 2 / np.sum((u - u.mean()) ** 2)
    middle, half = slope * v + height, t * s * np.sqrt(inside)
    return floor + np.exp(middle - half), floor + np.exp(middle), floor + np.exp(middle + half)
