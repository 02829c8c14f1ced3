"""Stands for `path.model` where a whole notebook is run in a sandbox: always the path's own."""

from __future__ import annotations

import importlib
from typing import Any

from pathkit.kept_models import shipped
from pathkit.kept_models.kept_model import KeptModel


def model(name: str = "gpt", **_: Any) -> KeptModel:
    """The path's model; no folder of a learner's is at hand."""
    facts, weights = shipped.read(name)
    print(f"the path's {name.upper()}: {facts.loss:.4f} nats per character")
    return KeptModel(facts, weights, False, _class_of)


def _class_of(layout: str) -> Any:
    """The author's own class where it passed, else a stand-in: references aren't here."""
    module, _, name = layout.rpartition(".")
    answers = importlib.import_module("pathkit.exercises")
    return getattr(getattr(answers, module.replace("-", "_")), name)
