"""Whether the probes hold what an exercise's words name, and nothing odd that they don't.

What a machine can see of it. `# probes: …` in the exercise's file says that they are meant so.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from pathkit.checks.exercise import Exercise
from pathkit.checks.plain import Tensor, plain
from pathkit.checks.run import call
from pathkit.standards.finding import Finding
from pathkit.standards.lesson_text import LessonText

MEANT = re.compile(r"^\s*# probes: \S", re.MULTILINE)
# `scores: (..., n) floats`, also where several parameters share a shape.
ANY_RANK = re.compile(r"\b((?:\w+, )*\w+): \((?:\.\.\.|…),")
INFINITE = re.compile(r"[-−](?:np\.|math\.)?(?:inf\b|∞)")
EMPTY = re.compile(
    r"\b(?:may|can|might) be empty|\bpossibly empty\b|\bempty (?:list|text|array|name)")
REPEATED = re.compile(
    r"\b(?:may|can|might|possibly) (?:be )?repeat(?:ed)?\b|\bties?\b|\bmay come twice")
# Words after which somebody expects the smallest cases.
SMALL = re.compile(
    r"\bempty\b|\bno \w+s\b|\bone\b|\bsingle\b|\balone\b|\bat least\b|\bany number\b"
    r"|\b(?:zero|0|1) or more\b|\bas many as\b", re.IGNORECASE)
MANY = 8
ADD = "add a probe, or say why not: # probes: …"


def findings(text: LessonText) -> Iterator[Finding]:
    """What the words name and no probe holds."""
    for exercise, place, probes in _each(text):
        words = _words(exercise)
        for name in _of_any_rank(exercise):
            ranks = {np.ndim(_array(value)) for value in _given(exercise, name, probes)}
            if len(ranks) == 1:
                yield Finding(*place, f"{name} of {exercise.name} is of any rank in its docstring "
                              f"and of rank {ranks.pop()} in each probe", "two ranks", ADD)
        for pattern, holds, what in (
            (INFINITE, _infinite, "−inf"), (EMPTY, _empty, "something empty"),
            (REPEATED, _repeats, "a repeat"),
        ):
            said = pattern.search(words)
            if said and not any(map(holds, _parts(probes))):
                yield Finding(*place, f"the words of {exercise.name} say “{said[0]}”, and no probe "
                              f"holds {what}", "", ADD)


def notices(text: LessonText) -> Iterator[Finding]:
    """What to look at: the easy case alone, or an odd one that no word names."""
    for exercise, place, probes in _each(text):
        lists = [part for part in _arguments(probes) if isinstance(part, list)]
        if lists and exercise.drive is call:
            if not any(map(_repeats, lists)):
                yield Finding(*place, f"no list in the probes of {exercise.name} repeats an item",
                              "", ADD)
            if max(map(len, lists)) < MANY:
                yield Finding(*place, f"no list in the probes of {exercise.name} has {MANY} items",
                              "", ADD)
        if not SMALL.search(_words(exercise)):
            for number, probe in enumerate(probes, 1):
                if odd := next(filter(None, map(_degenerate, probe)), ""):
                    yield Finding(*place, f"probe {number} of {exercise.name} holds {odd}, which "
                                  "no word of it names", "", "name it, or: # probes: …")
                    break


def _each(text: LessonText) -> Iterator[tuple[Exercise, tuple, Sequence[tuple]]]:
    for name, exercise in text.exercises.items():
        if exercise.is_value or MEANT.search(exercise.file.read_text(encoding="utf-8")):
            continue
        try:
            probes = [plain(probe) for probe in exercise.draw(0)]
        except Exception:  # told by what looks at soundness
            continue
        if all(isinstance(probe, tuple) for probe in probes):
            yield exercise, (exercise.file, text.line_of(text.exercises[name])), probes


def _words(exercise: Exercise) -> str:
    said = f"{exercise.prompt} {inspect.getdoc(exercise.reference) or ''}"
    return " ".join(said.split())


def _of_any_rank(exercise: Exercise) -> Iterator[str]:
    for match in ANY_RANK.finditer(inspect.getdoc(exercise.reference) or ""):
        yield from (name for name in match[1].split(", ") if name in exercise.parameters)


def _given(exercise: Exercise, name: str, probes: Sequence[tuple]) -> Iterator[Any]:
    place = exercise.parameters.index(name)
    yield from (probe[place] for probe in probes if len(probe) > place)


def _arguments(probes: Sequence[tuple]) -> Iterator[Any]:
    for probe in probes:
        yield from probe


def _parts(value: Any) -> Iterator[Any]:
    """A value and all that it holds."""
    yield value
    if isinstance(value, list | tuple | set):
        for part in value:
            yield from _parts(part)
    elif isinstance(value, dict):
        yield from _parts([*value.values()])


def _array(value: Any) -> Any:
    return value.values if isinstance(value, Tensor) else value


def _infinite(value: Any) -> bool:
    array = _array(value)
    return isinstance(array, float | np.ndarray) and np.asarray(array).dtype.kind == "f" and bool(
        np.isneginf(array).any())


def _empty(value: Any) -> bool:
    array = _array(value)
    return array.size == 0 if isinstance(array, np.ndarray) else (
        isinstance(value, list | tuple | dict | set | str) and not value)


def _repeats(value: Any) -> bool:
    array = _array(value)
    items = array.ravel().tolist() if isinstance(array, np.ndarray) else value
    if not isinstance(items, list | tuple | str):
        return False
    said = [repr(item) for item in items]
    return len(set(said)) < len(said)


def _degenerate(value: Any) -> str:
    if _empty(value):
        return "something empty"
    array = _array(value)
    if isinstance(array, np.ndarray) and array.ndim and array.size == 1:
        return "an array of one number"
    return ""
