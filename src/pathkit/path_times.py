"""How long a path takes, in both of its parts and in the same words wherever it is said."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable

from pathkit.path_map import Module, Resource
from pathkit.quantities import length

COUNTED = ("before", "during")


@dataclasses.dataclass(frozen=True)
class Times:
    """Minutes of notebooks, and of what to watch and read before and along with them."""

    notebooks: int = 0
    resources: int = 0

    @property
    def both(self) -> int:
        """All of it."""
        return self.notebooks + self.resources

    def __str__(self) -> str:
        """`10 h 55 min of notebooks, 21 h of videos and texts`; a part that is nothing is left out.
        """
        return self._said("of notebooks")

    @property
    def of_one(self) -> str:
        """The same of one module: `1 h 15 min in the notebook, 59 min of videos and texts`."""
        return self._said("in the notebook")

    def _said(self, notebooks: str) -> str:
        parts = [
            *([f"{length(self.notebooks)} {notebooks}"] if self.notebooks else []),
            *([f"{length(self.resources)} of videos and texts"] if self.resources else []),
        ]
        return ", ".join(parts) or length(0)


def counted(module: Module) -> tuple[Resource, ...]:
    """What a module's minutes hold besides its notebook, in the order in which it is seen."""
    return counted_in([module])[module.id]


def counted_in(modules: Iterable[Module]) -> dict[str, tuple[Resource, ...]]:
    """What these modules' minutes hold besides their notebooks, by module, each thing once.

    Of resources that teach the same one is counted: the one that the others stand in for, or the
    first of them where that one is in none of these modules.
    """
    seen = {
        m.id: [r for when in COUNTED for r in m.resources if r.when == when] for m in modules
    }
    there = {r.id for found in seen.values() for r in found}
    stood_in_for: set[str] = set()
    once: dict[str, tuple[Resource, ...]] = {}
    for module, found in seen.items():
        own = []
        for resource in found:
            main = resource.instead_of or resource.id
            if resource.instead_of and (main in there or main in stood_in_for):
                continue
            stood_in_for.add(main)
            own.append(resource)
        once[module] = tuple(own)
    return once



def of_modules(modules: Collection[Module]) -> Times:
    """What these modules take somebody who has done nothing of them yet."""
    resources = [r for found in counted_in(modules).values() for r in found]
    return Times(sum(m.minutes for m in modules if not m.draft), sum(r.minutes for r in resources))
