"""The right answer to another question: what an argument would have to be for these results."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from pathkit.checks.explaining.suspect import SECONDS, Suspect
from pathkit.checks.outputs import Output, Raised
from pathkit.checks.run import Drive, outcome

Change = Callable[[Any], Any]


class _DoesNotApply(Exception):
    """An argument of this kind can't be changed so."""


def asked_otherwise(
    right: Any, probes: Sequence[tuple], drive: Drive, parameters: Sequence[str]
) -> Iterator[Suspect]:
    """The right answer with one argument changed, or two exchanged, for each way to do so."""
    names = [f"`{name}`" for name in parameters]
    for i, name in enumerate(names):
        for said, change in _CHANGES:
            yield _suspect(right, probes, drive, _changed(i, change),
                           *(one.format(name) for one in said.split("|")))
    for i, j in itertools.combinations(range(len(names)), 2):
        yield _suspect(right, probes, drive, _exchanged(i, j),
                       f"{names[i]} and {names[j]} have exchanged their places")
    for i, j in itertools.permutations(range(len(names)), 2):
        yield _suspect(right, probes, drive, _instead(i, j),
                       f"{names[j]} is used where {names[i]} belongs")


def _suspect(
    right: Any, probes: Sequence[tuple], drive: Drive, change: Change, *said: str
) -> Suspect:
    def run(probe: int) -> Output:
        try:
            return outcome(right, change(probes[probe]), drive, SECONDS)
        except Exception as error:
            return Raised("DoesNotApply", type(error).__name__)

    return Suspect(said, 2, run)


def _changed(i: int, change: Change) -> Change:
    return lambda probe: (*probe[:i], change(probe[i]), *probe[i + 1 :])


def _exchanged(i: int, j: int) -> Change:
    def change(probe: tuple) -> tuple:
        if type(probe[i]) is not type(probe[j]):
            raise _DoesNotApply
        new = list(probe)
        new[i], new[j] = probe[j], probe[i]
        return tuple(new)

    return change


def _instead(i: int, j: int) -> Change:
    def change(probe: tuple) -> tuple:
        if type(probe[i]) is not type(probe[j]):
            raise _DoesNotApply
        return (*probe[:i], probe[j], *probe[i + 1 :])

    return change


def _floats(value: Any) -> Any:
    if isinstance(value, bool) or not (
        isinstance(value, float | int)
        or (isinstance(value, np.ndarray) and value.dtype.kind in "iuf")
        or _is_float_tensor(value)
    ):
        raise _DoesNotApply
    return value


def _is_float_tensor(value: Any) -> bool:
    return type(value).__name__ == "Tensor" and bool(value.is_floating_point())


def _table(value: Any) -> Any:
    if getattr(value, "ndim", 0) != 2:
        raise _DoesNotApply
    return value


def _row(value: Any) -> Any:
    """What can be cut: a list, a text, an array."""
    if isinstance(value, list | str | tuple) or getattr(value, "ndim", 0) > 0:
        return value
    raise _DoesNotApply


def _plain_row(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return value
    raise _DoesNotApply


_CHANGES: tuple[tuple[str, Change], ...] = (
    ("{} counts as 0|{} is left out", lambda v: _floats(v) * 0),
    ("{} counts as 1|{} is left out as a factor|the division by {} is left out",
     lambda v: _floats(v) * 0 + 1),
    ("{} enters with its sign turned round", lambda v: -_floats(v)),
    ("negative numbers of {} count as positive", lambda v: abs(_floats(v))),
    ("{} enters squared", lambda v: _floats(v) ** 2),
    ("{} is 1 too large", lambda v: _floats(v) + 1),
    ("{} is 1 too small", lambda v: _floats(v) - 1),
    ("{} is taken twice", lambda v: 2 * _floats(v)),
    ("{} is taken by half", lambda v: _floats(v) / 2),
    ("{} is transposed", lambda v: _table(v).T),
    ("{} is read backwards", lambda v: _plain_row(v)[::-1]),
    ("the first item of {} is passed over", lambda v: _row(v)[1:]),
    ("the last item of {} is passed over", lambda v: _row(v)[:-1]),
    ("what {} holds more than once counts once", lambda v: list(dict.fromkeys(_plain_row(v)))),
    ("{} is sorted first", lambda v: sorted(_plain_row(v))),
    ("only the first item of {} counts", lambda v: _row(v)[:1]),
    ("only the last item of {} counts", lambda v: _row(v)[-1:]),
)
