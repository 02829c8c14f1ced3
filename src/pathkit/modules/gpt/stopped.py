"""Stop a small training, save it, go on, come back: what of it is as it was."""

from __future__ import annotations

import copy
import operator
from typing import Any

import torch
import torch.nn as nn
import torch.nn.functional as F

SYMBOLS, AS_SAVED, LATER, OTHER = 6, "as saved", "as later", "other"


class _Training:
    """A model, its optimizer and its generator of batches, which take steps."""

    def __init__(self, kind: str, steps: int, seed: int):
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            self.model = nn.Sequential(nn.Embedding(SYMBOLS, 4), nn.Linear(4, SYMBOLS))
        rate = {"lr": 0.05}
        self.optimizer = (
            torch.optim.AdamW(self.model.parameters(), betas=(0.8, 0.9), **rate)
            if kind == "adamw" else
            torch.optim.SGD(self.model.parameters(), momentum=0.9, **rate)
        )
        self.generator = torch.Generator().manual_seed(seed)
        self.steps = steps

    def take(self, first: int, last: int) -> None:
        """Steps `first` to `last`, without it; the rate falls from step to step."""
        for step in range(first, last):
            both = torch.randint(SYMBOLS, (2, 3), generator=self.generator)
            for group in self.optimizer.param_groups:
                group["lr"] = 0.1 * (self.steps - step) / self.steps
            loss = F.cross_entropy(self.model(both[0]), both[1])
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()

    def state(self) -> dict[str, Any]:
        """A copy of all that changes, part by part."""
        return copy.deepcopy({
            "weights": self.model.state_dict(), "optimizer": self.optimizer.state_dict(),
            "generator": self.generator.get_state(),
        })


def stopped(answer: Any, kind: str, saved_at: int, lost: int, steps: int, seed: int) -> dict:
    """Save at a step, lose the steps after it, restore in a new training, go on to the end.

    Returns for weights, optimizer and generator whether each came back as saved, or what else it
    is; what `restore` returned as the step; and whether the end is that of a training that never
    stopped, bit for bit.
    """
    straight = _Training(kind, steps, seed)
    straight.take(0, steps)
    one = _Training(kind, steps, seed)
    start = one.state()
    one.take(0, saved_at)
    then = one.state()
    checkpoint = answer(one.model, one.optimizer, one.generator, saved_at)
    one.take(saved_at, saved_at + lost)
    later = one.state()
    two = _Training(kind, steps, seed + 1)
    fresh = two.state()
    step = checkpoint.restore(two.model, two.optimizer, two.generator)
    came = two.state()
    known = {AS_SAVED: then, LATER: later, "as in a new one": fresh, "as at the start": start}
    found: dict[str, Any] = {
        part: next((name for name, state in known.items() if _same(came[part], state[part])), OTHER)
        for part in came
    }
    try:
        found["step"] = operator.index(step)
    except TypeError:
        found["step"] = None if step is None else type(step).__name__
    if found["step"] == saved_at and all(found[part] == AS_SAVED for part in came):
        two.take(saved_at, steps)
    found["same end"] = _same(two.state(), straight.state())
    return found


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, torch.Tensor):
        return isinstance(other, torch.Tensor) and torch.equal(one, other)
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(_same(one[k], other[k]) for k in one)
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(_same, one, other))
    return one == other


def said_of(found: dict, kind: str, saved_at: int, lost: int, steps: int, seed: int) -> str | None:
    """What a learner is told of what `stopped` found; None where all is well."""
    at = f"Saved after step {saved_at}, and restored after {lost} more: "
    means = {
        LATER: "is as it was after the later steps, not when you saved",
        "as in a new one": "is that of the new training: nothing was put back",
        "as at the start": "is as it was before the first step",
        OTHER: "is not what was saved",
    }
    for part, name in (("weights", "the model"), ("optimizer", "the optimizer's state"),
                       ("generator", "the generator")):
        if found[part] != AS_SAVED:
            return f"{at}{name} {means[found[part]]}."
    if found["step"] != saved_at:
        return f"{at}`restore` returned {found['step']} as the step; expected {saved_at}."
    return None if found["same end"] else f"{at}training on ends elsewhere than without a stop."
