"""One head of causal self-attention."""

from __future__ import annotations

import math

import torch
import torch.nn as nn

from pathkit.checks.exercise import exercise
from pathkit.checks.random_tensors import SINGLE, normal
from pathkit.checks.torch_module import under_copied_weights

from .any_length import of_any_length
from .random_inputs import with_a_zero


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
        # Visible scores far below 0: whoever hides by −5 shows the hidden ones, too.
        ((6, 3), (normal(rng, 2, 4, 6, scale=4.0),), 5),
        ((4, 3), (with_a_zero(normal(rng, 2, 4, 4)),), 6),
    ],
    drive=under_copied_weights(lambda: Head.reference, of_any_length),
    hints=[
        "In the lesson on attention you did this in NumPy. Which of the T keys may the query at "
        "place t see?",
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
            "q is (B, T, d), and k must be (B, d, T): `k.transpose(-2, -1)`.",
        ),
        (
            "RuntimeError: The size of tensor a (...) must match the size of tensor b (...)",
            "the mask is (T, T) with T = `x.shape[1]`.",
        ),
        (
            "RuntimeError: masked_fill_ only supports boolean masks",
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
