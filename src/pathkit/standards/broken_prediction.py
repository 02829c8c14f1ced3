"""Predictions that can't be answered, and cells that answer them wrongly."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pathkit.building.lesson import Cell
from pathkit.checks.prediction import Choice, Number, Prediction
from pathkit.checks.prediction_input import Unfit, is_empty
from pathkit.standards.calls import calls, literal
from pathkit.standards.figures import line_in
from pathkit.standards.finding import Finding
from pathkit.standards.lesson_text import LessonText


def findings(text: LessonText) -> Iterator[Finding]:
    """What of a module's predictions nobody could answer, or the lesson answers wrongly."""
    for name, prediction in text.predictions.items():
        yield from _sound(prediction, text.place(text.content.predictions[name].where))
    for cell, call in calls(text, "path.predict"):
        if cell.kind != "predict":
            given = literal(call.args[0]) if call.args else None
            todo = f'begin the cell with # %% predict="{given}"'
            yield Finding(text.lesson, line_in(cell, call),
                          "path.predict outside of a prediction's cell gives the answer away", "",
                          todo)
    for cell in text.cells:
        if cell.kind == "predict":
            yield from _predict(text, cell)


def _predict(text: LessonText, cell: Cell) -> Iterator[Finding]:
    made = [call for found, call in calls(text, "path.predict") if found is cell]
    prediction = text.predictions.get(cell.name)
    if prediction is None:
        return
    if len(made) != 1:
        yield Finding(text.lesson, cell.line, f"the cell of prediction {cell.name} calls "
                      f"path.predict {len(made)} times", "once",
                      f'path.predict("{cell.name}", ANSWER)')
        return
    [call], line = made, line_in(cell, made[0])
    given = literal(call.args[0]) if call.args else None
    if given != cell.name:
        yield Finding(text.lesson, line, f"path.predict is given {given!r}",
                      f'the prediction of its cell, "{cell.name}"')
    answer = literal(call.args[1]) if len(call.args) > 1 else None
    yield from _answer(prediction, answer, text.lesson, line)


def _answer(prediction: Prediction, answer: Any, file: Path, line: int) -> Iterator[Finding]:
    wanted = _wanted(prediction)
    if is_empty(answer):
        yield Finding(file, line, f"path.predict has no answer to {prediction.id}", wanted,
                      "the solution shows it")
        return
    try:
        said = prediction.read(answer)
    except Unfit:
        yield Finding(file, line, f"{answer!r} can't be an answer to {prediction.id}", wanted)
        return
    right = _right(prediction)
    if right is None:
        return
    off = said != right if isinstance(prediction, Choice) else abs(said - right) > prediction.within
    if off:
        shown = repr(right) if isinstance(prediction, Choice) else f"{right:g}"
        yield Finding(file, line, f"the solution answers {answer!r} to {prediction.id}, which is "
                      "wrong", shown)


def _wanted(prediction: Prediction) -> str:
    if isinstance(prediction, Choice):
        return "one of " + ", ".join(f'"{letter}"' for letter in prediction.options)
    if prediction.between:
        return f"a number from {prediction.between[0]:g} to {prediction.between[1]:g}"
    return "a number"


def _sound(prediction: Prediction, place: tuple[Path, int]) -> Iterator[Finding]:
    """What a prediction's own settings say that can't be."""
    if isinstance(prediction, Choice):
        return
    try:
        right = float(prediction.value())
    except Exception as error:
        yield Finding(*place, f"value= of {prediction.id} raises {type(error).__name__}: {error}",
                      "a function without arguments that returns the right number")
        return
    if not math.isfinite(right):
        yield Finding(*place, f"value= of {prediction.id} is {right}", "a finite number")
    if not _is_number(prediction.within) or prediction.within < 0:
        yield Finding(*place, f"within={prediction.within!r} of {prediction.id}",
                      "a number that isn't negative")
    for name in ("low", "high", "right"):
        if not isinstance(text := getattr(prediction, name), str) or not text.strip():
            yield Finding(*place, f"{name}= of {prediction.id} is {text!r}",
                          "a sentence that says why")
    if prediction.between is not None:
        yield from _possible(prediction, right, place)


def _possible(prediction: Number, right: float, place: tuple[Path, int]) -> Iterator[Finding]:
    between = prediction.between
    pair = isinstance(between, tuple) and len(between) == 2 and all(map(_is_number, between))
    if not pair or between[0] >= between[1]:
        yield Finding(*place, f"between={between!r} of {prediction.id}",
                      "the least and the most that it can be, such as (0, 1)")
    elif not between[0] <= right <= between[1]:
        yield Finding(*place, f"the right answer to {prediction.id}, {right:g}, is not between "
                      f"{between[0]:g} and {between[1]:g}", "",
                      "mend between= or value=")


def _right(prediction: Prediction) -> Any:
    try:
        return prediction.right_answer()
    except Exception:  # told where the prediction stands
        return None


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
