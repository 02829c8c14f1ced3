"""What is left to do on the way to a goal, in order and to the minute."""

from __future__ import annotations

import dataclasses

from pathkit.learner.plan.goal import Goal
from pathkit.learner.progress import Progress
from pathkit.learner.what_next import in_order
from pathkit.path_map import Exercise, Module, PathMap, Resource
from pathkit.path_times import counted_in


@dataclasses.dataclass(frozen=True)
class Work:
    """What is left of a notebook (`resource` is None) or of something to watch or read.

    steps: the exercises left in a notebook, each with its share of `minutes`; they add up to it.
    last: whether nothing of the module is counted after it.
    """

    module: Module
    resource: Resource | None
    minutes: int
    steps: tuple[tuple[Exercise, int], ...] = ()
    last: bool = False


@dataclasses.dataclass(frozen=True)
class Leg:
    """One module of the route: what to do, in order, and what is named but not counted."""

    module: Module
    works: tuple[Work, ...]
    optional: tuple[Resource, ...]

    @property
    def minutes(self) -> int:
        """Minutes of what is counted."""
        return sum(work.minutes for work in self.works)


def route(
    path: PathMap, progress: Progress, goal: Goal, with_resources: bool = True
) -> tuple[Leg, ...]:
    """The shortest way to a goal: what it builds on and isn't done yet, as `in_order` orders it.

    Of a module that was begun counts what is left. Of a draft only its resources are counted, since
    nothing else is there. Without resources none is named either.
    """
    targets = goal.targets(path)
    if not targets:
        return ()
    modules = in_order(progress, () if goal.is_whole else {m.id for m in targets})
    once = counted_in(modules) if with_resources else {}
    legs = []
    for module in modules:
        left = progress.minutes_left(module) / module.minutes if module.minutes else 0.0
        watched = once.get(module.id, ())
        works = [
            Work(module, resource, minutes)
            for resource in watched
            if (minutes := _left_of(resource, left))
        ]
        if not module.draft:
            works.append(_notebook(module, progress))
        if works:
            works[-1] = dataclasses.replace(works[-1], last=True)
        optional = tuple(r for r in module.resources if with_resources and r not in watched)
        legs.append(Leg(module, tuple(works), optional))
    return tuple(legs)


def _left_of(resource: Resource, left: float) -> int:
    """Nobody logs what was watched: with a first exercise done, one has begun with the module.

    What comes before the notebook is then behind, what goes along with it as far as the notebook.
    """
    if left == 1.0:
        return resource.minutes
    return 0 if resource.when == "before" else round(resource.minutes * left)


def _notebook(module: Module, progress: Progress) -> Work:
    """The notebook with the exercises left in it; its minutes are shared out by theirs."""
    minutes = max(1, round(progress.minutes_left(module)))
    left = [e for e in module.exercises if not progress.exercise(e.id).passed]
    whole = sum(e.minutes for e in left)
    if not whole:
        return Work(module, None, minutes)
    # Rounded ends, not rounded shares: so the shares add up.
    ends, sofar = [0], 0
    for exercise in left:
        sofar += exercise.minutes
        ends.append(round(minutes * sofar / whole))
    shares = [b - a for a, b in zip(ends, ends[1:], strict=False)]
    return Work(module, None, minutes, tuple(zip(left, shares, strict=True)))
