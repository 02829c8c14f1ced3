"""The recipe of the path's GPT: the model of the `gpt` lesson, trained for longer.

Architecture, start and optimizer are the lesson's. The lesson's 3,600 windows become 192,000,
and each holds a story that is read once, so that nothing can be learned by heart.
"""

from __future__ import annotations

import dataclasses
from typing import Any

import torch
import torch.nn as nn
import torch.nn.functional as F

from pathkit.checks.loading import exercises_of
from pathkit.datasets.small_tales import SMALL_TALES

LAYOUT = "gpt.GPT"
DATA = "tales"
HELD_OUT, HELD_OUT_SEED = 200, 10**6
"""The stories that the lesson holds out, so that losses can be compared."""


@dataclasses.dataclass(frozen=True)
class Recipe:
    """Everything that decides what comes out, but for how a processor rounds.

    rate: peak of the learning rate, which climbs for `climb` of the steps and falls to 0.
    """

    seed: int = 0
    steps: int = 12_000
    batch_size: int = 16
    rate: float = 0.01
    climb: float = 0.05
    n_embd: int = 48
    n_head: int = 4
    n_layer: int = 2
    context_length: int = 160

    @property
    def symbols(self) -> tuple[str, ...]:
        """The alphabet, the end of a story first."""
        return tuple(SMALL_TALES.alphabet)

    @property
    def config(self) -> dict[str, int]:
        """What the class is built with."""
        return {"vocab_size": len(self.symbols), "context_length": self.context_length,
                "n_embd": self.n_embd, "n_head": self.n_head, "n_layer": self.n_layer}

    def rate_of(self, step: int) -> float:
        """The learning rate of a step, from 0."""
        return self.rate * min((step + 1) / (self.climb * self.steps),
                               (self.steps - step) / self.steps)

    def fresh(self) -> nn.Module:
        """The model before its first step: the lesson's start, waves for positions included."""
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(self.seed)
            model = reference()(**self.config)
        width = self.n_embd
        places = torch.arange(self.context_length)[:, None]
        angles = places * 10000 ** (-torch.arange(0, width, 2) / width)
        with torch.no_grad():
            model.position.weight.copy_(torch.cat([angles.sin(), angles.cos()], 1))
            model.token.weight.mul_(0.5)
        return model

    def windows(self) -> Windows:
        """What it is trained on."""
        return Windows(self)


class Windows:
    """A window of T + 1 tokens for each story of the training, beginning at the story."""

    def __init__(self, recipe: Recipe):
        index = {symbol: i for i, symbol in enumerate(recipe.symbols)}
        # One batch more than is read: the last window runs on into the stories after it.
        many = (recipe.steps + 1) * recipe.batch_size
        text = "\n" + "".join(SMALL_TALES.sample(many, recipe.seed))
        self.tokens = torch.tensor([index[symbol] for symbol in text], dtype=torch.uint8)
        self.starts = (self.tokens == 0).nonzero().flatten()
        self.recipe = recipe

    def batch(self, step: int) -> tuple[torch.Tensor, torch.Tensor]:
        """Inputs and targets of a step, from 0: both (B, T)."""
        B, T = self.recipe.batch_size, self.recipe.context_length
        rows = [self.tokens[s : s + T + 1].long() for s in self.starts[step * B : (step + 1) * B]]
        both = torch.stack(rows)
        return both[:, :-1], both[:, 1:]


def reference() -> Any:
    """The class of the path's answer to the exercise GPT."""
    return exercises_of("gpt")["GPT"].reference


@torch.no_grad()
def held_out_loss(model: nn.Module, how_many: int = HELD_OUT) -> tuple[float, float]:
    """Nats per character on held-out stories, and nats a story above the exact entropy's reader.

    model: (B, T) tokens -> (B, T, V) logits, over the alphabet of the small tales.
    """
    stories = SMALL_TALES.sample(how_many, HELD_OUT_SEED)
    index = {symbol: i for i, symbol in enumerate(SMALL_TALES.alphabet)}
    length = max(map(len, stories))
    x, y = torch.zeros(how_many, length).long(), torch.full((how_many, length), -1)
    for row, story in enumerate(stories):
        codes = torch.tensor([index[symbol] for symbol in story])
        x[row, 1 : len(codes)], y[row, : len(codes)] = codes[:-1], codes
    paid = sum(
        F.cross_entropy(model(a).flatten(0, 1), b.flatten(), ignore_index=-1, reduction="sum")
        for a, b in zip(x.split(100), y.split(100), strict=True)
    ).item()
    perfect = -sum(SMALL_TALES.log_probability(story) for story in stories)
    return paid / sum(map(len, stories)), (paid - perfect) / how_many
