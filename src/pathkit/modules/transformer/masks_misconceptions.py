"""Wrong answers to who may look where."""

from __future__ import annotations

import torch

from .masks import masks


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


@masks.misconception(
    "The source's table is (B, S, 1): its padding became rows. Padding is what is looked at, so "
    "it stays in the last axis, and the new one comes before it: `[:, None]`, (B, 1, S)."
)
def _source_in_rows(source, target):
    return (source == 0)[:, :, None], _future(target) | (target == 0)[:, None]
