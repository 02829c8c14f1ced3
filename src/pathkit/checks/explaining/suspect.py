"""A right answer with one thing changed: how that is said, and what it does on each probe."""

from __future__ import annotations

from collections.abc import Callable

from pathkit.checks.outputs import Output

# Seconds that one changed answer gets for one probe.
SECONDS = 0.25


class Suspect:
    """A changed right answer. said: what is off in it, from the narrow to the wide.

    weight: which one is told where several fit and have nothing in common: 3 for a part that is
    left out; 2 for what can be seen from outside, an argument that counts as another; 1 for a slip
    that people make often; else 0.
    """

    def __init__(self, said: tuple[str, ...], weight: int, run: Callable[[int], Output]):
        self.said = said
        self.weight = weight
        self._run = run
        self._results: dict[int, Output] = {}

    def result(self, probe: int) -> Output:
        """What it does on a probe; found out once."""
        if probe not in self._results:
            self._results[probe] = self._run(probe)
        return self._results[probe]
