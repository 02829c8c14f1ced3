"""What the progress panel and the map of the path say, as plain data: no HTML, no clock."""

from __future__ import annotations

from datetime import date
from typing import Any

from pathkit.learner.plan import times
from pathkit.learner.plan.goal import coming_step
from pathkit.learner.plan.times import Times
from pathkit.learner.progress import Progress
from pathkit.learner.status import end
from pathkit.learner.what_next import Step
from pathkit.notebook_files.cell_ids import cell_id
from pathkit.path_map import Exercise, Module
from pathkit.quantities import count, length

Data = dict[str, Any]


def panel_data(progress: Progress, module: Module | None, today: date, unsaved: str = "") -> Data:
    """What a panel shows of one module, or of the whole path where `module` is None.

    title; done, of: for the ring; summary, facts, note: lines for people; items: a checklist with
    state (done, known, begun, open), title, word and href; next: title, href and why, or None,
    where `end` says what that means. unsaved: why nothing of it is kept, if so.
    """
    data = _of_path(progress, today) if module is None else _of_module(progress, module)
    if unsaved:
        data["facts"] = data["facts"][:-1]  # the time, which nobody kept
    return {**data, "end": end(progress), "note": unsaved}


def _of_module(progress: Progress, module: Module) -> Data:
    done, of = progress.passed(module), len(module.exercises)
    state = progress.module(module.id)
    made = [progress.predictions[p][1] for p in module.predictions if p in progress.predictions]
    return {
        "title": module.title,
        "done": done,
        "of": of,
        "summary": f"{done} of {count(of, 'exercise')} passed",
        "items": [_exercise_item(progress, module, e) for e in module.exercises],
        "facts": [
            *(["known already: you may go on"] if state.known and done < of else []),
            *([_predictions(made)] if module.predictions else []),
            _time(state.seconds / 60, times.left_of(progress, module).of_one),
        ],
        "next": _next(coming_step(progress), module),
    }


def _exercise_item(progress: Progress, module: Module, exercise: Exercise) -> Data:
    state = progress.exercise(exercise.id)
    if state.passed:
        name, word = "done", "passed"
    elif state.tries:
        name, word = "begun", f"tried {_times(state.tries)}"
    else:
        name, word = "open", "open"
    return {"state": name, "title": exercise.title, "word": word,
            "href": _link(module, exercise), "here": True}


def _of_path(progress: Progress, today: date) -> Data:
    path = progress.path
    done = sum(map(progress.finished, path.modules))
    return {
        "title": path.title,
        "done": done,
        "of": len(path.modules),
        "summary": f"{done} of {count(len(path.modules), 'module')} done",
        "items": [_part_item(progress, part) for part in path.parts],
        "facts": path_facts(progress, today),
        "next": _next(coming_step(progress), None),
    }


def path_facts(progress: Progress, today: date) -> list[str]:
    """Exercises, predictions, days in a row and, last, time: of the whole path."""
    modules = progress.path.modules
    passed = sum(map(progress.passed, modules))
    days = progress.streak(today)
    coming = sum(m.draft for m in modules)
    return [
        f"{passed} of {count(sum(len(m.exercises) for m in modules), 'exercise')}",
        _predictions([right for _, right in progress.predictions.values()]),
        *([f"{days} days in a row"] if days > 1 else []),
        *([f"{count(coming, 'lesson')} to come"] if coming else []),
        _time(sum(progress.module(m.id).seconds for m in modules) / 60, str(times.left(progress))),
    ]


def _part_item(progress: Progress, part: str) -> Data:
    modules = [m for m in progress.path.modules if m.part == part]
    done = sum(map(progress.finished, modules))
    begun = any(map(progress.started, modules))
    return {
        "state": "done" if done == len(modules) else "begun" if begun else "open",
        "title": part,
        "word": f"{done} of {count(len(modules), 'module')}",
        "href": "",
        "here": False,
    }


def map_data(progress: Progress, today: date, unsaved: str = "") -> Data:
    """What the map shows: the panel of the whole path, and its parts with their modules.

    parts: title, done, of, modules; a module: number, id, name and rest (its title before and
    after the colon), href, essential, draft, state, word, minutes, needs (numbers), next.
    """
    data = panel_data(progress, None, today, unsaved)
    step = coming_step(progress)
    numbers = {m.id: m.number for m in progress.path.modules}
    parts = []
    for part, item in zip(progress.path.parts, data.pop("items"), strict=True):
        modules = [m for m in progress.path.modules if m.part == part]
        parts.append({
            "title": part,
            "word": item["word"],
            "modules": [_module_item(progress, m, numbers, step) for m in modules],
        })
    return {**data, "parts": parts}


def _module_item(
    progress: Progress, module: Module, numbers: dict[str, int], step: Step | None
) -> Data:
    name, _, rest = module.title.partition(": ")
    state = progress.state(module)
    done, of = progress.passed(module), len(module.exercises)
    words = {"done": "done", "known": "known already", "begun": "begun", "open": "open"}
    return {
        "number": module.number,
        "id": module.id,
        "name": name,
        "rest": rest,
        "href": _link(module),
        "essential": module.essential,
        "state": state,
        "word": f"{done} of {of} passed" if state == "begun" and of else words[state],
        "minutes": module.minutes,
        "draft": module.draft,
        "exercises": of,
        "needs": sorted(numbers[m] for m in module.requires),
        "next": step is not None and step.module.id == module.id,
    }


def _next(step: Step | None, here: Module | None) -> Data | None:
    """Where to go: an exercise of the module one is in, or another module."""
    if step is None:
        return None
    by = f"by your plan, to {step.plan}; " if step.plan else ""
    same = here is not None and step.module.id == here.id
    if same and step.exercise:
        return {"title": step.exercise.title, "href": _link(step.module, step.exercise),
                "why": f"{by}about {length(step.exercise.minutes)}", "here": True}
    number = f"{step.module.number} · " if step.module.number else ""
    return {"title": number + step.module.title, "href": _link(step.module), "why": by + step.why,
            "here": same}


def _link(module: Module, exercise: Exercise | None = None) -> str:
    """Where a module or the prompt of an exercise is; "" where no file is known."""
    if not module.file or exercise is None:
        return module.file
    return f"{module.file}#cell-id={cell_id(module.id, exercise.name, 'prompt')}"


def _predictions(right: list[bool]) -> str:
    return f"{sum(right)} of {count(len(right), 'prediction')} right" if right else (
        "no predictions yet"
    )


def _time(spent: float, left: str) -> str:
    rest = f", about {left} to go" if left != str(Times()) else ""
    return f"{length(spent)} so far{rest}"


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")
