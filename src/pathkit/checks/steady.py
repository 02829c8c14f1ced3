"""What our own code needs wherever it is called: room to recurse, and warnings that are warnings.

A notebook may have set a low limit of recursion or made errors of warnings; an import that either
cuts short leaves half of a package behind.
"""

from __future__ import annotations

import contextlib
import sys
import warnings
from collections.abc import Iterator

LEAST_RECURSION = 1000


@contextlib.contextmanager
def steady() -> Iterator[None]:
    """Run a block with at least Python's usual limit of recursion, and without warnings."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(max(limit, LEAST_RECURSION))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        with contextlib.suppress(RecursionError):  # lower than where we stand
            sys.setrecursionlimit(limit)
