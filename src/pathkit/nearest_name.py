"""The name that was probably meant, wherever somebody types one."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

# Nothing longer is a slip of the finger, and difflib takes quadratic time.
LONGEST = 80


def nearest(name: object, known: Iterable[str]) -> str | None:
    """The known name that is most like `name`, whatever its case; None when none is."""
    if not isinstance(name, str) or not name or len(name) > LONGEST:
        return None
    by_folded: dict[str, str] = {}
    for one in known:
        by_folded.setdefault(one.casefold(), one)
    found = difflib.get_close_matches(name.strip().casefold(), list(by_folded), 1)
    return by_folded[found[0]] if found else None


def did_you_mean(name: object, known: Iterable[str], otherwise: str = "") -> str:
    """`; did you mean 'attention'?`, or `otherwise` where nothing known is like it."""
    found = nearest(name, known)
    return f"; did you mean {found!r}?" if found else otherwise
