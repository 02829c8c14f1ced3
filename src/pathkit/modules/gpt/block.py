"""A block: attend, then think."""

from __future__ import annotations

import torch.nn as nn

from pathkit.checks.compare import Tolerance
from pathkit.checks.exercise import exercise
from pathkit.checks.gradient_flow import learning
from pathkit.checks.random_tensors import normal
from pathkit.checks.torch_module import under_copied_weights

from .many_heads import ManyHeads

# GELU and the curve that GPT-2 computed in its place differ by up to 0.0005; either is right.
EITHER_GELU = Tolerance(relative=2e-3, absolute=2e-3)


@exercise(
    title="A block: attend, then think",
    level="medium",
    minutes=10,
    prompt="""
        Make `self.feed_forward` with `nn.Sequential`: widen to `4 * n_embd`, `nn.GELU`, back to
        `n_embd`. Then let attention and feed-forward each read a normed copy of `x`, and add what
        they say to `x` itself.
        """,
    probes=lambda rng: [
        ((4, 2), (normal(rng, 1, 3, 4, scale=2.0),), 3),
        ((12, 3), (normal(rng, 2, 5, 12, scale=3.0),), 1),
        ((8, 2), (normal(rng, 3, 4, 8, scale=0.5) + 2.0,), 2),
    ],
    drive=under_copied_weights(lambda: Block.reference, learning),
    hints=[
        "How can a layer leave the stream as it was, if it has nothing to say?",
        """
        1. `x` plus the attention of the first norm of `x`.
        2. The new `x` plus the feed-forward layer of the second norm of the new `x`.
        Every shape is (B, T, C).
        """,
        "`x = x + self.attend(self.___(x))`, then the same with `feed_forward` and the other norm.",
    ],
    errors=[
        (
            "AttributeError: 'Block' object has no attribute 'feed_forward'",
            "`__init__` makes no `self.feed_forward`, or gives it another name.",
        ),
        (
            "RuntimeError: mat1 and mat2 shapes cannot be multiplied",
            "each layer takes as many numbers as the one before it returns: widen, then back.",
        ),
    ],
    tolerance=EITHER_GELU,
    passed="The stream runs through untouched, and two layers write into it.",
)
class Block(nn.Module):
    """A pre-norm transformer block (Radford et al. 2019, section 2.3).

    n_embd: C; n_head: a divisor of C. forward: x (B, T, C) -> (B, T, C).
    """

    def __init__(self, n_embd, n_head):
        super().__init__()
        self.norm1 = nn.LayerNorm(n_embd)
        self.attend = ManyHeads(n_embd, n_head)
        self.norm2 = nn.LayerNorm(n_embd)
        # BEGIN SOLUTION
        wide, narrow = nn.Linear(n_embd, 4 * n_embd), nn.Linear(4 * n_embd, n_embd)
        self.feed_forward = nn.Sequential(wide, nn.GELU(), narrow)
        # END SOLUTION

    def forward(self, x):
        # BEGIN SOLUTION
        x = x + self.attend(self.norm1(x))
        x = x + self.feed_forward(self.norm2(x))
        # END SOLUTION
        return x


@Block.misconception(
    "The norms come last: that is the post-norm block of 2017. GPT-2 norms what a layer reads and "
    "leaves the stream itself alone, so that gradients run straight through."
)
class _PostNorm(Block.reference):
    def forward(self, x):
        x = self.norm1(x + self.attend(x))
        return self.norm2(x + self.feed_forward(x))


@Block.misconception(
    "Nothing is added: each layer replaces the stream by what it says. Whatever the layers don't "
    "pass on is lost, and deep stacks stop learning: x plus layer, twice."
)
class _NoResidual(Block.reference):
    def forward(self, x):
        return self.feed_forward(self.norm2(self.attend(self.norm1(x))))


@Block.misconception(
    "The norms are missing. The stream grows with every layer that adds to it; each layer should "
    "read a copy of mean 0 and variance 1."
)
class _NoNorm(Block.reference):
    def forward(self, x):
        x = x + self.attend(x)
        return x + self.feed_forward(x)


@Block.misconception(
    "One norm serves both layers. Each has learned scales of its own: `norm1` before attention, "
    "`norm2` before feed-forward."
)
class _OneNorm(Block.reference):
    def forward(self, x):
        x = x + self.attend(self.norm1(x))
        return x + self.feed_forward(self.norm1(x))


@Block.misconception(
    "ReLU stands where GELU was asked for. The video uses ReLU; GPT-2 uses GELU, which bends where "
    "ReLU breaks. Either learns; the weights of one don't fit the other."
)
class _Relu(Block.reference):
    def __init__(self, n_embd, n_head):
        super().__init__(n_embd, n_head)
        self.feed_forward[1] = nn.ReLU()


@Block.misconception(
    "Both layers read the block's input. Feed-forward should read what attention wrote: update "
    "`x` between the two. (Some models run them side by side on purpose.)"
)
class _SideBySide(Block.reference):
    def forward(self, x):
        return x + self.attend(self.norm1(x)) + self.feed_forward(self.norm2(x))


@Block.misconception(
    "The normed copy was added back, not the stream. Then every block rescales everything that was "
    "written before: add to `x`, and norm only what the layer reads."
)
class _NormedStream(Block.reference):
    def forward(self, x):
        x = self.norm1(x)
        x = self.norm2(x + self.attend(x))
        return x + self.feed_forward(x)


@Block.misconception(
    "The last layer's result isn't added to the stream. Both layers write by adding: "
    "`x + self.feed_forward(…)` at the end, too."
)
class _SecondReplaces(Block.reference):
    def forward(self, x):
        x = x + self.attend(self.norm1(x))
        return self.feed_forward(self.norm2(x))


@Block.misconception(
    "There is no GELU. Two linear layers in a row are one linear layer, however wide the middle: "
    "without a bend the feed-forward layer can't do what a single matrix couldn't."
)
class _NoBend(Block.reference):
    def __init__(self, n_embd, n_head):
        super().__init__(n_embd, n_head)
        self.feed_forward[1] = nn.Identity()


@Block.misconception(
    "GELU comes after the second linear layer. Then nothing bends in between, and hardly anything "
    "negative is added to the stream. It belongs into the wide middle: widen, GELU, back."
)
class _BendsLast(Block.reference):
    def __init__(self, n_embd, n_head):
        super().__init__(n_embd, n_head)
        wide, _, narrow = self.feed_forward
        self.feed_forward = nn.Sequential(wide, nn.Identity(), narrow, nn.GELU())
