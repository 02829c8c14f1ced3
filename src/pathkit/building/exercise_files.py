"""Read a module's exercises without importing them: building a notebook must not need torch."""

from __future__ import annotations

import ast
import dataclasses
import inspect
import re
import textwrap
import warnings
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from pathkit.building.literal_settings import LiteralSettings
from pathkit.building.python_source import ContentError, parsed, source_of, where
from pathkit.checks.levels import LEVELS
from pathkit.checks.source import MarkerError, stub, with_comments, without_decorators
from pathkit.path_modules import in_order, python_files

# Prediction ids become part of cell ids, which nbformat restricts.
PREDICTION_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclasses.dataclass(frozen=True)
class ExerciseText:
    """What a notebook shows of an exercise; `where` is its file and line, for messages."""

    name: str
    title: str
    level: str
    minutes: int
    prompt: str
    hints: tuple[str, ...]
    errors: tuple[tuple[str, str], ...]
    stub: str
    answer: str
    is_value: bool
    where: str


@dataclasses.dataclass(frozen=True)
class PredictionText:
    """What a notebook shows of a prediction; options is empty when a number is asked for."""

    id: str
    ask: str
    options: Mapping[str, str]
    right: str
    unit: str
    skip: bool
    where: str


@dataclasses.dataclass(frozen=True)
class Content:
    """The exercises of one module in the order of its lesson, and its predictions."""

    exercises: Mapping[str, ExerciseText]
    predictions: Mapping[str, PredictionText]


def read(folder: Path, levels: Collection[str] = LEVELS) -> Content:
    """The content of a module's folder; empty when there is none.

    Raises ContentError for syntax errors, for settings that aren't literals or have another
    type than they should, and for levels that aren't among `levels`.
    """
    exercises: dict[str, ExerciseText] = {}
    predictions: dict[str, PredictionText] = {}
    with warnings.catch_warnings():
        # An odd escape in a docstring is for the linter; here it would be told once a parse.
        warnings.simplefilter("ignore")
        for path in python_files(folder):
            _take(path, source_of(path), levels, exercises, predictions)
    return Content(in_order(folder, exercises), predictions)


def _take(
    path: Path,
    text: str,
    levels: Collection[str],
    exercises: dict[str, ExerciseText],
    predictions: dict[str, PredictionText],
) -> None:
    """Add what a file defines."""
    for node in parsed(path, text).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            for decorator in node.decorator_list:
                if _calls(decorator, "exercise"):
                    exercise = _exercise(path, text, node, decorator, levels)
                    _add(exercises, exercise.name, exercise)
        elif isinstance(node, ast.Assign) and _calls(node.value, "Number", "Choice"):
            prediction = _prediction(path, node.value)
            _add(predictions, prediction.id, prediction)


def _add(found: dict[str, Any], name: str, item: Any) -> None:
    if name in found:
        file, _, first = found[name].where.rpartition(":")
        again = item.where.rpartition(":")[0] == file
        place = f"here twice, first in line {first}" if again else f"in {file}, line {first}, too"
        raise ContentError(f"{item.where}: {name!r} stands {place}")
    found[name] = item


def _calls(node: ast.AST, *names: str) -> bool:
    if not isinstance(node, ast.Call):
        return False
    function = node.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return name in names


def _exercise(
    path: Path, text: str, node: Any, decorator: ast.Call, levels: Collection[str]
) -> ExerciseText:
    place = where(path, decorator.lineno)
    settings = LiteralSettings(path, decorator, node.name)
    title, level = settings.text("title"), settings.text("level")
    if level not in levels:
        raise ContentError(
            f"{place}: {node.name}: level {level!r} is not one of {', '.join(levels)}"
        )
    given, answer = _sources(path, text, node, settings)
    return ExerciseText(
        name=node.name,
        title=title,
        level=level,
        minutes=settings.whole_number("minutes"),
        prompt=inspect.cleandoc(settings.text("prompt")),
        hints=tuple(inspect.cleandoc(hint) for hint in settings.texts("hints")),
        errors=tuple((error, inspect.cleandoc(what)) for error, what in settings.pairs("errors")),
        stub=textwrap.dedent(given).strip("\n"),
        answer=answer,
        is_value=settings.truth("is_value"),
        where=place,
    )


def _sources(path: Path, text: str, node: Any, settings: LiteralSettings) -> tuple[str, str]:
    """The stub and the answer of an exercise."""
    if settings.truth("is_value"):
        return _value(path, text, node)
    source = with_comments(text, node)
    try:
        given = settings.text("given", "") or stub(source)
    except MarkerError as error:
        # The message counts lines from the definition; an editor counts from the file's start.
        message = re.sub(
            r"\bline (\d+)", lambda m: f"line {int(m[1]) + node.lineno - 1}", str(error)
        )
        line, _, what = message.removeprefix("line ").partition(": ")
        raise ContentError(f"{where(path, int(line))}: {node.name}: {what}") from error
    return given, without_decorators(source)


def _value(path: Path, text: str, node: Any) -> tuple[str, str]:
    """An exercise whose answer is a value is shown as an assignment, not as a function."""
    last = node.body[-1]
    documented = ast.get_docstring(node) is not None
    if not isinstance(last, ast.Return) or last.value is None or len(node.body) != 1 + documented:
        raise ContentError(
            f"{where(path, node.lineno)}: {node.name}: a value's reference is a docstring and one "
            "return statement"
        )
    lines = (ast.get_docstring(node) or "").splitlines()
    comment = "".join(f"# {line}".rstrip() + "\n" for line in lines)
    # The source as it was written: what ast.unparse makes of it differs between Pythons.
    statement = _written(text, last).removeprefix("return").lstrip()
    value = statement.replace("\n" + " " * last.col_offset, "\n")
    return f"{comment}{node.name} = ...", f"{comment}{node.name} = {value}"


def _written(text: str, node: ast.stmt) -> str:
    """What `ast.get_source_segment` finds, which splits the whole text by hand."""
    lines = text.split("\n")[node.lineno - 1 : node.end_lineno]
    lines[-1] = lines[-1].encode()[: node.end_col_offset].decode()
    return "\n".join(lines)[node.col_offset :]


def _prediction(path: Path, call: ast.Call) -> PredictionText:
    settings = LiteralSettings(path, call, "a prediction")
    name = settings.text("id")
    if not PREDICTION_ID.fullmatch(name):
        raise ContentError(
            f"{settings.where}: the prediction id {name!r} is not lower-case words joined by "
            "hyphens"
        )
    options = settings.options()
    if not options:
        settings.must_have(name, "value", "within", "low", "high", "right")
    right = settings.text("right", "")
    if options and right not in options:
        raise ContentError(f"{settings.where}: {name}: right={right!r} is not one of the options")
    skip = settings.truth("skip")
    if skip and not options:
        raise ContentError(f"{settings.where}: {name}: a question to skip by needs options=")
    return PredictionText(
        id=name,
        ask=inspect.cleandoc(settings.text("ask")),
        options=options,
        right=right if options else "",
        unit=settings.text("unit", ""),
        skip=skip,
        where=settings.where,
    )
