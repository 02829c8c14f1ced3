"""One head of causal self-attention."""

from __future__ import annotations

import math

import torch
import torch.nn as nn

from pathkit.checks.exercise import exercise
from pathkit.checks.torch_module import under_copied_weights

from .random_inputs import SINGLE, normal


@exercise(
    title="One head of causal self-attention",
    level="medium",
    minutes=12,
    prompt="""
        Let the data choose the weights of the triangle. Score each query against each key, divide
        by the square root of the head size, hide the future, take the softmax, and mix the values.
        """,
    probes=lambda rng: [
        ((3, 2), (normal(rng, 1, 3, 3, scale=2.0),), 3),
        ((6, 4), (normal(rng, 2, 5, 6, scale=3.0),), 1),
        ((4, 9), (normal(rng, 3, 7, 4, scale=3.0),), 2),
        ((5, 3), (normal(rng, 2, 1, 5),), 4),
    ],
    drive=under_copied_weights(lambda: Head.reference),
    hints=[
        "In `attention` you did this in NumPy. Which of the T keys may the query at place t see?",
        """
        1. `scores = q @ k.transpose(-2, -1)`, shape (B, T, T), divided by the root of d.
        2. `future`: True above the diagonal. Put minus infinity there.
        3. Softmax over the keys, the last axis. Then (B, T, T) @ (B, T, d).
        """,
        "`weights = scores.masked_fill(future, ___).softmax(dim=___)`",
    ],
    errors=[
        (
            "RuntimeError: Expected size for first two dimensions of batch2 tensor",
            "`k.T` turns round all three axes. Exchange the last two: `k.transpose(-2, -1)`.",
        ),
        (
            "RuntimeError: The size of tensor a must match the size of tensor b",
            "the mask is (T, T) with T = `x.shape[1]`.",
        ),
        (
            "RuntimeError: value cannot be converted",
            "`masked_fill` wants a mask of booleans: add `.bool()` to your triangle.",
        ),
    ],
    tolerance=SINGLE,
    # Exchanging two axes is the same in either order; queries, keys and values have one shape; and
    # `new_ones` takes nothing from its tensor but dtype and device, which all of them share.
    equivalents=[
        "scores = q @ k.transpose(-1, -2) / math.sqrt(d)",
        "T, d = k.shape[1:]",
        "T, d = v.shape[1:]",
        "future = q.new_ones(T, T).triu(1).bool()",
        "future = k.new_ones(T, T).triu(1).bool()",
        "future = v.new_ones(T, T).triu(1).bool()",
        "future = scores.new_ones(T, T).triu(1).bool()",
    ],
    passed="A triangle again, and each of its rows sums to 1. Now the tokens choose what's in it.",
)
class Head(nn.Module):
    """One head of masked self-attention (Vaswani et al. 2017, section 3.2.1).

    n_embd: C, width of the input; head_size: d, width of queries, keys and values.
    forward: x (B, T, C) -> (B, T, d); row t is made from rows 0 to t of x.
    """

    def __init__(self, n_embd, head_size):
        super().__init__()
        self.query = nn.Linear(n_embd, head_size, bias=False)
        self.key = nn.Linear(n_embd, head_size, bias=False)
        self.value = nn.Linear(n_embd, head_size, bias=False)

    def forward(self, x):
        q, k, v = self.query(x), self.key(x), self.value(x)  # (B, T, d) each
        # BEGIN SOLUTION
        T, d = q.shape[1:]
        scores = q @ k.transpose(-2, -1) / math.sqrt(d)  # (B, T, T)
        future = x.new_ones(T, T).triu(1).bool()
        weights = scores.masked_fill(future, -torch.inf).softmax(dim=-1)
        out = weights @ v
        # END SOLUTION
        return out


def _future_of(x: torch.Tensor, first: int = 1) -> torch.Tensor:
    return x.new_ones(x.shape[1], x.shape[1]).triu(first).bool()


class _HeadWith(Head.reference):
    """A head whose scale, mask and softmax can be set; misconceptions change one of them."""

    def attend(self, x, scale, first=1, dim=-1, fill=-torch.inf):
        q, k, v = self.query(x), self.key(x), self.value(x)
        scores = q @ k.transpose(-2, -1) / scale
        return scores.masked_fill(_future_of(x, first), fill).softmax(dim=dim) @ v


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
