"""What hides by a large number below 0 where others hide by minus infinity."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

# Where a mistake leaves nothing to see, minus infinity gives nan and this gives equal weights.
LOW = -1e30


def also_by_a_low_number(exercise: Any) -> Callable[[Any], Any]:
    """Register the decorated misconception in one more spelling, with `LOW` as what hides.

    It is a registered one that takes what hides as a fifth argument.
    """

    def register(wrong: Any) -> Any:
        @exercise.spelling(wrong)
        def finite(X, Z, W, Mask):
            return wrong(X, Z, W, Mask, LOW)

        return wrong

    return register
