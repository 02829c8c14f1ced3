"""Whether gradients flow back through an answer, held against the slopes of its own results."""

from __future__ import annotations

from collections.abc import Callable

import torch

from pathkit.checks.told import Told

# Slopes measured in float32 are off by a percent; one that was cut off is off by far more.
STEP = 3e-3
NEAR = 0.1
TINY = 0.02


def flows(call: Callable[..., torch.Tensor], **parts: torch.Tensor) -> None:
    """Raise Told where a part moves the result of `call(*parts)` and its gradient doesn't say so.

    parts: tensors of floats, by the names that the learner knows. What the result should be isn't
    known here: the slope is measured by moving each part a little.
    """
    # Of results that all count alike, and of such that pull this way and that.
    for seed, middle in ((0, 1.0), (1, 0.0), (2, 0.0)):
        off = _off(call, parts, seed, middle)
        _tell([name for name, gradient in off.items() if gradient is None], list(off))


def _off(call, parts, seed, middle) -> dict[str, torch.Tensor | None]:
    """The gradients that aren't the slopes of a weighted sum of the results, by their names."""
    leaves = {name: part.detach().clone().requires_grad_() for name, part in parts.items()}
    # Clones, as whatever calls the answer in a network hands it results of its own.
    result = call(*(leaf.clone() for leaf in leaves.values()))
    if not isinstance(result, torch.Tensor) or not result.is_floating_point():
        return {}
    generator = torch.Generator().manual_seed(seed)
    weights = middle + torch.randn(result.shape, generator=generator) / (1 + middle)
    if result.requires_grad:
        (result * weights).sum().backward()
    off = {}
    for name, leaf in leaves.items():
        # Along a gradient that lacks a part the results grow otherwise than it says.
        way = torch.randn(leaf.shape, generator=generator) if leaf.grad is None else leaf.grad
        way = way * (leaf.detach().abs().mean() / way.abs().mean().clamp(min=1e-20))
        slope = _slope(call, parts, name, way, weights)
        said = 0.0 if leaf.grad is None else (leaf.grad * way).sum().item()
        if abs(slope - said) > TINY + NEAR * (abs(slope) + abs(said)):
            off[name] = leaf.grad
    return off


def _slope(call, parts, name, way, weights) -> float:
    """How fast the weighted sum of the results grows where one part moves along `way`."""
    with torch.no_grad():
        ends = [
            call(*(p + sign * STEP * way if n == name else p.clone() for n, p in parts.items()))
            for sign in (1, -1)
        ]
        return ((ends[0] - ends[1]) * weights).sum().item() / (2 * STEP)


def _tell(missing: list[str], off: list[str]) -> None:
    cuts = "`.detach()`, `.data`, `.item()`, `torch.tensor(…)`, NumPy and `no_grad` do that"
    if missing:
        raise Told(
            f"No gradient reaches {_listed(missing)} after `backward()`, though the result depends "
            f"on it: something on the way was cut off. {cuts}, and what lies before can't learn."
        )
    if off:
        raise Told(
            f"The gradient of {_listed(off)} after `backward()` isn't the slope of the result: one "
            f"of the ways that lead there was cut off. {cuts}."
        )


def _listed(names: list[str]) -> str:
    quoted = [f"`{name}`" for name in names]
    return " and ".join([", ".join(quoted[:-1])] * (len(quoted) > 1) + quoted[-1:])
