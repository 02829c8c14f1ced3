"""Small deep networks, each with one fault, and what they lose when it is mended."""

from __future__ import annotations

import dataclasses

import numpy as np
import torch
import torch.nn.functional as F

from .batch_norm import batch_norm

TRUTH = ("linear", "dead", "large", "batch", "small", "rate")
_SETTINGS = {
    "large": {"gain": 8.0},
    "small": {"gain": 0.1},
    "linear": {"f": "none", "gain": 1.0},
    "dead": {"f": "relu", "gain": 2**0.5, "dead": 70},
    "rate": {"rate": 10.0},
    "batch": {"norm": True},
}
_FUNCTIONS = {"tanh": torch.tanh, "relu": torch.relu, "none": lambda z: z}


@dataclasses.dataclass
class Patient:
    """What the plots show of a network.

    outputs: (layers, 1000, units) before training; ratios: (moments, layers), log10;
    losses: of each step; dev: asked a thousand windows at a time; alone: asked one at a time.
    """

    outputs: np.ndarray
    ratios: np.ndarray
    losses: list[float]
    dev: float
    alone: float


def ward(train: tuple, dev: tuple, steps: int, seed: int = 0) -> dict[str, Patient]:
    """Train six broken networks of five layers; each has one fault."""
    found = {}
    for letter, fault in zip("ABCDEF", TRUTH, strict=True):
        found[letter] = _examined(train, dev, steps, seed, **_SETTINGS[fault])
    return found


def repaired(train: tuple, dev: tuple, steps: int, seed: int = 0) -> dict[str, tuple[str, float]]:
    """The fault of each network, and its dev loss asked one at a time once the fault is gone."""
    healthy = {
        "tanh": _examined(train, dev, steps, seed).alone,
        "relu": _examined(train, dev, steps, seed, f="relu", gain=2**0.5).alone,
        "norm": _examined(train, dev, steps, seed, norm=True, evaluates=True).alone,
    }
    kind = {"dead": "relu", "batch": "norm"}
    return {
        letter: (fault, healthy[kind.get(fault, "tanh")])
        for letter, fault in zip("ABCDEF", TRUTH, strict=True)
    }


def _examined(
    train, dev, steps, seed, f="tanh", gain=5 / 3, dead=0, norm=False, rate=0.1, evaluates=False
) -> Patient:
    generator = torch.Generator().manual_seed(seed)
    C = torch.randn(27, 10, generator=generator)
    widths = [30, 100, 100, 100, 100, 100]
    Ws = [
        torch.randn(a, b, generator=generator) * gain / a**0.5
        for a, b in zip(widths, widths[1:])
    ]
    bs = [torch.where(torch.arange(100) % 10 < dead // 10, -4.0, 0.0) for _ in Ws]
    V, c = torch.randn(100, 27, generator=generator) * 0.01, torch.zeros(27)
    running = [(torch.zeros(100), torch.ones(100)) for _ in Ws]
    weights = [C, *Ws, *bs, V, c]
    for w in weights:
        w.requires_grad_()

    def forward(X, training=True):
        x, outputs = C[X].flatten(1), []
        for i, (W, b) in enumerate(zip(Ws, bs)):
            z = x @ W
            if norm:
                z, after = batch_norm(z, 1.0, 0.0, running[i], training and len(X) > 1)
                running[i] = tuple(part.detach() for part in after)
            x = _FUNCTIONS[f](z + b)
            outputs.append(x.detach())
        return x @ V + c, outputs

    def alone(X):
        """The fault of `batch`: one window is normalised by itself, so z becomes 0."""
        if norm and not evaluates:
            x = C[X].flatten(1)
            for W, b in zip(Ws, bs):
                x = _FUNCTIONS[f](0 * (x @ W) + b)
            return x @ V + c
        return forward(X, training=False)[0]

    (X, Y), losses, ratios = train, [], []
    outputs = torch.stack(forward(X[:1000])[1]).numpy()
    for step in range(steps):
        batch = torch.randint(len(X), (32,), generator=generator)
        loss = F.cross_entropy(forward(X[batch])[0], Y[batch])
        for w in weights:
            w.grad = None
        loss.backward()
        with torch.no_grad():
            if step % 20 == 0:
                steps_to_weights = [rate * W.grad.std() / W.std() for W in Ws]
                ratios.append(torch.stack(steps_to_weights).log10().numpy())
            for w in weights:
                w -= rate * w.grad
        losses.append(loss.item())
    with torch.no_grad():
        X, Y = dev[0][:2000], dev[1][:2000]
        logits = [forward(X[i : i + 1000])[0] for i in (0, 1000)]
        together = F.cross_entropy(torch.cat(logits), Y).item()
        one_by_one = F.cross_entropy(alone(X), Y).item()
    return Patient(outputs, np.array(ratios), losses, together, one_by_one)
