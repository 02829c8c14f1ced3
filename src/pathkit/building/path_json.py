"""The path's map, as `pathkit build` makes it of a curriculum and its exercises."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pathkit.building.notebook_cells import filename
from pathkit.files import digest
from pathkit.path_map import Card, Exercise, Meeting, Module, PathMap, Resource, Term
from pathkit.path_modules import EVENING


def make(
    path: Any, contents: Mapping[str, Any], content: str = "", evening: Any = None
) -> PathMap:
    """The map of a curriculum; `contents` are the texts of the exercises of modules with a lesson.

    path: a Curriculum; contents: Content by module id; content: see `PathMap`; evening: an Evening.
    """
    modules = []
    for number, module in enumerate(path.modules, 1):
        found = contents.get(module.id)
        exercises = found.exercises.values() if found else ()
        predictions = found.predictions.values() if found else ()
        modules.append(Module(
            id=module.id, number=number, title=module.title, tagline=module.tagline,
            part=path.part_of(module.id).title, file=filename(path, module.id),
            level=module.level, essential=module.essential, minutes=module.minutes,
            requires=module.requires, outcomes=module.outcomes,
            exercises=tuple(
                Exercise(f"{module.id}.{e.name}", e.name, e.title, e.level, e.minutes, e.hints)
                for e in exercises
            ),
            predictions=tuple(f"{module.id}.{p.id}" for p in predictions if not p.skip),
            can_skip=any(p.skip for p in predictions),
            resources=tuple(
                Resource(r.id, r.title, r.kind, r.moved.url if r.moved else r.url, r.level,
                         r.minutes, r.when, r.instead_of or "")
                for r in module.resources
            ),
            cards=tuple(
                Card(f"{module.id}.{digest(c.ask.encode())[:8]}", c.ask, c.answer)
                for c in module.cards
            ),
            group=Meeting(module.group.discuss, module.group.pairs, module.group.plan)
            if module.group else None,
            terms=tuple(Term(t.term, t.word or "", t.says, t.defined) for t in module.terms),
            formerly=getattr(module, "formerly", ()),
            draft=found is None,
        ))
    return PathMap(path.title, tuple(p.title for p in path.parts), tuple(modules), content,
                   evening and _evening(evening))


def _evening(found: Any) -> Module:
    return Module(
        id=EVENING, number=0, title=found.title, tagline=found.tagline, part="", file=found.file,
        level="easy", essential=False, minutes=found.minutes, requires=(), outcomes=(),
        exercises=tuple(
            Exercise(f"{owner}.{e.name}", e.name, e.title, e.level, e.minutes, e.hints)
            for owner, e in found.exercises
        ),
        predictions=(), can_skip=False, resources=(), cards=(), group=None,
    )
