"""What a notebook calls while it is worked on: ready, check, predict, skip, solution."""

from __future__ import annotations

import contextlib
import dataclasses
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any

from pathkit.checks.compare import shown
from pathkit.checks.exercise import Exercise, ExerciseError
from pathkit.checks.loading import exercises_of, predictions_of
from pathkit.checks.prediction import Prediction
from pathkit.checks.prediction_input import is_empty, letters
from pathkit.checks.settings import remember, standard_settings
from pathkit.checks.steady import steady
from pathkit.checks.verdict import Verdict
from pathkit.display import display, in_notebook
from pathkit.errors import EnvironmentProblem
from pathkit.kernel_help import in_checks
from pathkit.learner.help import tries
from pathkit.learner.journal import Journal
from pathkit.learner.whereabouts import modules_here
from pathkit.nearest_name import did_you_mean, nearest
from pathkit.notebook.stand_in import StandIn
from pathkit.notebook.stand_in import name_of as stands_for
from pathkit.path_modules import OURS, Modules

if TYPE_CHECKING:
    from pathkit.learner.progress import Progress

# How a prediction comes out that was really made.
PREDICTED = ("passed", "wrong value")


@dataclasses.dataclass
class Session:
    """The module a notebook works on, of which path, and what has been tried in it.

    In a learner's folder that is all that was ever tried, elsewhere what this kernel saw.
    predictions: the first answer to each, the one that was given before the result was seen.
    progress: what all of it amounts to, once anybody asked. listeners: called after each verdict.
    fallback: names of exercises that the reference may stand in for; True means all, False none.
    """

    module: str = ""
    modules: Modules = OURS
    tries: Counter = dataclasses.field(default_factory=Counter)
    passed: set[str] = dataclasses.field(default_factory=set)
    predictions: dict[str, Any] = dataclasses.field(default_factory=dict)
    journal: Journal = dataclasses.field(default_factory=Journal)
    progress: Progress | None = None
    listeners: list[Callable[[], None]] = dataclasses.field(default_factory=list)
    fallback: bool | Collection[str] = True


_session = Session()

SET_UP_FIRST = 'Run the set-up cell first: it holds `path.ready("…")`.'


def ready(module: str, *, fallback: bool | Collection[str] = True) -> None:
    """Choose the module whose exercises the following checks belong to, and say what it holds.

    fallback: whether the reference stands in for answers that haven't passed; in an assignment it
    may be the names of the exercises that it does so for.
    """
    try:
        with steady():
            modules = modules_here()
            exercises = exercises_of(module, modules)
    except EnvironmentProblem as error:
        _say(f"{error}.")
        return
    except ExerciseError as error:
        said = f"{error}" if str(error).endswith("?") else f"{error}."
        _say(f"{said} Run the set-up cell of an unchanged notebook.")
        return
    _session.modules = modules
    _begin(module)
    _session.fallback = fallback
    if fallback is not True and in_notebook():
        _watch_stand_ins()
    remember()
    predictions = [p for p in _predictions(module).values() if not p.skip]
    print(
        f"Ready: module {module} with {_count(len(exercises), 'exercise')} "
        f"and {_count(len(predictions), 'prediction')}."
    )


def _falls_back(exercise: Exercise) -> bool:
    allowed = _session.fallback
    return allowed if isinstance(allowed, bool) else exercise.name in allowed


def _watch_stand_ins() -> None:
    from IPython import get_ipython

    from pathkit.notebook.stand_in import watch

    watch(get_ipython())


def _begin(module: str) -> None:
    _session.module = module
    _open_journal(module)
    for memory in (_session.tries, _session.passed, _session.predictions):
        memory.clear()  # a set-up cell that is run again must not count twice
    former = _former_ids(module)
    for event in _session.journal.events():
        _remember(event, former)
    _session.progress = None
    _note("ready")
    if in_notebook():
        _log_activity()


def _open_journal(module: str) -> None:
    unsaved = _session.journal.unsaved
    _session.journal = Journal.opened(module)
    _session.journal.unsaved = unsaved


def _note(kind: str, module: str = "", **fields: Any) -> None:
    """Log an event, and keep what is shown of the progress up to date."""
    _take(_session.journal.note(kind, module, **fields))


def _take(event: Mapping[str, Any] | None) -> None:
    if event is not None and _session.progress is not None:
        from pathkit.learner.progress import take

        take(_session.progress, event)


def _told() -> None:
    """Let open panels know; a fault in one of them must not stop a lesson."""
    for listener in _session.listeners:
        with contextlib.suppress(Exception):
            listener()


def progress_so_far(anew: bool = False) -> Progress:
    """All that was done in this learner's folder; outside of one, what this kernel saw.

    It stays up to date with this kernel; `anew` takes in what others logged since.
    Raises EnvironmentProblem when the path's map can't be read.
    """
    if _session.progress is None or anew:
        from pathkit.learner.progress import replay
        from pathkit.learner.whereabouts import path_here

        if not _session.module:
            _open_journal("")
        module = _session.module
        exercises = exercises_of(module, _session.modules) if module else {}
        path = path_here(module, exercises, _predictions(module))
        _session.progress = replay(path, _session.journal.events())
        _session.progress.home = _session.journal.home
    return _session.progress


def why_unsaved() -> str:
    """Why what happens here is not written to a learner's folder; "" when it is."""
    journal = _session.journal
    if journal.home is None:
        return (
            "Nothing is saved here: that takes a notebook of yours in a folder that `pathkit "
            "start` made. This is what its kernel has seen."
        )
    return f"Your progress isn't saved now: {journal.trouble}." if journal.trouble else ""


def current_module() -> str:
    """The module that was made ready here; "" before that."""
    return _session.module


def exercises_here() -> dict[str, Exercise]:
    """The exercises of the module that was made ready here, by name."""
    return exercises_of(_session.module, _session.modules)


def on_verdict(listener: Callable[[], None]) -> None:
    """Have `listener` called after each verdict that is shown; once, however often it's asked."""
    if listener not in _session.listeners:
        _session.listeners.append(listener)


def _former_ids(module: str) -> tuple[str, ...]:
    """What a module was called before it was renamed, as the learner's folder knows."""
    if _session.journal.home is None:
        return ()
    from pathkit import path_map

    try:
        return path_map.load(_session.journal.home.path_map).module(module).formerly
    except (EnvironmentProblem, KeyError):
        return ()


def _remember(event: Mapping[str, Any], former: Collection[str]) -> None:
    """Take up what an earlier kernel saw; former: other ids of the module that is made ready."""

    def named(part: str) -> str:
        full = str(event.get(part))
        name = full.rpartition(".")[2]
        return f"{_session.module}.{name}" if event["module"] in former else full

    kind, status = event["kind"], event.get("status")
    exercise = named("exercise")
    if kind == "check" and status != "not attempted":
        _session.tries[exercise] += 1
        if status == "passed":
            _session.passed.add(exercise)
    elif kind == "reset":
        _session.tries.pop(exercise, None)
        _session.passed.discard(exercise)
    elif kind == "predict" and status in PREDICTED:
        _session.predictions.setdefault(named("prediction"), event.get("answer"))


def _log_activity() -> None:
    from IPython import get_ipython

    events = get_ipython().events
    if _active not in events.callbacks["post_run_cell"]:
        events.register("post_run_cell", _active)


def _active(*_: Any) -> None:
    _take(_session.journal.note_active())


def check(answer: Any = None, /, **values: Any) -> Any:
    """Judge an answer, show the verdict, and hand back something that works.

    `softmax = path.check(softmax)` for a function or class: it is known by its name.
    `path.check(counterexample=value)` for a value. Returns the answer when it is right, else the
    reference, so that the rest of the notebook runs; never raises because an answer is wrong.
    Without fallback a wrong answer comes back as it is, and a missing one as a stand-in.
    """
    found = _which(answer, values)
    if isinstance(found, str):
        _say(found)
        return next(iter(values.values()), answer)
    exercise, answer = found
    if stands_for(answer):
        answer = ...  # the check of an earlier cell put it there: still nothing is written
    verdict = _judged(exercise, answer)
    if verdict.status != "not attempted":
        _session.tries[exercise.id] += 1
    _note("check", exercise=exercise.id, status=verdict.status, misconception=verdict.misconception)
    notes = (*verdict.notes, *in_checks.notes(answer, verdict), *_what_now(exercise, verdict))
    display(dataclasses.replace(verdict, notes=notes))
    _told()
    if verdict.passed:
        return answer
    if _falls_back(exercise):
        return exercise.right_answer()
    return StandIn(exercise.name) if verdict.status == "not attempted" else answer


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
        first_time = exercise.id not in _session.passed
        _session.passed.add(exercise.id)
        return _what_comes_next() if first_time else []
    if not _falls_back(exercise):
        return ["Until it passes, cells that need it may stop."]
    if verdict.status == "not attempted":
        return ["Until then the cells below use the reference."]
    notes = ["The cells below use the reference until this passes; the hints are under this cell."]
    if not _tries_left(exercise):
        notes.append(f'`path.solution("{exercise.name}")` shows an answer.')
    return notes


def _what_comes_next() -> list[str]:
    """After the last exercise of a module: the next one; in a learner's folder, which has them."""
    ours = exercises_of(_session.module, _session.modules).values()
    if _session.journal.home is None or any(e.id not in _session.passed for e in ours):
        return []
    from pathkit.learner.plan.goal import coming_step

    try:
        progress = progress_so_far(anew=True)  # other notebooks may have gone on meanwhile
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


def predict(name: str, answer: Any = None, /) -> None:
    """Record a prediction and say at once whether it holds and why."""
    predictions = _predictions(_session.module)
    if not _session.module:
        _say(SET_UP_FIRST)
    elif name not in predictions:
        meant = did_you_mean(name, predictions, f"; there are: {', '.join(predictions)}.")
        _say(f"There is no prediction {name!r} here{meant}")
    else:
        with standard_settings():
            verdict = predictions[name].judge(answer, f"{_session.module}.{name}")
        display(_recorded(verdict, predictions[name], answer))
        _told()


def _recorded(verdict: Verdict, prediction: Prediction, answer: Any) -> Verdict:
    """Keep the first answer: what one expected is worth more once one knows better."""
    if verdict.status not in PREDICTED:
        return verdict
    plain = prediction.read(answer)
    _note("predict", prediction=verdict.exercise, answer=plain, status=verdict.status)
    first = _session.predictions.setdefault(verdict.exercise, plain)
    if first == plain:
        return verdict
    return dataclasses.replace(verdict, notes=(f"Your first prediction was {first}.",))


def skip(module: str, *answers: Any) -> None:
    """Judge the answers to the questions at a notebook's start: all right means skip ahead."""
    if not _session.module:  # these questions come before the set-up cell
        try:
            _session.modules = modules_here()
        except EnvironmentProblem as error:
            _say(f"{error}.")
            return
    questions = [p for p in _predictions(module).values() if p.skip]
    if not questions:
        _say(f"There are no questions for module {module!r}{_meant_module(module)}")
        return
    answers = letters(answers, len(questions))
    if all(map(is_empty, answers)):
        _say(f"Not answered: go on with the notebook, or {_how_to_skip(module, len(questions))}.")
        return
    if len(answers) != len(questions):
        _say(
            f"{len(questions)} answers are expected, one for each question; got {len(answers)}: "
            f"{_how_to_skip(module, len(questions))}."
        )
        return
    with standard_settings():
        verdicts = [
            q.judge(a, f"{module}.{q.id}") for q, a in zip(questions, answers, strict=True)
        ]
    for verdict in verdicts:
        display(verdict)
    known = all(v.passed for v in verdicts)
    if not _session.module:
        _open_journal(module)
    _note("skip", module, known=known)
    if known:
        _say("All right: you can go straight to Stretch, and come back when it resists.")
    else:
        _say("Not all right yet: this notebook is for you.")
    _told()


def _how_to_skip(module: str, count: int) -> str:
    like = ", ".join(f'"{letter}"' for letter in ("abc" * count)[:count])
    return f'write {count} letters in quotes, as in `path.skip("{module}", {like})`'


def solution(name: str, /) -> None:
    """Show the reference of an exercise, after a pass or three tries."""
    if not _session.module:
        _say(SET_UP_FIRST)
        return
    exercises = exercises_of(_session.module, _session.modules)
    if name not in exercises:
        meant = did_you_mean(name, exercises, f"; there are: {', '.join(exercises)}.")
        _say(f"There is no exercise {name!r} here{meant}")
        return
    exercise = exercises[name]
    left = _tries_left(exercise)
    if not _falls_back(exercise) and exercise.id not in _session.passed:
        _say("In this assignment no answer is shown before yours passes; the hints stay.")
        return
    if not left:
        from pathkit.checks.source import without_decorators

        _note("solution", exercise=exercise.id)
        print(without_decorators(exercise.source))
        return
    _say(
        f"{_count(left, 'more try', 'more tries')} first: the hints under the exercise go step by "
        "step. The folder solutions has every answer, too."
    )


def _meant_module(module: str) -> str:

    try:
        known = [m.id for m in progress_so_far().path.modules]
    except EnvironmentProblem:
        return "."
    return "." if module in known else did_you_mean(module, known, ".")


def hints_given(exercise: Exercise) -> int:
    """How many hints for an exercise were shown, here or in the terminal."""

    try:
        return progress_so_far().exercise(exercise.id).hints
    except EnvironmentProblem:  # help that can't be counted is still help
        return 0


def note_hint(exercise: Exercise, step: int) -> None:
    """Count a hint that was shown; `step` is its number, from 1."""
    _note("hint", exercise=exercise.id, step=step)


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
    exercises = exercises_of(_session.module, _session.modules)
    if name in exercises:
        return exercises[name], answer
    if answer is None or answer is Ellipsis:
        return "Nothing to check yet: write your answer first, then run the cell again."
    named = f"named {name!r}" if name else f"for {shown(answer)}"
    meant = nearest(name, exercises)
    first = meant or next(iter(exercises), "name")
    return (
        f"There is no exercise {named} in module {_session.module}"
        f"{f'; did you mean {meant!r}?' if meant else '.'} Keep the name the cell came "
        f"with, or say it: `path.check({first}=...)`. There are: {', '.join(exercises)}."
    )


def _name(answer: Any) -> str:
    try:
        name = answer.__name__
    except Exception:  # no function, or an object whose attributes resist
        return ""
    return name if isinstance(name, str) else ""


def _predictions(module: str) -> dict[str, Prediction]:
    return predictions_of(module, _session.modules) if module else {}


def _count(n: int, one: str, many: str = "") -> str:
    return f"{n} {one if n == 1 else many or one + 's'}"


def _say(text: str) -> None:
    print(text)
