"""Find the bug: deep, slow, and no better."""

from __future__ import annotations

import torch.nn as nn

from pathkit.checks.exercise import exercise
from pathkit.checks.gradient_flow import learning
from pathkit.checks.random_tensors import SINGLE, indices
from pathkit.checks.torch_module import under_copied_weights

from .block import Block


@exercise(
    title="Find the bug: deep, slow, and no better",
    level="medium",
    minutes=8,
    prompt="""
        This GPT runs and trains. With four blocks it takes four times as long as with one, and
        its loss is that of one. Find the line and mend it.
        """,
    probes=lambda rng: [
        ((7, 6, 8, 2, 3), (indices(rng, 2, 5, below=7),), 1),
        ((7, 4, 6, 3, 1), (indices(rng, 3, 4, below=7),), 2),
        ((9, 8, 4, 1, 2), (indices(rng, 1, 8, below=7),), 3),
        ((9, 5, 6, 2, 2), (indices(rng, 2, 1, below=7),), 4),
    ],
    drive=under_copied_weights(lambda: GPT.reference, learning),
    given='''
class GPT(nn.Module):
    """A decoder-only transformer, norm first (Radford et al. 2019, section 2.3).

    vocab_size: V; context_length: the most tokens it can read; n_embd: C; n_head: heads of each
    block; n_layer: how many blocks. forward: tokens (B, T) -> logits (B, T, V).
    """

    def __init__(self, vocab_size, context_length, n_embd, n_head, n_layer):
        super().__init__()
        self.token = nn.Embedding(vocab_size, n_embd)
        self.position = nn.Embedding(context_length, n_embd)
        self.blocks = nn.ModuleList([Block(n_embd, n_head) for _ in range(n_layer)])
        self.norm = nn.LayerNorm(n_embd)
        self.unembed = nn.Linear(n_embd, vocab_size)

    def forward(self, tokens):
        T = tokens.shape[1]
        x = self.token(tokens) + self.position.weight[:T]  # (B, T, C) + (T, C)
        for block in self.blocks:
            out = block(x)
        return self.unembed(self.norm(out))
''',
    hints=[
        "With three blocks, what does the second one read? What happens to what it returns?",
        """
        Follow one name through the loop. `block(x)` returns a new (B, T, C); the next block should
        read that, not the embedding.
        """,
        "`for block in self.blocks: ___ = block(x)`; the last line reads the same name.",
    ],
    errors=[
        (
            "NameError: name 'out' is not defined",
            "you renamed it in the loop: rename it in the last line, too.",
        ),
    ],
    tolerance=SINGLE,
    passed="Each block reads what the one before it wrote. Such a bug never raises an error.",
)
class GPT(nn.Module):
    """A decoder-only transformer, norm first (Radford et al. 2019, section 2.3).

    vocab_size: V; context_length: the most tokens it can read; n_embd: C; n_head: heads of each
    block; n_layer: how many blocks. forward: tokens (B, T) -> logits (B, T, V).
    """

    def __init__(self, vocab_size, context_length, n_embd, n_head, n_layer):
        super().__init__()
        self.token = nn.Embedding(vocab_size, n_embd)
        self.position = nn.Embedding(context_length, n_embd)
        self.blocks = nn.ModuleList([Block(n_embd, n_head) for _ in range(n_layer)])
        self.norm = nn.LayerNorm(n_embd)
        self.unembed = nn.Linear(n_embd, vocab_size)

    def forward(self, tokens):
        T = tokens.shape[1]
        x = self.token(tokens) + self.position.weight[:T]  # (B, T, C) + (T, C)
        for block in self.blocks:
            x = block(x)
        return self.unembed(self.norm(x))


class _Parts(GPT.reference):
    """The model's parts, for misconceptions to put together wrongly."""

    def embedded(self, tokens):
        return self.token(tokens) + self.position.weight[: tokens.shape[1]]

    def read_out(self, x):
        return self.unembed(self.norm(x))


@GPT.misconception(
    "Every block still reads the embedding, and the result of the last block alone is used. Hand "
    "each block what the one before it returned: `x = block(x)`."
)
class _LastBlockOnly(_Parts):
    def forward(self, tokens):
        x = self.embedded(tokens)
        for block in self.blocks:
            out = block(x)
        return self.read_out(out)


@GPT.misconception(
    "Only the first block has its say; the others change nothing. Where `return` stands inside the "
    "loop, it ends after one turn: indent the last line like the `for`."
)
class _ReturnsInLoop(_Parts):
    def forward(self, tokens):
        return self.read_out(self.blocks[0](self.embedded(tokens)))


@GPT.misconception(
    "Now all blocks are used, but each of them still reads the embedding, and their results are "
    "added up or averaged. That makes a wide model, not a deep one: the next block must read what "
    "the last one wrote, `x = block(x)`."
)
class _Parallel(_Parts):
    def forward(self, tokens):
        x = self.embedded(tokens)
        return self.read_out(sum(block(x) for block in self.blocks))


@GPT.spelling(_Parallel)
class _ParallelOnTop(_Parts):
    def forward(self, tokens):
        x = self.embedded(tokens)
        return self.read_out(x + sum(block(x) for block in self.blocks))


@GPT.spelling(_Parallel)
class _ParallelMean(_Parts):  # after the last norm nearly the same as the sum
    def forward(self, tokens):
        x = self.embedded(tokens)
        return self.read_out(sum(block(x) for block in self.blocks) / len(self.blocks))


@GPT.misconception(
    "The stream is added once more around each block. A block has its residuals inside and "
    "returns the whole stream: `x = block(x)` is enough."
)
class _ResidualTwice(_Parts):
    def forward(self, tokens):
        x = self.embedded(tokens)
        for block in self.blocks:
            x = x + block(x)
        return self.read_out(x)


@GPT.misconception(
    "The last norm got lost. After all blocks have added to it, the stream is large; `norm` brings "
    "it to the scale that `unembed` was trained for."
)
class _NoLastNorm(_Parts):
    def forward(self, tokens):
        x = self.embedded(tokens)
        for block in self.blocks:
            x = block(x)
        return self.unembed(x)


@GPT.misconception(
    "The norm went into the loop, so the stream is rescaled at each block. Blocks have norms of "
    "their own; this one belongs to the end."
)
class _NormInLoop(_Parts):
    def forward(self, tokens):
        x = self.embedded(tokens)
        for block in self.blocks:
            x = self.norm(block(x))
        return self.unembed(x)


@GPT.spelling(_NormInLoop)
class _NormInLoopToo(_Parts):
    def forward(self, tokens):
        x = self.embedded(tokens)
        for block in self.blocks:
            x = self.norm(block(x))
        return self.read_out(x)
