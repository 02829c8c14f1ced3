"""A number inside."""

from __future__ import annotations

import math

from pathkit.checks.exercise import exercise


@exercise(
    title="A number inside",
    level="medium",
    minutes=10,
    prompt="""
        Find the fewest `bits` such that $2^{-bits}$ is at most the interval's share of the whole.
        Return which multiple of $2^{-bits}$ is the first one in it, as (number, bits).
        """,
    probes=lambda rng: [
        (8, 2, 16),
        (5, 3, 16),
        (0, 1, 1),
        (3, 4, 9),
        (7, 1, 11),
        (12, 4, 16),
        (1, 26, 27),
        (123456, 789, 10**7),
        (3**800, 2**1100 + 1, 5**800),
        (3**1500, 2**1000 + 1, 5**1500),
        (0, 3, 8),
        (12345, 2**100, 2**200 + 1),
        (int(rng.integers(100, 900)), int(rng.integers(2, 40)), 1000),
    ],
    hints=[
        "The interval from 5/16 to 8/16 has a share of 3/16. Is 1/4 short enough? Is 1/8?",
        """
        1. Start with 0 bits. While `width` is less than `whole`: double it, one more bit.
        2. The interval begins at `low * 2**bits / whole`. Round up, in integers:
           `-(-a // b)` is a / b rounded up.
        """,
        "`while width < ___: width, bits = 2 * width, bits + 1`, then `-(-low * 2**bits // ___)`",
    ],
    errors=[
        ("OverflowError: int", "floats can't hold these integers: use `//`, never `/`."),
        ("ValueError: math domain error", "the share became 0 as a float: compare integers."),
    ],
    passed="A whole text is now one number, and less than one bit was wasted on it.",
)
def number_inside(low: int, width: int, whole: int) -> tuple[int, int]:
    """A short binary fraction in the interval [low, low + width), measured in parts of whole.

    low, width, whole: integers, width at least 1, low + width at most whole. For the whole line
    itself, 0 bits are enough.
    Returns (number, bits): number / 2**bits is inside; bits is -log2(width / whole), rounded up.
    """
    bits = 0
    while width < whole:
        width, bits = 2 * width, bits + 1
    return -(-low * 2**bits // whole), bits


def _bits_of(width: int, whole: int) -> int:
    return (-(-whole // width) - 1).bit_length()


@number_inside.misconception(
    "This number may lie before the interval, in the part of another text: it is `low` rounded "
    "down. The first multiple inside is found by rounding up."
)
def _floor(low, width, whole):
    bits = _bits_of(width, whole)
    return low * 2**bits // whole, bits


@number_inside.misconception(
    "This is always one after `low` rounded down. Where `low` is a multiple itself, it is the "
    "first one inside: `-(-a // b)` rounds up and leaves whole numbers alone."
)
def _floor_and_one(low, width, whole):
    bits = _bits_of(width, whole)
    return low * 2**bits // whole + 1, bits


@number_inside.misconception(
    "This is the multiple nearest to `low`, which may lie before the interval. Round up."
)
def _nearest(low, width, whole):
    bits = _bits_of(width, whole)
    return (2 * low * 2**bits + whole) // (2 * whole), bits


@number_inside.misconception(
    "This takes a bit more than needed when the share is a power of 1/2. A step as long as the "
    "interval always has one mark inside: stop as soon as width · 2^bits reaches the whole."
)
def _strict(low, width, whole):
    bits = (whole // width).bit_length()
    return -(-low * 2**bits // whole), bits


@number_inside.misconception(
    "The two are exchanged: first comes the number, then how many bits it has."
)
def _exchanged(low, width, whole):
    return number_inside.reference(low, width, whole)[::-1]


@number_inside.misconception(
    "One bit too few: the steps are longer than the interval, and it may lie between two of them. "
    "Round the number of bits up."
)
def _too_few(low, width, whole):
    bits = max(_bits_of(width, whole) - 1, 0)
    return -(-low * 2**bits // whole), bits


@number_inside.misconception(
    "This counts the bits needed to write `whole`, the finest unit of all. That keeps the unit's "
    "precision, while any number inside will do: only the interval's share counts."
)
def _bits_of_whole(low, width, whole):
    bits = (whole - 1).bit_length()
    return -(-low * 2**bits // whole), bits


@number_inside.misconception(
    "Right for short texts only. A float holds some 16 digits, the number of a long text has "
    "thousands, and the share of a longer one is smaller than any float: compute with integers."
)
def _floats(low, width, whole):
    bits = math.ceil(-math.log2(width / whole))
    return math.ceil(low / whole * 2.0**bits), bits


@number_inside.misconception(
    "Right for short texts only. The logs of such integers are rounded to some 16 digits, and a "
    "share a hair below a power of 1/2 then gets one bit too few: compare the integers themselves."
)
def _bits_by_logs(low, width, whole):
    bits = math.ceil(math.log2(whole) - math.log2(width))
    return -(-low * 2**bits // whole), bits


@number_inside.misconception(
    "The bits are right, the number isn't for long texts. A float holds some 16 digits, and this "
    "number has more: round up in integers, `-(-a // b)`."
)
def _rounded_by_floats(low, width, whole):
    bits = _bits_of(width, whole)
    return math.ceil(low / whole * 2**bits), bits
