"""Find the bug: keys that all become one."""

from __future__ import annotations

import torch

from pathkit.checks.exercise import exercise


def _keys(rng, *shape: int) -> torch.Tensor:
    return torch.tensor(rng.normal(size=shape), dtype=torch.float32)


@exercise(
    title="Find the bug: keys that all become one",
    level="medium",
    minutes=8,
    prompt="""
        Each place should get the key of the place before it, and place 0 a key of zeros. This
        version runs, but afterwards all keys are alike. Mend it, and leave `keys` as they were.
        """,
    probes=lambda rng: [
        (_keys(rng, 5, 3),),
        (_keys(rng, 2, 4, 3),),
        (_keys(rng, 2, 3, 6, 4),),
        (_keys(rng, 3, 2, 2, 5),),
    ],
    given='''
def shifted(keys):
    """Every key one place later; place 0 gets zeros.

    keys: a tensor (..., T, d), one row a place, with any number of axes before; not changed.
    Returns (..., T, d).
    """
    keys[..., 0, :] = 0
    for t in range(1, keys.shape[-2]):
        keys[..., t, :] = keys[..., t - 1, :]
    return keys
''',
    hints=[
        "Play the loop with three places. When it reads place 1, what stands there by then?",
        """
        The loop reads what it has overwritten one turn before. Read from one tensor and write to
        another: `torch.zeros_like(keys)` has the zeros of place 0 already.
        """,
        "`later[..., 1:, :] = keys[..., ___, :]`",
    ],
    errors=[
        (
            "RuntimeError: The expanded size of the tensor",
            "one side has T - 1 places and the other T: `[..., 1:, :]` goes with `[..., :-1, :]`.",
        ),
        (
            "AttributeError: 'Tensor' object has no attribute 'copy'",
            "torch says `keys.clone()` where NumPy says `.copy()`.",
        ),
    ],
    passed="Read from one, write to the other. Each key now speaks for the token before it.",
)
def shifted(keys):
    """Every key one place later; place 0 gets zeros.

    keys: a tensor (..., T, d), one row a place, with any number of axes before; not changed.
    Returns (..., T, d).
    """
    later = torch.zeros_like(keys)
    later[..., 1:, :] = keys[..., :-1, :]
    return later


@shifted.misconception(
    "All keys are alike: the loop reads what it overwrote one turn before, so the first key "
    "travels to the end. Read from one tensor and write into another."
)
def _smeared(keys):
    return torch.zeros_like(keys)


@shifted.spelling(_smeared)
def _smeared_first_key(keys):
    return keys[..., :1, :].expand(keys.shape).clone()


@shifted.misconception(
    "`torch.roll` goes round in a circle: the last key arrives at place 0, where every place can "
    "see it. The future leaks into the past. Put zeros there."
)
def _rolled(keys):
    return torch.roll(keys, 1, dims=-2)


@shifted.misconception(
    "The keys moved the wrong way: each place got the key of the token after it. Under a causal "
    "mask that lets the last visible key tell about the future. Move them to later places."
)
def _earlier(keys):
    later = torch.zeros_like(keys)
    later[..., :-1, :] = keys[..., 1:, :]
    return later


@shifted.spelling(_earlier)
def _rolled_back(keys):
    return torch.roll(keys, -1, dims=-2)


@shifted.misconception(
    "The numbers within each key moved, not the keys. The last axis holds the d numbers of one "
    "key; places are the axis before it."
)
def _within_keys(keys):
    later = torch.zeros_like(keys)
    later[..., 1:] = keys[..., :-1]
    return later


@shifted.spelling(_within_keys)
def _rolled_within_keys(keys):
    return torch.roll(keys, 1, dims=-1)


@shifted.misconception(
    "You moved along axis 1. With texts and heads in front, places aren't axis 1: count from the "
    "end, where the places are always the last axis but one, `[..., 1:, :]`."
)
def _axis_one(keys):
    later = torch.zeros_like(keys)
    later[:, 1:] = keys[:, :-1]
    return later


@shifted.misconception(
    "Place 0 kept its own key. It has no place before it, so it must answer with zeros; with its "
    "own key it pretends to follow itself, and `by_hand` showed what comes of that."
)
def _first_key_kept(keys):
    return torch.cat([keys[..., :1, :], keys[..., :-1, :]], dim=-2)


@shifted.misconception(
    "The keys lost a place: T - 1 came back. Each place needs a key, the first one zeros: put a "
    "row of zeros in front of all keys but the last."
)
def _one_too_few(keys):
    return keys[..., :-1, :].clone()


@shifted.misconception(
    "A place too many came back. The zeros were put in front, but the last key, which nobody comes "
    "after, was kept: take `keys[..., :-1, :]`."
)
def _one_too_many(keys):
    return torch.cat([torch.zeros_like(keys[..., :1, :]), keys], dim=-2)


@shifted.misconception(
    "Place 0 became zeros, and no key moved. Each place t must get the key of t - 1: "
    "`later[..., 1:, :] = keys[..., :-1, :]`."
)
def _nothing_moved(keys):
    later = keys.clone()
    later[..., 0, :] = 0
    return later


@shifted.spelling(_within_keys)
def _rolled_within_keys_and_cleared(keys):
    later = torch.roll(keys, 1, dims=-1)
    later[..., 0, :] = 0
    return later


@shifted.misconception(
    "The zeros were written before the keys moved, so they came to place 1, and the last key came "
    "round to place 0. Move a copy first, and write the zeros last."
)
def _cleared_too_early(keys):
    later = keys.clone()
    later[..., 0, :] = 0
    return torch.roll(later, 1, dims=-2)


@shifted.spelling(_cleared_too_early)
def _cleared_too_early_in_place(keys):
    keys[..., 0, :] = 0
    return torch.roll(keys, 1, dims=-2)


@shifted.misconception(
    "You moved along the first axis, which counts texts or heads where there are more than two. "
    "Count from the end: places are the last axis but one, `[..., 1:, :]`."
)
def _first_axis(keys):
    later = torch.zeros_like(keys)
    later[1:] = keys[:-1]
    return later
