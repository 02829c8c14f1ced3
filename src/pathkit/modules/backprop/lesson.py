# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#       format_version: '1.3'
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %%
from collections import namedtuple
from functools import partial

import numpy as np
import torch

import pathkit as path

path.ready("backprop")

# %% tags=["parameters"]
seed = 0  # of all weights and batches
steps = 20000  # of the last training
short = 3000  # steps of each training that compares backward passes

# %% [markdown]
# ## A network and its gradients
#
# In [](neurons) a `Value` carried one number back at a time. Here whole arrays go back at once. The
# network is the one of [](mlp), with the BatchNorm of [](activations) before its tanh.
#
# All in NumPy and float64, with 16 digits. torch appears for one purpose only: to prove us right or
# wrong.

# %% tags=["nbval-check-output"]
names = path.datasets.names()
symbols = ".abcdefghijklmnopqrstuvwxyz"
order = np.random.default_rng(0).permutation(len(names))
held_out = {*order[::10], *order[1::10]}


def windows(chosen):
    """Contexts of three symbols and what came next: (N, 3), (N,)."""
    X, Y = [], []
    for i in chosen:
        codes = [0, 0, 0] + [symbols.index(s) for s in names[i]] + [0]
        X += [codes[t : t + 3] for t in range(len(codes) - 3)]
        Y += codes[3:]
    return np.array(X), np.array(Y)


Xtr, Ytr = windows(i for i in order if i not in held_out)
Xdev, Ydev = windows(order[1::10])
print(f"{len(Xtr):,} windows to train on, {len(Xdev):,} in dev")


# %%
def start(odd=True):
    """Weights for 200 units; `odd` moves what usually starts at 0 or 1."""
    rng = np.random.default_rng(seed)
    C, W1 = rng.normal(size=(27, 10)), rng.normal(size=(30, 200)) * (5 / 3) / 30**0.5
    W2 = rng.normal(size=(200, 27)) * 0.01
    gamma, beta, b2 = 0.1 * odd * rng.normal(size=(3, 200))
    return {"C": C, "W1": W1, "gamma": 1 + gamma, "beta": beta, "W2": W2, "b2": b2[:27]}


def forward(P, X):
    """The forward pass; returns every array that the way back needs."""
    emb = P["C"][X].reshape(len(X), -1)  # (n, 30)
    z = emb @ P["W1"]  # (n, 200)
    zhat = (z - z.mean(axis=0)) / np.sqrt(z.var(axis=0) + 1e-5)
    h = np.tanh(P["gamma"] * zhat + P["beta"])
    return {"emb": emb, "z": z, "zhat": zhat, "h": h, "logits": h @ P["W2"] + P["b2"]}


# %%
def by_autograd(f, *arrays):
    """What torch finds for the gradient of f, one number, with respect to each array."""
    tensors = [torch.tensor(array, requires_grad=True) for array in arrays]
    f(*tensors).backward()
    return [tensor.grad.numpy() for tensor in tensors]


def torch_loss(X, Y):
    """The same network in torch, as a function of its weights."""
    X, Y = torch.tensor(X), torch.tensor(Y)

    def loss(C, W1, gamma, beta, W2, b2):
        z = C[X].flatten(1) @ W1
        pre = torch.nn.functional.batch_norm(z, None, None, gamma, beta, training=True, eps=1e-5)
        return torch.nn.functional.cross_entropy(torch.tanh(pre) @ W2 + b2, Y)

    return loss


Pieces = namedtuple("Pieces", "loss linear tanh norm lookup")  # the functions you will write


# %% tags=["remove-input"]
from pathkit.exercises import backprop as finished

pieces = Pieces(
    finished.cross_entropy_backward, finished.linear_backward, finished.tanh_backward,
    finished.norm_backward, finished.lookup_backward,
)  # fmt: skip
X, Y, P = Xtr[:32], Ytr[:32], start()
by_hand = finished.backward(P, X, Y, forward(P, X), pieces)["C"]
theirs = by_autograd(torch_loss(X, Y), *P.values())[0]
figure, axes = path.figure(1, 3, figsize=(9, 5.4), sharey=True)
pictures = {"by hand": by_hand, "by autograd": theirs, "difference": by_hand - theirs}
for ax, (name, table) in zip(axes, pictures.items()):
    drawn = ax.imshow(table, vmin=-0.006, vmax=0.006, cmap="PuOr", aspect="auto")
    ax.set(title=name, xlabel="component of the vector")
axes[0].set_yticks(range(27), symbols)
axes[0].set_ylabel("symbol")
figure.colorbar(drawn, ax=axes, label="gradient")
figure.suptitle("Five functions in a chain, and no difference to see", x=0.02, ha="left")
path.show(figure, "The gradient of the 27 by 10 table C by hand, by autograd, and their "
                  "difference. The first two look the same; the difference is blank.")

# %% [markdown]
# You see how the loss of 32 windows wants to move the letter vectors. White rows belong to symbols
# that none of the 32 windows holds.
#
# You will write seven short functions. Each is held against autograd to $10^{-9}$. At the end a
# network trains on nothing but your own gradients.

# %% [markdown]
# ## Two rules
#
# Nearly everything follows from two rules. The first: **what was copied forward is added up
# backward**. Take three rows and add the same `b` to each.

# %% predict="copies-of-b"
path.predict("copies-of-b", 1.0)

# %% [markdown]
# Measure before you believe. Move one number a little to both sides, and see how the loss changes.


# %% tags=["nbval-check-output"]
def measured(f, array, index, small=1e-6):
    """The slope of f, one number, when array[index] moves."""
    up, down = array.copy(), array.copy()
    up[index] += small
    down[index] -= small
    return (f(up) - f(down)) / (2 * small)


x = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 7.0]])  # (3, 2)
weights = np.array([[1.0, 10.0], [2.0, 20.0], [3.0, 30.0]])  # what the loss makes of each number
b = np.array([0.5, -0.5])  # (2,), broadcast to three rows
slopes = [measured(lambda b: (weights * (x + b)).sum(), b, i) for i in (0, 1)]
print("gradient of x + b:", weights.tolist())
print("gradient of b:    ", np.round(slopes, 3).tolist())

# %% [markdown]
# 1 + 2 + 3 and 10 + 20 + 30: the column sums of what came from above.

# %% exercise="undo_broadcast"
from pathkit.modules.backprop.undo_broadcast import undo_broadcast

# %% tags=["nbval-check-output"]
print("b, copied to three rows:   ", undo_broadcast(weights, (2,)).tolist())
print("a column, to two columns:  ", undo_broadcast(weights, (3, 1)).tolist())

# %% [markdown]
# The second rule is the first in other clothes: **what was used twice gets two gradients, and they
# add up**. In [](neurons) this was `+=` and not `=`. Here it is a symbol that stands at several
# places of a batch. In our batch of 96 places the boundary `.` stands 24 times.

# %% exercise="lookup_backward"
from pathkit.modules.backprop.lookup_backward import lookup_backward

# %% tags=["nbval-check-output"]
rng = np.random.default_rng(seed)
demb = rng.normal(size=(32, 3, 10))  # what might come from above
theirs = by_autograd(lambda C: (C[torch.tensor(X)] * torch.tensor(demb)).sum(), P["C"])
error = np.abs(lookup_backward(X, demb, 27) - theirs[0]).max()
print(f"`.` stands at {(X == 0).sum()} of {X.size} places; within 1e-9 of autograd: {error < 1e-9}")

# %% [markdown]
# ## Where it starts
#
# The loss is one number, and its gradient with respect to itself is 1. The first step back goes to
# the logits. [](bigram) found it: predicted minus seen. With probabilities 0.2, 0.7, 0.1, and the
# second symbol seen, that is 0.2, −0.3, 0.1.
#
# A batch has $n$ rows, and the loss is their mean. So every row counts $1/n$.

# %% predict="row-sum"
path.predict("row-sum", 0)

# %% exercise="cross_entropy_backward"
from pathkit.modules.backprop.cross_entropy_backward import cross_entropy_backward

# %%
P["W2"] = P["W2"] * 30  # a network with opinions, for the picture
logits = forward(P, X)["logits"]  # (32, 27)
dlogits = cross_entropy_backward(logits, Y)
figure, ax = path.figure(figsize=(8, 4.6))
drawn = ax.imshow(dlogits * len(Y), vmin=-1, vmax=1, cmap="PuOr", aspect="auto")
ax.set(title="Each row pulls one symbol up and pushes the others down", xlabel="symbol")
ax.set_xticks(range(27), symbols)
ax.set_ylabel("example")
figure.colorbar(drawn, ax=ax, label="gradient × 32")
path.show(figure, "A 32 by 27 picture of the logits' gradient. Each row has one strongly negative "
                  "cell, the symbol that came, and pale positive cells elsewhere.")
P = start()

# %% [markdown]
# Think of forces. In each row one cell is pulled as hard as all others together are pushed. Where
# the network is right already, the row is pale: nothing to do.

# %% tags=["nbval-check-output"]
theirs = by_autograd(lambda z: torch.nn.functional.cross_entropy(z, torch.tensor(Y)), logits)
print("within 1e-9 of autograd:", np.abs(dlogits - theirs[0]).max() < 1e-9)
print(f"largest sum of a row below 1e-15: {np.abs(dlogits.sum(axis=1)).max() < 1e-15}")

# %% [markdown]
# ## Through a layer, by shapes alone
#
# A layer computes `x @ W + b`. What are the gradients of its three parts? You can find them without
# any calculus, since a gradient has the shape of its array.
#
# `d` is (32, 27), `h` is (32, 200), `W2` is (200, 27). The gradient of `W2` must be (200, 27), made
# of `h` and `d`. There is one product that fits.

# %% exercise="linear_backward"
from pathkit.modules.backprop.linear_backward import linear_backward

# %% tags=["nbval-check-output"]
x, W, b = rng.normal(size=(5, 3)), rng.normal(size=(3, 2)), rng.normal(size=2)
d = rng.normal(size=(5, 2))
theirs = by_autograd(lambda x, W, b: ((x @ W + b) * torch.tensor(d)).sum(), x, W, b)
for name, ours, right in zip(("x", "W", "b"), linear_backward(x, W, d), theirs):
    print(f"{name}: within 1e-9 of autograd: {np.abs(ours - right).max() < 1e-9}")

# %% [markdown]
# Why is it right? Take one weight, from input $i$ to output $j$. In each example it adds
# $x_i W_{ij}$ to output $j$. So its slope there is $x_i$, times what comes from above, $d_j$, added
# up over the examples. That is entry $[i, j]$ of `x.T @ d`.

# %% exercise="tanh_backward"
from pathkit.modules.backprop.tanh_backward import tanh_backward

# %% tags=["nbval-check-output"]
theirs = by_autograd(lambda z: (torch.tanh(z) * torch.tensor(d)).sum(), x @ W)
error = np.abs(tanh_backward(np.tanh(x @ W), d) - theirs[0]).max()
print("within 1e-9 of autograd:", error < 1e-9)

# %% [markdown]
# ## Through BatchNorm
#
# [](activations) left this open. Take one unit and its batch: a column of numbers. Move one of them
# up a little. Three things happen:
#
# 1. Its own output goes up.
# 2. The mean goes up, so *all* outputs go down a little.
# 3. The spread changes, so all outputs move towards 0 or away from it.
#
# In symbols, with $d$ for what comes from above and means over the batch:
#
# $$dz = \frac{1}{\sqrt{\text{var} + \epsilon}}
# \left(d - \overline{d} - \hat z\;\overline{d\,\hat z}\right)$$
#
# Three terms, three roads.

# %% predict="bias-before-norm"
path.predict("bias-before-norm", "b")

# %% exercise="norm_backward"
from pathkit.modules.backprop.norm_backward import norm_backward

# %% tags=["nbval-check-output"]
z, d = forward(P, X)["z"], rng.normal(size=(32, 200))


def normed(z):
    """BatchNorm without scale and shift, in torch."""
    return (z - z.mean(0)) / torch.sqrt(z.var(0, unbiased=False) + 1e-5)


theirs = by_autograd(lambda z: (normed(z) * torch.tensor(d)).sum(), z)
print("within 1e-9 of autograd:", np.abs(norm_backward(z, d) - theirs[0]).max() < 1e-9)
sums = np.abs(norm_backward(z, d).sum(axis=0))
print("largest sum of a column below 1e-12:", sums.max() < 1e-12)

# %%
unit = 7
zhat = forward(P, X)["zhat"][:, unit]
above = 1 + 1.5 * zhat + 0.6 * d[:, unit]  # a gradient with a level and a slope
below = norm_backward(z[:, [unit]], above[:, None])[:, 0] * z[:, unit].std()
figure, axes = path.figure(1, 2, figsize=(9, 3.6), sharey=True)
for ax, values, name in zip(axes, (above, below), ("arrives from above", "gets through")):
    ax.plot(zhat, values, "o", ms=5)
    line = np.polyval(np.polyfit(zhat, values, 1), [-2.5, 2.5])
    ax.plot([-2.5, 2.5], line, "--", label="best straight line")
    ax.set(title=name, xlabel="output of the normalisation, one dot an example")
    ax.legend(frameon=False)
axes[0].set_ylabel("gradient")
figure.suptitle("BatchNorm lets through what is left of a straight-line fit", x=0.02, ha="left")
path.show(figure, "Two scatter plots of 32 dots with their best straight lines. On the left the "
                  "line rises from -2 to 4; on the right, after BatchNorm, it is flat at 0.")

# %% [markdown]
# The bracket of the formula is what remains of $d$ after you fit a straight line over $\hat z$ and
# subtract it (exactly so for $\epsilon = 0$). *All up* and *spread out* are wishes that the
# normalisation undoes. So they aren't passed on.
#
# Which leads to a trap. Forget both corrections, and some tests still agree.

# %% exercise="gets_through"
from pathkit.modules.backprop.gets_through import gets_through

gets_through = gets_through()

# %% [markdown]
# ## All of it
#
# | forward | backward |
# | :-- | :-- |
# | `emb = C[X]` | `lookup` |
# | `z = emb @ W1` | `linear` |
# | `zhat = (z - mean) / sqrt(var + eps)` | `norm` |
# | `gamma * zhat + beta` | yours |
# | `h = tanh(…)` | `tanh` |
# | `logits = h @ W2 + b2` | `linear` |
# | `loss = cross-entropy` | `loss` |
#
# The right column is read from the bottom up.

# %% exercise="backward"
from pathkit.modules.backprop.backward import backward

# %% tags=["nbval-check-output"]
back = Pieces(
    cross_entropy_backward, linear_backward, tanh_backward, norm_backward, lookup_backward
)
P = start()
ours = backward(P, X, Y, forward(P, X), back)
for name, theirs in zip(P, by_autograd(torch_loss(X, Y), *P.values())):
    print(f"{name:<6}{str(ours[name].shape):<10} within 1e-9 of autograd: "
          f"{np.abs(ours[name] - theirs).max() < 1e-9}")

# %% [markdown]
# Look at `start` again. `beta` and `b2` begin at odd small numbers, `gamma` near 1. The usual 0 and
# 1 would hide mistakes: a term times 0 and a factor of 1 never show.


# %%
def last_one(X, demb, V):
    """Writes where it should add."""
    dC = np.zeros((V, demb.shape[2]))
    dC[X] = demb
    return dC


def norm_with_n_minus_1(z, d):
    """Takes the variance's n for n - 1 on the way back."""
    zhat = (z - z.mean(axis=0)) / np.sqrt(z.var(axis=0) + 1e-5)
    too_much = zhat * (d * zhat).sum(axis=0) * (1 / (len(z) - 1) - 1 / len(z))
    return norm_backward(z, d) - too_much / np.sqrt(z.var(axis=0) + 1e-5)


# %%
def with_mistake(kind, P, X, Y, cache):
    """Your backward pass with one piece made wrong."""
    mistakes = {
        "BatchNorm as constants": {"norm": lambda z, d: d / np.sqrt(z.var(axis=0) + 1e-5)},
        "n − 1 for n": {"norm": norm_with_n_minus_1},
        "one gradient a row": {"lookup": last_one},
        "slope of tanh ignored": {"tanh": lambda h, dh: dh},
    }
    if kind == "gamma forgotten":
        P = {**P, "gamma": np.ones(200)}
    return backward(P, X, Y, cache, back._replace(**mistakes.get(kind, {})))


# %%
kinds = ["right", "n − 1 for n", "gamma forgotten", "one gradient a row"]
figure, axes = path.figure(1, 4, figsize=(9.6, 5.2), sharey=True)
truth = by_autograd(torch_loss(X, Y), *P.values())[0]
for ax, kind in zip(axes, kinds):
    error = np.abs(with_mistake(kind, P, X, Y, forward(P, X))["C"] - truth)
    drawn = ax.imshow(np.log10(error + 1e-18), vmin=-18, vmax=-2, aspect="auto")
    ax.set(title=kind, xlabel="component")
    print(f"{kind:<20} largest |error| {error.max():.0e}, {error.max() / abs(truth).max():.1%} "
          "of the largest gradient")
axes[0].set_yticks(range(27), symbols)
axes[0].set_ylabel("symbol")
figure.colorbar(drawn, ax=axes, label="log10 of |error|")
figure.suptitle("A map of the error says more than its maximum", x=0.02, ha="left")
path.show(figure, "Four maps of the error of C's gradient. Right: 1e-18 everywhere. n-1 for n: up "
                  "to 3e-5 in all rows that were used. gamma forgotten: up to 5e-4. One gradient "
                  "a row: large where a symbol occurs more than once, exact in the other rows.")

# %% [markdown]
# *One gradient a row* is exact for symbols that occur once: a map points at the repeated ones.
# *n − 1* is off by 0.4% of the largest gradient. A tolerance of 1% would have let it pass.

# %% [markdown]
# ## Would you have noticed?
#
# Now train. Four networks from the same start, on the same batches, and three of them with wrong
# gradients.

# %% predict="three-wrong"
path.predict("three-wrong", "a")


# %%
def mean_loss(logits, Y):
    """Mean cross-entropy in nats."""
    logits = logits - logits.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(logits).sum(axis=1)) - logits[np.arange(len(Y)), Y])


def train(gradients, steps, rate=0.2):
    """Gradient descent with a falling rate; returns the dev loss and the losses."""
    P, rng, losses = start(), np.random.default_rng(seed + 1), []
    for step in range(steps):
        batch = rng.integers(len(Xtr), size=32)
        X, Y = Xtr[batch], Ytr[batch]
        cache = forward(P, X)
        losses.append(mean_loss(cache["logits"], Y))
        for name, gradient in gradients(P, X, Y, cache).items():
            P[name] = P[name] - rate * (1 - step / steps) * gradient
    return mean_loss(forward(P, Xdev)["logits"], Ydev), losses


# %%
kinds = ["right", "BatchNorm as constants", "slope of tanh ignored", "one gradient a row"]
figure, axes = path.figure()
for kind, style in zip(kinds, ("-", "--", "-.", ":")):
    dev_loss, losses = train(partial(with_mistake, kind), short)
    means = np.reshape(losses, (-1, 100)).mean(axis=1)
    axes.plot(100 * np.arange(len(means)) + 50, means, style, label=kind)
    wrong, right = (with_mistake(k, P, X, Y, forward(P, X))["C"] for k in (kind, "right"))
    cosine = (wrong * right).sum() / np.linalg.norm(wrong) / np.linalg.norm(right)
    angle = np.degrees(np.arccos(min(cosine, 1)))
    print(f"{kind:<24} dev loss {dev_loss:.2f}; its C points {angle:2.0f}° off at the start")
axes.set(title="Three wrong gradients end within 0.02 nats of the right one", ylim=(2.4, 3))
axes.set(xlabel="step", ylabel="loss (nats per symbol)")
axes.legend(frameon=False)
path.show(figure, "Four loss curves over 3,000 steps lie close together, from 2.9 down to 2.5 "
                  "nats, although three of them use wrong gradients.")

# %% [markdown]
# All four end within 0.02 nats. A gradient that points 63° off still leads downhill, and training
# asks for no more.
#
# So a falling loss is no evidence for a right gradient. Another network may pay more for the same
# mistake, and its curve won't say why. Compare numbers, at odd values, in float64.

# %% [markdown]
# ## Nothing but your own
#
# First the strictest test: train twice, with your gradients and with autograd's, on the same
# batches.


# %% tags=["nbval-check-output"]
def ours(P, X, Y, cache):
    """Your backward pass."""
    return backward(P, X, Y, cache, back)


def theirs(P, X, Y, cache):
    """The same by autograd."""
    return dict(zip(P, by_autograd(torch_loss(X, Y), *P.values())))


_, by_hand = train(ours, 300)
_, by_torch = train(theirs, 300)
apart = np.abs(np.array(by_hand) - by_torch).max()
print(f"300 steps, losses within 1e-9 of each other: {apart < 1e-9}")

# %%
dev_loss, losses = train(ours, steps)
means = np.reshape(losses, (-1, 200)).mean(axis=1)
figure, axes = path.figure()
axes.plot(200 * np.arange(len(means)) + 100, means, label="your gradients")
axes.axhline(2.59, color=path.PALETTE[3], ls="--", label="bigram: 2.59")
axes.plot(len(losses), dev_loss, "o", color=path.PALETTE[2], label=f"on dev: {dev_loss:.2f}")
axes.set(title="Your own gradients, no autograd, and it learns to spell", ylim=(2.3, 3.1))
axes.set(xlabel="step", ylabel="loss (nats per symbol)")
axes.legend(frameon=False)
path.show(figure, "The training loss falls from 2.8 to about 2.4 in 20,000 steps; on dev it ends "
                  "at 2.44, below the bigram's 2.59.")

# %% [markdown]
# No line of this training called `loss.backward()`. Now you know what it does, and that it does
# nothing else.
#
# On dev every window was normalised with the whole of dev for company. [](activations) says why one
# should use running statistics instead.

# %% [markdown]
# ## What stays open
#
# From here on autograd does this work. You know what to ask of it.
#
# The network still sees three symbols and no more. Three places have weights of their own, and a
# fourth would need new ones. A model that looks back as far as it likes is the subject of
# [](attention).

# %% [markdown]
# ## Stretch
#
# None of this is needed to go on.
#
# 1. **The video's BatchNorm** divides the variance by n − 1. Derive its backward pass in one line
#    and hold it against autograd. Stay below $10^{-12}$ at n = 2, 5 and 32. A factor appears that
#    you have met as a mistake.
# 2. **LayerNorm.** Normalise rows in place of columns and write its backward pass. Ours changes
#    nothing but the axes of four calls, keeps them, and stays below $10^{-12}$.
# 3. **Lower.** 20,000 steps on batches of 32 end at 2.44 on dev. Ours reaches 2.40 with batches of
#    128, rate 0.4 and as many steps, in three times the time. Can you get there faster?
