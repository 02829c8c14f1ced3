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

import torch
import torch.nn as nn
import torch.nn.functional as F

import pathkit as path
from pathkit.exercises.gpt import GPT

path.ready("fine-tuning")

# %% tags=["parameters"]
seed = 0  # of stories, labels and batches
sets = 3  # sets of labels for each number of labels
sft_steps = 120  # of the training on answers

# %% [markdown]
# ## It knows more than it was told
#
# The GPT that you kept was trained to name the next character, and nothing else. Such a first
# training, on plain text without labels, is **pretraining**. What does it leave behind? Ask the
# model for the next letter after one sentence and a space, once for each of eight names.

# %%
kept = path.model("gpt")
tales, index = path.datasets.SMALL_TALES, {s: i for i, s in enumerate(kept.symbols)}
names = [*tales.she, *tales.he]
asked = [[0, *(index[c] for c in f"one hot day {name} got a red ball. ")] for name in names]
with torch.no_grad():
    chances = [kept.model(torch.tensor([row]))[0, -1].softmax(-1) for row in asked]
figure, axes = path.figure(figsize=(8, 2.8))
for k, letter in enumerate("sh"):
    axes.bar([i + 0.4 * k for i in range(8)], [float(p[index[letter]]) for p in chances], 0.4,
             label=f"{letter}, as in {('she', 'he')[k]}")
axes.set_xticks([i + 0.2 for i in range(8)], names)
axes.set(title="Nobody told it who is a she, and it knows", xlabel="name in the sentence")
axes.set(ylabel="probability of the letter", ylim=(0, 1.3))
axes.legend(frameon=False, loc="upper center", ncols=2)
path.show(figure, "Probability of s and of h for eight names. For the four names that go with she "
                  "the letter s has nearly all of it, for the four others h.")

# %% [markdown]
# The sentence holds no pronoun, so the answer comes from stories read before. Knowledge that was
# paid for once and serves another task is **transfer learning**, and this lesson measures it.
#
# The task: is the hero of a sentence a she? Four names are, four aren't. A model from nothing must
# meet every name with a label, because a new name says nothing.

# %% [markdown]
# ## One kind of row for every task
#
# GPT-1 doesn't build a new network for each task. It writes the task as a row of tokens and reads
# the answer at the last one, because there everything has been seen.
#
# | task | row |
# | :-- | :-- |
# | classify | start, text, extract |
# | entail | start, premise, delimiter, hypothesis, extract |
# | similar | both orders of two texts, two rows |
# | choose | a row for each answer: start, context, delimiter, answer, extract |

# %% exercise="layouts"
from pathkit.modules.fine_tuning.layouts import layouts

# %% [markdown]
# GPT-1 adds three new tokens for start, delimiter and extract. Here the model's own symbols serve:
# a newline begins every story, and a space follows every full stop.

# %% tags=["nbval-check-output"]
stories = tales.sample(600, seed)
she, he = ([story[: story.index(".") + 1] for story in stories if word in story]
           for word in (" she ", " he "))
texts = [text for both in zip(she, he) for text in both]  # in turn, so that every set is balanced
labels = torch.tensor([1, 0] * (len(texts) // 2))


def codes(text):
    return [index[character] for character in text]


def filled(rows):
    """Rows of tokens -> (tokens (B, T), lengths (B,)); newlines fill them up."""
    lengths = torch.tensor([len(row) for row in rows])
    return torch.tensor([row + [0] * (int(max(lengths)) - len(row)) for row in rows]), lengths


tokens, lengths = filled([layouts("classify", [codes(t)], 0, 0, index[" "])[0] for t in texts])
test = slice(len(texts) - 120, len(texts))
print(texts[0], "->", int(labels[0]), "  ", texts[1], "->", int(labels[1]))

# %% [markdown]
# Rows differ in length, so a batch is filled up with zeros. Zero is the newline, a symbol like any
# other, so that only `lengths` says which tokens are real.

# %% exercise="at_extract"
from pathkit.modules.fine_tuning.at_extract import at_extract

# %% [markdown]
# ## Where to ask
#
# The cheapest way to use the model changes nothing in it. Compute its last vectors once, the
# output of the final LayerNorm, and train one small linear layer on them. Such a layer on a frozen
# model is called a **linear probe**.
#
# But on the vector of which place? The space comes after the full stop, and both have read the
# whole sentence.

# %%
path.machine("gpt", highlight="final norm", T=tokens.shape[1], **{
    k: kept.config[k] for k in ("n_embd", "n_head", "n_layer", "vocab_size")})


# %%
def body(gpt, tokens):
    """All of a GPT but its last layer: (B, T) -> (B, T, C)."""
    x = gpt.token(tokens) + gpt.position.weight[: tokens.shape[1]]
    for block in gpt.blocks:
        x = block(x)
    return gpt.norm(x)


def probe(vectors, chosen, steps=50):
    """A linear layer trained on some rows of fixed vectors; how much of the test it gets right."""
    head = nn.Linear(vectors.shape[1], 2)
    nn.init.zeros_(head.weight)
    optimizer = torch.optim.Adam(head.parameters(), lr=0.1)
    for _ in range(steps):
        loss = F.cross_entropy(head(vectors[chosen]), labels[chosen])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return (head(vectors[test]).argmax(1) == labels[test]).float().mean().item()


# %% predict="where"
path.predict("where", "b")

# %%
sizes = (5, 10, 20, 50, 100)
with torch.no_grad():
    read = body(kept.model, tokens)  # computed once for all probes
places = {"the space": at_extract(read, lengths), "the full stop": at_extract(read, lengths - 1)}
probes = {name: [[probe(vectors, slice(100 * s, 100 * s + n)) for s in range(sets)] for n in sizes]
          for name, vectors in places.items()}


# %%
def curve(axes, scores, label, style="-o"):
    """Mean over the sets of labels, and a band from the worst to the best."""
    percent = 100 * torch.tensor(scores)  # (sizes, sets)
    [line] = axes.plot(sizes, percent.mean(dim=1), style, label=label)
    axes.fill_between(sizes, percent.amin(dim=1), percent.amax(dim=1), color=line.get_color(),
                      alpha=0.2, lw=0)


figure, axes = path.figure(figsize=(6.5, 3.2))
for (name, scores), style in zip(probes.items(), ("-o", "--s")):
    curve(axes, scores, f"vector at {name}", style)
axes.set(title="One place further on, five labels beat a hundred", xscale="log", ylim=(45, 103))
axes.set(xlabel="labels", ylabel="test sentences right (%)", xticks=sizes, xticklabels=sizes)
axes.legend(frameon=False, loc="lower right")
path.show(figure, "Right answers of a linear probe against the number of labels. At the space the "
                  "line is at 100 from the start; at the full stop it climbs from about 60 to 75.")

# %% [markdown]
# At the full stop a hundred labels give 60 to 80%, and at the space five are enough. Both vectors
# come from one model that read the same sentence. The reason is what each was trained to say:
# after a full stop a space always follows, so that nothing else is needed there, while at the
# space the model must know *she* or *he*. A model gathers what its next token needs, at that place.
#
# So ask where the model has to know the answer already. Prompts for large models do the same.

# %% [markdown]
# ## Fine-tune all of it
#
# Now let every weight move: a copy of the model, a fresh head, and a few steps at a small learning
# rate. That is **fine-tuning**. The same network from nothing gets 80 steps, the copy 12.

# %%
class Classifier(nn.Module):
    """A GPT with a head of two classes, which reads `back` places before the end of each row."""

    def __init__(self, gpt, back=0):
        super().__init__()
        self.gpt, self.back = copy.deepcopy(gpt), back
        self.head = nn.Linear(kept.config["n_embd"], 2)
        nn.init.zeros_(self.head.weight)

    def forward(self, tokens, lengths):
        return self.head(at_extract(body(self.gpt, tokens), lengths - self.back))


def from_nothing():
    gpt = GPT(**kept.config)
    half = kept.config["n_embd"] // 2  # waves for positions, as in the gpt lesson
    angles = torch.arange(160)[:, None] * 10000 ** (-torch.arange(half) / half)
    gpt.position.weight.data[:] = torch.cat([angles.sin(), angles.cos()], 1)
    gpt.token.weight.data *= 0.5
    return gpt

# %%
def task_loss(model, chosen):
    return F.cross_entropy(model(tokens[chosen], lengths[chosen]), labels[chosen])


def fit(model, chosen, steps, rate, s=seed, loss_of=task_loss, batch_size=6):
    """Train what may be trained on some rows; returns how much of the test is right."""
    trained = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(trained, betas=(0.9, 0.99), fused=True)
    generator = torch.Generator().manual_seed(s)
    for i in range(steps):
        optimizer.param_groups[0]["lr"] = rate * min((i + 1) / 5, (steps - i) / steps)
        batch = chosen[torch.randint(len(chosen), (batch_size,), generator=generator)]
        loss = loss_of(model, batch)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    with torch.no_grad():
        right = model(tokens[test], lengths[test]).argmax(1) == labels[test]
    return right.float().mean().item()

# %% predict="five-labels"
path.predict("five-labels", "a")

# %%
tuned, scratch = [], []
for n in sizes:
    for scores in (tuned, scratch):
        scores.append([])
    for s in range(sets):
        torch.manual_seed(s)
        chosen = torch.arange(100 * s, 100 * s + n)
        tuned[-1].append(fit(Classifier(kept.model), chosen, 12, 0.003, s))
        scratch[-1].append(fit(Classifier(from_nothing()), chosen, 80, 0.005, s))
    print(f"{n:>3} labels: fine-tuned {min(tuned[-1]):.0%} to {max(tuned[-1]):.0%}, "
          f"from nothing {min(scratch[-1]):.0%} to {max(scratch[-1]):.0%}")

# %%
figure, axes = path.figure(figsize=(6.5, 3.4))
curve(axes, tuned, "fine-tuned")
curve(axes, scratch, "from nothing", "--s")
memory = [100 - 25 * (0.75 ** ((n + 1) // 2) + 0.75 ** (n // 2)) for n in sizes]
axes.plot(sizes, memory, ":", color=path.PALETTE[3], label="perfect memory for labelled names")
axes.set(title="After pretraining, five labels do more than a hundred", xscale="log")
axes.set(xlabel="labels", ylabel="test sentences right (%)", xticks=sizes, xticklabels=sizes)
axes.legend(frameon=False, loc="lower right")
path.show(figure, "Right answers against labels, with bands. The fine-tuned model is at 100 from "
                  "five labels on; from nothing the mean climbs from about 60 to 90; a dotted line "
                  "for a perfect memory begins at 75.")

# %% [markdown]
# The dotted line is what a perfect memory gets: it knows each name that came with a label, and
# guesses on the others. Who has the labels alone, and sees no pattern in the spelling of names,
# can't be expected above it. The fine-tuned model is above it, because pretraining had sorted the
# names before the first label came.

# %% [markdown]
# ## Keep the old task in view
#
# What did those steps do to the stories? Fine-tuning asks for labels only, so that nothing holds
# the rest in place. GPT-1 adds a second part to its loss, an **auxiliary loss**: go on predicting
# the tokens of the same rows.
#
# $$L = L_\text{labels} + \lambda \cdot L_\text{tokens}$$

# %% exercise="with_auxiliary"
from pathkit.modules.fine_tuning.with_auxiliary import with_auxiliary

# %%
new_stories = tales.sample(60, 10**6)
told, told_lengths = filled([[0, *codes(story)] for story in new_stories])


@torch.no_grad()
def nats_a_story(gpt):
    """What a model pays for a new story: (for its first sentence, for the rest)."""
    costs = F.cross_entropy(gpt(told[:, :-1]).transpose(1, 2), told[:, 1:], reduction="none")
    places = torch.arange(1, told.shape[1])
    costs = costs * (places < told_lengths[:, None])
    first = places < torch.tensor([story.index(".") + 3 for story in new_stories])[:, None]
    return (costs * first).sum().item() / len(told), (costs * ~first).sum().item() / len(told)


before = nats_a_story(kept.model)
print(f"{sum(before):.1f} nats a story before any fine-tuning; the floor is {tales.entropy():.1f}")

# %% predict="auxiliary"
path.predict("auxiliary", "c")

# %%
def loss_with(weight):
    """The loss of a classifier on chosen rows, with this weight for their tokens."""
    def loss_of(model, chosen):
        x = body(model.gpt, tokens[chosen])
        return with_auxiliary(model.head(at_extract(x, lengths[chosen])), labels[chosen],
                              model.gpt.unembed(x), tokens[chosen], lengths[chosen], weight)

    return loss_of


for n in (20, 400):
    for weight in (0, 0.5):
        torch.manual_seed(seed)
        model = Classifier(kept.model)
        right = fit(model, torch.arange(n), 60, 0.003, loss_of=loss_with(weight))
        first, rest = (now - old for now, old in zip(nats_a_story(model.gpt), before))
        print(f"{n:>3} sentences, weight {weight:<3}: {right:4.0%} right; nats more in a story: "
              f"{first:.1f} first sentence, {rest:.1f} rest")

# %% [markdown]
# Twenty sentences are soon known by heart, so that the auxiliary loss protects no other first
# sentence: those cost half a nat to a nat more than before, and several with a model that was
# trained less. With 400, which can't be learned by heart, it stays within about 0.3 nats. The rest
# of a story suffers most in each case, because no row asks about it.
#
# GPT-1's authors found the same on their tasks: the extra loss helped on the larger data sets, and
# not on the smaller ones. A safeguard works for what it asks about, so measure what you want to
# keep.

# %% [markdown]
# ## Both sides at once
#
# A GPT reads from the left. In 2018, months after GPT-1, BERT asked another question: hide some
# tokens and let the model say what stood there, from both sides. It learns from the hidden places
# alone, 15 in 100, where a GPT learns from all.
#
# A hidden token isn't always masked. Outside of training there are no masks, so one in ten shows
# another token, and one in ten is left as it was.

# %% exercise="mask_tokens"
from pathkit.modules.fine_tuning.mask_tokens import mask_tokens

# %% tags=["nbval-check-output"]
generator = torch.Generator().manual_seed(seed)
many = torch.randint(3, 27, (200, 1000), generator=generator)  # the letters, at random
others = torch.randint(3, 27, many.shape, generator=generator)
chosen = torch.rand(many.shape, generator=generator) < 0.15
inputs, targets = mask_tokens(many, chosen, torch.rand(many.shape, generator=generator), others, 27)
shown = inputs[targets >= 0]
share = (shown == 27).float().mean(), (shown == targets[targets >= 0]).float().mean()
print(f"asked at {(targets >= 0).float().mean():.1%} of the places; of these {share[0]:.0%} are "
      f"masked, {share[1]:.1%} show the true letter")

# %% [markdown]
# A little more than 10% show the true letter, because one random letter in 24 is true by chance.
#
# What does the other side bring? Put a gap into a story where the thing is first named. From the
# left six things are equally likely. A causal model can use the right side, too: fill the gap in
# six ways and compare whole stories, at six times the price.


# %%
@torch.no_grad()
def gap(story):
    """For each thing: its chance from the left, and its chance given the whole story."""
    thing = next(t for t in tales.things if f" {t}." in story[: story.index(".") + 1])
    left, right = story[: story.index(".") - len(thing)], story[story.index("."):]
    rows, real = filled([[0, *codes(left + t + right)] for t in tales.things])
    costs = F.cross_entropy(kept.model(rows[:, :-1]).transpose(1, 2), rows[:, 1:], reduction="none")
    costs = costs * (torch.arange(1, rows.shape[1]) < real[:, None])
    ends = torch.tensor([len(left + t) + 1 for t in tales.things])  # with the full stop
    from_left = torch.where(torch.arange(costs.shape[1]) < ends[:, None], costs, 0).sum(dim=1)
    return thing, (-from_left).softmax(0), (-costs.sum(dim=1)).softmax(0)


gaps = [gap(story) for story in new_stories[:30]]
chances = [sum(float(g[k][tales.things.index(g[0])]) for g in gaps) / len(gaps) for k in (1, 2)]
print(f"the true thing has {chances[0]:.2f} from the left, {chances[1]:.2f} with both sides")

# %%
thing, from_left, from_both = gaps[0]
figure, axes = path.figure(figsize=(6.5, 2.8))
for k, (p, label) in enumerate(((from_left, "from the left"), (from_both, "from both sides"))):
    axes.bar([i + 0.4 * k for i in range(6)], p, 0.4, label=label)
axes.set_xticks([i + 0.2 for i in range(6)], tales.things)
axes.set(title=f"What comes later says which thing it was: the {thing}")
axes.set(xlabel="thing in the gap", ylabel="probability")
axes.legend(frameon=False)
path.show(figure, "Probabilities of six things for a gap. From the left all have about one sixth; "
                  "with both sides one has all.")

# %% [markdown]
# So a gap asks for a reader of both sides, and writing asks for one that needs the left alone.
# That is why BERT's line is used to sort and to search, and GPT's to write.
#
# ## Thin detours
#
# A fine-tuned copy has as many weights as the model, and ten tasks want ten copies. Could few
# numbers do? Freeze the matrix $W$ and add a thin detour: $A$ makes $r$ numbers of the input, and
# $B$ makes an output of them. For 48 to 48 with $r = 1$ that is 96 numbers instead of 2,304.

# %% exercise="LowRank"
from pathkit.modules.fine_tuning.low_rank import LowRank

# %% [markdown]
# $B$ starts at 0, so that the model starts as it was. After training nothing needs to stay beside
# the matrix, because two linear maps that are added are one.
# %% exercise="merged"
from pathkit.modules.fine_tuning.merged import merged


# %%
def with_detours(model, rank):
    """Freeze a classifier's GPT, and put a detour beside each matrix of its blocks."""
    for parameter in model.gpt.parameters():
        parameter.requires_grad_(False)
    for block in model.gpt.blocks:
        for owner, name in ((block.attend, "qkv"), (block.attend, "mix"),
                            (block.feed_forward, "0"), (block.feed_forward, "2")):
            setattr(owner, name, LowRank(getattr(owner, name), rank))
    return model


# %% predict="rank"
path.predict("rank", "c")

# %%
results = {}  # name -> (trained numbers, right answers by set of labels)
results["head only"] = 98, [probe(places["the full stop"], slice(100 * s, 100 * s + 50))
                            for s in range(sets)]
for name, rank in (("rank 1", 1), ("rank 2", 2), ("rank 4", 4), ("all", None)):
    scores = []
    for s in range(sets):
        torch.manual_seed(s)
        model = Classifier(kept.model, back=1)
        if rank is not None:
            with_detours(model, rank)
        rate = 0.003 if rank is None else 0.01
        scores.append(fit(model, torch.arange(100 * s, 100 * s + 50), 60, rate, s))
    size = sum(p.numel() for p in model.parameters() if p.requires_grad)
    results[name] = (size, scores)
    if rank == 1:
        adapted = model
for name, (size, scores) in results.items():
    print(f"{name:<10}{size:>7,} numbers   {min(scores):.0%} to {max(scores):.0%} right")

# %%
figure, axes = path.figure(figsize=(6.5, 3))
for name, (size, scores) in results.items():
    axes.plot([size] * sets, [100 * score for score in scores], "o", color=path.PALETTE[0])
    axes.annotate(name, (size, 100 * min(scores)), xytext=(0, -14), textcoords="offset points",
                  ha="center")
axes.set(title="Rank 1 comes close to all weights", xscale="log", xlim=(50, 2e5), ylim=(40, 104))
axes.set(xlabel="trained numbers", ylabel="test sentences right (%)")
path.show(figure, "Right answers against trained numbers. The head alone, with 98, is at about 70; "
                  "rank 1 with 1,634 is near 90 to 100, as are rank 2, rank 4 and all weights.")

# %% [markdown]
# A vector of the old model shows *she* or *he* at the full stop to about 70% only. One direction
# in each matrix is enough to bring it there: 1,634 numbers, 2.4% of the model, get about nine in
# ten right, or all. A task that is further from pretraining may need more.
#
# The field calls these detours low-rank adapters, LoRA. Now merge one, and see whether the old
# matrix is still there.

# %%
linear = adapted.gpt.blocks[0].attend.qkv
plain = nn.Linear(*reversed(linear.layer.weight.shape), bias=False)
plain.weight.data = merged(linear.layer.weight, linear.A, linear.B).detach()
x = torch.randn(5, plain.in_features)
print("merged, it is the same layer:", torch.allclose(plain(x), linear(x), atol=1e-4))
print("the old matrix is untouched:",
      torch.equal(linear.layer.weight, kept.model.blocks[0].attend.qkv.weight))

# %% [markdown]
# Leave the detour out, and the old model is back. So one model can serve ten tasks with ten
# small files, which is why adapters are what people exchange.
#
# ## A new ability from 200 lines
#
# The model tells stories, and it can't answer. Make 200 lines of prompt and answer, such as `one
# hot day mei got a red hat. what ` and `hat`, and train on them. This is **supervised fine-tuning
# (SFT)**, the step that turns a model which continues into one which answers.
#
# What is learned should be the answer. A **loss mask** takes the prompt out of the loss, here by
# targets of -1.

# %% exercise="answer_targets"
from pathkit.modules.fine_tuning.answer_targets import answer_targets


# %%
def lines(sentences):
    """(prompt, answer) pairs: who got a thing, and what was it?"""
    for i, sentence in enumerate(sentences):
        words = sentence[:-1].split()
        name = next(word for word in words if word in names)
        k = i // 2 % 2  # who, who, what, what, …, so that she and he meet both questions
        yield sentence + (" who ", " what ")[k], (name, words[-1])[k]


def one_off(prompt, answer, end):
    """The row as the given code makes it."""
    return prompt + answer, [-1] * len(prompt) + answer[1:] + [-1]


taught, asked = list(lines(texts[:200])), list(lines(texts[-60:]))
print(taught[0], taught[2])


# %%
old, old_lengths = filled([[0, *codes(story)] for story in stories[:400]])


def old_loss(gpt, chosen):
    """The loss on whole stories, of the kind that the model was first trained on."""
    real = torch.arange(1, old.shape[1]) < old_lengths[chosen][:, None]
    return F.cross_entropy(gpt(old[chosen, :-1])[real], old[chosen, 1:][real])


# %%
def sft(make_row, replay=0.0):
    """The model, trained on a copy with the taught lines, and its losses; replay: of stories."""
    rows = [make_row([0, *codes(prompt)], codes(answer), 0) for prompt, answer in taught]
    x = filled([inputs for inputs, _ in rows])[0]
    y = torch.tensor([t + [-1] * (x.shape[1] - len(t)) for _, t in rows])
    gpt, generator = copy.deepcopy(kept.model), torch.Generator().manual_seed(seed)
    optimizer, losses = torch.optim.AdamW(gpt.parameters(), fused=True), []
    for i in range(sft_steps):
        optimizer.param_groups[0]["lr"] = 0.006 * min((i + 1) / 5, 1 - i / sft_steps)
        batch = torch.randint(len(x), (10,), generator=generator)  # ten lines
        loss = F.cross_entropy(gpt(x[batch]).flatten(0, 1), y[batch].flatten(), ignore_index=-1)
        losses.append(loss.item())
        if replay:
            loss = loss + replay * old_loss(gpt, torch.randint(400, (2,), generator=generator))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return gpt, losses


# %%
@torch.no_grad()
def answers(gpt, prompts, how_many=8):
    """The most probable next characters, one by one, for each prompt at its own end."""
    rows, lengths = filled([[0, *codes(prompt)] + [0] * how_many for prompt in prompts])
    lengths = lengths - how_many
    for k in range(how_many):
        logits = at_extract(gpt(rows), lengths + k)
        rows[torch.arange(len(rows)), lengths + k] = logits.argmax(dim=1)
    return ["".join(kept.symbols[t] for t in row[n : n + how_many].tolist())
            for row, n in zip(rows, lengths.tolist())]


def graded(gpt):
    """How many of the new prompts get the right answer, and how many answers end, in percent."""
    said = answers(gpt, [prompt for prompt, _ in asked])
    right = sum(text.startswith(answer + "\n") for text, (_, answer) in zip(said, asked))
    return 100 * right / len(asked), 100 * sum("\n" in text for text in said) / len(asked)


# %% predict="lower-loss"
path.predict("lower-loss", "b")

# %%
tried = {"right": sft(answer_targets), "one off": sft(one_off)}
figure, axes = path.figure(figsize=(6.5, 3))
for (name, (_, losses)), style in zip(tried.items(), ("-", "--")):
    smooth = torch.tensor(losses).unfold(0, 10, 1).mean(dim=1)
    axes.plot(range(5, 5 + len(smooth)), smooth, style, label=f"mask: {name}")
axes.set(title="The wrong mask has the lower loss", xlabel="step", yscale="log")
axes.set(ylabel="training loss (nats per asked token)")
axes.legend(frameon=False)
path.show(figure, "Training loss of both masks on a log scale. The one that is off by one falls to "
                  "about 0.001; the right one stays above it all the way.")
for name, (gpt, losses) in tried.items():
    right, ended = graded(gpt)
    print(f"mask {name:<8} last losses {sum(losses[-20:]) / 20:.3f}   "
          f"{right:.0f}% right, {ended:.0f}% end")
    said = answers(gpt, [prompt for prompt, _ in asked[:4]])
    print("    ", [text[: text.find("\n") + 1 or None].replace("\n", "↵") for text in said])

# %% [markdown]
# The wrong mask reaches the lower loss and not one right answer. It never asks for the first
# letter, so that the model says something there which it was never taught. It never asks for the
# end, and next to nothing ends. What it does ask for follows from the letters before, which is why
# its loss is so small.
#
# Losses can be compared only where the same questions were asked. Both halves of this fault were
# found in training code in use in 2025: one mask left out the end, in verl, and one the first
# token, in OpenRLHF. Before you train, print each token beside its target.
#
# ## What was forgotten
#
# It answers. Can it still tell a story?

# %% predict="forgotten"
path.predict("forgotten", "c")

# %%
tried["with old stories"] = sft(answer_targets, replay=0.5)
table = {"before": (kept.model, None), "answers only": tried["right"],
         "with old stories": tried["with old stories"]}
paid = {name: sum(nats_a_story(gpt)) for name, (gpt, _) in table.items()}
rights = {name: graded(gpt)[0] for name, (gpt, _) in table.items()}
figure, panels = path.figure(1, 2, figsize=(9, 2.8))
for axes, values, form in zip(panels, (rights, paid), ("%.0f", "%.0f")):
    bars = axes.barh(list(values), list(values.values()), color=path.PALETTE[0])
    axes.bar_label(bars, fmt=form, padding=3)
    axes.set_xlim(0, 1.15 * max(values.values()))
    axes.invert_yaxis()
panels[0].set(xlabel="new prompts answered (%)")
panels[1].set(xlabel="loss (nats a story)")
figure.suptitle("It learned to answer and forgot how to tell; old stories in each batch help",
                x=0.02, ha="left")
path.show(figure, "Bars for the model before, after answers only, and with old stories mixed in. "
                  "Answers only raises the loss of a story more than tenfold; with old stories it "
                  "grows by a few nats.")

# %% [markdown]
# This is **catastrophic forgetting**: the weights that told stories were moved to answer, and
# nothing asked for stories on the way. A story now costs hundreds of nats, 16 to 18 before.
#
# Two old stories in each batch keep the cost within a few nats, near 20, because each step is now
# asked about both. The price is time: after the same 120 steps fewer answers are right.
#
# Whoever fine-tunes a downloaded model often lacks its old text. Then a detour that can be left
# out is the safer way.
#
# What stays open: an answer in the right format isn't yet a good one. That needs somebody who
# judges answers, as *Assistants* will.

# %% [markdown]
# ## Stretch
#
# Each has a number to beat. On a processor that rounds otherwise a training ends a little
# elsewhere.
#
# 1. **A token of its own.** GPT-1's extract token is new to the model. Give the embedding a 28th
#    row of random numbers, end the rows with it, and probe there. With three random rows 100
#    labels gave us 72 to 98%. Find a row that always gets above 98%, and say why yours works.
# 2. **Fewer numbers.** Rank 1 on the attention matrices alone trains 674 numbers with the head.
#    At the full stop it got 87 to 100% right. Get above 95% with fewer than 400.
# 3. **Less forgetting.** With two old stories a batch we got about 75% of the answers right and a
#    story at 19 nats after 120 steps. Beat both numbers in the same steps.
