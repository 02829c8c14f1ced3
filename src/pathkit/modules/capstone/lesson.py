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
import re
from collections import Counter

import numpy as np
import torch

import pathkit as path

path.ready("capstone")

# %% tags=["parameters"]
name = "alice"  # or "darwin", "sonnets"
own = ""  # a text file of yours, such as "~/letters.txt", in place of the three
n_merges = 250  # of the tokenizer
steps = 1000  # of the last training; ten times as many take about a minute
seed = 0
n_embd, n_head, n_layer, T = 48, 4, 1, 64

# %% [markdown]
# ## Your text
#
# So far the path chose every text. Now you choose: a file of yours, or one of three books whose
# authors died long ago, so that anybody may train on them.
#
# Train only on what you may use. Letters that friends wrote to you are yours to read, and a model
# can give them away to others: you will measure below how well yours keeps a secret.
#
# What is said below of results holds for the three books. With a text of yours they may differ.

# %% tags=["nbval-check-output"]
from pathkit.exercises.capstone import clean as finished

file = path.own_file(own) if own else None
about = own if file else path.datasets.text(name)
text = finished(file.decode(errors="replace") if file else about.read())
words = Counter(re.findall(r"[^\W\d_]+", text.lower()))
print(f"{about}\n{len(text.encode()):,} bytes, {words.total():,} words, {len(words):,} different")

# %%
ranked = [count for _, count in words.most_common()]
once = 100 * sum(count == 1 for count in ranked) / len(ranked)
figure, axes = path.figure()
axes.loglog(range(1, len(ranked) + 1), ranked, color=path.PALETTE[0])
axes.axhline(1, color="grey", ls=":")
axes.set(title="About half of the different words occur once", ylabel="times it occurs")
axes.set(xlabel="rank of the word, the commonest first")
path.show(figure, "Times that a word occurs against its rank, both on log scales. The curve falls "
                  "from over a thousand to a long flat tail of words that occur once.")
print(f"{once:.0f}% of the different words occur once")

# %% [markdown]
# A word that occurs once can't be learned, which means that a small text leaves much to guess for
# any model. The question of this lesson is how much, and whether your GPT guesses better than a
# table of counts.

# %% [markdown]
# ## Clean it
#
# The three books come without a frame. A file from a library has one, and all that stands in it
# will be imitated.

# %% exercise="clean"
from pathkit.modules.capstone.clean import clean

# %% [markdown]
# ## Put something aside
#
# Cut the text into **passages** of a few sentences, some 400 characters each. They are the units of
# everything below, because sentences side by side share their words.

# %%
def passages_of(text, size=400):
    """Pieces of the text that end behind a sentence or a line, in their order."""
    return re.findall(rf"(?s).{{{size},}}?[.!?,;:]['\")]*\s|.+$", text)


# %% exercise="parted"
from pathkit.modules.capstone.parted import parted

# %% tags=["nbval-check-output"]
training, test = parted(passages_of(text), 5)
sizes = np.array([len(passage.encode()) for passage in test])  # bytes
print(f"{len(training)} passages to train on, {len(test)} to test with, {sizes.sum():,} bytes")

# %% [markdown]
# From here on nothing may be chosen by looking at the test: neither the tokenizer nor the model.

# %% [markdown]
# ## Your tokenizer
#
# It learns from the training passages alone. `path.mine` fetches your own answers from your saved
# notebooks if they pass their checks, and the path's for the others.

# %%
learn, pieces, encode_word = path.mine("tokens.train", "tokens.pieces", "tokens.encode_word")
merges = learn(Counter(p.encode() for passage in training for p in pieces(passage)), n_merges)
ranks = {pair: rank for rank, pair in enumerate(merges)}
strings = [bytes([i]) for i in range(256)]
for left, right in merges:
    strings.append(strings[left] + strings[right])
strings.append(b"")  # a sign between passages
end, V, known = len(strings) - 1, len(strings), {}


def encode(passage):
    """The tokens of a passage, and the sign that ends it."""
    for piece in pieces(passage):
        if piece not in known:
            known[piece] = encode_word(piece.encode(), ranks)
    return [token for piece in pieces(passage) for token in known[piece]] + [end]


# %% tags=["nbval-check-output"]
read, unread = [encode(p) for p in training], [encode(p) for p in test]
tokens = sum(map(len, read))
print(f"{V} tokens; {tokens:,} of them to train on, "
      f"{sum(len(p.encode()) for p in training) / tokens:.2f} bytes each")
print([string.decode(errors="replace") for string in strings[-9:-1]])

# %% [markdown]
# Losses of different tokenizers compare in bits per byte only, as the lesson on tokens showed. In
# 2026 two programs for training got [the bytes of a token
# wrong](https://github.com/karpathy/nanochat/pull/693).

# %% exercise="per_byte"
from pathkit.modules.capstone.per_byte import per_byte

# %% tags=["nbval-check-output"]
for word in ("logos", "λόγος"):
    halves = [len(bytes([byte]).decode(errors="replace").encode()) for byte in word.encode()]
    print(f"{word}: {len(word)} characters, {len(word.encode())} bytes, and byte by byte decoded "
          f"{sum(halves)}")

# %% [markdown]
# English text hides the bug, because its letters have one byte each. On Greek it makes the score
# three times too good.

# %% [markdown]
# ## A baseline
#
# A number alone is no result. What would a cheap method score? The cheapest good one counts what
# followed the last tokens and trusts long contexts as far as they have been seen.

# %% exercise="blended"
from pathkit.modules.capstone.blended import blended


# %%
def counted(read, n):
    """For each context of up to n - 1 tokens, what followed it in training, and how often."""
    table = {}
    for row in read:
        for i, token in enumerate(row):
            for k in range(min(n, i + 1)):
                follow = table.setdefault(tuple(row[i - k : i]), {})
                follow[token] = follow.get(token, 0) + 1
    return table


# %%
def by_counts(table, n, rows):
    """The chance of each token of each row, after those before it."""
    return [np.array([
        blended([table.get(tuple(row[i - k : i]), {}) for k in range(min(n, i + 1))], V)[token]
        for i, token in enumerate(row)]) for row in rows]


def bits(chances):
    """What each passage costs."""
    return np.array([-np.log2(p).sum() for p in chances])


# %% predict="memory"
path.predict("memory", "b")

# %%
flat = [token for row in unread for token in row]
by_order = {}  # tokens that are looked at -> chances
for n in (1, 2, 3, 4):
    by_order[n] = by_counts(counted(read, n), n, unread)
scores = {n: per_byte(bits(p), flat, strings) for n, p in by_order.items()}
figure, axes = path.figure(figsize=(6, 3))
axes.plot(list(scores), list(scores.values()), "-o")
axes.set(title="Counts gain from two tokens of memory, and no more", xticks=list(scores))
axes.set(xlabel="tokens in a count, the next one included", ylabel="test loss (bits per byte)")
path.show(figure, "Loss of counts in bits per byte by length of the counted run: it falls steeply "
                  "from one token to three, and is no lower with four.")
table = by_order[3]
print({n: round(score, 2) for n, score in scores.items()})

# %% [markdown]
# With four tokens the loss no longer falls, because most runs of four tokens in the test never
# occurred in so short a text. Three tokens it is: this is the number to beat.

# %% [markdown]
# ## Your GPT, predicted
#
# Say what your model will score *before* it is trained. Then nobody can shift the goal, you least
# of all. Four short runs and your `predicted` of the lesson on scaling laws make the forecast.

# %%
path.machine("gpt", T=T, n_embd=n_embd, n_head=n_head, n_layer=n_layer, vocab_size=V)

# %%
GPT, train, windows, Checkpoint = path.mine("gpt.GPT", "gpt.train", "gpt.windows", "gpt.Checkpoint")
predicted = path.mine("scaling-laws.predicted")
stream = torch.tensor([end, *(token for row in read for token in row)])


def fresh(how_many):
    """Model, optimizer, the generator of its batches and the learning rates of a whole run."""
    torch.manual_seed(seed)
    model = GPT(V, T, n_embd, n_head, n_layer)
    with torch.no_grad():
        model.token.weight.mul_(0.5)
        model.position.weight.mul_(0.1)
    rates = [0.01 * min(1, (i + 1) / (0.05 * how_many), (how_many - i) / how_many)
             for i in range(how_many)]
    optimizer = torch.optim.AdamW(model.parameters(), betas=(0.9, 0.99), weight_decay=0.1)
    return model, optimizer, torch.Generator().manual_seed(seed), rates


# %%
def go_on(model, optimizer, generator, rates):
    """Train over these rates, a batch each."""
    drawn = (torch.randint(len(stream) - T - 1, (8,), generator=generator) for _ in rates)
    train(model, optimizer, (windows(stream, starts.tolist(), T) for starts in drawn), rates)


# %%
@torch.no_grad()
def by_gpt(model, rows):
    """The chance of each token of each row; half a window at least stands before a late one."""
    chances = []
    for row in rows:
        x, p = [end, *row[:-1]], []
        for begin in range(0, len(row), T // 2):
            seen = max(0, begin - T // 2)
            rest = torch.tensor(row[begin : begin + T // 2])
            logits = model(torch.tensor([x[seen : begin + T // 2]]))[0, begin - seen :].double()
            p += logits.softmax(-1)[torch.arange(len(rest)), rest].tolist()
        chances.append(np.array(p))
    return chances


def score(chances):
    return per_byte(bits(chances), flat, strings)


# %%
short = np.array([steps // 16, steps // 8, steps // 4, steps // 2])
losses = []
for how_many in short:
    run = fresh(how_many)
    go_on(*run)
    losses.append(score(by_gpt(run[0], unread)))
    print(f"{how_many:>5} steps: {losses[-1]:.2f} bits per byte")
low, middle, high = predicted(short, np.array(losses), 1.0, steps, 2.92)  # 90%, two free numbers
print(f"{steps:>5} steps: {middle:.2f} expected, {low:.2f} to {high:.2f} in 90 of 100 cases")

# %% [markdown]
# That is the forecast. It takes 1 bit per byte as the floor, which nobody knows, so that its lower
# end is a guess. Write your own number down as well:

# %% predict="forecast"
path.predict("forecast", "c")

# %% [markdown]
# ## Train, stop, go on
#
# A long run gets interrupted. Stop halfway, keep your `Checkpoint` of the lesson on GPT, and go on
# with fresh objects.

# %%
model, optimizer, generator, rates = fresh(steps)
go_on(model, optimizer, generator, rates[: steps // 2])
checkpoint = Checkpoint(model, optimizer, generator, steps // 2)
print(f"stopped after {steps // 2} steps, with {score(by_gpt(model, unread)):.2f} bits per byte")
model, optimizer, generator, rates = fresh(steps)
done = checkpoint.restore(model, optimizer, generator)
go_on(model, optimizer, generator, rates[done:])
gpt = by_gpt(model, unread)
print(f"after {steps} steps {score(gpt):.2f}; forecast {low:.2f} to {high:.2f}")

# %%
figure, axes = path.figure(figsize=(6.6, 3.2))
axes.plot(short, losses, "o", label="short runs")
axes.errorbar([steps], [middle], [[middle - low], [high - middle]], fmt="s", capsize=5,
              color=path.PALETTE[1], label="forecast, 90%")
axes.plot([steps], [score(gpt)], "*", ms=14, color=path.PALETTE[2], label="measured")
axes.axhline(scores[3], color=path.PALETTE[3], ls="--", label="counts of three tokens")
axes.set(title="The forecast holds, and the GPT stays above the counts", xscale="log")
axes.set(xlabel="training steps", ylabel="test loss (bits per byte)")
axes.legend(frameon=False)
path.show(figure, "Test loss against training steps: four short runs fall, the measured long run "
                  "lies inside the forecast's interval, and all of them above the dashed line.")

# %% [markdown]
# The forecast leans low, because short runs gain faster than a long one. (Another processor rounds
# in its own way, so that your digits may differ by a few hundredths.)
#
# And your GPT loses. It has attention, a block and gradients, and on 100 kB a table from a page of
# code is better. Is the gap more than luck?

# %% exercise="lead"
from pathkit.modules.capstone.lead import lead

# %%
mixed = [(p + q) / 2 for p, q in zip(gpt, table)]
leads = {who: lead(bits(chances), bits(table), sizes)
         for who, chances in (("GPT", gpt), ("half GPT, half counts", mixed))}
figure, axes = path.figure(figsize=(7, 2.2))
axes.errorbar([d for d, _ in leads.values()], list(leads), xerr=[h for _, h in leads.values()],
              fmt="o", capsize=5)
axes.axvline(0, color=path.PALETTE[3], ls="--", label="counts")
axes.set(title="Alone the GPT loses; together they beat the counts", ylim=(-0.6, 1.6))
axes.set_xlabel("lead over the counts (bits per byte, with 95% intervals)")
axes.legend(frameon=False)
path.show(figure, "Two leads with intervals: the GPT alone lies far left of the counts' line, the "
                  "mean of both a little right of it, and neither interval touches the line.")
for who, (d, half) in leads.items():
    print(f"{who}: {d:+.3f} ± {half:.3f}")

# %% [markdown]
# **What surprised us.** On *Alice* and *Darwin* the counts lead by about a quarter of a bit per
# byte, far beyond luck. On the *Sonnets* it is 0.04, because the counts themselves pay 2.5 bits
# there. Yet the mean of both beats either on all three, which means that the GPT knows something
# that no three tokens can tell. Report both lines, the defeat first.

# %% [markdown]
# ## Let it write, under a rule
#
# In 1939 Ernest Vincent Wright published *Gadsby*, a novel of some 50,000 words without the letter
# e. Forbid tokens, and your model can do it too. But what does a rule cost?

# %% exercise="constrained"
from pathkit.modules.capstone.constrained import constrained


# %%
@torch.no_grad()
def write(forbidden, how_many=60):
    """Tokens drawn under a rule, and the bits that it took."""
    rng, row, paid = np.random.default_rng(seed), [end], 0.0
    allowed = np.array([all(c not in s.lower() for c in forbidden) and 0 < len(s) for s in strings])
    for _ in range(how_many):
        logits = model(torch.tensor([row[-T:]]))[0, -1].double().numpy()
        chances, cost = constrained(logits, allowed)
        row.append(int(rng.choice(V, p=chances)))
        paid += cost
    return b"".join(strings[t] for t in row).decode(errors="replace"), paid / how_many


letters = ["e", "t", "a", "s", "w", "q"]
written = {letter: write(letter.encode()) for letter in letters}
print(write(b"")[0], "\n\nwithout e:", written["e"][0])

# %%
figure, axes = path.figure(figsize=(6, 2.8))
axes.bar(letters, [cost for _, cost in written.values()], color=path.PALETTE[0])
axes.set(title="The rule is always kept, and common letters are dear", xlabel="forbidden letter")
axes.set_ylabel("cost of the rule (bits per token)")
path.show(figure, "Cost of forbidding one letter, in bits per token: highest for e, lower for t, "
                  "a and s, close to nothing for q.")

# %% [markdown]
# The text without e never breaks the rule, because no such token can be drawn. It reads worse than
# the free one: each bit is a choice that the model would have liked and didn't get.

# %% [markdown]
# ## Attack it
#
# Is a passage in the training text? Somebody who only sees your losses may find out: training made
# those passages cheaper. The attack needs no access to weights.

# %% exercise="given_away"
from pathkit.modules.capstone.given_away import given_away

# %% predict="secret"
path.predict("secret", "a")

# %%
lengths = np.array([len(p.encode()) for p in training])
costs = {"GPT": (bits(by_gpt(model, read)) / lengths, bits(gpt) / sizes),
         "counts": (bits(by_counts(counted(read, 3), 3, read)) / lengths, bits(table) / sizes)}
figure, panels = path.figure(1, 2, figsize=(8.6, 3), sharex=True, sharey=True)
for axes, (who, both) in zip(panels, costs.items()):
    for cost, label in zip(both, ("read", "never read")):
        axes.hist(cost, bins=np.linspace(0.2, 4, 39), density=True, alpha=0.6, label=label)
    axes.set(title=f"{who}: right {given_away(*both):.0%} of the time")
    axes.set_xlabel("cost of a passage (bits per byte)")
panels[0].set_ylabel("passages (share per bit)")
panels[0].legend(frameon=False)
figure.suptitle("The better model is the one that keeps no secret", x=0.02, ha="left")
path.show(figure, "Costs of passages that were read and of others. The two heaps overlap for the "
                  "GPT, and lie far apart for the counts.")

# %% [markdown]
# The table gives every passage away, because a passage that was counted is cheap word for word. The
# GPT gives most of them away as well. That is why a model of private letters is itself private.

# %% [markdown]
# ## The card
#
# A **model card** says what a model is, what it was trained on, and what was measured. Its last
# line is a reason against the model, for whoever has to decide.

# %% exercise="reason_against"
from pathkit.modules.capstone.reason_against import reason_against

# %%
gap, half = leads["GPT"]
facts = [  # what, measured, the most that you would accept: change the last column
    ("bits per byte that counts would save", -gap, 0.05),
    ("share of passages that it gives away", given_away(*costs["GPT"]), 0.6),
    ("bits per token that a rule against e takes", written["e"][1], 1.0),
    ("distance from the forecast in bits per byte", abs(score(gpt) - middle), 0.1),
]
card = f"""# A GPT of {about}
size: {sum(p.numel() for p in model.parameters()):,} parameters, {V} tokens, {steps} steps
trained on: {len(training)} passages; tested on {len(test)} others, {sizes.sum():,} bytes
loss: {score(gpt):.2f} bits per byte; forecast before the run {low:.2f} to {high:.2f}
baseline: {scores[3]:.2f} by counts of three tokens; the GPT's lead {gap:+.2f} ± {half:.2f}
attack: read or not is told rightly for {given_away(*costs['GPT']):.0%} of pairs
not measured: facts, bias, harm, any other text
{reason_against(facts)}"""
print(card)

# %% [markdown]
# ## Eight points
#
# A capstone is judged on any text by the same eight points. `pathkit check capstone` scores them,
# and so do `assign` and `grade` for a class:
#
# | point | what is shown |
# | :-- | :-- |
# | `clean` | the text is the author's alone |
# | `parted` | the test was never read |
# | `per_byte` | the unit compares any two models |
# | `blended` | there is a baseline |
# | `lead` | the result has an interval |
# | `constrained` | a rule holds, and has a price |
# | `given_away` | the model was attacked |
# | `reason_against` | the card speaks against the model |
#
# A high loss costs no point. A missing measurement does.

# %% [markdown]
# ## What a stranger should read first
#
# A card ends well with a short list. The guide from which this path grew has 89 links, and 29 of
# them say how difficult they are. Do better: give each link a level and one sentence of judgement.

# %% tags=["nbval-check-output"]
reading = [  # (link or title, level, judgement in one sentence)
    ("Attention Is All You Need", "hard", "Read it after you have built a block."),
    ("nanochat", "hard", ""),
]
for title, level, judgement in reading:
    lacks = [what for what, said in (("level", level), ("judgement", judgement)) if not said]
    print(f"{title}: {'complete' if not lacks else 'no ' + ' and no '.join(lacks)}")

# %% [markdown]
# ## Stretch
#
# 1. **Beat the counts alone.** Without mixing, get the GPT's lead above 0. On Alice's 100 kB we
#    reached -0.24 with 1,000 steps.
# 2. **A better mix.** Seven tenths counts, three tenths GPT: is that ahead of half and half? Choose
#    the share on training passages that you put aside, never on the test.
# 3. **Keep the secret.** Train with fewer steps until the attack is right in less than 60 of 100
#    pairs. What has the loss become? Write both numbers on the card.
