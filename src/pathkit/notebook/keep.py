"""`path.keep()`: keep a model that the learner trained, for the lessons that go on with it."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from pathkit import __version__
from pathkit.checks.loading import exercises_of
from pathkit.display import started_in
from pathkit.errors import EnvironmentProblem
from pathkit.files import ChangedMeanwhile
from pathkit.kept_models.facts import Facts
from pathkit.learner import folder, own_model

if TYPE_CHECKING:
    import numpy as np

NAME, LAYOUT = "gpt", "gpt.GPT"
NEAR = 1e-3
"""Logits: how far a model's may be from the path's class under the same weights, in float32."""


class NotKept(Exception):
    """The model can't be kept; the message goes on after a colon."""


def keep(
    model: Any, *, symbols: Sequence[str], n_head: int, loss: float, steps: int, data: str,
    replace: bool = False,
) -> None:
    """Keep a GPT of the `gpt` lesson in the learner's folder, and say so in a line.

    model: its parameters named and shaped as the lesson's. symbols: the alphabet, in the order of
    the tokens. loss: nats per character on held-out text; steps: of training; data: trained on.
    A better one that was kept before stays, unless `replace`; the one replaced lies beside it.
    Never raises for a model, a file or a full disk: the line says what is the matter.
    """
    try:
        weights = _weights(model)
        facts = _facts(weights, symbols, n_head, loss, steps, data)
        _require_same_function(model, weights, facts)
        print(_kept(facts, weights, replace))
    except (NotKept, EnvironmentProblem) as problem:
        print(f"This GPT isn't kept: {problem}.")
    except ChangedMeanwhile:
        print("This GPT isn't kept: another notebook kept one at the same moment. Run the cell "
              "again.")
    except OSError as error:
        print(f"This GPT isn't kept: {error.filename or 'the file'} can't be written: "
              f"{error.strerror}. Run the cell again when that is mended.")


def _kept(facts: Facts, weights: dict[str, np.ndarray], replace: bool) -> str:
    home = folder.at_work(started_in())
    if home is None:
        return ("Nothing is kept here: that takes a notebook of yours in a folder that `pathkit "
                "start` made. Later lessons go on with the path's own GPT.")
    earlier = own_model.find(home, facts.name)
    if earlier.facts is not None and _same(earlier, facts, weights):
        return f"Your GPT is kept already: {_told(earlier.facts)}."
    why_not = own_model.unfit(facts, weights, facts.name)
    if not replace and (stays := own_model.stays(earlier, facts, not why_not)):
        return (f"Your earlier GPT stays: {stays}. To keep this one all the same, add "
                "`replace=True` to `path.keep`.")
    aside = own_model.write(home, facts, weights)
    lines = [f"Kept as your own GPT: {_told(facts)}, in "
             f"{own_model.file_of(home, facts.name).relative_to(home.root)}."]
    if aside is not None:
        lines.append(f"The one before is now {aside.relative_to(home.root)}.")
    lines.append(f"Later lessons take the path's all the same: {why_not}." if why_not
                 else "Later lessons go on with it.")
    return " ".join(lines)


def _told(facts: Facts) -> str:
    return f"{facts.loss:.4f} nats per character after {facts.steps:,} steps"


def _same(earlier: own_model.Found, facts: Facts, weights: dict[str, np.ndarray]) -> bool:
    """Whether the very same model is kept already, as when a cell is run again."""
    import numpy as np

    told = dataclasses.replace(facts, kept=earlier.facts.kept,
                               path_version=earlier.facts.path_version)
    return told == earlier.facts and all(
        np.array_equal(earlier.weights.get(name), value) for name, value in weights.items())


def _weights(model: Any) -> dict[str, np.ndarray]:
    import numpy as np
    import torch

    if not isinstance(model, torch.nn.Module):
        raise NotKept(f"it is a {type(model).__name__}, not a torch model")
    weights = {name: value.detach().to("cpu", torch.float32).contiguous().numpy()
               for name, value in model.named_parameters()}
    for name, value in weights.items():
        if not np.isfinite(value).all():
            raise NotKept(f"its parameter {name!r} holds nan or infinity, as after a training "
                          "that ran away")
    return weights


def _facts(
    weights: dict[str, np.ndarray], symbols: Sequence[str], n_head: int, loss: float, steps: int,
    data: str,
) -> Facts:
    for name in ("token.weight", "position.weight"):
        if name not in weights or weights[name].ndim != 2:
            raise NotKept(f"it has no parameter {name!r} of two axes, as the lesson's GPT has")
    (V, C), T = weights["token.weight"].shape, len(weights["position.weight"])
    if len(symbols) != V:
        raise NotKept(f"it reads {V} different tokens, and the alphabet has {len(symbols)} symbols")
    layers = {name.split(".")[1] for name in weights if name.startswith("blocks.")}
    config = {"vocab_size": V, "context_length": T, "n_embd": C, "n_head": int(n_head),
              "n_layer": len(layers)}
    if not math.isfinite(loss):
        raise NotKept(f"its loss is {loss}")
    return Facts(NAME, LAYOUT, config, tuple(map(str, symbols)), int(steps), float(loss),
                 str(data), date.today(), __version__)


def _require_same_function(model: Any, weights: dict[str, np.ndarray], facts: Facts) -> None:
    """Later lessons compute with the path's class: under these weights it must say the same."""
    import torch

    V, T, C, h, _ = facts.config.values()
    if h < 1 or C % h:
        raise NotKept(f"its width, {C}, isn't a multiple of its {h} heads")
    with torch.random.fork_rng(devices=[]), torch.no_grad():
        torch.manual_seed(0)
        tokens = torch.randint(V, (2, min(T, 20)))
        ours = exercises_of("gpt")["GPT"].reference(**facts.config).eval()
        theirs = {name: tuple(value.shape) for name, value in ours.named_parameters()}
        found = {name: value.shape for name, value in weights.items()}
        for name in sorted(found.keys() | theirs.keys()):
            if found.get(name) != theirs.get(name):
                raise NotKept(f"its parameter {name!r} is {found.get(name, 'missing')}, and the "
                              f"lesson's GPT has {theirs.get(name, 'none of that name')}")
        for name, parameter in ours.named_parameters():
            parameter.copy_(torch.from_numpy(weights[name]))
        device, training = next(model.parameters()).device, model.training
        try:
            said = model.eval()(tokens.to(device)).cpu().float()
        finally:
            model.train(training)
        far = (said - ours(tokens)).abs().max().item()
    if not far < NEAR:
        raise NotKept("the lesson's GPT computes something else from the same weights (its logits "
                      f"differ by {far:.2g}). Is n_head = {h} what it was built with?")
