"""Whether the code that an exercise is made of runs at all: reference, drive, wrong answers.

A reference that raises, or a wrong answer that can't be called, would be told as a weak check.
"""

from __future__ import annotations

import ast
import inspect
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from pathkit.checks.exercise import Exercise, ExerciseError, Misconception
from pathkit.checks.outputs import Output, Raised, Returned
from pathkit.checks.run import call
from pathkit.checks.well_formed import place_of


class Unsound(NamedTuple):
    """What doesn't run. fatal: nothing else can be measured; place: `folder/file.py:3: ` or ""."""

    place: str
    what: str
    fatal: bool = False

    def __str__(self) -> str:
        return f"{self.place}{self.what}"


def unsound(exercise: Exercise, seed: int = 0) -> Iterator[Unsound]:
    """What of an exercise doesn't run under `seed`; what is fatal comes last."""
    place = place_of(exercise.reference)
    yield from _told_apart(exercise)
    try:
        probes = exercise.draw(seed)
    except ExerciseError as error:
        yield Unsound("", str(error), fatal=True)
        return
    except Exception as error:
        yield Unsound(place_of(exercise.probes) or place, f"{exercise.name}: probes= raises "
                      f"{_said(error)}", fatal=True)
        return
    try:
        results = exercise.plain_run(exercise.right_answer(), seed).results
    except Exception as error:
        yield Unsound(place, f"{exercise.name}: the reference raises {_said(error)}", fatal=True)
        return
    broken = _broken_reference(exercise, results)
    if broken:
        yield Unsound(place, broken, fatal=not any(isinstance(r, Returned) for r in results))
    if any(isinstance(result, Returned) for result in results):
        for wrong in exercise.misconceptions:
            yield from _broken_misconception(exercise, wrong, probes, results, seed)


def _told_apart(exercise: Exercise) -> Iterator[Unsound]:
    """Two under one name count twice and are one; two with one message explain one of them."""
    told = [wrong for wrong in exercise.misconceptions if not wrong.spelling]
    names = Counter(wrong.name for wrong in told)
    messages = Counter(wrong.message for wrong in told)
    for wrong in told:
        if names[wrong.name] > 1:
            names[wrong.name] = 0
            yield Unsound(place_of(wrong.answer), f"two misconceptions of {exercise.name} are "
                          f"called {wrong.name}; give each a name of its own")
        if messages[wrong.message] > 1:
            messages[wrong.message] = 0
            yield Unsound(place_of(wrong.answer), f"two misconceptions of {exercise.name} have the "
                          f"message of {wrong.name}; say of each why it is wrong, or make one a "
                          f"@{exercise.name}.spelling(…) of the other")


def _broken_reference(exercise: Exercise, results: Sequence[Output]) -> str:
    """What a reference raises that nobody wrote down; "" when it returns, or says `raise`."""
    meant = _raised_on_purpose(exercise.source)
    raised = [(i, r) for i, r in enumerate(results, 1) if isinstance(r, Raised)]
    driven = "the reference" if exercise.drive is call else "the reference or its drive"
    if raised and len(raised) == len(results):
        _, first = raised[0]
        return (f"{exercise.name}: {driven} raises {first.error}: {first.message} on every probe, "
                "so that nothing can be compared")
    for number, result in raised:
        if result.error not in meant:
            return (f"{exercise.name}: {driven} raises {result.error}: {result.message} on probe "
                    f"{number}; mend it, or raise {result.error} there on purpose")
    return ""


def _raised_on_purpose(source: str) -> set[str]:
    """The names of the errors that a source raises by `raise`, or names in an `except`."""
    try:
        tree = ast.parse(inspect.cleandoc(source))
    except SyntaxError:
        return set()
    errors = (n.exc for n in ast.walk(tree) if isinstance(n, ast.Raise) and n.exc is not None)
    made = (error.func if isinstance(error, ast.Call) else error for error in errors)
    return {ast.unparse(name).rpartition(".")[2] for name in made}


def _broken_misconception(
    exercise: Exercise, wrong: Misconception, probes: Sequence[tuple],
    expected: Sequence[Output], seed: int,
) -> Iterator[Unsound]:
    """Nobody who makes the mistake sees what is said of one that never returns anything."""
    place, name = place_of(wrong.answer), f"the misconception {wrong.name} of {exercise.name}"
    if exercise.drive is call and not exercise.is_value and _never_fits(wrong.answer, probes):
        parameters = _parameters(wrong.answer)
        yield Unsound(place, f"{name} takes {parameters}, but is called as "
                      f"{exercise.name}({', '.join(exercise.parameters)})")
        return
    try:
        results = exercise.plain_run(exercise.answer_of(wrong.answer), seed).results
    except Exception as error:
        yield Unsound(place, f"{name} raises {_said(error)}", fatal=True)
        return
    pairs = [r for r, e in zip(results, expected, strict=False) if isinstance(e, Returned)]
    # What a drive tells is compared by its words, so that it is found again on one probe, too.
    if pairs and all(isinstance(r, Raised) and r.error != "Told" for r in pairs):
        yield Unsound(place, f"{name} raises {pairs[0].error}: {pairs[0].message} on every probe, "
                      "so it is shown to nobody; let it return what the mistake gives")


def _never_fits(answer: Any, probes: Sequence[tuple]) -> bool:
    try:
        signature = inspect.signature(answer, follow_wrapped=False)
    except (TypeError, ValueError):
        return False
    return not any(_fits(signature, probe) for probe in probes)


def _fits(signature: inspect.Signature, probe: tuple) -> bool:
    try:
        signature.bind(*probe)
    except TypeError:
        return False
    return True


def _parameters(answer: Any) -> str:
    return f"({', '.join(inspect.signature(answer, follow_wrapped=False).parameters)})"


def _said(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"
