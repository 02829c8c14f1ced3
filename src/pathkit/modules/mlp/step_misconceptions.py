"""More wrong ways to take a step."""

from __future__ import annotations

import torch

from .step import step


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


@step.misconception(
    "Gradients are cleared after the step, not before it. What somebody else's `backward` left in "
    "`.grad` is then added to the first step: clear before you go backward."
)
def _cleared_at_the_end(parameters, loss, rate):
    loss.backward()
    with torch.no_grad():
        for p in parameters:
            p -= rate * p.grad
            p.grad = None


@step.misconception(
    "Only the last parameter moved, and all take part in a step. Look for a line that stands "
    "behind the loop and should stand in it, one level further to the right."
)
def _only_the_last(parameters, loss, rate):
    for p in parameters:
        p.grad = None
    loss.backward()
    with torch.no_grad():
        p -= rate * p.grad


@step.misconception(
    "The gradients were added to the old ones, and the steps go uphill. Two things: set every "
    "`p.grad` to None first, and subtract the gradient."
)
def _never_cleared_and_uphill(parameters, loss, rate):
    loss.backward()
    with torch.no_grad():
        for p in parameters:
            p += rate * p.grad
