"""What a generated page says of the path as a whole: how much there is, and how long it takes."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from pathkit.learner.plan import times
from pathkit.learner.plan.goal import ESSENTIALS, Goal
from pathkit.learner.plan.times import Times
from pathkit.learner.progress import replay
from pathkit.path_map import PathMap


@dataclasses.dataclass(frozen=True)
class Overview:
    """whole, fast: of the path and its fast route; modules: each by id; drafts: without lessons."""

    whole: Times = Times()
    fast: Times = Times()
    modules: Mapping[str, Times] = dataclasses.field(default_factory=dict)
    drafts: frozenset[str] = frozenset()

    @classmethod
    def of(cls, path: PathMap) -> Overview:
        """What holds for somebody who has done nothing of the path yet."""
        nothing = replay(path, [])
        return cls(
            times.left(nothing),
            times.left(nothing, Goal(ESSENTIALS)),
            {m.id: times.left_of(nothing, m) for m in path.modules},
            frozenset(m.id for m in path.modules if m.draft),
        )
