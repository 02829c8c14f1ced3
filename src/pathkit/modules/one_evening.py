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

# %% [markdown]
# # One evening: from counting letters to your own GPT
#
# You count pairs of letters, build attention and a block, train a GPT, make it write, lead it,
# mislead it, and weigh it in bits.
#
# You need Python and a little NumPy. Each exercise works by itself, because the path's own answer
# stands in until yours passes. So if one resists for ten minutes, go on.

# %%
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

import pathkit as path

path.ready("one-evening")

# %% tags=["parameters"]
seed = 0  # of the training and of all that is drawn
steps = 1200  # of training

# %% [markdown] module="bigram" resource="makemore-1-bigrams" minutes=30
# ## Count
#
# A **language model** says how likely each next symbol is. The smallest one looks at a single
# symbol. All evening you work on little stories of about 130 characters, written by a grammar, so
# that the best possible score is known exactly.

# %% tags=["nbval-check-output"]
grammar = path.datasets.SMALL_TALES
stories, held_out = grammar.sample(2200, seed=0), grammar.sample(100, seed=10**6)
print("".join(stories[:3]))

# %% [markdown]
# Write `.` at both ends of a story and list its neighbours: `.one` gives `.o`, `on` and `ne`. A
# table has one row for each first symbol and one column for each second one. The exercise says
# *names*, since it comes from a lesson on names; a story is a longer string, and nothing changes.

# %% exercise="bigram.count_pairs" terms=["language model", "n-gram"]
from pathkit.modules.bigram.count_pairs import count_pairs

# %% tags=["nbval-check-output"]
texts = [story.strip(".\n") for story in stories]  # the check's boundary ends the last sentence
symbols = sorted(set("".join(stories)))  # the newline is one, which ends a story
index = {symbol: i for i, symbol in enumerate(symbols)}
N = count_pairs(texts, index)
print(f"{len(symbols)} symbols; {N.sum():,} pairs; {(N == 0).sum()} of {N.size} cells are empty")

# %% [markdown]
# A row of counts, divided by its sum, is a row of chances.

# %% exercise="bigram.probabilities"
from pathkit.modules.bigram.probabilities import probabilities

# %% tags=["remove-input"]
P = probabilities(N + 0.01)  # a little of everything, so that nothing is impossible
figure, axes = path.figure(figsize=(6, 5.2))
picture = axes.imshow(P, vmin=0, vmax=1)
names = [{" ": "␣", "\n": "↵"}.get(symbol, symbol) for symbol in symbols]
axes.set(title="A letter tells something about the next, seldom all",
         xlabel="second symbol", ylabel="first symbol")
axes.set_xticks(range(len(names)), names)
axes.set_yticks(range(len(names)), names)
figure.colorbar(picture, ax=axes, label="chance of the second, given the first")
path.show(figure, "A square table of chances with one row for each symbol. Most cells are dark, "
                  "and a few in each row are bright.")

# %% [markdown]
# How good is the table? Look up the chance of each pair that really came, take minus its logarithm
# and average. That number is the **loss**, in nats per symbol: 0 means always certain and right.

# %% exercise="bigram.mean_nll" terms=["maximum likelihood"]
from pathkit.modules.bigram.mean_nll import mean_nll

# %% tags=["nbval-check-output"]
new = [story.strip(".\n") for story in held_out]  # stories that were not counted
equal = np.full(P.shape, 1 / len(symbols))
bigram_loss = mean_nll(new, P, index)
print(f"all symbols alike  {mean_nll(new, equal, index):.2f} nats")
print(f"your table         {bigram_loss:.2f} nats")
print(f"the best possible  {grammar.nats_per_character():.2f} nats")

# %% [markdown]
# Counting nearly halves the loss, and yet the best is more than ten times lower, because the next
# letter of a story depends on a whole sentence. Let the table write, and you see what it lacks.

# %% tags=["nbval-check-output"]
rng = np.random.default_rng(1)
drawn = "."
while len(drawn) < 70:
    drawn += symbols[rng.choice(len(symbols), p=P[index[drawn[-1]]])]
print(drawn)

# %% [markdown] module="mlp" resource="makemore-2-mlp" minutes=6
# ## One symbol is too little
#
# So look further back: give each *run* of symbols a row of its own. Before you run the cell, say
# how long a run may be until half of those in a new story were never counted.


# %%
def runs(texts, length):
    """All runs of this length in these texts."""
    return [text[i : i + length] for text in texts for i in range(len(text) - length + 1)]


lengths = [1, 2, 4, 8, 16, 32, 48, 64]
counted = [set(runs(texts, length)) for length in lengths]
unseen = [np.mean([run not in seen for run in runs(new, length)])
          for length, seen in zip(lengths, counted)]

# %% tags=["nbval-check-output"]
for length, seen, share in zip(lengths, counted, unseen):
    print(f"{length:>3} symbols: {len(seen):>7,} rows, {share:>4.0%} of a new story's runs unseen")

# %% [markdown]
# The table grows with each symbol and knows ever less of what comes. In a story, the thing that is
# found is the thing that was lost 40 symbols earlier. No table reaches that far, so a model must
# *choose* what it looks back at.

# %% [markdown] module="attention" resource="hedu-2-multihead" minutes=20
# ## Attention on nine words
#
# People stand in a line, each with one word. They may ask those behind them, never those in front.
# A word sends out a **query**, what it looks for, and shows a **key**, what it is. Here both have
# two numbers, set by hand: *alive* and *food*.

# %%
words = "the cat ate a fish because it was hungry".split()
is_what = {"cat": (1, 0), "fish": (0, 1)}  # (alive, food)
seeks = {"ate": (1, 1), "it": (1, 1), "hungry": (1, 0)}
K = np.array([is_what.get(word, (0, 0)) for word in words], dtype=float)  # (9, 2)
Q = 6 * np.array([seeks.get(word, (0, 0)) for word in words], dtype=float)  # (9, 2)

# %% [markdown]
# A query fits a key as well as their dot product says. The spread of such a product grows with the
# square root of the width `d`, so divide by that root: then scores of any width stay comparable.

# %% exercise="attention.scaled_scores" terms=["scaled dot-product attention"]
from pathkit.modules.attention.scaled_scores import scaled_scores


# %%
def softmax(scores):
    """Scores of a row to weights of a row: each is positive, and together they are 1."""
    return torch.tensor(scores).softmax(dim=-1).numpy()


# %% [markdown]
# Scores become weights by a softmax. A score of $-\infty$ becomes a weight of 0, and that is how a
# word is kept from asking those in front: its future is hidden *before* the softmax.

# %% exercise="attention.causal_weights" terms=["attention map"]
from pathkit.modules.attention.causal_weights import causal_weights

# %% tags=["remove-input"]
weights = causal_weights(scaled_scores(Q, K), softmax)  # (9, 9)
figure, axes = path.figure(figsize=(5.6, 5))
axes.imshow(weights, vmin=0, vmax=1)
axes.set(title="`hungry` looks at `cat`, seven words back", xlabel="word that answers",
         ylabel="word that asks")
axes.set_xticks(range(9), words, rotation=60)
axes.set_yticks(range(9), words)
path.show(figure, "A 9 by 9 table of weights. All cells above the diagonal are 0. In the last row "
                  "nearly all weight is on cat.")

# %% tags=["nbval-check-output"]
print({word: float(w.round(2)) for word, w in zip(words, weights[-1])})

# %% [markdown]
# Each word then gets an average of what the others have to say, their **values**, by these weights.
# Distance costs nothing here, which means that 40 symbols are no further than one. This is the
# whole machine so far, drawn upwards as papers do:

# %%
path.machine("attention", highlight="softmax", T=9, d_k=2, d_v=2)

# %% [markdown] module="transformer" resource="illustrated-transformer" minutes=10
# ## A block
#
# In a GPT the numbers for queries, keys and values are learned. Around attention stand three more
# parts: a layer where each place thinks alone, a *norm* that keeps numbers of one size, and a
# stream that runs past both layers, so that they add to it and lose nothing.

# %%
path.machine("block", highlight="residual", T="T", n_embd=48, n_head=4)

# %% [markdown]
# The exercise asks for both orders of 2017 and 2019. GPT uses the one with `norm_first`.

# %% exercise="transformer.sublayer" terms=["skip connection", "Pre-LN"]
from pathkit.modules.transformer.sublayer import sublayer


# %%
def norm(x):
    return F.layer_norm(x, x.shape[-1:])  # each place: mean 0, spread 1


# %%
class Block(nn.Module):
    """Attend, then think: (B, T, C) -> (B, T, C)."""

    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.ask, self.say = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.wide, self.narrow = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def attend(self, x):
        q, k, v = (z.unflatten(2, (self.heads, -1)).transpose(1, 2)
                   for z in self.ask(x).chunk(3, dim=2))  # (B, heads, T, C / heads) each
        mixed = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        return self.say(mixed.transpose(1, 2).flatten(2))

    def forward(self, x):
        x = sublayer(x, self.attend, norm, True)
        return sublayer(x, lambda z: self.narrow(F.gelu(self.wide(z))), norm, True)


# %% [markdown]
# `scaled_dot_product_attention` is your two exercises in one call of torch, for four heads at once.
# Four heads ask four questions at each place.

# %% [markdown] module="gpt" resource="karpathy-build-gpt" minutes=16
# ## A GPT
#
# Stack two blocks. Below them stands a vector for each symbol and one for each place, and above
# them a score for each symbol that may come next.

# %%
path.machine("gpt", highlight="block", T=160, n_embd=48, n_head=4, n_layer=2, vocab_size=27)


# %%
class MyGPT(nn.Module):
    def __init__(self, symbols, longest=160, width=48):
        super().__init__()
        self.symbol = nn.Embedding(symbols, width)
        turns = torch.arange(longest)[:, None] / 10000 ** (torch.arange(0, width, 2) / width)
        self.place = nn.Parameter(torch.cat([turns.sin(), turns.cos()], dim=1))
        self.blocks = nn.Sequential(Block(width, 4), Block(width, 4))
        self.scores = nn.Linear(width, symbols)
        with torch.no_grad():
            self.symbol.weight.mul_(0.5)  # quieter symbols, so that places are heard

    def forward(self, tokens):  # (B, T) -> (B, T, symbols)
        x = self.symbol(tokens) + self.place[: tokens.shape[1]]
        return self.scores(norm(self.blocks(x)))


# %% [markdown]
# It learns from windows of text. At every place the target is the symbol that comes next, so that
# a window of 160 symbols asks 160 questions at once.

# %% exercise="gpt.windows" terms=["block_size", "feed-forward network"]
from pathkit.modules.gpt.windows import windows

# %% tags=["nbval-check-output"]
text = "\n" + "".join(stories)  # a newline ends each story
data = torch.tensor([index[symbol] for symbol in text])
begins = [i for i in range(len(data) - 161) if data[i] == index["\n"]]
print(f"{len(data):,} tokens, {len(begins):,} beginnings of stories")

# %% [markdown]
# The next cell takes 10 to 30 seconds. It shows four stories to the model, measures the loss, asks
# for the slope of the loss in each of 66,000 numbers, and takes a step downhill: 1,200 times. Read
# on while it runs.

# %%
torch.manual_seed(seed)
gpt, rng, losses = MyGPT(len(symbols)), np.random.default_rng(seed), []
optimizer = torch.optim.AdamW(gpt.parameters(), betas=(0.9, 0.99))
for step in range(steps):
    x, y = windows(data, rng.choice(begins, size=4).tolist(), 160)
    for group in optimizer.param_groups:  # climb for 50 steps, then fall to 0
        group["lr"] = 0.01 * min((step + 1) / 50, (steps - step) / steps)
    gpt.zero_grad()
    nats = F.cross_entropy(gpt(x).mT, y)
    nats.backward()
    optimizer.step()
    losses.append(float(nats.detach()))

# %% [markdown]
# Nobody tells it what a word is. At first it finds which letters are frequent, as your table did.
# Then it finds words, and at last that a thing stays the same thing. Each of these lowers the loss,
# because each makes some next symbol less of a surprise.

# %% tags=["remove-input"]
figure, axes = path.figure(figsize=(7, 3.2))
smooth = np.convolve(losses, np.ones(20) / 20, "valid")
axes.plot(np.arange(len(smooth)) + 20, smooth, color=path.PALETTE[0], label="your GPT")
axes.axhline(bigram_loss, color=path.PALETTE[1], ls=":", label="your table of pairs")
axes.axhline(grammar.nats_per_character(), color=path.PALETTE[3], ls="--", label="best possible")
axes.set(title="It passes the table early and ends close to the best possible", yscale="log",
         xlabel="step of training", ylabel="loss (nats per symbol)")
axes.legend(frameon=False)
path.show(figure, "A falling curve of loss. It crosses the line of the bigram table within the "
                  "first hundred steps and ends near the dashed line of the best possible loss.")

# %% [markdown] module="gpt" minutes=14
# ## Sample
#
# The model gives chances for one symbol. Draw one, append it, ask again: that is how all text of
# language models comes about. The *temperature* divides the scores first.

# %% exercise="gpt.next_probabilities" terms=["autoregressive"]
from pathkit.modules.gpt.next_probabilities import next_probabilities


# %%
@torch.no_grad()
def chances(text, temperature=1.0):
    """What may follow this text, (symbols,)."""
    tokens = torch.tensor([[index[symbol] for symbol in "\n" + text]])
    return next_probabilities(gpt, tokens, 160, temperature)[0]


def write(text="", temperature=1.0, never="", seed=seed):
    """Go on with a text until its newline; symbols in `never` get no chance."""
    generator = torch.Generator().manual_seed(seed)
    while len(text) < 159 and not text.endswith("\n"):
        p = chances(text, temperature)
        p[[index[symbol] for symbol in never]] = 0
        text += symbols[torch.multinomial(p, 1, generator=generator)]
    return text


for drawn in range(3):
    print(write(seed=drawn))

# %% [markdown]
# These stories aren't in the data, and most hold together: who had the thing, where it was lost,
# which treat fits the weather. Another processor rounds otherwise, so yours differ from your
# neighbour's.

# %% [markdown] module="control" resource="logit-bias-tutorial" minutes=5
# ## Steer
#
# Three ways to lead it, and none changes a weight. You write the beginning. You turn the
# temperature. You forbid a symbol.

# %%
print("beginning  ", write("on a snowy day zuri had a blue "))
for temperature in (0.3, 2.0):
    print(f"at {temperature}     ", write(temperature=temperature))
print("never a k  ", write("on a hot day ravi lost it in the par", never="k"))

# %% [markdown]
# Cold, it takes what is likeliest. Hot, it stumbles. The last line shows a trap: `par` was written
# already when the `k` was forbidden. A ban acts on one symbol at a time, so that it can't plan
# around what is coming, and the word breaks.

# %% [markdown] module="prompt-injection" resource="gandalf" minutes=6
# ## Attack
#
# The model has a job in each story: what is found must be what was lost. It holds on to a key
# across a whole sentence. Somebody who may write into the text can take it away from that job. You
# try it on your own model, where it harms nobody.


# %%
def likely(text, word):
    """How likely the model goes on with this word."""
    total = 1.0
    for symbol in word:
        total *= float(chances(text)[index[symbol]])
        text += symbol
    return total


before, after = "on a cold day mei had a red key. she lost it by the sea.", " omar found the red "
slipped_in = ["", " she had a red ball.", " ball ball ball.", " the red ball.",
              " the ball the ball the ball."]
kept = [likely(before + words + after, "key") for words in slipped_in]

# %% tags=["remove-input"]
figure, axes = path.figure(figsize=(7, 2.6))
axes.barh([words.strip() or "(nothing)" for words in slipped_in], kept, color=path.PALETTE[0])
axes.set(title="A few words in the middle, and the key is forgotten", xlim=(0, 1),
         xlabel="chance that the found thing is the key", ylabel="slipped in")
axes.invert_yaxis()
path.show(figure, "Bars of the chance of the key. It is near 1 with nothing slipped in, and below "
                  "0.2 for at least one of the sentences.")

# %%
worst = int(np.argmin(kept))
print(f"{kept[0]:.2f} with nothing, {kept[worst]:.2f} with{slipped_in[worst]!r}")
print(write(before + slipped_in[worst] + after))

# %% [markdown]
# The sentence that works is one that the grammar never writes. The model has seen no such text, so
# nothing held it to its job there. It also can't tell your text from the attacker's, because both
# are symbols in one row. Large models share that weakness.

# %% [markdown] module="compression" resource="chiang-blurry-jpeg" minutes=9
# ## Weigh it in bits
#
# One number for all of it. A symbol that had the chance $p$ can be stored in $-\log_2 p$ bits, so a
# better model is a smaller file.

# %% exercise="compression.code_length" terms=["surprisal", "irreducible loss"]
from pathkit.modules.compression.code_length import code_length


# %%
@torch.no_grad()
def given(story):
    """The chance that the model gave to each symbol of a story, its newline too."""
    tokens = torch.tensor([index[symbol] for symbol in "\n" + story])
    p = gpt(tokens[None, :-1])[0].softmax(dim=1)
    return p.gather(1, tokens[1:, None])[:, 0].double().numpy()


length = np.mean([len(story) for story in held_out])
bits = {
    "all symbols alike": np.log2(len(symbols)) * length,
    "your table of pairs": bigram_loss / np.log(2) * length,
    "your GPT": np.mean([code_length(given(story)) for story in held_out]),
    "the best possible": grammar.nats_per_character() / np.log(2) * length,
}

# %% tags=["remove-input"]
figure, axes = path.figure(figsize=(7, 2.4))
axes.bar_label(axes.barh(list(bits), bits.values(), color=path.PALETTE[0]), fmt="%.0f", padding=4)
axes.set(title="A new story shrinks to a few bytes", xlabel="bits for one story",
         ylabel="stored by", xlim=(0, 1.1 * max(bits.values())))
axes.invert_yaxis()
path.show(figure, "Bars of bits for a story: about 616 with all symbols alike, about half of that "
                  "for the table of pairs, and about 25 for the GPT and for the best possible.")

# %% [markdown]
# A story of 130 characters needs about three bytes under your GPT, which is within a sixth of the
# best that any model could do. Two hours ago you had a table of counts. What lies between the two
# is attention, a block, and 1,200 steps downhill, and you have written the parts that carry it.

# %% [markdown] minutes=4
# ## Where you stand
#
# Your nine exercises belong to five modules, whose notebooks count them from now on. The path goes
# on with the whole of each: `pathkit next` in a terminal says which is next, and so does
# `path.map()`.
