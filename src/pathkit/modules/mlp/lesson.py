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
import math

import numpy as np
import torch
import torch.nn.functional as F

import pathkit as path

path.ready("mlp")

# %% tags=["parameters"]
data = "names"  # "makemore-names" takes the video's 32,033 names; they are downloaded once
seed = 0  # of the random weights, the batches and the names drawn
steps = 30_000  # of gradient descent
hidden = 200  # neurons in the hidden layer
scale = 0.3  # of the random weights at the start; the video's are 1.0

# %% [markdown]
# ## The whole thing first
#
# [](bigram) ended with a table that can't grow. This network reads three letters instead of one. A
# table for that would be 45 times its size. Here it is, after a short training.

# %% tags=["nbval-check-output"]
names = path.datasets.names() if data == "names" else path.datasets.fetch(data)
symbols = ".abcdefghijklmnopqrstuvwxyz"  # "." fills the window at the start, and ends a name
index = {symbol: i for i, symbol in enumerate(symbols)}
print(f"{len(names):,} names, {len(symbols)} symbols")

# %% tags=["remove-input"]
from pathkit.exercises import mlp as finished


def dice():
    """A fresh source of random numbers."""
    return torch.Generator().manual_seed(seed)


def fresh(length=3, scale=scale):
    """Random parameters for windows of `length` symbols: C, W1, b1, W2, b2."""
    g = dice()
    C = torch.randn(27, 10, generator=g)
    shapes = (length * 10, hidden), (hidden,), (hidden, 27), (27,)
    rest = [scale * torch.randn(*shape, generator=g) for shape in shapes]
    return [p.requires_grad_() for p in (C, *rest)]


# %% tags=["remove-input"]
def fit(parameters, X, Y, rate_at, forward, step, g):
    """Train on batches of 32: a step for each rate in `rate_at`. Returns the batches' losses."""
    losses = []
    for rate in rate_at:
        batch = torch.randint(len(X), (32,), generator=g)
        loss = F.cross_entropy(forward(X[batch], *parameters), Y[batch])
        step(parameters, loss, rate)
        losses.append(loss.item())
    return losses


# %% tags=["remove-input"]
example = fresh()
order = np.random.default_rng(0).permutation(len(names))
seen = finished.windows(finished.split(names, order)[0], index, 3)
fit(example, *seen, [0.1] * 4000, finished.forward, finished.step, dice())
contexts = ["...", "..q", ".qu", "mar", "ari", "nne", "xan", "zzz"]
with torch.no_grad():
    X = torch.tensor([[index[s] for s in context] for context in contexts])
    expected = finished.forward(X, *example).softmax(dim=1)  # (8, 27)
figure, axes = path.figure(figsize=(8, 3.4))
picture = axes.imshow(expected, vmin=0, vmax=0.6, aspect="auto")
axes.set(title="Three letters in, 27 chances out", xlabel="next symbol", ylabel="window")
axes.set_xticks(range(27), symbols)
axes.set_yticks(range(8), contexts, family="monospace")
figure.colorbar(picture, ax=axes, label="probability")
path.show(figure, "Eight windows and the chances of each next symbol. After ..q, u is likely; "
                  "after .qu, i and e; after nne, the end. After zzz it expects i or e.")

# %% [markdown]
# Nobody is called `zzz…`, and yet the last row holds an answer. A table has an empty row there. By
# the end you know where the network takes it from.
#
# You need two modules: counting from [](bigram), and gradients from [](neurons). Your `Value`
# handled one number at a time. From now on PyTorch does the same with whole arrays.

# %% tags=["nbval-check-output"]
a = torch.tensor(3.0, requires_grad=True)  # a number that remembers
b = a * a
y = b + b + b * b
y.backward()
print("y", y.item(), "  dy/da", a.grad.item())

# %% [markdown]
# 120 again: torch goes backward in topological order, as yours does. An array of such numbers is a
# **tensor**. Those that training may change are marked `requires_grad`; we call them
# **parameters**.

# %% [markdown]
# ## Questions and answers
#
# First put names aside. **Train** names teach the network. **Dev** names help you choose, for
# example how many steps to take. **Test** names are opened once, at the end. They are the names
# that [](bigram) held out.

# %% exercise="split"
from pathkit.modules.mlp.split import split

# %% tags=["nbval-check-output"]
train, dev, test = split(names, order)
print(f"{len(train):,} train, {len(dev):,} dev and {len(test):,} test names")

# %% [markdown]
# Now cut them up. With a **window** of three symbols, `ava` becomes four questions, each with its
# **target**:
#
# | window | target |
# | :-- | :-- |
# | `...` | `a` |
# | `..a` | `v` |
# | `.av` | `a` |
# | `ava` | `.` |

# %% exercise="windows"
from pathkit.modules.mlp.windows import windows


# %% tags=["nbval-check-output"]
def questions(names, length=3):
    """Your windows and targets; `.long()` makes 64-bit integers of them, as torch likes best."""
    X, Y = windows(names, index, length)
    return X.long(), Y.long()


Xtr, Ytr = questions(train)  # (M, 3), (M,)
Xdev, Ydev = questions(dev)
print(f"{len(Ytr):,} train windows, {len(Ydev):,} dev windows")

# %% predict="filled"
path.predict("filled", 0.05)


# %% tags=["nbval-check-output"]
def count_table(length):
    """Count what follows each window: filled share of cells, train loss, best dev loss."""
    (X, Y), (X_new, Y_new) = questions(train, length), questions(dev, length)
    place = 27 ** torch.arange(length - 1, -1, -1)  # a window as one number below 27**length
    N = torch.zeros(27**length, 27)
    N.index_put_((X @ place, Y), torch.ones(len(Y)), accumulate=True)

    def nats(X, Y, k):  # add-k smoothing, as in the lesson on bigrams
        rows = N[X @ place] + k
        return -(rows[torch.arange(len(Y)), Y] / rows.sum(dim=1)).log().mean().item()

    best = min((nats(X_new, Y_new, k), k) for k in (1.0, 0.5, 0.2, 0.1, 0.05))
    return (N > 0).float().mean().item(), nats(X, Y, best[1]), best[0]


tables = {length: count_table(length) for length in (1, 2, 3, 4)}
for length, (share, on_train, on_dev) in tables.items():
    print(f"{length} symbols: {27 ** (length + 1):>10,} cells, {share:6.1%} filled; "
          f"train {on_train:.2f}, dev {on_dev:.2f} nats")

# %% [markdown]
# On train names each further symbol helps. On new names the fourth one hurts: the table has met too
# few windows, and about those it hasn't met it knows nothing at all. That `mar` and `nar` are alike
# doesn't exist in a table.

# %% [markdown]
# ## Letters as points
#
# So describe each symbol by ten numbers of its own. They stand in a matrix `C`, one row for each
# symbol: its **embedding**. Letters that behave alike may come to lie close together. Then what is
# learned about one holds for the other.
#
# Nobody chooses these numbers. They start at random, and training moves them like any weight.

# %% exercise="embed"
from pathkit.modules.mlp.embed import embed

# %% tags=["nbval-check-output"]
C, W1, b1, W2, b2 = fresh()
one_hot = F.one_hot(Xtr[:5], 27).float()  # (5, 3, 27): a 1 at the symbol's place
by_product = (one_hot @ C).flatten(1)  # (5, 30)
print("looked up:", tuple(embed(Xtr[:5], C).shape),
      "  the same as one-hot times C:", torch.allclose(by_product, embed(Xtr[:5], C)))

# %% [markdown]
# In [](bigram) a one-hot vector times `W` picked a row of `W`. Here the same product picks a row of
# `C`. Indexing only skips the multiplications by 0. So a lookup is a layer, and gradients flow
# through it. Every GPT begins with this line.

# %% [markdown]
# ## The network
#
# Thirty numbers enter a hidden layer of 200, which bends. Out come 27 logits, one for each symbol
# that may follow. Count the parameters: 270 in `C`, 6,200 in the first layer, 5,427 in the second.
# That is 11,897, where the table has 531,441 cells.

# %% exercise="forward"
from pathkit.modules.mlp.forward import forward

# %% predict="first-loss"
path.predict("first-loss", "b")


# %% tags=["nbval-check-output"]
def nats(parameters, X, Y):
    """Mean loss over all windows, without remembering how it was computed."""
    with torch.no_grad():
        return F.cross_entropy(forward(X, *parameters), Y).item()


print(f"a blind guess       {math.log(27):5.2f} nats")
print(f"weights times {scale}   {nats(fresh(), Xtr, Ytr):5.2f} nats")
print(f"weights times 1.0   {nats(fresh(scale=1.0), Xtr, Ytr):5.2f} nats")

# %% [markdown]
# With weights of size 1, as in the video, the network is certain, and wrong. This notebook starts
# with smaller ones, and 7.40 is still far too much. Leave it so for now.

# %% [markdown]
# ## One step
#
# A step on all 116,278 windows is exact and slow. Thirty-two of them, drawn at random, give a rough
# direction 3,600 times cheaper. Such a handful is a **minibatch**. Many rough steps beat few exact
# ones.

# %% exercise="step"
from pathkit.modules.mlp.step import step

# %% tags=["nbval-check-output"]
parameters = fresh()
before = nats(parameters, Xtr[:32], Ytr[:32])
step(parameters, F.cross_entropy(forward(Xtr[:32], *parameters), Ytr[:32]), 0.1)
print(f"one batch, one step: {before:.1f} -> {nats(parameters, Xtr[:32], Ytr[:32]):.1f} nats")

# %% [markdown]
# How far should a step go? Too short, and you wait. Too far, and the loss explodes. Between the two
# lie factors of ten, so try them all in one run: raise the **learning rate** a little with every
# step and watch the loss.

# %% exercise="rates"
from pathkit.modules.mlp.rates import rates

# %%
sweep = [float(rate) for rate in rates(0.001, 3.0, 1500)]
losses = fit(fresh(), Xtr, Ytr, sweep, forward, step, dice())
smooth = np.convolve(losses, np.ones(25) / 25, mode="valid")  # mean of 25 batches
figure, axes = path.figure()
axes.plot(sweep[12:-12], smooth)
axes.axvspan(0.05, 0.3, color=path.PALETTE[4], alpha=0.25, label="usable")
axes.set(title="Between too slow and too far lies a valley", xlabel="learning rate")
axes.set(xscale="log", ylabel="loss (nats per symbol)", ylim=(2.5, 8))
axes.legend(frameon=False)
path.show(figure, "Loss during a sweep of the learning rate from 0.001 to 3. It falls from 7 to "
                  "3.2 at a rate of 0.03, is lowest, near 2.9, between 0.1 and 0.2, and shoots up "
                  "beyond 1.5.")

# %% [markdown]
# The loss is lowest between 0.1 and 0.2, near 2.9. Then it climbs a little, and beyond 1.5 it
# explodes. Take 0.1. After two thirds of the steps take a tenth of that: long steps only jump about
# on the valley's floor.

# %% [markdown]
# ## Train

# %%
schedule = [0.1 if k < steps * 2 / 3 else 0.01 for k in range(steps)]
parameters = fresh()
start_C = parameters[0].detach().clone()  # for a look at it later
losses = fit(parameters, Xtr, Ytr, schedule, forward, step, dice())
found = nats(parameters, Xtr, Ytr), nats(parameters, Xdev, Ydev)
print(f"train {found[0]:.2f}   dev {found[1]:.2f} nats")

# %%
figure, axes = path.figure()
means = np.array(losses).reshape(-1, 100).mean(axis=1)  # of 100 batches each
at = [0, *(100 * np.arange(len(means)) + 50)]
axes.plot(at, [losses[0], *means], label="network, batches of 32")
for y, text, style in ((math.log(27), "blind guess", ":"), (tables[1][2], "table, 1 symbol", "--"),
                       (tables[3][2], "table, 3 symbols", "-.")):
    axes.axhline(y, ls=style, color=path.PALETTE[3], label=f"{text}: {y:.2f}")
axes.set(title="A hockey stick: most of the fall takes a few hundred steps", xlabel="step")
axes.set(ylabel="loss (nats per symbol)")
axes.legend(frameon=False)
path.show(figure, "Loss against steps. It falls from 8 to below 3 within the first few hundred of "
                  "30,000 steps, then creeps to 2.4, where the table of 3 symbols is.")

# %% [markdown]
# About 2.43 nats on names it has never seen. That is level with the best table, with one number for
# every 45 of the table's cells.
#
# The steep part of the curve teaches nothing about names: the network unlearns its random
# certainty. [](activations) gets rid of it.
#
# And `zzz`? No name holds it. The network adds up what it learned about a `z` at each place, and
# expects a vowel. A table has to have been there; a network can guess.


# %%
def name_from(parameters, g):
    """Draw symbols until the boundary comes."""
    window, name = [0, 0, 0], ""
    while len(name) < 30:
        p = forward(torch.tensor([window]), *parameters).softmax(dim=1)
        i = torch.multinomial(p, 1, generator=g).item()
        if i == 0:
            break
        window, name = window[1:] + [i], name + symbols[i]
    return name


g = dice()
with torch.no_grad():
    print(", ".join(name_from(parameters, g) for _ in range(16)))

# %% [markdown]
# ## By heart
#
# The network has room for 11,897 numbers. What if it sees 320 names, some 2,300 windows?

# %% predict="few-names"
path.predict("few-names", "c")

# %%
few = questions(train[:320])
memory, at, g = fresh(), [], dice()
for _ in range(30):
    at.append((nats(memory, *few), nats(memory, Xdev, Ydev)))
    fit(memory, *few, [0.1] * 200, forward, step, g)
figure, axes = path.figure()
for curve, style, label in zip(zip(*at), ("--", "-"), ("the 320 names", "dev names")):
    axes.plot(200 * np.arange(30), curve, style, label=label)
axes.axhline(math.log(27), ls=":", color="black", label="blind guess")
axes.set(title="What it learns by heart, it pays for on new names", xlabel="step", ylim=(0.8, 5))
axes.set(ylabel="loss (nats per symbol)")
axes.legend(frameon=False)
path.show(figure, "Two curves against steps. The loss on the 320 names falls to 1.2. The loss on "
                  "dev names turns at about 3.0 within 1,000 steps, climbs above a blind guess, "
                  "and ends above 4.")

# %% [markdown]
# That is **overfitting**: train goes on falling while dev rises. The dev names tell you to stop
# within the first 1,000 steps. With all train names the gap was 0.05 nats, small enough to go on.

# %% [markdown]
# ## What did it learn about letters?
#
# Ten numbers for each letter can't be drawn. Project them on the two directions in which the
# letters differ most. On the left `C` before training, on the right after.


# %%
def flat(C):
    """The letters' rows, centred, along their two widest directions: (26, 2), share kept."""
    L = C[1:] - C[1:].mean(dim=0)
    _, size, directions = torch.linalg.svd(L)
    return L @ directions[:2].T, ((size[:2] ** 2).sum() / (size**2).sum()).item()


# %%
vowels = [index[letter] for letter in "aeiou"]
figure, panels = path.figure(1, 2, figsize=(8.8, 4.6))
for ax, C, name in zip(panels, (start_C, parameters[0].detach()), ("before", "after")):
    near = torch.pdist(C[vowels]).mean() / torch.pdist(C[1:]).mean()
    points, share = flat(C)
    print(f"{name}: two of ten directions show {share:.0%}; vowels lie {near:.2f} as far apart")
    for letter, (x, y) in zip(symbols[1:], points.tolist()):
        colour = path.PALETTE[3] if letter in "aeiou" else path.PALETTE[0]
        ax.text(x, y, letter, color=colour, ha="center", weight="bold")
    ax.set(title=name, xlabel="widest direction", xlim=(-3.2, 3.2), ylim=(-3.2, 3.2))
panels[0].set_ylabel("second widest direction")
figure.suptitle("The vowels come together; what else you see may be chance", x=0.02, ha="left")
path.show(figure, "Letters scattered in two plots, vowels in another colour. Before training the "
                  "vowels are strewn about; after it all but u lie near the middle, among many "
                  "consonants.")

# %% [markdown]
# The five vowels were 1.15 times as far apart as letters are on average. Now it is about 0.75. That
# is learned: nobody told the network what a vowel is.
#
# But be careful with such maps. Both show less than 40% of what is there. And look for groups on
# the left: you will find some, in pure noise.

# %% [markdown]
# ## Where the window ends
#
# How would the network go on after `roberta`? It reads `rta`. Everything before is gone.

# %% exercise="blind_pair"
from pathkit.modules.mlp.blind_pair import blind_pair

blind_pair = blind_pair()

# %% tags=["nbval-check-output"]
pair = torch.tensor([[index[s] for s in ("..." + text)[-3:]] for text in blind_pair])
first, second = forward(pair, *parameters)
print("the same 27 logits after both:", torch.allclose(first, second))

# %% [markdown]
# So why not a longer window? The table got worse with four symbols.

# %% predict="six-letters"
path.predict("six-letters", "a")

# %%
by_length = {3: found[1]}
for length in (1, 6):
    longer = fresh(length)
    fit(longer, *questions(train, length), schedule, forward, step, dice())
    by_length[length] = nats(longer, *questions(dev, length))
figure, axes = path.figure()
axes.plot(list(tables), [on_dev for *_, on_dev in tables.values()], "--s", label="counted table")
axes.plot(*zip(*sorted(by_length.items())), "-o", label="network")
for length, loss in by_length.items():
    axes.annotate(f"{loss:.2f}", (length, loss), (14, 6), textcoords="offset points")
axes.set(title="The table drowns in rare windows; the network goes on", xlabel="symbols of context")
axes.set(ylabel="dev loss (nats per symbol)", ylim=(2.33, 2.65))
axes.legend(frameon=False)
path.show(figure, "Dev loss against symbols of context. The table falls from 2.60 to 2.44 at three "
                  "symbols and rises to 2.55 at four. The network falls from 2.60 to 2.43 to 2.40.")

# %% [markdown]
# With one symbol the network meets the table of [](bigram) at 2.60, and nothing that sees one
# symbol can do much better. With six it has 17,897 parameters; a table would have ten billion
# cells.
#
# Look at the gain, though: from three to six only about 0.03. Each place of the window has weights
# of its own. What the network learns about `ann` at the end helps nothing when `ann` stands one
# place earlier. [](attention) mends that, and takes the fixed window away.

# %%
Xtest, Ytest = questions(test)
print(f"test, opened once: {nats(parameters, Xtest, Ytest):.2f} nats")

# %% [markdown]
# The video reaches 2.17, and this network 2.15 if you give it the video's names. Why not here?
# These names come from many languages, each with its own spelling, and there are fewer than two
# thirds as many. A bigram table already pays 2.60 here and 2.45 there. The lowest I measured on
# these dev names is 2.28, by counting five symbols with a clever fallback to shorter ones.
#
# Two things stay open. Why is the first loss so high, and what else does a bad start cost? That is
# [](activations). And if letters may be points, what about words? [](word-vectors).

# %% [markdown]
# ## Stretch
#
# None of this is needed to go on. Each has a number to beat, in nats on the dev names. On another
# processor the same training may end 0.01 higher or lower, because each rounds in its own way.
#
# 1. **A longer window.** Below 2.38 is good. Six symbols, `scale = 0.1` and twice the steps reached
#    2.35. More numbers, more steps, other rates: watch the gap to train.
# 2. **Count against it.** For each window ask the counts of five symbols; the fewer there are, the
#    more you trust the counts of four, and so on down. Get below 2.30; 2.28 is possible.
# 3. **The video's names.** `data = "makemore-names"` near the top gives 2.15, and 2.28 with
#    `scale = 1.0`. Surprise: the three-symbol table scores 2.10 there. One dev name in eight also
#    stands in train, since that list repeats names. Leave those out of dev: does the table still
#    win?
