"""Where a table gives up."""

from __future__ import annotations

import math

from pathkit.checks.exercise import exercise


@exercise(
    title="Where a table gives up",
    level="easy",
    minutes=6,
    prompt="""
        A table needs one row for each sequence of symbols. Return the smallest length at which
        there are more sequences than `rows`. Count in whole numbers, which are exact.
        """,
    probes=lambda rng: [
        (2, 100),
        (10, 1000),
        (10, 999),
        (50257, 10**80),
        (7, 1),
        (3, 3**60),
        (3, 3**60 - 1),
        (12, 5),
        (int(rng.integers(5, 90)), int(rng.integers(1000, 10**9))),
    ],
    hints=[
        "With 2 symbols there are 2, 4, 8, … sequences. Which length is the first above 100?",
        """
        1. Begin with length 1.
        2. While `symbols**length` is at most `rows`, make the length one longer.
        3. Return the length.
        """,
        "`while symbols**length ___ rows: length += 1`",
    ],
    errors=[
        (
            "OverflowError: Python int too large to convert to C ssize_t",
            "nothing can have that many elements: compare numbers, don't list the rows.",
        ),
        (
            "TypeError: 'float' object cannot be interpreted as an integer",
            "`range` wants a whole number, a logarithm isn't one: use `while`.",
        ),
    ],
    # One row holds the empty sequence, so that the loop goes on from 0 to 1 at once.
    equivalents=["length = 0"],
    passed="At that length a stored answer for each question can't exist, on any disk.",
)
def table_fails_at(symbols: int, rows: int) -> int:
    """The smallest length at which a table has too few rows.

    symbols: 2 or more to choose from at each place; rows: 1 or more, up to 10**80.
    Returns the smallest length, 1 or more, with more sequences of that length than rows.
    """
    length = 1
    while symbols**length <= rows:
        length += 1
    return length


@table_fails_at.misconception(
    "At equality the table is exactly full, and still holds all. The length asked for is the "
    "first with *more* sequences than rows."
)
def _full_counts(symbols, rows):
    length = 1
    while symbols**length < rows:
        length += 1
    return length


@table_fails_at.misconception(
    "This is the last length that still fits, one too short. Go one symbol further: there the "
    "table fails."
)
def _last_that_fits(symbols, rows):
    return table_fails_at.reference(symbols, rows) - 1


@table_fails_at.spelling(_full_counts)
def _ceiling(symbols, rows):
    return max(1, math.ceil(math.log(rows) / math.log(symbols)))


@table_fails_at.misconception(
    "This multiplies the symbols by the length. Each further place multiplies the number of "
    "sequences by the symbols again: symbols to the power of the length."
)
def _product(symbols, rows):
    return rows // symbols + 1


@table_fails_at.misconception(
    "The roles are exchanged: length to the power of symbols. Each of the places has `symbols` "
    "choices, so it is symbols to the power of the length."
)
def _exchanged(symbols, rows):
    length = 1
    while length**symbols <= rows:
        length += 1
    return length


@table_fails_at.misconception(
    "All sequences up to this length were added up. The table here is for sequences of one "
    "length: compare one power with the rows."
)
def _all_shorter_too(symbols, rows):
    length, total = 1, symbols
    while total <= rows:
        length += 1
        total += symbols**length
    return length


@table_fails_at.spelling(_last_that_fits)
def _logarithm_cut_off(symbols, rows):
    return int(math.log(rows) / math.log(symbols))
