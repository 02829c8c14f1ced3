"""How a plan looks: as a table, as Markdown, as JSON."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from typing import Any

from pathkit.learner.plan import times
from pathkit.learner.plan.plan import Piece, Week
from pathkit.learner.plan.plan_text import day, name, portion, span, todo
from pathkit.path_map import Resource
from pathkit.quantities import length


def _rows(week: Week, by_day: bool) -> Sequence[tuple[str, Piece]]:
    """The pieces of a week, each with its day where another day begins."""
    if not by_day:
        return [("", piece) for piece in week.pieces]
    return [
        ("" if i else day(session.day), piece)
        for session in week.sessions
        for i, piece in enumerate(session.pieces)
    ]


def print_table(title: str, weeks: Sequence[Week], by_day: bool) -> None:
    """The weeks as a table, with the day of each session when `by_day`."""
    import sys

    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(width=None if sys.stdout.isatty() else 100, highlight=False, markup=False)
    optional = any(week.optional for week in weeks)
    caption = "(minutes): optional, not counted" if optional else None
    table = Table(box=box.SIMPLE_HEAD, caption=caption)
    for column in ("when", "module", "what"):
        table.add_column(column, no_wrap=column == "when")
    table.add_column("min", justify="right", no_wrap=True)
    for week in weeks:
        table.add_row(f"week {week.number}", span(week.first, week.last), "", str(week.minutes),
                      style="bold")
        before = None
        for when, piece in _rows(week, by_day):
            module = piece.work.module
            table.add_row(when, "" if module is before else Text(name(module)),
                          Text(todo(piece)), str(piece.minutes))
            before = module
        for module, resource in week.optional:
            table.add_row("", "" if module is before else Text(name(module)),
                          Text(f"{resource.kind}: {resource.title}"), f"({resource.minutes})",
                          style="dim")
            before = module
        table.add_section()
    console.print(title, soft_wrap=True)
    console.print(table)


def markdown(title: str, weeks: Sequence[Week], by_day: bool) -> str:
    """The weeks as a list to tick off."""
    lines = ["# My plan", "", title]
    for week in weeks:
        lines += ["", f"## Week {week.number} · {span(week.first, week.last)} · "
                  f"{length(week.minutes)}", ""]
        for when, piece in _rows(week, by_day):
            if when:
                lines += ([] if lines[-1] == "" else [""]) + [f"**{when}**", ""]
            lines.append(f"- [ ] {_markdown_of(piece)}")
        lines += [f"- optional: {_escaped(name(module))}, {_linked(resource)}, "
                  f"{resource.minutes} min" for module, resource in week.optional]
    return "\n".join(lines) + "\n"


def _markdown_of(piece: Piece) -> str:
    module = piece.work.module
    if piece.work.resource:
        text = _linked(piece.work.resource)
    else:
        text = f"notebook: [{module.file}]({module.file})"
    part = portion(piece)
    return f"{_escaped(name(module))}, {text}, {_escaped(part) + ', ' if part else ''}" \
           f"{piece.minutes} min"


def _linked(resource: Resource) -> str:
    return f"{resource.kind}: [{_escaped(resource.title)}](<{resource.url}>)"


def _escaped(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>#|$])", r"\\\1", text)


def as_dict(
    goal: str, weeks: Sequence[Week], minutes_a_week: int, at: str
) -> dict[str, Any]:
    """Plain data for JSON."""
    return {
        "goal": goal,
        "minutes": sum(week.minutes for week in weeks),
        "minutes_a_week": minutes_a_week,
        "modules": list(dict.fromkeys(p.work.module.id for week in weeks for p in week.pieces)),
        "times": dataclasses.asdict(times.of_pieces(p for week in weeks for p in week.pieces)),
        "weeks": [
            {
                "number": week.number,
                "from": week.first.isoformat(),
                "to": week.last.isoformat(),
                "minutes": week.minutes,
                "sessions": [
                    {
                        "date": session.day.isoformat(),
                        "at": at,
                        "minutes": session.minutes,
                        "pieces": [_piece_dict(piece) for piece in session.pieces],
                    }
                    for session in week.sessions
                ],
                "optional": [
                    {"module": module.id, **_resource_dict(resource), "minutes": resource.minutes}
                    for module, resource in week.optional
                ],
            }
            for week in weeks
        ],
    }


def _piece_dict(piece: Piece) -> dict[str, Any]:
    work = piece.work
    about = _resource_dict(work.resource) if work.resource else {
        "kind": "notebook", "title": work.module.title, "file": work.module.file,
        "exercises": [exercise.id for exercise in piece.exercises],
    }
    return {
        "module": work.module.id, **about, "minutes": piece.minutes, "begin": piece.begin,
        "end": piece.end, "of": work.minutes, "part": portion(piece),
    }


def _resource_dict(resource: Resource) -> dict[str, Any]:
    return {"resource": resource.id, "kind": resource.kind, "title": resource.title,
            "url": resource.url, "when": resource.when}
