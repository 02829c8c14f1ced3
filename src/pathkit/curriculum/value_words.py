"""How messages word a value that stood in the file, and what was probably meant by it."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pathkit.curriculum.characters import LONGEST_SHOWN, printable


@dataclass(frozen=True)
class HugeNumber:
    """A number with more digits than any field has use for."""

    digits: int


def shown(value: Any) -> str:
    """Write a value as it would stand in the file, in one line."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"'{printable(value)}'"
    if isinstance(value, HugeNumber):
        return f"a number of {value.digits} digits"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "a mapping"
    return printable(repr(value))


def misplaced(value: Any, expected: str) -> str:
    """Say that a value of one kind stands where another kind is expected."""
    if isinstance(value, bool):
        return f"{shown(value)} is a truth value where {expected} is expected"
    if isinstance(value, int | float):
        return f"{shown(value)} is a number where {expected} is expected"
    if isinstance(value, str) and expected != "text":
        return f"the text {shown(value)} where {expected} is expected"
    return f"{shown(value)} where {expected} is expected"


def did_you_mean(value: Any, options: Iterable[str]) -> str:
    """Return "; did you mean 'hard'?" where an option is close to value, otherwise ""."""
    close = closest(value, options)
    return f"; did you mean '{close}'?" if close else ""


def closest(value: Any, options: Iterable[str]) -> str | None:
    """Return the option that value was probably meant to be, if there is one."""
    # difflib needs quadratic time, and nothing that long is a slip of the finger.
    if not isinstance(value, str) or len(value) > LONGEST_SHOWN:
        return None
    matches = difflib.get_close_matches(value, list(options), n=1, cutoff=0.7)
    return matches[0] if matches else None
