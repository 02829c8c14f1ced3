"""What pydantic finds when data don't fit a model, in words for somebody who edits YAML."""

from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from pathkit.curriculum.findings import DataPath, Finding
from pathkit.curriculum.recall import Recall
from pathkit.curriculum.value_words import closest, did_you_mean, misplaced, shown
from pathkit.path_modules import RECALL

Shape = TypeVar("Shape", bound=BaseModel)


def validated(
    data: dict[str, Any], shape: type[Shape]
) -> tuple[Shape | None, list[Finding]]:
    """The data as `shape` says, or None; and all that doesn't fit it."""
    try:
        return shape.model_validate(data), []
    except ValidationError as error:
        details = error.errors(include_url=False)
    found = []
    unknown = [detail["loc"] for detail in details if detail["type"] == "extra_forbidden"]
    meant = {(*path[:-1], _meant(path, shape)) for path in unknown}
    for detail in details:
        path, kind = detail["loc"], detail["type"]
        if kind == "missing" and path in meant:
            # A misspelt key is one slip and not two.
            continue
        if kind == "too_short" and len(detail["input"]) >= detail["ctx"]["min_length"]:
            # Pydantic counts the valid items of a tuple, and the others have their own findings.
            continue
        if path[-1:] == ("[key]",):
            found.append(Finding(path[:-1], _message(detail, shape), on_key=True))
        else:
            message = _message(detail, shape)
            found.append(Finding(path, message, kind == "extra_forbidden"))
    return None, found


def _message(detail: Any, shape: type[BaseModel]) -> str:
    path, kind, value = detail["loc"], detail["type"], detail["input"]
    context = detail.get("ctx", {})
    if kind == "value_error":
        return str(context["error"])
    if kind == "extra_forbidden":
        return _unknown_key(path, shape)
    if kind == "missing":
        return f"missing; expected {_expected(path, shape)}"
    if kind in ("model_type", "dict_type"):
        return misplaced(value, "a mapping")
    if kind == "tuple_type":
        return misplaced(value, "a list")
    if kind == "too_short":
        least = context["min_length"]
        return f"{_items(len(value))} where at least {least} must stand"
    if kind == "too_long":
        return f"{_items(len(value))} where at most {context['max_length']} may stand"
    return f"{shown(value)} is not what is expected here"


def _items(count: int) -> str:
    return "1 item" if count == 1 else f"{count} items"


def _unknown_key(path: DataPath, shape: type[BaseModel]) -> str:
    fields = _fields_at(path[:-1], shape)
    if path[-1] in Recall.model_fields and path[-3:-2] == ("modules",):
        return f"these stand in the module's own {RECALL}, beside its lesson"
    hint = did_you_mean(path[-1], fields) or f"; expected one of {', '.join(fields)}"
    return f"unknown key{hint}"


def _meant(path: DataPath, shape: type[BaseModel]) -> str | None:
    return closest(path[-1], _fields_at(path[:-1], shape))


def _expected(path: DataPath, shape: type[BaseModel]) -> str:
    description = _fields_at(path[:-1], shape)[str(path[-1])].description or "a value"
    return description[0].lower() + description[1:].removesuffix(".")


def _fields_at(path: DataPath, shape: type[BaseModel]) -> dict[str, FieldInfo]:
    """The fields of the model that describes the data at a path."""
    current: Any = shape
    for step in path:
        if isinstance(step, str):
            current = _unwrapped(current.model_fields[step].annotation)
        else:
            current = _unwrapped(get_args(current)[0])
    return current.model_fields if issubclass(current, BaseModel) else {}


def _unwrapped(annotation: Any) -> Any:
    origin = get_origin(annotation)
    if origin is Annotated:
        return _unwrapped(get_args(annotation)[0])
    if origin in (Union, UnionType):
        return _unwrapped(next(one for one in get_args(annotation) if one is not type(None)))
    return annotation
