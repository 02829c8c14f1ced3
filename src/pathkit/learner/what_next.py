"""What comes next: one answer, whoever asks and wherever it is shown."""

from __future__ import annotations

import dataclasses
from bisect import bisect_left, insort
from collections.abc import Collection

from pathkit.learner.progress import Progress
from pathkit.path_map import Exercise, Module, PathMap, with_ground


@dataclasses.dataclass(frozen=True)
class Step:
    """The next thing to do: an exercise of a module, or the module itself.

    why: for people. plan: what the plan leads to that says so; "" where the path's order does.
    """

    module: Module
    exercise: Exercise | None
    why: str
    plan: str = ""


def next_step(progress: Progress, among: Collection[str] = ()) -> Step | None:
    """What to do next; None when no lesson is left. `among`: the modules of a plan; () means all.

    Always a module that isn't finished, that has its lesson, and that stands on finished ones; or,
    for who has done nothing yet or is in the middle of it, the evening that leads through them all.
    """
    module = None if among else _evening(progress)
    module = module or next(iter(in_order(progress, among)), None)
    if module is None or module.draft:
        return None
    left = [e for e in module.exercises if not progress.exercise(e.id).passed]
    begun = left and progress.started(module)
    return Step(module, left[0] if begun else None, _why(progress, module))


def _evening(progress: Progress) -> Module | None:
    """The evening of the path, where it is what comes next."""
    evening = progress.path.evening
    if evening is None or progress.finished(evening):
        return None
    if progress.last_module == evening.id:
        return evening
    known = progress.last_module or any(map(progress.started, progress.path.modules))
    return None if known else evening


def in_order(progress: Progress, among: Collection[str] = ()) -> list[Module]:
    """What is left to do, each module after what it builds on; drafts last.

    among: the modules of a plan, to which belongs what they build on; () means all. The module
    that was worked on last comes first. Then a plan goes by the path's order; without one come the
    modules behind that one first, and then those before it: who skipped one meant to.
    """
    left = _left(progress, among)
    drafts = [m for m in left if m.draft]
    lessons = {m.number: m for m in left if not m.draft}
    done = {m.id for m in progress.path.modules if progress.finished(m)}
    waits = {n: {r for r in m.requires if r not in done} for n, m in lessons.items()}
    waiting_for: dict[str, list[int]] = {}
    for number, needed in waits.items():
        for name in needed:
            waiting_for.setdefault(name, []).append(number)
    ready = sorted(number for number, needed in waits.items() if not needed)
    here = next((m.number for m in progress.path.modules if m.id == progress.last_module), 0)
    found = []
    while lessons:
        # A lesson that isn't written can't be waited for, as long as one needn't jump over others.
        able = ready or sorted(
            n for n, m in lessons.items() if not _missing(progress.path, m, done))
        # Modules of a plan come in their order, but for the one that is being worked on.
        onward = bisect_left(able, here) if not among or here in able else 0
        one = lessons.pop(able[onward] if onward < len(able) else able[0])
        found.append(one)
        done.add(one.id)
        here = one.number
        if one.number in ready:
            ready.remove(one.number)
        for number in waiting_for.get(one.id, ()):
            waits[number].discard(one.id)
            if not waits[number] and number in lessons:
                insort(ready, number)
    return found + drafts


def _left(progress: Progress, among: Collection[str]) -> list[Module]:
    """What isn't finished of these modules and of all that they build on, in the path's order."""
    wanted = (m for m in progress.path.modules if not among or m.id in among)
    return list(with_ground(progress.path, wanted, progress.finished))


def _missing(path: PathMap, module: Module, done: Collection[str]) -> set[str]:
    """The lessons that a module builds on, by way of drafts too, and that aren't done."""
    found: set[str] = set()
    for name in module.requires:
        if name not in done:
            needed = path.module(name)
            found |= _missing(path, needed, done) if needed.draft else {name}
    return found


def _why(progress: Progress, module: Module) -> str:
    if module is progress.path.evening and not progress.started(module):
        return "it leads once through all of it, and needs nothing before it"
    if progress.started(module):
        last = module.id == progress.last_module
        return "you are in the middle of it" if last else "you have begun it"
    waiting = [m for m in module.requires if not progress.finished(progress.path.module(m))]
    if waiting:
        return f"the lessons that it builds on aren't written yet: {', '.join(waiting)}"
    if module.requires:
        return f"you have what it builds on: {', '.join(module.requires)}"
    return "it needs nothing before it"
