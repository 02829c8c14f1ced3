"""Whether a wrong answer gives the same when it is called again: one that draws does not."""

from __future__ import annotations

import time
from typing import Any

from pathkit.checks.compare import Tolerance, difference
from pathkit.checks.outputs import Outputs, Returned
from pathkit.checks.run import on_probe

# Seconds: a call that takes longer isn't made again, and all of them take no more than twice that.
QUICK = 0.05


def varies(exercise: Any, answer: Any, outputs: Outputs, seed: int) -> int | None:
    """The first probe, from 0, on which a second call gives another value, where none should.

    Under the settings of a check. A value has no calls, and a reference that varies itself means
    that an answer may.
    """
    if exercise.is_value:
        return None
    found = _varying(exercise, answer, outputs, seed)
    if found is None:
        return None
    meant = _varying(exercise, exercise.right_answer(), exercise.standard(seed).expected, seed)
    return found if meant is None else None


def _varying(exercise: Any, answer: Any, outputs: Outputs, seed: int) -> int | None:
    end = time.monotonic() + 2 * QUICK
    for i, (probe, result) in enumerate(zip(exercise.draw(seed), outputs.results, strict=False)):
        if time.monotonic() > end:
            return None
        if not isinstance(result, Returned):
            continue
        # Two new ones: a check begins with the same random numbers as the run before it did.
        first, second = (on_probe(answer, probe, exercise.drive, QUICK) for _ in range(2))
        if isinstance(first, Returned) and isinstance(second, Returned):
            found = difference(first.value, second.value, Tolerance())  # threads round otherwise
            if found is not None and found.kind == "wrong value":
                return i
    return None
