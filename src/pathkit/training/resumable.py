"""A training that can be stopped at any step, and goes on as if nothing had been.

What is saved is all that the next step depends on: weights, the optimizer's memory, and the step,
which decides the learning rate and the batch.
"""

from __future__ import annotations

import dataclasses
import io
import time
from collections.abc import Callable
from pathlib import Path

import torch
import torch.nn.functional as F

from pathkit.files import CantBeRead, contents, write_atomically
from pathkit.training.gpt_recipe import Recipe

SAVE_EVERY = 20.0
"""Seconds between two saves: what a kill may cost."""


class Run:
    """A training under a recipe; `step` is how many are done, `seconds` of CPU they took."""

    def __init__(self, recipe: Recipe, state: Path):
        self.recipe, self.state = recipe, state
        self.model = recipe.fresh()
        self.optimizer = torch.optim.AdamW(self.model.parameters(), betas=(0.9, 0.99))
        self.step, self.seconds = 0, 0.0

    def resume(self) -> str:
        """Take up what an earlier run saved; returns why not where something is in the way."""
        try:
            saved = torch.load(io.BytesIO(contents(self.state)), weights_only=True)
        except FileNotFoundError:
            return ""
        except CantBeRead as error:
            return f"{self.state}: {error.why}; training begins anew"
        except Exception:  # torch.load raises many kinds for bytes that aren't its own
            return f"{self.state} is damaged; training begins anew"
        if saved.get("recipe") != dataclasses.asdict(self.recipe):
            return f"{self.state} belongs to another recipe; training begins anew"
        self.model.load_state_dict(saved["model"])
        self.optimizer.load_state_dict(saved["optimizer"])
        self.step, self.seconds = saved["step"], saved["seconds"]
        return ""

    def save(self) -> None:
        """Write all that the next step depends on; a kill leaves the former state."""
        data = io.BytesIO()
        torch.save({
            "recipe": dataclasses.asdict(self.recipe), "model": self.model.state_dict(),
            "optimizer": self.optimizer.state_dict(), "step": self.step, "seconds": self.seconds,
        }, data)
        write_atomically(self.state, data.getvalue())

    def go_on(self, told: Callable[[int, float], None], stop: Callable[[], bool]) -> bool:
        """Train to the end, or until `stop()`; returns whether it is the end.

        told: called after each step with its number, from 1, and its loss.
        """
        windows = self.recipe.windows()
        begun, saved = time.process_time() - self.seconds, time.monotonic()
        while self.step < self.recipe.steps and not stop():
            loss = self._one_step(*windows.batch(self.step))
            self.step += 1
            self.seconds = time.process_time() - begun
            told(self.step, loss)
            if time.monotonic() - saved > SAVE_EVERY:
                self.save()
                saved = time.monotonic()
        self.save()
        return self.step == self.recipe.steps

    def _one_step(self, x: torch.Tensor, y: torch.Tensor) -> float:
        for group in self.optimizer.param_groups:
            group["lr"] = self.recipe.rate_of(self.step)
        loss = F.cross_entropy(self.model(x).flatten(0, 1), y.flatten())
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()
        return loss.item()
