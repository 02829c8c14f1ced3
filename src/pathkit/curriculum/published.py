"""The JSON Schemas of `curriculum.yaml` and `recall.yaml`, which files hold for editors."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from pathkit.curriculum.model import Curriculum
from pathkit.curriculum.recall import Recall

SCHEMAS: dict[str, type[BaseModel]] = {"curriculum": Curriculum, "recall": Recall}


def json_schema(file: str = "curriculum") -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a file, for editors: "curriculum" or "recall".

    It says less than `load` does: rules that span entries can't be said in it.
    """
    schema = _without_null(SCHEMAS[file].model_json_schema())
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _without_null(schema: Any) -> Any:
    # An optional key may be absent, but `key:` with nothing behind it is refused by the loader.
    if isinstance(schema, list):
        return [_without_null(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    cleaned = {key: _without_null(value) for key, value in schema.items()}
    choices = cleaned.get("anyOf")
    if isinstance(choices, list) and {"type": "null"} in choices:
        kept = [choice for choice in choices if choice != {"type": "null"}]
        rest = {key: value for key, value in cleaned.items() if key not in ("anyOf", "default")}
        return {**kept[0], **rest}
    return cleaned
