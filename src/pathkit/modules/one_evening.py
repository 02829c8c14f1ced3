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
# stands in until yours passes. Write it in place of the `...` and run the cell: the last line says
# what is right or wrong. If one resists for ten minutes, go on.

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

# %% [markdown] module="bigram" resource="makemore-1-bigrams" minutes=29
# ## Count
#
# A **language model** says how likely each next symbol is. The smallest one looks at a single
# symbol. All evening you work on little stories of about 130 characters. A grammar writes them by
# rules and dice, so that the best possible score can be computed exactly.

# %% tags=["nbval-check-output"]
grammar = path.datasets.SMALL_TALES
stories, held_out = grammar.sample(2200, seed=0), grammar.sample(100, seed=10**6)
print("".join(stories[:3]))

# %% [markdown]
# Write `.` at both ends of a story and list its neighbours: `.one` gives `.o`, `on` and `ne`. A
# table has one row for each first symbol and one column for each second one. The exercise says
# *names*, since it comes from a lesson on names. A story is a longer string, and nothing changes.

# %% exercise="bigram.count_pairs" terms=["language model", "n-gram"]
from pathkit.modules.bigram.count_pairs import count_pairs

# %% tags=["nbval-check-output"]
texts = [story.strip(".\n") for story in stories]  # your boundary takes the place of the last dot
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
# The row of `f` has one bright cell, because `fox` and `found` are all the words with an f.
#
# How good is the table? Look up the chance of each pair that really came, take minus its natural
# logarithm and average. That number is the **loss**, and its unit is the **nat**: 0 nats means
# always certain and right. Logarithms are used because chances multiply, and a product of 130 of
# them is nearly 0. Logarithms add up, so that a long story can be averaged like a short one.

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
# 3.30 nats are a choice among 27 equal symbols, because $e^{3.30}$ is 27. Your table is left with
# about 6, since $e^{1.77}$ is 5.9. Yet the best loss is more than ten times lower, because the next
# letter of a story depends on a whole sentence. Let the table write, and you see what it lacks.

# %% tags=["nbval-check-output"]
rng = np.random.default_rng(1)
drawn = "."
while len(drawn) < 70:
    drawn += symbols[rng.choice(len(symbols), p=P[index[drawn[-1]]])]
print(drawn)

# %% [markdown] module="mlp" resource="makemore-2-mlp" minutes=4
# ## One symbol is too little
#
# So look further back: give each **run** of symbols, say of eight in a row, a row of its own. Then
# cut a new story into all its runs of one length. Before you run the cell, say at which length half
# of these runs have never been counted.

# %% tags=["remove-input", "nbval-check-output"]
def runs(texts, length):
    """All runs of this length in these texts."""
    return [text[i : i + length] for text in texts for i in range(len(text) - length + 1)]


for length in (1, 2, 4, 8, 16, 32, 48, 64):
    seen = set(runs(texts, length))
    share = np.mean([run not in seen for run in runs(new, length)])
    print(f"{length:>3} symbols: {len(seen):>7,} rows, {share:>4.0%} of a new story's runs unseen")

# %% [markdown]
# Half are unseen between 32 and 48 symbols, because a long run seldom comes twice. In a story, the
# thing that is found is the thing that was lost, about 58 symbols earlier. No table reaches that
# far, so a model must *choose* what it looks back at.

# %% [markdown] module="attention" resource="hedu-2-multihead" minutes=23
# ## Attention on nine words
#
# Let each word of a sentence ask the words before it, and itself. It never asks those after it,
# because they aren't there yet while a model writes. A word sends out a **query**, what it looks
# for, and shows a **key**, what it is. Here both have two numbers, set by hand: *alive* and *food*.
# So `cat` shows (1, 0), and `hungry`, which looks for somebody alive, asks for (1, 0) too.

# %%
words = "the cat ate a fish because it was hungry".split()
is_what = {"cat": (1, 0), "fish": (0, 1)}  # (alive, food)
seeks = {"ate": (1, 1), "it": (1, 1), "hungry": (1, 0)}
K = np.array([is_what.get(word, (0, 0)) for word in words], dtype=float)  # (9, 2)
Q = 6 * np.array([seeks.get(word, (0, 0)) for word in words], dtype=float)  # (9, 2)
# The 6 makes queries loud, so that their choice is clear.

# %% [markdown]
# A query fits a key as well as their dot product says: multiply them number by number and add up.
# That sum is a **score**. Between random queries and keys of width `d` it has a standard deviation
# of $\sqrt d$, because `d` terms of variance 1 are added. Divide by it, so that scores of any width
# stay comparable.

# %% exercise="attention.scaled_scores" terms=["scaled dot-product attention"]
from pathkit.modules.attention.scaled_scores import scaled_scores

# %% [markdown]
# Scores become weights by a **softmax**: take $e$ to the power of each score, then divide by the
# sum of the row. A score of $-\infty$ becomes a weight of 0, because $e^{-\infty}$ is 0. That is
# how a word is kept from asking later ones: its future is hidden *before* the softmax.


# %%
def softmax(scores):
    """Scores of a row to weights of a row: each is positive, and together they are 1."""
    return torch.tensor(scores).softmax(dim=-1).numpy()


# %% exercise="attention.causal_weights"
from pathkit.modules.attention.causal_weights import causal_weights

# %% tags=["remove-input"]
weights = causal_weights(scaled_scores(Q, K), softmax)  # (9, 9)
figure, axes = path.figure(figsize=(5.6, 5))
picture = axes.imshow(weights, vmin=0, vmax=1)
axes.set(title="'hungry' looks at 'cat', seven words back", xlabel="word that answers",
         ylabel="word that asks")
axes.set_xticks(range(9), words, rotation=60)
axes.set_yticks(range(9), words)
figure.colorbar(picture, ax=axes, label="weight of the word that answers")
path.show(figure, "A 9 by 9 table of weights. All cells above the diagonal are 0. In the last row "
                  "nearly all weight is on cat.")

# %% tags=["nbval-check-output"]
print({word: float(w.round(2)) for word, w in zip(words, weights[-1])})

# %% [markdown]
# When `hungry` asks, `cat` scores $6 / \sqrt 2$, about 4.2, and all others 0. So `cat` weighs
# $e^{4.2}$, about 70 times as much. `ate` looks for something alive or food, and finds the cat
# alone, because the fish is still to come. Words that look for nothing weigh all words up to
# themselves alike.
#
# A word has a third row of numbers, its **value**: what it has to say. Each word gets an average of
# the values, by these weights. Distance costs nothing here, which means that 58 symbols are no
# further than one. This is the whole machine so far. Read it from below, as papers draw it. The
# brackets hold shapes, and `x` holds the words, each as `C` numbers.

# %%
path.machine("attention", highlight="softmax", T=9, d_k=2, d_v=2)

# %% [markdown] module="transformer" resource="illustrated-transformer" minutes=13
# ## A block
#
# In a GPT the numbers for queries, keys and values are learned, and each symbol has a **place** in
# the row, as each word had. Around attention stand three more parts. A feed-forward layer works on
# each place alone. A **norm** brings the numbers of each place to one size. A **stream** of numbers
# runs past both layers: they add to it, so that nothing in it is lost.

# %%
path.machine("block", highlight="residual", T="T", n_embd=48, n_head=4)

# %% [markdown]
# From here on arrays are torch's, called **tensors**. You add and slice them as in NumPy, and torch
# also knows their slopes, which training needs. `B` is how many texts are read at once, `T` the
# number of places, `C` how many numbers each place has (here 48).
#
# The exercise asks for two orders: that of the first transformer (2017) and that of GPT-2 (2019),
# which has `norm_first`. Yours uses the second.

# %% exercise="transformer.sublayer" terms=["skip connection", "Pre-LN"]
from pathkit.modules.transformer.sublayer import sublayer


# %%
def norm(x):
    return F.layer_norm(x, x.shape[-1:])  # each place: mean 0, spread 1


# %% [markdown]
# `nn.Linear(a, b)` turns `a` numbers into `b`, by a table of learned ones. `gelu` bends the numbers
# between two such tables, because without a bend two tables do no more than one. Below, read
# `forward`. `attend` may be skipped: it makes queries, keys and values, and sorts them by head.


# %%
class Block(nn.Module):
    """Attention, then the feed-forward layer: (B, T, C) -> (B, T, C)."""

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
# `scaled_dot_product_attention` is your two exercises and the average of the values, in one call.
# A **head** is one such attention, and there are four, because one average answers one question.

# %% [markdown] module="gpt" resource="karpathy-build-gpt" minutes=18
# ## A GPT
#
# Stack two blocks. Below them, the **embedding** has 48 learned numbers for each symbol. The
# **positions** have as many for each place, because attention alone can't tell the order of
# symbols. Above them, the **unembedding** gives a score to each symbol that may come next. Such a
# score is called a **logit**, and a softmax makes chances of logits.

# %%
path.machine("gpt", highlight="block", T=160, n_embd=48, n_head=4, n_layer=2, vocab_size=27)


# %%
class MyGPT(nn.Module):
    def __init__(self, symbols, longest=160, width=48):
        super().__init__()
        self.symbol = nn.Embedding(symbols, width)
        # Waves of many lengths, so that each place begins with numbers of its own.
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
# A **token** is the number of a symbol, as in `index`. The model learns from windows of tokens. At
# every place the target is the token that comes next, so that a window of 160 asks 160 questions at
# once. `torch.stack` makes one tensor of several that have the same shape.

# %% exercise="gpt.windows" terms=["feed-forward network"]
from pathkit.modules.gpt.windows import windows

# %% tags=["nbval-check-output"]
text = "\n" + "".join(stories)  # a newline ends each story
data = torch.tensor([index[symbol] for symbol in text])
begins = [i for i in range(len(data) - 161) if data[i] == index["\n"]]
print(f"{len(data):,} tokens, {len(begins):,} beginnings of stories")

# %% [markdown]
# The next cell takes 10 to 30 seconds. It shows four windows to the model and measures the loss:
# `cross_entropy` is your mean of $-\ln p$, taken from logits. `backward` finds the slope of the
# loss in each of 66,000 numbers, which means how the loss changes if that number grows. The
# optimizer then moves all of them a little downhill. That happens 1,200 times; read on while it
# runs.

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
         xlabel="step of training", ylabel="loss (nats, log scale)")
axes.set_yticks([0.2, 0.5, 1, 2], ["0.2", "0.5", "1", "2"])
axes.minorticks_off()
axes.legend(frameon=False)
path.show(figure, "A falling curve of loss. It crosses the line of the bigram table within the "
                  "first hundred steps and ends near the dashed line of the best possible loss.")

# %% [markdown]
# The curve ends a little above the best, because each window also holds the beginning of a second
# story. There most is still open, since nothing tells which name or thing will come.

# %% [markdown] module="gpt" minutes=12
# ## Sample
#
# The model gives chances for one symbol. Draw one, append it, ask again: that is how all text of
# language models comes about. The **temperature** divides the logits first. Below 1 it makes what
# is likely likelier, and above 1 it makes chances more alike. In torch, `x.softmax(dim=-1)` takes
# the softmax of each row. `V` is the number of symbols.

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

# %% [markdown] module="control" resource="logit-bias-tutorial" minutes=4
# ## Steer
#
# There are three ways to lead it, and none changes a number that it learned. You can write the
# beginning, turn the temperature, or forbid a symbol.

# %%
print("beginning  ", write("on a snowy day zuri had a blue "))
for temperature in (0.3, 2.0):
    print(f"at {temperature}     ", write(temperature=temperature))
print("never a k  ", write("on a hot day ravi lost it in the par", never="k"))

# %% [markdown]
# At 0.3 it takes what is likeliest. At 2.0 words break, because unlikely letters are drawn as well.
# The last line shows a trap: `par` was written already when the `k` was forbidden. A ban acts on
# one symbol at a time, so that it can't plan around what is coming, and the word breaks.

# %% [markdown] module="prompt-injection" resource="gandalf" minutes=5
# ## Attack
#
# The model has a job in each story: what is found must be what was lost. Here mei loses a red key,
# of the kind that opens doors. Somebody who may write into the text can take the model away from
# its job. You try it on your own, where it harms nobody. Say before you run the cells which of the
# four insertions makes it forget the key.


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
# What works is a sentence that the grammar never writes. The model has seen no such text, so
# nothing in its training held it to its job there. It also can't tell your text from the
# attacker's, because both are symbols in one row. Large models share that weakness.

# %% [markdown] module="compression" resource="chiang-blurry-jpeg" minutes=8
# ## Weigh it in bits
#
# The loss has a second meaning: the size of a file. A symbol that had the chance $p$ can be stored
# in $-\log_2 p$ bits: one bit for a chance of 1/2, two for 1/4. So a better model makes a smaller
# file.

# %% exercise="compression.code_length" terms=["surprisal", "irreducible loss"]
from pathkit.modules.compression.code_length import code_length


# %%
@torch.no_grad()
def given(story):
    """The chance that the model gave to each symbol of a story, its newline too."""
    tokens = torch.tensor([index[symbol] for symbol in "\n" + story])
    p = gpt(tokens[None, :-1])[0].softmax(dim=1)
    return p.gather(1, tokens[1:, None])[:, 0].double().numpy()


# %% tags=["remove-input"]
length = np.mean([len(story) for story in held_out])
bits = {
    "all symbols alike": np.log2(len(symbols)) * length,
    "your table of pairs": bigram_loss / np.log(2) * length,
    "your GPT": np.mean([code_length(given(story)) for story in held_out]),
    "the best possible": grammar.nats_per_character() / np.log(2) * length,  # a bit is ln 2 nats
}
figure, axes = path.figure(figsize=(7, 2.4))
axes.bar_label(axes.barh(list(bits), bits.values(), color=path.PALETTE[0]), fmt="%.0f", padding=4)
axes.set(title="A new story shrinks to a few bytes", xlabel="bits for one story",
         ylabel="stored by", xlim=(0, 1.1 * max(bits.values())))
axes.invert_yaxis()
path.show(figure, "Bars of bits for a story: about 616 with all symbols alike, about half of that "
                  "for the table of pairs, and about 25 for the GPT and for the best possible.")

# %% [markdown]
# A story of 130 characters needs about three bytes under your GPT. The best possible is at most a
# few bits less, because the last bar counts only the dice of the grammar. Two hours ago you had a
# table of counts. What lies between the two is attention, a block, and 1,200 steps downhill, and
# you have written the parts that carry it.

# %% [markdown] minutes=3
# ## Where you stand
#
# Your nine exercises belong to five modules, whose notebooks count them from now on. The path goes
# on with the whole of each: `pathkit next` in a terminal says which is next, and so does
# `path.map()`.
