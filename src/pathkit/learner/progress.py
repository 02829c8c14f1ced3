"""What a learner has done so far, replayed from the log."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from pathkit import path_map, progress_log
from pathkit.learner.folder import Folder
from pathkit.path_map import Module, PathMap

# A longer silence between two events is a break, not work.
BREAK = timedelta(minutes=15)
NO_TIME = timedelta(0)


@dataclasses.dataclass
class ExerciseState:
    """What was done on one exercise. tries: checks of an answer, stubs not counted.

    hints: how many were shown in the terminal. misconceptions: those it was told, in order,
    or what was off in a few words.
    """

    tries: int = 0
    passed: bool = False
    hints: int = 0
    solution_shown: bool = False
    misconceptions: list[str] = dataclasses.field(default_factory=list)


@dataclasses.dataclass
class ModuleState:
    """What was done in one module. known: tested out of; marked: said to be done, by hand."""

    seconds: float = 0.0
    opened: bool = False
    known: bool = False
    marked: bool = False


@dataclasses.dataclass
class Progress:
    """All states by full id; what the log doesn't mention has an empty state.

    predictions: the first answer to each and whether it was right.
    days: the local dates on which something was done. last_at: when anybody worked last.
    last_module: the module of that. tried: exercises by when they were tried, the last one last.
    home: the learner's folder that all of it is from, where there is one.
    """

    path: PathMap
    exercises: dict[str, ExerciseState] = dataclasses.field(default_factory=dict)
    modules: dict[str, ModuleState] = dataclasses.field(default_factory=dict)
    predictions: dict[str, tuple[Any, bool]] = dataclasses.field(default_factory=dict)
    days: set[date] = dataclasses.field(default_factory=set)
    last_module: str = ""
    tried: dict[str, None] = dataclasses.field(default_factory=dict)
    last_at: datetime | None = None
    home: Folder | None = None

    def exercise(self, exercise_id: str) -> ExerciseState:
        """The state of an exercise, by MODULE.NAME."""
        if (state := self.exercises.get(exercise_id)) is None:
            state = self.exercises[exercise_id] = ExerciseState()
        return state

    def module(self, module_id: str) -> ModuleState:
        """The state of a module."""
        if (state := self.modules.get(module_id)) is None:
            state = self.modules[module_id] = ModuleState()
        return state

    def passed(self, module: Module) -> int:
        """How many of a module's exercises passed."""
        return sum(self.exercise(e.id).passed for e in module.exercises)

    def finished(self, module: Module) -> bool:
        """Whether every exercise passed, or the module is known or marked as done."""
        state = self.module(module.id)
        if state.known or state.marked:
            return True
        return bool(module.exercises) and self.passed(module) == len(module.exercises)

    def started(self, module: Module) -> bool:
        """Whether anything was done in the module."""
        state = self.module(module.id)
        return state.opened or self.finished(module)

    def state(self, module: Module) -> str:
        """One of done, known (tested out of), begun, open."""
        if module.exercises and self.passed(module) == len(module.exercises):
            return "done"
        if self.module(module.id).known:
            return "known"
        if self.finished(module):
            return "done"
        return "begun" if self.started(module) else "open"

    def minutes_left(self, module: Module) -> float:
        """Minutes that the module's notebook still takes, by its exercises' own minutes."""
        if self.finished(module):
            return 0.0
        whole = sum(e.minutes for e in module.exercises)
        left = sum(e.minutes for e in module.exercises if not self.exercise(e.id).passed)
        return module.minutes * (left / whole if whole else 1.0)

    def ready_for(self, module: Module) -> bool:
        """Whether all that the module builds on is finished."""
        return all(self.finished(self.path.module(m)) for m in module.requires)

    def streak(self, today: date) -> int:
        """Days in a row with work, up to today, or up to yesterday while today has none yet."""
        day = today if today in self.days else today - timedelta(days=1)
        length = 0
        while day in self.days:
            length, day = length + 1, day - timedelta(days=1)
        return length


def of_folder(folder: Folder) -> Progress:
    """What was done in a learner's folder; raises EnvironmentProblem when its map can't be read."""
    return replay(path_map.load(folder.path_map), progress_log.read_all(folder.progress), folder)


def replay(
    path: PathMap, events: Iterable[progress_log.Event], home: Folder | None = None
) -> Progress:
    """What the events, sorted by time, amount to. Unknown modules are left out.

    home: the learner's folder that the events are of.
    """
    progress = Progress(path, home=home)
    latest = progress_log.latest_time()
    for event in events:
        take(progress, event, latest)
    return progress


def take(progress: Progress, event: progress_log.Event, latest: str = "") -> None:
    """Take in one more event, the earlier ones first.

    A mark that is made by hand is no work in its module. An event of a clock that was wrong counts;
    when it was does not. latest: as for `progress_log.is_ahead`.
    """
    try:
        module = progress.path.module(event["module"])
    except KeyError:
        module = None
    if module and event["kind"] not in ("done", "review"):
        progress.module(module.id).opened = True
    if not progress_log.is_ahead(event, latest):
        _take_time(progress, module, event)
    if module:
        _take(progress, module, event)


def _take_time(progress: Progress, module: Module | None, event: progress_log.Event) -> None:
    now = progress_log.time_of(event)
    gap = now - progress.last_at if progress.last_at else NO_TIME
    progress.last_at = now
    if module is None:
        return
    progress.days.add((now + _offset(event["at"][:13])).date())
    if event["kind"] == "review":
        return
    if event["kind"] != "done":
        progress.last_module = module.id
    if progress.last_module and NO_TIME <= gap <= BREAK:
        progress.module(progress.last_module).seconds += gap.total_seconds()


@functools.lru_cache(maxsize=100_000)
def _offset(hour: str) -> timedelta:
    """How far local time is ahead of UTC from this hour of UTC on.

    Where clocks change within the hour, they do so far from midnight: the date is right.
    """
    return datetime.fromisoformat(f"{hour}:00Z").astimezone().utcoffset() or NO_TIME


def _take(progress: Progress, module: Module, event: progress_log.Event) -> None:
    kind = event["kind"]
    if kind == "skip":
        progress.module(module.id).known |= bool(event.get("known"))
    elif kind == "done":
        progress.module(module.id).marked = not event.get("undo")
    elif kind == "predict":
        name = _full(module, event.get("prediction"))
        if event.get("status") in ("passed", "wrong value"):
            progress.predictions.setdefault(
                name, (event.get("answer"), event["status"] == "passed")
            )
    elif kind in ("check", "hint", "solution", "reset"):
        name = _full(module, event.get("exercise"))
        if kind == "reset":
            progress.exercises[name] = ExerciseState()
            return
        state = progress.exercise(name)
        if kind == "hint":
            step = event.get("step")
            state.hints = max(state.hints, step if isinstance(step, int) else 0)
        elif kind == "solution":
            state.solution_shown = True
        elif event.get("status") != "not attempted":
            state.tries += 1
            progress.tried.pop(name, None)
            progress.tried[name] = None
            state.passed |= event.get("status") == "passed"
            if known := event.get("misconception") or event.get("cause"):
                state.misconceptions.append(str(known))


def _full(module: Module, name: Any) -> str:
    """The id under the module's present name: it may have had another when this was logged.

    An exercise that was done in the evening is its module's.
    """
    last = str(name).rpartition(".")[2]
    return module.ids_by_name.get(last) or f"{module.id}.{last}"
