"""Whether gradients flow through an answer: one that is right but detached never learns."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import torch

from pathkit.checks.told import Told

STEP = 1e-3  # of a try to either side; float32 sums then leave a slope some thousandths off
LEAST = 1e-3  # what a change of an input must do to the output to count as one
OFF = 0.15  # of the size of the whole gradient: far more than rounding, far less than a lost way

DETACHED = (
    "`detach`, `.data`, `.item()`, `no_grad` and new tensors made from numbers all cut that way, "
    "and what is cut off never learns."
)


def call_with_gradients(answer: Callable[..., Any], *arguments: Any) -> Any:
    """What a function returns for `arguments`. Raises Told where gradients don't flow through."""
    before = [a.clone() if torch.is_tensor(a) else a for a in arguments]
    out = answer(*arguments)
    pairs = zip(before, arguments, strict=True)
    if all(torch.equal(a, b) for a, b in pairs if torch.is_tensor(a)):  # else that is the fault
        require_flow(answer, arguments)
    return out


def learning(answer: Any) -> Any:
    """The class of a model, with a call that raises Told where gradients don't flow through."""
    if not isinstance(answer, type):
        return answer

    class Learning(answer):
        def forward(self, *inputs):
            out = super().forward(*inputs)
            require_flow(super().forward, inputs, dict(self.named_parameters()))
            return out

    Learning.__name__ = answer.__name__  # messages about attributes name the class
    return Learning


def require_flow(
    call: Callable[..., Any], inputs: tuple, learned: dict[str, torch.Tensor] | None = None
) -> None:
    """Raise Told where `call(*inputs)` depends on a tensor in ways that its gradient leaves out.

    learned: the parameters that `call` uses by itself, by name. What doesn't return one tensor of
    finite numbers is left to the judge.
    """
    given = {i: x.detach().clone() for i, x in enumerate(inputs) if _is_floating(x)}
    names = {**{i: _name(call, i) for i in given}, **{name: f"`{name}`" for name in learned or {}}}
    tensors = {**given, **(learned or {})}

    def total(middle: float) -> torch.Tensor | None:
        # Times 1: an answer may change its own copy in place, and a leaf forbids that.
        out = call(*(given[i] * 1 if i in given else x for i, x in enumerate(inputs)))
        if not _is_floating(out) or not torch.isfinite(out).all():
            return None
        return (out * (middle + _waves(out))).sum()

    for tensor in tensors.values():
        tensor.requires_grad_()
    # Results that pull this way and that hide what moves all of them alike, and the other way
    # round.
    for middle in (0.0, 2.0):
        _require_slopes(lambda middle=middle: total(middle), names, tensors)


def _require_slopes(
    total: Callable[[], torch.Tensor | None], names: dict[Any, str],
    tensors: dict[Any, torch.Tensor],
) -> None:
    """Raise Told where the total moves with the tensors otherwise than its gradient says."""
    with torch.enable_grad():
        whole = total()
    if whole is None:
        return
    found = [None] * len(tensors)
    if whole.requires_grad:
        found = torch.autograd.grad(whole, list(tensors.values()), allow_unused=True)
    here = float(whole.detach())
    parts = list(zip(names.values(), tensors.values(), found, strict=True))
    missing = [name for name, tensor, gradient in parts
               if gradient is None and _moves(total, here, tensor)]
    if missing:
        them = "it" if len(missing) == 1 else "them"
        raise Told(
            f"The output depends on {_listed(missing)}, but no gradient reaches {them}: {DETACHED}")
    if _is_off(total, here, parts):
        # Together, as a way lost between two of them may show in neither alone.
        one_by_one = [part[0] for part in parts if _is_off(total, here, [part])]
        raise Told(
            f"The output depends on {_listed(one_by_one) or 'its inputs'} in a way that no "
            f"gradient sees: {DETACHED}"
        )


def _moves(
    total: Callable[[], torch.Tensor | None], here: float, tensor: torch.Tensor
) -> bool:
    """Whether the total changes with the tensor at all."""
    return any(abs(slope) > LEAST for slope in _slopes(total, here, [tensor], [_waves(tensor)]))


def _is_off(
    total: Callable[[], torch.Tensor | None], here: float,
    parts: list[tuple[str, torch.Tensor, torch.Tensor | None]],
) -> bool:
    """Whether the slope along a fixed way, or along the gradient itself, isn't what it says."""
    known = [(tensor, gradient) for _, tensor, gradient in parts if gradient is not None]
    size = sum(float(gradient.square().sum()) for _, gradient in known) ** 0.5
    tensors = [tensor for _, tensor, _ in parts]
    waves = [_waves(tensor) for tensor in tensors]
    steepest = [
        torch.zeros_like(tensor) if gradient is None else gradient / max(size, LEAST)
        for _, tensor, gradient in parts
    ]
    for ways in (waves, steepest):
        slopes = _slopes(total, here, tensors, ways)
        pairs = zip(parts, ways, strict=True)
        along = sum(float((g * way).sum()) for (_, _, g), way in pairs if g is not None)
        # One slope that fits is enough: a bend may lie on the other side.
        if slopes and min(abs(slope - along) for slope in slopes) > OFF * (size + LEAST):
            return True
    return False


@torch.no_grad()
def _slopes(
    total: Callable[[], torch.Tensor | None], here: float, tensors: list[torch.Tensor],
    ways: list[torch.Tensor],
) -> list[float]:
    """How fast the total grows along the ways: ahead, behind and over both together.

    None at all where it isn't finite there.
    """
    kept, sides = [t.clone() for t in tensors], []
    for step in (STEP, -STEP):
        for tensor, old, way in zip(tensors, kept, ways, strict=True):
            tensor.copy_(old + step * way)
        sides.append(total())
    for tensor, old in zip(tensors, kept, strict=True):
        tensor.copy_(old)
    if any(side is None for side in sides):
        return []
    up, down = map(float, sides)
    return [(up - here) / STEP, (here - down) / STEP, (up - down) / (2 * STEP)]


def _listed(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1])] * (len(names) > 1) + names[-1:])


def _name(call: Callable[..., Any], place: int) -> str:
    """What the call names its input at `place`."""
    try:
        return f"`{list(inspect.signature(call).parameters)[place]}`"
    except (TypeError, ValueError, IndexError):
        return "its input"


def _waves(tensor: torch.Tensor) -> torch.Tensor:
    """Numbers of either sign in the tensor's shape, the same each time."""
    return torch.cos(1.7 * torch.arange(tensor.numel()) + 0.3).reshape(tensor.shape)


def _is_floating(value: Any) -> bool:
    return torch.is_tensor(value) and value.is_floating_point()
