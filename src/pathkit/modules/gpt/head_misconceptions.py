"""Wrong answers to one head of causal self-attention."""

from __future__ import annotations

import math

import torch

from .head import Head


def _future_of(x: torch.Tensor, first: int = 1) -> torch.Tensor:
    return x.new_ones(x.shape[1], x.shape[1]).triu(first).bool()


class _HeadWith(Head.reference):
    """A head whose scale, mask and softmax can be set; misconceptions change one of them."""

    def attend(self, x, scale, first=1, dim=-1, fill=-torch.inf, hidden=None):
        q, k, v = self.query(x), self.key(x), self.value(x)
        scores = q @ k.transpose(-2, -1) / scale
        hidden = _future_of(x, first) if hidden is None else hidden
        return scores.masked_fill(hidden, fill).softmax(dim=dim) @ v


@Head.misconception(
    "The scores aren't divided by the root of the head size. They grow with it, the softmax "
    "hardens, and a head that looks at one place only stops learning."
)
class _NoScale(_HeadWith):
    def forward(self, x):
        return self.attend(x, 1.0)


@Head.misconception(
    "The scores are divided by the root of `n_embd`, the width of the model. A score is a sum over "
    "the head's own d products, so d is what counts. The video makes this slip, too."
)
class _ScaledByWidth(_HeadWith):
    def forward(self, x):
        return self.attend(x, math.sqrt(x.shape[-1]))


@Head.misconception(
    "Divided by d, not by its root. The standard deviation of a score grows like the root of d; "
    "dividing by d makes all weights nearly equal."
)
class _ScaledByD(_HeadWith):
    def forward(self, x):
        return self.attend(x, self.query.out_features)


@Head.misconception(
    "Nothing hides the future. In training each place could read its own target, so the loss says "
    "nothing: fill the scores above the diagonal with minus infinity."
)
class _NoMask(_HeadWith):
    def forward(self, x):
        return self.attend(x, math.sqrt(self.query.out_features), first=x.shape[1])


@Head.misconception(
    "Each place sees one token of the future, and that token is its target. The mask begins one "
    "step right of the diagonal: `triu(1)`."
)
class _SeesOneAhead(_HeadWith):
    def forward(self, x):
        return self.attend(x, math.sqrt(self.query.out_features), first=2)


@Head.misconception(
    "A place can't see its own token, and the first place sees nothing at all, hence nan. Keep the "
    "diagonal visible: `triu(1)`, not `triu(0)`."
)
class _CannotSeeItself(_HeadWith):
    def forward(self, x):
        return self.attend(x, math.sqrt(self.query.out_features), first=0)


@Head.misconception(
    "A place can't see its own token. The first place then has nothing left to see: all its scores "
    "are equally low, and it looks at everything alike, the future included. Hide with `triu(1)`, "
    "not `triu(0)`."
)
class _CannotSeeItselfFinite(_HeadWith):
    def forward(self, x):
        return self.attend(x, math.sqrt(self.query.out_features), first=0, fill=-1e9)


@Head.misconception(
    "The softmax runs over the queries. Each query divides its own attention among the keys, so "
    "rows must sum to 1: the last axis. Down the columns, later queries leak into earlier rows."
)
class _OverQueries(_HeadWith):
    def forward(self, x):
        return self.attend(x, math.sqrt(self.query.out_features), dim=-2)


@Head.misconception(
    "The mask comes after the softmax. The future is then still in the sum below the fraction: "
    "rows sum to less than 1 and leak. Put minus infinity into the scores before."
)
class _MaskAfterSoftmax(Head.reference):
    def forward(self, x):
        q, k, v = self.query(x), self.key(x), self.value(x)
        weights = (q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])).softmax(dim=-1)
        return weights.masked_fill(_future_of(x), 0.0) @ v


@Head.misconception(
    "The hidden scores are 0, and the exponential of 0 is 1: the future still gets weight. Minus "
    "infinity is the score whose exponential is 0."
)
class _FilledWithZero(_HeadWith):
    def forward(self, x):
        return self.attend(x, math.sqrt(self.query.out_features), fill=0.0)


@Head.misconception(
    "Keys ask and queries answer: row t of your scores belongs to key t. Rows are queries, so it "
    "is q times the transposed k."
)
class _KeysAsk(Head.reference):
    def forward(self, x):
        q, k, v = self.query(x), self.key(x), self.value(x)
        scores = k @ q.transpose(-2, -1) / math.sqrt(q.shape[-1])
        return scores.masked_fill(_future_of(x), -torch.inf).softmax(dim=-1) @ v


@Head.misconception(
    "A score of 0 counts as hidden. Scores can be 0 by themselves, as for a row of zeros, and such "
    "a place is then lost, or a row has nothing left to see: nan. Hide by place, with a mask."
)
class _ZeroIsHidden(Head.reference):
    low = -torch.inf

    def forward(self, x):
        q, k, v = self.query(x), self.key(x), self.value(x)
        scores = torch.tril(q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1]))
        return scores.masked_fill(scores == 0, self.low).softmax(dim=-1) @ v


@Head.misconception(
    "A score of 0 counts as hidden. Scores can be 0 by themselves, as for a row of zeros: such a "
    "place is then lost, or a row hides all and looks at all alike. Hide by place, with a mask."
)
class _ZeroIsHiddenFinite(_ZeroIsHidden):
    low = -1e9


@Head.misconception(
    "The past is hidden, and the future is seen. Rows ask and columns are looked at, so the future "
    "lies above the diagonal: `triu(1)`."
)
class _HidesThePast(Head.reference):
    def forward(self, x):
        q, k, v = self.query(x), self.key(x), self.value(x)
        scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
        return scores.masked_fill(_future_of(x).mT, -torch.inf).softmax(dim=-1) @ v


@Head.misconception(
    "The mask is turned round: the past and the place itself are hidden, and the future is seen; "
    "the last place has nothing left to see. Hide where `triu(1)` is True, or where `tril` is 0."
)
class _MaskTurned(_HeadWith):
    fill = -torch.inf

    def forward(self, x):
        scale = math.sqrt(self.query.out_features)
        return self.attend(x, scale, fill=self.fill, hidden=~_future_of(x))


@Head.spelling(_MaskTurned)
class _MaskTurnedFinite(_MaskTurned):
    fill = -1e9
