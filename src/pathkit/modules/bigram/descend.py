"""Walk downhill."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise

from .gradient import gradient, softmax


@exercise(
    title="Walk downhill",
    level="medium",
    minutes=8,
    prompt="""
        Start from logits of 0 and take `steps` steps of gradient descent with learning rate `rate`.
        Return the logits and the losses, one measured before each step.
        """,
    probes=lambda rng: [
        (np.array([[3, 1], [4, 2]]), _loss, _true_gradient, 1, 0.5),
        (rng.integers(1, 9, size=(3, 4)), _loss, _true_gradient, 3, 2.0),
        (rng.integers(1, 9, size=(4, 4)), _loss, _true_gradient, 6, 5.0),
        (np.array([[2, 0, 5], [1, 3, 3]]), _distance, _slope_of_distance, 3, 0.4),
    ],
    hints=[
        "In which direction does the loss grow? You want to go the other way.",
        """
        1. `W`: zeros, as many rows and columns as `counts`. `losses`: an empty list.
        2. In each step: append `loss(W, counts)`, then move `W` by `rate` times the gradient.
        3. After the loop return both.
        """,
        "`W = W - rate * ___(W, counts)`, inside the loop, after the loss was measured.",
    ],
    errors=[
        (
            "UFuncTypeError: Cannot cast ufunc 'subtract' output",
            "`W` was made of integers: `np.zeros(counts.shape)` holds floats.",
        ),
    ],
    # The table is replaced by one of floats in the first step.
    equivalents=["W = np.zeros(counts.shape, dtype=int)"],
    passed="A loop of two lines: the same one trains every network of this path.",
)
def descend(counts: np.ndarray, loss, gradient, steps: int, rate: float):
    """Gradient descent on the logits of a bigram model, from zero.

    counts: (n, m) pair counts; loss: (W, counts) -> nats; gradient: (W, counts) -> (n, m);
    steps: how many; rate: step size.
    Returns (W, losses): logits (n, m) after the last step, and a list of `steps` losses.
    """
    W = np.zeros(counts.shape)
    losses = []
    for _ in range(steps):
        losses.append(loss(W, counts))
        W = W - rate * gradient(W, counts)
    return W, losses


def _true_gradient(W: np.ndarray, counts: np.ndarray) -> np.ndarray:
    return gradient.reference(W, counts)


def _loss(W: np.ndarray, counts: np.ndarray) -> float:
    return float(-(counts * np.log(softmax(W))).sum() / counts.sum())


def _distance(W: np.ndarray, counts: np.ndarray) -> float:
    """Another loss: half the squared distance of the logits from the counts."""
    return float(((W - counts) ** 2).sum() / 2)


def _slope_of_distance(W: np.ndarray, counts: np.ndarray) -> np.ndarray:
    return W - counts


@descend.misconception(
    "The loss climbs: you add the gradient. It points to where the loss grows, so subtract it."
)
def _climbs(counts, loss, gradient, steps, rate):
    W, losses = np.zeros(counts.shape), []
    for _ in range(steps):
        losses.append(loss(W, counts))
        W = W + rate * gradient(W, counts)
    return W, losses


@descend.misconception(
    "The learning rate is never used. The gradient is a mean over all pairs and its cells are "
    "small; the rate says how far to go along it."
)
def _no_rate(counts, loss, gradient, steps, rate):
    W, losses = np.zeros(counts.shape), []
    for _ in range(steps):
        losses.append(loss(W, counts))
        W = W - gradient(W, counts)
    return W, losses


@descend.misconception(
    "The gradient was taken once, at the start. The slope changes with every step: compute it "
    "again inside the loop."
)
def _stale_gradient(counts, loss, gradient, steps, rate):
    W, losses = np.zeros(counts.shape), []
    slope = gradient(W, counts)
    for _ in range(steps):
        losses.append(loss(W, counts))
        W = W - rate * slope
    return W, losses


@descend.misconception(
    "The losses are measured after each step, so the first one is missing: the loss of knowing "
    "nothing, ln of the number of columns. Every curve should start from it."
)
def _loss_after(counts, loss, gradient, steps, rate):
    W, losses = np.zeros(counts.shape), []
    for _ in range(steps):
        W = W - rate * gradient(W, counts)
        losses.append(loss(W, counts))
    return W, losses


@descend.misconception(
    "Only the last loss comes back. One number can't show whether the descent has flattened out: "
    "return the whole list."
)
def _last_loss(counts, loss, gradient, steps, rate):
    W, losses = _climb_down(counts, loss, gradient, steps, rate)
    return W, losses[-1]


@descend.misconception(
    "These are the results for the loss of this lesson. Another loss was passed in with its own "
    "gradient, and nothing follows them: call the arguments `loss` and `gradient`."
)
def _own_loss(counts, loss, gradient, steps, rate):
    return _climb_down(counts, _loss, _true_gradient, steps, rate)


@descend.misconception(
    "The two results are exchanged: the logits come first, then the list of losses."
)
def _exchanged(counts, loss, gradient, steps, rate):
    return _climb_down(counts, loss, gradient, steps, rate)[::-1]


@descend.misconception(
    "The logits alone come back. Return two things, the logits and the losses: `return W, losses`."
)
def _only_logits(counts, loss, gradient, steps, rate):
    return _climb_down(counts, loss, gradient, steps, rate)[0]


@descend.misconception(
    "There is one loss too many, measured after the last step. One is measured before each step, "
    "so there are as many losses as steps."
)
def _one_more(counts, loss, gradient, steps, rate):
    W, losses = _climb_down(counts, loss, gradient, steps, rate)
    return W, [*losses, loss(W, counts)]


@descend.misconception(
    "The descent ends after one step. Does `return` stand inside the loop? It ends the function at "
    "once, so move it below the loop."
)
def _one_step(counts, loss, gradient, steps, rate):
    return _climb_down(counts, loss, gradient, 1, rate)


@descend.misconception(
    "The descent starts from logits of 1, not of 0, so each of them ends elsewhere. Begin with "
    "np.zeros(counts.shape)."
)
def _from_ones(counts, loss, gradient, steps, rate):
    W, losses = np.ones(counts.shape), []
    for _ in range(steps):
        losses.append(loss(W, counts))
        W = W - rate * gradient(W, counts)
    return W, losses


@descend.misconception(
    "Each step forgets where the descent stood: the new logits are minus the step alone. Subtract "
    "the step from `W`."
)
def _forgets_itself(counts, loss, gradient, steps, rate):
    W, losses = np.zeros(counts.shape), []
    for _ in range(steps):
        losses.append(loss(W, counts))
        W = -rate * gradient(W, counts)
    return W, losses


def _climb_down(counts, loss, gradient, steps, rate):
    return descend.reference(counts, loss, gradient, steps, rate)
