"""The mean of a list."""

from pathkit.checks.exercise import exercise


@exercise(
    title="The mean",
    level="easy",
    minutes=4,
    prompt="Average a list of numbers. The list holds one number at least.",
    # Sizes differ, nothing is symmetric, repeats and negatives occur: a wrong answer must show.
    probes=lambda rng: [
        ([2, 3, 3, 4, 5],),
        ([7],),
        (rng.integers(-9, 10, size=6).tolist(),),
        ([0.5, -2.25],),
    ],
    hints=[
        "How much does each get, when all of it is shared out equally?",
        "Divide the sum of the numbers by how many there are.",
        "`return sum(numbers) / ___`",
    ],
    errors=[("TypeError: unsupported operand", "a list can't be divided: divide its sum.")],
    passed="It is the number that shares everything out equally.",
)
def mean(numbers: list[float]) -> float:
    """The mean of some numbers.

    numbers: at least one. Returns a float.
    """
    return sum(numbers) / len(numbers)


@mean.misconception(
    "This is all that they have together. Share it out: divide by how many numbers there are."
)
def _sum(numbers):
    return float(sum(numbers))


@mean.misconception(
    "You divided with //, which drops what is left over. A mean may lie between whole numbers."
)
def _rounded_down(numbers):
    return float(sum(numbers) // len(numbers))


@mean.misconception(
    "This is the number in the middle, the median. It ignores how large the others are."
)
def _median(numbers):
    return float(sorted(numbers)[len(numbers) // 2])
