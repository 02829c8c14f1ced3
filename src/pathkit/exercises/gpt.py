"""Exercises of `gpt`: from a bigram to a decoder-only transformer, one piece at a time."""

from __future__ import annotations

import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

from pathkit.checks.compare import Tolerance
from pathkit.checks.torch_module import under_copied_weights
from pathkit.exercise import exercise
from pathkit.prediction import Choice

SINGLE = Tolerance(relative=1e-4, absolute=1e-5)  # float32 sums, in another order


def _normal(rng: np.random.Generator, *shape: int, scale: float = 1.0) -> torch.Tensor:
    return torch.tensor(rng.normal(scale=scale, size=shape), dtype=torch.float32)


def _tokens(rng: np.random.Generator, *shape: int, below: int = 7) -> torch.Tensor:
    return torch.tensor(rng.integers(below, size=shape), dtype=torch.long)


# --- data -------------------------------------------------------------------------------------


@exercise(
    title="Windows and their targets",
    level="easy",
    minutes=8,
    prompt="""
        Cut one window of `length` tokens from `data` at each position in `starts`. The target at
        every place is the token that comes next in `data`.
        """,
    probes=lambda rng: [
        (torch.tensor([5, 3, 8, 1, 9, 2]), [1], 3),
        (torch.arange(10) ** 2, [0, 4, 2], 4),
        (_tokens(rng, 30, below=90), [0, 25, 7], 4),
        (_tokens(rng, 12, below=90), [10, 0], 1),
        (_tokens(rng, 9, below=90), [0], 8),
    ],
    hints=[
        "In `hello`, which letter should the model name after reading `hel`? Where does it stand?",
        """
        Inputs: `data[start]` up to `length` tokens. Targets: the same stretch, one token further
        on. Stack the windows of all starts: two tensors of shape (B, T).
        """,
        "`y = torch.stack([data[s + ___ : s + length + ___] for s in starts])`",
    ],
    errors=[
        (
            "RuntimeError: stack expects each tensor to be equal size",
            "one window runs over the end of `data`: check the ends of your slices.",
        ),
        (
            "TypeError: only integer tensors of a single element can be converted to an index",
            "you have a list of tensors: `torch.stack` makes one tensor of them.",
        ),
    ],
    passed="T predictions from each window: row t of the input may use t + 1 tokens.",
)
def windows(data: torch.Tensor, starts: list[int], length: int):
    """A batch of inputs and targets.

    data: (N,) token numbers; starts: B positions in it; length: T, tokens in a window.
    Returns (x, y), both (B, T); y[b, t] is the token of `data` that follows x[b, t].
    """
    x = torch.stack([data[s : s + length] for s in starts])
    y = torch.stack([data[s + 1 : s + length + 1] for s in starts])
    return x, y


@windows.misconception(
    "The targets are the inputs. The model can then copy what it reads, and its loss falls to "
    "nearly 0 without any language: the target must be the token after it."
)
def _not_shifted(data, starts, length):
    x = torch.stack([data[s : s + length] for s in starts])
    return x, x.clone()


@windows.misconception(
    "Each target is the token before its input. A causal model has read that one already: shift "
    "the targets forward, not back."
)
def _shifted_back(data, starts, length):
    x = torch.stack([data[s : s + length] for s in starts])
    return x, torch.stack([data[[max(s + t - 1, 0) for t in range(length)]] for s in starts])


@windows.misconception(
    "`roll` sends the first token of a window round to its end, so each last target is wrong. The "
    "token after the window stands in `data`: slice again, from start + 1."
)
def _rolled(data, starts, length):
    x = torch.stack([data[s : s + length] for s in starts])
    return x, torch.roll(x, -1, dims=1)


@windows.misconception(
    "Inputs and targets hold one token less than asked for. Cut windows of `length`; the targets "
    "reach one token further into `data`."
)
def _one_short(data, starts, length):
    x = torch.stack([data[s : s + length] for s in starts])
    return x[:, :-1], x[:, 1:]


@windows.misconception(
    "There is one target for a whole window: the token after it. Causal models learn at every "
    "place at once, so each of the T inputs has a target of its own."
)
def _only_last(data, starts, length):
    x = torch.stack([data[s : s + length] for s in starts])
    return x, torch.stack([data[s + length] for s in starts])


@windows.misconception(
    "The shapes are (T, B): windows stand in columns. Here a batch comes first, one row for each "
    "window: stack along axis 0."
)
def _columns(data, starts, length):
    x = torch.stack([data[s : s + length] for s in starts], dim=1)
    return x, torch.stack([data[s + 1 : s + length + 1] for s in starts], dim=1)


# --- the training loop ------------------------------------------------------------------------


def _trained(answer, batches, rates, symbols, seed):
    """Run a training loop on a small model; what it returns, and the weights it leaves."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model = nn.Sequential(nn.Embedding(symbols, 4), nn.Linear(4, symbols))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.5)
    losses = answer(model, optimizer, batches, rates)
    return losses, [parameter.detach() for parameter in model.parameters()]


def _batches(rng, how_many, B, T, symbols):
    shapes = [(B, T)] * how_many
    return [(_tokens(rng, *s, below=symbols), _tokens(rng, *s, below=symbols)) for s in shapes]


@exercise(
    title="The training loop",
    level="hard",
    minutes=12,
    prompt="""
        For each batch: set the learning rate, compute the cross-entropy over all places, clear
        the old gradients, go backward, and step. Return the losses as plain numbers.
        """,
    probes=lambda rng: [
        (_batches(rng, 1, 2, 3, 5), [0.5], 5, 1),
        (_batches(rng, 4, 3, 2, 6), [0.1, 1.0, 0.5, 2.0], 6, 2),
        (_batches(rng, 3, 2, 5, 4), [1.0, 0.3, 0.1], 4, 3),
        ([], [], 4, 4),
    ],
    drive=_trained,
    hints=[
        "Where do the gradients of the last batch go when you call `backward` again?",
        """
        1. `for (x, y), rate in zip(batches, rates)`; the rate goes into each
           `group["lr"]` of `optimizer.param_groups`.
        2. Logits (B, T, V) and targets (B, T): `F.cross_entropy` wants (B·T, V) and (B·T,).
        3. `zero_grad`, `backward`, `step`, in this order; then `loss.item()` into the list.
        """,
        "`loss = F.cross_entropy(model(x).flatten(0, ___), y.___())`",
    ],
    errors=[
        (
            "RuntimeError: Expected target size",
            "`cross_entropy` takes axis 1 for the classes: flatten batch and time first.",
        ),
        (
            "AttributeError: 'float' object has no attribute 'backward'",
            "keep the tensor `loss` for `backward`; `.item()` is for the list only.",
        ),
    ],
    tolerance=SINGLE,
    seconds=20.0,
    # The optimizer holds all parameters of the model: both clear the same gradients.
    equivalents=["model.zero_grad()"],
    passed="Five lines that train everything from your bigram to GPT-3.",
)
def train(model, optimizer, batches, rates) -> list[float]:
    """Train a model by next-token prediction.

    model: (B, T) tokens -> (B, T, V) logits; optimizer: of torch.optim, over its parameters;
    batches: pairs (x, y) of (B, T) tokens; rates: one learning rate for each batch.
    Returns the loss of each batch in nats per token, measured before its step.
    """
    losses = []
    for (x, y), rate in zip(batches, rates):
        for group in optimizer.param_groups:
            group["lr"] = rate
        loss = F.cross_entropy(model(x).flatten(0, 1), y.flatten())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


def _loop(model, optimizer, batches, rates, *, zero="before", loss_of=None, keep=None):
    """The loop with one thing changed."""
    losses = []
    for (x, y), rate in zip(batches, rates):
        for group in optimizer.param_groups:
            group["lr"] = rate
        logits = model(x)
        loss = (loss_of or _mean_loss)(logits, y)
        if zero == "before":
            optimizer.zero_grad()
        loss.backward()
        if zero == "between":
            optimizer.zero_grad(set_to_none=False)
        optimizer.step()
        losses.append((keep or torch.Tensor.item)(loss.detach()))
    return losses


def _mean_loss(logits, y):
    return F.cross_entropy(logits.flatten(0, 1), y.flatten())


@train.misconception(
    "Gradients are never cleared. `backward` adds to what is there, so each step also repeats all "
    "earlier ones, ever larger: `optimizer.zero_grad()` before `backward`."
)
def _never_zeroed(model, optimizer, batches, rates):
    return _loop(model, optimizer, batches, rates, zero="never")


@train.misconception(
    "The losses are right, but no weight ever moves. Either `optimizer.step()` is missing, or the "
    "gradients are cleared between `backward` and `step`, which leaves nothing to step along."
)
def _zeroed_too_late(model, optimizer, batches, rates):
    return _loop(model, optimizer, batches, rates, zero="between")


@train.misconception(
    "The learning rates aren't used: the optimizer keeps the one it was made with. Write the rate "
    "into every parameter group before the step."
)
def _fixed_rate(model, optimizer, batches, rates):
    return _loop(model, optimizer, batches, [optimizer.param_groups[0]["lr"]] * len(rates))


@train.misconception(
    "The logits were viewed as (B, V, T). That relabels numbers without moving them, and scores "
    "each token against a shuffled row; transpose the axes, or flatten batch and time."
)
def _viewed(model, optimizer, batches, rates):
    def scrambled(logits, y):
        B, T, V = logits.shape
        return F.cross_entropy(logits.reshape(B, V, T), y)

    return _loop(model, optimizer, batches, rates, loss_of=scrambled)


@train.misconception(
    "Only the last place of each window is trained. A causal model predicts at every place, so "
    "average the loss over all B times T of them."
)
def _last_place(model, optimizer, batches, rates):
    def last(logits, y):
        return F.cross_entropy(logits[:, -1], y[:, -1])

    return _loop(model, optimizer, batches, rates, loss_of=last)


@train.misconception(
    "`cross_entropy` takes logits and does the softmax itself. Yours gets probabilities: the "
    "second softmax flattens them, and the loss can't come near 0."
)
def _softmax_twice(model, optimizer, batches, rates):
    def twice(logits, y):
        return F.cross_entropy(logits.softmax(-1).flatten(0, 1), y.flatten())

    return _loop(model, optimizer, batches, rates, loss_of=twice)


@train.misconception(
    "The list holds tensors. Each drags along the graph of its step, so memory grows until it is "
    "full: `loss.item()` is a plain number."
)
def _keeps_tensors(model, optimizer, batches, rates):
    return _loop(model, optimizer, batches, rates, keep=torch.clone)


# --- the average of the past ------------------------------------------------------------------


@exercise(
    title="Average the past with one matrix",
    level="easy",
    minutes=8,
    prompt="""
        Replace row *t* by the mean of rows 0 to *t*. Do it with one product: a lower-triangular
        matrix whose rows sum to 1, times `x`.
        """,
    probes=lambda rng: [
        (torch.tensor([[[2.0], [4.0], [9.0]]]),),
        (_normal(rng, 2, 5, 3),),
        (_normal(rng, 3, 4, 6, scale=5.0),),
        (_normal(rng, 2, 1, 4),),
    ],
    hints=[
        "For three rows: which weights give row 0, which row 1, which row 2? Write the 3 by 3.",
        """
        1. Ones on and below the diagonal: (T, T).
        2. Divide each row by its sum, kept as a column (T, 1).
        3. (T, T) @ (B, T, C) gives (B, T, C): the product is made for each of the B windows.
        """,
        "`weights = torch.ones(T, T).___(); weights / weights.sum(dim=___, keepdim=True) @ x`",
    ],
    errors=[
        (
            "RuntimeError: The size of tensor a must match the size of tensor b",
            "the matrix needs T = `x.shape[1]` rows and columns, not B.",
        ),
    ],
    tolerance=SINGLE,
    passed="Attention keeps this product. Only the numbers in the triangle will change.",
)
def average_past(x: torch.Tensor) -> torch.Tensor:
    """Every row becomes the mean of itself and the rows before it.

    x: (B, T, C). Returns (B, T, C); row t is the mean of x[:, 0] to x[:, t].
    """
    T = x.shape[1]
    weights = x.new_ones(T, T).tril()  # new_ones: ones on the device of x
    weights = weights / weights.sum(dim=1, keepdim=True)
    return weights @ x


@average_past.misconception(
    "This averages the future: row t sees t and everything after it, and the answer with it. The "
    "past lies below the diagonal, so keep the lower triangle, `tril`."
)
def _future(x):
    weights = x.new_ones(x.shape[1], x.shape[1]).triu()
    return weights / weights.sum(dim=1, keepdim=True) @ x


@average_past.misconception(
    "These are sums, and they grow along the window. A mean has weights that sum to 1: divide each "
    "row of the triangle by its sum."
)
def _sums(x):
    return x.new_ones(x.shape[1], x.shape[1]).tril() @ x


@average_past.misconception(
    "The columns of the matrix sum to 1, not its rows. Row t holds the weights that make output t: "
    "sum along dim=1 and keep the axis."
)
def _columns_sum(x):
    weights = x.new_ones(x.shape[1], x.shape[1]).tril()
    return weights / weights.sum(dim=0, keepdim=True) @ x


@average_past.misconception(
    "Everything is divided by T. Row t has t + 1 terms only, so early rows come out too small: "
    "divide each row by its own sum."
)
def _by_length(x):
    return x.new_ones(x.shape[1], x.shape[1]).tril() @ x / x.shape[1]


@average_past.misconception(
    "Each row leaves itself out, and row 0 has nothing to average. A position may always see its "
    "own token: keep the diagonal."
)
def _without_itself(x):
    weights = x.new_ones(x.shape[1], x.shape[1]).tril(-1)
    return weights / weights.sum(dim=1, keepdim=True) @ x


@average_past.misconception(
    "Every row became the mean of the whole window, later rows included. A model that predicts "
    "must not read ahead: row t may use rows 0 to t."
)
def _whole_window(x):
    return x.mean(dim=1, keepdim=True).expand_as(x).clone()


@average_past.misconception(
    "The means were written into `x` while later rows still needed the old ones, so row 2 averages "
    "an average. Collect the results in a new tensor, and leave the caller's alone."
)
def _in_place(x):
    for t in range(x.shape[1]):
        x[:, t] = x[:, : t + 1].mean(dim=1)
    return x


# --- one head ---------------------------------------------------------------------------------


@exercise(
    title="One head of causal self-attention",
    level="medium",
    minutes=12,
    prompt="""
        Let the data choose the weights of the triangle. Score each query against each key, divide
        by the square root of the head size, hide the future, take the softmax, and mix the values.
        """,
    probes=lambda rng: [
        ((3, 2), (_normal(rng, 1, 3, 3, scale=2.0),), 3),
        ((6, 4), (_normal(rng, 2, 5, 6, scale=3.0),), 1),
        ((4, 9), (_normal(rng, 3, 7, 4, scale=3.0),), 2),
        ((5, 3), (_normal(rng, 2, 1, 5),), 4),
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

    def attend(self, x, scale, first=1, dim=-1):
        q, k, v = self.query(x), self.key(x), self.value(x)
        scores = q @ k.transpose(-2, -1) / scale
        return scores.masked_fill(_future_of(x, first), -torch.inf).softmax(dim=dim) @ v


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
class _FilledWithZero(Head.reference):
    def forward(self, x):
        q, k, v = self.query(x), self.key(x), self.value(x)
        scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
        return scores.masked_fill(_future_of(x), 0.0).softmax(dim=-1) @ v


@Head.misconception(
    "Keys ask and queries answer: row t of your scores belongs to key t. Rows are queries, so it "
    "is q times the transposed k."
)
class _KeysAsk(Head.reference):
    def forward(self, x):
        q, k, v = self.query(x), self.key(x), self.value(x)
        scores = k @ q.transpose(-2, -1) / math.sqrt(q.shape[-1])
        return scores.masked_fill(_future_of(x), -torch.inf).softmax(dim=-1) @ v


# --- many heads -------------------------------------------------------------------------------


@exercise(
    title="Many heads from one product",
    level="medium",
    minutes=12,
    prompt="""
        Split the C columns of `q`, `k` and `v` into `n_head` neighbouring groups and let each
        group attend by itself. Join the results in the old order and send them through `mix`.
        """,
    probes=lambda rng: [
        ((4, 2), (_normal(rng, 1, 3, 4, scale=2.0),), 3),
        ((12, 3), (_normal(rng, 2, 5, 12, scale=3.0),), 1),
        ((10, 5), (_normal(rng, 3, 4, 10, scale=3.0),), 2),
        ((6, 1), (_normal(rng, 2, 7, 6, scale=3.0),), 5),
    ],
    drive=under_copied_weights(lambda: ManyHeads.reference),
    hints=[
        "With C = 12 and 3 heads: which columns of `q` belong to head 1?",
        """
        1. (B, T, C) viewed as (B, T, h, d), then axes 1 and 2 exchanged: (B, h, T, d).
        2. `F.scaled_dot_product_attention(q, k, v, is_causal=True)` is your head, for all h.
        3. Exchange the axes back before you join: (B, T, h, d), then (B, T, C).
        """,
        "`z.view(B, T, self.n_head, -1).___(1, 2)`; at the end `out.___(1, 2)"
        ".reshape(B, T, C)`",
    ],
    errors=[
        (
            "RuntimeError: view size is not compatible with input tensor's size and stride",
            "after `transpose` the numbers no longer lie in order: `reshape` copies them.",
        ),
        (
            "RuntimeError: shape '[...]' is invalid for input of size",
            "d = C // n_head; -1 lets torch work it out.",
        ),
    ],
    tolerance=SINGLE,
    # Exchanging two axes is the same in either order.
    equivalents=[
        "q, k, v = (z.view(B, T, self.n_head, -1).transpose(2, 1) for z in (q, k, v))",
        "out = out.transpose(2, 1).reshape(B, T, C)",
    ],
    passed="Each head has a question of its own, at the price of one.",
)
class ManyHeads(nn.Module):
    """Multi-head causal self-attention (Vaswani et al. 2017, section 3.2.2).

    n_embd: C; n_head: h, a divisor of C. Head i owns columns i*d to (i+1)*d, d = C // h.
    forward: x (B, T, C) -> (B, T, C).
    """

    def __init__(self, n_embd, n_head):
        super().__init__()
        self.n_head = n_head
        self.qkv = nn.Linear(n_embd, 3 * n_embd, bias=False)
        self.mix = nn.Linear(n_embd, n_embd)

    def forward(self, x):
        B, T, C = x.shape
        q, k, v = self.qkv(x).chunk(3, dim=-1)  # (B, T, C) each
        # BEGIN SOLUTION
        q, k, v = (z.view(B, T, self.n_head, -1).transpose(1, 2) for z in (q, k, v))
        out = F.scaled_dot_product_attention(q, k, v, is_causal=True)  # (B, h, T, d)
        out = out.transpose(1, 2).reshape(B, T, C)
        # END SOLUTION
        return self.mix(out)


def _heads(z: torch.Tensor, n_head: int) -> torch.Tensor:
    return z.view(*z.shape[:2], n_head, -1).transpose(1, 2)


def _joined(out: torch.Tensor) -> torch.Tensor:
    return out.transpose(1, 2).flatten(2)


def _attention(q, k, v, **settings):
    return F.scaled_dot_product_attention(q, k, v, **settings)


@ManyHeads.misconception(
    "The reshape to (B, h, T, d) came without exchanging axes. It cuts the sequence into pieces: "
    "each head gets a few places, not a few columns. View as (B, T, h, d), then transpose."
)
class _ReshapedOnly(ManyHeads.reference):
    def forward(self, x):
        B, T, C = x.shape
        q, k, v = (z.reshape(B, self.n_head, T, -1) for z in self.qkv(x).chunk(3, dim=-1))
        return self.mix(_joined(_attention(q, k, v, is_causal=True)))


@ManyHeads.misconception(
    "The heads were joined without moving their axis back. Rows then mix different places, and the "
    "future with them: transpose to (B, T, h, d) first, then reshape."
)
class _NotMovedBack(ManyHeads.reference):
    def forward(self, x):
        q, k, v = (_heads(z, self.n_head) for z in self.qkv(x).chunk(3, dim=-1))
        return self.mix(_attention(q, k, v, is_causal=True).reshape(x.shape))


@ManyHeads.misconception(
    "The columns were dealt out like cards: head 0 got 0, h, 2h and so on. Here a head owns "
    "neighbouring columns: view as (B, T, h, d), with h before d."
)
class _Interleaved(ManyHeads.reference):
    def forward(self, x):
        B, T, C = x.shape
        parts = self.qkv(x).chunk(3, dim=-1)
        q, k, v = (z.view(B, T, -1, self.n_head).permute(0, 3, 1, 2) for z in parts)
        out = _attention(q, k, v, is_causal=True)
        return self.mix(out.permute(0, 2, 3, 1).reshape(B, T, C))


@ManyHeads.misconception(
    "The heads see the future: torch's attention hides nothing unless told to. Pass "
    "`is_causal=True`."
)
class _NotCausal(ManyHeads.reference):
    def forward(self, x):
        q, k, v = (_heads(z, self.n_head) for z in self.qkv(x).chunk(3, dim=-1))
        return self.mix(_joined(_attention(q, k, v)))


@ManyHeads.misconception(
    "`mix` is never used. Without it the heads' results lie side by side and never meet: send the "
    "joined columns through the last linear layer."
)
class _NotMixed(ManyHeads.reference):
    def forward(self, x):
        q, k, v = (_heads(z, self.n_head) for z in self.qkv(x).chunk(3, dim=-1))
        return _joined(_attention(q, k, v, is_causal=True))


@ManyHeads.misconception(
    "This is one wide head: the columns were never split. One softmax then has to serve every "
    "question at once; give each group of d columns a softmax of its own."
)
class _OneHead(ManyHeads.reference):
    def forward(self, x):
        q, k, v = self.qkv(x).chunk(3, dim=-1)
        return self.mix(_attention(q, k, v, is_causal=True))


# --- a block ----------------------------------------------------------------------------------


@exercise(
    title="A block: attend, then think",
    level="medium",
    minutes=10,
    prompt="""
        Make the feed-forward layer with `nn.Sequential`: widen to `4 * n_embd`, GELU, back to
        `n_embd`. Then let attention and feed-forward each read a normed copy of `x`, and add what
        they say to `x` itself.
        """,
    probes=lambda rng: [
        ((4, 2), (_normal(rng, 1, 3, 4, scale=2.0),), 3),
        ((12, 3), (_normal(rng, 2, 5, 12, scale=3.0),), 1),
        ((8, 2), (_normal(rng, 3, 4, 8, scale=0.5) + 2.0,), 2),
    ],
    drive=under_copied_weights(lambda: Block.reference),
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
            "`self.feed_forward = nn.Sequential(…)` belongs into `__init__`.",
        ),
        (
            "RuntimeError: mat1 and mat2 shapes cannot be multiplied",
            "the second linear layer takes `4 * n_embd` numbers and returns `n_embd`.",
        ),
    ],
    tolerance=SINGLE,
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


# --- the whole model --------------------------------------------------------------------------


@exercise(
    title="Find the bug: deep, slow, and no better",
    level="medium",
    minutes=8,
    prompt="""
        This GPT runs and trains. With four blocks it takes four times as long as with one, and
        its loss is that of one. Find the line and mend it.
        """,
    probes=lambda rng: [
        ((7, 6, 8, 2, 3), (_tokens(rng, 2, 5),), 1),
        ((7, 4, 6, 3, 1), (_tokens(rng, 3, 4),), 2),
        ((9, 8, 4, 1, 2), (_tokens(rng, 1, 8),), 3),
        ((9, 5, 6, 2, 2), (_tokens(rng, 2, 1),), 4),
    ],
    drive=under_copied_weights(lambda: GPT.reference),
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
            "UnboundLocalError: cannot access local variable 'out'",
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
    "The loop ends after its first turn: `return` stands inside it. Indent the last line like "
    "the `for`, so that all blocks have their say."
)
class _ReturnsInLoop(_Parts):
    def forward(self, tokens):
        return self.read_out(self.blocks[0](self.embedded(tokens)))


@GPT.misconception(
    "Now the blocks' results are added up, but each of them still reads the embedding. That makes "
    "a wide model, not a deep one: the next block must read what the last one wrote."
)
class _Parallel(_Parts):
    def forward(self, tokens):
        x = self.embedded(tokens)
        return self.read_out(sum(block(x) for block in self.blocks))


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
    "The norm went into the loop, so the stream is rescaled after each block. Blocks have norms of "
    "their own; this one belongs to the end."
)
class _NormInLoop(_Parts):
    def forward(self, tokens):
        x = self.embedded(tokens)
        for block in self.blocks:
            x = self.norm(block(x))
        return self.unembed(x)


# --- sampling ---------------------------------------------------------------------------------


class _Reader:
    """A stand-in for a model: its logits depend on all tokens it was given and their places."""

    def __init__(self, rng: np.random.Generator, symbols: int, context_length: int):
        self.table = _normal(rng, symbols, symbols)
        self.position = _normal(rng, context_length, symbols)

    def __call__(self, tokens):
        if tokens.shape[1] > len(self.position):
            raise IndexError(
                f"the model reads {len(self.position)} tokens at most, and got {tokens.shape[1]}"
            )
        return self.table[tokens].cumsum(dim=1) + self.position[: tokens.shape[1]]


@exercise(
    title="What may come next",
    level="medium",
    minutes=8,
    prompt="""
        Give the model the last `context_length` tokens, since it can't read more. Divide the
        logits at the last place by `temperature` and turn them into probabilities.
        """,
    probes=lambda rng: [
        (_Reader(rng, 4, 3), _tokens(rng, 1, 2, below=4), 3, 1.0),
        (_Reader(rng, 6, 4), _tokens(rng, 3, 9, below=6), 4, 0.5),
        (_Reader(rng, 5, 5), _tokens(rng, 2, 5, below=5), 5, 2.0),
        (_Reader(rng, 5, 7), _tokens(rng, 4, 1, below=5), 7, 1.6),
        (_Reader(rng, 6, 2), _tokens(rng, 2, 8, below=6), 2, 0.8),
        (_Reader(rng, 5, 4), _tokens(rng, 6, 3, below=5), 4, 1.4),
    ],
    hints=[
        "The model returns (B, T, V) logits. Which of the T places speaks about the next token?",
        """
        1. `tokens` (B, T): keep all rows and the last `context_length` columns.
        2. Of the logits (B, T, V) keep the last place: (B, V).
        3. Divide by the temperature, then softmax over the V symbols.
        """,
        "`logits = model(tokens[:, -___:])[:, ___]`",
    ],
    errors=[
        (
            "IndexError: the model reads",
            "cut `tokens` before the call: columns, not rows.",
        ),
        (
            "IndexError: Dimension out of range",
            "after you took the last place only two axes are left; the symbols are the last.",
        ),
    ],
    tolerance=SINGLE,
    # Once the last place is taken, axis 1 of (B, V) is the last axis.
    equivalents=["return (logits / temperature).softmax(dim=1)"],
    passed="Draw, append, repeat: this is all that text generation is.",
)
def next_probabilities(model, tokens, context_length: int, temperature: float):
    """The distribution of the next token.

    model: (B, T) tokens -> (B, T, V) logits, T at most context_length; tokens: (B, T), any T;
    temperature: above 0, below 1 sharpens.
    Returns (B, V); rows sum to 1.
    """
    logits = model(tokens[:, -context_length:])[:, -1]  # (B, V)
    return (logits / temperature).softmax(dim=-1)


@next_probabilities.misconception(
    "The context is not cut. A GPT has one learned position for each of its places, and no more: "
    "keep the last `context_length` tokens."
)
def _not_cut(model, tokens, context_length, temperature):
    return (model(tokens)[:, -1] / temperature).softmax(dim=-1)


@next_probabilities.misconception(
    "You keep the first tokens instead of the last. The text would stop changing what comes next "
    "as soon as the window is full: `tokens[:, -context_length:]`."
)
def _keeps_first(model, tokens, context_length, temperature):
    return (model(tokens[:, :context_length])[:, -1] / temperature).softmax(dim=-1)


@next_probabilities.misconception(
    "This cuts rows, not columns: the first axis is the batch. Time is the second: "
    "`tokens[:, -context_length:]`."
)
def _cuts_rows(model, tokens, context_length, temperature):
    return (model(tokens[-context_length:])[:, -1] / temperature).softmax(dim=-1)


@next_probabilities.misconception(
    "`[-1]` takes the last text of the batch, with all its places. You want the last place of "
    "every text: `[:, -1]`."
)
def _last_row(model, tokens, context_length, temperature):
    return (model(tokens[:, -context_length:])[-1] / temperature).softmax(dim=-1)


@next_probabilities.misconception(
    "The logits were multiplied by the temperature. Heat should flatten the distribution, and cold "
    "sharpen it: divide."
)
def _multiplied(model, tokens, context_length, temperature):
    return (model(tokens[:, -context_length:])[:, -1] * temperature).softmax(dim=-1)


@next_probabilities.misconception(
    "The temperature came after the softmax, so the rows no longer sum to 1. Divide the logits, "
    "then normalise."
)
def _too_late(model, tokens, context_length, temperature):
    return model(tokens[:, -context_length:])[:, -1].softmax(dim=-1) / temperature


@next_probabilities.misconception(
    "The temperature is never used. At 1 that makes no difference; the lesson turns it down to "
    "0.5 and up to 1.5."
)
def _no_temperature(model, tokens, context_length, temperature):
    return model(tokens[:, -context_length:])[:, -1].softmax(dim=-1)


@next_probabilities.misconception(
    "All weight lies on the likeliest token. That is greedy decoding, and it writes the same text "
    "every time: return the whole distribution."
)
def _greedy(model, tokens, context_length, temperature):
    logits = model(tokens[:, -context_length:])[:, -1]
    return F.one_hot(logits.argmax(dim=-1), logits.shape[-1]).float()


@next_probabilities.misconception(
    "The softmax runs over the batch: the texts compete with each other for each symbol. Each "
    "row is a distribution over symbols: the last axis."
)
def _over_batch(model, tokens, context_length, temperature):
    return (model(tokens[:, -context_length:])[:, -1] / temperature).softmax(dim=0)


# --- predictions ------------------------------------------------------------------------------

leak = Choice(
    id="leak",
    ask="The floor is 0.126 nats per character. Somebody reports 0.05 on held-out stories. What "
    "happened?",
    options={
        "a": (
            "their model is larger than yours",
            "No size helps: below the floor you would need to know what hasn't been decided yet.",
        ),
        "b": (
            "their model sees the answer",
            "A leak: a target that isn't shifted, or a mask that hides too little. On new stories "
            "nothing else gets below the entropy.",
        ),
        "c": (
            "they trained for longer on more stories",
            "That brings a model towards the floor from above, never through it.",
        ),
    },
    right="b",
)

average = Choice(
    id="average",
    ask="Replace each token's vector by the average over its past. The bigram's loss was 1.8 nats. "
    "What will it be?",
    options={
        "a": (
            "clearly lower, since each place now knows its whole past",
            "It knows which letters occurred, in no order, and its own letter is drowned among "
            "them.",
        ),
        "b": (
            "about the same",
            "The bigram lives on the current token, and after 100 places that weighs 1/100.",
        ),
        "c": (
            "clearly higher",
            "The current token, all that a bigram has, now weighs 1/(t + 1). More context, worse "
            "model.",
        ),
    },
    right="c",
)

which_piece = Choice(
    id="which-piece",
    ask="Pieces are added in the order of this list, each trained for the same 250 steps. Which "
    "one takes off the most?",
    options={
        "a": (
            "many heads instead of one",
            "They help, by about 0.1 nats. Another piece takes several times as much.",
        ),
        "b": (
            "residual connections",
            "About 0.2 nats here, and indispensable for deep models. But another takes more.",
        ),
        "c": (
            "LayerNorm",
            "With one block it changes next to nothing. It earns its place in deep models.",
        ),
        "d": (
            "positions",
            "Most of spelling asks what stood one, two or three places back, and no head can ask "
            "that without places.",
        ),
    },
    right="d",
)

accepted = Choice(
    id="accepted",
    ask="The longer run is about 0.02 nats per character above the floor. Of 100 stories that it "
    "writes, how many could the grammar have told?",
    options={
        "a": (
            "about 95",
            "A gap of 0.02 sounds like 2 in 100. But it is per character, and a story has 129 "
            "characters in which to slip.",
        ),
        "b": (
            "about 25",
            "0.02 nats times 129 characters is over 2 nats a story: most stories break a promise "
            "somewhere.",
        ),
        "c": (
            "none",
            "The bigram manages none. This model is right most of the way, and a good share of its "
            "stories keeps every promise.",
        ),
    },
    right="b",
)

temperature = Choice(
    id="temperature",
    ask="What do you expect of stories written at temperature 0.5?",
    options={
        "a": (
            "more of them are accepted, and still no two are alike",
            "Slips are unlikely turns, and those get rarer. Free choices stay free: among equal "
            "options nothing is sharpened.",
        ),
        "b": (
            "more are accepted, but it's one story over and over",
            "That happens near 0. The free choices are equally likely, and dividing equal logits "
            "leaves them equal.",
        ),
        "c": (
            "fewer are accepted",
            "Cold removes unlikely turns, and a slip is an unlikely turn.",
        ),
    },
    right="a",
)

skip_targets = Choice(
    id="skip-targets",
    ask="A window of 8 tokens goes into a causal model. How many predictions does it train on?",
    options={
        "a": ("8", "One at each place, each from the tokens up to it."),
        "b": ("1", "Each place predicts its next token; only sampling uses the last one alone."),
        "c": ("64", "Places don't predict every place: each names the token after itself."),
    },
    right="a",
    skip=True,
)

skip_mask = Choice(
    id="skip-mask",
    ask="A head multiplies its softmax weights by a 0/1 triangle. What is wrong?",
    options={
        "a": (
            "nothing, future weights are 0",
            "The future still stands in the softmax's sum: rows sum to less than 1 and leak.",
        ),
        "b": (
            "the triangle should be the upper one",
            "The lower one is the past. The order of mask and softmax is what's wrong.",
        ),
        "c": (
            "the mask must come before the softmax",
            "Minus infinity in the scores takes the future out of the sum, too.",
        ),
    },
    right="c",
    skip=True,
)

skip_block = Choice(
    id="skip-block",
    ask="Which line is the attention half of a GPT-2 block?",
    options={
        "a": (
            "`x = norm(x + attend(x))`",
            "That is post-norm, as in 2017: the stream itself is rescaled.",
        ),
        "b": ("`x = x + attend(norm(x))`", "The layer reads a normed copy; the stream is kept."),
        "c": (
            "`x = attend(norm(x))`",
            "Without the residual the token is gone unless attention passes it on.",
        ),
    },
    right="b",
    skip=True,
)
