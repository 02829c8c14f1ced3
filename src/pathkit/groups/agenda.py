"""The sheet for one meeting: 20 minutes alone, 40 in pairs, 20 together."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pathkit.groups import board
from pathkit.path_map import Module, PathMap
from pathkit.path_times import counted


def pairs(found: Sequence[board.Row], module: Module) -> list[tuple[str, ...]]:
    """Members in pairs, who is furthest in the module with who is least far; three if one is left.
    """
    names = [r.name for r in sorted(found, key=lambda r: -_done(r, module))]
    half = len(names) // 2
    together = [(names[i], names[-1 - i]) for i in range(half)]
    if len(names) % 2 and half:
        together[-1] = (*together[-1], names[half])
    return together


def _done(row: board.Row, module: Module) -> float:
    if row.progress.finished(module):
        return len(module.exercises) + 0.5
    return row.progress.passed(module)


def markdown(path: PathMap, module: Module, found: Sequence[board.Row]) -> str:
    """The agenda of a module with a group box, as Markdown."""
    group = module.group
    steps = re.split(r"(?<=[.?!])\s+(?=\d+ minutes)", group.plan)
    lines = [f"# {module.number} · {module.title}", "", module.tagline, ""]
    lines += ["## Plan", "", *(f"- {step}" for step in steps), ""]
    if module.resources:
        time = "lesson to come" if module.draft else f"{module.minutes} min"
        lines += ["## Before you meet", "", f"- the notebook `{module.file}`, {time}"]
        lines += [f"- [{r.title}]({r.url}), {r.kind}, {r.minutes} min" for r in counted(module)]
        lines.append("")
    lines += ["## In pairs", "", group.pairs, ""]
    if together := pairs(found, module):
        lines += ["Who with whom: " + "; ".join(" and ".join(pair) for pair in together) + ".", ""]
    stuck = [h for h in board.helps(path, found) if h.module.id == module.id]
    if stuck:
        lines += ["Stuck, and who can help:", ""]
        lines += [
            f"- {h.who} on *{h.exercise.title}*: "
            + (", ".join(h.helpers) if h.helpers else "nobody has it yet; look at it together")
            for h in stuck
        ]
        lines.append("")
    lines += ["## Together", "", *(f"{i}. {q}" for i, q in enumerate(group.discuss, 1)), ""]
    if module.cards:
        asked = module.cards[:3]
        lines += ["## To begin: without looking it up", ""]
        lines += [f"- {card.ask}" for card in asked]
        lines.append("")
    return "\n".join(lines)
