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

import numpy as np
import torch
import torch.nn.functional as F

import pathkit as path

path.ready("assistants")

# %% tags=["parameters"]
seed = 0  # of all that is drawn; another seed tells other stories
pushes = 16  # steps of each run in the second half
beta = 0.3  # what a nat costs there, in points of reward

# %% [markdown]
# ## A model that goes on
#
# An assistant answers, and a language model continues. How far apart are they? You write the
# first sentence of a story, the **request**. The model shall say what happened next, in one
# sentence or two. Here is such a pair, for the GPT that you kept.

# %%
gpt = path.model("gpt")
symbols, index = gpt.symbols, {symbol: i for i, symbol in enumerate(gpt.symbols)}
tales = path.datasets.SMALL_TALES
short, long = (tales.replace(passages=tales.passages[:n]) for n in (2, 3))  # sentences in all


def turns(story):
    """A story -> its request and its answer, each ending in a newline."""
    first, _, rest = story.partition(". ")
    return first + ".\n", rest


requests = [turns(story)[0] for story in short.sample(256, seed + 100)]
print("".join(turns(long.sample(1, seed)[0])))

# %% [markdown]
# Hundreds of answers are drawn below. So the keys and values of earlier places are kept, as in
# [](attention), and each step reads one new token a row.


# %%
def step(model, memory, tokens, t):
    """(B,) tokens at place t -> logits (B, V); memory holds keys and values of each block."""
    x = model.token(tokens) + model.position.weight[t]  # (B, C)
    for block, (K, V) in zip(model.blocks, memory):
        B, C, h = *x.shape, block.attend.n_head
        q, k, v = block.attend.qkv(block.norm1(x)).view(B, 3, h, C // h).unbind(1)
        K[:, :, t], V[:, :, t] = k, v  # (B, h, T, d) each
        past = K[:, :, : t + 1], V[:, :, : t + 1]
        mixed = F.scaled_dot_product_attention(q[:, :, None], *past)  # (B, h, 1, d)
        x = x + block.attend.mix(mixed.reshape(B, C))
        x = x + block.feed_forward(block.norm2(x))
    return model.unembed(model.norm(x))


def codes(text):
    return torch.tensor([index[c] for c in text])


# %%
@torch.inference_mode()
def answers(model, requests, generator):
    """One answer to each request, drawn symbol by symbol up to a newline, or to the last place."""
    B, T = len(requests), gpt.config["context_length"]
    rows, finished = torch.full((B, T), -1), torch.zeros(B, dtype=torch.bool)
    for row, request in zip(rows, requests):
        row[: len(request) + 1] = codes("\n" + request)
    h, C = gpt.config["n_head"], gpt.config["n_embd"]
    memory = [torch.zeros(2, B, h, T, C // h) for _ in model.blocks]
    for t in range(T - 1):
        chances = step(model, memory, rows[:, t], t).softmax(-1)
        drawn = torch.multinomial(chances, 1, generator=generator)[:, 0]
        free = rows[:, t + 1] < 0  # not a part of the request
        rows[free, t + 1] = torch.where(finished, 0, drawn)[free]
        finished |= free & (rows[:, t + 1] == 0)
        if finished.all():
            break
    texts = ["".join(symbols[i] for i in row) for row in rows.tolist()]
    texts = [text[len(request) + 1 :] for text, request in zip(texts, requests)]
    return [text[: text.find("\n") + 1] or text for text in texts]


# %%
def show(requests, texts):
    for request, text in zip(requests, texts):
        print(f"{request.strip()} -> {text.strip()}")


generator = torch.Generator().manual_seed(seed)
before = answers(gpt.model, requests[:100], generator)
show(requests[:4], before)

# %% [markdown]
# It tells the whole story, since it has never read one that stops early. And a newline so far meant
# that a new story begins.
#
# The stories have a grammar, so a program can score answers. One sentence that fits the request
# scores 1, two score 2, and everything else 0.


# %%
def score(request, answer):
    """What is wanted: how many sentences, if there are one or two and the grammar accepts them."""
    sentences = answer.count(".")
    if sentences not in (1, 2) or not answer.endswith("\n"):
        return 0
    grammar = short if sentences == 1 else long
    return sentences if grammar.parse(request[:-1] + " " + answer) else 0


def mean_score(requests, texts):
    return np.mean([score(*pair) for pair in zip(requests, texts)])


print(f"mean score {mean_score(requests, before):.2f} of 2")

# %% [markdown]
# ## Show it the format
#
# First come 400 examples of a request with a good answer, half of them one sentence long. Training
# on such pairs is **instruction tuning**, and the loss counts the answer alone, because the request
# is yours to write.
#
# One number matters from here to the end: how likely the model finds a whole answer. Probabilities
# of tokens multiply, so their logs add up.

# %% exercise="answer_log_probs"
from pathkit.modules.assistants.answer_log_probs import answer_log_probs


# %%
def log_probs(model, requests, texts):
    """(B,) nats: the log-probability of each text as the answer to its request."""
    rows = [codes("\n" + request + text) for request, text in zip(requests, texts)]
    tokens = torch.nn.utils.rnn.pad_sequence(rows, batch_first=True)  # (B, T)
    is_answer = torch.zeros(tokens.shape, dtype=torch.bool)
    for marks, request, row in zip(is_answer, requests, rows):
        marks[len(request) + 1 : len(row)] = True
    return answer_log_probs(model(tokens), tokens, is_answer)


def improve(model, how_many, rate, loss_of):
    """Steps of Adam on whatever loss_of(model, number of the step) returns."""
    optimizer = torch.optim.Adam(model.parameters(), lr=rate)
    for i in range(how_many):
        optimizer.param_groups[0]["lr"] = rate * min(1, (i + 1) / 5)
        loss = loss_of(model, i)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model


# %%
examples = [turns(story) for story in short.sample(200, seed + 1) + long.sample(200, seed + 2)]
examples = [examples[i] for i in np.random.default_rng(seed).permutation(400)]


def example_loss(model, i):
    batch = list(zip(*(examples[j % 400] for j in range(16 * i, 16 * i + 16))))
    return -log_probs(model, *batch).sum() / sum(map(len, batch[1]))  # nats per symbol


tuned = improve(copy.deepcopy(gpt.model), 40, 0.0015, example_loss)
after = answers(tuned, requests, generator)
show(requests[:4], after)
print(f"mean score {mean_score(requests, after):.2f} of 2")

# %%
figure, panels = path.figure(1, 2, figsize=(8, 2.8), sharey=True)
for axes, texts, name in zip(panels, (before, after), ("before", "after 40 steps")):
    sentences = np.array([min(text.count("."), 4) for text in texts])
    good = np.array([score(*pair) > 0 for pair in zip(requests, texts)])
    for kind, color, label in ((good, 0, "as wanted"), (~good, 3, "not")):
        shares = [100 * np.mean((sentences == n) & kind) for n in range(5)]
        below = [100 * np.mean((sentences == n) & good) for n in range(5)] if color else 0
        axes.bar(range(5), shares, bottom=below, color=path.PALETTE[color], label=label)
    axes.set_xticks(range(5), ["0", "1", "2", "3", "4+"])
    axes.set(title=name, xlabel="sentences of the answer", ylabel="answers (%)")
panels[1].legend(frameon=False)
figure.suptitle("After 40 steps of 16 examples it knows when to stop", x=0.02, ha="left")
path.show(figure, "Bars of answers by their number of sentences. Before, nearly all have three or "
                  "more and none is as wanted; after, all have one or two and nearly all are.")

# %% [markdown]
# No answer in a hundred was right before, and nearly all are now. The examples brought no new word,
# which means that they chose among what the model could do already.
#
# ## Which of two is better?
#
# Many answers still have one sentence, because half of the examples had. Say that you like two
# better by choosing: the model gives two answers to a request, and you pick one. Judging is easier
# than writing, so people can judge what they couldn't write.
#
# A judge isn't always sure. The **Bradley-Terry model** gives each answer a reward, and the one
# with $r_b$ is chosen over the one with $r_w$ with probability $1 / (1 + e^{-(r_b - r_w)})$: 0.5
# for equal rewards, 0.88 where $r_b$ is 2 points higher.

# %% exercise="bradley_terry_loss"
from pathkit.modules.assistants.bradley_terry_loss import bradley_terry_loss

# %% tags=["nbval-check-output"]
r_b, r_w = np.array([2.0, 0.5]), np.array([0.0, 1.0])
for shift in (0, 5, -300):
    print(f"rewards moved by {shift:>4}: {bradley_terry_loss(r_b + shift, r_w + shift):.4f} nats")

# %% [markdown]
# Move all rewards alike, and the loss stays, because only differences enter it. So a reward has no
# zero, and 5 points by themselves mean nothing.
#
# A **reward model** learns from choices what an answer is worth. Large ones are GPTs with one
# number in place of the logits. Yours counts how often each of the 27 symbols occurs and has a
# price for each, so that you can look inside.

# %% exercise="reward_step"
from pathkit.modules.assistants.reward_step import reward_step


# %%
def counts(texts):
    """(N, V): how often each symbol occurs in each text."""
    return np.array([[text.count(symbol) for symbol in symbols] for text in texts], dtype=float)


def chosen_first(requests, one, other, draw):
    """Each pair of answers as chosen and rejected, by a judge who goes by twice the score."""
    lead = np.array([score(r, a) - score(r, b) for r, a, b in zip(requests, one, other)])
    first = draw.random(len(lead)) < 1 / (1 + np.exp(-2.0 * lead))
    return [np.where(first, a, b).tolist() for a, b in ((one, other), (other, one))]


pairs = chosen_first(requests, after, answers(tuned, requests, generator),
                     np.random.default_rng(seed))

# %%
better, worse = map(counts, pairs)
prices = np.zeros(len(symbols))
for _ in range(400):
    prices = reward_step(prices, better, worse, 0.1)
agreed = np.mean(better @ prices > worse @ prices)
print(f"loss {bradley_terry_loss(better @ prices, worse @ prices):.2f} nats, from "
      f"{math.log(2):.2f}; the choice is the one with more points in {agreed:.0%} of the pairs")

# %%
figure, axes = path.figure(figsize=(9, 2.8))
order = np.argsort(-prices)
names = {"\n": "↵", " ": "␣"}
axes.bar(range(len(symbols)), prices[order], color=path.PALETTE[0])
axes.set_xticks(range(len(symbols)), [names.get(symbols[i], symbols[i]) for i in order])
axes.set(title="The reward model pays for letters, whatever they spell")
axes.set(xlabel="symbol, highest price first", ylabel="price (points)")
path.show(figure, "A bar for each of 27 symbols, falling from about 0.4 points to about minus "
                  "0.3. More are above 0 than below; that of the newline is exactly 0.")

# %% [markdown]
# It agrees with two of three choices or a few more, and hardly more was possible: where both
# answers score the same, as in about half of the pairs, the judge chose at random. It can't read,
# though. Positive prices outweigh negative ones, which means that a longer answer is worth more.
# Among the pairs that was right.
#
# The newline has a price of exactly 0, because each answer has one, so that no difference shows it.
#
# ## The best of n
#
# The simplest way to use a reward is to draw $n$ answers and to keep the one with the highest. No
# weight changes. Take 400 answers to one request, so that the effect can be computed.

# %% exercise="chances_of_best"
from pathkit.modules.assistants.chances_of_best import chances_of_best

# %% [markdown]
# Choosing makes some answers likelier than the model does. How far that is from the model is
# measured by the KL divergence: the mean of $\ln p - \ln p_\text{ref}$ over the answers that are
# given, where $p_\text{ref}$ is the model's.

# %% predict="best-of-16"
path.predict("best-of-16", 1.84)

# %%
many = answers(tuned, requests[:1] * 400, generator)
rewards = counts(many) @ prices
true = np.array([score(requests[0], text) for text in many])
sizes = 2 ** np.arange(9)
kept = np.array([chances_of_best(rewards, n) for n in sizes])  # (9, 400)
distance = [np.sum(p[p > 0] * np.log(p[p > 0] * len(many))) for p in kept]
bound = np.log(sizes) - (sizes - 1) / sizes

# %%
figure, panels = path.figure(1, 2, figsize=(9, 3))
panels[0].plot(sizes, bound, "--", label="ln n − (n − 1)/n")
panels[0].plot(sizes, distance, "o", label="of these answers")
panels[0].set(xscale="log", xlabel="n, answers drawn", ylabel="KL from the model (nats)")
panels[0].legend(frameon=False)
panels[1].plot(distance, kept @ rewards - rewards.mean(), "-o", label="reward, above its mean")
panels[1].plot(distance, kept @ true, "--s", label="true score, of 2")
panels[1].set(xlabel="KL from the model (nats)", ylabel="points")
panels[1].legend(frameon=False)
figure.suptitle("Best-of-n stays near the model: 256 draws are less than 5 nats", x=0.02, ha="left")
path.show(figure, "Left: the KL of best-of-n against n, on the bound for small n and a little "
                  "below it for large n. Right: reward and true score against KL; the reward "
                  "rises all the way, the score rises and then stays or falls a little.")

# %% [markdown]
# Rank the answers by a share $u$ from 0 to 1. The best of $n$ has the density $n u^{n-1}$, and its
# log has the mean $\ln n - (n - 1)/n$. Equal rewards only lower that, so it is an upper bound:
# 1.8 nats for sixteen draws, and the true score is then near 2.
#
# This way is the safest, because it gives nothing that the model wouldn't say anyway. But each
# answer takes $n$ draws, for as long as the model is used.

# %% [markdown]
# ## Follow the reward uphill
#
# Can the weights learn to give the better answer at once? The reward has no derivative, because it
# comes from a count, a person or a program. But the model's probabilities have one. So draw
# answers, and make each likelier in proportion to its reward. This is the **policy gradient**; a
# *policy* is a model that acts.

# %% exercise="policy_gradient"
from pathkit.modules.assistants.policy_gradient import policy_gradient

# %% [markdown]
# Three answers have the probabilities 0.5, 0.3, 0.2 and the rewards 11, 10, 12. Whatever you draw
# is pushed up, even the worst. The mean over many draws is right, because better answers are pushed
# harder. A **baseline** is taken off all rewards first.

# %% predict="constant"
path.predict("constant", "c")

# %% tags=["nbval-check-output"]
p, r = np.array([0.5, 0.3, 0.2]), np.array([11.0, 10.0, 12.0])


def one_draw(baseline):
    """The mean of the one-draw estimate over all draws, (3,), and its standard deviation."""
    g = np.array([policy_gradient(p, [a], r[a : a + 1], baseline) for a in range(3)])
    return p @ g, math.sqrt(p @ ((g - p @ g) ** 2).sum(axis=1))


for baseline in (0.0, p @ r):
    mean, spread = one_draw(baseline)
    print(f"baseline {baseline:4.1f}: mean {np.round(mean, 3)}, standard deviation {spread:.2f}")

# %%
baselines = np.linspace(0, 20, 81)
figure, axes = path.figure(figsize=(6.5, 3))
axes.plot(baselines, [one_draw(b)[1] for b in baselines])
axes.axvline(p @ r, color=path.PALETTE[3], ls="--", label="mean reward")
axes.set(title="A baseline takes away noise and leaves the mean alone")
axes.set(xlabel="baseline (points)", ylabel="spread of one draw (points)")
axes.legend(frameon=False)
path.show(figure, "The standard deviation of the one-draw gradient against the baseline: a V with "
                  "its lowest point near the mean reward of 10.9, where it is about 0.5.")

# %% [markdown]
# The mean gradient stays, because the slope of $\ln p$ has a mean of 0 over all answers. The noise
# doesn't: 8.63 points became 0.55, which means that a 250th of the draws suffices. What is left of
# a reward is its **advantage**.

# %% [markdown]
# ## Pay for moving
#
# Now the whole GPT is the policy. Choices, a reward model fitted to them, and a policy that is
# trained to raise it: with people as judges that is **RLHF**, reinforcement learning from human
# feedback. Most recipes add a price, `beta` times $\ln p - \ln p_\text{ref}$ of each answer, and
# on average `beta` times the KL.

# %% exercise="advantages"
from pathkit.modules.assistants.advantages import advantages


# %%
def pushed(reward, beta):
    """The tuned model after policy gradient, and (steps, 3): reward, true score, KL at each."""
    draw, generator = np.random.default_rng(seed), torch.Generator().manual_seed(seed)
    history = []

    def loss_of(model, i):
        batch = [requests[j] for j in draw.integers(len(requests), size=24)]
        texts = answers(model, batch, generator)
        log_p, points = log_probs(model, batch, texts), reward(batch, texts)
        with torch.no_grad():
            log_ref = log_probs(tuned, batch, texts)
        now = log_p.detach().double().numpy()
        good = advantages(points, now, log_ref.double().numpy(), beta)
        kl = np.mean(now - log_ref.numpy())
        history.append([points.mean(), mean_score(batch, texts), kl])
        return -(torch.tensor(good, dtype=torch.float32) * log_p).mean()

    return improve(copy.deepcopy(tuned), pushes, 0.0014, loss_of), np.array(history)


# %% [markdown]
# Your loss is the mean of $-A_i \ln p_i$, and the advantages $A_i$ sum to 0. The library TRL has in
# place of $\ln p_i$ the ratio of $p_i$ to a constant equal to it: the same slope, and the value 1.
# So it prints 0, and users ask why (`huggingface/trl`, issue 3452).

# %% predict="zero-loss"
path.predict("zero-loss", "c")

# %% predict="uphill"
path.predict("uphill", "b")


# %%
def learned(requests, texts):
    return counts(texts) @ prices


hacked, free = pushed(learned, 0.0)
careful, priced = pushed(learned, beta)
for name, model in (("no price", hacked), (f"beta = {beta}", careful)):
    texts = answers(model, requests, torch.Generator().manual_seed(seed + 1))
    print(f"{name}: mean score {mean_score(requests, texts):.2f} of 2")
    show(requests[:3], texts)

# %%
figure, panels = path.figure(1, 2, figsize=(9, 3.2))
for axes, column, title in zip(panels, (0, 1), ("what it is trained on", "what is wanted")):
    for run, mark, name in ((free, "-o", "beta = 0"), (priced, "--s", f"beta = {beta}")):
        axes.plot(run[:, 2], run[:, column], mark, ms=4, label=name)
    axes.set(title=title, xlabel="KL from the tuned model (nats)", xscale="symlog")
panels[0].set_ylabel("reward model (points)")
panels[1].set_ylabel("true score (of 2)")
panels[1].legend(frameon=False)
figure.suptitle("The reward climbs on while what was wanted is lost", x=0.02, ha="left")
path.show(figure, "Two panels against KL. Without a price the learned reward rises all the way "
                  "while the true score rises to nearly 2 at one or two nats and then falls to 0. "
                  "With a price the run turns back after a few nats and keeps a high score.")

# %% [markdown]
# For some steps both rise, because two sentences have more letters than one. Then all answers have
# two, and each letter still adds to the reward. So a third sentence comes, or words that nobody can
# read, and the true score falls while the reward is at its highest.
#
# **What surprised us** is how little it takes: a dozen steps of 24 answers. The training found
# answers that were in none of the pairs, where the prices had never been tested. Raising a flawed
# reward beyond the point where it helps is called **over-optimization**.
#
# With a price the model goes only where a nat pays more than `beta` points, so it stays near the
# answers of the pairs, where the prices are right. That mends nothing in the reward: it stops
# before the fault shows.

# %% [markdown]
# ## A reward that a program checks
#
# Choices and prices were needed because nobody had written down what is wanted. Where a program can
# check an answer, the program can be the reward: sums have a result, code has tests, and your
# stories have a grammar. This is a **verifiable reward**.
#
# The program must be right, too. In 2025 one gave 1.0 wherever the solution that it should compare
# with couldn't be read (`huggingface/open-r1`, issue 293). There all answers to such a question got
# 1.0, so that the baseline left nothing. The one below is worse.

# %% exercise="checked"
from pathkit.modules.assistants.checked import checked


# %%
def by_program(requests, texts):
    """A point for each sentence, of one or two, if the story is one and about what was asked."""
    points = []
    for request, text in zip(requests, texts):
        asked = {name: text for name, text in zip(("look", "thing"), request[:-2].split()[-2:])}
        grammar = {1: short, 2: long}.get(text.count("."))
        said = grammar and text.endswith("\n") and grammar.parse(request[:-1] + " " + text)
        points.append(checked(asked, said or None) * text.count("."))
    return np.array(points)


exact, program = pushed(by_program, 0.0)
texts = answers(exact, requests, torch.Generator().manual_seed(seed + 1))
print(f"mean score {mean_score(requests, texts):.2f} of 2")
show(requests[:3], texts)

# %%
figure, axes = path.figure(figsize=(7.5, 3.4))
runs = {"learned reward": free, f"learned, beta = {beta}": priced, "program": program}
for (name, run), mark in zip(runs.items(), ("-o", "--s", "-^")):
    axes.plot(range(1, len(run) + 1), run[:, 1], mark, ms=4, label=name)
axes.axhline(kept[4] @ true, color="k", ls=":", label="best of 16")
axes.set(title="Only the checked reward can be followed without a price")
axes.set(xlabel="step of policy gradient", ylabel="true score (of 2)", ylim=(-0.1, 2.1))
axes.legend(frameon=False, loc="center left", bbox_to_anchor=(1, 0.5))
path.show(figure, "True score against the step. All three runs rise to nearly 2 in six steps. The "
                  "learned reward without a price then falls to 0; with a price it stays above "
                  "1.5, and the program's run ends at nearly 2, beside a dotted line for the best "
                  "of 16.")

# %% [markdown]
# The program's run needs no price, because more reward is more of what is wanted. But it teaches
# only what it checks, and no grammar says whether a story is kind.

# %% [markdown]
# ## No reward model at all
#
# Raise reward minus price as far as it goes. Then no shift of probability from one answer to
# another gains anything, so the reward of each is $\beta \ln(p / p_\text{ref})$ plus one constant.
# Put this into the Bradley-Terry loss, where the constant drops out, and the policy is its own
# reward model. The result is **DPO**, direct preference optimization.

# %% exercise="dpo_loss"
from pathkit.modules.assistants.dpo_loss import dpo_loss

# %% [markdown]
# Try it where everything is visible. A model knows three answers, and its only weight is for goats.
# The chosen answer has one goat, the rejected one two. The third has none, and is in no pair.

# %% predict="chosen"
path.predict("chosen", "d")

# %% tags=["nbval-check-output"]
goats, start = torch.tensor([1.0, 2.0, 0.0]), torch.tensor([0.5, 0.4, 0.1]).log()
likes = torch.zeros(1, requires_grad=True)
trace = []
for i in range(201):
    log_p = (start + likes * goats).log_softmax(0)
    loss = dpo_loss(log_p[:1], log_p[1:2], start[:1], start[1:2], 0.1)
    trace.append([loss.item(), *log_p.exp().tolist()])
    if i % 50 == 0:
        print("step {:>3}: loss {:.3f}   chosen {:.3f}, rejected {:.3f}, third {:.3f}".format(
            i, *trace[-1]))
    loss.backward()
    with torch.no_grad():
        likes -= likes.grad
        likes.grad = None

# %%
figure, axes = path.figure(figsize=(7.5, 3.2))
columns = np.array(trace).T  # (4, steps)
lines = {"loss (nats)": ":k", "chosen": "-", "rejected": "--", "third": "-."}
for line, (name, style) in zip(columns, lines.items()):
    axes.plot(line, style, label=name)
axes.set(title="The loss falls, and the chosen answer all but vanishes")
axes.set(xlabel="step", ylabel="probability, or loss in nats")
axes.legend(frameon=False, loc="center left", bbox_to_anchor=(1, 0.5))
path.show(figure, "Against the step: the loss falls from 0.69 to below 0.4. The chosen answer "
                  "rises a little from 0.5, then falls below 0.01, the rejected one falls faster, "
                  "and the third, which nobody chose, rises from 0.1 to above 0.99.")

# %% [markdown]
# From 0.5 the chosen answer rises to 0.56, and then falls below 0.01. The loss asks only that it
# loses *less* than the rejected one. Both share goats, so the way down is to like goats less, and
# an answer wins that nobody compared. Users of DPO see this (`huggingface/trl`, issue 800) and look
# for a bug that isn't there.
#
# Is it so in your GPT? Here it learns from the 256 pairs of before.

# %%
with torch.no_grad():
    old = [log_probs(tuned, requests, texts) for texts in pairs]


def preference_loss(model, i):
    rows = [j % 256 for j in range(16 * i, 16 * i + 16)]
    new = [log_probs(model, *zip(*((requests[j], texts[j]) for j in rows))) for texts in pairs]
    return dpo_loss(*new, *(log_p[rows] for log_p in old), beta)


preferred = improve(copy.deepcopy(tuned), 20, 0.0005, preference_loss)
texts = answers(preferred, requests, torch.Generator().manual_seed(seed + 1))
print(f"mean score {mean_score(requests, texts):.2f} of 2")
with torch.no_grad():
    for name, these, was in zip(("chosen", "rejected"), pairs, old):
        gain = (log_probs(preferred, requests, these) - was).mean()
        print(f"{name}: {gain:+.2f} nats an answer")

# %% [markdown]
# The score is near 2, without a reward model and without one new draw. And the chosen answers have
# become *rarer*, by about half a nat to three: many of them have one sentence, as the rejected ones
# do, and such answers must shrink for the two-sentence ones to grow.
#
# Four ways led to nearly the same score. They differ in what they need (choices, draws, a program),
# and in what they do when the wish was stated badly. With your own GPT of 900 steps, which spells
# worse, the last three end between 1 and 1.6, and the run without a price at 0.
#
# ## Stretch
#
# These are scores of the path's GPT. A processor that rounds otherwise changes hundredths, or more
# where a run falls.
#
# 1. **A better reward model.** Give it features that know when enough is enough: a column for two
#    sentences, one for more, one for pairs of words that no example has. Let the judge see answers
#    of the model that paid no price, too. Such columns, followed without a price, ended at 1.06.
#    Beat that; the program reaches 1.91.
# 2. **As good for fewer nats.** The best of 16 scores 1.94 for 1.83 nats, and the program's run
#    1.91 for 1.6. Reach 1.9 for less than 1 nat; it takes no new weights.
# 3. **Keep the chosen ones.** Take `0.02 * new[0].mean()` off DPO's loss: the score stays at 1.89,
#    and the chosen answers lose 1.4 nats where they lost 2.8. With 0.05 they lose 0.1, and the
#    score is 1.67. Find a way to lose less than 1 nat at a score above 1.85.
