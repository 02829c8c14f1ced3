"""What a generated page says of the path as a whole: how much there is, and how long it takes."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from pathkit.path_map import Module, PathMap, with_ground
from pathkit.path_times import Times, of_modules


@dataclasses.dataclass(frozen=True)
class Overview:
    """whole, fast: of the path and its fast route; modules: each by id; drafts: without lessons.

    evening: the notebook that leads once through the path, if there is one.
    """

    whole: Times = Times()
    fast: Times = Times()
    modules: Mapping[str, Times] = dataclasses.field(default_factory=dict)
    drafts: frozenset[str] = frozenset()
    evening: Module | None = None

    @classmethod
    def of(cls, path: PathMap) -> Overview:
        """What holds for somebody who has done nothing of the path yet."""
        fast = with_ground(path, (m for m in path.modules if m.essential))
        return cls(
            of_modules(path.modules),
            of_modules(fast),
            {m.id: of_modules([m]) for m in path.modules},
            frozenset(m.id for m in path.modules if m.draft),
            path.evening,
        )


NOT_SAID = Overview()
"""Of a path that nothing is known of but its curriculum."""
