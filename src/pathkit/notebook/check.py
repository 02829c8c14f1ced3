"""`path.check()`: judge an answer, show the verdict, hand back something that works."""

from __future__ import annotations

import dataclasses
from typing import Any

from pathkit.checks.exercise import Exercise
from pathkit.checks.value_text import shown
from pathkit.checks.verdict import Verdict
from pathkit.display import display
from pathkit.errors import EnvironmentProblem
from pathkit.kernel_help import in_checks
from pathkit.nearest_name import nearest
from pathkit.notebook import came_back, session
from pathkit.notebook.stand_in import StandIn
from pathkit.notebook.stand_in import name_of as stands_for


def check(answer: Any = None, /, **values: Any) -> Any:
    """Judge an answer, show the verdict, and hand back something that works.

    `softmax = path.check(softmax)` for a function or class: it is known by its name.
    `path.check(counterexample=value)` for a value. Returns the answer when it is right, else the
    reference, so that the rest of the notebook runs; never raises because an answer is wrong.
    The reference itself passes for nobody's answer, however it comes back.
    Without fallback a wrong answer comes back as it is, and a missing one as a stand-in.
    """
    found = _which(answer, values)
    if isinstance(found, str):
        print(found)
        return next(iter(values.values()), answer)
    exercise, answer = found
    if stands_for(answer):
        answer = ...  # the check of an earlier cell put it there: still nothing is written
    verdict = came_back.verdict(exercise, answer) or _judged(exercise, answer)
    if verdict.status != "not attempted":
        session.current().tries[exercise.id] += 1
    session.note(
        "check", exercise=exercise.id, status=verdict.status, misconception=verdict.misconception,
        **({"cause": verdict.cause} if verdict.cause else {}),
    )
    notes = (*verdict.notes, *in_checks.notes(answer, verdict), *_what_now(exercise, verdict))
    display(dataclasses.replace(verdict, notes=notes))
    session.tell_listeners()
    if verdict.passed:
        return answer
    if session.falls_back(exercise):
        return came_back.handed_out(exercise)
    return StandIn(exercise.name) if verdict.status == "not attempted" else answer


def _which(answer: Any, values: dict[str, Any]) -> tuple[Exercise, Any] | str:
    """The exercise an answer belongs to, or one line that says why none was found."""
    if not session.current_module():
        return session.SET_UP_FIRST
    if len(values) == 1 and answer is None:
        [(name, answer)] = values.items()
    elif not values:
        name = _name(answer)
    else:
        return "Check one answer at a time."
    exercises = session.exercises(session.current_module())
    if name in exercises:
        return exercises[name], answer
    if answer is None or answer is Ellipsis:
        return "Nothing to check yet: write your answer first, then run the cell again."
    named = f"named {name!r}" if name else f"for {shown(answer)}"
    meant = nearest(name, exercises)
    first = meant or next(iter(exercises), "name")
    return (
        f"There is no exercise {named} in module {session.current_module()}"
        f"{f'; did you mean {meant!r}?' if meant else '.'} Keep the name the cell came "
        f"with, or say it: `path.check({first}=...)`. There are: {', '.join(exercises)}."
    )


def _name(answer: Any) -> str:
    try:
        name = answer.__name__
    except Exception:  # no function, or an object whose attributes resist
        return ""
    return name if isinstance(name, str) else ""


def _judged(exercise: Exercise, answer: Any) -> Verdict:
    """A fault in an exercise of ours must not stop the notebook of somebody who learns."""
    try:
        return exercise.check(answer)
    except Exception as error:
        return Verdict(
            exercise.id,
            "not usable",
            f"The check itself failed ({type(error).__name__}: {error}). That is our fault, not "
            "yours: go on, and please report it with your code.",
        )


def _what_now(exercise: Exercise, verdict: Verdict) -> list[str]:
    if verdict.passed:
        passed = session.current().passed
        first_time = exercise.id not in passed
        passed.add(exercise.id)
        return _what_comes_next() if first_time else []
    if not session.falls_back(exercise):
        return ["Until it passes, cells that need it may stop."]
    if verdict.status == "not attempted":
        return ["Until then the cells below use the reference."]
    notes = ["The cells below use the reference until this passes; the hints are under this cell."]
    if not session.tries_left(exercise):
        notes.append(f'`path.solution("{exercise.name}")` shows an answer.')
    return notes


def _what_comes_next() -> list[str]:
    """After the last exercise of a module: the next one; in a learner's folder, which has them."""
    here = session.current()
    ours = session.exercises(here.module).values()
    if here.journal.home is None or any(e.id not in here.passed for e in ours):
        return []
    from pathkit.learner.plan.goal import coming_step

    try:
        progress = session.progress_so_far(anew=True)  # other notebooks may have gone on meanwhile
        step = coming_step(progress)
    except EnvironmentProblem:
        return []
    if step is None:
        from pathkit.learner.status import end

        return [f"All exercises of this module pass. {end(progress)}"]
    module, by = step.module, f" (by your plan, to {step.plan})" if step.plan else ""
    return [
        f"All exercises of this module pass. Next: {module.number} · {module.title}, "
        f"in `{module.file}`{by}."
    ]
