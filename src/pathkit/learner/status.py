"""`pathkit status`: what is done, what is left, what comes next, as data and as a table."""

from __future__ import annotations

import dataclasses
import textwrap
from collections.abc import Iterable
from datetime import date
from typing import Any

from pathkit.learner.plan import times
from pathkit.learner.plan.goal import ESSENTIALS, Goal, coming_step
from pathkit.learner.plan.times import Times
from pathkit.learner.progress import Progress
from pathkit.learner.what_next import Step
from pathkit.path_map import Module
from pathkit.quantities import count, length

SIGNS = {"done": "✓", "known": "≈", "begun": "▸", "open": ""}
LEGEND = "✓ done   ≈ known already   ▸ begun   ★ on the fast route   notebooks in minutes"
WIDEST, WIDTH = 100, 80


def figures(progress: Progress, today: date) -> dict[str, Any]:
    """What `pathkit status --json` prints.

    Times in minutes: those of `minutes` of the notebooks alone, those of `left` of both parts.
    plan: what the plan leads to that `next` is of; "" where the path's order says it.
    """
    modules = progress.path.modules
    rows = [_row(progress, module) for module in modules]
    left, fast = times.left(progress), times.left(progress, Goal(ESSENTIALS))
    step = coming_step(progress)
    return {
        "title": progress.path.title,
        "modules": {"done": sum(map(progress.finished, modules)), "of": len(modules)},
        "lessons_to_come": sum(m.draft for m in modules),
        "exercises": {
            "done": sum(map(progress.passed, modules)),
            "of": sum(len(m.exercises) for m in modules),
        },
        "minutes": {
            "spent": sum(row["minutes"]["spent"] for row in rows),
            "left": left.notebooks,
            "left_on_the_fast_route": fast.notebooks,
        },
        "left": {
            "whole": dataclasses.asdict(left),
            "fast_route": dataclasses.asdict(fast),
        },
        "predictions": {
            "right": sum(right for _, right in progress.predictions.values()),
            "made": len(progress.predictions),
        },
        "streak": progress.streak(today),
        "parts": [
            {"title": part, "modules": [r for r, m in zip(rows, modules, strict=True)
                                        if m.part == part]}
            for part in progress.path.parts
        ],
        "next": step_figures(progress, step),
        "plan": step.plan if step else "",
    }


def _row(progress: Progress, module: Module) -> dict[str, Any]:
    return {
        "id": module.id,
        "number": module.number,
        "title": module.title,
        "essential": module.essential,
        "draft": module.draft,
        "state": progress.state(module),
        "exercises": {"done": progress.passed(module), "of": len(module.exercises)},
        "minutes": {
            "spent": round(progress.module(module.id).seconds / 60),
            "left": 0 if module.draft else round(progress.minutes_left(module)),
        },
    }


def end(progress: Progress) -> str:
    """What to say when no lesson is left."""
    coming = [m for m in progress.path.modules if m.draft and not progress.finished(m)]
    if not coming:
        return "You have finished the path."
    more = "more is" if len(coming) == 1 else "more are"
    return f"You have finished every lesson that is written; {len(coming)} {more} to come."


def step_figures(progress: Progress, step: Step | None) -> dict[str, Any] | None:
    """A next step as plain data: `minutes` are those of the exercise, else of the notebook."""
    if step is None:
        return None
    module, exercise = step.module, step.exercise
    return {
        "module": module.id,
        "title": module.title,
        "file": module.file,
        "exercise": exercise and exercise.id,
        "exercise_title": exercise and exercise.title,
        "minutes": exercise.minutes if exercise else round(progress.minutes_left(module)),
        "why": step.why,
    }


def step_lines(progress: Progress, step: Step | None) -> list[str]:
    """What comes next, and whether a plan says so, for people."""
    if step is None:
        done = end(progress).removesuffix(".")
        return [f"{done[0].lower()}{done[1:]}; `pathkit review` keeps what you know fresh"]
    module, exercise = step.module, step.exercise
    lines = [f"next: {module.id} · {module.title}"]
    if exercise:
        lines.append(f"      {exercise.name}: {exercise.title}")
        time = length(exercise.minutes)
    else:
        time = times.left_of(progress, module).of_one
    by = [f"by your plan, to {step.plan}"] if step.plan else []
    facts = [*by, f"about {time}", step.why]
    indent = " " * len("next: ")
    if len(indent + "; ".join(facts)) <= WIDTH:
        return [*lines, indent + "; ".join(facts)]
    for fact in facts:
        lines += textwrap.wrap(fact, WIDTH, initial_indent=indent, subsequent_indent=indent)
    return lines


def show(progress: Progress, found: dict[str, Any]) -> None:
    """Print the figures as a table, as wide as the terminal and 100 columns at most."""
    from rich.console import Console

    console = Console(highlight=False)
    console.width = min(console.width, WIDEST)
    for line in _summary(found):
        console.print(line, markup=False)
    console.print()
    console.print(_table(found["parts"]))
    console.print(f"\n{LEGEND}\n", markup=False, style="dim")
    for line in step_lines(progress, coming_step(progress)):
        console.print(line, markup=False, soft_wrap=True)


def _summary(found: dict[str, Any]) -> Iterable[str]:
    modules, exercises, minutes = found["modules"], found["exercises"], found["minutes"]
    drafts = found["lessons_to_come"]
    coming = f" ({count(drafts, 'lesson')} to come)" if drafts else ""
    yield (
        f"{found['title']}: {modules['done']} of {modules['of']} modules done{coming}, "
        f"{exercises['done']} of {exercises['of']} exercises"
    )
    yield f"{length(minutes['spent'])} spent; left: {Times(**found['left']['whole'])}"
    if any(row["essential"] for part in found["parts"] for row in part["modules"]):
        yield f"on the fast route ★: {Times(**found['left']['fast_route'])}"
    right, made, days = found["predictions"]["right"], found["predictions"]["made"], found["streak"]
    predictions = f"{right} of {made} predictions right" if made else "no predictions yet"
    yield f"{predictions}; {days} {'day' if days == 1 else 'days'} in a row"
    if cards := found.get("cards_due"):
        yield f"{count(cards, 'recall card')} due: pathkit review"


def _table(parts: Iterable[dict[str, Any]]) -> Any:
    from rich.table import Table

    table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column("", no_wrap=True)
    table.add_column("", justify="right", no_wrap=True)
    table.add_column("Module")  # the one that gives way on a narrow terminal
    for heading in ("Exercises", "Spent", "Left"):
        table.add_column(heading, justify="right", no_wrap=True)
    for part in parts:
        table.add_row("", "", _text(part["title"], "bold"))
        for row in part["modules"]:
            table.add_row(*_cells(row), style="dim" if row["state"] in ("done", "known") else "")
    return table


def _cells(row: dict[str, Any]) -> list[Any]:
    exercises, minutes = row["exercises"], row["minutes"]
    return [
        _text(SIGNS[row["state"]], "green"),
        str(row["number"]),
        _text(row["title"] + " ★" * row["essential"]),
        "to come" if row["draft"]
        else f"{exercises['done']} of {exercises['of']}" if exercises["of"] else "–",
        str(minutes["spent"] or ""),
        str(minutes["left"] or ""),
    ]


def _text(text: str, style: str = "") -> Any:
    """One line, in which square brackets are no markup."""
    from rich.text import Text

    return Text(text, style, no_wrap=True, overflow="ellipsis")
