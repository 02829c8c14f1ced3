"""More wrong ways to cut windows."""

from __future__ import annotations

import torch

from .windows import unpadded, windows


@windows.misconception(
    "All windows of a name are the same. That comes of one list that was noted each time and "
    "changed afterwards, with append and pop: make a new list for each window."
)
def _one_list(names, index, length):
    X, Y = [], []
    for name in names:
        window = [index["."]] * length
        for symbol in name + ".":
            X.append(window)
            Y.append(index[symbol])
            window.append(index[symbol])
            window.pop(0)
    return torch.tensor(X), torch.tensor(Y)


@windows.misconception(
    "All windows are the same, through all names. That comes of one list that was noted each time "
    "and changed afterwards: make a new list for each window, and begin each name with a fresh one."
)
def _one_list_for_all(names, index, length):
    X, Y, window = [], [], [index["."]] * length
    for name in names:
        for symbol in name + ".":
            X.append(window)
            Y.append(index[symbol])
            window.append(index[symbol])
            del window[0]
    return torch.tensor(X), torch.tensor(Y)


@windows.misconception(
    "The first windows of a name are filled with symbol number 0. Here `.` has another number: "
    "`index` knows which, `index['.']`."
)
def _filled_with_zero(names, index, length):
    X, Y = [], []
    for name in names:
        window = [0] * length
        for symbol in name + ".":
            X.append(window)
            Y.append(index[symbol])
            window = window[1:] + [index[symbol]]
    return torch.tensor(X), torch.tensor(Y)


@windows.misconception(
    "There are targets after the end: `.` is followed by more of them. A name is over with the "
    "first, so one `.` at its end is enough; only the start needs `length` of them."
)
def _filled_at_both_ends(names, index, length):
    return unpadded(["." * length + name + "." * length for name in names], index, length)


@windows.misconception(
    "All windows hold three symbols. How many they hold is said by `length`: today's network reads "
    "three, and later you will try one, four and six."
)
def _always_three(names, index, length):
    return windows(names, index, 3)


@windows.misconception(
    "Windows and targets are exchanged: the pair is (X, y), and X, the windows, comes first."
)
def _targets_first(names, index, length):
    return windows(names, index, length)[::-1]


@windows.misconception(
    "The second symbol of a name is the first target. Its first has a window too, one full of "
    "dots: note a target before the window has moved for the first time."
)
def _late_start(names, index, length):
    return unpadded(["." * (length - 1) + name + "." for name in names], index, length)
