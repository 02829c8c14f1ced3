"""Look the letters up."""

from __future__ import annotations

import torch

from pathkit.checks.exercise import exercise
from pathkit.checks.gradient_flow import require_flow
from pathkit.checks.random_tensors import SINGLE, indices, normal


def _with_its_gradient(answer, X, C):
    result = answer(X, C)
    require_flow(lambda C: answer(X, C), (C,))
    return result


@exercise(
    title="Look the letters up",
    level="easy",
    minutes=6,
    prompt="""
        Replace each symbol of each window by its row of `C`, and lay the rows of a window side by
        side. One window becomes one long row.
        """,
    probes=lambda rng: [
        (torch.tensor([[1, 0]]), torch.tensor([[5.0, -1.0], [2.0, 7.0]])),
        (torch.tensor([[2, 2, 0], [0, 2, 2]]), torch.tensor([[5.0, -1], [2, 7], [0, 3]])),
        (indices(rng, 4, 3, below=6), normal(rng, 6, 2)),
        (indices(rng, 3, 3, below=5), normal(rng, 5, 3)),
        (indices(rng, 2, 1, below=4), normal(rng, 4, 5)),
        (indices(rng, 1, 4, below=7), normal(rng, 7, 3)),
    ],
    drive=_with_its_gradient,
    hints=[
        "`C[X]` with X of shape (M, 3) and C of shape (27, 10): which shape comes back?",
        """
        A tensor may be indexed by a tensor of whole numbers: `C[X]` is (M, length, E), a row of
        `C` for each entry of `X`. `.flatten(1)` joins all axes from the second on.
        """,
        "`return C[___].flatten(___)`",
    ],
    errors=[
        (
            "IndexError: tensors used as indices must be long",
            "`X` holds whole numbers: index with it as it is.",
        ),
        (
            "RuntimeError: expected m1 and m2 to have the same dtype",
            "`@` multiplies, and `X` holds numbers of rows: look them up, `C[X]`.",
        ),
        (
            "RuntimeError: mat1 and mat2 shapes cannot be multiplied",
            "a product needs one-hot rows, `F.one_hot(X, len(C)).float()`; indexing is shorter.",
        ),
        (
            "RuntimeError: shape '[-1, 30]' is invalid",
            "30 is right for one size only: keep `len(X)` rows, or use `.flatten(1)`.",
        ),
    ],
    tolerance=SINGLE,
    passed="Three letters are 30 numbers now, and training may move every one of them.",
)
def embed(X: torch.Tensor, C: torch.Tensor) -> torch.Tensor:
    """The rows of C that belong to each window, side by side.

    X: (M, length) numbers of symbols; C: (V, E), one row for each symbol.
    Returns (M, length * E): for each window the row of its first symbol, then of its second, …
    (Bengio et al. 2003, section 2).
    """
    return C[X].flatten(1)


@embed.misconception(
    "The rows of a window were added up. Then `ann` and `nan` look alike, since a sum forgets the "
    "order: lay the rows side by side."
)
def _added_up(X, C):
    return C[X].sum(dim=1)


@embed.misconception(
    "The numbers are right, the shape still has three axes. The layer that follows takes one row "
    "for each window: flatten all axes but the first."
)
def _three_axes(X, C):
    return C[X]


@embed.misconception(
    "Feature by feature instead of symbol by symbol: first all first numbers, then all second "
    "ones. Nothing is lost, but W1's rows would stand in another order: all d numbers of a symbol "
    "come before those of the next."
)
def _by_feature(X, C):
    return C[X].transpose(1, 2).flatten(1)


@embed.misconception(
    "Numbers of different windows stand in one row. A reshape reads on from number to number and "
    "moves no axis: keep the windows as the first axis and join only the rest."
)
def _mixes_windows(X, C):
    return C[X.T].reshape(len(X), -1)


@embed.misconception(
    "The windows' parts stand below each other, all first symbols before all second ones: the axis "
    "of the windows grew instead of the row. Join along the second axis, dim=1."
)
def _below_each_other(X, C):
    return torch.cat([C[X[:, place]] for place in range(X.shape[1])], dim=0)


@embed.misconception(
    "All windows stand in one endless row. The windows must stay apart, one row for each: flatten "
    "from axis 1 on, and keep axis 0."
)
def _endless_row(X, C):
    return C[X].flatten()


@embed.misconception(
    "Only the last symbol of each window is left. That is the bigram again, with more steps: all "
    "symbols of the window have their place in the row."
)
def _last_symbol(X, C):
    return C[X[:, -1]]


@embed.misconception(
    "A row for each symbol, not for each window. The layer that follows reads a whole window at "
    "once: keep axis 0, the windows, and join the two axes behind it."
)
def _row_for_each_symbol(X, C):
    return C[X].flatten(0, 1)


@embed.misconception(
    "The rows of a window were averaged. Then `ann` and `nan` look alike, since a mean forgets the "
    "order: lay the rows side by side."
)
def _averaged(X, C):
    return C[X].mean(dim=1)
