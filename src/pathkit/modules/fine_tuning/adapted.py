"""Put a detour beside a small layer, train it a little, and note all that it promises."""

from __future__ import annotations

import torch
import torch.nn as nn

from pathkit.checks.told import Told


def adapted(answer, x, n_out, rank, bias, seed):
    """What an answer's class gives before and after A and B have moved.

    x: (..., n_in). Returns the output at the start, whether A and B are all 0 there, the shapes
    that are trained, the output with a known A and B, the gradients of both, and the layer's own
    weight.
    """
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        layer = nn.Linear(x.shape[-1], n_out, bias=bias)
        known_A, known_B = torch.randn(rank, x.shape[-1]), torch.randn(n_out, rank)
        made = answer(layer, rank)
    for name, shape in (("A", known_A.shape), ("B", known_B.shape)):
        _require_parameter(made, name, tuple(shape))
    zero = [not made.A.any(), not made.B.any()]
    with torch.no_grad():
        start = made(x)
    shapes = sorted(tuple(p.shape) for p in made.parameters() if p.requires_grad)
    with torch.no_grad():
        made.A.copy_(known_A)
        made.B.copy_(known_B)
    x = x.clone().requires_grad_()
    out = made(x)
    gradients = (None, None, None)
    if torch.is_tensor(out) and out.requires_grad:
        total = (out * torch.cos(torch.arange(out.numel()) * 1.7).reshape(out.shape)).sum()
        gradients = torch.autograd.grad(total, [made.A, made.B, x], allow_unused=True)
    return (start, zero, shapes, out.detach() if torch.is_tensor(out) else out, *gradients,
            layer.weight.detach())


def _require_parameter(made, name, shape):
    value = getattr(made, name, None)
    if value is None:
        raise Told(f"After `LowRank(layer, rank)` there is no `self.{name}`: make it in "
                   "`__init__`, as an `nn.Parameter`.")
    if not isinstance(value, nn.Parameter):
        raise Told(f"`self.{name}` isn't an `nn.Parameter`, so that no optimizer would find it: "
                   "wrap the tensor in `nn.Parameter(…)`.")
    if tuple(value.shape) != shape:
        raise Told(f"`self.{name}` has shape {tuple(value.shape)}, expected {shape}: A is "
                   "(rank, n_in) and B is (n_out, rank).")
