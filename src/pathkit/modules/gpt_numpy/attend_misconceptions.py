"""What goes wrong when a few new queries look at many keys."""

from __future__ import annotations

import math

import numpy as np

from .attend import attend, attended, in_heads
from .parts import softmax_of


@attend.misconception(
    "The mask takes the first query for place 0, so it sees the first key only. The queries are "
    "the last n of t places: row i stands at place t - n + i and sees the keys up to there."
)
def _from_place_0(q, k, v, n_head):
    return attended(q, k, v, n_head, offset=0)


@attend.misconception(
    "Nothing is hidden. One query at the end needs no mask, since all keys are past; several at "
    "once do, because the first of them must not see the places of the others."
)
def _unmasked(q, k, v, n_head):
    return attended(q, k, v, n_head, offset=len(k))


@attend.misconception(
    "The mask is one place too narrow: a query doesn't see its own place. Row i stands at place "
    "t - n + i, and that one is no future."
)
def _own_place_hidden(q, k, v, n_head):
    with np.errstate(invalid="ignore"):
        return attended(q, k, v, n_head, offset=len(k) - len(q) - 1)


@attend.misconception(
    "The mask is one place too wide: each query sees the place after its own, which is the answer. "
    "Row i stands at place t - n + i and sees up to there."
)
def _sees_the_next(q, k, v, n_head):
    return attended(q, k, v, n_head, offset=len(k) - len(q) + 1)


@attend.misconception(
    "The heads were cut out of the rows. `reshape(n_head, places, d)` fills head 0 with the first "
    "numbers in memory, whole rows of all columns. First (places, h, d), then exchange two axes."
)
def _cut_by_rows(q, k, v, n_head):
    return attended(q, k, v, n_head, split=lambda z, h: z.reshape(h, len(z), -1))


@attend.misconception(
    "The heads were dealt out like cards: head 0 has the columns 0, h, 2h. Head i owns neighbours, "
    "the columns i*d to (i+1)*d: reshape to (places, h, d), the heads before the columns."
)
def _dealt_out(q, k, v, n_head):
    return attended(q, k, v, n_head, split=_deal)


def _deal(z, n_head):
    return z.reshape(len(z), -1, n_head).transpose(2, 0, 1)


@attend.misconception(
    "The heads weren't moved back before they were joined, so a row of the result holds several "
    "places of one head. (h, n, d) becomes (n, h, d) first, and then (n, C)."
)
def _not_moved_back(q, k, v, n_head):
    return attended(q, k, v, n_head, joined=False)


@attend.misconception(
    "The scores are divided by the root of C. A head's query has d = C / h numbers, and its scores "
    "grow with the root of those."
)
def _root_of_all_columns(q, k, v, n_head):
    return attended(q, k, v, n_head, scale=math.sqrt(q.shape[1]))


@attend.misconception(
    "The scores weren't divided. The weights of this model were trained with scores over the root "
    "of d; without that its softmax is too sharp."
)
def _undivided(q, k, v, n_head):
    return attended(q, k, v, n_head, scale=1.0)


@attend.misconception(
    "The scores are divided by d and not by its root, so the softmax is too flat."
)
def _divided_by_d(q, k, v, n_head):
    return attended(q, k, v, n_head, scale=q.shape[1] / n_head)


@attend.misconception(
    "The mask came after the softmax: future weights are 0, but they had their share of the sum, "
    "and rows sum to less than 1. Put minus infinity into the scores first."
)
def _masked_late(q, k, v, n_head):
    n, t = len(q), len(k)
    seen = np.arange(t) <= np.arange(t - n, t)[:, None]
    heads = [in_heads(z, n_head) for z in (q, k, v)]
    weights = softmax_of(heads[0] @ heads[1].swapaxes(1, 2) / math.sqrt(heads[0].shape[2]))
    return (np.where(seen, weights, 0) @ heads[2]).swapaxes(0, 1).reshape(n, -1)


@attend.misconception(
    "Hidden scores were set to 0, and e to the 0 is 1: the future keeps a weight. Only minus "
    "infinity becomes a weight of 0."
)
def _hidden_by_0(q, k, v, n_head):
    return attended(q, k, v, n_head, hide=0.0)


@attend.misconception(
    "Hidden scores got a number such as -10. Visible scores may lie below that, and then the "
    "future leads its row. Minus infinity is below all of them."
)
def _hidden_by_a_number(q, k, v, n_head):
    return attended(q, k, v, n_head, hide=-10.0)


@attend.spelling(_hidden_by_a_number)
def _hidden_by_a_larger_number(q, k, v, n_head):
    return attended(q, k, v, n_head, hide=-100.0)


@attend.misconception(
    "The softmax ran over the queries, so that each key hands out a weight of 1. Each query does: "
    "its weights run along the keys, the last axis."
)
def _over_queries(q, k, v, n_head):
    with np.errstate(invalid="ignore"):
        return attended(q, k, v, n_head, weigh=lambda scores: softmax_of(scores, axis=1))


@attend.misconception(
    "Only the last n keys and values were used. Those before them are what a cache is for: each "
    "query looks at all t places up to its own."
)
def _new_keys_only(q, k, v, n_head):
    return attended(q, k[-len(q) :], v[-len(q) :], n_head)
