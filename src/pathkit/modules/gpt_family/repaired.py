"""Which cell is wrong?"""

from __future__ import annotations

from pathkit.checks.exercise import exercise

from .block_parameters import block_parameters
from .gpt_parameters import gpt_parameters

# The vocabulary and the context of every GPT-3.
_V, _T = 50257, 2048


def _millions(n_layer, d_model):
    return gpt_parameters.reference(n_layer, d_model, _V, _T) / 10**6


@exercise(
    title="Which cell is wrong?",
    level="medium",
    minutes=8,
    prompt="""
        The head size of this row is right, and one other cell is wrong: either the width or the
        number of heads. Mend the row in both ways and count its parameters in millions. Return
        heads, width and count of the way that comes nearer to `millions`, which the appendix gives.
        """,
    probes=lambda rng: [
        (6, 520, 8, 64, 46),  # the heads are right
        (6, 512, 12, 64, 46),  # the width is right, and smaller
        (6, 768, 8, 64, 83),  # the width is right, and larger
        (12, 768, 15, 64, 125),  # without the tables the other one would be nearer
        (3, 320, 12, 32, 23.1),  # the heads are right, and the width is smaller than they make it
        (int(rng.integers(4, 30)), 1280, 24, 64, float(_millions(5, 1400))),
        (int(rng.integers(4, 30)), 2048, int(rng.integers(24, 30)), 128, 900.0),
    ],
    hints=[
        "Two stories are possible. In one the width is right; how many heads are there then?",
        """
        1. The two widths are `d_model` and `n_heads * d_head`.
        2. Count both: vocabulary 50,257, context 2,048, and divide by a million.
        3. Take the width whose count is nearer; the heads follow from it, with `//`.
        """,
        """
        `width = min((d_model, n_heads * d_head), key=lambda w: abs(count(w) - ___))`, then
        `return width // d_head, width, count(width)`
        """,
    ],
    errors=[
        (
            "TypeError: gpt_parameters() missing",
            "it wants layers, width, 50257 and 2048, in this order.",
        ),
    ],
    # Tokens and places are counted alike; a distance has no sign; a whole number may be a float.
    equivalents=[
        "return abs(millions - count(width))",
        "return (width / d_head, width, count(width))",
        "return gpt_parameters(n_layer, width, 2048, 50257) / 10 ** 6",
    ],
    passed="Two tables of one paper settled what each of them alone could not.",
)
def repaired(
    n_layer: int, d_model: int, n_heads: int, d_head: int, millions: float
) -> tuple[int, int, float]:
    """The number of heads and the width that fit a reported count.

    n_layer, d_model, n_heads, d_head: a row in which n_heads * d_head isn't d_model;
    millions: parameters, as reported elsewhere. Count with `gpt_parameters`, vocabulary 50,257,
    context 2,048, as GPT-3 has.
    Returns (heads, width, count in millions): either the printed width with width // d_head heads,
    or the printed heads with the width that they make.
    """

    def count(width):
        return gpt_parameters(n_layer, width, 50257, 2048) / 10**6

    def distance(width):
        return abs(count(width) - millions)

    width = min(d_model, n_heads * d_head, key=distance)
    return width // d_head, width, count(width)


def _row(n_layer, width, d_head):
    return width // d_head, width, _millions(n_layer, width)


@repaired.misconception(
    "The heads are always believed. Which cell is wrong differs from row to row: count both widths "
    "and see which one fits the reported parameters."
)
def _trusts_the_heads(n_layer, d_model, n_heads, d_head, millions):
    return _row(n_layer, n_heads * d_head, d_head)


@repaired.misconception(
    "The width is always believed. Which cell is wrong differs from row to row: count both widths "
    "and see which one fits the reported parameters."
)
def _trusts_the_width(n_layer, d_model, n_heads, d_head, millions):
    return _row(n_layer, d_model, d_head)


@repaired.misconception(
    "Always the smaller width comes out. That happens when a count in single parameters is held "
    "against one in millions, and when a distance keeps its sign: divide by 10**6, and use `abs`."
)
def _other_unit(n_layer, d_model, n_heads, d_head, millions):
    return _row(n_layer, min(d_model, n_heads * d_head), d_head)


@repaired.spelling(_other_unit)
def _other_unit_returned(n_layer, d_model, n_heads, d_head, millions):
    heads, width, counted = _other_unit(n_layer, d_model, n_heads, d_head, millions)
    return heads, width, counted * 10**6


@repaired.misconception(
    "The width that fits worse was taken. A small distance to the reported count speaks for a "
    "width: take the smaller one."
)
def _farther(n_layer, d_model, n_heads, d_head, millions):
    widths = (d_model, n_heads * d_head)
    return _row(n_layer, max(widths, key=lambda w: abs(_millions(n_layer, w) - millions)), d_head)


@repaired.misconception(
    "The count lacks the tables of tokens and positions. The appendix counts all parameters, and "
    "in a small model the tables decide which width fits: use `gpt_parameters`."
)
def _blocks_only(n_layer, d_model, n_heads, d_head, millions):
    def counted(w):
        return n_layer * block_parameters.reference(w) / 10**6

    width = min(d_model, n_heads * d_head, key=lambda w: abs(counted(w) - millions))
    return width // d_head, width, counted(width)


@repaired.spelling(_blocks_only)
def _squares_only(n_layer, d_model, n_heads, d_head, millions):
    def counted(w):
        return 12 * n_layer * w**2 / 10**6

    width = min(d_model, n_heads * d_head, key=lambda w: abs(counted(w) - millions))
    return width // d_head, width, counted(width)


@repaired.misconception(
    "The width is repaired, but the heads are still the printed ones. Together they must agree: "
    "heads are the width divided by the head size."
)
def _keeps_the_heads(n_layer, d_model, n_heads, d_head, millions):
    return n_heads, *repaired.reference(n_layer, d_model, n_heads, d_head, millions)[1:]


@repaired.misconception(
    "Heads and width are exchanged: first comes the number of heads, then the width, then the "
    "count in millions."
)
def _width_first(n_layer, d_model, n_heads, d_head, millions):
    heads, width, counted = repaired.reference(n_layer, d_model, n_heads, d_head, millions)
    return width, heads, counted


@repaired.misconception(
    "Last came the parameters that the appendix reports. Return what you counted for the width "
    "that you chose, in millions, so that the two can be compared."
)
def _reported(n_layer, d_model, n_heads, d_head, millions):
    heads, width, _ = repaired.reference(n_layer, d_model, n_heads, d_head, millions)
    return heads, width, millions


@repaired.misconception(
    "The choice is right, but the count isn't in millions. The appendix reports millions, so "
    "divide yours by 10**6."
)
def _not_in_millions(n_layer, d_model, n_heads, d_head, millions):
    heads, width, counted = repaired.reference(n_layer, d_model, n_heads, d_head, millions)
    return heads, width, counted * 10**6
