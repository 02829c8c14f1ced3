"""Rows that contradict themselves."""

from __future__ import annotations

from pathkit.checks.exercise import exercise

_A_ROW = ("small", 2, 48, 4, 12)


def _table(rng) -> list[tuple]:
    """Rows of which some have heads that don't make the width, by little or by much."""
    rows = []
    for i in range(int(rng.integers(8, 12))):
        n_heads, d_head = int(rng.integers(2, 20)), int(rng.integers(8, 100))
        off = int(rng.choice([0, 0, 1, -1, n_heads, n_heads // 2]))
        rows.append((f"row {i}", int(rng.integers(2, 50)), n_heads * d_head + off, n_heads, d_head))
    return rows


@exercise(
    title="Rows that contradict themselves",
    level="easy",
    minutes=5,
    prompt="""
        The heads stand side by side, so together they must be as wide as the stream. Return the
        names of the rows of which this isn't true, in their order. The table may be empty.
        """,
    # probes: no row of a table comes twice; an answer sees each row alone.
    probes=lambda rng: [
        ([_A_ROW, ("wide", 2, 60, 4, 12)],),
        ([("a", 3, 50, 4, 12), ("b", 3, 64, 4, 32), _A_ROW, ("c", 9, 47, 4, 12)],),
        ([("deep", 4, 48, 2, 12), ("thin", 3, 12, 12, 1), ("even", 12, 24, 2, 12), _A_ROW],),
        ([_A_ROW],),
        ([],),
        (_table(rng),),
        (_table(rng),),
    ],
    hints=[
        "Four heads of 12 numbers each stand side by side. How wide are they together?",
        """
        1. Take each row apart: `name, n_layer, d_model, n_heads, d_head`.
        2. Keep the name where heads times head size differs from the width.
        """,
        "`return [row[0] for row in table if row[3] * row[4] != ___]`",
    ],
    errors=[
        (
            "ValueError: not enough values to unpack",
            "each row has five entries: name, layers, width, heads, head size.",
        ),
    ],
    passed="Nobody needs to know the right value to see that a row is wrong.",
)
def odd_rows(table: list[tuple]) -> list[str]:
    """Names of the rows whose heads don't make their width.

    table: rows of (name, n_layer, d_model, n_heads, d_head); it may be empty.
    Returns a list of names, in the table's order.
    """
    return [name for name, _, d_model, n_heads, d_head in table if n_heads * d_head != d_model]


@odd_rows.misconception(
    "This asks whether the width can be divided by the heads. That is needed, but too little: 4 "
    "heads of 32 don't make 64, although 64 is a multiple of 4. Compare with the head size as well."
)
def _divisible(table):
    return [name for name, _, d_model, n_heads, _ in table if d_model % n_heads]


@odd_rows.misconception(
    "Dividing with // drops what is left over: a width of 50 with 4 heads becomes 12 each, and the "
    "row looks right. Multiply heads by head size, so that nothing is rounded."
)
def _floors(table):
    return [name for name, _, d_model, n_heads, d_head in table if d_model // n_heads != d_head]


@odd_rows.spelling(_floors)
def _floors_by_head_size(table):
    return [name for name, _, d_model, n_heads, d_head in table if d_model // d_head != n_heads]


@odd_rows.misconception(
    "These are the rows that agree with themselves. Asked for are the others, where the product "
    "and the width differ."
)
def _consistent(table):
    return [name for name, _, d_model, n_heads, d_head in table if n_heads * d_head == d_model]


@odd_rows.misconception(
    "This says yes or no for each row. Return the names of those where it is no, and nothing for "
    "the others."
)
def _yes_or_no(table):
    return [n_heads * d_head != d_model for _, _, d_model, n_heads, d_head in table]


@odd_rows.misconception(
    "These are the places of the rows in the table. Return their names, the first entry of each "
    "row: a place changes when the table is sorted."
)
def _places(table):
    return [i for i, row in enumerate(table) if row[3] * row[4] != row[2]]


@odd_rows.misconception(
    "Whole rows came back. Return the name alone, the first entry of each row."
)
def _whole_rows(table):
    return [row for row in table if row[3] * row[4] != row[2]]


@odd_rows.misconception(
    "A row is found only where the heads are too wide for the stream. They may be too narrow, too: "
    "ask whether the two differ."
)
def _too_wide_only(table):
    return [name for name, _, d_model, n_heads, d_head in table if n_heads * d_head > d_model]


@odd_rows.spelling(_too_wide_only)
def _too_narrow_only(table):
    return [name for name, _, d_model, n_heads, d_head in table if n_heads * d_head < d_model]


@odd_rows.misconception(
    "Layers were multiplied by the head size. How many layers there are has nothing to do with the "
    "width; the heads stand side by side, so take the fourth entry."
)
def _layers_for_heads(table):
    return [name for name, n_layer, d_model, _, d_head in table if n_layer * d_head != d_model]


@odd_rows.misconception(
    "Width and number of heads are compared, without the size of a head. Each head is as wide as "
    "its size, so the heads together are heads times head size."
)
def _no_head_size(table):
    return [name for name, _, d_model, n_heads, _ in table if n_heads != d_model]


@odd_rows.misconception(
    "Only the first such row came back. A table may have several, so collect the names and return "
    "them behind the loop, after the last row."
)
def _first_only(table):
    return odd_rows.reference(table)[:1]
