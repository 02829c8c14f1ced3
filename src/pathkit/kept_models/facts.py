"""What a kept model's file says about the model, as text in the file's header."""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Mapping
from datetime import date
from typing import Any

from pathkit.kept_models.not_a_model import NotAModel

FORMAT = "pathkit model 1"


@dataclasses.dataclass(frozen=True)
class Facts:
    """What stands in the header of a model's file.

    name: what `path.model` is asked for. layout: the exercise whose class has these weights, as
    `module.Class`. config: what that class is built with, by name. symbols: the alphabet, symbol i
    for token i. steps: of training. loss: nats per character on held-out text. data: what it was
    trained on. kept: when. path_version: of the pathkit that wrote it. recipe: how one that comes
    with the path was made.
    """

    name: str
    layout: str
    config: dict[str, int]
    symbols: tuple[str, ...]
    steps: int
    loss: float
    data: str
    kept: date
    path_version: str
    recipe: dict[str, Any] = dataclasses.field(default_factory=dict)

    def header(self) -> dict[str, str]:
        """The facts as safetensors wants them: text by name; what isn't text is JSON."""
        return {
            "format": FORMAT, "name": self.name, "layout": self.layout, "data": self.data,
            "kept": self.kept.isoformat(), "path_version": self.path_version,
            "config": json.dumps(self.config), "symbols": json.dumps(self.symbols),
            "steps": json.dumps(self.steps), "loss": json.dumps(self.loss),
            "recipe": json.dumps(self.recipe),
        }

    @classmethod
    def of_header(cls, header: Mapping[str, str]) -> Facts:
        """The facts that a header tells; raises NotAModel for one that we didn't write."""
        found = header.get("format")
        if found is None:
            raise NotAModel("another program wrote it: it doesn't say what model it holds")
        if found != FORMAT:
            raise NotAModel(f"it is written as {found[:40]!r}, and this pathkit reads {FORMAT!r}")
        try:
            facts = cls(
                header["name"], header["layout"], _config(json.loads(header["config"])),
                _symbols(json.loads(header["symbols"])), _count(json.loads(header["steps"])),
                float(json.loads(header["loss"])), header["data"],
                date.fromisoformat(header["kept"]), header["path_version"],
                dict(json.loads(header["recipe"])),
            )
        except KeyError as error:
            raise NotAModel(f"its header lacks {error.args[0]!r}") from None
        except (ValueError, TypeError, RecursionError) as error:
            raise NotAModel(f"its header can't be read: {error}") from None
        if not math.isfinite(facts.loss):
            raise NotAModel(f"its header gives {facts.loss} as the loss")
        return facts


def _config(found: Any) -> dict[str, int]:
    return {str(name): _count(value) for name, value in dict(found).items()}


def _symbols(found: Any) -> tuple[str, ...]:
    if not isinstance(found, list) or not all(isinstance(s, str) for s in found):
        raise ValueError("the symbols are not a list of texts")
    return tuple(found)


def _count(found: Any) -> int:
    if type(found) is not int or found < 0:
        raise ValueError(f"{found!r} stands where a whole number belongs")
    return found
