"""Switch a head off."""

from __future__ import annotations

import torch

from pathkit.checks.exercise import exercise


def _outputs(rng, *shape: int) -> torch.Tensor:
    return torch.tensor(rng.normal(size=shape), dtype=torch.float32)


@exercise(
    title="Switch a head off",
    level="easy",
    minutes=6,
    prompt="""
        Return the outputs of all heads, with those of one head set to 0 in every text and at every
        place. What was handed in must stay as it was.
        """,
    probes=lambda rng: [
        (_outputs(rng, 2, 3, 4, 5), 1),
        (_outputs(rng, 3, 2, 5, 4), 0),
        (_outputs(rng, 1, 4, 5, 6), 3),
        (_outputs(rng, 5, 3, 3, 3), 2),
        (_outputs(rng, 4, 3, 5, 2), 1),
    ],
    hints=[
        "Which of the four axes counts the heads?",
        """
        1. Make a copy: `out.clone()`. An assignment is a second name for the same tensor,
           and `detach()` shares its numbers.
        2. Take all texts, the one head, all places and all numbers, and set them to 0.
        3. Return the copy.
        """,
        "`copy[:, ___] = 0`",
    ],
    errors=[
        (
            "IndexError: index ... is out of bounds for dimension 0",
            "axis 0 counts the texts; the heads are axis 1: `[:, head]`.",
        ),
        (
            "AttributeError: 'Tensor' object has no attribute 'copy'",
            "torch says `out.clone()` where NumPy says `.copy()`.",
        ),
    ],
    passed="Whatever changes in the loss now, this head was the cause of it.",
)
def ablated(out: torch.Tensor, head: int) -> torch.Tensor:
    """The outputs of all heads, with one switched off.

    out: (B, heads, T, d), which isn't changed; head: its number, from 0.
    Returns (B, heads, T, d).
    """
    silent = out.clone()
    silent[:, head] = 0
    return silent


@ablated.misconception(
    "A text was silenced, not a head: axis 0 counts the texts. The heads are axis 1, so take all "
    "texts first: `[:, head]`."
)
def _a_text(out, head):
    silent = out.clone()
    silent[head % len(out)] = 0
    return silent


@ablated.misconception(
    "One place fell silent in all heads. Axis 2 counts the places; the heads are axis 1, right "
    "after the texts."
)
def _a_place(out, head):
    silent = out.clone()
    silent[:, :, head % out.shape[2]] = 0
    return silent


@ablated.misconception(
    "One number of each output is 0, in all heads. Axis 3 counts the numbers of an output; the "
    "heads are axis 1: `[:, head]`."
)
def _a_number(out, head):
    silent = out.clone()
    silent[..., head % out.shape[3]] = 0
    return silent


@ablated.misconception(
    "All heads up to this one are silent. A slice takes everything before its end; one number for "
    "an index takes one head: `[:, head]`."
)
def _all_up_to(out, head):
    silent = out.clone()
    silent[:, : head + 1] = 0
    return silent


@ablated.misconception(
    "All other heads are silent, and this one is left. To learn what a head is needed for, take it "
    "out and leave the rest."
)
def _all_others(out, head):
    silent = torch.zeros_like(out)
    silent[:, head] = out[:, head]
    return silent


@ablated.misconception(
    "The head was cut out, and one axis is shorter. The matrix behind it expects the numbers of "
    "all heads side by side: set them to 0, and keep the shape."
)
def _cut_out(out, head):
    return torch.cat([out[:, :head], out[:, head + 1 :]], dim=1)


@ablated.misconception(
    "The head is silent in the first text only. One index for each axis picks one text; a colon "
    "takes all of them."
)
def _first_text_only(out, head):
    silent = out.clone()
    silent[0, head] = 0
    return silent


@ablated.misconception(
    "The last place alone is silent. Every place goes through the head, so all of them must lose "
    "what it says."
)
def _last_place_only(out, head):
    silent = out.clone()
    silent[:, head, -1] = 0
    return silent


@ablated.misconception(
    "The head's outputs were replaced by a mean. That is another way to silence a head, and "
    "people use it, too; the words here ask for 0 in every text and at every place."
)
def _mean_for_zero(out, head):
    silent = out.clone()
    silent[:, head] = out[:, head].mean(dim=(0, 1))
    return silent


@ablated.misconception(
    "Nothing changed. Either the copy was altered and the original returned, or the assignment met "
    "a tensor of its own: return the very tensor that you wrote zeros into."
)
def _unchanged(out, head):
    return out.clone()
