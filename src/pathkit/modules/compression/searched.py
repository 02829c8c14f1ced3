"""Frequencies that notice a search for a symbol which never ends."""

from __future__ import annotations

from pathkit.checks.told import Told

ENOUGH = 50  # looks for each symbol of the alphabet; a search needs three at most


class Searched(list):
    """A list of frequencies; raises Told once it was sliced far more often than a search needs.

    `while sum(f[: symbol + 1]) <= strip` goes on for ever when no strip ends behind the place.
    """

    slices = 0

    def __getitem__(self, place):
        self.slices += isinstance(place, slice)
        if self.slices > ENOUGH * len(self) + ENOUGH:
            raise Told(
                "The search for a symbol doesn't end. Either it stays at one symbol, or it goes on "
                "past the last: then no strip ends behind the place. Look at how the strip is "
                "computed, and whether the zoom before left the place inside its symbol's part."
            )
        return super().__getitem__(place)
