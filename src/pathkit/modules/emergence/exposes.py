"""Expose the report."""

from __future__ import annotations

from pathkit.checks.exercise import exercise
from pathkit.checks.value_text import shown

from .pass_at_k import pass_at_k

K = 5


def _gap(table: list) -> tuple[float, float]:
    """What the report says for k = 5, and the mean over the problems."""
    rows = [[int(one) for one in row] for row in table]
    every = [one for row in rows for one in row]
    report = pass_at_k(len(every), sum(every), K)
    return report, sum(pass_at_k(len(row), sum(row), K) for row in rows) / len(rows)


def _is_exposed(value: object) -> str | None:
    if hasattr(value, "tolist"):
        value = value.tolist()
    if not isinstance(value, list | tuple) or not value:
        return (f"{shown(value)} came back. A list of problems is expected, each of them a list of "
                "0s and 1s.")
    if not all(isinstance(row, list | tuple) for row in value):
        return "Each problem must be a list of its own: `[[1, 0, …], [0, 0, …]]`."
    if not all(one in (0, 1) for row in value for one in row):
        return "A program passes or it doesn't: write 1 or 0 for each."
    if short := next((len(row) for row in value if len(row) < K), None):
        return (f"Nobody can pick {K} different programs of {short}, so for that problem there is "
                f"no pass@{K} to compare with: give each problem {K} programs or more.")
    if not all(value):
        return f"A problem has no programs at all: give each problem {K} or more."
    report, truth = _gap(value)
    if abs(report - truth) >= 0.4:
        return None
    return (f"The report says {report:.2f}, and the mean over the problems is {truth:.2f}: they "
            f"differ by {abs(report - truth):.2f}. {_why(value)}")


def _why(table: list) -> str:
    """What to look at in a table that doesn't expose the report."""
    counts = [sum(map(int, row)) for row in table]
    if len(table) == 1:
        return "With one problem there is nothing to mix. Take more than one."
    if not any(counts) or all(count == len(row) for count, row in zip(counts, table, strict=True)):
        return "When all programs fail or all pass, any way of counting agrees."
    if all(count in (0, len(row)) for count, row in zip(counts, table, strict=True)):
        return ("Solved and unsolved ones together are the right idea. With too many of one kind "
                "the heap looks like that kind: try other numbers of each.")
    if len(set(counts)) == 1:
        return "These problems are all alike. Where should right programs be, to help most?"
    return ("Right programs of one problem can't help another. Take problems of which some are "
            "always solved and most never.")


@exercise(
    title="Expose the report",
    level="medium",
    minutes=7,
    prompt="""
        Give a table of problems for which `report(table, 5)` lies 0.4 or more from the truth, which
        is `pass_at_k` with k = 5 of each problem by itself, averaged over the problems. A problem
        is a list of five programs or more: 1 for one that passes, 0 for one that doesn't.
        """,
    probes=lambda rng: [()],
    drive=lambda answer: answer,
    accept=_is_exposed,
    is_value=True,
    hints=[
        "The report throws all programs into one heap and picks five. When does the heap hold a "
        "right one, though the problem doesn't?",
        "One problem that is always solved puts right programs into the heap. Problems that are "
        "never solved then profit from them. How many of each make the gap large?",
        "`exposes = [[1, 1, 1, 1, 1]] + [[0, 0, 0, 0, 0]] * ___`",
    ],
    # Other tables expose it as well: with a slip in the first row, or another number of others.
    equivalents=[
        "return [[0, 1, 1, 1, 1]] + [[0, 0, 0, 0, 0]] * 3",
        "return [[1, 0, 1, 1, 1]] + [[0, 0, 0, 0, 0]] * 3",
        "return [[1, 1, 0, 1, 1]] + [[0, 0, 0, 0, 0]] * 3",
        "return [[1, 1, 1, 0, 1]] + [[0, 0, 0, 0, 0]] * 3",
        "return [[1, 1, 1, 1, 0]] + [[0, 0, 0, 0, 0]] * 3",
        "return [[1, 1, 1, 1, 1]] + [[0, 0, 0, 0, 0]]",
        "return [[1, 1, 1, 1, 1]] + [[0, 0, 0, 0, 0]] * 4",
        "return [[1, 1, 1, 1, 1]] + [[0, 0, 0, 0, 0]] * 2",
    ],
    passed="Scores belong to problems. Who pools the tries of all problems counts another thing.",
)
def exposes():
    """A table that exposes the report: one list of 0s and 1s for each problem."""
    return [[1, 1, 1, 1, 1]] + [[0, 0, 0, 0, 0]] * 3


@exposes.misconception(
    "With a single problem the heap and the problem are the same, so the report is right. It goes "
    "wrong only where problems are mixed: take several, and make them unlike each other."
)
def _one_problem():
    return [[1, 0, 0, 0, 0, 0]]


@exposes.misconception(
    "All problems are equally hard here, so mixing them changes little. Right programs of one must "
    "help the others: make the problems as unequal as you can."
)
def _all_alike():
    return [[1, 0, 0, 0, 0], [0, 1, 0, 0, 0]]


@exposes.misconception(
    "One try for each problem is how the report was used in the thread, but of one program nobody "
    "can pick five. Give each problem five programs or more, so that pass@5 exists."
)
def _one_try_each():
    return [[1], [0], [0]]


@exposes.misconception(
    "Nothing ever passes here, so report and truth are both 0. Some right programs must be in the "
    "heap: let one problem be solved every time."
)
def _nothing_passes():
    return [[0, 0, 0, 0, 0], [0, 0, 0, 0, 0]]


@exposes.misconception(
    "Everything passes here, so report and truth are both 1. Let most problems never be solved, "
    "and one always."
)
def _everything_passes():
    return [[1, 1, 1, 1, 1], [1, 1, 1, 1, 1]]
