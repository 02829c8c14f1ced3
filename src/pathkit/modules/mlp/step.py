"""One step."""

from __future__ import annotations

import torch

from pathkit.checks.exercise import exercise

from .random_inputs import SINGLE


def _after_three(answer, seed: int, rate: float, shapes: list[tuple]) -> list[torch.Tensor]:
    """The parameters after three steps, each on other data."""
    generator = torch.Generator().manual_seed(seed)
    made = [torch.randn(*shape, generator=generator) for shape in shapes]
    parameters = [values.requires_grad_() for values in made]
    for _ in range(3):
        target = torch.randn(1, generator=generator)
        total = sum((p**2 * torch.randn(p.shape, generator=generator)).sum() for p in parameters)
        answer(parameters, (total - target).pow(2).sum() / 10, rate)
    return [p.detach().clone() for p in parameters]


@exercise(
    title="One step",
    level="hard",
    minutes=10,
    prompt="""
        Clear the old gradients, let torch go backward from the loss, and move every parameter
        downhill by `rate` times its gradient. Change the parameters themselves; return nothing.
        """,
    probes=lambda rng: [
        (1, 0.05, [(2,)]),
        (2, 0.01, [(2, 3), (3,)]),
        (3, 0.03, [(4, 1), (1,), (2, 2)]),
        (int(rng.integers(10, 99)), 0.02, [(3,), (3, 2)]),
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
            "UnboundLocalError",
            "`parameters` is a list: loop over it, and change each entry in place.",
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
    "The loss climbs: you added the gradient. It points to where the loss grows, so subtract it."
)
def _uphill(parameters, loss, rate):
    step(parameters, loss, -rate)


@step.misconception(
    "The rate is never used. A whole gradient is far too long a step for most networks; the rate "
    "says how much of it to take."
)
def _no_rate(parameters, loss, rate):
    step(parameters, loss, 1.0)


@step.misconception(
    "No parameter moved. Either `p = p - …` gave the name `p` to a new tensor and left the old one "
    "alone, or the gradients were cleared after `backward`. Use `p -= …` and clear first."
)
def _moves_nothing(parameters, loss, rate):
    for p in parameters:
        p.grad = None
    loss.backward()
    with torch.no_grad():
        for p in parameters:
            p = p - rate * p.grad  # a new tensor under an old name


@step.misconception(
    "Only the first parameter moved. Something ends the loop early, mostly a `return` that is "
    "indented too far: all parameters take part in a step."
)
def _only_the_first(parameters, loss, rate):
    for p in parameters:
        p.grad = None
    loss.backward()
    with torch.no_grad():
        for p in parameters:
            p -= rate * p.grad
            return


@step.misconception(
    "Every entry moved by the same length: only the sign of the gradient was used. Its size says "
    "how much a move is worth, so steep directions should go further."
)
def _sign_only(parameters, loss, rate):
    for p in parameters:
        p.grad = None
    loss.backward()
    with torch.no_grad():
        for p in parameters:
            p -= rate * p.grad.sign()
