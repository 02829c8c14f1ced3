"""One step."""

from __future__ import annotations

import torch

from pathkit.checks.exercise import exercise
from pathkit.checks.random_tensors import SINGLE
from pathkit.checks.told import Told


def _after_three(answer, seed: int, rate: float, shapes: list[tuple], old_gradients: bool) -> dict:
    """The parameters after three steps, each on other data.

    old_gradients: whether somebody went backward before, or all gradients are still None.
    """
    generator = torch.Generator().manual_seed(seed)
    made = [torch.randn(*shape, generator=generator) for shape in shapes]
    parameters = [values.requires_grad_() for values in made]
    if old_gradients:
        for p in made:
            p.grad = torch.randn(p.shape, generator=generator)
    for _ in range(3):
        target = torch.randn(1, generator=generator)
        total = sum((p**2 * torch.randn(p.shape, generator=generator)).sum() for p in made)
        answer(parameters, (total - target).pow(2).sum() / 10, rate)
        _require_the_same(made, parameters)
    return {"parameters after three steps": [p.detach().clone() for p in made]}


def _require_the_same(made: list[torch.Tensor], parameters: list[torch.Tensor]) -> None:
    """Raise Told where the list holds other tensors than before the step."""
    if len(parameters) != len(made):
        raise Told(f"`parameters` held {len(made)} tensors, and after the step {len(parameters)}.")
    for place, (before, after) in enumerate(zip(made, parameters, strict=True)):
        if before is not after:
            raise Told(
                f"`parameters[{place}]` is another tensor after the step than before. Everybody "
                "else who holds the old one would never see it move: change the tensor itself, "
                "with `p -= …` inside `torch.no_grad()`."
            )


@exercise(
    title="One step",
    level="hard",
    minutes=10,
    prompt="""
        Clear the old gradients, let torch go backward from the loss, and move every parameter
        downhill by `rate` times its gradient. Change the parameters themselves; return nothing.
        """,
    probes=lambda rng: [
        (1, 0.05, [(2,)], False),
        (2, 0.01, [(2, 3), (3,)], True),
        (3, 0.03, [(4, 1), (1,), (2, 2)], False),
        (int(rng.integers(10, 99)), 0.02, [(3,), (3, 2)], True),
    ],
    drive=_after_three,
    hints=[
        "`backward` adds to what is in `.grad`, as yours did. What is there from the step before?",
        """
        1. `p.grad = None` for every parameter `p`.
        2. `loss.backward()` fills in all of them.
        3. Inside `with torch.no_grad():`, change each `p` in place with `-=`. Without `no_grad`
           torch would record the step itself as part of the computation.
        """,
        "`with torch.no_grad():` … `p -= rate * p.___`",
    ],
    errors=[
        (
            "RuntimeError: a leaf Variable that requires grad is being used in an in-place",
            "put the update inside `with torch.no_grad():`.",
        ),
        (
            "TypeError: unsupported operand type(s) for *: 'float' and 'NoneType'",
            "`p.grad` is still None: `loss.backward()` must come first.",
        ),
        (
            "TypeError: assigned grad expected to be a Tensor or None",
            "a gradient isn't a number: `p.grad = None` clears it.",
        ),
        (
            "AttributeError: 'NoneType' object has no attribute 'zero_'",
            "nothing has gone backward yet, so there is no gradient: `p.grad = None` always works.",
        ),
        (
            "AttributeError: 'list' object has no attribute 'grad'",
            "`parameters` is a list of tensors: loop over it, and change each of them.",
        ),
    ],
    tolerance=SINGLE,
    passed="Clear, backward, move: the same three lines train every network of this path.",
)
def step(parameters: list, loss: torch.Tensor, rate: float) -> None:
    """One step of gradient descent, in place.

    parameters: tensors that loss was computed from; loss: a single number, as a tensor;
    rate: how far to go along the gradient.
    """
    for p in parameters:
        p.grad = None
    loss.backward()
    with torch.no_grad():
        for p in parameters:
            p -= rate * p.grad


@step.misconception(
    "Old gradients are never cleared. `backward` adds to them, so each step repeats all earlier "
    "ones: set every `p.grad` to None first."
)
def _never_cleared(parameters, loss, rate):
    loss.backward()
    with torch.no_grad():
        for p in parameters:
            p -= rate * p.grad


@step.misconception(
    "Each step goes along the gradient, and the loss climbs. The gradient points to where the loss "
    "grows: subtract it."
)
def _uphill(parameters, loss, rate):
    step(parameters, loss, -rate)


@step.misconception(
    "Each step is a whole gradient long, whatever `rate` is. That is far too long for most "
    "networks; the rate says how much of the gradient to take."
)
def _no_rate(parameters, loss, rate):
    step(parameters, loss, 1.0)


@step.misconception(
    "No parameter moved. Two usual reasons: `p = p - …` gives the name `p` to a new tensor and "
    "leaves the old one alone, or the gradients are cleared after `backward`. Use `p -= …`, and "
    "clear first."
)
def _moves_nothing(parameters, loss, rate):
    for p in parameters:
        p.grad = None
    loss.backward()
    with torch.no_grad():
        for p in parameters:
            p = p - rate * p.grad  # a new tensor under an old name


@step.misconception(
    "Only the first parameter moved, and all take part in a step. Look for `parameters[0]`, or for "
    "a `return` that is indented so far that it ends the loop."
)
def _only_the_first(parameters, loss, rate):
    for p in parameters:
        p.grad = None
    loss.backward()
    with torch.no_grad():
        for p in parameters:
            p -= rate * p.grad
            return
