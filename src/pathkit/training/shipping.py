"""What a finished training leaves: the model's file, and a text beside it about how it was made."""

from __future__ import annotations

import dataclasses
import hashlib
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import torch

from pathkit import __version__
from pathkit.files import digest, write_atomically
from pathkit.kept_models.facts import Facts
from pathkit.kept_models.model_file import packed
from pathkit.training.gpt_recipe import DATA, HELD_OUT, HELD_OUT_SEED, LAYOUT, held_out_loss
from pathkit.training.resumable import Run

if TYPE_CHECKING:
    import numpy as np

NAME = "gpt"


def weights_of(run: Run) -> dict[str, np.ndarray]:
    """The weights as they are shipped, by name: float32."""
    return {name: value.detach().numpy() for name, value in run.model.state_dict().items()}


def ship(run: Run, folder: Path) -> tuple[Path, Path]:
    """Write the model of a finished run and its text into `folder`; returns the two files.

    Raises OSError where they can't be written.
    """
    loss, gap = held_out_loss(run.model)
    recipe = {**dataclasses.asdict(run.recipe), "seconds": round(run.seconds),
              "nats_above_entropy_per_story": round(gap, 4), "torch": torch.__version__}
    facts = Facts(NAME, LAYOUT, run.recipe.config, run.recipe.symbols, run.step, round(loss, 6),
                  DATA, date.today(), __version__, recipe)
    weights = weights_of(run)
    data = packed(weights, facts)
    model, text = folder / f"{NAME}.safetensors", folder / f"{NAME}.txt"
    write_atomically(model, data)
    write_atomically(text, _text(facts, weights, data))
    return model, text


def weights_digest(weights: dict[str, np.ndarray]) -> str:
    """SHA-256 of the numbers alone, by name: equal where a training was repeated exactly."""
    found = hashlib.sha256()
    for name in sorted(weights):
        found.update(name.encode())
        found.update(weights[name].tobytes())
    return found.hexdigest()


def _text(facts: Facts, weights: dict[str, np.ndarray], data: bytes) -> str:
    recipe = facts.recipe
    made = ", ".join(f"{name} {recipe[name]}" for name in (
        "seed", "steps", "batch_size", "rate", "climb", "n_embd", "n_head", "n_layer",
        "context_length"))
    return f"""\
The path's GPT: the model of the gpt lesson, trained for longer by `pathkit train {facts.name}`.

recipe      {made}
data        the small tales, one new story a window
time        {recipe["seconds"]} CPU seconds on one core, torch {recipe["torch"]}
loss        {facts.loss:.6f} nats per character on {HELD_OUT} held-out stories, seed {HELD_OUT_SEED}
gap         {recipe["nats_above_entropy_per_story"]:.4f} nats a story above the exact entropy
made        {facts.kept} by pathkit {facts.path_version}
sha-256     {digest(data)}
weights     {weights_digest(weights)}

On one machine the same recipe gives the same weights, bit for bit. Another processor rounds
otherwise: there the loss is near this one, and the digests differ.
"""
