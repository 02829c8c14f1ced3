"""The ids of generated cells that something else points at."""

from __future__ import annotations

# nbformat allows 64 characters; the rest is for a number where two ids would be the same.
LONGEST = 58


def cell_id(module: str, name: str, role: str) -> str:
    """The id of a cell that belongs to an exercise or a prediction, such as its prompt."""
    return f"{module}-{name}-{role}".replace("_", "-")[-LONGEST:]
