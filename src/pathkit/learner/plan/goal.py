"""Where a learner wants to get to, how, and what that takes; kept in the folder's settings."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection
from datetime import time

from pathkit.learner import settings
from pathkit.learner.folder import Folder
from pathkit.learner.progress import Progress
from pathkit.learner.what_next import Step, next_step
from pathkit.path_map import Module, PathMap, with_ground

WHOLE, ESSENTIALS, MODULE = "whole", "essentials", "module"


@dataclasses.dataclass(frozen=True)
class Goal:
    """kind: whole, essentials or module; module: the id of that module, "" for the others."""

    kind: str = WHOLE
    module: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether it is all of the path."""
        return self.kind == WHOLE

    def targets(self, path: PathMap) -> tuple[Module, ...]:
        """The modules that are wanted for their own sake; none when the module is gone."""
        if self.kind == ESSENTIALS:
            return tuple(m for m in path.modules if m.essential)
        if self.kind == MODULE:
            return tuple(m for m in path.modules if self.module in (m.id, *m.formerly))
        return path.modules

    def name(self, path: PathMap) -> str:
        """What people call it; raises IndexError when the module is gone."""
        if self.kind == MODULE:
            return self.targets(path)[0].title.partition(":")[0]
        return "the fast route ★" if self.kind == ESSENTIALS else "the whole path"


def needed(
    path: PathMap, targets: Collection[Module], progress: Progress | None = None
) -> tuple[Module, ...]:
    """`targets` and all that they build on, in the path's order.

    With `progress`, what is finished is left out, and so is what only that builds on: someone who
    tested out of a module has what it needs.
    """
    if progress is None:
        return with_ground(path, targets)
    return with_ground(path, targets, progress.finished)


@dataclasses.dataclass(frozen=True)
class Wishes:
    """What a plan was asked for. hours: a week; days: Monday is 0, () means the usual ones;
    at: HH:MM; resources: whether they count.
    """

    goal: Goal = Goal()
    hours: float = 5.0
    days: tuple[int, ...] = ()
    at: str = "19:00"
    resources: bool = True

    @property
    def minutes(self) -> int:
        """Minutes a week."""
        return round(self.hours * 60)


def stored(folder: Folder) -> Wishes | None:
    """What the last plan was asked for; None when there is none, or it can't be read."""
    try:
        found = settings.read(folder)["plan"]
        days = tuple(sorted({int(day) for day in found["days"]}))
        wishes = Wishes(
            Goal(found["goal"], found["module"]), float(found["hours"]), days,
            time.fromisoformat(found["at"]).strftime("%H:%M"), bool(found["resources"]),
        )
    except (KeyError, TypeError, ValueError, OverflowError):
        return None
    fits = 1 <= wishes.minutes <= 168 * 60 and all(0 <= day < 7 for day in days)
    return wishes if fits else None


def store(folder: Folder, wishes: Wishes) -> None:
    """Keep what a plan was asked for; raises OSError when that can't be written."""
    goal = {"goal": wishes.goal.kind, "module": wishes.goal.module}
    settings.change(folder, plan={**dataclasses.asdict(wishes), **goal})


def modules_of_plan(
    folder: Folder, path: PathMap, progress: Progress | None = None
) -> frozenset[str]:
    """Ids of the modules that the learner's plan goes through, the goal's own among them.

    Empty when the plan is the whole path, or when there is none: `next_step` takes it so. With
    `progress`, what only finished modules build on is left out, as in the plan.
    """
    wishes = stored(folder)
    if wishes is None or wishes.goal.is_whole:
        return frozenset()
    targets = wishes.goal.targets(path)
    return frozenset(m.id for m in (*needed(path, targets, progress), *targets))


def coming_step(progress: Progress) -> Step | None:
    """What comes next, wherever it is shown; None when no lesson is left.

    By the learner's plan, where there is one and something of it is left to do, else by the order
    of the path.
    """
    home, path = progress.home, progress.path
    among = modules_of_plan(home, path, progress) if home else ()
    if not among:
        return next_step(progress)
    goal = stored(home).goal.name(path)
    if step := next_step(progress, among):
        return dataclasses.replace(step, plan=goal)
    beyond = next_step(progress)
    left = [m for m in path.modules if m.id in among and not progress.finished(m)]
    done = "what is left of your plan has no lesson yet" if left else "your plan is done"
    return beyond and dataclasses.replace(beyond, why=f"{done}; {beyond.why}")
