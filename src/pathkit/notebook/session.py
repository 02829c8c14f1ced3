"""What a kernel knows while a notebook is worked on: the module, the journal, what was tried."""

from __future__ import annotations

import contextlib
import dataclasses
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any

from pathkit.checks.exercise import Exercise
from pathkit.checks.loading import exercises_of, predictions_of
from pathkit.checks.prediction import Prediction
from pathkit.errors import EnvironmentProblem
from pathkit.learner.help import tries
from pathkit.learner.journal import Journal
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
    handed_out: values of the path's own that stand in for an answer here, by the exercise's id.
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
    handed_out: dict[str, Any] = dataclasses.field(default_factory=dict)
    fallback: bool | Collection[str] = True


_session = Session()

SET_UP_FIRST = 'Run the set-up cell first: it holds `path.ready("…")`.'


def current() -> Session:
    """The session of this kernel."""
    return _session


def begin(module: str, modules: Modules, fallback: bool | Collection[str]) -> None:
    """Take up a module where an earlier kernel of this learner left it; see Session.fallback."""
    _session.modules = modules
    _session.module = module
    open_journal(module)
    for memory in (_session.tries, _session.passed, _session.predictions):
        memory.clear()  # a set-up cell that is run again must not count twice
    former = _former_ids(module)
    for event in _session.journal.events():
        _remember(event, former)
    _session.progress = None
    _session.fallback = fallback
    note("ready")


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


def open_journal(module: str) -> None:
    """Log what follows as of `module`; what couldn't be written before is kept for it."""
    unsaved = _session.journal.unsaved
    _session.journal = Journal.opened(module)
    _session.journal.unsaved = unsaved


def note(kind: str, module: str = "", **fields: Any) -> None:
    """Log an event, and keep what is shown of the progress up to date."""
    take(_session.journal.note(kind, module, **fields))


def take(event: Mapping[str, Any] | None) -> None:
    """Bring what is shown of the progress up to date with an event; None changes nothing."""
    if event is not None and _session.progress is not None:
        from pathkit.learner.progress import take as take_up

        take_up(_session.progress, event)


def note_hint(exercise: Exercise, step: int) -> None:
    """Count a hint that was shown; `step` is its number, from 1."""
    note("hint", exercise=exercise.id, step=step)


def why_unsaved() -> str:
    """Why what happens here is not written to a learner's folder; "" when it is."""
    journal = _session.journal
    if journal.home is None:
        return (
            "Nothing is saved here: that takes a notebook of yours in a folder that `pathkit "
            "start` made. This is what its kernel has seen."
        )
    return f"Your progress isn't saved now: {journal.trouble}." if journal.trouble else ""


def progress_so_far(anew: bool = False) -> Progress:
    """All that was done in this learner's folder; outside of one, what this kernel saw.

    It stays up to date with this kernel; `anew` takes in what others logged since.
    Raises EnvironmentProblem when the path's map can't be read.
    """
    if _session.progress is None or anew:
        from pathkit.learner.progress import replay
        from pathkit.learner.whereabouts import path_here

        if not _session.module:
            open_journal("")
        module = _session.module
        path = path_here(module, exercises(module), predictions(module))
        _session.progress = replay(path, _session.journal.events())
        _session.progress.home = _session.journal.home
    return _session.progress


def current_module() -> str:
    """The module that was made ready here; "" before that."""
    return _session.module


def exercises(module: str) -> dict[str, Exercise]:
    """The exercises of a module by name; none for ""."""
    return exercises_of(module, _session.modules) if module else {}


def predictions(module: str) -> dict[str, Prediction]:
    """The predictions of a module by name; none for ""."""
    return predictions_of(module, _session.modules) if module else {}


def falls_back(exercise: Exercise) -> bool:
    """Whether the reference stands in for this exercise until it passes."""
    allowed = _session.fallback
    return allowed if isinstance(allowed, bool) else exercise.name in allowed


def tries_left(exercise: Exercise) -> int:
    """How many more tries it takes before the solution is shown; 0 after a pass."""
    return tries.left(_session.tries[exercise.id], exercise.id in _session.passed)


def hints_given(exercise: Exercise) -> int:
    """How many hints for an exercise were shown, here or in the terminal."""
    try:
        return progress_so_far().exercise(exercise.id).hints
    except EnvironmentProblem:  # help that can't be counted is still help
        return 0


def on_verdict(listener: Callable[[], None]) -> None:
    """Have `listener` called after each verdict that is shown; once, however often it's asked."""
    if listener not in _session.listeners:
        _session.listeners.append(listener)


def tell_listeners() -> None:
    """Let open panels know; a fault in one of them must not stop a lesson."""
    for listener in _session.listeners:
        with contextlib.suppress(Exception):
            listener()
