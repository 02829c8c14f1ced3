"""Read exercises/NAME.py without importing it: building a notebook must not need torch."""

from __future__ import annotations

import ast
import dataclasses
import inspect
import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pathkit.source import MarkerError, stub, without_decorators


class ContentError(Exception):
    """A lesson or exercise file that can't be read; the message begins with file:line."""


@dataclasses.dataclass(frozen=True)
class ExerciseText:
    """What a notebook shows of an exercise."""

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


@dataclasses.dataclass(frozen=True)
class PredictionText:
    """What a notebook shows of a prediction; options is empty when a number is asked for."""

    id: str
    ask: str
    options: Mapping[str, str]
    right: str
    unit: str
    skip: bool


@dataclasses.dataclass(frozen=True)
class Content:
    """The exercises and predictions of one module, in the order of their file."""

    exercises: Mapping[str, ExerciseText]
    predictions: Mapping[str, PredictionText]


def read(path: Path) -> Content:
    """The content of an exercises file; empty when there is none.

    Raises ContentError for syntax errors and for settings that aren't literals.
    """
    if not path.exists():
        return Content({}, {})
    text = path.read_text(encoding="utf-8")
    try:
        tree = ast.parse(text)
    except SyntaxError as error:
        raise ContentError(f"{path.name}:{error.lineno}: {error.msg}") from error
    exercises, predictions = {}, {}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            for decorator in node.decorator_list:
                if _calls(decorator, "exercise"):
                    exercises[node.name] = _exercise(path, text, node, decorator)
        elif isinstance(node, ast.Assign) and _calls(node.value, "Number", "Choice"):
            prediction = _prediction(path, node.value)
            predictions[prediction.id] = prediction
    return Content(exercises, predictions)


def _calls(node: ast.AST, *names: str) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names


def _exercise(path: Path, text: str, node: Any, decorator: ast.Call) -> ExerciseText:
    settings = _settings(path, decorator, "title level minutes prompt hints errors given is_value")
    for name in ("title", "level", "minutes", "prompt", "hints"):
        if name not in settings:
            raise ContentError(f"{path.name}:{decorator.lineno}: {node.name} has no {name}=")
    source = ast.get_source_segment(text, node) or ""
    is_value = bool(settings.get("is_value"))
    try:
        given = settings.get("given") or stub(source)
    except MarkerError as error:
        raise ContentError(f"{path.name}:{node.lineno}: {node.name}: {error}") from error
    answer = without_decorators(source)
    if is_value:
        given, answer = _value(path, node)
    return ExerciseText(
        node.name,
        settings["title"],
        settings["level"],
        settings["minutes"],
        inspect.cleandoc(settings["prompt"]),
        tuple(inspect.cleandoc(hint) for hint in settings["hints"]),
        tuple((error, inspect.cleandoc(what)) for error, what in settings.get("errors", ())),
        textwrap.dedent(given).strip("\n"),
        answer,
        is_value,
    )


def _value(path: Path, node: Any) -> tuple[str, str]:
    """An exercise whose answer is a value is shown as an assignment, not as a function."""
    last = node.body[-1]
    if not isinstance(last, ast.Return) or last.value is None or len(node.body) > 2:
        raise ContentError(
            f"{path.name}:{node.lineno}: {node.name}: a value's reference is a docstring and one "
            "return statement"
        )
    comment = "".join(f"# {line}\n" for line in (ast.get_docstring(node) or "").splitlines())
    return f"{comment}{node.name} = ...", f"{comment}{node.name} = {ast.unparse(last.value)}"


def _prediction(path: Path, call: ast.Call) -> PredictionText:
    settings = _settings(path, call, "id ask options right unit skip")
    for name in ("id", "ask"):
        if name not in settings:
            raise ContentError(f"{path.name}:{call.lineno}: a prediction has no {name}=")
    options = {letter: text for letter, (text, _) in settings.get("options", {}).items()}
    return PredictionText(
        settings["id"],
        inspect.cleandoc(settings["ask"]),
        options,
        settings.get("right", "") if options else "",
        settings.get("unit", ""),
        bool(settings.get("skip")),
    )


def _settings(path: Path, call: ast.Call, wanted: str) -> dict[str, Any]:
    settings = {}
    for keyword in call.keywords:
        if keyword.arg not in wanted.split():
            continue
        try:
            settings[keyword.arg] = ast.literal_eval(keyword.value)
        except ValueError as error:
            raise ContentError(
                f"{path.name}:{keyword.value.lineno}: {keyword.arg}= must be written out (a "
                "literal), since notebooks are built without running this file"
            ) from error
    return settings
