"""A tiny model on disk, right or spoilt, for tests of what reads it."""

from __future__ import annotations

import dataclasses
from datetime import date

import numpy as np

from pathkit.kept_models import shipped
from pathkit.kept_models.facts import Facts

FACTS = Facts("gpt", "gpt.GPT", {"vocab_size": 3, "n_head": 1}, ("\n", "a", "b"), 40, 0.5, "tales",
              date(2026, 11, 30), "0.1.0")
WEIGHTS = {"token.weight": np.arange(6, dtype=np.float32).reshape(3, 2),
           "norm.bias": np.array([0.1, -2.0], np.float32)}


def own(loss: float = 0.2, **changes) -> tuple[Facts, dict[str, np.ndarray]]:
    """A learner's GPT of the path's shape, as a file would hold it."""
    facts, weights = shipped.read("gpt")
    moved = {name: value + np.float32(0.01) for name, value in weights.items()}
    return dataclasses.replace(facts, loss=loss, steps=900, recipe={}, **changes), moved
