"""Exercises of `transformer`: norm, stream, masks, both kinds of block, and a schedule."""

from __future__ import annotations

import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

from pathkit.checks.compare import Tolerance
from pathkit.checks.torch_module import under_copied_weights
from pathkit.exercise import exercise
from pathkit.prediction import Choice, Number

SINGLE = Tolerance(relative=1e-4, absolute=1e-5)  # float32 sums, in another order


def _normal(rng: np.random.Generator, *shape: int, scale: float = 1.0) -> torch.Tensor:
    return torch.tensor(rng.normal(scale=scale, size=shape), dtype=torch.float32)


# --- LayerNorm --------------------------------------------------------------------------------


def _to_norm(rng: np.random.Generator, *shape: int, spread: float = 1.0) -> tuple:
    C = shape[-1]
    # Rows are off centre, but not so far that float32 would lose their spread.
    x = _normal(rng, *shape, scale=spread) + _normal(rng, *shape[:-1], 1, scale=3 * spread)
    return x, 1 + _normal(rng, C), _normal(rng, C), 1e-5


@exercise(
    title="LayerNorm, as torch has it",
    level="easy",
    minutes=8,
    prompt="""
        Give each token's vector mean 0 and variance 1, over its own C numbers: the variance divides
        by C, and `eps` is added under the root. Then multiply by `scale` and add `shift`.
        """,
    probes=lambda rng: [
        (torch.tensor([[1.0, 3.0]]), torch.tensor([1.0, 2.0]), torch.tensor([0.0, 5.0]), 1e-5),
        _to_norm(rng, 2, 3, 5),
        _to_norm(rng, 4, 2, 4, spread=9.0),
        _to_norm(rng, 3, 2, 6, spread=0.002),
        (_normal(rng, 2, 2, 3), 1 + _normal(rng, 3), _normal(rng, 3), 0.5),
        (torch.full((1, 2, 4), 7.0), torch.ones(4), _normal(rng, 4), 1e-5),
    ],
    hints=[
        "A token has C numbers. How many means does a tensor (B, T, C) need?",
        """
        1. Mean over the last axis, the axis kept: (B, T, 1).
        2. Variance over the last axis, the axis kept, divided by C and not by C − 1.
        3. `(x - mean) / root of (variance + eps)`, then `* scale + shift`, both (C,).
        """,
        "`variance = x.var(dim=-1, keepdim=True, ___=False)`",
    ],
    errors=[
        (
            "RuntimeError: The size of tensor a must match the size of tensor b",
            "mean or variance lost its axis: `keepdim=True` keeps it. (NumPy says `keepdims`.)",
        ),
        (
            "TypeError: var() received an invalid combination of arguments",
            "torch calls them `dim`, `keepdim` and `unbiased`.",
        ),
    ],
    tolerance=SINGLE,
    passed="The same numbers as `torch.nn.LayerNorm`, for every token by itself.",
)
def layer_norm(
    x: torch.Tensor, scale: torch.Tensor, shift: torch.Tensor, eps: float
) -> torch.Tensor:
    """LayerNorm over the last axis (Ba et al. 2016, section 3).

    x: (..., C); scale, shift: (C,), learned; eps: small, so that a flat row divides by no 0.
    Returns (..., C).
    """
    mean = x.mean(dim=-1, keepdim=True)
    variance = x.var(dim=-1, keepdim=True, unbiased=False)
    return scale * (x - mean) / torch.sqrt(variance + eps) + shift


def _normed(x, dim, eps):
    """Mean 0 and variance 1 over the axes `dim`."""
    mean = x.mean(dim=dim, keepdim=True)
    return (x - mean) / (x.var(dim=dim, keepdim=True, unbiased=False) + eps).sqrt()


@layer_norm.misconception(
    "The variance divides by C − 1. That is torch's default for `var` and `std`; LayerNorm divides "
    "by C. With 8 numbers the results differ by the factor 0.935: `unbiased=False`."
)
def _one_less(x, scale, shift, eps):
    mean = x.mean(dim=-1, keepdim=True)
    return scale * (x - mean) / (x.var(dim=-1, keepdim=True) + eps).sqrt() + shift


@layer_norm.misconception(
    "`eps` was added to the standard deviation. It belongs under the root, to the variance. For "
    "rows that are nearly flat the two differ a lot."
)
def _outside_the_root(x, scale, shift, eps):
    mean = x.mean(dim=-1, keepdim=True)
    std = x.std(dim=-1, keepdim=True, unbiased=False)
    return scale * (x - mean) / (std + eps) + shift


@layer_norm.misconception(
    "Two slips at once: the standard deviation divides by C − 1, and `eps` stands outside the "
    "root. The Annotated Transformer has both; torch divides by C and adds `eps` to the variance."
)
def _as_annotated(x, scale, shift, eps):
    mean = x.mean(dim=-1, keepdim=True)
    return scale * (x - mean) / (x.std(dim=-1, keepdim=True) + eps) + shift


@layer_norm.misconception(
    "The mean runs over the batch, which is BatchNorm: a token's result then depends on the other "
    "texts beside it. LayerNorm looks at one token alone, along its last axis."
)
def _over_the_batch(x, scale, shift, eps):
    return scale * _normed(x, 0, eps) + shift


@layer_norm.misconception(
    "The mean runs over all tokens and all their numbers at once. A later token would then change "
    "the earlier ones. Each token gets a mean and a variance of its own: the last axis."
)
def _over_everything(x, scale, shift, eps):
    return scale * _normed(x, tuple(range(x.ndim)), eps) + shift


@layer_norm.misconception(
    "The mean runs along the text: each feature is compared with itself at other places. That "
    "leaks the future; use the last axis, the C numbers of one token."
)
def _over_the_text(x, scale, shift, eps):
    return scale * _normed(x, -2, eps) + shift


@layer_norm.misconception(
    "Divided by the variance. The spread of the row is its standard deviation, so take the root; "
    "else a row twice as wide comes out half as wide."
)
def _by_variance(x, scale, shift, eps):
    mean = x.mean(dim=-1, keepdim=True)
    variance = x.var(dim=-1, keepdim=True, unbiased=False)
    return scale * (x - mean) / (variance + eps) + shift


@layer_norm.misconception(
    "The mean wasn't subtracted: each row is only divided by its size. That is RMSNorm, which "
    "newer models use; LayerNorm first moves the mean to 0."
)
def _rms(x, scale, shift, eps):
    return scale * x / (x.square().mean(dim=-1, keepdim=True) + eps).sqrt() + shift


@layer_norm.misconception(
    "`scale` and `shift` are missing. Without them a layer could never ask for a feature that is "
    "large or off centre: multiply by one, add the other."
)
def _without_scale(x, scale, shift, eps):
    return _normed(x, -1, eps)


@layer_norm.misconception(
    "The shift was added before the scale, so it gets multiplied, too. Scale first, shift last: "
    "`scale * normed + shift`."
)
def _shift_first(x, scale, shift, eps):
    return scale * (_normed(x, -1, eps) + shift)


# --- an input on which a famous one fails ------------------------------------------------------


def _annotated_norm(row: np.ndarray) -> np.ndarray:
    return (row - row.mean()) / (row.std(ddof=1) + 1e-6)


def _torch_norm(row: np.ndarray) -> np.ndarray:
    return (row - row.mean()) / np.sqrt(row.var() + 1e-5)


def _how_far_apart(answer) -> str:
    """"apart" if the two norms differ by more than a factor of 2, else what is in the way."""
    try:
        row = np.array(answer, dtype=float)
    except (TypeError, ValueError):
        return "A list of numbers is expected."
    if row.ndim != 1:
        return "One row of numbers is expected, not a table."
    if len(row) < 4:
        return "Four numbers or more are expected."
    if not np.isfinite(row).all():
        return "Some of the numbers are not finite."
    if np.ptp(row) == 0:
        return "All numbers are equal, so both norms answer 0 everywhere and agree."
    if np.abs(_annotated_norm(row)).max() > 2 * np.abs(_torch_norm(row)).max():
        return "apart"
    if row.std() > 10:
        return "The numbers spread widely, and the two answers are nearly the same."
    if row.std() > 0.2:
        return "On an ordinary row the two answers are nearly the same."
    return "The row is rather flat, but the two answers still differ by less than a factor of 2."


@exercise(
    title="Find the bug: a famous LayerNorm",
    level="medium",
    minutes=6,
    prompt="""
        `annotated_norm` is the LayerNorm of The Annotated Transformer: `std` divides by C − 1, and
        1e-6 is added to it. Give a row of four or more numbers for which its largest answer is more
        than twice as large as torch's.
        """,
    probes=lambda rng: [()],
    drive=_how_far_apart,
    accept=lambda said: None if said == "apart" else said,
    is_value=True,
    hints=[
        "On ordinary rows the two differ by a fixed factor near 1. When does `eps` start to count?",
        """
        torch adds 0.00001 to the variance. That is nothing beside a variance of 1. Which variance
        would it drown? And what is the standard deviation then?
        """,
        "`flat_row = [1, 1, 1, 1 + ___]`, with a small number but not 0.",
    ],
    errors=[
        (
            "RuntimeWarning: invalid value encountered in divide",
            "0 was divided by 0: the numbers are all equal.",
        ),
    ],
    passed="A nearly flat row: torch lets it stay small, the other one blows it up to full size.",
)
def flat_row() -> list[float]:
    """Four numbers or more."""
    return [1.0, 1.0, 1.0, 1.001]


@flat_row.misconception(
    "Large numbers don't help: both norms divide by the spread, so 1,000 times the row gives the "
    "same answer. Their `eps` differ, so look where the spread is small."
)
def _large_numbers():
    return [1000.0, -2000.0, 500.0, 4000.0]


@flat_row.misconception(
    "An ordinary row: here only C − 1 against C counts, the factor √(3/4) = 0.866 for four "
    "numbers. To exceed 2 the variance must be so small that `eps` takes over."
)
def _ordinary():
    return [1.0, 2.0, 3.0, 4.0]


@flat_row.misconception(
    "All numbers are equal. Then the mean takes everything away, both answers are 0, and nothing "
    "can be compared. Let one number differ by a little."
)
def _constant():
    return [3.0, 3.0, 3.0, 3.0]


@flat_row.misconception(
    "Nearly flat, but not enough: the variance is still far above torch's 0.00001, so `eps` hardly "
    "enters. Make the difference smaller, step by step."
)
def _not_flat_enough():
    return [1.0, 1.0, 1.0, 1.1]


@flat_row.misconception(
    "Two numbers make the factor between C − 1 and C as far from 1 as it gets, but it is still "
    "only √(1/2). Take four numbers or more, and think of `eps`."
)
def _two_numbers():
    return [1.0, 2.0]


# --- the stream -------------------------------------------------------------------------------


def _linear(rng: np.random.Generator, C: int):
    weight = _normal(rng, C, C, scale=C**-0.5)
    return lambda x: torch.tanh(x @ weight)


def _norm(rng: np.random.Generator, C: int):
    scale, shift = 1 + 0.3 * _normal(rng, C), 0.3 * _normal(rng, C)
    return lambda x: F.layer_norm(x, (C,), scale, shift)


def _stream(rng: np.random.Generator, *shape: int, norm_first: bool, scale: float = 2.0) -> tuple:
    C = shape[-1]
    return _normal(rng, *shape, scale=scale), _linear(rng, C), _norm(rng, C), norm_first


@exercise(
    title="Add a layer to the stream",
    level="easy",
    minutes=4,
    prompt="""
        With `norm_first`, the layer reads a normed copy of `x`, and what it says is added to `x`
        itself. Without, the layer reads `x`, and the sum is normed.
        """,
    probes=lambda rng: [
        _stream(rng, 1, 2, 3, norm_first=True),
        _stream(rng, 1, 2, 3, norm_first=False),
        _stream(rng, 2, 3, 5, norm_first=True, scale=0.4),
        _stream(rng, 2, 4, 4, norm_first=False, scale=5.0),
    ],
    hints=[
        "In both cases `x` itself must go on. What else is added to it, and what is normed?",
        """
        Two formulas, one for each case. GPT: x plus the layer of the norm of x. 2017: the norm of
        x plus the layer of x. All shapes are (B, T, C).
        """,
        "`return x + layer(___) if norm_first else norm(___)`",
    ],
    errors=[
        (
            "TypeError: unsupported operand type(s) for +",
            "`layer` and `norm` are functions: call them, `layer(x)`.",
        ),
    ],
    tolerance=SINGLE,
    passed="One line, and the whole quarrel about where the norm belongs.",
)
def sublayer(x: torch.Tensor, layer, norm, norm_first: bool) -> torch.Tensor:
    """A layer, its residual connection and its norm.

    x: (B, T, C), the stream; layer, norm: functions (B, T, C) -> (B, T, C).
    Returns (B, T, C). norm_first: pre-norm (Radford et al. 2019, section 2.3), else post-norm
    (Vaswani et al. 2017, section 3.1).
    """
    if norm_first:
        return x + layer(norm(x))
    return norm(x + layer(x))


@sublayer.misconception(
    "The two cases are exchanged. `norm_first` means that the norm comes before the layer, "
    "and the stream itself is never normed."
)
def _exchanged(x, layer, norm, norm_first):
    return norm(x + layer(x)) if norm_first else x + layer(norm(x))


@sublayer.misconception(
    "Nothing is added: the layer's answer replaces the stream. What the layer doesn't repeat is "
    "lost for all later layers. Add it to `x`."
)
def _no_residual(x, layer, norm, norm_first):
    return layer(norm(x)) if norm_first else norm(layer(x))


@sublayer.misconception(
    "The normed copy was added, not the stream. Then every layer rescales all that was written "
    "before it: norm what the layer reads, and add to `x` itself."
)
def _adds_to_normed(x, layer, norm, norm_first):
    return norm(x) + layer(norm(x)) if norm_first else norm(x + layer(x))


@sublayer.misconception(
    "`norm_first` is never looked at: this is always post-norm. With it, the norm moves to the "
    "input of the layer."
)
def _always_post(x, layer, norm, norm_first):
    return norm(x + layer(x))


@sublayer.misconception(
    "`norm_first` is never looked at: this is always pre-norm. Without it, the sum of stream and "
    "layer is normed, as in the paper of 2017."
)
def _always_pre(x, layer, norm, norm_first):
    return x + layer(norm(x))


@sublayer.misconception(
    "Without `norm_first` only the layer's answer was normed. The paper norms the sum, so the "
    "brackets go round both: norm(x + layer(x))."
)
def _norms_the_answer(x, layer, norm, norm_first):
    return x + layer(norm(x)) if norm_first else x + norm(layer(x))


# --- masks ------------------------------------------------------------------------------------


def _padded(rng: np.random.Generator, lengths: list[int]) -> torch.Tensor:
    out = torch.zeros(len(lengths), max(lengths), dtype=torch.long)
    for row, length in zip(out, lengths, strict=True):
        row[:length] = torch.tensor(rng.integers(1, 9, size=length))
    return out


@exercise(
    title="Who may look where",
    level="medium",
    minutes=8,
    prompt="""
        0 stands for padding. Return two tables of booleans, True where looking is forbidden. Nobody
        looks at padding of the source; a target looks neither at padding nor at the future.
        """,
    probes=lambda rng: [
        (torch.tensor([[5, 3, 0]]), torch.tensor([[1, 4]])),
        (_padded(rng, [4, 2, 3]), _padded(rng, [2, 5, 3])),
        (_padded(rng, [1, 6]), _padded(rng, [4, 1])),
        (_padded(rng, [3]), _padded(rng, [3])),
        (_padded(rng, [2, 2, 1, 1]), _padded(rng, [1, 1, 1, 1])),
    ],
    hints=[
        "Padding is hidden from those who look for something. Are those the rows or the columns?",
        """
        1. `source == 0` is (B, S). Give it an axis for the rows, which all agree: (B, 1, S).
        2. `target == 0` in the same way: (B, 1, T).
        3. The future is the triangle above the diagonal: (T, T). Forbidden is one *or* the other.
        """,
        "`future = torch.ones(T, T).___(1).bool()`, and later "
        "`future ___ (target == 0)[:, None]`.",
    ],
    errors=[
        (
            "NotImplementedError: \"bitwise_or_cpu\" not implemented for 'Float'",
            "the triangle still holds 0.0 and 1.0: `.bool()`.",
        ),
        (
            "ValueError: Boolean value of Tensor with more than one value is ambiguous",
            "`or` and `and` want one value each. For whole tables write `|` and `&`.",
        ),
        (
            "RuntimeError: The size of tensor a must match the size of tensor b",
            "(T, T) meets (B, T): the second needs an axis for those who look, `[:, None]`.",
        ),
    ],
    # new_ones takes nothing from its tensor but kind and device, which both tables share.
    equivalents=["future = source.new_ones(T, T).triu(1).bool()"],
    passed="Short texts can now stand beside long ones, and nobody sees the filling.",
)
def masks(source: torch.Tensor, target: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """What is hidden from whom in a batch of padded pairs.

    source: (B, S) and target: (B, T), token numbers, 0 for padding.
    Returns booleans (B, 1, S) and (B, T, T), True for hidden. Row = who looks, column = at whom.
    """
    T = target.shape[1]
    future = target.new_ones(T, T).triu(1).bool()
    return (source == 0)[:, None], future | (target == 0)[:, None]


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


# --- attention between two sequences ----------------------------------------------------------


def _forbidden(rng: np.random.Generator, *shape: int) -> torch.Tensor:
    hidden = torch.tensor(rng.random(shape) < 0.4)
    hidden[..., 0] = False  # everybody sees somebody
    return hidden


def _with_weights(answer):
    """The class, with a call that returns its output and what it keeps for pictures."""
    if not isinstance(answer, type):
        return answer

    class Shown(answer):
        def forward(self, x, memory, hidden):
            return super().forward(x, memory, hidden), self.weights

    return Shown


def _meeting(rng: np.random.Generator, B: int, T: int, S: int, C: int, rows: int) -> tuple:
    x, memory = _normal(rng, B, T, C, scale=2.0), _normal(rng, B, S, C, scale=2.0)
    return x, memory, _forbidden(rng, B, rows, S)


@exercise(
    title="Attention between two sequences",
    level="medium",
    minutes=10,
    prompt="""
        `x` asks and `memory` answers. Make queries, keys and values from the right one of the two,
        and turn scores into weights: scale, hide, softmax.
        """,
    probes=lambda rng: [
        ((4, 2), _meeting(rng, 1, 2, 3, 4, 1), 3),
        ((6, 3), _meeting(rng, 2, 4, 5, 6, 4), 1),
        ((8, 2), _meeting(rng, 3, 5, 2, 8, 1), 2),
        ((5, 1), _meeting(rng, 2, 3, 3, 5, 3), 4),
    ],
    drive=under_copied_weights(lambda: Attention.reference, _with_weights),
    hints=[
        "Who looks for something gets queries. Who can be found gets keys, and has something to "
        "say. Which of the two sequences is which?",
        """
        1. `self.query` of one sequence, `self.key` and `self.value` of the other.
        2. Scores: q times k with its last two axes exchanged, (B, h, T, S), divided by the root
           of d = `q.shape[-1]`.
        3. `masked_fill` with minus infinity where `hidden[:, None]` is True, then the softmax.
        """,
        "`q, k, v = self.query(x), self.key(___), self.value(___)`",
    ],
    errors=[
        (
            "RuntimeError: The size of tensor a must match the size of tensor b",
            "`hidden` is (B, 1 or T, S); it needs an axis for the heads: `hidden[:, None]`.",
        ),
        (
            "RuntimeError: Expected size for first two dimensions of batch2 tensor",
            "exchange the last two axes of k: `k.transpose(-2, -1)`.",
        ),
        (
            "IndexError: The shape of the mask",
            "indexing by a mask wants equal shapes. `masked_fill` repeats the mask where needed.",
        ),
    ],
    tolerance=SINGLE,
    # Exchanging two axes is the same in either order, by whatever number they are called;
    # queries, keys and values have the same width.
    equivalents=[
        "q, k, v = (z.unflatten(-1, (self.n_head, -1)).transpose(2, 1) for z in (q, k, v))",
        "return self.mix((weights @ v).transpose(2, 1).flatten(2))",
        "scores = q @ k.transpose(2, -1) / math.sqrt(q.shape[-1])",
        "scores = q @ k.transpose(-1, -2) / math.sqrt(q.shape[-1])",
        "scores = q @ k.transpose(-2, -1) / math.sqrt(k.shape[-1])",
        "scores = q @ k.transpose(-2, -1) / math.sqrt(v.shape[-1])",
    ],
    passed="With `memory = x` it is self-attention; with another sequence it is cross-attention.",
)
class Attention(nn.Module):
    """Multi-head attention from one sequence to another (Vaswani et al. 2017, section 3.2).

    n_embd: C; n_head: h, a divisor of C; a head has d = C / h columns.
    forward: x (B, T, C), memory (B, S, C), hidden (B, 1 or T, S) booleans -> (B, T, C).
    """

    def __init__(self, n_embd, n_head):
        super().__init__()
        self.n_head = n_head
        self.query, self.key = nn.Linear(n_embd, n_embd), nn.Linear(n_embd, n_embd)
        self.value, self.mix = nn.Linear(n_embd, n_embd), nn.Linear(n_embd, n_embd)

    def forward(self, x, memory, hidden):
        # BEGIN SOLUTION
        q, k, v = self.query(x), self.key(memory), self.value(memory)
        # END SOLUTION
        q, k, v = (z.unflatten(-1, (self.n_head, -1)).transpose(1, 2) for z in (q, k, v))
        # BEGIN SOLUTION
        scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])  # (B, h, T, S)
        weights = scores.masked_fill(hidden[:, None], -torch.inf).softmax(dim=-1)
        # END SOLUTION
        self.weights = weights  # kept for pictures
        return self.mix((weights @ v).transpose(1, 2).flatten(2))


class _AttentionWith(Attention.reference):
    """Attention whose parts can be chosen; misconceptions change one of them."""

    def attend(self, asks, found, said, hidden, scale=None, dim=-1):
        q, k, v = self.query(asks), self.key(found), self.value(said)
        q, k, v = (z.unflatten(-1, (self.n_head, -1)).transpose(1, 2) for z in (q, k, v))
        scores = q @ k.transpose(-2, -1) / (scale or math.sqrt(q.shape[-1]))
        self.weights = scores.masked_fill(hidden[:, None], -torch.inf).softmax(dim=dim)
        return self.mix((self.weights @ v).transpose(1, 2).flatten(2))


@Attention.misconception(
    "Everything is made from `x`: it asks itself and never sees `memory`. Keys and values belong "
    "to the sequence that answers."
)
class _SelfOnly(_AttentionWith):
    def forward(self, x, memory, hidden):
        return self.attend(x, x, x, hidden)


@Attention.misconception(
    "The roles are exchanged: `memory` asks and `x` answers. Queries come from the sequence that "
    "wants to know something, here `x`."
)
class _RolesExchanged(_AttentionWith):
    def forward(self, x, memory, hidden):
        return self.attend(memory, x, x, hidden)


@Attention.misconception(
    "Keys come from `memory`, but values from `x`. A weight belongs to one place of `memory`, so "
    "what it weighs must come from there, too."
)
class _ValuesOfX(_AttentionWith):
    def forward(self, x, memory, hidden):
        return self.attend(x, memory, x, hidden)


@Attention.misconception(
    "Values come from `memory`, but keys from `x`. A query must be compared with the places that "
    "it can choose from: keys are made from `memory`."
)
class _KeysOfX(_AttentionWith):
    def forward(self, x, memory, hidden):
        return self.attend(x, x, memory, hidden)


@Attention.misconception(
    "The scale is missing: divide the scores by the root of d, the width of one head. Two "
    "sequences change nothing about the reason."
)
class _Unscaled(_AttentionWith):
    def forward(self, x, memory, hidden):
        return self.attend(x, memory, memory, hidden, scale=1.0)


@Attention.misconception(
    "Scaled by the root of C, the width of all heads together. A score adds up the d products of "
    "one head: take `q.shape[-1]` after the split."
)
class _ScaledByAll(_AttentionWith):
    def forward(self, x, memory, hidden):
        return self.attend(x, memory, memory, hidden, scale=math.sqrt(x.shape[-1]))


@Attention.misconception(
    "The mask is never used, so padding and the future get weight. Put minus infinity where "
    "`hidden` is True, before the softmax."
)
class _NothingHidden(_AttentionWith):
    def forward(self, x, memory, hidden):
        return self.attend(x, memory, memory, torch.zeros_like(hidden))


@Attention.misconception(
    "The mask is the wrong way round: what should be hidden is all that is seen. True means "
    "hidden here, so fill where `hidden` is True."
)
class _OnlyHidden(_AttentionWith):
    def forward(self, x, memory, hidden):
        return self.attend(x, memory, memory, ~hidden)


@Attention.misconception(
    "The softmax runs over those who ask. Each of them divides its own attention among the places "
    "of `memory`, which is the last axis."
)
class _OverAskers(_AttentionWith):
    def forward(self, x, memory, hidden):
        return self.attend(x, memory, memory, hidden, dim=-2)


@Attention.misconception(
    "Hidden scores were set to 0, and exp(0) is 1: they still get weight. Minus infinity is the "
    "score whose weight is 0."
)
class _HiddenByZero(Attention.reference):
    def forward(self, x, memory, hidden):
        parts = (self.query(x), self.key(memory), self.value(memory))
        q, k, v = (z.unflatten(-1, (self.n_head, -1)).transpose(1, 2) for z in parts)
        scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
        self.weights = scores.masked_fill(hidden[:, None], 0.0).softmax(dim=-1)
        return self.mix((self.weights @ v).transpose(1, 2).flatten(2))


@Attention.misconception(
    "The mask has no axis for the heads: (B, T, S) is lined up with heads instead of with texts. "
    "With a single text that goes unnoticed. `hidden[:, None]` is (B, 1, T, S) and fits all heads."
)
class _NoAxisForHeads(Attention.reference):
    def forward(self, x, memory, hidden):
        parts = (self.query(x), self.key(memory), self.value(memory))
        q, k, v = (z.unflatten(-1, (self.n_head, -1)).transpose(1, 2) for z in parts)
        scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
        self.weights = scores.masked_fill(hidden, -torch.inf).softmax(dim=-1)
        return self.mix((self.weights @ v).transpose(1, 2).flatten(2))


# --- blocks -----------------------------------------------------------------------------------


def _in_block(rng: np.random.Generator, B: int, T: int, C: int, scale: float = 2.0) -> tuple:
    return _normal(rng, B, T, C, scale=scale), _forbidden(rng, B, T, T)


@exercise(
    title="The encoder block",
    level="medium",
    minutes=10,
    prompt="""
        Make `self.feed_forward` with `nn.Sequential`: widen to `4 * n_embd`, ReLU, narrow again.
        Then two sub-layers: `x` attends to itself, and then each place thinks by itself.
        """,
    probes=lambda rng: [
        ((4, 2, False), _in_block(rng, 1, 3, 4), 3),
        ((4, 2, True), _in_block(rng, 1, 3, 4), 3),
        ((6, 3), _in_block(rng, 2, 5, 6, scale=4.0), 1),
        ((8, 2, True), _in_block(rng, 3, 4, 8, scale=0.5), 2),
    ],
    drive=under_copied_weights(lambda: EncoderBlock.reference),
    hints=[
        "`sublayer` wants a function of the stream alone. Attention wants the stream twice and "
        "a mask. How do you make a function of one argument from it?",
        """
        1. `x = sublayer(x, <attention of z to z>, self.norm1, self.norm_first)`
        2. The same with `self.feed_forward` and `self.norm2`.
        A `lambda z: ...` remembers `hidden`. Every shape is (B, T, C).
        """,
        "`x = sublayer(x, lambda z: self.attend(z, ___, hidden), self.norm1, ___)`",
    ],
    errors=[
        (
            "AttributeError: 'EncoderBlock' object has no attribute 'feed_forward'",
            "`self.feed_forward = nn.Sequential(…)` belongs into `__init__`.",
        ),
        (
            "TypeError: Attention.forward() missing 2 required positional arguments",
            "`sublayer` calls its layer with one argument: wrap attention in a `lambda`.",
        ),
        (
            "TypeError: 'Tensor' object is not callable",
            "you called attention yourself. `sublayer` wants the function, and calls it.",
        ),
    ],
    tolerance=SINGLE,
    passed="Mix between places, then think at each place. That is the whole encoder.",
)
class EncoderBlock(nn.Module):
    """A block of the encoder (Vaswani et al. 2017, sections 3.1 and 3.3).

    n_embd: C; n_head: a divisor of C; norm_first: pre-norm instead of the paper's post-norm.
    forward: x (B, T, C), hidden (B, 1 or T, T) booleans -> (B, T, C).
    """

    def __init__(self, n_embd, n_head, norm_first=False):
        super().__init__()
        self.norm_first = norm_first
        self.attend, self.norm1 = Attention(n_embd, n_head), nn.LayerNorm(n_embd)
        self.norm2 = nn.LayerNorm(n_embd)
        # BEGIN SOLUTION
        wide, narrow = nn.Linear(n_embd, 4 * n_embd), nn.Linear(4 * n_embd, n_embd)
        self.feed_forward = nn.Sequential(wide, nn.ReLU(), narrow)
        # END SOLUTION

    def forward(self, x, hidden):
        # BEGIN SOLUTION
        x = sublayer(x, lambda z: self.attend(z, z, hidden), self.norm1, self.norm_first)
        x = sublayer(x, self.feed_forward, self.norm2, self.norm_first)
        # END SOLUTION
        return x


@EncoderBlock.misconception(
    "Nothing is added to the stream: each layer replaces it. A block must be able to leave a token "
    "as it was; use `sublayer`, which keeps `x`."
)
class _BlockWithoutResidual(EncoderBlock.reference):
    def forward(self, x, hidden):
        if self.norm_first:
            z = self.norm1(x)
            return self.feed_forward(self.norm2(self.attend(z, z, hidden)))
        x = self.norm1(self.attend(x, x, hidden))
        return self.norm2(self.feed_forward(x))


@EncoderBlock.misconception(
    "`norm_first` never reaches `sublayer`: the block is post-norm always. Hand on "
    "`self.norm_first` as its last argument."
)
class _BlockAlwaysPost(EncoderBlock.reference):
    def forward(self, x, hidden):
        x = self.norm1(x + self.attend(x, x, hidden))
        return self.norm2(x + self.feed_forward(x))


@EncoderBlock.misconception(
    "The lambda closes over the stream outside: queries are normed, but keys and values are made "
    "from the raw `x`. Use its own argument for all: `lambda z: self.attend(z, z, hidden)`."
)
class _RawMemory(EncoderBlock.reference):
    def forward(self, x, hidden):
        s = sublayer.reference
        x = s(x, lambda z, x=x: self.attend(z, x, hidden), self.norm1, self.norm_first)
        return s(x, self.feed_forward, self.norm2, self.norm_first)


@EncoderBlock.misconception(
    "One norm serves both layers. Each has learned a scale and a shift of its own: `norm1` goes "
    "with attention, `norm2` with the feed-forward layer."
)
class _OneNorm(EncoderBlock.reference):
    def forward(self, x, hidden):
        s = sublayer.reference
        x = s(x, lambda z: self.attend(z, z, hidden), self.norm1, self.norm_first)
        return s(x, self.feed_forward, self.norm1, self.norm_first)


@EncoderBlock.misconception(
    "There is no ReLU. Two linear layers in a row are one linear layer, however wide the middle: "
    "without a bend the feed-forward layer can't do what a single matrix couldn't."
)
class _NoBend(EncoderBlock.reference):
    def __init__(self, n_embd, n_head, norm_first=False):
        super().__init__(n_embd, n_head, norm_first)
        self.feed_forward[1] = nn.Identity()


@EncoderBlock.misconception(
    "GELU stands where ReLU was asked for. GPT bends with GELU; the paper of 2017 and torch's "
    "default bend with ReLU, and the weights of one don't fit the other."
)
class _Gelu(EncoderBlock.reference):
    def __init__(self, n_embd, n_head, norm_first=False):
        super().__init__(n_embd, n_head, norm_first)
        self.feed_forward[1] = nn.GELU()


@EncoderBlock.misconception(
    "Think first, attend later: the order is turned round. Here a place first collects from the "
    "others, then works on what it has collected."
)
class _ThinksFirst(EncoderBlock.reference):
    def forward(self, x, hidden):
        s = sublayer.reference
        x = s(x, self.feed_forward, self.norm2, self.norm_first)
        return s(x, lambda z: self.attend(z, z, hidden), self.norm1, self.norm_first)


@EncoderBlock.misconception(
    "The mask gets lost on the way, and padding is read like text. Hand `hidden` on to "
    "`self.attend`."
)
class _BlockHidesNothing(EncoderBlock.reference):
    def forward(self, x, hidden):
        s, nothing = sublayer.reference, torch.zeros_like(hidden)
        x = s(x, lambda z: self.attend(z, z, nothing), self.norm1, self.norm_first)
        return s(x, self.feed_forward, self.norm2, self.norm_first)


def _between(rng: np.random.Generator, B: int, T: int, S: int, C: int, scale: float = 2.0):
    x, memory = _normal(rng, B, T, C, scale=scale), _normal(rng, B, S, C, scale=scale)
    return x, memory, _forbidden(rng, B, T, T), _forbidden(rng, B, 1, S)


@exercise(
    title="The decoder block",
    level="hard",
    minutes=12,
    prompt="""
        Three sub-layers: the target attends to itself, then asks the `memory` of the encoder, then
        each place thinks. Each has its own mask or norm.
        """,
    probes=lambda rng: [
        ((4, 2, False), _between(rng, 1, 2, 3, 4), 3),
        ((4, 2, True), _between(rng, 1, 2, 3, 4), 3),
        ((6, 3), _between(rng, 2, 5, 4, 6, scale=4.0), 1),
        ((8, 2, True), _between(rng, 3, 4, 6, 8, scale=0.5), 2),
        ((5, 1, True), _between(rng, 2, 3, 3, 5), 4),
    ],
    drive=under_copied_weights(lambda: DecoderBlock.reference),
    hints=[
        "In the middle sub-layer, who asks and who answers? Which of the two masks belongs there?",
        """
        1. `attend`: the stream to itself, with `hidden`, under `norm1`.
        2. `cross`: the stream to `memory`, with `memory_hidden`, under `norm2`.
        3. `feed_forward` under `norm3`.
        `memory` was finished by the encoder: no norm of this block touches it.
        """,
        "`x = sublayer(x, lambda z: self.cross(z, ___, ___), self.norm2, self.norm_first)`",
    ],
    errors=[
        (
            "RuntimeError: The size of tensor a must match the size of tensor b",
            "`hidden` is (B, T, T) and goes with `attend`; `memory_hidden` is (B, 1, S) and goes "
            "with `cross`.",
        ),
    ],
    tolerance=SINGLE,
    passed="What has been written asks what was read. Leave out `cross`, and it is GPT.",
)
class DecoderBlock(nn.Module):
    """A block of the decoder (Vaswani et al. 2017, sections 3.1 and 3.2.3).

    n_embd: C; n_head: a divisor of C; norm_first: pre-norm instead of the paper's post-norm.
    forward: x (B, T, C), memory (B, S, C), hidden (B, T, T), memory_hidden (B, 1, S) -> (B, T, C).
    """

    def __init__(self, n_embd, n_head, norm_first=False):
        super().__init__()
        self.norm_first = norm_first
        self.attend, self.norm1 = Attention(n_embd, n_head), nn.LayerNorm(n_embd)
        self.cross, self.norm2 = Attention(n_embd, n_head), nn.LayerNorm(n_embd)
        up, down = (nn.Linear(a * n_embd, b * n_embd) for a, b in ((1, 4), (4, 1)))
        self.feed_forward = nn.Sequential(up, nn.ReLU(), down)
        self.norm3 = nn.LayerNorm(n_embd)

    def forward(self, x, memory, hidden, memory_hidden):
        # BEGIN SOLUTION
        first = self.norm_first
        x = sublayer(x, lambda z: self.attend(z, z, hidden), self.norm1, first)
        x = sublayer(x, lambda z: self.cross(z, memory, memory_hidden), self.norm2, first)
        x = sublayer(x, self.feed_forward, self.norm3, first)
        # END SOLUTION
        return x


class _DecoderWith(DecoderBlock.reference):
    """A decoder block whose sub-layers can be given in any order."""

    def through(self, x, *steps):
        for layer, norm in steps:
            x = sublayer.reference(x, layer, norm, self.norm_first)
        return x


@DecoderBlock.misconception(
    "The encoder is never asked: `cross` is missing. Without it the decoder continues a text of "
    "its own and can't know what was read. That would be GPT."
)
class _NeverAsks(_DecoderWith):
    def forward(self, x, memory, hidden, memory_hidden):
        return self.through(
            x, (lambda z: self.attend(z, z, hidden), self.norm1), (self.feed_forward, self.norm3)
        )


@DecoderBlock.misconception(
    "The encoder is asked first, before the target has looked at itself. A place should know what "
    "has been written before it asks: `attend`, then `cross`."
)
class _AsksFirst(_DecoderWith):
    def forward(self, x, memory, hidden, memory_hidden):
        return self.through(
            x,
            (lambda z: self.cross(z, memory, memory_hidden), self.norm2),
            (lambda z: self.attend(z, z, hidden), self.norm1),
            (self.feed_forward, self.norm3),
        )


@DecoderBlock.misconception(
    "`memory` is normed again here, with the scale of `norm2`. The encoder has finished it; the "
    "norm belongs to the stream, on the asking side."
)
class _NormsMemory(_DecoderWith):
    def forward(self, x, memory, hidden, memory_hidden):
        seen = self.norm2(memory)
        return self.through(
            x,
            (lambda z: self.attend(z, z, hidden), self.norm1),
            (lambda z: self.cross(z, seen, memory_hidden), self.norm2),
            (self.feed_forward, self.norm3),
        )


@DecoderBlock.misconception(
    "`cross` attends from the stream to the stream. Its second argument is the sequence that "
    "answers: `memory`."
)
class _CrossToItself(_DecoderWith):
    def forward(self, x, memory, hidden, memory_hidden):
        return self.through(
            x,
            (lambda z: self.attend(z, z, hidden), self.norm1),
            (lambda z: self.cross(z, z, hidden), self.norm2),
            (self.feed_forward, self.norm3),
        )


@DecoderBlock.misconception(
    "The target looks at itself without its mask, so it reads ahead. `hidden` goes to "
    "`self.attend`."
)
class _ReadsAhead(_DecoderWith):
    def forward(self, x, memory, hidden, memory_hidden):
        return self.through(
            x,
            (lambda z: self.attend(z, z, torch.zeros_like(hidden)), self.norm1),
            (lambda z: self.cross(z, memory, memory_hidden), self.norm2),
            (self.feed_forward, self.norm3),
        )


@DecoderBlock.misconception(
    "Padding of the source is read like text: `memory_hidden` never reaches `cross`. Lengths "
    "differ in a batch, so each source has its own places to hide."
)
class _ReadsPadding(_DecoderWith):
    def forward(self, x, memory, hidden, memory_hidden):
        return self.through(
            x,
            (lambda z: self.attend(z, z, hidden), self.norm1),
            (lambda z: self.cross(z, memory, torch.zeros_like(memory_hidden)), self.norm2),
            (self.feed_forward, self.norm3),
        )


@DecoderBlock.misconception(
    "One module serves both attentions. `attend` and `cross` have learned different things: one "
    "asks what was written, the other what was read."
)
class _OneAttention(_DecoderWith):
    def forward(self, x, memory, hidden, memory_hidden):
        return self.through(
            x,
            (lambda z: self.attend(z, z, hidden), self.norm1),
            (lambda z: self.attend(z, memory, memory_hidden), self.norm2),
            (self.feed_forward, self.norm3),
        )


@DecoderBlock.misconception(
    "The norms got mixed up: the second sub-layer uses the third norm, and the third the second. "
    "Each was trained for its place; they come in the order of the sub-layers."
)
class _NormsExchanged(_DecoderWith):
    def forward(self, x, memory, hidden, memory_hidden):
        return self.through(
            x,
            (lambda z: self.attend(z, z, hidden), self.norm1),
            (lambda z: self.cross(z, memory, memory_hidden), self.norm3),
            (self.feed_forward, self.norm2),
        )


@DecoderBlock.misconception(
    "`norm_first` is ignored: each sum is normed, as in the paper. Hand `self.norm_first` on to "
    "`sublayer`, all three times."
)
class _DecoderAlwaysPost(DecoderBlock.reference):
    def forward(self, x, memory, hidden, memory_hidden):
        x = self.norm1(x + self.attend(x, x, hidden))
        x = self.norm2(x + self.cross(x, memory, memory_hidden))
        return self.norm3(x + self.feed_forward(x))


# --- the schedule -----------------------------------------------------------------------------


@exercise(
    title="The learning rate of 2017",
    level="easy",
    minutes=4,
    prompt="""
        Write the paper's formula: one over the root of `n_embd`, times the smaller of two things:
        one over the root of `step`, and `step` over `warmup` to the power 1.5.
        """,
    probes=lambda rng: [
        (1, 16, 4),
        (4, 16, 4),
        (100, 16, 4),
        (4000, 512, 4000),
        (int(rng.integers(2, 90)), 48, 100),
        (int(rng.integers(300, 900)), 100, 250),
    ],
    hints=[
        "Which of the two is smaller in the first steps: the one that falls or the one that rises?",
        "Both powers are negative: `step ** -0.5`, and `step` times `warmup ** -1.5`.",
        "`return n_embd**-0.5 * ___(step**-0.5, step * warmup ** ___)`",
    ],
    errors=[
        (
            "TypeError: 'float' object is not iterable",
            "`min` takes its candidates one after the other: `min(a, b)`.",
        ),
    ],
    # The smaller of two is the same in either order.
    equivalents=["return n_embd ** (-0.5) * min(step * warmup ** (-1.5), step ** (-0.5))"],
    passed="It climbs in a straight line up to `warmup`, then falls like one over the root.",
)
def noam(step: int, n_embd: int, warmup: int) -> float:
    """The learning rate at a step (Vaswani et al. 2017, section 5.3, equation 3).

    step: from 1; n_embd: width of the model; warmup: the step of the peak.
    """
    return n_embd**-0.5 * min(step**-0.5, step * warmup**-1.5)


@noam.misconception(
    "`max` takes the larger branch: the rate is infinite at first and grows without end later. "
    "The smaller of the two makes a peak where they cross."
)
def _larger(step, n_embd, warmup):
    return n_embd**-0.5 * max(step**-0.5, step * warmup**-1.5)


@noam.misconception(
    "The width is missing. A wide model adds up more small steps in each output, so the paper "
    "divides the rate by the root of `n_embd`."
)
def _no_width(step, n_embd, warmup):
    return min(step**-0.5, step * warmup**-1.5)


@noam.misconception(
    "The climb divides by `warmup` alone. Then the branches cross far beyond the warm-up, and the "
    "peak is much too high. The power 1.5 makes them meet exactly at `warmup`."
)
def _warmup_to_one(step, n_embd, warmup):
    return n_embd**-0.5 * min(step**-0.5, step / warmup)


@noam.misconception(
    "After the warm-up the rate stays at its peak. In the paper it falls like one over the root "
    "of the step; the second branch of the minimum is missing."
)
def _stays_up(step, n_embd, warmup):
    return n_embd**-0.5 * min(step, warmup) * warmup**-1.5


@noam.misconception(
    "Multiplied by the root of `n_embd` instead of divided: the power is −0.5. At width 512 the "
    "rate would be 512 times too large."
)
def _times_root(step, n_embd, warmup):
    return n_embd**0.5 * min(step**-0.5, step * warmup**-1.5)


@noam.misconception(
    "Steps are counted from 1 here, and yours begins one later. The peak would come one step too "
    "early. Take `step` as it is."
)
def _one_more(step, n_embd, warmup):
    return n_embd**-0.5 * min((step + 1) ** -0.5, (step + 1) * warmup**-1.5)


# --- predictions ------------------------------------------------------------------------------

means = Number(
    id="means",
    ask="A batch of 32 words goes through LayerNorm. Each has 10 letters, and each letter is a "
    "vector of 32 numbers: (32, 10, 32). How many means does LayerNorm compute?",
    value=lambda: 32 * 10,
    within=0.5,
    low="More: every letter of every word has a mean of its own, over its 32 numbers. That makes "
    "32 times 10. (32 would be BatchNorm: one for each feature.)",
    high="Fewer: a mean runs over the 32 numbers of one letter, and there are 32 times 10 letters.",
    right="One for each letter of each word. No letter needs another to be normed.",
)

gradients = Choice(
    id="gradients",
    ask="Stack 54 layers instead of 2 and don't train them. What happens to the gradient that the "
    "last layer gets?",
    options={
        "a": (
            "in post-norm it nearly vanishes, in pre-norm it stays",
            "Many people expect it. But the last layer sits next to the loss, and in post-norm "
            "what it says makes up a fixed share of the normed sum.",
        ),
        "b": (
            "it stays in both",
            "Not in pre-norm: there the stream grows, and the last layer is an ever smaller part "
            "of it.",
        ),
        "c": (
            "in pre-norm it shrinks, in post-norm it doesn't",
            "In pre-norm 54 layers share one growing stream, so each later one counts for less. "
            "In post-norm each sum is normed, and the last layer always counts the same.",
        ),
    },
    right="c",
)


def _sizes(C: int) -> tuple[int, int]:
    """Weights of the feed-forward layer and of the whole encoder block, biases included."""
    feed_forward = 4 * C * C + 4 * C + 4 * C * C + C
    return feed_forward, feed_forward + 4 * (C * C + C) + 4 * C


share = Number(
    id="share",
    ask="An encoder block has `n_embd` = 512. What share of its weights is in the feed-forward "
    "layer, in %?",
    value=lambda: 100 * _sizes(512)[0] / _sizes(512)[1],
    within=4,
    unit="%",
    low="Attention has four square matrices, 4 C². The feed-forward layer has two of C by 4 C, "
    "which makes 8 C²: twice as much.",
    high="Attention isn't free: queries, keys, values and mix are four matrices of C by C. "
    "Against 8 C² in the feed-forward layer that is one third.",
    right="Two thirds. Attention gets the attention, and the feed-forward layer has the weights.",
)

spare_part = Choice(
    id="spare-part",
    ask="One of these parts can be taken out without harm. Which one?",
    options={
        "a": (
            "the encoder's self-attention, a plain average",
            "That average is how the model learns the length of the word. Without it about "
            "15 of 100 names are right.",
        ),
        "b": (
            "the decoder's self-attention",
            "The waves say how many symbols have been written, and the source says which comes "
            "next. What they were doesn't matter here.",
        ),
        "c": (
            "the residual connections: there is only one block",
            "One block is five layers. Without residual connections each must hand on letters and "
            "places by itself, and the model hardly learns.",
        ),
        "d": (
            "the feed-forward layers: reversing needs no thought",
            "It can be learned without them, but after 300 steps only about 80 of 100 names are "
            "right.",
        ),
    },
    right="b",
)

warm_up = Choice(
    id="warm-up",
    ask="Post-norm, three blocks, the full rate from the first step. Where is the loss after 120 "
    "steps?",
    options={
        "a": (
            "above 3 nats: it knows next to nothing",
            "The first steps carry it to a place that it doesn't find out of. The same model with "
            "a warm-up learns.",
        ),
        "b": (
            "lower than with a warm-up, since no step was wasted on a low rate",
            "So it is with pre-norm. In post-norm the first full steps do harm that later ones "
            "don't repair.",
        ),
        "c": (
            "at nan",
            "Many a training without norms ends there. Here the norms keep all numbers "
            "finite, and the model is merely lost.",
        ),
    },
    right="a",
)

skip_axis = Choice(
    id="skip-axis",
    ask="`x` has shape (B, T, C). Which line centres it as LayerNorm does?",
    options={
        "a": (
            "`x - x.mean(dim=(1, 2), keepdim=True)`",
            "That mixes all places of a text: a later token would move the earlier ones.",
        ),
        "b": (
            "`x - x.mean(dim=0, keepdim=True)`",
            "That is BatchNorm: a text's result depends on the other texts in the batch.",
        ),
        "c": (
            "`x - x.mean(dim=-1, keepdim=True)`",
            "Each token by itself, over its own C numbers.",
        ),
    },
    right="c",
    skip=True,
)

skip_cross = Choice(
    id="skip-cross",
    ask="The source has 7 tokens, the target 4. In cross-attention, who makes the keys, and which "
    "shape have the weights?",
    options={
        "a": ("the source; (4, 7)", "The target asks, one row each; the source answers."),
        "b": (
            "the target; (4, 7)",
            "Keys belong to those who can be found: the source, with 7 columns.",
        ),
        "c": (
            "the source; (7, 4)",
            "Rows are those who ask. That is the target, which has 4 tokens.",
        ),
    },
    right="a",
    skip=True,
)

skip_noam = Choice(
    id="skip-noam",
    ask="In the paper's schedule you double the warm-up. What happens to the peak?",
    options={
        "a": (
            "same height, twice as late",
            "The falling branch is lower there: it has fallen by the root of 2 since.",
        ),
        "b": (
            "twice as late, lower by the factor √2",
            "It sits at step `warmup`, where the rate is 1/√(n_embd · warmup).",
        ),
        "c": (
            "twice as late, half as high",
            "The fall goes with one over the root of the step, so twice the steps cost √2.",
        ),
    },
    right="b",
    skip=True,
)
