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
import time

import numpy as np

import pathkit as path

path.ready("attention")

# %% tags=["parameters"]
seed = 0  # of all random queries, keys and values
gain = 6.0  # how insistently the words of the toy sentence ask
longest = 2048  # words, when time is measured

# %% [markdown]
# ## A lookup you can see
#
# Here is a sentence of nine words, and each word gets four numbers. Is it alive? Is it food? Does
# it look for something alive? Does it look for food?

# %%
features = {  # alive, food, seeks alive, seeks food; all other words get zeros
    "cat": (1, 0, 0, 0), "fish": (0, 1, 0, 0), "ate": (0, 0, 1, 1), "it": (0, 0, 1, 1),
    "hungry": (0, 0, 1, 0), "tasty": (0, 0, 0, 1),
}  # fmt: skip
hungry = "the cat ate a fish because it was hungry".split()
tasty = hungry[:-1] + ["tasty"]
W_k = np.array([[1, 0], [0, 1], [0, 0], [0, 0]])  # (4, 2): what a word is
W_q = gain * np.array([[0, 0], [0, 0], [1, 0], [0, 1]])  # (4, 2): what it looks for


def queries_and_keys(words):
    """Two numbers that each word asks with, and two that it answers with: (T, 2), (T, 2)."""
    X = np.array([features.get(word, (0, 0, 0, 0)) for word in words], dtype=float)  # (T, 4)
    return X @ W_q, X @ W_k


# %% tags=["remove-input"]
def draw_weights(tables, title, alt):
    """One picture for each (T, T) table of a name -> (words, table): rows ask, columns answer."""
    figure, axes = path.figure(1, len(tables), figsize=(4.6 * len(tables), 4.8))
    for ax, (name, (words, table)) in zip(axes, tables.items()):
        signed = bool((table < 0).any())  # a difference
        ax.imshow(table, vmin=-1 if signed else 0, vmax=1, cmap="PuOr" if signed else "cividis")
        ax.set(title=name, xlabel="word that answers")
        ax.set_xticks(range(len(words)), words, rotation=60)
        ax.set_yticks(range(len(words)), words)
        for i, j in np.argwhere(abs(table) >= 0.15):
            dark = abs(table[i, j]) > 0.6 if signed else table[i, j] < 0.4
            colour = "white" if dark else "black"
            ax.text(j, i, f"{table[i, j]:.2f}", ha="center", va="center", color=colour, fontsize=7)
    axes[0].set_ylabel("word that asks")
    figure.suptitle(title, x=0.02, ha="left", weight="bold")
    path.show(figure, alt)


# %% tags=["remove-input"]
from pathkit.exercises import attention as finished

pictures = {}
for words in (hungry, tasty):
    weights = finished.softmax(finished.scaled_scores(*queries_and_keys(words)))  # (9, 9)
    pictures[f"… it was {words[-1]}"] = (words, weights)
draw_weights(
    pictures,
    "One word changes, and the last row looks elsewhere",
    "Two 9 by 9 tables of weights. In the sentence that ends in hungry, the last row gives 0.90 to "
    "cat; in the one that ends in tasty it gives 0.90 to fish. All other rows are the same.",
)

# %% [markdown]
# Read the last row. `hungry` looks for something alive and gives 0.90 of its weight to `cat`.
# `tasty` finds `fish`. `it` can't decide and takes half of each. `the` asks nothing and looks
# everywhere alike.
#
# I set the features and both matrices by hand. A trained model learns them: hundreds of numbers for
# each word, which nobody has named. The lookup is the same.

# %% [markdown]
# ## From a dictionary to an average
#
# A Python dictionary compares your query with its keys. One key fits exactly, or you get a
# `KeyError`. Suppose that every key may fit a little.
#
# Four entries, each with a **key** (alive, food) and a **value** (legs, fins, kilograms). Your
# **query** asks for food that is not alive: $(-1, 3)$. How well does each key fit? Multiply
# component by component and add up: a dot product.

# %% tags=["nbval-check-output"]
entries = ["cat", "fish", "milk", "mat"]
keys = np.array([[1, 0], [1, 1], [0, 1], [0, 0]])  # (4, 2): alive, food
values = np.array([[4, 0, 4], [0, 7, 1], [0, 0, 1], [0, 0, 2]])  # (4, 3): legs, fins, kg
query = np.array([-1.0, 3.0])  # (2,)
scores = keys @ query  # (4,)
print({entry: float(score) for entry, score in zip(entries, scores)})

# %% [markdown]
# `milk` fits best and `cat` worst. These are **scores**. To average values you need **weights**:
# positive numbers that sum to 1.
#
# Take $e^s$ of each score $s$, then divide by the sum. That is the softmax you met with bigrams:
# here $0.4$, $7.4$, $20.1$ and $1$, each divided by $28.8$.

# %% predict="shift"
path.predict("shift", "a")

# %% exercise="softmax"
from pathkit.modules.attention.softmax import softmax

# %% tags=["nbval-check-output"]
for shifted in (scores, scores + 100, scores + 1000):
    print(f"best score {shifted.max():>6}: weights {softmax(shifted).round(3)}")

# %% [markdown]
# Three times the same. In symbols, the factor $e^c$ leaves the fraction:
#
# $$\frac{e^{s_i + c}}{\sum_j e^{s_j + c}} = \frac{e^c\, e^{s_i}}{e^c \sum_j e^{s_j}}$$
#
# That is why you may subtract the maximum. It once made a bug harmless. In November 2023 somebody
# noticed that the library tinygrad added 1 to every score its mask allowed
# ([pull request 2425](https://github.com/tinygrad/tinygrad/pull/2425)). No weight had changed.

# %% exercise="lookup"
from pathkit.modules.attention.lookup import lookup

# %% tags=["nbval-check-output"]
nudged = query + np.array([0.1, 0.0])  # a little more alive
for name, q in (("query ", query), ("nudged", nudged)):
    hard = values[(keys @ q).argmax()]
    print(f"{name}  hard {hard}   soft {lookup(q, keys, values, softmax).round(3)}")

# %% [markdown]
# The hard lookup doesn't notice the nudge: its slope is zero. The soft one answers 1.793 fins, then
# 1.927. So gradient descent can tell the query where to go. That is why the lookup is soft.
#
# ## All words ask at once
#
# Stack the queries as rows: $Q$ has shape (T, d_k). Do the same with keys, $K$ (T, d_k), and
# values, $V$ (T, d_v). Then $QK^\top$ holds every score, one row for each word that asks.
#
# This is **attention**: every word looks up all words. Asking and answering are different roles,
# with different numbers. So `hungry` may look at `cat`, and `cat` need not look back.

# %% [markdown]
# ## Scores in a fair unit
#
# Before training, queries and keys are random. How large are their scores then? Toy words have two
# components. A head of GPT-2 has 64.

# %% predict="typical-score"
path.predict("typical-score", 8.0)

# %% tags=["nbval-check-output"]
widths = (4, 16, 64, 256, 1024)
rng = np.random.default_rng(seed)
raw = {}
for d in widths:
    q = rng.normal(size=(2000, 1, d))  # 2000 queries
    k = rng.normal(size=(2000, 8, d))  # eight keys for each
    raw[d] = (q * k).sum(axis=-1)  # (2000, 8)
    print(f"d = {d:<5} variance of q·k {raw[d].var():6.0f}   √d = {d**0.5:.0f}")

# %% [markdown]
# The variance of a dot product is its width, since it adds up $d$ terms of variance 1. At
# $d = 1024$ scores of ±32 are normal. A lead of 32 is a factor of nearly $10^{14}$ in weight: one
# key takes all, by accident.

# %% exercise="scaled_scores"
from pathkit.modules.attention.scaled_scores import scaled_scores


# %% tags=["nbval-check-output"]
def keys_in_play(weights):
    """Eight equal weights give 8, a single winner gives 1."""
    return (1 / (weights**2).sum(axis=-1)).mean()


for d in widths:
    plain, fair = softmax(raw[d]), softmax(raw[d] / np.sqrt(d))
    flat = ((plain * (1 - plain)).max(axis=-1) < 1e-3).mean()
    print(f"d = {d:<5} keys in play {keys_in_play(plain):.1f}, scaled {keys_in_play(fair):.1f}"
          f"   rows without slope {flat:4.0%}, scaled "
          f"{((fair * (1 - fair)).max(axis=-1) < 1e-3).mean():.0%}")

# %%
figure, axes = path.figure()
for power, label in ((0, "not divided"), (0.5, "divided by √d"), (1, "divided by d")):
    axes.plot(widths, [keys_in_play(softmax(raw[d] / d**power)) for d in widths], "-o", label=label)
axes.set(title="Only √d keeps the choice equally open at every width", xscale="log", ylim=(0, 8.4))
axes.set(xlabel="width d of queries and keys (components)", ylabel="keys in play (of 8)")
axes.set_xticks(widths, widths)
axes.minorticks_off()
axes.legend(frameon=False)
path.show(
    figure,
    "Keys in play against width. Not divided, the curve falls from 3.2 to 1.1. Divided by d, it "
    "rises to 8: no choice at all. Divided by the root of d, it stays near 4.7.",
)

# %% [markdown]
# A weight $w$ follows its own score with the slope $w(1 - w)$. Unscaled at $d = 1024$, 73 rows in
# 100 have no slope above 0.001. Those rows hardly learn, and nothing but a unit is to blame.
#
# Dividing by $d$ overshoots: all keys look alike. The standard deviation is the unit.

# %% [markdown]
# ## No peeking
#
# A language model predicts the next word. In training it sees the whole text at once, so word $t$
# must not look at word $t + 1$: that would be the answer. The **causal mask** hides all later
# words.

# %% predict="ate"
path.predict("ate", "c")

# %% exercise="causal_weights"
from pathkit.modules.attention.causal_weights import causal_weights

# %%
S = scaled_scores(*queries_and_keys(hungry))  # (9, 9)
free, causal = softmax(S), causal_weights(S, softmax)
tables = {"free": free, "causal": causal, "difference": causal - free}
draw_weights(
    {name: (hungry, table) for name, table in tables.items()},
    "The mask hands the future's weight to the words that are left",
    "Three tables: free weights, causal weights, their difference. Right of the diagonal the "
    "causal table is empty. The weight of ate on fish, 0.48, goes to cat, which now has 0.97.",
)

# %% [markdown]
# `the` can see only itself, so it gives itself 1, whatever its score. `ate` can't see `fish` yet.
# `hungry` stands last and loses nothing.
#
# The mask sets scores to $-\infty$ *before* the softmax. Why not set weights to 0 afterwards, and
# rescale each row? On paper this is the same:


# %% tags=["nbval-check-output"]
def late_weights(scores):
    """Mask after the softmax, then let each row sum to 1 again: (T, T) -> (T, T)."""
    seen = np.tril(softmax(scores))
    return seen / seen.sum(axis=1, keepdims=True)


print("same on our sentence:", np.allclose(late_weights(S), causal))

# %% exercise="late_mask_fails"
from pathkit.modules.attention.late_mask_fails import late_mask_fails

late_mask_fails = late_mask_fails()

# %% tags=["nbval-check-output"]
table = np.array(late_mask_fails, dtype=float)
with np.errstate(invalid="ignore"):
    late, right = late_weights(table), causal_weights(table, softmax)
row = abs(np.nan_to_num(late) - right).max(axis=1).argmax()  # where they differ most
print(f"late, row {row}:  ", late[row])
print(f"causal, row {row}:", right[row])

# %% [markdown]
# ## One formula
#
# Scale, mask, softmax, average. In matrices, with $M$ for $-\infty$ in the future and 0 elsewhere:
#
# $$\text{Attention}(Q, K, V) = \text{softmax}\!\left(\frac{QK^\top}{\sqrt{d_k}} + M\right) V$$
#
# The same as loops, with nothing hidden. The mask is `range(t + 1)`.


# %%
def attention_by_loops(Q, K, V):
    """The specification: (T, d_k), (T, d_k), (T, d_v) -> (T, d_v)."""
    out = np.zeros((len(Q), V.shape[1]))
    for t in range(len(Q)):  # word t asks
        scores = [Q[t] @ K[s] / math.sqrt(K.shape[1]) for s in range(t + 1)]
        exps = [math.exp(score - max(scores)) for score in scores]
        for s in range(t + 1):  # word s answers
            out[t] += exps[s] / sum(exps) * V[s]
    return out

# %% exercise="attention"
from pathkit.modules.attention.attention import attention

# %% tags=["nbval-check-output"]
rng = np.random.default_rng(seed)
Q, K, V = rng.normal(size=(5, 4)), rng.normal(size=(5, 4)), rng.normal(size=(5, 3))
print("equal to the loops:", np.allclose(attention(Q, K, V, softmax), attention_by_loops(Q, K, V)))
Q, K = queries_and_keys(hungry)
print("V = identity gives the weights:", np.allclose(attention(Q, K, np.eye(9), softmax), causal))

# %% [markdown]
# Remember the second line. Give attention the identity as values, and it returns its own weights:
# the cheapest way to look inside.
#
# You have now built all of this machine. Read it from below: $x$ holds the four features of each of
# the nine words, and every arrow bears the shape of what it carries.

# %%
path.machine("attention", highlight=["scores", "mask", "softmax"],
             T=len(hungry), n_embd=4, d_k=2, d_v="d_v")

# %% [markdown]
# The three highlighted boxes hand on 9 × 9 numbers, however many features a word has, because every
# word meets every word there. That table is what you will pay for when the text grows.
#
# ## Several heads
#
# `it` wants to know two things: who was alive, and what was food? One softmax gives one average,
# half cat and half fish. The two answers blur.
#
# So let two **heads** look. Each gets its own columns of $Q$, $K$ and $V$, and the outputs stand
# side by side. As a loop over heads:


# %%
def multi_head_by_loop(Q, K, V, heads):
    """(T, heads * d_k), (T, heads * d_k), (T, heads * d_v) -> (T, heads * d_v)."""
    parts = [np.split(X, heads, axis=1) for X in (Q, K, V)]  # heads pieces of (T, d) each
    return np.hstack([attention(q, k, v, softmax) for q, k, v in zip(*parts)])


# %% predict="heads-memory"
path.predict("heads-memory", 8)

# %% [markdown]
# The loop goes away if the head becomes an axis. `np.einsum` names axes by letters. A letter that
# is missing on the right of the arrow is multiplied and added up; every other stays:
#
# - `"qd,kd->qk"` is `Q @ K.T`: d is added up.
# - `"qhd,khd->hqk"` does that for each head h.

# %% exercise="multi_head"
from pathkit.modules.attention.multi_head import multi_head

# %% tags=["nbval-check-output"]
rng = np.random.default_rng(seed)
Q, K, V = rng.normal(size=(5, 8)), rng.normal(size=(5, 8)), rng.normal(size=(5, 6))
ours = multi_head(Q, K, V, 2, softmax)  # two heads: T = 5, d_k = 4, d_v = 3
print("equal to the loop over heads:", np.allclose(ours, multi_head_by_loop(Q, K, V, 2)))

# %% tags=["nbval-check-output"]
import torch

for dtype, bound in ((torch.float32, 1e-6), (torch.float64, 1e-12)):
    q, k, v = (torch.tensor(X, dtype=dtype).reshape(5, 2, -1).transpose(0, 1) for X in (Q, K, V))
    theirs = torch.nn.functional.scaled_dot_product_attention(q, k, v, is_causal=True)
    difference = np.abs(theirs.transpose(0, 1).reshape(5, 6).numpy() - ours).max()
    print(f"{dtype}: within {bound:.0e} of yours: {difference < bound}")

# %%
Q, K = queries_and_keys(hungry)
both = multi_head(Q, K, np.hstack([np.eye(9), np.eye(9)]), 2, softmax)  # (9, 18): weights
alive, food = np.hsplit(both, 2)  # (9, 9) each
draw_weights(
    {"head 0 looks for life": (hungry, alive), "head 1 looks for food": (hungry, food)},
    "Two heads answer two questions of the same word",
    "Weights of two heads. In head 0, it gives 0.99 to cat; in head 1, it gives 0.99 to fish. In "
    "one head it had to take half of each.",
)

# %% [markdown]
# Now `it` gets both answers, unmixed. `hungry` asks nothing in head 1, so there it looks at all
# words alike. That is no accident of the toy: a softmax can't say *nothing fits*.

# %% [markdown]
# ## Remember instead of recompute
#
# A model writes one word, appends it and runs again. But the mask has made the past final: no
# output of an earlier word can change. Its key and value can't either. So keep them. This is the
# **key-value cache**.

# %% predict="cache-saves"
path.predict("cache-saves", 67)

# %% exercise="cached_attention"
from pathkit.modules.attention.cached_attention import cached_attention

# %% tags=["nbval-check-output"]
rng = np.random.default_rng(seed)
Q, K, V = rng.normal(size=(12, 4)), rng.normal(size=(12, 4)), rng.normal(size=(12, 3))
full = attention(Q, K, V, softmax)  # (12, 3)
for pieces in ([1] * 12, [5, 1, 6]):
    cache, start, equal = (np.zeros((0, 4)), np.zeros((0, 3))), 0, []
    for n in pieces:
        new = slice(start, start + n)
        out, cache = cached_attention(Q[new], K[new], V[new], cache, softmax)
        equal.append(np.allclose(out, full[new], rtol=0, atol=1e-12))
        start += n
    print(f"{len(pieces):>2} steps: {sum(equal)} equal to the full pass")

# %%
written = np.arange(1, 201)
figure, axes = path.figure()
axes.plot(written, np.cumsum(written**2), label="all over again at each word")
axes.plot(written, np.cumsum(written), "--", label="with a cache")
axes.set(title="Without a cache, 200 words cost 134 times the scores", yscale="log")
axes.set(xlabel="words written", ylabel="scores computed so far")
axes.legend(frameon=False)
path.show(figure, "Scores computed against words written, on a log scale. After 200 words it is "
                  "2.7 million without a cache and 20 thousand with one.")

# %% [markdown]
# ## What it costs
#
# Each of $T$ words meets $T$ words. Each meeting costs $d_k$ multiplications for the score and
# $d_v$ for the average. The weights fill a table of $T \times T$. Now let the text grow.

# %% predict="double"
path.predict("double", "b")

# %%
lengths = [T for T in (128, 256, 512, 1024, 2048, 4096) if T <= longest]
rng = np.random.default_rng(seed)
seconds = []
for T in lengths:
    Q, K, V = rng.normal(size=(3, T, 64))
    runs = []
    for _ in range(3):
        begun = time.perf_counter()
        attention(Q, K, V, softmax)
        runs.append(time.perf_counter() - begun)
    seconds.append(min(runs))
    print(f"T = {T:<5} {1000 * seconds[-1]:8.2f} ms")
    if seconds[-1] > 1:  # with a loop over words inside, longer texts would take minutes
        break
lengths = lengths[: len(seconds)]

# %%
megabytes = [T * T * 8 / 1e6 for T in lengths]  # 8 bytes for each float64
figure, axes = path.figure(1, 2, figsize=(9, 3.6))
for ax, cost, unit in zip(axes, (1000 * np.array(seconds), megabytes), ("ms", "MB")):
    ax.plot(lengths, cost, "-o", label="measured" if unit == "ms" else "counted")
    ax.plot(lengths, cost[-1] * (np.array(lengths) / lengths[-1]) ** 2, ":", label="grows as T²")
    ax.set(xscale="log", yscale="log", xlabel="length T (words)")
    ax.set_xticks(lengths, lengths)
    ax.minorticks_off()
    ax.legend(frameon=False)
axes[0].set(title="time of one head", ylabel="ms")
axes[1].set(title="memory of its weights", ylabel="MB")
figure.suptitle("Twice the text, four times the cost", x=0.02, ha="left", weight="bold")
path.show(figure, "Time in milliseconds and memory in megabytes against length, on log scales. "
                  "Memory follows the line T squared exactly; time does so for long texts.")

# %% tags=["nbval-check-output"]
for T in (1024, 2048, 100_000):
    print(f"T = {T:>7,}: {T * T * 4 / 1e6:>9,.1f} MB for each head, in float32")

# %% [markdown]
# Memory follows $T^2$ exactly. Time may lie below the line for short texts, whose tables fit into
# the processor's fast memory.
#
# GPT-2 small has 12 heads in each layer and reads 1,024 tokens, pieces of words. That is 50 MB of
# weights for each layer. At 100,000 words one head would need 40 GB. Nobody stores such a table;
# the first stretch shows how to do without.
#
# A recurrent layer reads word by word and costs about $Td^2$. Attention costs $T^2d$: it is the
# cheaper one while $T < d$.
#
# One thing is missing. Exchange two words, and without a mask their outputs are exchanged: no score
# knows where a word stands. [](positions) mends that.

# %% [markdown]
# ## Stretch
#
# None of this is needed to go on.
#
# 1. **Never hold the table.** For T = 4,096 and d = 64, `attention` needs 554 MB at its peak
#    (`tracemalloc`). Take 128 queries and 128 keys at a time. For each query carry a running
#    maximum, a running sum and a running average. Stay below 10 MB and within 1e-12 of the full
#    pass. Ours takes 2.8 MB.
# 2. **The word before.** Eight words, and a vector that tells nothing but the position: row t of
#    `np.eye(8)`. Build `Q` and `K` such that each word gives at least 0.99 to the word before it.
#    Which entries in `Q` are large enough? 18 is not (0.988), 19 is.
# 3. **Catch a leak.** Write `leaks(attend)`: change query, key and value of the last word. If an
#    earlier output moves, the future got in. Try it on the wrong answers that this notebook knows,
#    `[m.answer for m in finished.attention.misconceptions]`. 11 of 32 leak. Four of them never
#    give weight to a later word. How does the future get in?
