"""Windows and their targets."""

from __future__ import annotations

import torch

from pathkit.checks.exercise import exercise
from pathkit.checks.random_tensors import indices


@exercise(
    title="Windows and their targets",
    level="easy",
    minutes=8,
    prompt="""
        Cut one window of `length` tokens from `data` at each position in `starts`. The target at
        every place is the token that comes next in `data`.
        """,
    probes=lambda rng: [
        (torch.tensor([5, 3, 8, 1, 9, 2]), [1], 3),
        (torch.arange(10) ** 2, [0, 4, 2], 4),
        (indices(rng, 30, below=90), [0, 25, 7], 4),
        (indices(rng, 12, below=90), [10, 0], 1),
        (indices(rng, 9, below=90), [0], 8),
        # One symbol many times over, and one start twice.
        (torch.tensor([3, 3, 3, 1, 3, 3, 0, 3]), [4, 0, 4], 3),
    ],
    hints=[
        "In `hello`, which letter should the model name after reading `hel`? Where does it stand?",
        """
        Inputs: `data[start]` up to `length` tokens. Targets: the same stretch, one token further
        on. Stack the windows of all starts: two tensors of shape (B, T).
        """,
        "`y = torch.stack([data[s + ___ : s + length + ___] for s in starts])`",
    ],
    errors=[
        (
            "RuntimeError: stack expects each tensor to be equal size",
            "one window runs over the end of `data`: check the ends of your slices.",
        ),
        (
            "TypeError: only integer tensors of a single element can be converted to an index",
            "you have a list of tensors: `torch.stack` makes one tensor of them.",
        ),
    ],
    passed="T predictions from each window: row t of the input may use t + 1 tokens.",
)
def windows(data: torch.Tensor, starts: list[int], length: int):
    """A batch of inputs and targets.

    data: (N,) token numbers; starts: B positions in it; length: T, tokens in a window.
    Returns tensors (x, y), both (B, T); y[b, t] is the token of `data` that follows x[b, t].
    """
    x = torch.stack([data[s : s + length] for s in starts])
    y = torch.stack([data[s + 1 : s + length + 1] for s in starts])
    return x, y


@windows.misconception(
    "The targets are the inputs. The model can then copy what it reads, and its loss falls to "
    "nearly 0 without any language: the target must be the token after it."
)
def _not_shifted(data, starts, length):
    x = torch.stack([data[s : s + length] for s in starts])
    return x, x.clone()


@windows.misconception(
    "Each target is the token before its input. A causal model has read that one already: shift "
    "the targets forward, not back."
)
def _shifted_back(data, starts, length):
    x = torch.stack([data[s : s + length] for s in starts])
    return x, torch.stack([data[[max(s + t - 1, 0) for t in range(length)]] for s in starts])


@windows.misconception(
    "`roll` sends the first token of a window round to its end, so each last target is wrong. The "
    "token after the window stands in `data`: slice again, from start + 1."
)
def _rolled(data, starts, length):
    x = torch.stack([data[s : s + length] for s in starts])
    return x, torch.roll(x, -1, dims=1)


@windows.misconception(
    "Inputs and targets hold one token less than asked for. Cut windows of `length`; the targets "
    "reach one token further into `data`."
)
def _one_short(data, starts, length):
    x = torch.stack([data[s : s + length] for s in starts])
    return x[:, :-1], x[:, 1:]


@windows.misconception(
    "There is one target for a whole window: the token after it. Causal models learn at every "
    "place at once, so each of the T inputs has a target of its own."
)
def _only_last(data, starts, length):
    x = torch.stack([data[s : s + length] for s in starts])
    return x, torch.stack([data[s + length] for s in starts])


@windows.misconception(
    "The shapes are (T, B): windows stand in columns. Here a batch comes first, one row for each "
    "window: stack along axis 0."
)
def _columns(data, starts, length):
    x = torch.stack([data[s : s + length] for s in starts], dim=1)
    return x, torch.stack([data[s + 1 : s + length + 1] for s in starts], dim=1)


@windows.misconception(
    "Inputs and targets are exchanged: `x` begins one token later than asked for, and `y` holds "
    "what the model has read. Inputs begin at the start, targets one token on."
)
def _exchanged(data, starts, length):
    x = torch.stack([data[s : s + length] for s in starts])
    return torch.stack([data[s + 1 : s + length + 1] for s in starts]), x


@windows.misconception(
    "The targets are one token short. Each of the T inputs needs one, also the last: its target "
    "is `data[start + length]`, so the slice ends at `start + length + 1`."
)
def _targets_short(data, starts, length):
    x = torch.stack([data[s : s + length] for s in starts])
    return x, torch.stack([data[s + 1 : s + length] for s in starts])


@windows.misconception(
    "The windows follow one another from the first start: each begins where the one before it "
    "ended. Every start in `starts` is a position of its own."
)
def _in_a_row(data, starts, length):
    rows = [torch.arange(length) + starts[0] + i * length for i in range(len(starts))]
    return torch.stack([data[r % len(data)] for r in rows]), torch.stack(
        [data[(r + 1) % len(data)] for r in rows]
    )
