"""How long what is left takes a learner."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from pathkit.learner.plan.goal import Goal
from pathkit.learner.plan.plan import Piece
from pathkit.learner.plan.route import Leg, route
from pathkit.learner.progress import Progress
from pathkit.path_map import Module, PathMap, Resource
from pathkit.path_times import Times


def of(legs: Iterable[Leg]) -> Times:
    """What the legs of a route take."""
    return _sum((work.resource, work.minutes) for leg in legs for work in leg.works)


def of_pieces(pieces: Iterable[Piece]) -> Times:
    """What pieces of a plan take."""
    return _sum((piece.work.resource, piece.minutes) for piece in pieces)


def _sum(found: Iterable[tuple[Resource | None, int]]) -> Times:
    minutes = {True: 0, False: 0}
    for resource, one in found:
        minutes[resource is None] += one
    return Times(minutes[True], minutes[False])


def left(progress: Progress, goal: Goal | None = None) -> Times:
    """What is left on the way to a goal, by default of the whole path."""
    return of(route(progress.path, progress, goal or Goal()))


def left_of(progress: Progress, module: Module) -> Times:
    """What is left of one module, whatever it builds on."""
    alone = dataclasses.replace(module, requires=())
    return left(dataclasses.replace(progress, path=PathMap("", (module.part,), (alone,))))
