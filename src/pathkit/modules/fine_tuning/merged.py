"""The detour becomes part of the matrix."""

from __future__ import annotations

import torch

from pathkit.checks.exercise import exercise
from pathkit.checks.random_tensors import SINGLE, normal


def _matrices(rng, n_out, n_in, rank):
    return normal(rng, n_out, n_in), normal(rng, rank, n_in), normal(rng, n_out, rank)


@exercise(
    title="Merge the detour into the matrix",
    level="easy",
    minutes=5,
    prompt="""
        The layer computes `x @ weight.T`, and the detour adds `x @ A.T @ B.T`. Return the one
        matrix that does both at once.
        """,
    probes=lambda rng: [
        (torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), torch.tensor([[1.0, 0.0, -1.0]]),
         torch.tensor([[10.0], [20.0]])),
        _matrices(rng, 5, 3, 2),
        _matrices(rng, 4, 4, 4),
        _matrices(rng, 3, 3, 1),
        _matrices(rng, 2, 6, 3),
    ],
    hints=[
        "Which shape must the result have? Which product of A and B has it?",
        "`x @ A.T @ B.T` is `x @ (A.T @ B.T)`, and what is `A.T @ B.T` transposed?",
        "`weight + ___ @ ___`",
    ],
    errors=[
        (
            "RuntimeError: mat1 and mat2 shapes cannot be multiplied",
            "write the shapes down: B is (n_out, rank), A is (rank, n_in).",
        ),
    ],
    tolerance=SINGLE,
    passed="After merging, the adapted model is as fast as the old one, and of its very shape.",
)
def merged(weight: torch.Tensor, A: torch.Tensor, B: torch.Tensor) -> torch.Tensor:
    """The weight of a linear layer that does what a layer and its detour do together.

    weight: (n_out, n_in); A: (rank, n_in); B: (n_out, rank). Returns (n_out, n_in), a new tensor;
    the arguments stay as they are.
    """
    return weight + B @ A


@merged.misconception(
    "This is the change alone, B @ A. The old matrix is still needed: add it, since the detour "
    "only says what is to be different."
)
def _change_alone(weight, A, B):
    return B @ A


@merged.misconception(
    "The product was taken off the weight. The detour is added to the layer's output, so B @ A is "
    "added to its matrix. (Taking it off is how an adapter is removed again.)"
)
def _taken_off(weight, A, B):
    return weight - B @ A


@merged.misconception(
    "The change is transposed: `A.T @ B.T` has shape (n_in, n_out), and a layer's weight is "
    "(n_out, n_in). Its transpose is B @ A."
)
def _transposed(weight, A, B):
    change = A.T @ B.T
    return weight + change if change.shape == weight.shape else change


@merged.misconception(
    "The caller's weight was changed. Then calling twice adds the detour twice: `weight + …` makes "
    "a new tensor, `+=` and `add_` write into the old one."
)
def _in_place(weight, A, B):
    weight += B @ A
    return weight


@merged.misconception(
    "The change was divided by the rank. The detour as you built it has no such factor; where code "
    "has one, it is written as alpha / rank, and here it is 1."
)
def _by_rank(weight, A, B):
    return weight + B @ A / len(A)


@merged.misconception(
    "The matrices were multiplied with the weight. The detour stands beside the layer and reads "
    "the same x, so their outputs add up: weight plus B @ A."
)
def _in_a_row(weight, A, B):
    return weight @ A.T @ A + B @ A
