"""Rules of the order: what a module requires exists, comes earlier, and leads in no circle."""

from collections.abc import Iterator

from pathkit.curriculum import field_checks
from pathkit.curriculum.entries import Entry, by_id
from pathkit.curriculum.findings import Finding, LineOf
from pathkit.curriculum.value_words import did_you_mean


def prerequisites(modules: list[Entry], line_of: LineOf) -> Iterator[Finding]:
    """Yield requirements that name no module, or one that comes later."""
    known = by_id(modules)
    places = {entry.id: number for number, entry in enumerate(known.values())}
    circular = _circular_steps(modules)
    for module in modules:
        for path, needed in module.texts("requires"):
            if not field_checks.is_identifier(needed):
                continue
            if needed not in known:
                hint = did_you_mean(needed, known)
                yield Finding(path, f"there is no module '{needed}'{hint}")
            elif (
                module.id is not None
                and (module.id, needed) not in circular
                and places[needed] > places[module.id]
            ):
                line = line_of((*known[needed].path, "id"))
                yield Finding(path, f"the module '{needed}' comes later, in line {line}")


def cycles(modules: list[Entry]) -> Iterator[Finding]:
    """Yield each circle of requirements once."""
    circular = _circular_steps(modules)
    told: set[frozenset[str]] = set()
    for module in by_id(modules).values():
        for path, needed in module.texts("requires"):
            cycle = circular.get((module.id, needed))
            if cycle is None or frozenset(cycle) in told:
                continue
            told.add(frozenset(cycle))
            if len(cycle) == 1:
                yield Finding(path, f"the module '{needed}' requires itself")
            else:
                yield Finding(path, f"a circle of requirements: {' -> '.join([*cycle, cycle[0]])}")


def _circular_steps(modules: list[Entry]) -> dict[tuple[str | None, str], list[str]]:
    """Map each step (module, prerequisite) that closes a circle to a shortest such circle."""
    graph = {
        name: [needed for _, needed in module.texts("requires")]
        for name, module in by_id(modules).items()
    }
    circular = {}
    for name, required in graph.items():
        for needed in required:
            way = _shortest_way(graph, needed, name)
            if way is not None:
                circular[name, needed] = [name, *way[:-1]]
    return circular


def _shortest_way(graph: dict[str, list[str]], start: str, goal: str) -> list[str] | None:
    came_from: dict[str, str | None] = {start: None}
    queue = [start]
    for name in queue:
        if name == goal:
            way, step = [], goal
            while step is not None:
                way.append(step)
                step = came_from[step]
            return way[::-1]
        for needed in graph.get(name, []):
            if needed not in came_from:
                came_from[needed] = name
                queue.append(needed)
    return None
