"""`pathkit status`: what is done, what is left, what comes next, as data and as a table."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from pathkit.learner.path_map import Module
from pathkit.learner.progress import Progress, Step, next_step
from pathkit.learner.words import count, length

SIGNS = {"done": "✓", "known": "≈", "begun": "▸", "open": ""}
LEGEND = "✓ done   ≈ known already   ▸ begun   ★ on the fast route   times in minutes"
WIDEST = 100


def figures(progress: Progress, today: date, step: Step | None = None) -> dict[str, Any]:
    """What `pathkit status --json` prints; times in minutes, of the notebooks alone.

    step: the next one, where a plan chose it.
    """
    modules = progress.path.modules
    rows = [_row(progress, module) for module in modules]
    return {
        "title": progress.path.title,
        "modules": {"done": sum(map(progress.finished, modules)), "of": len(modules)},
        "exercises": {
            "done": sum(map(progress.passed, modules)),
            "of": sum(len(m.exercises) for m in modules),
        },
        "minutes": {
            "spent": sum(row["minutes"]["spent"] for row in rows),
            "left": sum(row["minutes"]["left"] for row in rows),
            "left_on_the_fast_route": sum(
                row["minutes"]["left"] for row in rows if row["essential"]
            ),
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
        "next": step_figures(progress, step or next_step(progress)),
    }


def _row(progress: Progress, module: Module) -> dict[str, Any]:
    return {
        "id": module.id,
        "number": module.number,
        "title": module.title,
        "essential": module.essential,
        "state": progress.state(module),
        "exercises": {"done": progress.passed(module), "of": len(module.exercises)},
        "minutes": {
            "spent": round(progress.module(module.id).seconds / 60),
            "left": round(progress.minutes_left(module)),
        },
    }


def step_figures(progress: Progress, step: Step | None) -> dict[str, Any] | None:
    """A next step as plain data: `minutes` are those of the exercise, else of the whole module."""
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


def step_lines(step: dict[str, Any] | None) -> list[str]:
    """What comes next, for people."""
    if step is None:
        return ["you have finished the path; `pathkit review` keeps what you know fresh"]
    what = f"next: {step['module']} · {step['title']}"
    about = f"about {length(step['minutes'])}"
    if not step["exercise"]:
        return [what, f"      {about}; {step['why']}"]
    name = step["exercise"].rpartition(".")[2]
    return [what, f"      {name}: {step['exercise_title']}", f"      {about}; {step['why']}"]


def show(found: dict[str, Any]) -> None:
    """Print the figures as a table, as wide as the terminal and 100 columns at most."""
    from rich.console import Console

    console = Console(highlight=False)
    console.width = min(console.width, WIDEST)
    for line in _summary(found):
        console.print(line, markup=False)
    console.print()
    console.print(_table(found["parts"]))
    console.print(f"\n{LEGEND}\n", markup=False, style="dim")
    for line in step_lines(found["next"]):
        console.print(line, markup=False, soft_wrap=True)


def _summary(found: dict[str, Any]) -> Iterable[str]:
    modules, exercises, minutes = found["modules"], found["exercises"], found["minutes"]
    yield (
        f"{found['title']}: {modules['done']} of {modules['of']} modules done, "
        f"{exercises['done']} of {exercises['of']} exercises"
    )
    yield (
        f"{length(minutes['spent'])} spent, about {length(minutes['left'])} left "
        f"(fast route ★: {length(minutes['left_on_the_fast_route'])})"
    )
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
        _text(row["title"] + (" ★" if row["essential"] else "")),
        f"{exercises['done']} of {exercises['of']}" if exercises["of"] else "–",
        str(minutes["spent"] or ""),
        str(minutes["left"] or ""),
    ]


def _text(text: str, style: str = "") -> Any:
    """One line, in which square brackets are no markup."""
    from rich.text import Text

    return Text(text, style, no_wrap=True, overflow="ellipsis")
