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

import numpy as np
import torch
import torch.nn.functional as F

import pathkit as path
from pathkit.exercises.gpt import GPT

path.ready("minds")

# %% tags=["parameters"]
seeds = (0, 1, 2)  # of the models
steps = 200  # of training for each language

# %% [markdown]
# ## Which step can be measured?
#
# Seven essays argue about what language models are. Most readers take a side by its tone. This
# lesson takes each argument apart until one step can be measured, then measures two of them.
#
# An **argument map** lists claims and the arguments for each. Here are four, in the strongest form
# that we could find. Would the authors sign them? Where you think not, change the map first.

# %%
maps = {  # by Chomsky and others; Borretti; Janus; what Togelius attacks
    "false promise": {
        "explains no language": [["learns any pattern alike", "theories must exclude"]],
        "not as people learn": [["explains no language"], ["needs far more data"]],
    },
    "it understands": {
        "no table": [["more texts than rows", "handles new texts"]],
        "abstracts": [["no table", "small for its loss"]],
        "understands": [["abstracts", "to abstract is to understand"]],
    },
    "simulators": {
        "plays parts": [["infers who speaks", "continues as inferred"]],
        "goals belong to parts": [["plays parts", "one model, many goals"]],
        "assistant is a part": [["plays parts", "gives way to evidence"]],
    },
    "risk, as the parody has it": {
        "one scale of minds": [["skills rise together"]],
        "leaves us behind": [["one scale of minds", "the scale has no end"]],
        "a danger to all": [["leaves us behind", "wants what harms us"]]}}

# %% [markdown]
# Read the first map from the right. If a learner takes to *any* pattern alike, and a theory of
# language must *exclude* some, then the learner explains no language. The second claim has two
# arguments. Either alone would carry it.

# %% exercise="fallen"
from pathkit.modules.minds.fallen import fallen

# %% predict="survives"
path.predict("survives", "b")

# %% tags=["nbval-check-output"]
measured = {
    "false promise": "learns any pattern alike",
    "it understands": "more texts than rows",
    "simulators": "gives way to evidence",
    "risk, as the parody has it": "skills rise together",
}
for name, claims in maps.items():
    gone = fallen(claims, [measured[name]]) - {measured[name]}
    print(f"{name}: without '{measured[name]}'\n    {len(gone)} of {len(claims)} fall:",
          ", ".join(sorted(gone)))


# %%
def draw(axes, claims, refuted):
    """Reasons on the left, what rests on them to the right; fallen claims in orange."""
    level = {r: 0 for arguments in claims.values() for a in arguments for r in a}
    for claim, arguments in claims.items():
        level[claim] = 1 + max(level[r] for a in arguments for r in a)
    rows = {}
    place = {c: (x, rows.setdefault(x, []).append(c) or len(rows[x])) for c, x in level.items()}
    down = fallen(claims, [refuted])
    for claim, arguments in claims.items():
        for i, argument in enumerate(arguments):
            for reason in argument:
                axes.annotate("", place[claim], place[reason], arrowprops={
                    "arrowstyle": "->", "ls": ("-", "--")[i], "shrinkA": 34, "shrinkB": 34})
    for claim, (x, y) in place.items():
        color = path.PALETTE[1 if claim in down else 0]
        axes.text(x, y, claim.replace(" ", "\n", 2), ha="center", va="center", fontsize=8,
                  bbox={"boxstyle": "round", "fc": "white", "ec": color, "lw": 2}, color="black")
    axes.set(xlim=(-0.5, max(level.values()) + 0.5), ylim=(max(map(len, rows.values())) + 0.7, 0.3))


# %%
figure, panels = path.figure(1, 2, figsize=(10, 4.2))
for axes, name in zip(panels, ("false promise", "it understands")):
    draw(axes, maps[name], measured[name])
    axes.set(title=name, xlabel="arguments between a reason and the claim", ylabel="")
    axes.set(xticks=range(1 + int(axes.get_xlim()[1])), yticks=[])
figure.suptitle("One refuted reason (orange, left) brings down one claim, or all three")
path.show(figure, "Two argument maps. In the first, a refuted reason brings down one of two "
                  "claims, since the other has a second argument, drawn dashed. In the second "
                  "all three claims fall.")

# %% [markdown]
# Only the first map has a second support. So a measurement is worth what the map hangs on it.
#
# ## A table that can't exist
#
# Borretti's step is a count. A program that looks up its answers needs a row for each text.

# %% exercise="table_fails_at"
from pathkit.modules.minds.table_fails_at import table_fails_at

# %% tags=["nbval-check-output"]
print("tokens of GPT-2:", table_fails_at(50257, 10**80))
print("letters and a space:", table_fails_at(27, 10**80))
print("bits:", table_fails_at(2, 10**80))

# %% [markdown]
# 18 tokens already have more sequences than there are atoms in the visible universe, by the usual
# estimate of $10^{80}$. So the step holds. Does it carry the claim?

# %% [markdown]
# Your bigram had 729 cells, gave each string a probability, and understood nothing. What repairs
# the step is *small for its loss*: few numbers, and few nats on texts that nobody has stored.
#
# Here are the tales of the lesson on GPT, as words:

# %%
def words_of(story):
    return re.findall("[a-z]+|[.]", story)


tales = path.datasets.SMALL_TALES
training = [words_of(story) for story in tales.sample(3000, 0)]
held_out = [words_of(story) for story in tales.sample(200, 10**6)]
print(" ".join(training[0]))

# %% predict="stored"
path.predict("stored", 0)

# %% tags=["nbval-check-output"]
stored = {tuple(story) for story in training}
print(sum(tuple(story) in stored for story in held_out), "of 200 held-out stories are in the table")

# %% [markdown]
# The table answers one of 200, because the grammar has millions. GPT-3's authors made this check on
# sums: of 2,000 additions of three digits, 17 stood in the training data, so memory of those can't
# explain 80% right.

# %% [markdown]
# Nine philosophers judged that model in 2020. Two of them would bet differently on what such a
# check shows. Chalmers sees hints of general intelligence in what it does. For Vallor,
# understanding is a labour kept up over time, which no single answer shows. A loss can't decide
# between them, because they disagree about the last reason of the map, and that one is no
# measurement.
#
# The field's question behind it is **grounding**: must words be tied to the world before they mean
# anything, or does their use in texts suffice?

# %% [markdown]
# ## One source, four languages
#
# The essay of Chomsky, Roberts and Watumull holds one experiment: can a learner take to an
# **impossible language** as it does to English? Such a language has rules that no human grammar
# has.
#
# Take each story and change only the order of its words: backwards; first the words at even places,
# then the odd ones; or by one fixed shuffle for each length.

# %%
rng = np.random.default_rng(0)
shuffles = {length: rng.permutation(length) for length in range(200)}
languages = {
    "natural": lambda story: story,
    "reversed": lambda story: story[::-1],
    "counted": lambda story: story[::2] + story[1::2],
    "shuffled": lambda story: [story[i] for i in shuffles[len(story)]],
}
for name, order in languages.items():
    print(f"{name:<9}", " ".join(order(training[0])[:13]))

# %% exercise="restored"
from pathkit.modules.minds.restored import restored

# %% tags=["nbval-check-output"]
counted = [languages["counted"](story) for story in training]
print("all stories restored:", all(restored(c) == s for c, s in zip(counted, training)))
floor = tales.nats_per_character() * tales.mean_length()
print(f"floor of each language: {floor:.2f} nats a story")

# %% [markdown]
# Each of the four can be undone, so that each story keeps its probability. The entropy of a story,
# 16.21 nats, is then the floor of all four languages at once. What a model pays above it is its own
# trouble with the order.
#
# Score whole stories. A real evaluation (`ml-explore/mlx-lm`, pull request 1855) charged every text
# that wasn't the longest of its batch for one place of padding.

# %% exercise="gap"
from pathkit.modules.minds.gap import gap

# %%
vocabulary = ["<end>", *sorted({word for story in training for word in story})]
number = {word: i for i, word in enumerate(vocabulary)}
T = 1 + max(map(len, training + held_out))


def tensors(stories):
    """Inputs and targets, (stories, T); -1 behind the end, where no loss is counted."""
    x, y = torch.zeros(len(stories), T).long(), torch.full((len(stories), T), -1)
    for row, story in enumerate(stories):
        codes = torch.tensor([number[word] for word in story] + [0])
        x[row, 1 : len(codes)], y[row, : len(codes)] = codes[:-1], codes
    return x, y


# %%
def learn(model, batches, rates):
    """Next-word training, as in the lesson on GPT, with targets of -1 left out."""
    optimizer = torch.optim.AdamW(model.parameters(), betas=(0.9, 0.99), fused=True)
    for (x, y), rate in zip(batches, rates):
        optimizer.param_groups[0]["lr"] = rate
        loss = F.cross_entropy(model(x).flatten(0, 1), y.flatten(), ignore_index=-1)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model


def rise_and_fall(peak, n):
    return [peak * min((i + 1) / (0.05 * n), (n - i) / n) for i in range(n)]


# %%
def gap_of(name, seed):
    """A GPT learns one of the languages; its gap on the held-out stories, in nats a story."""
    torch.manual_seed(seed)  # one start and one order of batches for all languages
    model = GPT(len(vocabulary), T, 32, 4, 2)  # width 32, 4 heads, 2 blocks
    model.position.weight.data *= 0.3
    x, y = tensors([languages[name](story) for story in training])
    chosen = torch.randint(len(x), (steps, 16))
    learn(model, ((x[rows], y[rows]) for rows in chosen), rise_and_fall(0.01, steps))
    x, y = tensors([languages[name](story) for story in held_out])
    with torch.no_grad():
        losses = F.cross_entropy(model(x).transpose(1, 2), y, ignore_index=-1, reduction="none")
    return gap(losses.double().numpy(), (y >= 0).sum(1).numpy(), floor)


gaps = {name: [gap_of(name, seeds[0])] for name in languages}
for name, row in gaps.items():
    print(f"{name:<9} {row[0]:5.1f} nats a story above the floor")

# %% [markdown]
# With this seed the natural order beats the reversed one by about 1.4 nats. Stop here, and the
# headline is "model prefers natural language".
#
# Write down what will count before you run other seeds. A later rule can be made to fit.

# %% exercise="verdict"
from pathkit.modules.minds.verdict import verdict

# %% predict="other-seeds"
path.predict("other-seeds", "c")

# %%
for name, row in gaps.items():
    row += [gap_of(name, seed) for seed in seeds[1:]]
    print(f"{name:<9}", "  ".join(f"{g:5.1f}" for g in row))
for other in list(languages)[1:]:
    says = verdict(gaps["natural"], gaps[other], 0.5)
    print(f"natural or {other}:", {"a": "natural", "b": other}.get(says, says))

figure, axes = path.figure(figsize=(7.5, 3))
for i, (seed, marker) in enumerate(zip(seeds, "os^")):
    axes.plot([row[i] for row in gaps.values()], list(gaps), marker, label=f"seed {seed}", ms=8)
axes.set(title="Natural and reversed overlap; counting costs, shuffling costs most")
axes.set(xlabel="above the exact floor (nats a story)", xlim=(0, None))
axes.invert_yaxis()
axes.legend(frameon=False)
path.show(figure, "Gaps of four languages at three seeds. Natural and reversed overlap near 5 to 7 "
                  "nats, counted stands near 8.5, shuffled near 18 to 20.")

# %% [markdown]
# Natural against reversed is undecided, because seeds differ by as much as the two languages do.
# Undecided isn't equal: over six seeds the natural order led by half a nat on average, and at three
# of the six not at all.

# %% [markdown]
# The counted order costs 2 to 4 nats more at each seed, the shuffled one 12 or more. A processor
# that rounds otherwise may move a gap by some tenths.
#
# Now be fair. The essay may point to the second row: no human language is English reversed, and
# this learner hardly minds. Its critics may point to the others: the learner is *not* indifferent,
# which refutes "any pattern alike". And the essay may answer that all are learned, a shuffle to
# within 20 nats of a floor that an untrained model misses by more than 100.

# %% [markdown]
# Larger studies disagree, too. Kallini and others found English easier for GPT-2 small than altered
# English; Ziv and others, with more languages, mostly found no difference. The models that the
# first paper's authors released are those of one seed
# (`jkallini/mission-impossible-language-models`, issue 1).
#
# What no row touches is the dashed arrow, the **poverty of the stimulus**: children need far less
# data. Each model here read 3,200 stories about lost things, and speaks of nothing else.

# %% [markdown]
# ## Who is speaking?
#
# The simulator idea says: a model of text isn't a character. It holds many, and infers who speaks.
# **Bayes' rule** says how an ideal one would: multiply each character's probability by the chance
# that it gives to the word heard, then divide by the sum. From 1/2 and 1/2, a word of the chances
# 0.8 and 0.4 makes 2/3 and 1/3.
#
# Three animals of the tales speak in seven words, each with habits of its own.

# %%
animals, said = ["owl", "fox", "goat"], ["yes", "please", "maybe", "no", "gold", "sea", "song"]
habits = np.array([[8, 8, 4, 2, 1, 2, 3], [4, 2, 2, 4, 8, 6, 2], [2, 2, 8, 4, 2, 4, 6]]) / 28.0
print("gold: " + ", ".join(f"{a} {p:.2f}" for a, p in zip(animals, habits[:, 4])))

# %% exercise="posterior"
from pathkit.modules.minds.posterior import posterior

# %% tags=["nbval-check-output"]
twice = np.array([[0.2, 0.8], [0.4, 0.6]])  # word 0 is twice as likely under the second
for first in (0.5, 0.999):
    rows = posterior(np.array([first, 1 - first]), twice, np.zeros(12, int))
    ahead = int((rows[:, 1] > rows[:, 0]).argmax())
    print(f"prior {first} on the first: after ten words {rows[10].round(3).tolist()}; "
          f"the second leads after {ahead}")

# %% [markdown]
# Even a prior of 0.999 gives way after ten words, because ten doublings make 1,024. That is the
# ideal. Does a trained GPT do it? Train a tiny one on texts of 24 words, each by one animal, never
# named.

# %%
n_words = 24


def texts_by(who, rng):
    """(texts, n_words) word numbers: text i is spoken by animal who[i]."""
    return np.array([rng.choice(7, size=n_words, p=habits[animal]) for animal in who])


def learn_animals(model, prior, n, peak, seed):
    """Train on texts whose speakers are drawn from the prior. Word i is token i + 1."""
    rng = np.random.default_rng(seed)
    batches = []
    for _ in range(n):
        y = torch.tensor(texts_by(rng.choice(3, size=32, p=prior), rng)) + 1
        batches.append((F.pad(y[:, :-1], (1, 0)), y))
    return learn(model, batches, rise_and_fall(peak, n))


# %%
@torch.no_grad()
def chances_of(model, texts):
    """(texts, n_words, 7): what the model expects at each place."""
    x = F.pad(torch.tensor(texts[:, :-1]) + 1, (1, 0))
    p = model(x)[..., 1:].double().softmax(dim=-1)
    return p.numpy()


def implied(chances):
    """The mixture of the three animals that comes nearest to the expected words."""
    return np.linalg.lstsq(habits.T, chances.T, rcond=None)[0].T  # (n, 3)


# %%
torch.manual_seed(seeds[0])
simulator = learn_animals(GPT(8, n_words, 16, 2, 1), [1 / 3] * 3, 200, 0.02, seeds[0])
text = texts_by([1], np.random.default_rng(3))
ideal = posterior(np.ones(3) / 3, habits, text[0])[:n_words]
seen = implied(chances_of(simulator, text)[0])
figure, axes = path.figure(figsize=(8.5, 3.2))
for i, animal in enumerate(animals):
    axes.plot(ideal[:, i], "--", color=path.PALETTE[i], label=f"{animal}, Bayes")
    axes.plot(seen[:, i], color=path.PALETTE[i], label=f"{animal}, GPT")
axes.set(title="Nobody named the fox: the GPT infers it about as Bayes does")
axes.set(xlabel="words of the text so far", ylabel="probability of the speaker", ylim=(-0.15, 1.15))
axes.legend(frameon=False, ncols=3, fontsize=8)
path.show(figure, "Probabilities of three speakers word by word, for Bayes dashed and for the GPT "
                  "solid. Both begin at a third each and move together towards the fox.")

# %% [markdown]
# The two kinds of lines move together, although the GPT was only asked for next words. It predicts
# well because it infers the speaker; so "infers who speaks" stands, at this size. Each inferred
# speaker is a **simulacrum** in Janus's words, and the rule that continues the text is the
# simulator.
#
# ## A character that was tuned
#
# Now tune it. From here on nearly all texts are the owl's, as an assistant's examples are nearly
# all polite. Then prompt with the fox's words. When does the owl give way?

# %% exercise="words_needed"
from pathkit.modules.minds.words_needed import words_needed

# %%
priors = (0.9, 0.99, 0.999)  # of the owl; fox and goat share the rest
for prior in priors:
    fox = (1 - prior) / 2
    print(f"owl {prior}: the fox should lead after "
          f"{words_needed(fox / (fox + prior), habits[1], habits[0])} words")

# %% predict="holds"
path.predict("holds", "d")

# %%
prompts = texts_by([1] * 300, np.random.default_rng(7))  # all by the fox
leads = {}
for prior in priors:
    mix = np.array([prior, (1 - prior) / 2, (1 - prior) / 2])
    tuned = learn_animals(copy.deepcopy(simulator), mix, 300, 0.01, 1)
    mean = implied(chances_of(tuned, prompts).mean(axis=0))  # (n_words, 3)
    bayes = np.mean([posterior(mix, habits, t)[:n_words] for t in prompts], axis=0)
    leads[prior] = mean, bayes
    over = mean[:, 1] > mean[:, 0]
    print(f"owl {prior}: the fox leads after", over.argmax() if over.any() else "no number of",
          "words in the tuned GPT,", (bayes[:, 1] > bayes[:, 0]).argmax(), "for Bayes")

# %%
figure, axes = path.figure(figsize=(8.5, 3.2))
for i, (prior, (mean, bayes)) in enumerate(leads.items()):
    axes.plot(bayes[:, 1], "--", color=path.PALETTE[i], label=f"owl {prior}, Bayes")
    axes.plot(mean[:, 1], color=path.PALETTE[i], label=f"owl {prior}, tuned GPT")
axes.set(title="A tuned owl gives way on time, until the fox was all but forgotten")
axes.set(xlabel="words of the fox in the prompt", ylabel="weight of the fox", ylim=(-0.05, 1))
axes.legend(frameon=False, fontsize=8, loc="center left", bbox_to_anchor=(1, 0.5))
path.show(figure, "The fox's weight against prompt length. For owls at 0.9 and 0.99 the tuned GPT "
                  "rises late but near Bayes. At 0.999 Bayes rises after 12 words and the GPT "
                  "stays at about 0.")

# %% [markdown]
# At 0.9 and 0.99 the owl gives way within a few words of the prediction. At 0.999 it never does.
# About five of its 9,600 texts were the fox's, too few to keep what was known of it.
#
# So tuning does *two* things. It moves a prior, which evidence can move back, and it forgets, which
# evidence can't.

# %% [markdown]
# That is the question which Janus's post leaves open, for it is about models before tuning. The
# map's "gives way to evidence" holds for one tuning and fails for another, so ask of each
# assistant.
#
# Sydney, the persona of Bing's chat in February 2023, is a case to practise on. Whiton's essay,
# listed at the end, is about what it said after users had slipped orders into the chat. One report
# is like one seed. A control would put the same orders to other personas, many times each.

# %% [markdown]
# The lesson on assistants left two threads. Its reward was misread: a judge liked two sentences,
# and the learned score heard "more letters". And it asked who should judge. Both meet in
# **sycophancy**: a model says what its questioner seems to believe.
#
# The untuned simulator shows one cause without any reward. It takes the fox's prompt for the fox's
# text, so it answers in the fox's words. Rewarding answers that please would be a second cause, and
# only a control tells the two apart.

# %% [markdown]
# ## One number for a mind?
#
# Togelius runs the usual argument about dangerous AI on a video game. For him the step that breaks
# is intelligence as *one* quantity without an end. Take two systems and two tasks.

# %% exercise="flips_at"
from pathkit.modules.minds.flips_at import flips_at

# %% tags=["nbval-check-output"]
print("9 and 1 against 4 and 5: the leader changes at", round(flips_at((9, 1), (4, 5)), 3))
rng = np.random.default_rng(0)
for shared in (0.0, 0.9, 0.99):
    skills = shared**0.5 * rng.normal(size=(2000, 2, 1))  # of a pair of systems: what is common
    skills = skills + (1 - shared) ** 0.5 * rng.normal(size=(2000, 2, 2))  # and what isn't
    turned = np.mean([flips_at(tuple(a), tuple(b)) is not None for a, b in skills])
    print(f"skills correlate by {shared}: the weights decide {turned:.0%} of 2,000 pairs")

# %%
weight = np.linspace(0, 1, 50)
figure, axes = path.figure(figsize=(6.5, 3))
for (first, second), name in (((9, 1), "9 and 1"), ((4, 5), "4 and 5")):
    axes.plot(weight, weight * first + (1 - weight) * second, label=f"scores {name}")
axes.axvline(flips_at((9, 1), (4, 5)), color=path.PALETTE[3], ls="--", label="they tie")
axes.set(title="Who is more intelligent? Left of 0.44 one, right of it the other")
axes.set(xlabel="weight of the first task", ylabel="weighted score (points)")
axes.legend(frameon=False)
path.show(figure, "Two straight lines of weighted score against the weight of the first task. They "
                  "cross at 0.44, marked by a dashed line.")

# %% [markdown]
# If skills are unrelated, the weights decide half of all pairs. At a correlation of 0.99 they
# decide few, so that one number is a fair summary. The parody must concede that; its opponents,
# that a tested range says little far beyond it.

# %% [markdown]
# ## Two debates, and what each side concedes
#
# The protocol has four steps. State the other side's map until they sign it. Name the step that
# will be measured. Write down what you concede for each outcome. Only then run.
#
# - *Impossible languages.* If the orders differ, the essay gives up "any pattern alike". If they
#   don't, its critics grant that success explains no exclusion.
# - *The played part.* If the owl stays, the simulator's side grants that tuning makes more than a
#   part. If it gives way, the other side grants that a prior was moved.
#
# In your run each debate ended in between: one altered order was about as easy as the natural one,
# two weren't; one tuned owl stayed, two gave way. So sign for mixed outcomes, too.

# %% [markdown]
# ## Stretch
#
# None of this is needed to go on.
#
# 1. **Letters.** Let `words_of` return a story's characters. Runs of 500 steps in an earlier set-up
#    gave natural 7.9, 7.5 and 9.4, reversed 8.9, 7.9 and 8.6: at its third seed the reversed
#    letters won. Get all six below 7, and see whether the verdict changes.
# 2. **Keep the fox.** Tuned for 200 steps at a rate of 0.001, the owl begins at about 0.94 and the
#    fox leads after about 13 words. Get an owl above 0.98 at word 0, and the fox ahead by word 15.
# 3. **A harder order.** A shuffle chosen by the length and the fourth word, which is moved to the
#    front, can be undone and cost 63 nats above the floor at seed 0. Invent a harder one.
