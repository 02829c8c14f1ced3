"""Numbers as people read them, the same in the terminal and in a notebook."""

from __future__ import annotations


def length(minutes: float) -> str:
    """A time in minutes: `45 min`, `2 h 5 min`."""
    hours, rest = divmod(round(minutes), 60)
    return " ".join([*([f"{hours} h"] if hours else []),
                     *([f"{rest} min"] if rest or not hours else [])])


def count(number: int, one: str) -> str:
    """So many of something: `1 module`, `3 modules`."""
    return f"{number} {one if number == 1 else one + 's'}"
