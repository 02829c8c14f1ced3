"""What goes wrong when a fault is to be found in five looks."""

from __future__ import annotations

import numpy as np

from .first_wrong import first_wrong


def _halved(names, look, differ):
    """The same search with another way to compare two arrays."""
    low, high = 0, len(names) - 1
    while low < high:
        middle = (low + high) // 2
        if differ(*look(names[middle])):
            high = middle
        else:
            low = middle + 1
    return low


@first_wrong.misconception(
    "Bit for bit no two of these arrays agree: rounding differs from the first step on. What you "
    "look for is larger: compare the largest absolute difference with 0.001."
)
def _bit_for_bit(names, look):
    return names[_halved(names, look, lambda a, b: not np.array_equal(a, b))]


@first_wrong.misconception(
    "The differences were averaged, and they cancel: one number is too large, another too small by "
    "as much. Take the largest absolute difference."
)
def _on_average(names, look):
    return names[_halved(names, look, lambda a, b: abs((a - b).mean()) > 0.001)]


@first_wrong.misconception(
    "The differences kept their sign, so numbers that are too small went unseen. Take the largest "
    "absolute difference, `abs(ours - theirs).max()`."
)
def _with_their_sign(names, look):
    return names[_halved(names, look, lambda a, b: (a - b).max() > 0.001)]


@first_wrong.misconception(
    "Only one number of each pair was compared. A fault can leave most of an array right: look at "
    "all numbers, and take the largest absolute difference."
)
def _one_number(names, look):
    return names[_halved(names, look, lambda a, b: abs(a[0, 0] - b[0, 0]) > 0.001)]


@first_wrong.misconception(
    "This is the last step that is right. The fault lies in the one after it, which is the first "
    "to differ."
)
def _last_right(names, look):
    found = _halved(names, look, lambda a, b: abs(a - b).max() > 0.001)
    return names[max(found - 1, 0)]


@first_wrong.misconception(
    "This is the last step of all. That one is wrong because an earlier one is: halve the list "
    "until one name is left."
)
def _the_end(names, look):
    return names[-1]


@first_wrong.misconception(
    "The names were put in another order first. They come in the order of computation, and only in "
    "that order does everything after the first wrong one differ, too."
)
def _sorted(names, look):
    names = sorted(names)
    return names[_halved(names, look, lambda a, b: abs(a - b).max() > 0.001)]


@first_wrong.misconception(
    "The place is right, and it came back as a number. A name is asked for: `names[low]`."
)
def _a_place(names, look):
    return _halved(names, look, lambda a, b: abs(a - b).max() > 0.001)


@first_wrong.misconception(
    "Where the middle differs, the search goes on before it, without the middle. But the middle "
    "may be the first wrong one: keep it in, `high = middle`."
)
def _middle_dropped(names, look):
    low, high = 0, len(names) - 1
    while low < high:
        middle = (low + high) // 2
        ours, theirs = look(names[middle])
        if abs(ours - theirs).max() > 0.001:
            high = middle - 1
        else:
            low = middle + 1
    return names[max(low, 0)]


@first_wrong.misconception(
    "The halves are exchanged: where the middle agrees, everything before it agrees too, and the "
    "fault lies behind it. Move `low` up then, and `high` down where it differs."
)
def _halves_exchanged(names, look):
    return names[_halved(names, look, lambda a, b: abs(a - b).max() <= 0.001)]
