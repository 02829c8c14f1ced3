"""A kept model as a lesson uses it: arrays without torch, or the torch model itself."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from pathkit.kept_models.facts import Facts

if TYPE_CHECKING:
    import numpy as np
    import torch


@dataclasses.dataclass(frozen=True)
class KeptModel:
    """A trained model with its alphabet.

    weights: float32 arrays by parameter name, shapes as PyTorch has them: a linear layer from n to
    m is (m, n). own: whether the learner trained it. facts: all that its file says.
    """

    facts: Facts
    weights: dict[str, np.ndarray]
    own: bool
    class_of: Callable[[str], Any] = dataclasses.field(repr=False)

    @property
    def symbols(self) -> tuple[str, ...]:
        """The alphabet: symbol i is what token i stands for."""
        return self.facts.symbols

    @property
    def config(self) -> dict[str, int]:
        """What the model was built with: vocab_size, context_length, n_embd, n_head, n_layer."""
        return dict(self.facts.config)

    @property
    def loss(self) -> float:
        """Nats per character on the held-out stories of the `gpt` lesson."""
        return self.facts.loss

    @functools.cached_property
    def model(self) -> torch.nn.Module:
        """The torch model with these weights, in eval mode: (B, T) tokens -> (B, T, V) logits.

        The same object each time; `path.model` reads the file anew and gives an untouched one.
        """
        import torch

        with torch.random.fork_rng(devices=[]):  # what a lesson draws next stays the same
            made = self.class_of(self.facts.layout)(**self.facts.config)
        made.load_state_dict({name: torch.from_numpy(v) for name, v in self.weights.items()})
        return made.eval()


def misfit(facts: Facts, weights: dict[str, Any], wanted: Facts, theirs: dict[str, Any]) -> str:
    """Why a model can't stand in for the path's, whose facts and weights come last; "" if it can.
    """
    if facts.layout != wanted.layout:
        return f"it is a {facts.layout[:40]}, not a {wanted.layout}"
    if facts.symbols != wanted.symbols:
        return (f"it was trained on another alphabet ({len(facts.symbols)} symbols, where the "
                f"lessons have {len(wanted.symbols)})" if len(facts.symbols) != len(wanted.symbols)
                else "it was trained on another alphabet")
    if facts.data != wanted.data:
        return f"it was trained on {facts.data[:40]}, and the lessons go on with {wanted.data}"
    for name, value in wanted.config.items():
        if facts.config.get(name) != value:
            return f"its {name} is {facts.config.get(name)}, where the lessons have {value}"
    found = {name: tuple(value.shape) for name, value in weights.items()}
    shapes = {name: tuple(value.shape) for name, value in theirs.items()}
    for name in sorted(found.keys() | shapes.keys()):
        if found.get(name) != shapes.get(name):
            return (f"its weight {name[:60]!r} is {found.get(name, 'missing')}, where the lessons "
                    f"have {shapes.get(name, 'none')}")
    return ""
