"""What a notebook calls: ready, check, predict, skip, solution."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Mapping
from typing import Any

from pathkit.checks.compare import shown
from pathkit.checks.verdict import Verdict
from pathkit.exercise import Exercise, ExerciseError, exercises_of, module_of
from pathkit.learner import tries
from pathkit.learner.journal import Journal
from pathkit.notebook_display import display, in_notebook
from pathkit.prediction import Choice, Number, Prediction

# How a prediction comes out that was really made.
PREDICTED = ("passed", "wrong value")


@dataclasses.dataclass
class Session:
    """The module a notebook works on and what has been tried in it.

    In a learner's folder that is all that was ever tried, elsewhere what this kernel saw.
    predictions: the first answer to each, the one that was given before the result was seen.
    """

    module: str = ""
    tries: Counter = dataclasses.field(default_factory=Counter)
    passed: set[str] = dataclasses.field(default_factory=set)
    predictions: dict[str, Any] = dataclasses.field(default_factory=dict)
    journal: Journal = dataclasses.field(default_factory=Journal)


_session = Session()

SET_UP_FIRST = 'Run the set-up cell first: it holds `path.ready("…")`.'


def ready(module: str) -> None:
    """Choose the module whose exercises the following checks belong to, and say what it holds."""
    try:
        exercises = exercises_of(module)
    except ExerciseError as error:
        _say(f"{error}. Run the set-up cell of an unchanged notebook.")
        return
    _begin(module)
    predictions = [p for p in _predictions(module).values() if not p.skip]
    print(
        f"Ready: module {module} with {_count(len(exercises), 'exercise')} "
        f"and {_count(len(predictions), 'prediction')}."
    )


def _begin(module: str) -> None:
    _session.module = module
    _session.journal = Journal.opened(module)
    for event in _session.journal.events():
        _remember(event)
    _session.journal.note("ready")
    if in_notebook():
        _log_activity()


def _remember(event: Mapping[str, Any]) -> None:
    """Take up what an earlier kernel saw."""
    kind, status = event["kind"], event.get("status")
    exercise = str(event.get("exercise"))
    if kind == "check" and status != "not attempted":
        _session.tries[exercise] += 1
        if status == "passed":
            _session.passed.add(exercise)
    elif kind == "reset":
        _session.tries.pop(exercise, None)
        _session.passed.discard(exercise)
    elif kind == "predict" and status in PREDICTED:
        _session.predictions.setdefault(str(event.get("prediction")), event.get("answer"))


def _log_activity() -> None:
    from IPython import get_ipython

    events = get_ipython().events
    if _active not in events.callbacks["post_run_cell"]:
        events.register("post_run_cell", _active)


def _active(*_: Any) -> None:
    _session.journal.note_active()


def check(answer: Any = None, /, **values: Any) -> Any:
    """Judge an answer, show the verdict, and hand back something that works.

    `softmax = path.check(softmax)` for a function or class: it is known by its name.
    `path.check(counterexample=value)` for a value. Returns the answer when it is right, else the
    reference, so that the rest of the notebook runs; never raises because an answer is wrong.
    """
    found = _which(answer, values)
    if isinstance(found, str):
        _say(found)
        return next(iter(values.values()), answer)
    exercise, answer = found
    verdict = _judged(exercise, answer)
    if verdict.status != "not attempted":
        _session.tries[exercise.id] += 1
    _session.journal.note(
        "check", exercise=exercise.id, status=verdict.status, misconception=verdict.misconception
    )
    if verdict.passed:
        _session.passed.add(exercise.id)
        display(verdict)
        return answer
    notes = (*verdict.notes, *_what_now(exercise, verdict))
    display(dataclasses.replace(verdict, notes=notes))
    return exercise.right_answer()


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
    if verdict.status == "not attempted":
        return ["Until then the cells below use the reference."]
    notes = ["The cells below use the reference until this passes; the hints are under this cell."]
    if not _tries_left(exercise):
        notes.append(f'`path.solution("{exercise.name}")` shows an answer.')
    return notes


def predict(name: str, answer: Any = None, /) -> None:
    """Record a prediction and say at once whether it holds and why."""
    predictions = _predictions(_session.module)
    if not _session.module:
        _say(SET_UP_FIRST)
    elif name not in predictions:
        _say(f"There is no prediction {name!r} here; there are: {', '.join(predictions)}.")
    else:
        display(_recorded(predictions[name].judge(answer, f"{_session.module}.{name}"), answer))


def _recorded(verdict: Verdict, answer: Any) -> Verdict:
    """Keep the first answer: what one expected is worth more once one knows better."""
    if verdict.status not in PREDICTED:
        return verdict
    plain = answer.strip().lower() if isinstance(answer, str) else float(answer)
    _session.journal.note(
        "predict", prediction=verdict.exercise, answer=plain, status=verdict.status
    )
    first = _session.predictions.setdefault(verdict.exercise, answer)
    if first == answer:
        return verdict
    return dataclasses.replace(verdict, notes=(f"Your first prediction was {first}.",))


def skip(module: str, *answers: Any) -> None:
    """Judge the answers to the questions at a notebook's start: all right means skip ahead."""
    questions = [p for p in _predictions(module).values() if p.skip]
    if not questions:
        _say(f"There are no questions for module {module!r}.")
        return
    if len(answers) != len(questions):
        _say(f"{len(questions)} answers are expected, one for each question; got {len(answers)}.")
        return
    verdicts = [
        q.judge(a, f"{module}.{q.id}") for q, a in zip(questions, answers, strict=True)
    ]
    if all(v.status == "not attempted" for v in verdicts):
        _say("Not answered: go on with the notebook, or put three letters in place of the dots.")
        return
    for verdict in verdicts:
        display(verdict)
    known = all(v.passed for v in verdicts)
    if not _session.module:  # these questions come before the set-up cell
        _session.journal = Journal.opened(module)
    _session.journal.note("skip", module, known=known)
    if known:
        _say("All right: you can go straight to Stretch, and come back when it resists.")
    else:
        _say("Not all right yet: this notebook is for you.")


def solution(name: str, /) -> None:
    """Show the reference of an exercise, after a pass or three tries."""
    if not _session.module:
        _say(SET_UP_FIRST)
        return
    exercises = exercises_of(_session.module)
    if name not in exercises:
        _say(f"There is no exercise {name!r} here; there are: {', '.join(exercises)}.")
        return
    exercise = exercises[name]
    left = _tries_left(exercise)
    if not left:
        from pathkit.source import without_decorators

        _session.journal.note("solution", exercise=exercise.id)
        print(without_decorators(exercise.source))
        return
    _say(
        f"{_count(left, 'more try', 'more tries')} first: the hints under the exercise go step by "
        "step. The folder solutions has every answer, too."
    )


def _tries_left(exercise: Exercise) -> int:
    return tries.left(_session.tries[exercise.id], exercise.id in _session.passed)


def _which(answer: Any, values: dict[str, Any]) -> tuple[Exercise, Any] | str:
    """The exercise an answer belongs to, or one line that says why none was found."""
    if not _session.module:
        return SET_UP_FIRST
    if len(values) == 1 and answer is None:
        [(name, answer)] = values.items()
    elif not values:
        name = _name(answer)
    else:
        return "Check one answer at a time."
    exercises = exercises_of(_session.module)
    if name in exercises:
        return exercises[name], answer
    if answer is None or answer is Ellipsis:
        return "Nothing to check yet: write your answer first, then run the cell again."
    named = f"named {name!r}" if name else f"for {shown(answer)}"
    first = next(iter(exercises), "name")
    return (
        f"There is no exercise {named} in module {_session.module}. Keep the name the cell came "
        f"with, or say it: `path.check({first}=...)`. There are: {', '.join(exercises)}."
    )


def _name(answer: Any) -> str:
    try:
        name = answer.__name__
    except Exception:  # no function, or an object whose attributes resist
        return ""
    return name if isinstance(name, str) else ""


def _predictions(module: str) -> dict[str, Prediction]:
    try:
        found = vars(module_of(module)).values() if module else ()
    except ExerciseError:
        return {}
    return {p.id: p for p in found if isinstance(p, Number | Choice)}


def _count(n: int, one: str, many: str = "") -> str:
    return f"{n} {one if n == 1 else many or one + 's'}"


def _say(text: str) -> None:
    print(text)
