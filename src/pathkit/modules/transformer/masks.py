"""Who may look where."""

from __future__ import annotations

import numpy as np
import torch

from pathkit.checks.exercise import exercise


def _padded(rng: np.random.Generator, lengths: list[int]) -> torch.Tensor:
    out = torch.zeros(len(lengths), max(lengths), dtype=torch.long)
    for row, length in zip(out, lengths, strict=True):
        row[:length] = torch.tensor(rng.integers(1, 9, size=length))
    return out


@exercise(
    title="Who may look where",
    level="medium",
    minutes=8,
    prompt="""
        0 stands for padding. Return two tables of booleans, True where looking is forbidden. Nobody
        looks at padding of the source; a target looks neither at padding nor at the future.
        """,
    probes=lambda rng: [
        (torch.tensor([[5, 3, 0]]), torch.tensor([[1, 4]])),
        (_padded(rng, [4, 2, 3]), _padded(rng, [2, 5, 3])),
        (_padded(rng, [1, 6]), _padded(rng, [4, 1])),
        (_padded(rng, [3]), _padded(rng, [3])),
        (_padded(rng, [2, 2, 1, 1]), _padded(rng, [1, 1, 1, 1])),
    ],
    hints=[
        "Padding is hidden from those who look for something. Are those the rows or the columns?",
        """
        1. `source == 0` is (B, S). Give it an axis for the rows, which all agree: (B, 1, S).
        2. `target == 0` in the same way: (B, 1, T).
        3. The future is the triangle above the diagonal: (T, T). Forbidden is one *or* the other.
        """,
        "`future = torch.ones(T, T).___(1).bool()`, and later "
        "`future ___ (target == 0)[:, None]`.",
    ],
    errors=[
        (
            "NotImplementedError: \"bitwise_or_cpu\" not implemented for 'Float'",
            "the triangle still holds 0.0 and 1.0: `.bool()`.",
        ),
        (
            "ValueError: Boolean value of Tensor with more than one value is ambiguous",
            "`or` and `and` want one value each. For whole tables write `|` and `&`.",
        ),
        (
            "RuntimeError: The size of tensor a must match the size of tensor b",
            "(T, T) meets (B, T): the second needs an axis for those who look, `[:, None]`.",
        ),
    ],
    # new_ones takes nothing from its tensor but kind and device, which both tables share.
    equivalents=["future = source.new_ones(T, T).triu(1).bool()"],
    passed="Short texts can now stand beside long ones, and nobody sees the filling.",
)
def masks(source: torch.Tensor, target: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """What is hidden from whom in a batch of padded pairs.

    source: (B, S) and target: (B, T), token numbers, 0 for padding.
    Returns booleans (B, 1, S) and (B, T, T), True for hidden. Row = who looks, column = at whom.
    """
    T = target.shape[1]
    future = target.new_ones(T, T).triu(1).bool()
    return (source == 0)[:, None], future | (target == 0)[:, None]


def _future(target, first=1):
    return torch.ones(target.shape[1], target.shape[1]).triu(first).bool()


@masks.misconception(
    "True and False are exchanged: these tables say who *may* look. Libraries differ on this, and "
    "nothing complains. Here, as in torch's layers, True hides."
)
def _what_is_seen(source, target):
    return (source != 0)[:, None], ~(_future(target) | (target == 0)[:, None])


@masks.misconception(
    "The padding's own rows are hidden: padding looks at nothing, which gives nan, and everybody "
    "still looks at padding. Hide columns: the new axis comes before the last."
)
def _hides_rows(source, target):
    return (source == 0)[:, None], _future(target) | (target == 0)[:, :, None]


@masks.misconception(
    "`and` hides a place only if it is future *and* padding. Either reason is enough: join the two "
    "with `|`."
)
def _both_reasons(source, target):
    return (source == 0)[:, None], _future(target) & (target == 0)[:, None]


@masks.misconception(
    "The target's future is not hidden. In training the whole target is there, so each place could "
    "read its own answer: hide what lies above the diagonal."
)
def _no_future(source, target):
    return (source == 0)[:, None], (target == 0)[:, None].repeat(1, target.shape[1], 1)


@masks.misconception(
    "The target's padding is not hidden. At the end of a text that happens to be harmless, since "
    "it is future anyway; padding that comes earlier would be seen. Hide it by name."
)
def _no_target_padding(source, target):
    B, T = target.shape
    return (source == 0)[:, None], _future(target).repeat(B, 1, 1)


@masks.misconception(
    "A place can't see itself, and the first one sees nothing at all: nan. The future begins one "
    "step right of the diagonal: `triu(1)`."
)
def _not_itself(source, target):
    return (source == 0)[:, None], _future(target, 0) | (target == 0)[:, None]


@masks.misconception(
    "The lower triangle is the past. Rows look and columns are looked at, so the future is above "
    "the diagonal: `triu(1)`."
)
def _hides_the_past(source, target):
    return (source == 0)[:, None], _future(target).T | (target == 0)[:, None]


@masks.misconception(
    "The source's table is (B, S). Against scores (B, T, S) its rows would be taken for target "
    "places: add the axis of those who look, `[:, None]`, to make (B, 1, S)."
)
def _no_axis(source, target):
    return source == 0, _future(target) | (target == 0)[:, None]
