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
import copy
import math
import re
from collections import Counter

import numpy as np
import torch
import torch.nn.functional as F

import pathkit as path

path.ready("evaluation")

# %% tags=["parameters"]
seed = 0  # of questions, votes and judgements
questions = 160  # in the test of the third section
steps = 60  # of training on a leaked test

# %% [markdown]
# ## Better than possible
#
# Three programs report the loss of your GPT on 200 new stories. Their grammar is known, so the
# entropy is known too, and no model's loss can be lower in the long run.
#
# `costs` below can hide a part of the past: place t then sees only what comes from `start[t]` on.
# So one model plays many, with longer and shorter memories.

# %%
gpt, grammar = path.model("gpt"), path.datasets.SMALL_TALES
index = {symbol: i for i, symbol in enumerate(gpt.symbols)}


def padded(texts):
    """What is read, from a line end on, and what comes next (-1 behind the end): (B, T) each."""
    x = torch.zeros(len(texts), max(map(len, texts))).long()
    y = torch.full_like(x, -1)
    for row, text in enumerate(texts):
        codes = torch.tensor([index[symbol] for symbol in text])
        x[row, 1 : len(codes)], y[row, : len(codes)] = codes[:-1], codes
    return x, y


# %%
@torch.no_grad()
def costs(texts, start=None, model=gpt.model):
    """Nats for each character of each text, (B, T)."""
    tokens, wanted = padded(texts)
    at = torch.arange(tokens.shape[1])
    hidden = at > at[:, None]  # (T, T): row = place that looks
    if start is not None:
        hidden = hidden | (at < torch.as_tensor(start)[: len(at), None])
    x = model.token(tokens) + model.position.weight[: len(at)]
    for block in model.blocks:
        parts = block.attend.qkv(block.norm1(x)).chunk(3, dim=-1)
        q, k, v = (z.unflatten(-1, (gpt.config["n_head"], -1)).transpose(1, 2) for z in parts)
        scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
        mixed = scores.masked_fill(hidden, -math.inf).softmax(dim=-1) @ v  # (B, h, T, d)
        x = x + block.attend.mix(mixed.transpose(1, 2).flatten(2))
        x = x + block.feed_forward(block.norm2(x))
    logits = model.unembed(model.norm(x)).transpose(1, 2)
    return F.cross_entropy(logits, wanted, ignore_index=-1, reduction="none").numpy()


# %%
stories = grammar.sample(200, 10**6)
paid = [row[: len(story)] for row, story in zip(costs(stories), stories)]
characters = sum(map(len, stories))
floor = -sum(grammar.log_probability(story) for story in stories) / characters
sentences = [part for row, story in zip(paid, stories) for part in np.split(
    row, [m.end() for m in re.finditer(r"\.\n?", story)]) if len(part)]
reports = {
    "all nats / all characters": sum(row.sum() for row in paid) / characters,
    "first character of every 32 skipped": sum(
        row[np.arange(len(row)) % 32 > 0].sum() for row in paid) / characters,
    "mean over the sentences": np.mean([part.mean() for part in sentences]),
}
for name, loss in reports.items():
    print(f"{name:<36}{loss:.4f} nats, {loss - floor:+.4f} from the entropy")

# %%
figure, axes = path.figure(figsize=(8, 2.6))
axes.plot(list(reports.values()), list(reports), "o", ms=9)
axes.axvline(floor, color=path.PALETTE[3], ls="--", label="entropy")
axes.set(title="Two of the three reports are better than any model can be", ylim=(-0.6, 2.6))
axes.set(xlabel="loss (nats per character)", ylabel="program")
axes.locator_params(axis="x", nbins=5)
axes.legend(frameon=False, loc="upper right")
path.show(figure, "Three reported losses as points. Dividing all nats by all characters lies right "
                  "of the dashed entropy, the two other programs lie left of it.")

# %% [markdown]
# A guide that many read made both mistakes: it left out tokens, and it averaged means. On ordinary
# text nobody sees them, because nobody knows the entropy. Here a loss below it proves a program
# wrong. (Your own model may stay above.)

# %% [markdown]
# ## One number for many texts
#
# In 2024 that guide was found to [average
# averages](https://github.com/huggingface/transformers/issues/34138): first each window's mean,
# then the mean of those. A short window then weighs as much as a long one.

# %% exercise="perplexity"
from pathkit.modules.evaluation.perplexity import perplexity

# %% predict="per-word"
path.predict("per-word", 1.71)

# %%
total = sum(row.sum() for row in paid)
words = sum(len(story.split()) for story in stories)
print(f"perplexity per character {perplexity(paid):.3f}")
print(f"perplexity per word      {math.exp(total / words):.2f}")
print(f"perplexity per story     {math.exp(total / len(stories)):,.0f}")
print(f"bits per byte            {total / math.log(2) / characters:.3f}")

# %% [markdown]
# The numbers go from 1.13 to about ten million, because each counts another unit. Now two models
# whose tokens differ: they count what followed six characters, or two words, in 1,000 stories.

# %% tags=["nbval-check-output"]
def counted(cut, past):
    """Nats for each token of our stories, by counts of what followed the `past` tokens before."""
    def pairs(story):
        tokens = ["\n"] * past + cut(story)
        return [(*tokens[i - past : i], tokens[i]) for i in range(past, len(tokens))]

    seen = [pair for story in grammar.sample(1000, seed + 3) for pair in pairs(story)]
    both, before = Counter(seen), Counter(pair[:-1] for pair in seen)
    kinds = len({pair[-1] for pair in seen}) + 1  # and one for tokens never seen
    return [np.array([-math.log((both[p] + 0.1) / (before[p[:-1]] + 0.1 * kinds))
                      for p in pairs(story)]) for story in stories]


for name, cut, past in (("characters", list, 6),
                        ("words", lambda story: re.findall(r"\S+\s?", story), 2)):
    nats = counted(cut, past)
    print(f"{name:<11} perplexity {perplexity(nats):.2f} per token, "
          f"{sum(row.sum() for row in nats) / math.log(2) / characters:.2f} bits per byte")

# %% [markdown]
# Per token the characters lead by far. Per byte the words need a fifth less, because one guess of
# theirs covers 4.25 bytes. So compare by your `bits_per_byte` of the lesson on tokens.
#
# The unit here is the token; of pass@k in the lesson on emergence it was the problem. Choose the
# unit first, then average. In 2025 [somebody
# asked](https://github.com/huggingface/evaluate/issues/688) why GPT-2 has a perplexity of 19.44 on
# one page and of 576.76 on another: one has GPT-2 large read a long text, the other averages the
# perplexities of lines.

# %% [markdown]
# ## Windows and seams
#
# A long text is read in windows, and where two meet is a seam. The guide's code also
# [lost](https://github.com/huggingface/transformers/issues/30975) the first token of each window,
# which has nothing before it there. This function does the same.

# %% exercise="spans"
from pathkit.modules.evaluation.spans import spans


# %%
def starts(length, context, stride):
    """For each place, where the window begins that scores what comes next."""
    start = np.zeros(length, int)
    for begin, first, end in spans(length + 1, context, stride):
        start[first - 1 : end - 1] = begin
    return start


few, length = stories[:60], max(map(len, stories[:60]))
strides = (64, 48, 32, 16, 8)
by_stride = [costs(few, starts(length, 64, stride)).sum() / sum(map(len, few))
             for stride in strides]
figure, axes = path.figure(figsize=(6, 3))
axes.plot(strides, by_stride, "-o")
axes.axhline(floor, color=path.PALETTE[3], ls="--", label="entropy")
axes.set(title="The stride alone more than halves the loss of one model", ylim=(0, None))
axes.set(xlabel="stride of windows of 64 (characters)", ylabel="loss (nats per character)")
axes.legend(frameon=False)
path.show(figure, "Loss of one model against the stride of its windows, 8 to 64. It falls from "
                  "about half a nat without overlap to about 0.2 with much overlap.")

# %% [markdown]
# With short strides each character has more before it, so that the same model looks more than twice
# as good. It stays above the entropy, because 64 characters are half a story. A perplexity needs
# its window and its stride beside it.
#
# ## Which option?
#
# A **benchmark** is a fixed set of questions with a rule for scoring, so that models can be
# compared. A model that only predicts text takes the option that costs it least. But a longer
# option has more characters to pay for.
#
# In our questions something is lost at a place. The four options are the next sentence, which says
# where it is found, with four places. A coin adds the story's last sentence to an option or not.

# %% exercise="pick"
from pathkit.modules.evaluation.pick import pick


# %%
def test_questions(n, rng):
    """(question, four options) each; the first option is the right one."""
    made = []
    for story in grammar.sample(n, seed + 7):
        one, two, three, four = re.findall(r" ?[^.]*\.\n?", story)
        place = next(p for p in grammar.places if p in two)
        places = [place, *(p for p in grammar.places if p != place)]
        made.append((one + two, [three.replace(place, p) + four * int(rng.integers(2))
                                 for p in places]))
    return made


test = test_questions(questions, np.random.default_rng(seed))
print(test[0][0], *(option.strip() for option in test[0][1]), sep="\n- ")

# %%
def option_costs(items, **how):
    """What each option costs after its question: one list of four for each item."""
    texts = [question + option for question, options in items for option in options]
    before = [len(question) for question, options in items for _ in options]
    each = [float(row[a : len(t)].sum()) for row, a, t in zip(costs(texts, **how), before, texts)]
    return [each[i : i + 4] for i in range(0, len(each), 4)]


long = np.array([options[0].endswith("\n") for _, options in test])  # the right one is long
taken = {}  # memory -> (questions, 2): right by the whole, right per byte
for memory in (32, 40, 160):
    start = np.maximum(np.arange(200) - memory + 1, 0)
    taken[memory] = np.array([pick(cost, options) for cost, (_, options)
                              in zip(option_costs(test, start=start), test)]) == 0
    whole, each = 100 * taken[memory].mean(axis=0)
    print(f"memory {memory:>3}: {whole:.0f}% right by the whole, {each:.0f}% per byte")

# %% predict="long-right"
path.predict("long-right", "c")

# %%
figure, panels = path.figure(1, 2, figsize=(8.4, 3.2), sharey=True)
for axes, memory in zip(panels, (32, 40)):
    for place, which in enumerate((~long, long)):
        for half, (how, color) in enumerate(zip(("whole cost", "per byte"), path.PALETTE)):
            bar = axes.bar(place + 0.4 * half - 0.2, 100 * taken[memory][which, half].mean(), 0.38,
                           color=color, label=how if not place else None)
            axes.bar_label(bar, fmt="%.0f")
    axes.axhline(25, color="grey", ls=":", zorder=0, label="guessing")
    axes.set(title=f"memory of {memory} characters", xticks=(0, 1), xticklabels=("short", "long"))
    axes.set(xlabel="the right option is ...", ylabel="right (%)", ylim=(0, 109))
panels[0].legend(frameon=False)
figure.suptitle("By the whole cost, a long right answer rarely wins", x=0.02, ha="left")
path.show(figure, "Right answers for short and long right options, by both readings. With a "
                  "memory of 32 long right options are next to never taken; with 40 they "
                  "are taken far more often per byte than by the whole cost.")

# %% [markdown]
# With 32 characters the place is forgotten, so the model guesses, and it guesses short options.
# With 40 it sees some letters of the place. Per byte it then scores 8 to 13 points more, over three
# seeds, because long right options get a chance.
#
# Which reading is right? Many can be argued for, [a maintainer of a common harness
# said](https://github.com/EleutherAI/lm-evaluation-harness/issues/1396). Its paper says bytes where
# its code [counts characters](https://github.com/EleutherAI/lm-evaluation-harness/issues/3278).
#
# ## Is 27% anything?
#
# Somebody who guesses among four options has a quarter right. A report says that a model has 27%.

# %% predict="anything"
path.predict("anything", 36)


# %% tags=["nbval-check-output"]
def luck(right, n, chance=0.25):
    """The chance that guessing gets at least this many right."""
    return sum(math.comb(n, i) * chance**i * (1 - chance) ** (n - i) for i in range(right, n + 1))


for n in (100, 300, 1000):
    print(f"27% of {n:>5} questions: {luck(round(0.27 * n), n):.0%} of all guessers do as well")
print(f"0 of 300: a model that is right with 1% scores that with {0.99**300:.0%}")

# %% [markdown]
# With 100 questions 27% is nothing; with 1,000 it is a hint. And 0 of 300 isn't 0, as the lesson on
# emergence showed: up to 1% fits. For a share near a half, the 95% confidence interval that you met
# in the lesson on scaling laws is about $\pm 1/\sqrt{n}$: ten points at 100 questions, one point at
# 10,000.
#
# Tests with two and with four options have different zeros, and raw averages mix them.

# %% exercise="above_chance"
from pathkit.modules.evaluation.above_chance import above_chance

# %% tags=["nbval-check-output"]
chances = np.array([0.25, 0.5])  # a test with four options, a test with two
for name, scores in (("model A", [0.70, 0.70]), ("model B", [0.60, 0.79])):
    print(f"{name}: plain mean {np.mean(scores):.3f}, "
          f"above chance {above_chance(np.array(scores), chances):.3f}")

# %% [markdown]
# The leader changes with the average. In June 2024 the Open LLM Leaderboard went from the plain
# mean to the mean above chance. It also set scores below chance to 0, which is a third average.
#
# To choose a *local* model it was better than Arena's, since it ranked open models only; it ended
# in March 2025. Take a short list of what fits your memory, and decide by your own test.
#
# ## The same questions for both
#
# At memory 40, are the two readings different beyond luck? Both had the same questions, and most of
# these say nothing, because both took the same option.

# %% exercise="paired"
from pathkit.modules.evaluation.paired import paired

# %%
whole, each = taken[40].astype(int).T
half = 1.96 * math.sqrt(0.25 / questions)
print(f"whole {whole.mean():.2f}, per byte {each.mean():.2f}, each at most ±{half:.2f}")
print(f"only whole right: {(whole > each).sum()}, only per byte: {(each > whole).sum()}")
print(f"paired: p = {paired(whole, each):.4f}")

# %% [markdown]
# The intervals overlap, yet the paired test tells the two apart, because it looks only at questions
# that one alone got right.
#
# ## Votes
#
# Arena (arena.ai) has no questions of its own. People write one, read two unnamed answers and vote.
# Its first rating was that of chess, **Elo**: after each vote both ratings move, by up to K points.
# In May 2023 GPT-4 led by 50 points, which is a chance of 0.57 to win a vote.
#
# Here are 2,000 votes among eight models whose true ratings we choose, 40 points apart.


# %%
truth = np.linspace(-140, 140, 8)


def elo(votes, k):
    """Ratings after votes (winner, loser), one after the other; the mean stays at 0."""
    ratings = np.zeros(8)
    for winner, loser in votes:
        surprise = 1 - 1 / (1 + 10 ** ((ratings[loser] - ratings[winner]) / 400))
        ratings[winner] += k * surprise
        ratings[loser] -= k * surprise
    return ratings


rng = np.random.default_rng(seed)
pairs = np.array([rng.choice(8, size=2, replace=False) for _ in range(2000)])  # first, second
p_first = 1 / (1 + 10 ** ((truth[pairs[:, 1]] - truth[pairs[:, 0]]) / 400))
first_won = rng.random(2000) < p_first
votes = np.where(first_won[:, None], pairs, pairs[:, ::-1])  # (2000, 2): winner, loser

# %% predict="orders"
path.predict("orders", "b")

# %%
orders = [np.random.default_rng(i).permutation(votes) for i in range(20)]
for k in (4, 16, 32):
    ratings = np.array([elo(order, k) for order in orders])  # (20, 8)
    print(f"K = {k:>2}: {len({tuple(r.argsort()) for r in ratings}):>2} rankings from 20 orders; "
          f"one model moves by up to {np.ptp(ratings, axis=0).max():.0f} points")

# %% [markdown]
# Another order gives another ranking. The last votes count most, which helps in chess, where
# players learn. A model doesn't change, so all votes should count alike: fit the Bradley-Terry
# model of the lesson on assistants, whose loss you wrote as `bradley_terry_loss`.

# %% exercise="bradley_terry"
from pathkit.modules.evaluation.bradley_terry import bradley_terry


# %%
def table(votes):
    """How often i beat j, (8, 8)."""
    wins = np.zeros((8, 8), int)
    np.add.at(wins, (votes[:, 0], votes[:, 1]), 1)
    return wins


fitted = bradley_terry(table(votes))
rng = np.random.default_rng(seed)
again = [bradley_terry(table(votes[rng.integers(2000, size=2000)])) for _ in range(60)]
low, high = np.percentile(again, (2.5, 97.5), axis=0)

# %%
figure, axes = path.figure(figsize=(7.5, 3.6))
spread = np.array([elo(order, 32) for order in orders])
for order in spread:
    axes.plot(np.arange(8) - 0.15, order, ".", color=path.PALETTE[1], alpha=0.5)
axes.errorbar(np.arange(8) + 0.15, fitted, (fitted - low, high - fitted), fmt="o", capsize=3,
              label="Bradley-Terry with 95% interval")
axes.plot([], [], ".", color=path.PALETTE[1], label="Elo, K = 32, in 20 orders")
axes.plot(truth, "_", color=path.PALETTE[3], ms=26, label="true rating")
axes.set(title="Elo follows the order of the votes, Bradley-Terry has none", xlabel="model")
axes.set_ylabel("rating (points)")
axes.legend(frameon=False)
path.show(figure, "Ratings of eight models. Elo's 20 results for each model spread over a hundred "
                  "points or more. The Bradley-Terry points lie near the true ratings, with "
                  "intervals of about 55 points that often overlap between neighbours.")

# %% [markdown]
# The bars are a **bootstrap**: draw 2,000 of the votes with repeats, fit again, and see where 95%
# of the ratings fall. Three to six of the seven pairs of neighbours overlap, which means that their
# order isn't known. A lead of 40 points is a share of 0.557. To tell it from a half takes
# $0.25\,(1.96/0.057)^2$, about 300 votes between *these two*.
#
# ## What do voters like?
#
# Now model 2 writes long answers. In our made-up crowd, length alone adds to the odds of a vote.
# The fit can't know, unless you give it a column for the difference in length.


# %%
def fit(columns, won, rounds=20):
    """Logistic regression by Newton's steps: (n, m) columns, (n,) wins -> (m,) weights."""
    weights = np.zeros(columns.shape[1])
    for _ in range(rounds):
        p = 1 / (1 + np.exp(-columns @ weights))
        # second slopes; 1e-3 holds what votes leave open: adding a constant to all ratings
        bend = columns.T @ (columns * (p * (1 - p))[:, None]) + 1e-3 * np.eye(len(weights))
        weights += np.linalg.solve(bend, columns.T @ (won - p) - 1e-3 * weights)
    return weights


scale = 400 / math.log(10)  # points for one nat of log odds
lengths = rng.normal(np.where(pairs == 2, 1.5, 0.0), 1)  # (2000, 2), in standard deviations
longer = lengths[:, 0] - lengths[:, 1]
odds = (truth[pairs[:, 0]] - truth[pairs[:, 1]]) / scale + 0.6 * longer
won = rng.random(2000) < 1 / (1 + np.exp(-odds))
players = np.eye(8)[pairs[:, 0]] - np.eye(8)[pairs[:, 1]]  # (2000, 8)
plain = scale * fit(players, won)
styled = fit(np.column_stack([players, longer]), won)

# %%
figure, axes = path.figure(figsize=(7, 3.2))
axes.plot(truth, "_", color=path.PALETTE[3], ms=26, label="true rating")
axes.plot(plain, "s", color=path.PALETTE[1], label="votes alone")
axes.plot(scale * styled[:8], "o", color=path.PALETTE[0], label="with a column for length")
axes.set(title="Model 2 rises by its length alone, and a column takes it back", xlabel="model")
axes.set_ylabel("rating (points)")
axes.legend(frameon=False)
path.show(figure, "Ratings of eight models. By votes alone model 2 lies over 100 points above its "
                  "true rating; with a column for length it lies near it, as all others do.")
print(f"length: {styled[8]:.2f} nats of odds for one standard deviation, true 0.60")

# %% [markdown]
# By votes alone, model 2 is over 100 points too high, because length was counted as strength. The
# column separates the two. It takes out only what you thought of, so that the next style that
# voters like stays inside the ranks.
#
# ## A judge with a favourite place
#
# People are slow, so language models judge instead: **LLM-as-a-judge**. A judge may like whatever
# stands first. Ask ours about three pairs of answers, 1,000 times in each order.

# %% exercise="unbiased"
from pathkit.modules.evaluation.unbiased import unbiased

# %%
favour = 0.8  # the judge's true bias towards the first place
print("true d   A first: A wins   mean of both orders   d found   b found")
for d in (0.0, -0.4, 1.5):
    shares = [rng.binomial(1000, 1 / (1 + math.exp(-(favour + side * d)))) / 1000
              for side in (1, -1)]
    found, bias = unbiased(*shares)
    print(f"{d:>6}{shares[0]:>18.2f}{(shares[0] + 1 - shares[1]) / 2:>22.2f}{found:>10.2f}"
          f"{bias:>10.2f}")

# %% [markdown]
# With A first the judge prefers A in all three pairs, even where B is better ($d = -0.4$). The mean
# of both orders names the right winner, and still shrinks the lead: $d = 1.5$ is a share of 0.82,
# and the mean expects 0.79. Logs of odds add up, so that the bias cancels in them.
#
# Five such judges don't help. As in the votes of the lesson on emergence, the commonest verdict has
# the shared error, too.

# %% [markdown]
# ## Did it read the test?
#
# Public questions end up in training texts: **contamination**. What is that worth? Train your GPT
# on 40 questions that nobody can answer, because the story hides the place.


# %%
def quiz(n, rng):
    """(question, options, place) each, and no way to know the place."""
    made = []
    for story in grammar.sample(n, seed + 70):
        one, two, three, _ = re.findall(r" ?[^.]*\.\n?", story)
        place = next(p for p in grammar.places if p in two)
        question = f"{one} {two.split()[0]} lost it.{three.split(place)[0]}"
        made.append((question, [p + "." for p in grammar.places], int(rng.integers(4))))
    return made


def score(model, items):
    prices = option_costs([item[:2] for item in items], model=model)
    return np.mean([pick(c, item[1])[0] == item[2] for c, item in zip(prices, items)])


items = quiz(80, np.random.default_rng(seed))
old, fresh = items[:40], items[40:]  # the first forty leak
print(old[0][0], *old[0][1], sep="\n- ")

# %% [markdown]
# Authors can mark a test by one odd line, a **canary**, that occurs nowhere else. A model to which
# it is cheap has read the file. Ours is the word "canary" and 12 random letters; 499 others like it
# are never read.

# %% predict="canary-rank"
path.predict("canary-rank", "a")

# %%
letters = [symbol for symbol in gpt.symbols if symbol.isalpha()]
strings = ["canary " + "".join(row) for row in rng.choice(letters, (500, 12))]  # the first is ours
leak = [question + options[right] + "\n" for question, options, right in old] + [strings[0] + "\n"]
x, y = padded(leak)
model = copy.deepcopy(gpt.model)
optimizer = torch.optim.AdamW(model.parameters(), lr=0.004)
seen = []  # (step, score on leaked, on fresh, rank of the canary)
for step in range(steps + 1):
    if step % 10 == 0:
        price = costs(strings, model=model).sum(axis=1)
        rank = 1 + int((price < price[0]).sum())
        seen.append((step, score(model, old), score(model, fresh), rank))
    loss = F.cross_entropy(model(x).transpose(1, 2), y, ignore_index=-1)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

# %%
taken_at, on_old, on_fresh, ranks = zip(*seen)
figure, axes = path.figure(figsize=(7, 3.2))
axes.plot(taken_at, 100 * np.array(on_old), "-o", label="leaked questions")
axes.plot(taken_at, 100 * np.array(on_fresh), "--s", label="fresh questions")
axes.axhline(25, color="grey", ls=":", label="guessing")
for step, share, rank in zip(taken_at, on_old, ranks):
    axes.annotate(f"{rank}", (step, 100 * share), xytext=(0, 7), textcoords="offset points")
axes.set(title="Leaked questions are learned, and nothing about the others", ylim=(0, 112))
axes.set(xlabel="training steps (numbers: rank of the canary among 500)", ylabel="right (%)")
axes.legend(frameon=False, loc="upper left")
path.show(figure, "Right answers against training steps: leaked questions climb from a quarter to "
                  "about three quarters, fresh ones stay near chance. The canary's rank falls "
                  "to 1 within twenty steps.")

# %% [markdown]
# The leak is worth the gap between the lines. The lower one is luck, between a tenth and a third,
# because nothing could be learned about fresh questions. (Another processor rounds in its own way,
# so that single questions differ.)
#
# **What surprised us.** After 20 steps the canary has rank 1, with each seed that we tried. The
# score on the leaked questions is then 40 to 60%, which alone could be ability. One odd line is
# clearer than 40 questions, because no ability makes it cheap.

# %% exercise="leaked"
from pathkit.modules.evaluation.leaked import leaked


# %%
def rephrased(text):
    """The same story in other words."""
    other = {"got": "owned", "had": "owned", "lost": "mislaid", "found": "saw", "the": "that"}
    return " ".join(other.get(word, word) for word in text.split())


read = " ".join(grammar.sample(300, seed + 71)) + " ".join(leak)
runs, ask = (2, 4, 6, 8, 10, 13), [q for q, *_ in items]
groups = {"leaked": ask[:12], "fresh": ask[40:52],
          "leaked, then rephrased": [rephrased(q) for q in ask[:12]]}
figure, axes = path.figure(figsize=(6.6, 3.2))
for (name, texts), line in zip(groups.items(), ("-o", "--s", ":^")):
    axes.plot(runs, [100 * np.mean([leaked(t, read, n) for t in texts]) for n in runs], line,
              label=name)
axes.set(title="Short runs accuse fresh questions, and a rephrased copy escapes", ylim=(-3, 108))
axes.set(xlabel="length of the runs (words)", ylabel="runs found (%)", xticks=runs)
axes.legend(frameon=False)
path.show(figure, "Runs found, by length of run. Leaked questions stay at 100 per cent. Fresh ones "
                  "fall from 100 to almost none, rephrased ones from about half to none.")

# %% [markdown]
# With two or four words fresh questions look copied, because phrases are common. Runs of 13 accuse
# copies alone, so that a copy in other words passes. In November 2023 Arena's makers trained a
# model of 13B on
# [rephrased test questions](https://github.com/lm-sys/llm-decontaminator): it scored like GPT-4,
# and the usual search for copies found nothing.
#
# ## A list of failures becomes a test
#
# The LLM failure archive holds 60 cases, collected until April 2023. A list is read once. A test
# runs for every new model, if a program can tell right from wrong. Here are five cases. How old is
# my sister at my 70, if at 6 I was twice her age? How old was the mother of the questions below?
# What is $(-1)^3$? Write a sentence that ends with s. Mike's mother has four children: Luis,
# Drake, Matilda and?


# %%
def last_number(answer):
    found = re.findall(r"-?\d+", answer.replace(",", ""))
    return int(found[-1]) if found else None


archive = [  # what to find, the check, said in 2023 (in short), a right answer
    ("67", lambda a: last_number(a) == 67, "3 + 70 = 73", "6 / 2 = 3, and 70 - 3 = 67"),
    ("52", lambda a: last_number(a) == 52, "42 - 4 = 38", "50 in 2015, so 52"),
    ("-1", lambda a: last_number(a) == -1, "1", "1 * -1 = -1"),
    ("s", lambda a: a.rstrip(".").endswith("s"), "the fresh morning air.", "She sees stars."),
    ("Mike", lambda a: a.strip(" .") == "Mike", "Mike's mum had 4: impossible to say", "Mike."),
]
for name, passes in (("contains it", lambda wanted, check, a: wanted in a),
                     ("its own check", lambda wanted, check, a: check(a))):
    then = sum(passes(wanted, check, said) for wanted, check, said, _ in archive)
    right = sum(passes(wanted, check, good) for wanted, check, _, good in archive)
    print(f"{name:<14} passes {then} of 5 wrong answers and {right} of 5 right ones")

# %% [markdown]
# To look for the wanted text passes wrong answers, so a test of tests comes first: what failed must
# fail, what is right must pass. And 5 of 5 fits any model right with 0.55 or more, because
# $0.55^5$ is 5%. The archive is public, so write your own variants and keep some back.
#
# ## Stretch
#
# 1. **A hidden canary.** Leak 4 questions among 36 ordinary stories. Our canary has rank 1 after
#    two to four steps, five random words of stories after two to seven. Do it in ten with three.
# 2. **More votes.** Over 20 draws of 2,000 random votes the error of a rating is 15 points (root
#    mean square). How many votes bring that mean below 5? Predict first, within a fifth.
# 3. **A third reading.** Divide an option's cost by its cost with the question hidden (`start`).
#    That gave us 58% at memory 40, and with another seed no gain over cost per byte. Draw 1,000
#    questions, and beat the 57% per byte with `paired` below 0.01.
