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
import functools
import itertools
import json
import re
import time

import numpy as np
import torch

import pathkit as path

path.ready("control")

# %% tags=["parameters"]
seed = 0  # of everything that is drawn

# %% [markdown]
# ## The whole thing first
#
# Your GPT has written its stories as it liked. Now it fills in a form: `?` takes one or more
# letters, and everything else must stand there as written. No weight is changed for that.

# %%
gpt = path.model("gpt")
symbols = gpt.symbols
index = {symbol: i for i, symbol in enumerate(symbols)}


def chances(text):
    """The GPT's probabilities for the symbol after a text, (V,)."""
    with torch.no_grad():
        tokens = torch.tensor([[index[c] for c in "\n" + text]])
        return gpt.model(tokens)[0, -1].double().softmax(dim=-1).numpy()


def form(text):
    """A form -> arrows[state] = {symbol: next state}; ? takes one or more letters."""
    arrows, letters = [{}], "abcdefghiklmnoprstuvwxyz"  # the letters of the stories
    for c in text:
        state = len(arrows)
        arrows[-1].update(dict.fromkeys(letters if c == "?" else c, state))
        arrows.append(dict.fromkeys(letters, state) if c == "?" else {})
    return arrows


# %%
def fill(text, rng):
    """A filled form; for each place the number of symbols allowed, and their probability."""
    arrows, state, written, choices, shares = form(text), 0, "", [], []
    while state < len(arrows) - 1 and len(written) < 150:  # the GPT reads 160
        fits = np.array([s in arrows[state] for s in symbols])
        p = chances(written) * fits
        choices.append(fits.sum())
        shares.append(p.sum())
        symbol = symbols[rng.choice(len(p), p=p / p.sum())]
        written, state = written + symbol, arrows[state][symbol]
    return written, np.array(choices), np.array(shares)


blank = "one ? day ? got a red ball. ? met a ? cat."
written, choices, shares = fill(blank, np.random.default_rng(seed))
print(written)

# %%
figure, axes = path.figure(figsize=(9, 2.8))
colors = [path.PALETTE[0 if n == 1 else 1] for n in choices]
axes.bar(range(len(written)), 100 * shares, color=colors)
axes.set_xticks(range(len(written)), ["·" if c == " " else c for c in written])
axes.set(title="Most of a form leaves the model one symbol (blue), in blanks it may choose")
axes.set(xlabel="symbol written (· is a space)", ylabel="the GPT's p of what\nis allowed (%)")
path.show(figure, "Bars for each symbol of the filled form: how much probability the GPT gave to "
                  "what the form allows. Most are near 100 per cent, a few are near zero.")

# %% [markdown]
# Where a bar is low, the GPT wanted something else and was overruled. A GPT of your own may fill
# the blanks with other words, and what is fixed stays the same. You will build each part of this,
# so that you know what such a form guarantees and what it doesn't.
#
# ## Cut the tail
#
# In the lesson on GPT you cooled the logits by a temperature. That makes rare symbols rarer but
# never impossible. Here are a bigram's chances after `m`, counted on 19,989 names, and the first of
# two common cuts. It keeps the $k$ likeliest symbols, whatever they are worth.

# %% tags=["nbval-check-output"]
names = path.datasets.names()
alphabet = ".abcdefghijklmnopqrstuvwxyz"  # . begins and ends a name
place = {symbol: i for i, symbol in enumerate(alphabet)}
P = np.zeros((27, 27))
for name in names:
    for before, after in itertools.pairwise(f".{name}."):
        P[place[before], place[after]] += 1
P /= P.sum(axis=1, keepdims=True)  # (27, 27): row = symbol before
after_m = P[place["m"]]


def top_k(p, k):
    """The distribution over the k likeliest of (V,) probabilities."""
    kept = np.where(p >= np.sort(p)[-k], p, 0)  # np.sort ascends: the k-th largest is at -k
    return kept / kept.sum()


print(top_k(np.array([0.2, 0.5, 0.3]), 2), "of 0.2, 0.5 and 0.3")

# %% [markdown]
# The second keeps the fewest symbols that hold a given **mass**, the sum of their probabilities.
# With 0.5, 0.3, 0.2 and a mass of 0.6, two symbols stay and become 0.625 and 0.375.

# %% exercise="top_p"
from pathkit.modules.control.top_p import top_p

# %%
cold = after_m ** (1 / 0.5)  # temperature 0.5: logits times 2
rows = {"as counted": after_m, "temperature 0.5": cold / cold.sum(),
        "five likeliest": top_k(after_m, 5), "mass 0.9": top_p(after_m, 0.9)}
order = np.argsort(-after_m)[:14]
figure, panels = path.figure(1, 4, figsize=(11, 2.8), sharey=True)
for axes, (name, row) in zip(panels, rows.items()):
    axes.bar([alphabet[i] for i in order], row[order], color=path.PALETTE[0])
    axes.set(title=f"{name}: {np.sum(row > 0)} left", xlabel="symbol after m")
panels[0].set_ylabel("probability")
figure.suptitle("A temperature thins the tail; only a cut removes it", x=0.02, ha="left")
path.show(figure, "Four bar charts of the symbols after m: as counted, at temperature 0.5, the "
                  "five likeliest, and a mass of 0.9. The first two keep every symbol.")

# %% [markdown]
# Nothing was drawn to see this. A filter is a function from one distribution to another, which
# means that you can check it exactly. Now the GPT, along a new story.

# %%
story = path.datasets.SMALL_TALES.sample(1, 10**6 + seed)[0][:80]
kept = [np.sum(top_p(chances(story[:i]), 0.95) > 0) for i in range(len(story))]
figure, axes = path.figure(figsize=(9, 2.4))
axes.bar(range(len(story)), kept, color=path.PALETTE[0])
axes.axhline(3, color=path.PALETTE[1], ls="--", label="k = 3")
axes.set_xticks(range(len(story)), ["·" if c == " " else c for c in story])
axes.set(title="The same mass needs one symbol here, many there", ylabel="symbols kept")
axes.set(xlabel="symbol of the story (· is a space)")
axes.legend(frameon=False)
path.show(figure, "How many symbols a mass of 0.95 needs along a story: one at most places and up "
                  "to eight where a name begins. A dashed line marks three.")

# %% [markdown]
# Inside a word the GPT is sure and one symbol is enough; a name may begin in eight ways. A fixed
# $k$ is too large in the first place and too small in the second, because it never looks at $p$.
#
# ## Push one symbol
#
# The tutorial on llama.cpp's flag doesn't cut. It adds a number to one logit, before the softmax,
# to get rid of a stock phrase.

# %% predict="odds"
path.predict("odds", 0.17)

# %% exercise="biased"
from pathkit.modules.control.biased import biased

# %% tags=["nbval-check-output"]
p = np.array([0.8, 0.15, 0.05])
for bias in (-3, 0, 3, -np.inf):
    row = biased(p, 0, bias)
    print(f"bias {bias:>4}: {row.round(3)}   second : third = {row[1] / row[2]:.1f}")

# %% [markdown]
# The odds of the first symbol are multiplied by $e^{-3} = 0.05$. The other two keep their ratio
# of 3, because both are divided by the same new sum. Now forbid `c` to the GPT, so that no story
# has a cat.


# %%
def stories(how_many, change):
    """Stories by the GPT, whose probabilities go through change(p) at each symbol."""
    rng, written = np.random.default_rng(seed), [""] * how_many
    for _ in range(90):
        tokens = torch.tensor([[index[c] for c in "\n" + text] for text in written])
        with torch.no_grad():
            p = gpt.model(tokens)[:, -1].double().softmax(dim=-1).numpy()
        written = [text + symbols[rng.choice(len(row), p=change(row))]
                   for text, row in zip(written, p)]
    return written


free = stories(30, lambda p: p / p.sum())
without_c = stories(30, lambda p: biased(p, index["c"], -np.inf))
for word in ("cat", "red", "fox", "owl"):
    print(f"{word}: {sum(word in s for s in free)} of 30 stories, then "
          f"{sum(word in s for s in without_c)}")
print(without_c[0])

# %% [markdown]
# The cats are gone and other animals come in their place, because the bias acts before the word
# begins. Things are red about as often as before. A bias knows tokens and no meanings, so that
# every other word with a `c` is out of reach too, such as ice cream.
#
# ## A pattern as a machine
#
# A time of day is `([01][0-9]|2[0-3]):[0-5][0-9]`. Reading it takes an **automaton**: a few
# states, and arrows that carry characters. You stand in one state, and each character moves you.
# A character without an arrow means that the text can't match any more.

# %%
digits = "0123456789"
clock = [{"0": 1, "1": 1, "2": 2}, dict.fromkeys(digits, 3), dict.fromkeys("0123", 3), {":": 4},
         dict.fromkeys("012345", 5), dict.fromkeys(digits, 6), {}]
spots = [(0, 0), (1, 0.6), (1, -0.6), (2, 0), (3, 0), (4, 0), (5, 0)]
labels = {(0, 1): "0, 1", (0, 2): "2", (1, 3): "0–9", (2, 3): "0–3", (3, 4): ":", (4, 5): "0–5",
          (5, 6): "0–9"}
figure, axes = path.figure(figsize=(8, 2.6))
for (a, b), label in labels.items():
    axes.annotate("", spots[b], spots[a], arrowprops={"arrowstyle": "->", "shrinkA": 14,
                                                      "shrinkB": 14})
    axes.text(*(np.add(spots[a], spots[b]) / 2 + (0, 0.14)), label, ha="center")
for state, (x, y) in enumerate(spots):
    axes.plot(x, y, "o", ms=24, color=path.PALETTE[1 if state == 6 else 0])
    axes.text(x, y, state, ha="center", va="center", color="black" if state == 6 else "white")
axes.set(title="Seven states read every time of day", ylim=(-1, 1.1), yticks=[])
axes.set(xlabel="characters read so far", ylabel="branch")
path.show(figure, "The automaton of a time of day: from state 0 by 0 or 1 to state 1, by 2 to "
                  "state 2, both lead to 3, then a colon, two digits, and the accepting state 6.")

# %% [markdown]
# A model's tokens don't stop where the pattern's parts do. The token `3:5` ends the hour and
# begins the minutes: it **straddles** the colon. So follow all of its characters, from wherever
# the text has arrived.

# %% exercise="walk"
from pathkit.modules.control.walk import walk

# %% tags=["nbval-check-output"]
tokens = [*digits, ":", "12", "23", "24", "59", "1:", "3:5", "0:0", ":30", "7:75"]
for text in ("", "1", "2", "23"):
    state = walk(clock, 0, text)
    allowed = [t for t in tokens if walk(clock, state, t) is not None]
    print(f"after {text!r:>4}: {' '.join(allowed)}")

# %% [markdown]
# `24` is refused at the start and so is `7:75` after `1`, although both begin well. This is the
# filter of ReLLM: a token stays if the text with it is a **partial match**, one that can still
# grow. Python's `re` doesn't say whether a text can still grow; the automaton does.
#
# A mask of one line is tempting: it asks about a token's first character only.

# %% exercise="slips"
from pathkit.modules.control.slips import slips

slips = slips()

# %% [markdown]
# One case is left. An arrow may lead into a state from which no text ever matches. The clock has
# none, but automata that a program builds from a pattern often do.

# %% exercise="can_finish"
from pathkit.modules.control.can_finish import can_finish


# %% tags=["nbval-check-output"]
def sample(arrows, accepting, tokens, rng, reads=lambda token: token):
    """A text by a model that finds all tokens equally likely, masked. reads: what the mask sees."""
    alive, state, text = can_finish(arrows, accepting), 0, ""
    while state not in accepting:
        fits = [t for t in tokens if walk(arrows, state, reads(t)) in alive]  # None never is
        token = fits[rng.integers(len(fits))]
        text, state = text + token, walk(arrows, state, reads(token))
    return text


time_of_day = re.compile("([01][0-9]|2[0-3]):[0-5][0-9]")
for name, reads in (("whole token", lambda t: t), ("first character", lambda t: t[0])):
    rng = np.random.default_rng(0)
    texts = [sample(clock, {6}, tokens, rng, reads) for _ in range(1000)]
    right = sum(time_of_day.fullmatch(t) is not None for t in texts)
    print(f"mask by {name}: {right} of 1,000 are times of day, as {texts[0]}")

# %% [markdown]
# With the whole token in view, every text is a time, although the model knows nothing of times.
# With the first character alone most are broken, because the rest of the token passes unseen.
#
# The form is right, and that is all. ReLLM's own date example has a perfect form and the
# wrong date, since truth is no part of a pattern.
#
# ## What a mask costs
#
# A mask asks about every token of the vocabulary, at every step. But the answer depends on the
# state alone, so that it can be kept.

# %%
sizes, fresh, stored = (30, 300, 3000, 20000), [], []
for size in sizes:
    many = ["".join(t) for t in itertools.islice(itertools.product(digits, repeat=5), size)]
    start = time.perf_counter()
    masks = [np.array([walk(clock, s, t) is not None for t in many]) for s in range(7)]
    fresh.append((time.perf_counter() - start) / 7 * 1e6)
    start = time.perf_counter()
    for s in range(700):
        masks[s % 7]
    stored.append((time.perf_counter() - start) / 700 * 1e6)
start = time.perf_counter()
for _ in range(20):
    chances(story)
one_pass = (time.perf_counter() - start) / 20 * 1e6

# %%
figure, axes = path.figure(figsize=(7, 3))
axes.loglog(sizes, fresh, "-o", label="mask, walked at each step")
axes.loglog(sizes, stored, "-s", label="mask, looked up by state")
axes.axhline(one_pass, ls="--", color=path.PALETTE[2], label="one pass of your GPT")
axes.set(title="Walked, a mask takes longer with more tokens; looked up, it doesn't")
axes.set(xlabel="tokens in the vocabulary", ylabel="time for a step (µs)")
axes.legend(frameon=False)
path.show(figure, "Time of a mask against the size of the vocabulary, both in logs. Walked at each "
                  "step it rises in proportion; looked up by state it stays far below a pass.")
print(f"walked: {fresh[-1] / sizes[-1]:.2f} µs for each token of the vocabulary, at each step")

# %% [markdown]
# Walking through 20,000 tokens takes milliseconds at every step, so that it can cost more than the
# model itself. A table for each state is made once, before the first text.
#
# In other places the pattern saves work. Where one symbol is allowed, no model is needed: Guidance
# calls that fast-forwarding. In the form above you can count it.

# %%
print(f"{np.sum(choices == 1)} of {len(choices)} symbols were forced: no pass was needed for them")

# %% [markdown]
# ## A stack for brackets
#
# An automaton of seven states can't count to eight, because it remembers nothing but its state.
# JSON nests to any depth, so that something has to remember every open bracket. Keep a **stack** of
# what must still come. A rule says which symbols a name stands for, depending on the next
# character: before a `[`, `VALUE ]` becomes `[ ITEMS ] ]`.

# %%
letters = "abcdefghijklmnopqrstuvwxyz"
value = {"{": "{ PAIRS }", "[": "[ ITEMS ]", '"': '" TEXT "', "0": "0",
         "t": "t r u e", "f": "f a l s e", "n": "n u l l"}
value |= {d: f"{d} DIGITS" for d in "123456789"}
grammar = {
    "VALUE": value,
    "PAIRS": {'"': "PAIR MORE-PAIRS", "": ""},  # "" is for any other character
    "PAIR": {'"': '" TEXT " : VALUE'},
    "MORE-PAIRS": {",": ", PAIR MORE-PAIRS", "": ""},
    "ITEMS": dict.fromkeys(value, "VALUE MORE-ITEMS") | {"": ""},
    "MORE-ITEMS": {",": ", VALUE MORE-ITEMS", "": ""},
    "TEXT": {c: f"{c} TEXT" for c in letters} | {"": ""},
    "DIGITS": {d: f"{d} DIGITS" for d in digits} | {"": ""},
}

# %% exercise="advance"
from pathkit.modules.control.advance import advance

# %% tags=["nbval-check-output"]
stack = ["VALUE"]
for character in '{"a":3}':
    stack = advance(grammar, stack, character)
    print(character, "then", " ".join(stack) or "nothing")

# %% [markdown]
# The `3` passes. The grammar in the post on parsing imports a number and no rule uses it, so that
# this object is refused there. A valid beginning is no JSON yet: a model may open brackets
# until its budget ends.

# %% predict="unfinished"
path.predict("unfinished", "b")


# %%
def need(stack):
    """The fewest characters that finish a text: 0 is a value, "":0 is a pair."""
    return sum({"VALUE": 1, "PAIR": 4}.get(s, s not in grammar) for s in stack)


def random_json(rng, budget, in_time):
    """An object by a model that finds all characters equally likely; and the stack's heights."""
    text, stack, heights = "", ["{", "PAIRS", "}"], []
    while len(text) < budget:
        nexts = {c: advance(grammar, stack, c) for c in '{}[]":,' + letters + digits}
        fits = [c for c, s in nexts.items() if s is not None
                and not (in_time and need(s) > budget - len(text) - 1)]
        if not fits:
            break  # nothing may come: the object is complete
        character = fits[rng.integers(len(fits))]
        text, stack = text + character, nexts[character]
        heights.append(len(stack))
    return text, heights


# %% tags=["nbval-check-output"]
def parses(text):
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False


rng = np.random.default_rng(0)
for in_time in (False, True):
    texts = [random_json(rng, 40, in_time) for _ in range(1000)]
    print(f"closing in time: {in_time}. {sum(parses(t) for t, _ in texts)} of 1,000 parse")
longest = max(texts, key=lambda pair: max(pair[1]))
print(longest[0])

# %%
figure, axes = path.figure(figsize=(9, 2.6))
axes.step(range(len(longest[0])), longest[1], where="mid")
axes.set_xticks(range(len(longest[0])), list(longest[0]))
axes.set(title="The stack grows as brackets and strings open, and is emptied in time")
axes.set(xlabel="character written", ylabel="symbols still to come")
path.show(figure, "The height of the stack along a random JSON text of 40 characters: it rises "
                  "as brackets and strings open, and falls to nothing at the end.")

# %% [markdown]
# A random model writes JSON that parses, 1,000 times of 1,000. The mask forbids whatever couldn't
# be finished within the budget, so that the closing brackets always have room.
#
# ## A mask looks one step ahead
#
# Now ask the bigram for names of five letters that end in `ia`. A mask allows any letter for three
# places, then `i`, `a`, and the end. What you want is the bigram's own distribution over those
# names: **conditioning**. There are 17,576 of them, few enough to list.

# %%
pattern = [letters, letters, letters, "i", "a", "."]
allowed = np.array([[symbol in spot for symbol in alphabet] for spot in pattern])  # (6, 27)
fitting = ["".join(t) + "ia." for t in itertools.product(letters, repeat=3)]


def probability(text, row):
    """The probability of a text; row(t, before) is the distribution for place t."""
    befores = "." + text
    return np.prod([row(t, befores[t])[place[c]] for t, c in enumerate(text)])


@functools.cache
def masked(t, before):
    p = P[place[before]] * allowed[t]
    return p / p.sum() if p.any() else p


by_mask = np.array([probability(text, masked) for text in fitting])
own = np.array([probability(text, lambda t, before: P[place[before]]) for text in fitting])
truth = own / own.sum()  # given that the name fits

# %% predict="third-letter"
path.predict("third-letter", "c")


# %% tags=["nbval-check-output"]
def kl(p, q):
    """How far q is from p: the mean of ln p - ln q under p, in nats."""
    return np.sum(p[p > 0] * np.log(p[p > 0] / q[p > 0]))


for name, row in (("by mask", by_mask), ("conditioned", truth)):
    best = np.argsort(-row)[:5]
    print(f"{name:>11}: " + "  ".join(f"{fitting[i][:-1]} {row[i]:.2%}" for i in best))
print(f"KL {kl(truth, by_mask):.3f} nats; half the summed difference "
      f"{np.abs(truth - by_mask).sum() / 2:.2f}")

# %% [markdown]
# Both lists hold fitting names only, and yet they are two distributions, 0.261 nats apart. At the
# third place the mask asks whether a letter is allowed, and every letter is. That few names go on
# with `ia` after it comes out later, and then dividing by the sum hides it.
#
# So ask earlier. Let $\beta_t(s)$ be the chance that all places from $t$ on fit, after symbol $s$.
# Behind the last place it is 1. Before that it is a sum over the next symbol, from back to front.

# %% exercise="endings"
from pathkit.modules.control.endings import endings

# %% tags=["nbval-check-output"]
beta = endings(P, allowed)  # (7, 27): chance of a good ending from place t on
for letter in "anr":
    print(f"third letter {letter}: ia and the end follow with {beta[3, place[letter]]:.4f}")

# %% [markdown]
# After `r` a good ending is five times as likely as after `a`. Weigh each symbol by that.

# %% exercise="weighed"
from pathkit.modules.control.weighed import weighed


# %% tags=["nbval-check-output"]
@functools.cache
def cured(t, before):
    possible = (P[place[before]] * allowed[t] * beta[t + 1]).any()
    return weighed(P[place[before]], allowed[t], beta[t + 1]) if possible else np.zeros(27)


by_cure = np.array([probability(text, cured) for text in fitting])
print(f"KL by mask {kl(truth, by_mask):.3f} nats, with endings {abs(kl(truth, by_cure)):.3f}")

# %%
thirds = np.array([[row[[t[2] == c for t in fitting]].sum() for c in letters]
                   for row in (by_mask, truth, by_cure)])  # (3, 26)
order = np.argsort(-thirds[0])[:12]
figure, axes = path.figure(figsize=(9, 3))
for i, (row, name) in enumerate(zip(thirds, ("by mask", "conditioned", "mask and endings"))):
    axes.bar(np.arange(12) + 0.27 * (i - 1), 100 * row[order], 0.25, label=name)
axes.set_xticks(range(12), [letters[i] for i in order])
axes.set(title="Masked, a stands third far too often; weighed by endings, exactly as it should")
axes.set(xlabel="third letter, before ia", ylabel="names (%)")
axes.legend(frameon=False)
path.show(figure, "Share of each third letter: by mask a has 12 per cent, conditioned about 5. The "
                  "bars of mask and endings equal those of conditioning everywhere.")

# %% [markdown]
# The KL falls from 0.261 to 0.000, because each step is now weighed by what can follow. That took
# one row of 27 numbers for each place.
#
# A GPT can't afford it. The bigram's future depends on its last symbol: 27 cases. A GPT's depends
# on the whole text, and ten symbols of 27 kinds make $27^{10} = 2 \cdot 10^{14}$ texts already.
#
# ## Conditioning by choice
#
# The lesson on assistants drew $n$ answers and kept the best. Let the reward be 1 for a name that
# fits and 0 otherwise. What is kept, if it fits, has exactly the conditioned distribution, because
# each fitting name is drawn in proportion to its own chance. Any model will do. How large must $n$
# be?

# %% predict="draws"
path.predict("draws", "b")

# %% tags=["nbval-check-output"]
fit = beta[0, 0]  # the chance that a name from the start fits
print(f"a name fits with {fit:.5f}: one in {1 / fit:.0f}, {-np.log(fit):.1f} nats")
print(f"own.sum() says the same: {np.isclose(own.sum(), fit)}")

# %%
n = np.geomspace(1, 10000, 60)
figure, axes = path.figure(figsize=(7, 2.8))
axes.semilogx(n, 100 * (1 - (1 - fit) ** n))
axes.axvline(1 / fit, ls="--", color=path.PALETTE[1], label="1 / chance of fitting")
axes.set(title="Best-of-n conditions exactly, for hundreds of draws a name")
axes.set(xlabel="n, names drawn", ylabel="at least one fits (%)")
axes.legend(frameon=False)
path.show(figure, "The chance that at least one of n names fits: near 10 per cent at 80 draws, 63 "
                  "at 732, and nearly 100 at several thousand.")

# %% [markdown]
# So there are three ways. A mask costs little and bends the distribution. Endings are exact and
# need a model small enough. Choice is exact for any model, and its price is one over the
# chance of fitting.
#
# ## Stretch
#
# None of this is needed to go on. A GPT's digits may differ a little on your processor, which
# rounds in its own way; those of counts don't.
#
# 1. **Any pattern.** Let `endings` run over pairs of a letter and a state of an automaton, for
#    names of any length up to ten that match `[a-z]*ia`. Get the KL below 0.001 nats.
# 2. **A guess at the ending.** For the GPT and a form, estimate the chance of a good ending from 8
#    samples for each allowed symbol. In the form above that makes nearly 4,000 samples. Get by with
#    1,000, and say which you left out.
# 3. **A wider mask.** `walk` takes each token anew. Put the vocabulary into a tree of characters,
#    so that common beginnings are followed once. Halve the time at 20,000 tokens.
