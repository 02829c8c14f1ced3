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
import itertools
import math

import numpy as np
import torch

import pathkit as path
from pathkit.modules.languages.meanings import EVERY, LEXICON, TWELVE

path.ready("languages")

# %% tags=["parameters"]
seed = 0  # of the texts, the keys and the searches
steps = 8000  # exchanges that one search tries

# %% [markdown]
# ## A text that nobody can read
#
# Below is a page of little stories in a **substitution cipher**: a sign stands for each of 27
# symbols, the same one throughout, for spaces and stops too. You get no dictionary, no key and no
# translation.
#
# What you have is your bigram: a count of which symbol follows which in *other* stories. Three
# sections on, it has read the page. Then you find out how short a page may be.

# %%
gpt = path.model("gpt")
symbols = gpt.symbols  # 27: newline, space, stop, letters
V, number = len(symbols), {symbol: i for i, symbol in enumerate(symbols)}
known = "".join(path.datasets.SMALL_TALES.sample(1000, seed))  # stories to count
fresh = "".join(path.datasets.SMALL_TALES.sample(200, seed + 1))  # stories to hide


def numbers(text):
    return np.array([number[symbol] for symbol in text])


rng = np.random.default_rng(seed)
page = fresh[:1500]
shuffled = dict(zip(symbols, (symbols[i] for i in rng.permutation(V))))
print(repr("".join(shuffled[symbol] for symbol in page[:70])))

# %%
figure, panels = path.figure(1, 2, figsize=(9, 2.8), sharey=True)
texts = {"stories that were counted": known, "the page": "".join(shuffled[s] for s in page)}
for axes, (name, text) in zip(panels, texts.items()):
    share = np.bincount(numbers(text), minlength=V) / len(text)
    order = np.argsort(-share)
    axes.bar(range(V), 100 * share[order], color=path.PALETTE[0])
    axes.set_xticks(range(V), [{" ": "·", "\n": "¶"}.get(symbols[i], symbols[i]) for i in order])
    axes.set(title=name, xlabel="symbol (· space, ¶ newline)", ylabel="share (%)")
figure.suptitle("A key renames the symbols and leaves their shares alone", x=0.02, ha="left")
path.show(figure, "Two bar charts of the shares of 27 symbols, largest first. Both fall in the "
                  "same way from nearly 20 per cent, but other symbols stand below the bars.")

# %% [markdown]
# ## A key and its undoing
#
# A **key** names a stand-in for each symbol. With the key a→b, b→c, c→a the word `cab` becomes
# `abc`.

# %% exercise="encipher"
from pathkit.modules.languages.encipher import encipher

# %% exercise="inverse"
from pathkit.modules.languages.inverse import inverse

# %% tags=["nbval-check-output"]
secret = encipher(page, shuffled)
print("back again:", encipher(secret, inverse(shuffled)) == page)
print(f"keys to try: {math.factorial(V):.2e}")

# %% [markdown]
# There are $27! \approx 10^{28}$ keys, so nobody tries them all. You need a way to say that one
# wrong key is better than another, so that a search knows where to go.

# %% [markdown]
# ## How likely is a reading?
#
# Ask your bigram. A wrong key turns the page into pairs such as `xz`, to which the bigram gives
# next to no probability. Count the pairs of the *secret* once. Each key then says in which cells of
# the table to look them up, so that a new key needs no new count.
#
# From here on a *sign* is what stands in the secret, and a key is an array: `key[i]` is the symbol
# that sign `i` is read as. It undoes the cipher, like the inverse above.

# %% exercise="log_score"
from pathkit.modules.languages.log_score import log_score

# %% tags=["nbval-check-output"]
pairs = np.zeros((V, V))
np.add.at(pairs, (numbers(known)[:-1], numbers(known)[1:]), 1)
table = (pairs + 0.1) / (pairs + 0.1).sum(axis=1, keepdims=True)  # smoothed, (V, V)
logp = np.log(table)
signs = numbers(secret)
counts = np.zeros((V, V), dtype=int)
np.add.at(counts, (signs[:-1], signs[1:]), 1)
truth = numbers(encipher("".join(symbols), inverse(shuffled)))  # (V,) sign -> symbol
print(f"the true key: {log_score(counts, truth, logp):,.0f} nats")
for _ in range(3):
    print(f"a random key: {log_score(counts, rng.permutation(V), logp):,.0f} nats")

# %% [markdown]
# The true key scores thousands of nats more, because its pairs are those of stories. So exchange
# two entries of a key, keep the new key if it scores higher, and go on. Does this end at the true
# key?

# %% predict="only-up"
path.predict("only-up", "b")

# %% [markdown]
# ## Worse keys on the way
#
# Such a search stops at the first key that no single exchange improves. The **Metropolis
# algorithm** of 1953 therefore keeps some worse keys, too: the more the higher the **temperature**.
# Lowering the temperature slowly is called **simulated annealing** (1983).

# %% exercise="keep"
from pathkit.modules.languages.keep import keep

# %% exercise="search"
from pathkit.modules.languages.search import search


# %%
def walk(signs, score, rng, hot):
    """A search from a random key, from temperature `hot` down to 1 (0.01 stays as it is)."""
    ones = rng.choice(np.unique(signs), size=steps).tolist()  # signs that the secret has
    others = rng.integers(V, size=steps).tolist()
    moves = list(zip(ones, others, rng.random(steps).tolist()))
    return search(rng.permutation(V), score, moves, np.geomspace(hot, min(hot, 1), steps).tolist())


def read_right(key):
    return np.mean(key[signs] == numbers(page))


found = {}
for name, hot in (("only up", 0.01), ("hot, then cool", len(signs))):
    rng = np.random.default_rng(seed)
    found[name] = [walk(signs, lambda key: log_score(counts, key, logp), rng, hot)
                   for _ in range(10)]
best, score = max(found["hot, then cool"], key=lambda pair: pair[1])
print("".join(symbols[i] for i in best[signs][:150]))
print(f"{read_right(best):.1%} of {len(page):,} symbols are right")

# %%
figure, axes = path.figure(figsize=(7, 3))
for row, walks in enumerate(found.values()):
    right = sorted(100 * read_right(key) for key, _ in walks)
    axes.plot(right, np.linspace(row - 0.3, row + 0.3, 10), "o", color=path.PALETTE[row])
axes.set_yticks([0, 1], list(found))
axes.set(title="Taking worse keys at first finds the true key more often", xlim=(-3, 103))
axes.set(xlabel="symbols read right (%)", ylabel="ten random starts")
path.show(figure, "Ten dots for each way of searching. Those that only go up spread from 0 to 100 "
                  "per cent; most of those that began hot lie at 100.")

# %% [markdown]
# The whole page is read, from counts of neighbours alone. The hot searches began at temperature
# 1,500, one nat for each symbol of the page, so that about eight in ten worse keys were kept at
# first. Some still fail. Therefore you start ten and believe the highest score, which you can see
# without knowing the truth.

# %% [markdown]
# ## How short may a secret be?
#
# A secret of three symbols can be read as *the*, as *cat*, as *sun*. Shannon asked in 1949 from
# which length on one reading alone is likely, the **unicity distance**. His answer needs one number
# of the model: its loss.
#
# The key of 27 symbols holds $\log_2 27! = 93$ bits. A sign that could be anything costs
# $\log_2 27 = 4.75$ bits, and a sign of a story costs your model less. The difference is what each
# sign tells about the key, because under a wrong key a symbol could be anything.

# %% predict="bigram-length"
path.predict("bigram-length", 42)

# %% exercise="unicity"
from pathkit.modules.languages.unicity import unicity

# %%
read, hidden = numbers(known), numbers(fresh)
one = np.log(np.bincount(read, minlength=V) / len(read))
triples = np.zeros((V, V, V))
np.add.at(triples, (read[:-2], read[1:-1], read[2:]), 1)
three = np.log((triples + 2 * table) / (triples.sum(axis=2, keepdims=True) + 2))
likelihood = {
    "letters": lambda x: one[x].sum(),
    "bigram": lambda x: logp[x[:-1], x[1:]].sum(),
    "trigram": lambda x: three[x[:-2], x[1:-1], x[2:]].sum(),
}
loss = {name: -score(hidden) / len(hidden) for name, score in likelihood.items()}
loss["GPT"] = gpt.loss
length = {name: unicity(V, nats) for name, nats in loss.items()}
for name, nats in loss.items():
    print(f"{name:<8} {nats / math.log(2):.2f} bits a symbol -> {length[name]:4.0f} symbols")

# %% [markdown]
# These numbers stand before any search: 131 symbols for letters, 42 for pairs, 27 for triples. Now
# hide eight messages of each length, search twice for each, and count what was read. A search can
# fail in two ways: a wrong key scores higher than the true one, or the search ends below both.

# %%
def scored(name, secret):
    """The score of a key on a secret."""
    return lambda key: likelihood[name](key[secret])


lengths = (12, 20, 30, 45, 70, 110)
right, beaten = {"bigram": [], "trigram": []}, {"bigram": [], "trigram": []}
for name, n in itertools.product(right, lengths):
    rng, shares, higher = np.random.default_rng(seed), [], 0
    for _ in range(8):
        begin = rng.integers(len(hidden) - n)
        message, key = hidden[begin : begin + n], rng.permutation(V)
        secret = key[message]
        best, score = max((walk(secret, scored(name, secret), rng, n) for _ in range(2)),
                          key=lambda pair: pair[1])
        shares.append(np.mean(best[secret] == message))
        higher += int(score > likelihood[name](message) + 1e-6)
    right[name].append(100 * np.mean(shares))
    beaten[name].append(higher)
print(f"a wrong key scores higher, of 8 at {lengths} symbols: {beaten}")

# %%
figure, axes = path.figure()
for color, (name, shares) in zip(path.PALETTE, right.items()):
    axes.plot(lengths, shares, "o-", color=color, label=f"{name}, measured")
    axes.axvline(length[name], color=color, ls="--", label=f"{name}, predicted")
axes.set(title="About half is read at the length that the loss predicts", ylim=(0, 103))
axes.set(xlabel="length of the secret (symbols)", ylabel="symbols read right (%)", xscale="log")
axes.set_xticks(lengths, lengths)
axes.minorticks_off()
axes.legend(frameon=False)
path.show(figure, "Symbols read right against length for bigram and trigram. Both curves start "
                  "low, climb around their dashed lines, and end far above; the trigram leads.")

# %% [markdown]
# About half is read at each dashed line, and the better model reads earlier, because each of its
# symbols gives away more. At 12 symbols a wrong key scores higher for nearly every message of the
# bigram, so no better search could help there. From 20 on that holds for half of them or fewer, and
# the rest is lost by the search: with 50 walks in place of two, the trigram reads over 90 % of 25
# symbols at the beginning of stories.
#
# The loss of your GPT predicts about 20 symbols. Trying thousands of keys with it is slow, so let
# it judge: on 12 symbols, does it prefer the trigram's reading or the truth?


# %%
def judged(x):
    """The log-likelihood of a beginning under the GPT, in nats."""
    with torch.no_grad():
        logits = gpt.model(torch.tensor([[number["\n"], *x.tolist()]]))[0, :-1]  # (T, V)
    return logits.log_softmax(dim=-1)[range(len(x)), x].sum().item()


rng, prefers = np.random.default_rng(seed), {"trigram": 0, "GPT": 0}
for story in path.datasets.SMALL_TALES.sample(20, seed + 2):
    message, key = numbers(story[:12]), rng.permutation(V)
    secret = key[message]
    best, score = walk(secret, scored("trigram", secret), rng, 12)
    prefers["trigram"] += int(score > likelihood["trigram"](message) + 1e-6)
    prefers["GPT"] += int(judged(best[secret]) > judged(message))
print(f"of 20 wrong readings preferred to the truth: {prefers}")

# %% [markdown]
# The trigram scores several of its wrong readings above the truth, and the GPT hardly any, because
# it sees whole words where the trigram sees three symbols. A GPT of your own may judge a message or
# two otherwise, since another processor rounds otherwise in training.

# %% [markdown]
# ## Without a second language
#
# **Decipherment** of an unknown script often has to do without a **bilingual text**, the same words
# in two languages. You had none either. What you did have was the right language. Suppose that you
# guess wrong, and take the page for a list of given names.

# %%
listed = " ".join(path.datasets.names())
listed = numbers("".join(symbol for symbol in listed if symbol in number))
other = np.full((V, V), 0.1)
np.add.at(other, (listed[:-1], listed[1:]), 1)
other = np.log(other / other.sum(axis=1, keepdims=True))
rng = np.random.default_rng(seed)
best, score = max((walk(signs, lambda key: log_score(counts, key, other), rng, len(signs))
                   for _ in range(4)), key=lambda pair: pair[1])
print(page[22:75])
print("".join(symbols[i] for i in best[signs][22:75]))
print(f"{read_right(best):.0%} right, {score / len(signs):.2f} nats a symbol")
print(f"the right language: {log_score(counts, truth, logp) / len(signs):.2f} nats a symbol")

# %% [markdown]
# The search gives an answer here, too, and about half of it is right, because names and stories
# share spaces and many vowels. The score warns you: it is 0.8 nats a symbol lower than that of the
# right language. So a decipherment needs enough text, a guess at a related language, and a model
# that says how surprised it is.

# %% [markdown]
# ## An invented language
#
# *Gloop splog slopa slurpi*: in this way a list of links recommends Black's article on the slimes.
# Nobody can look the words up, since slimes and Szopa's son speak **constructed languages**. Here
# is one for you, **Nuri**, in twelve pairs.

# %% tags=["remove-input"]
from pathkit.exercises import languages as finished


def in_english(meaning):
    who, which, many, verb, past, whom, whom_which, whom_many = meaning
    first, second = (f"{adjective} {noun}".strip() + " (many)" * several for noun, adjective,
                     several in ((who, which, many), (whom, whom_which, whom_many)))
    return f"{first} | {verb}{' (past)' * past} | {second}"


for i, meaning in enumerate(TWELVE, 1):
    print(f"{i:>2}  {in_english(meaning):<36}{finished.speak(meaning, LEXICON)}")

# %% [markdown]
# The left column names each word and mark, as an **interlinear gloss** does under a sentence. Like
# Kleti, the language of Szopa's son, Nuri puts the verb last and joins words with a connector, so
# that English habits show as errors.

# %% exercise="speak"
from pathkit.modules.languages.speak import speak

# %% tags=["nbval-check-output"]
print(speak(("cat", "red", True, "see", True, "bird", "small", True), LEXICON))

# %% [markdown]
# No pair holds that sentence. Were the rules needed, or would copying have said it as well? The
# **baseline** takes the nearest example and exchanges the words that differ.

# %% exercise="nearest"
from pathkit.modules.languages.nearest import nearest

# %% predict="copied"
path.predict("copied", "a")


# %% tags=["nbval-check-output"]
def copied(meaning):
    example = nearest(meaning, TWELVE)
    sentence = speak(example, LEXICON)
    for old, new in zip(example, meaning):
        if old != new and old in LEXICON and new in LEXICON:
            sentence = sentence.replace(LEXICON[old], LEXICON[new])
    return sentence


unseen = [meaning for meaning in EVERY if meaning not in TWELVE]
apart = np.array([sum(a != b for a, b in zip(nearest(m, TWELVE), m)) for m in unseen])
same = np.array([copied(m) == speak(m, LEXICON) for m in unseen])
print(f"copying is right on {same.sum()} of {len(unseen):,} hidden sentences")

# %%
figure, axes = path.figure(figsize=(7, 2.8))
places = np.arange(1, 7)
bars = axes.bar(places, [100 * same[apart == n].mean() for n in places], color=path.PALETTE[1])
axes.bar_label(bars, [f"of {(apart == n).sum():,}" for n in places], padding=3)
axes.set(title="Copying works next to an example and nowhere else", ylim=(0, 60))
axes.set(xlabel="places that differ from the nearest example", ylabel="sentences right (%)")
path.show(figure, "Bars of sentences right: 42 per cent at one place of difference, 7 at two, none "
                  "from three to six.")

# %% [markdown]
# Copying fails on 97 of 100 sentences because most of them combine marks that no single example
# has. A test whose sentences lie near its examples would have hidden this.
#
# The slimes of Black's article have another trouble: three words are both a noun and a verb. *Glom*
# is a house and walks, *trom* is a tree and writes. The ending -g marks whom it is done to. How
# many sentences have two meanings if the words may stand in any order?

# %% tags=["nbval-check-output"]
nouns = "glom trom slop plop glow gloon bloom drom splom ploom".split()
verbs = "splog plog glog flog tlog slog glom plom trom drom".split()
print("in both lists:", sorted(set(nouns) & set(verbs)))
said = [tuple(sorted((who, whom + "g", verb)))
        for who, whom, verb in itertools.product(nouns, nouns, verbs)]
print(sum(said.count(words) > 1 for words in said), "of", len(said), "are ambiguous in free order")

# %% [markdown]
# The noun with -g is never in doubt. Who and verb have no ending, so that only word order tells a
# house that writes from a tree that walks. A model samples each word, and nothing in sampling keeps
# two words apart; a set of the words finds each clash.

# %% [markdown]
# ## Reading signs
#
# A headline of 2020 says that an AI deciphers cuneiform tablets. DeepScribe reads single signs, in
# a language that scholars know, after people had marked over 100,000 of them. About 80 % are right.
# Writing down what the signs say in another script is **transliteration**, and no understanding.

# %% predict="line-of-ten"
path.predict("line-of-ten", 10.7)

# %% [markdown]
# Nine lines in ten hold an error. Make such a reader: it sees each of 3,000 symbols through noise,
# strong enough that about 80 % of its first guesses are right. Then let your bigram choose among
# its guesses: `ways` adds what it sees to what the bigram expects, for each symbol before and
# after.

# %%
rng = np.random.default_rng(seed)
line = hidden[:3000]
evidence = 3 * (rng.normal(size=(len(line), V)) + 3 * np.eye(V)[line])  # (n, V) log-likelihoods
rank = (evidence > evidence[np.arange(len(line)), line][:, None]).sum(axis=1)
total, back = evidence[0], []
for seen in evidence[1:]:  # the best path to each symbol, one sign after the other
    ways = total[:, None] + logp  # (before, after)
    back.append(ways.argmax(axis=0))
    total = ways.max(axis=0) + seen
reading = [total.argmax()]
for step in back[::-1]:
    reading.append(step[reading[-1]])
shares = {"first guess": (rank < 1).mean(), "among four guesses": (rank < 4).mean(),
          "guesses and bigram": (np.array(reading[::-1]) == line).mean()}

# %%
figure, axes = path.figure(figsize=(7, 2.3))
bars = axes.barh(list(shares), [100 * share for share in shares.values()], color=path.PALETTE[2])
axes.bar_label(bars, fmt="%.0f %%", padding=3)
axes.set(title="A short list helps whoever knows the language", xlim=(0, 112))
axes.set(xlabel="signs read right (%)")
axes.invert_yaxis()
path.show(figure, "Bars of signs read right: the first guess about 80 per cent, among four guesses "
                  "about 97, guesses weighed by the bigram about 96.")

# %% [markdown]
# Among four guesses the right one is nearly always there, so that context can pick it, as your
# bigram does here. The scholars of DeepScribe asked for ranked guesses for that reason. The labels
# made it a task of classes, and nothing was deciphered, since script and language were known.

# %% [markdown]
# ## Stretch
#
# None of this is needed to go on.
#
# 1. **No spaces.** Take spaces, stops and newlines out of both texts and hide 1,500 letters. The
#    best of ten searches reads all of them with the bigram. What does `unicity` predict now?
# 2. **A shorter secret.** Hide the first 25 symbols of ten stories, walk 50 times with the trigram
#    and let the GPT choose. The trigram's own choice reads 92 to 96 %; 96 % or more is good.
# 3. **A thirteenth pair.** Add one pair to the twelve so that copying gets more hidden sentences
#    right. The middle one of all pairs gains 17; 60 is good, and 72 is the most.
