"""What a Value remembers, looked at before it is compared: results that are Values, and pairs."""

from __future__ import annotations

import numbers
from typing import Any

from pathkit.checks.told import Told
from pathkit.checks.value_text import shown

METHODS = {"+": "__add__", "*": "__mul__", "tanh": "tanh"}


def checked(result: Any, made: list, step: tuple, formula: str) -> Any:
    """The result of a step, when it is a Value whose `inputs` are pairs.

    Raises Told for what isn't so.
    """
    if result is None:
        raise Told(f"`{formula}` came back as None. Is there a `return` in `{METHODS[step[0]]}`?")
    if not _is_value(result):
        raise Told(f"`{formula}` came back as {shown(result)}, which has no inputs: there the "
                   "trail ends. Wrap it in a new `Value`, together with what it was made of.")
    if any(result is value for value in made):
        raise Told(f"`{formula}` returned one of its inputs. An operation leaves them as they are "
                   "and returns a new Value.")
    _look_at_pairs(result.inputs, formula)
    return result


def _is_value(value: Any) -> bool:
    return all(hasattr(value, name) for name in ("data", "inputs", "grad"))


def _look_at_pairs(inputs: Any, formula: str) -> None:
    where = f"`inputs` of `{formula}`"
    if isinstance(inputs, dict):
        raise Told(f"{where} is a dict, which has one place for each Value. In `a * a` one Value "
                   "is used twice: keep a tuple of pairs, `((self, …), (other, …))`.")
    if not isinstance(inputs, tuple | list | set | frozenset):
        raise Told(f"{where} is {shown(inputs)}. It should hold pairs (value, slope), in a tuple.")
    entries = list(inputs)
    if entries and all(_is_value(entry) for entry in entries):
        raise Told(f"{where} holds values without slopes. Which values a result was made of is "
                   "half of what it must remember; the other half is how strongly it hangs on "
                   "each: pairs (value, slope).")
    if any(not isinstance(entry, tuple | list) or len(entry) != 2 for entry in entries):
        comma = (" A tuple of one pair needs a comma of its own, `((self, slope),)`."
                 if len(entries) == 2 else "")
        raise Told(f"{where} should hold pairs (value, slope), and one of its entries is no pair."
                   f"{comma}")
    for value, slope in entries:
        _look_at_pair(value, slope, formula)


def _look_at_pair(value: Any, slope: Any, formula: str) -> None:
    if _is_value(value) and _is_value(slope):
        raise Told(f"A slope in `{formula}` is a Value. A slope is a plain number, as in "
                   "`other.data`.")
    if _is_value(slope):
        raise Told(f"The pairs of `{formula}` are turned round: first the value, then its slope. "
                   "The cells below read them in this order.")
    if not _is_value(value):
        raise Told(f"A pair of `{formula}` holds {shown(value)} where a Value belongs. Nothing "
                   "leads on from a number: put `self` or `other` there, not their data.")
    if not isinstance(slope, numbers.Number) and getattr(slope, "ndim", None) != 0:
        raise Told(f"A slope in `{formula}` is {shown(slope)}. A slope is a plain number.")


def slopes_of(result: Any, made: list, places: tuple, formula: str) -> dict[int, float]:
    """For the place of each input the slope of `result`, uses added up.

    Values of an answer's own, made on the way, are passed through by the chain rule. Raises Told
    where an input of the step is missing.
    """
    known = {id(value): place for place, value in enumerate(made)}
    slopes: dict[int, float] = {}
    strangers = _follow(result, 1.0, known, slopes, 0)
    missing = [place for place in dict.fromkeys(places) if place not in slopes]
    if missing and strangers:
        raise Told(f"The pairs of `{formula}` hold other Values than its inputs, perhaps copies "
                   "with the same numbers. A grad that is worked out for a copy never reaches the "
                   "input: put `self` and `other` themselves there.")
    if missing and not slopes:
        raise Told(f"`{formula}` doesn't remember what it was made of: its `inputs` are empty, and "
                   "nothing leads back. Hand the pairs to `Value` as its second argument, and "
                   "keep them in `self.inputs`.")
    if missing:
        raise Told(f"`{formula}` remembers one of its two inputs. Each of them moves the result: "
                   "keep a pair for both.")
    return slopes


def _follow(value: Any, so_far: float, known: dict, slopes: dict, depth: int) -> bool:
    """Add up the slopes for known values; whether another one without inputs was met."""
    strangers = False
    for source, slope in value.inputs:
        place = known.get(id(source))
        if place is not None:
            slopes[place] = slopes.get(place, 0.0) + so_far * slope
        elif depth < 20 and len(source.inputs):
            strangers |= _follow(source, so_far * slope, known, slopes, depth + 1)
        else:
            strangers = True
    return strangers
