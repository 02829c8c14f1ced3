"""How the options of a question are named to whoever chooses."""

from __future__ import annotations

from collections.abc import Iterable


def quoted(letters: Iterable[str]) -> str:
    """`"a", "b" or "c"`: as they are to be typed."""
    *most, last = [f'"{letter}"' for letter in letters]
    return f"{', '.join(most)} or {last}" if most else last
