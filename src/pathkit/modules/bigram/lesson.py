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
import numpy as np

import pathkit as path

path.ready("bigram")

# %% tags=["parameters"]
data = "names"  # "makemore-names" takes the video's 32,033 names; they are downloaded once
seed = 0  # which names are held out, and which are drawn
steps = 400  # of gradient descent

# %% [markdown]
# ## The whole thing first
#
# Here is a finished language model. It was made from given names of many languages. It knows only
# one thing: which symbol tends to follow which.

# %% tags=["nbval-check-output"]
names = path.datasets.names() if data == "names" else path.datasets.fetch(data)
symbols = ".abcdefghijklmnopqrstuvwxyz"  # "." stands at both ends of a name
index = {symbol: i for i, symbol in enumerate(symbols)}
print(f"{len(names):,} names, such as {', '.join(names[100:1000:180])}")

# %% tags=["remove-input"]
from pathkit.exercises import bigram as finished


def draw_table(table, title, alt):
    """Show a (27, 27) table as a picture, its symbols on both axes."""
    figure, axes = path.figure(figsize=(7.2, 6.4))
    picture = axes.imshow(table, vmin=0)
    axes.set(title=title, xlabel="second symbol", ylabel="first symbol")
    axes.set_xticks(range(27), symbols)
    axes.set_yticks(range(27), symbols)
    figure.colorbar(picture, ax=axes, label="probability of the second, given the first")
    path.show(figure, alt)


draw_table(
    finished.probabilities(finished.count_pairs(names, index)),
    "One row per symbol: what follows it",
    "A 27 by 27 table of probabilities. Most of it is dark; a few cells in each row are bright, "
    "such as u and i after q, and a after v.",
)

# %% [markdown]
# Read one row from left to right. A bright cell is a likely next symbol. To invent a name, start in
# the row of the boundary `.`, draw a symbol by its brightness, go to that symbol's row, and stop
# when you draw the boundary again.
#
# You will build this table twice. First you count. Then you let gradient descent find it, the way
# GPT finds its weights. At the end you know why both arrive at the same place.

# %% [markdown]
# ## Three names are enough
#
# Take `ava`, `eve` and `ada`. Wrap each in the boundary and list neighbours:
#
# | name | pairs |
# | :-- | :-- |
# | `.ava.` | `.a` `av` `va` `a.` |
# | `.eve.` | `.e` `ev` `ve` `e.` |
# | `.ada.` | `.a` `ad` `da` `a.` |
#
# Twelve pairs. The boundary is followed by `a` twice and by `e` once. So this small model begins a
# name with `a` in 2 of 3 cases.
#
# A **bigram model** is this table of relative counts: one row for each symbol, one column for each
# symbol that may follow.

# %% exercise="count_pairs"
from pathkit.modules.bigram.count_pairs import count_pairs

# %% tags=["nbval-check-output"]
N = count_pairs(names, index)  # (27, 27), integers
for first, second in ("ar", "a.", ".a", "vw"):
    print(f"{first} then {second}: {N[index[first], index[second]]:>5,}")
print(f"{N.sum():,} pairs; {(N == 0).sum()} of {N.size} cells are empty")

# %% predict="after-q"
path.predict("after-q", 0.41)

# %% tags=["nbval-check-output"]
row = N[index["q"]]
for j in np.argsort(row)[::-1][:4]:
    print(f"q then {symbols[j]}: {row[j]:>3} of {row.sum()}")

# %% [markdown]
# ## From counts to chances
#
# The row of `q` holds 272 counts. Divide each by 272 and you have what we want: the chance of each
# symbol *given* that a `q` came before. In symbols, with $N_{ij}$ for the count of pair $ij$:
#
# $$P_{ij} = \frac{N_{ij}}{\sum_k N_{ik}}$$
#
# Every row of $P$ sums to 1. Its columns sum to whatever they like.

# %% exercise="probabilities"
from pathkit.modules.bigram.probabilities import probabilities

# %% tags=["nbval-check-output"]
P = probabilities(N)  # (27, 27)
print("row sums from", P.sum(axis=1).min().round(6), "to", P.sum(axis=1).max().round(6))
print("P(u after q) =", P[index["q"], index["u"]].round(3))

# %% [markdown]
# ## How good is a model?
#
# A good model is not surprised by real names. Measure surprise like this. Where the model gave the
# symbol that really came a probability of 1/2, it pays $-\ln \frac12 = 0.69$. For 1/100 it pays
# 4.61. For 1 it pays nothing.
#
# The average over all pairs is the **negative log-likelihood**, also called cross-entropy. Its unit
# is the **nat**, since the log is natural.

# %% predict="knows-nothing"
path.predict("knows-nothing", 3.2958)

# %% exercise="mean_nll"
from pathkit.modules.bigram.mean_nll import mean_nll

# %% tags=["nbval-check-output"]
uniform = np.full((27, 27), 1 / 27)
unigram = np.tile(N.sum(axis=0) / N.sum(), (27, 1))  # every row the same: no context at all
losses_by_model = {
    "uniform": mean_nll(names, uniform, index),
    "letter frequencies": mean_nll(names, unigram, index),
    "bigram": mean_nll(names, P, index),
}
for model, nats in losses_by_model.items():
    print(f"{model:<20}{nats:.4f} nats per symbol")

# %%
figure, axes = path.figure(figsize=(7, 2.4))
bars = axes.barh(list(losses_by_model), list(losses_by_model.values()), color=path.PALETTE[0])
axes.bar_label(bars, fmt="%.2f", padding=4)
axes.set(title="One symbol of context is worth 0.32 nats", xlabel="loss (nats per symbol)")
axes.set_xlim(0, 3.8)
axes.invert_yaxis()
path.show(figure, "Bars of loss: uniform 3.30, letter frequencies 2.91, bigram 2.59 nats.")

# %% [markdown]
# Knowing how frequent letters are saves 0.39 nats. Knowing the one symbol before saves 0.32 more.
# Every later model of this path is held against these bars.
#
# The video counts other names, 32,033 of them, mostly from the United States. There the same table
# scores 2.4540 nats. To see it, set `data = "makemore-names"` near the top and run all cells again.

# %% [markdown]
# ## One zero ruins everything
#
# Of the 729 cells 85 are empty, so their probability is 0. What does the loss say about a name that
# needs one of them?

# %% exercise="broken_name"
from pathkit.modules.bigram.broken_name import broken_name

broken_name = broken_name()

# %% tags=["nbval-check-output"]
with np.errstate(divide="ignore"):
    print("loss of the name alone:", mean_nll([broken_name], P, index))
    print("loss of all names and this one:", mean_nll([*names, broken_name], P, index))

# %% [markdown]
# One pair the model holds for impossible, and the mean over 145,000 pairs is infinite. The
# cheapest repair: pretend that you have seen every pair `k` times more. That is **smoothing**.

# %% exercise="smoothed"
from pathkit.modules.bigram.smoothed import smoothed

# %% [markdown]
# How large should `k` be? Names that were counted can't tell: they like the table best as it is.
# So hold out every tenth name, count the others, and ask the names that were never counted.

# %% predict="best-k"
path.predict("best-k", "b")

# %% tags=["nbval-check-output"]
order = np.random.default_rng(seed).permutation(len(names))
held_out = [names[i] for i in order[::10]]
counted = [names[i] for i in order if i not in set(order[::10])]
N_counted = count_pairs(counted, index)
for k in (0.01, 1.0, 100.0):
    P_k = smoothed(N_counted, k)
    print(f"k = {k:<6} counted {mean_nll(counted, P_k, index):.4f}"
          f"   held out {mean_nll(held_out, P_k, index):.4f}")

# %%
ks = np.geomspace(0.003, 30, 21)
tables = [smoothed(N_counted, k) for k in ks]
figure, axes = path.figure()
axes.plot(ks, [mean_nll(counted, t, index) for t in tables], "--", label="counted names")
axes.plot(ks, [mean_nll(held_out, t, index) for t in tables], "-o", ms=4, label="held-out names")
axes.set(title="A little smoothing helps new names; much of it helps nobody", xscale="log")
axes.set(xlabel="k, added to each count", ylabel="loss (nats per symbol)", ylim=(2.586, 2.604))
axes.legend(frameon=False)
path.show(
    figure,
    "Loss against k on a log scale. The curve of the counted names only rises. The curve of the "
    "held-out names lies above it, falls a little until k is near 0.5, then rises with it.",
)

# %% [markdown]
# ## Let it speak
#
# A row of `P` is a loaded die with 27 faces. To throw it, lay its probabilities end to end on a
# line from 0 to 1 and let a random number `u` fall on the line.
#
# With the row 0.5, 0.25, 0.25 the steps end at 0.5, 0.75 and 1. So `u = 0.6` falls on the second.

# %% exercise="next_symbol"
from pathkit.modules.bigram.next_symbol import next_symbol

# %% predict="greedy-name"
path.predict("greedy-name", "c")


# %% tags=["nbval-check-output"]
def name_from(P, rng, greedy=False):
    """Walk from boundary to boundary; give up after 30 symbols."""
    i, name = 0, ""
    while len(name) < 30:
        i = P[i].argmax() if greedy else next_symbol(P[i], rng.random())
        if i == 0:
            return name
        name += symbols[i]
    return name


rng = np.random.default_rng(seed)
print("always the likeliest:", name_from(P, rng, greedy=True))
print("drawn:", ", ".join(name_from(P, rng) for _ in range(12)))

# %% [markdown]
# Bad names, and yet not noise. Vowels and consonants take turns, endings sound like endings. What
# is missing is memory: after `an` the model knows of the `n` alone.

# %% [markdown]
# ## The same model as a network
#
# Now forget that you can count. Take a network with one layer: 27 inputs, 27 outputs, weights `W`
# of shape (27, 27). Symbol $i$ goes in as a **one-hot** vector: 1 at place $i$, else 0. Its product
# with `W` is row $i$ of `W`.

# %% tags=["nbval-check-output"]
W = np.random.default_rng(1).normal(size=(27, 27))
one_hot = np.eye(27)[index["q"]]  # (27,)
print("one_hot @ W is row q of W:", np.array_equal(one_hot @ W, W[index["q"]]))


# %% [markdown]
# The 27 outputs are **logits**: any real numbers. A **softmax** turns them into probabilities,
# their exponentials divided by the sum. So `W` is the table again, on another scale.

# %%
def softmax(W):
    """Each row of logits as probabilities: (n, m) -> (n, m)."""
    exp = np.exp(W - W.max(axis=1, keepdims=True))
    return exp / exp.sum(axis=1, keepdims=True)


def loss(W, counts):
    """Mean negative log-likelihood in nats of the pairs counted, under the logits W."""
    return -(counts * np.log(softmax(W))).sum() / counts.sum()


# %% [markdown]
# Which way should the logits move? Suppose row `q` predicts 0.7 for `u`, and `u` comes. Then the
# gradient for that logit is $0.7 - 1 = -0.3$. Each other logit gets its own probability. Predicted
# minus seen, nothing else.
#
# Now add this up over all pairs. Row $i$ predicted $n_i$ times, once for each pair that begins
# with $i$. What it saw is row $i$ of the counts.

# %% exercise="gradient"
from pathkit.modules.bigram.gradient import gradient

# %% [markdown]
# Never trust a gradient that you have not measured. Move one logit a little and see how the loss
# changes.

# %% tags=["nbval-check-output"]
i, j, small = index["q"], index["u"], 1e-5
up, down = W.copy(), W.copy()
up[i, j] += small
down[i, j] -= small
measured = (loss(up, N) - loss(down, N)) / (2 * small)
print(f"measured {measured:.8f}   yours {gradient(W, N)[i, j]:.8f}")

# %% exercise="descend"
from pathkit.modules.bigram.descend import descend

# %% predict="floor"
path.predict("floor", "a")

# %% tags=["nbval-check-output"]
W, losses = descend(N, loss, gradient, steps=steps, rate=50.0)
for step in (0, 1, 10, 100, steps - 1):
    print(f"step {step:<4} {losses[step]:.4f} nats")
print(f"counted   {mean_nll(names, P, index):.4f} nats")

# %%
figure, axes = path.figure()
axes.plot(losses, label="gradient descent")
axes.axhline(mean_nll(names, P, index), color=path.PALETTE[3], ls="--", label="counting")
axes.set(title="Gradient descent walks down to the counted table", xscale="symlog")
axes.set(xlabel="step", ylabel="loss (nats per symbol)", xlim=(0, steps))
axes.legend(frameon=False)
path.show(
    figure,
    "Loss against steps. The curve starts at 3.30, falls below 2.75 within 10 steps and flattens "
    "out just above the dashed line of the counted table at 2.59.",
)

# %% [markdown]
# ## Why they meet
#
# The descent stops where the gradient is zero. Your gradient is zero where $n_i P_{ij} = N_{ij}$ in
# every cell. Divide by $n_i$: that is the table of relative counts. Counting is the answer; the
# descent is a way to walk to it.
#
# So why walk? With two symbols of context the table has $27^3$ cells, with ten more than
# $10^{15}$. Nobody can fill that by counting. A network with few weights can still walk downhill.

# %%
learned = softmax(W)
figure, axes = path.figure(1, 3, figsize=(9, 3.4))
rows = [index[s] for s in "aeiqz"]
for ax, table, title in zip(axes, (P, learned, learned - P), ("counted", "learned", "difference")):
    limit = 0.4 if title != "difference" else 0.03
    picture = ax.imshow(table[rows], vmin=0 if title != "difference" else -limit, vmax=limit,
                        cmap="cividis" if title != "difference" else "PuOr", aspect="auto")
    ax.set(title=title, xlabel="second symbol")
    ax.set_xticks(range(0, 27, 3), symbols[::3])
    ax.set_yticks(range(5), "aeiqz")
    figure.colorbar(picture, ax=ax, orientation="horizontal")
axes[0].set_ylabel("first symbol")
figure.suptitle("Frequent rows agree; the rare row of q is still on its way", x=0.02, ha="left")
path.show(figure, "Five rows of the counted table, of the learned table, and their difference. The "
                  "rows of a, e, i and z agree; the row of q still differs by up to 0.03.")

# %% [markdown]
# ## Stretch
#
# None of this is needed to go on. Each has a number to beat, on the held-out names.
#
# 1. **Two symbols of context.** Count triples instead of pairs, smooth, choose `k`. Below 2.47 nats
#    is good. Which `k` is best now, and why is it smaller?
# 2. **A faster walk.** Reach the counted loss to within 0.001 nats in fewer than 60 steps. After
#    400 plain steps 0.0028 are missing. Try momentum, or give each logit a step size of its own.
# 3. **The video's names.** Set `data = "makemore-names"` near the top. Your count should give
#    2.4540 nats, and 2.4546 with `k = 1`. After 100 steps the video stands at 2.4750. And you?
