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
import bz2
import functools
import gzip
import lzma
import math
import re

import numpy as np
import torch

import pathkit as path
from pathkit.exercises.gpt import GPT, train, windows

path.ready("compression")

# %% tags=["parameters"]
data = "tales"  # "tiny-shakespeare" takes a million characters of plays; downloaded once
seed = 0  # of the stories and of the GPT
steps = 1200  # of training

# %% [markdown]
# ## The whole thing first
#
# Whoever can predict a text can shrink it. What was expected costs nearly nothing; only surprises
# must be written down.
#
# The texts here are little stories from a grammar. Its entropy is known exactly, so you will see
# how far from perfect each method is.
#
# The first model counts, as in [](bigram), but up to five characters before the next: a **6-gram**.
# A context that was seen often is trusted. A rare one leaves most of its say to shorter ones.

# %% tags=["nbval-check-output"]
tales = "".join(path.datasets.tales(1000, seed))
new_tales = "".join(path.datasets.tales(20, seed + 1))
training, held_out = tales, new_tales
if data != "tales":
    plays = path.datasets.fetch(data)
    cut = len(plays) * 9 // 10
    training, held_out = plays[:cut], plays[cut : cut + 3700]
symbols = "".join(sorted(set(training + held_out)))
story = held_out[: held_out.index("\n", 100) + 1]


def numbers(text):
    return [symbols.index(character) for character in text]


print(f"{len(training):,} characters to learn from, {len(held_out):,} to code")
print(story)


# %%
class NGram:
    """Mixes contexts of up to n - 1 symbols, short to long (Witten and Bell 1991)."""

    def __init__(self, size, n):
        self.size, self.n, self.counts = size, n, {}  # counts: context -> {symbol: count}

    def learn(self, history, symbol):
        for length in range(min(self.n, len(history) + 1)):
            row = self.counts.setdefault(tuple(history[len(history) - length :]), {})
            row[symbol] = row.get(symbol, 0) + 1

    def __call__(self, history):
        p = np.full(self.size, 1 / self.size)  # (size,)
        for length in range(min(self.n, len(history) + 1)):
            row = self.counts.get(tuple(history[len(history) - length :]), {})
            if row:  # many different symbols after this context: trust it less
                n = sum(row.values())
                p *= len(row) / (n + len(row))
                p[list(row)] += np.array(list(row.values())) / (n + len(row))
        return p


# %%
def trained(n, text):
    """An n-gram model that has read the text."""
    model, history = NGram(len(symbols), n), numbers(text)
    for i, symbol in enumerate(history):
        model.learn(history[max(0, i - n) : i], symbol)
    return model


def chances(model, text):
    """The probability that the model gives to each character, after those before it."""
    history = numbers(text)
    return np.array([model(history[:i])[symbol] for i, symbol in enumerate(history)])


six = trained(6, training)
cost = -np.log2(chances(six, story))  # (characters,) bits

# %%
figure, axes = path.figure(figsize=(9, 2.8))
axes.bar(range(64), cost[:64], color=path.PALETTE[0])
axes.set_xticks(range(64), ["·" if s == " " else s for s in story[:64]])
axes.set(title="A file has to hold the surprises, and little else")
axes.set(xlabel="character of the story (· is a space)", ylabel="cost (bits)")
path.show(figure, "The cost in bits of the first 64 characters of a story. A few bars at the "
                  "beginnings of words are high, most others are near zero.")

# %% [markdown]
# ## What a surprise costs
#
# In [](bigram) a symbol of probability $p$ cost $-\ln p$ nats. Files are counted in **bits**, so
# take $-\log_2 p$: one bit for 1/2, three for 1/8. A nat is $1 / \ln 2 = 1.44$ bits.

# %% exercise="code_length"
from pathkit.modules.compression.code_length import code_length

# %% tags=["nbval-check-output"]
print(f"the story as a file:   {8 * len(story):,} bits")
print(f"30 equal chances each: {code_length(np.full(len(story), 1 / len(symbols))):.1f} bits")
print(f"by the 6-gram:         {code_length(chances(six, story)):.1f} bits")

# %% predict="file-size"
path.predict("file-size", 361)

# %% [markdown]
# ## One number for a text
#
# Less than one bit for a character can't be written character by character. So the whole text
# becomes one number.
#
# Take three symbols `a`, `b`, `c` with frequencies 2, 1, 1. Cut the line from 0 to 1 in this
# proportion: `a` owns 0 to 2/4, `b` 2/4 to 3/4, `c` the rest.
#
# The text `ba` begins in the part of `b`. Cut that part again: its first half, 8/16 to 10/16,
# belongs to `ba`. Every text has an interval of its own, as wide as the text is probable.

# %%
figure, axes = path.figure(figsize=(8, 2.8))
low, width = 0.0, 1.0
for row, taken in enumerate("bac"):
    for symbol, start, share in (("a", 0, 0.5), ("b", 0.5, 0.25), ("c", 0.75, 0.25)):
        color = path.PALETTE["abc".index(symbol)]
        left, wide = low + width * start, width * share
        axes.barh(row, wide, left=left, color=color, alpha=1 if symbol == taken else 0.3)
        if wide > 0.02:
            axes.text(left + wide / 2, row, symbol, ha="center", va="center")
    start, share = {"a": (0, 0.5), "b": (0.5, 0.25), "c": (0.75, 0.25)}[taken]
    low, width = low + width * start, width * share
axes.set(title="Each symbol narrows the interval: b, then a, then c", ylabel="symbol coded")
axes.set(xlabel="place on the line from 0 to 1", yticks=range(3), yticklabels=["1st", "2nd", "3rd"])
axes.invert_yaxis()
path.show(figure, "Three bars below each other. The part of b, from 0.5 to 0.75, is cut again in "
                  "the second bar, and the part of a there is cut again in the third.")

# %% [markdown]
# **Arithmetic coding** narrows the interval symbol by symbol. Floats would run out of digits after
# some fifty symbols. Python's integers never do, so count in a unit that gets finer at each step.

# %% exercise="narrow"
from pathkit.modules.compression.narrow import narrow

# %% tags=["nbval-check-output"]
low, width, whole = 0, 1, 1
for symbol in "bac":
    low, width = narrow(low, width, [2, 1, 1], "abc".index(symbol))
    whole *= 4
    print(f"after {symbol}: from {low}/{whole} to {low + width}/{whole}")

# %% [markdown]
# Now name one number inside. In binary, $b$ bits after the point make steps of $2^{-b}$. Once a
# step is no longer than the interval, one of the marks falls into it.
#
# An interval of width $p$ needs $-\log_2 p$ bits, rounded up: once for the whole text, not once for
# each symbol.

# %% exercise="number_inside"
from pathkit.modules.compression.number_inside import number_inside


# %%
def encode(text, model, block=8192):
    """Symbol numbers -> a list of (number, bits, length), one for each block of the text."""
    code, history = [], []
    for start in range(0, len(text), block):
        low, width, whole = 0, 1, 1
        for symbol in text[start : start + block]:
            f = model(history)
            low, width = narrow(low, width, f, symbol)
            whole *= sum(f)
            history.append(symbol)
        code.append((*number_inside(low, width, whole), len(history) - start))
    return code


# %% [markdown]
# `model` gets the symbols so far and returns integer frequencies. The integers grow with the text,
# and so does the work on each. After 8,192 symbols a new block starts with small ones; the model
# keeps its memory.

# %% exercise="decode"
from pathkit.modules.compression.decode import decode


# %%
def decode_all(code, model):
    """The symbol numbers of all blocks."""
    text = []
    for number, bits, length in code:
        text = decode(number, bits, length, model, text)
    return text


def pack(code):
    """A file: for each block its length (2 bytes), its bits (3 bytes) and its number."""
    file = b""
    for number, bits, length in code:
        file += length.to_bytes(2, "big") + bits.to_bytes(3, "big")
        file += number.to_bytes((bits + 7) // 8, "big")
    return file


# %% [markdown]
# ## What a coder asks of a model
#
# It asks for integers, the same on both sides, and none of them 0. A symbol that the model holds
# for impossible would own an empty interval.

# %% exercise="frequencies"
from pathkit.modules.compression.frequencies import frequencies


# %% tags=["nbval-check-output"]
def integers(model):
    """Probabilities -> frequencies that sum to 65,536."""
    return lambda history: frequencies(model(history), 1 << 16)


code = encode(numbers(story), integers(six))
print(f"{cost.sum():.1f} bits expected, {code[0][1]} bits coded, {len(pack(code))} bytes of file")
back = decode_all(code, integers(six))
print("the same story:", "".join(symbols[i] for i in back) == story)

# %% [markdown]
# Five of the bytes say how long the block is. The rest is your number, at most about one bit longer
# than theory allows.
#
# This decoder needs a model that has read the training text. Can a model begin with nothing, and
# learn from the text that it codes? It can, if it never learns too early.

# %% exercise="adaptive_bits"
from pathkit.modules.compression.adaptive_bits import adaptive_bits

# %% tags=["nbval-check-output"]
learned = adaptive_bits(numbers(held_out), len(symbols)) / len(held_out)
print(f"letters, counted while coding: {learned:.2f} bits per character")


# %% tags=["nbval-check-output"]
def adaptive(model):
    """The model, which first learns whatever is new in the history."""
    known = [0]

    def predict(history):
        for i in range(known[0], len(history)):
            model.learn(history[max(0, i - model.n) : i], history[i])
        known[0] = len(history)
        return model(history)

    return predict


for text in ("Any text: naïve, Ελλάδα, 你好. " * 4, "", "a"):
    code = encode(list(text.encode()), integers(adaptive(NGram(256, 4))))
    back = bytes(decode_all(code, integers(adaptive(NGram(256, 4)))))
    print(f"{len(text.encode()):>4} bytes -> {len(pack(code)):>3}   same: {back.decode() == text}")

# %% [markdown]
# Any text comes back, since any text is a list of bytes from 0 to 255. But the shortest one grew.
# It had to: headers cost bytes, and beyond that there is a law.

# %% predict="shrinks"
path.predict("shrinks", 0.39)

# %% [markdown]
# ## Agreement to the last digit
#
# The decoder repeats the model's arithmetic and must get the same integers. How bad is a tiny slip?

# %% predict="one-count"
path.predict("one-count", "b")


# %% tags=["nbval-check-output"]
def slips_once(history):
    f = list(integers(six)(history))
    if len(history) == 99:
        f[0] += 1
    return f


back = decode_all(encode(numbers(held_out[:300]), integers(six)), slips_once)
back = "".join(symbols[i] for i in back)
wrong = next(i for i in range(300) if back[i] != held_out[i])
print(f"right for {wrong} characters; then: ...{back[wrong - 20 : wrong + 50]!r}")

# %% [markdown]
# Keep this in mind for the GPT. Its probabilities are floats. Another machine, another number of
# threads or another batch adds them in another order, and the last digit differs.
#
# Rounding to integers hides most of that, never all: now and then a value sits on the edge. So here
# both sides run the same code on the same machine, one character at a time.

# %% [markdown]
# ## Your GPT as a compressor
#
# Train the model of [](gpt) on the same text: two blocks, 48 numbers per token, 32 characters of
# context. It takes about ten seconds.

# %%
T = 32
torch.manual_seed(seed)
gpt = GPT(len(symbols), T, 48, 4, 2)  # context 32, width 48, 4 heads, 2 blocks
gpt.position.weight.data *= 0.1  # small positions at the start: it learns faster
tokens = torch.tensor(numbers(training))
starts = torch.randint(len(tokens) - T, (steps, 16))
batches = (windows(tokens, row.tolist(), T) for row in starts)
rates = [0.015 * min(1, i / 20) * (1 - i / steps) for i in range(steps)]
optimizer = torch.optim.AdamW(gpt.parameters(), betas=(0.9, 0.95))
losses = train(gpt, optimizer, batches, rates)
loss = np.mean(losses[-50:])
print(f"training loss {loss:.2f} nats, {loss / math.log(2):.2f} bits per character")


# %%
@functools.cache
def next_chances(context):
    with torch.no_grad():
        logits = gpt(torch.tensor([context]))[0, -1].double()
    return logits.softmax(dim=-1).numpy()  # (V,)


def gpt_model(history):
    return next_chances(tuple(history[-T:] or numbers("\n")))


def mixed(history):
    return (six(history) + gpt_model(history)) / 2


# %% predict="order"
path.predict("order", "d")

# %%
models = {
    "uniform": lambda history: np.full(len(symbols), 1 / len(symbols)),
    "letters": trained(1, training),
    "bigram": trained(2, training),
    "6-gram": six,
    "GPT": gpt_model,
    "GPT + 6-gram": mixed,
}
bits = {name: 8 * len(pack(encode(numbers(held_out), integers(model)))) / len(held_out)
        for name, model in models.items()}
next_chances.cache_clear()  # the decoder must compute everything again
code = encode(numbers(held_out), integers(mixed))
next_chances.cache_clear()
print("decoded:", decode_all(code, integers(mixed)) == numbers(held_out))

# %%
squeezers = {
    "gzip": lambda text: gzip.compress(text, 9),
    "bz2": lambda text: bz2.compress(text, 9),
    "xz": lambda text: lzma.compress(text, preset=9 | lzma.PRESET_EXTREME),
}
alone = {}
for name, squeeze in squeezers.items():
    both, first = (len(squeeze(t.encode())) for t in (training + held_out, training))
    bits[name] = 8 * (both - first) / len(held_out)  # what the held-out text adds to the file
    alone[name] = 8 * len(squeeze(held_out.encode())) / len(held_out)
learner = integers(adaptive(NGram(len(symbols), 6)))
alone["6-gram, adaptive"] = 8 * len(pack(encode(numbers(held_out), learner))) / len(held_out)

# %%
figure, panels = path.figure(1, 2, figsize=(9.6, 3.4), width_ratios=(3, 2))
for axes, table, title in zip(panels, (bits, alone), ("after the training text", "alone")):
    names = sorted(table, key=table.get, reverse=True)
    kind = [path.PALETTE[1 if name in squeezers else 0] for name in names]
    bars = axes.barh(names, [table[name] for name in names], color=kind)
    axes.bar_label(bars, fmt="%.2f", padding=3)
    axes.set(title=title, xlabel="bits per character (orange: packers)")
    axes.set_xlim(0, 1.2 * max(table.values()))
    if data == "tales":
        floor = path.datasets.TALES.nats_per_character() / math.log(2)
        axes.axvline(floor, color=path.PALETTE[3], ls="--", label=f"entropy, {floor:.2f}")
        panels[0].legend(frameon=False)
    axes.invert_yaxis()
figure.suptitle("Longer contexts pack better; nobody gets below the entropy", x=0.02, ha="left")
path.show(figure, "Bars of bits per character, packers and models, with the entropy of the source "
                  "as a dashed line at 0.31. After the training text the GPT, its mix with the "
                  "6-gram and bz2 are nearest to it, at about 0.65. Alone, all are above 2.")

# %% [markdown]
# Every blue bar is a real file, header included. An orange bar on the left is what the held-out
# text adds to the packed training text. What isn't counted: the models. Your GPT has 61,000
# numbers, 240 kB, to shrink 4 kB. So the left panel compares readers, not programs to send.
#
# The right panel is fair as it stands. Nobody has read anything, and the adaptive 6-gram wins.
#
# **What surprised us.** bz2 keeps up with the GPT. It sorts the text by what stands around each
# place, so its contexts may be of any length, and these stories consist of phrases. The GPT saw 32
# characters at a time for ten seconds.

# %% [markdown]
# ## Blurry on purpose
#
# So far nothing is lost. Ted Chiang's essay calls ChatGPT a blurry JPEG: lossy. Where does the blur
# come in? Let us build it, with words instead of characters.
#
# Count which word follows which. Then cut the tree: drop the rare branches.

# %% exercise="prune"
from pathkit.modules.compression.prune import prune


# %%
def words(text):
    return re.findall(r"\S+|\n", text)  # an end of a line is a word, too


vocabulary = sorted({*words(tales), *words(new_tales)})
place = {word: i for i, word in enumerate(vocabulary)}
original = [place[word] for word in words(new_tales)]
read = [place[word] for word in words(tales)]
end, size = place["\n"], len(vocabulary)
P = np.zeros((size, size))
for text in (read, original):  # both, so that at first nothing original is impossible
    np.add.at(P, ([end, *text], [*text, end]), 1)
P /= P.sum(axis=1, keepdims=True)  # (V, V): row = word before, column = word


# %% [markdown]
# The encoder looks for the text nearest to the original that the pruned tree can still write. That
# text it codes exactly. So did the copier of the essay: it replaced a patch by one judged alike.


# %%
def nearest(text, P):
    """The text with the fewest changed words in which each word may follow the one before."""
    with np.errstate(divide="ignore"):
        price = -np.log2(P)  # (V, V) bits; infinite where a branch was dropped
    changes = np.where(np.arange(size) == end, 0, np.inf)  # by last word
    came_from = []
    for word in text:
        arrive = changes[:, None] + 0.001 * price  # among equals, the cheaper text
        came_from.append(arrive.argmin(axis=0))
        changes = arrive.min(axis=0) + (np.arange(size) != word)
    written = [int(changes.argmin())]
    for row in reversed(came_from[1:]):
        written.append(int(row[written[-1]]))
    return written[::-1]


# %%
def through_the_copier(threshold):
    """The text that is decoded, and its size in bits."""
    table = np.ceil(prune(P, threshold) * 65536).astype(int).tolist()
    code = encode(nearest(original, prune(P, threshold)), lambda past: table[(past or [end])[-1]])
    return decode_all(code, lambda past: table[(past or [end])[-1]]), code[0][1]


# %% predict="unnoticed"
path.predict("unnoticed", "b")

# %% tags=["nbval-check-output"]
phrases = set(zip(read, read[1:], read[2:]))
for threshold in (0, 0.01, 0.02, 0.04):
    text, length = through_the_copier(threshold)
    wrong = [i for i in range(1, len(text) - 1) if text[i] != original[i]]
    unseen = sum(tuple(text[i - 1 : i + 2]) not in phrases for i in wrong)
    print(f"{threshold:<5}{length / len(text):.2f} bits per word; {len(wrong):>3} of {len(text)} "
          f"words wrong, {unseen} of them in a phrase never read")
    print("     ", " ".join(vocabulary[i] for i in text[16:33]))

# %%
thresholds = (0, 0.01, 0.015, 0.02, 0.03, 0.04, 0.06)
results = [through_the_copier(threshold) for threshold in thresholds]
saved = [100 - 100 * length / results[0][1] for _, length in results]
changed = [100 * np.mean(np.array(text) != original) for text, _ in results]
figure, axes = path.figure()
axes.plot(saved, changed, "-o")
for x, y, threshold in zip(saved, changed, thresholds):
    axes.annotate(f"{threshold:g}", (x, y), xytext=(-6, 6), textcoords="offset points", ha="right")
axes.set(title="Saving 1% of the bits falsifies about 1% of the words")
axes.set(xlabel="bits saved (%); at the points, the threshold", ylabel="words wrong (%)")
path.show(figure, "Wrong words against bits saved, thresholds from 0 to 0.06. The line is nearly "
                  "straight, from nothing to more than half of the words for half of the bits.")

# %% [markdown]
# Look at the lines. The owl had the kite; then "the zoo", then "the gate". No letter is smudged.
# The words are real, most of the phrases are common, and the story is false.
#
# That is the essay's point, and here is its limit. The *same* model lost nothing while it kept all
# its bits. The blur is no property of prediction. It begins where the correcting bits are left
# out, and a chatbot answers without them.

# %% [markdown]
# ## Shannon's guessing game
#
# In 1951 nobody had a model of English but people. Shannon let them guess a text, one character at
# a time, until each was right. The numbers of guesses are the text again, for whoever has the same
# guesser: a code.
#
# Those numbers alone bound the entropy, from both sides.

# %% exercise="guess_bounds"
from pathkit.modules.compression.guess_bounds import guess_bounds

# %%
target = numbers(held_out)
rows = np.array([gpt_model(target[:i]) for i in range(len(target))])  # (n, V)
own = rows[np.arange(len(target)), target]  # what the character that came was given
ranks = 1 + (rows > own[:, None]).sum(axis=1)  # (n,)
lower, upper = guess_bounds(ranks.tolist(), len(symbols))
print(f"the GPT's first guess is right for {(ranks == 1).mean():.0%} of the characters")
print(f"from the guesses: {lower:.2f} to {upper:.2f} bits; "
      f"from its probabilities: {code_length(own) / len(own):.2f}")

# %% [markdown]
# The ranks forget how sure the guesser was, so the bounds are wide. Shannon's people were between
# 0.6 and 1.3 bits a character on English prose. You can play yourself: the first stretch.

# %% [markdown]
# ## Insufficient data
#
# In Asimov's "The Last Question" each machine, asked about entropy, answers that it lacks the data.
# Your GPT never says so: it always has a favourite. But it has an **entropy** for each next
# character: the mean cost it expects itself, $-\sum p \log_2 p$. Let it answer only when that is
# small.
#
# Shannon's entropy forbids something, as the physical one does. No lossless code is shorter on
# average than the source's entropy, whatever machine you build.

# %%
with np.errstate(divide="ignore", invalid="ignore"):
    doubt = -np.nansum(rows * np.log2(rows), axis=1)  # (n,) bits
limits = np.geomspace(0.02, 4.5, 40)
figure, axes = path.figure()
axes.plot(limits, [100 * (ranks[doubt <= limit] == 1).mean() for limit in limits], label="right")
axes.plot(limits, [100 * (doubt <= limit).mean() for limit in limits], "--", label="answered")
axes.set(title="Who may decline is rarely wrong", xscale="log", ylim=(0, 103))
axes.set(xlabel="largest entropy at which it answers (bits)", ylabel="characters (%)")
axes.legend(frameon=False, loc="lower right")
path.show(figure, "Against the entropy limit: the share of right answers falls slowly from 100 to "
                  "about 83 per cent, while the share of characters answered rises to 100.")

# %% [markdown]
# ## Stretch
#
# None of this is needed to go on. The bits of a trained GPT may differ by 0.01 on your processor,
# which rounds in its own way; those of counts don't.
#
# 1. **Play.** Write a loop with `input()` that shows 30 characters of `held_out` and lets you guess
#    the next until it is right. Twenty characters give you bounds of your own. Beat the GPT's
#    upper bound.
# 2. **Beat bz2.** With `steps = 6000` the GPT reaches 0.47 bits, and mixing in the 6-gram makes it
#    worse: 0.56. Get below 0.47 with a better mix, or a longer context.
# 3. **Shakespeare.** Set `data = "tiny-shakespeare"`. On 3,700 characters of a play, bz2 and the
#    6-gram tie at 2.02 bits, and xz needs 2.34. The GPT stands at 2.93, after 6,000 steps at
#    2.38. Its mix with the 6-gram then leads with 1.99. Get below 1.95.
