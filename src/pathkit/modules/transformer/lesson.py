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

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

import pathkit as path

path.ready("transformer")

# %% tags=["parameters"]
seed = 0
steps = 500  # of the main training; the short ones take 300 and fewer
n_embd, n_head = 32, 2
batch_size = 32  # pairs of words

# %% [markdown]
# ## It has never seen a name
#
# From [](attention) you have the lookup, and from [](positions) the waves. Here they become a
# machine with two halves. The **encoder** reads a word. The **decoder** writes one, symbol by
# symbol: the same word backwards.
#
# It trains on random letters. It is tested on names.


# %% tags=["nbval-check-output"]
symbols = "_.abcdefghijklmnopqrstuvwxyz"  # "_" fills up short words, "." begins and ends them
index = {symbol: i for i, symbol in enumerate(symbols)}


def padded(words):
    """Words of any length as one table of numbers, (B, longest)."""
    longest = max(map(len, words))
    return torch.tensor([[index[s] for s in word.ljust(longest, "_")] for word in words])


def batch(rng):
    """Random words, and backwards what the decoder reads and what it should say next."""
    letters = rng.integers(2, 28, size=(batch_size, 10))
    words = ["".join(symbols[i] for i in row[: rng.integers(3, 11)]) for row in letters]
    back = [word[::-1] for word in words]
    return padded(words), padded(["." + w for w in back]), padded([w + "." for w in back])


for table in batch(np.random.default_rng(seed)):
    print("".join(symbols[i] for i in table[0]), tuple(table.shape))

# %% [markdown]
# What is read, what the decoder has written so far, what it should say next. The third row is the
# second, one step on. `_` is **padding**: it makes short words as long as the others.
#
# If PyTorch is new to you, this will do. A tensor is an array that remembers how it was made, so
# `loss.backward()` finds every gradient. `dim` and `keepdim` are NumPy's `axis` and `keepdims`. An
# `nn.Module` is a function with weights: `__init__` makes them, `forward` uses them.
# `nn.Linear(a, b)` multiplies by a matrix and adds a bias. `nn.Sequential` runs layers in turn.
# Adam is gradient descent with a step size for each weight.
#
# Here is the machine, from the top. Four names in it are borrowed. You will write all four.

# %%
from pathkit.exercises import transformer as finished

masks, noam = finished.masks, finished.noam
EncoderBlock, DecoderBlock = finished.EncoderBlock, finished.DecoderBlock


class Parts(nn.Module):
    """Everything that learns: a table of symbols, two stacks of blocks, and a way back."""

    def __init__(self, n_layer=1, norm_first=False):
        super().__init__()
        sizes = (n_embd, n_head, norm_first)
        self.token = nn.Embedding(len(symbols), n_embd)
        self.encoder = nn.ModuleList([EncoderBlock(*sizes) for _ in range(n_layer)])
        self.decoder = nn.ModuleList([DecoderBlock(*sizes) for _ in range(n_layer)])
        self.unembed = nn.Linear(n_embd, len(symbols))
        for weight in self.parameters():
            if weight.dim() > 1:
                nn.init.xavier_uniform_(weight)


# %%
def waves(length, width):
    """The sines and cosines of the lesson on positions: (length, width)."""
    angles = torch.arange(length)[:, None] * 10000 ** (-torch.arange(0, width, 2) / width)
    return torch.stack([angles.sin(), angles.cos()], dim=-1).flatten(1)


class Transformer(Parts):
    """Numbers (B, S) and (B, T) -> logits (B, T, symbols)."""

    def embed(self, tokens):
        return math.sqrt(n_embd) * self.token(tokens) + waves(tokens.shape[1], n_embd)

    def forward(self, source, target):
        source_hidden, target_hidden = masks(source, target)
        memory, x = self.embed(source), self.embed(target)  # (B, S, C), (B, T, C)
        for block in self.encoder:
            memory = block(memory, source_hidden)
        for block in self.decoder:
            x = block(x, memory, target_hidden, source_hidden)
        return self.unembed(x)


# %%
def train(model, rates):
    """One step for each learning rate; the losses in nats per symbol."""
    optimizer = torch.optim.Adam(model.parameters(), betas=(0.9, 0.98), eps=1e-9)
    rng, losses = np.random.default_rng(seed), []
    for rate in rates:
        optimizer.param_groups[0]["lr"] = rate
        source, target, wanted = batch(rng)
        logits = model(source, target)
        loss = F.cross_entropy(logits.flatten(0, 1), wanted.flatten(), ignore_index=0)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


def up_and_down(how_many):
    """The paper's schedule; over the last 30% of the steps it is also led down to 0."""
    return [noam(i, n_embd, 100) * min(1, (how_many + 1 - i) / (0.3 * how_many))
            for i in range(1, how_many + 1)]


# %%
@torch.no_grad()
def write(model, words):
    """Let the decoder write one symbol after the other, always the likeliest."""
    source, target = padded(words), padded(["."] * len(words))
    for _ in range(source.shape[1] + 1):
        best = model(source, target)[:, -1].argmax(dim=-1)  # (B,)
        target = torch.cat([target, best[:, None]], dim=1)
    texts = ["".join(symbols[i] for i in row[1:]) for row in target.tolist()]
    return [text.split(".")[0] for text in texts]


def score(model):
    """The share of names that come back letter by letter in reverse."""
    return np.mean([out == name[::-1] for out, name in zip(write(model, names), names)])


# %%
names = [name for name in path.datasets.names()[::40] if 3 <= len(name) <= 10]
torch.manual_seed(seed)
model = Transformer()
train(model, up_and_down(300))  # some seconds
scores = {"nothing": score(model)}
print(f"{scores['nothing']:.1%} of {len(names)} names are right after 300 steps")
for name in names[70::120]:
    print(f"{name} → {write(model, [name])[0]}")


# %% tags=["remove-input"]
def draw_tables(tables, title, alt):
    """Tables of weights by name -> (rows, columns, table)."""
    figure, axes = path.figure(1, len(tables), figsize=(3.5 * len(tables), 3.9))
    for ax, (name, (rows, columns, table)) in zip(axes, tables.items()):
        picture = ax.imshow(table, vmin=0, vmax=1)
        ax.set(title=name, xlabel="symbol looked at")
        ax.set_xticks(range(len(columns)), columns)
        ax.set_yticks(range(len(rows)), rows)
    axes[0].set_ylabel("symbol that looks")
    figure.colorbar(picture, ax=axes, label="weight", shrink=0.8)
    figure.suptitle(title, x=0.02, ha="left")
    path.show(figure, alt)


# %%
def look(model, word):
    """Weights (h, rows, columns) of encoder, decoder and of the look across, for one word."""
    with torch.no_grad():
        model(padded([word]), padded(["." + word[::-1]]))
    encoder, decoder = model.encoder[0], model.decoder[0]
    return [a.weights[0].numpy() for a in (encoder.attend, decoder.attend, decoder.cross)]


word = "francis"
_, _, across = look(model, word)
draw_tables(
    {f"head {h}": ("." + word[::-1], word, across[h]) for h in range(n_head)},
    "While it writes forwards, it looks backwards",
    "Two tables, one for each head: rows are what has been written, columns the letters of "
    "francis. The bright cells run from the upper right to the lower left.",
)

# %% [markdown]
# Read it from the top. Nothing is written yet, only `.`, and the decoder looks at the last letter.
# With each row it moves one place to the left. Nobody told it to. Now to the parts.
#
# ## A norm for each token
#
# Layers add to a token's vector again and again, so it can grow. A norm brings it back to a known
# size. Take the numbers 1, 3 and 8. Subtract their mean, 4. Divide by the root of their variance,
# $26/3$. What comes out is −1.02, −0.34 and 1.36, with mean 0 and variance 1.
#
# This is **LayerNorm**. BatchNorm, which [](activations) builds, compares one feature across all
# examples of a batch. LayerNorm stays inside a token, so no other text can change the result. Two
# learned vectors follow:
#
# $$y = \text{scale} \cdot \frac{x - \mu}{\sqrt{\sigma^2 + \epsilon}} + \text{shift}$$

# %% predict="means"
path.predict("means", 320)

# %% exercise="layer_norm"
from pathkit.modules.transformer.layer_norm import layer_norm

# %% [markdown]
# The Annotated Transformer has a LayerNorm of its own. For 8 numbers it divides by 7 and torch by
# 8, so its results are $\sqrt{7/8}$ of torch's. Training can make up for that. The place of
# $\epsilon$ is the larger difference.


# %% tags=["nbval-check-output"]
def annotated_norm(row, eps=1e-6):
    return (row - row.mean()) / (row.std() + eps)  # torch's std divides by C - 1


torch.manual_seed(seed)
x, scale, shift = 3 * torch.randn(2, 5, 8) + 1, torch.rand(8), torch.rand(8)
theirs = F.layer_norm(x, (8,), scale, shift, eps=1e-5)
print("yours is torch's:", torch.allclose(layer_norm(x, scale, shift, 1e-5), theirs, atol=1e-5))
row = torch.arange(8.0)
ratio = annotated_norm(row) / F.layer_norm(row, (8,))
print(f"the annotated one, as a multiple: {ratio.min():.3f} to {ratio.max():.3f}")

# %% exercise="flat_row"
from pathkit.modules.transformer.flat_row import flat_row

flat_row = flat_row()

# %% tags=["nbval-check-output"]
row = torch.as_tensor(flat_row, dtype=torch.float64)
print(f"annotated {annotated_norm(row).abs().max():.1f}")
print(f"torch     {F.layer_norm(row, row.shape).abs().max():.1f}")

# %% [markdown]
# ## The stream
#
# A token's vector runs through the whole stack. No layer replaces it. Each reads it and adds what
# it found: that is its **residual connection**. The vectors on their way are the **residual
# stream**:
#
# ```text
# pre-norm    x ──┬───────────────────────(+)──▶      the stream is never normed
#                 └──▶ norm ──▶ layer ─────┘
#
# post-norm   x ──┬───────────────────────(+)──▶ norm ──▶
#                 └──────────▶ layer ──────┘
# ```
#
# The paper of 2017 draws the lower one, **post-norm**. GPT-2 took the upper one, **pre-norm**.
# Which is better? [](activations), if you have been there, left it open. Here is an experiment.

# %% exercise="sublayer"
from pathkit.modules.transformer.sublayer import sublayer

# %% predict="gradients"
path.predict("gradients", "c")


# %%
def gradients(depth, norm_first, width=64):
    """Gradients, (depth,), of the last matrix of each layer in a stack nobody has trained."""
    layers = [nn.Sequential(nn.Linear(width, 4 * width), nn.ReLU(), nn.Linear(4 * width, width))
              for _ in range(depth)]
    for layer in layers:
        nn.init.xavier_uniform_(layer[0].weight)
        nn.init.xavier_uniform_(layer[2].weight)
    norm, unembed, x = nn.LayerNorm(width), nn.Linear(width, 28), torch.randn(256, width)
    for layer in layers:
        x = sublayer(x, layer, norm, norm_first)
    x = norm(x) if norm_first else x
    F.cross_entropy(unembed(x), torch.randint(28, (256,))).backward()
    return np.array([layer[2].weight.grad.norm().item() for layer in layers])


torch.manual_seed(seed)
depths = (2, 6, 18, 54)
found = {(depth, first): np.mean([gradients(depth, first) for _ in range(5)], axis=0)
         for depth in depths for first in (False, True)}

# %%
figure, (left, right) = path.figure(1, 2, figsize=(9, 3.6), sharey=True)
for first, name, line in ((False, "post-norm", "-o"), (True, "pre-norm", "--s")):
    left.plot(depths, [found[depth, first][-1] for depth in depths], line, label=name)
    right.plot(range(1, 19), found[18, first], line, ms=4, label=name)
left.set(title="the last layer, by depth", xscale="log", ylim=(0, None))
left.set(xlabel="layers in the stack", ylabel="size of the gradient")
left.set_xticks(depths, depths)
left.minorticks_off()
right.set(title="each layer of a stack of 18", xlabel="layer, counted from the input")
right.set_xticks((1, 6, 12, 18))
left.legend(frameon=False)
figure.suptitle("Pre-norm turns the last layers down, post-norm doesn't", x=0.02, ha="left")
path.show(figure, "Size of the gradient. Left, for the last layer: post-norm rises from 0.24 to "
                  "0.46 with depth, pre-norm falls from 0.22 to 0.10. Right, in 18 layers: both "
                  "begin alike; post-norm ends at 0.34, pre-norm at 0.12.")
for depth in depths:
    print(f"{depth:>2} layers: last gradient {found[depth, False][-1]:.2f} post-norm, "
          f"{found[depth, True][-1]:.2f} pre-norm")

# %% [markdown]
# Most people expect post-norm's gradient to vanish at the first layer. Here it does not: both begin
# alike. The difference is at the other end. In pre-norm the stream grows, so each later layer is a
# smaller part of it. Xiong and others (2020) derive this from the formulas.
#
# Whether it matters you will see when we train.
#
# ## Who may look where
#
# In [](attention) the future was hidden. Here there is padding, too. And the decoder looks at two
# things: at what it has written and at the whole source. So there are two masks.

# %% exercise="masks"
from pathkit.modules.transformer.masks import masks

# %% tags=["nbval-check-output"]
source, target = padded(["eva", "omar"]), padded([".av", ".ram"])
for name, table in zip(("source", "target"), masks(source, target)):
    print(name, tuple(table.shape), "first word, hidden = 1:", table[0].int().tolist())

# %% [markdown]
# ## Who asks, who answers
#
# **Self-attention** lets a sequence look at itself. **Cross-attention** lets one sequence look at
# another. Queries come from the one that asks, keys and values from the one that answers. Nothing
# else changes.
#
# Shapes: `x` is (B, T, C), `memory` is (B, S, C), and the weights are (B, h, T, S).

# %% exercise="Attention"
from pathkit.modules.transformer.attention import Attention

# %% [markdown]
# ## Two blocks
#
# Attention moves things between places. A **feed-forward layer** then works on each place alone:
# widen four times, bend, narrow again. The bend is **ReLU**: what is below 0 becomes 0.
#
# A **sub-layer** is a layer with its residual connection and its norm. An encoder block has two: it
# attends, then it thinks. A decoder block has a third one in the middle, where it asks the encoder.
#
# Here is the encoder block of 2017, with its attention drawn larger. The stream is highlighted:
# each layer branches off from it, and what the layer says is added to it.

# %%
path.machine("encoder block", highlight="residual", B="B", T="S")

# %% predict="share"
path.predict("share", 67)

# %% exercise="EncoderBlock"
from pathkit.modules.transformer.encoder_block import EncoderBlock

# %% tags=["nbval-check-output"]
for name, part in (("attention", Attention(512, 8)), ("encoder block", EncoderBlock(512, 8))):
    print(f"{name:<14}{sum(p.numel() for p in part.parameters()):>10,} weights")

# %% [markdown]
# The decoder block, norm last again. In its middle sub-layer two arrows come in: the stream asks,
# and the memory, which is what the encoder returned, answers.

# %%
path.machine("decoder block", highlight=["cross-attention", "memory"], B="B")

# %% exercise="DecoderBlock"
from pathkit.modules.transformer.decoder_block import DecoderBlock

# %% [markdown]
# ## Are they the real thing?
#
# PyTorch has both blocks. Put its weights into yours. If the outputs agree, nothing is missing.
# Some names differ, and torch keeps queries, keys and values in one matrix, on top of each other.

# %%
def from_torch(theirs, block):
    """The weights of one of torch's layers, under the names that they have in our block."""
    (_, wide), (_, narrow) = sorted(
        (part.in_features, name) for name, part in block.named_modules()
        if isinstance(part, nn.Linear) and part.in_features != part.out_features)
    renamed = {"self_attn.out_proj": "attend.mix", "multihead_attn.out_proj": "cross.mix",
               "linear1": wide, "linear2": narrow}
    ours = {}
    for name, value in theirs.state_dict().items():
        layer, _, kind = name.rpartition(".")  # "norm1", "weight"
        if kind.startswith("in_proj_"):
            attention = {"self_attn": "attend", "multihead_attn": "cross"}[layer]
            for role, piece in zip(("query", "key", "value"), value.chunk(3)):
                ours[f"{attention}.{role}.{kind.removeprefix('in_proj_')}"] = piece
        else:
            ours[f"{renamed.get(layer, layer)}.{kind}"] = value
    return ours


# %% tags=["nbval-check-output"]
torch.manual_seed(seed)
x, memory = torch.randn(2, 4, 32), torch.randn(2, 6, 32)
source, target = padded(["eva", "yasmin"]), padded([".av", ".nim"])  # 6 and 4 symbols wide
padding, hidden = masks(source, target)
for norm_first in (False, True):
    sizes = dict(dim_feedforward=128, dropout=0.0, batch_first=True, norm_first=norm_first)
    encoder = nn.TransformerEncoderLayer(32, 4, **sizes)
    decoder = nn.TransformerDecoderLayer(32, 4, **sizes)
    for weight in [*encoder.parameters(), *decoder.parameters()]:
        weight.data += 0.1 * torch.randn(weight.shape)  # no norm stays at 1 and 0
    ours, ours2 = EncoderBlock(32, 4, norm_first), DecoderBlock(32, 4, norm_first)
    ours.load_state_dict(from_torch(encoder, ours))
    ours2.load_state_dict(from_torch(decoder, ours2))
    theirs = encoder(memory, src_key_padding_mask=source == 0)
    theirs2 = decoder(x, memory, hidden[0], memory_key_padding_mask=source == 0)
    for a, b in ((theirs, ours(memory, padding)), (theirs2, ours2(x, memory, hidden[:1], padding))):
        print("norm_first" if norm_first else "norm last ", "within 1e-5:",
              torch.allclose(a, b, rtol=0, atol=1e-5))

# %% [markdown]
# Four times the same numbers. You own every line of them.
#
# ## Put together
#
# The class `Transformer` now uses your blocks and your masks. One block each, norm last, as in
# 2017. Train it a little longer than above.

# %%
torch.manual_seed(seed)
model = Transformer()
losses = train(model, up_and_down(steps))
print(f"{score(model):.1%} of {len(names)} names are right; "
      f"{sum(p.numel() for p in model.parameters()):,} weights")

# %%
reads, writes, across = look(model, word)
draw_tables(
    {"encoder, head 0": (word, word, reads[0]),
     "decoder, head 0": ("." + word[::-1], "." + word[::-1], writes[0]),
     "across, head 0": ("." + word[::-1], word, across[0])},
    "The encoder takes a plain average; only the look across has an aim",
    "Three tables. Encoder: all cells near one seventh. Decoder: a triangle that favours recent "
    "symbols. Across: a bright line from the upper right to the lower left.",
)

# %% [markdown]
# The encoder's table is a surprise: every letter looks at all letters alike. What is a plain
# average good for? It averages the waves, too, and that average depends on how long the word is. To
# find the last letter, somebody has to know the length.
#
# That is a guess from a picture. Test it. With all queries at 0 every score is 0, so all weights
# are exactly equal. With `mix` at 0 the layer is silent.

# %%
kept = {name: value.clone() for name, value in model.state_dict().items()}
attend = model.encoder[0].attend
for name, part in (("equal weights", attend.query), ("no attention", attend.mix)):
    for weight in part.parameters():
        weight.data.zero_()
    print(f"encoder with {name}: {score(model):.1%} of names")
_ = model.load_state_dict(kept)

# %% [markdown]
# The guess holds. Equal weights do nearly as well as the learned ones, and without the layer
# hardly a name in ten comes back. (How many do depends on the last digits of 500 steps, which each
# processor rounds in its own way.)
#
# Now take out one part at a time, and train what is left from the start, for 300 steps.

# %% predict="spare-part"
path.predict("spare-part", "b")


# %%
class Silent(nn.Module):
    def forward(self, x, *others, **named):
        return torch.zeros_like(x)  # nothing to say


class Replaces(nn.Module):
    """Undoes a residual connection: x plus this is what the layer says, and nothing else."""

    def __init__(self, layer):
        super().__init__()
        self.layer = layer

    def forward(self, x, *others, **named):
        return self.layer(x, *others, **named) - x


class Placeless(Transformer):
    def embed(self, tokens):
        return math.sqrt(n_embd) * self.token(tokens)


# %%
looks = ["encoder.0.attend", "decoder.0.attend", "decoder.0.cross"]
thinks = [f"{half}.0.{name}" for half in ("encoder", "decoder")
          for name, part in model.get_submodule(half)[0].named_children()
          if isinstance(part, nn.Sequential)]
removed = {"decoder's self-attention": looks[1:2], "feed-forward layers": thinks,
           "encoder's attention": looks[:1], "residual connections": looks + thinks,
           "positions": []}
for part, layers in removed.items():  # five trainings: the slowest cell
    torch.manual_seed(seed)
    crippled = Placeless() if part == "positions" else Transformer()
    for layer in layers:
        block, name = crippled.get_submodule(layer[:9]), layer[10:]
        old = getattr(block, name)
        setattr(block, name, Replaces(old) if part == "residual connections" else Silent())
    train(crippled, up_and_down(300))
    scores[part] = score(crippled)

# %%
figure, axes = path.figure(figsize=(7.5, 2.8))
bars = axes.barh(list(scores), [100 * share for share in scores.values()], color=path.PALETTE[0])
axes.bar_label(bars, fmt="%.0f", padding=4)
axes.set(title="The decoder need not look at itself; all else is needed", xlim=(0, 110))
axes.set(xlabel="names right after 300 steps (of 100)", ylabel="taken out")
axes.invert_yaxis()
path.show(figure, "Bars of names that come back right: nearly all with nothing taken out and "
                  "without the decoder's self-attention, about 80 without feed-forward layers, 15 "
                  "without the encoder's attention, next to none without residual connections or "
                  "positions.")

# %% [markdown]
# The decoder's waves say which letter is due, and the source holds it. What has been written adds
# nothing, in this task. In a translation the next word depends on the words before it.
#
# And without the encoder's attention nobody knows the length.
#
# ## The schedule
#
# Which learning rate? The paper has a formula. It climbs for `warmup` steps, then falls like
# $1/\sqrt{\text{step}}$:
#
# $$\text{rate} = \frac{1}{\sqrt{n\_embd}} \cdot \min\left(\frac{1}{\sqrt{\text{step}}},\;
# \frac{\text{step}}{\text{warmup}^{1.5}}\right)$$

# %% exercise="noam"
from pathkit.modules.transformer.noam import noam

# %%
figure, axes = path.figure()
all_steps = range(1, 20_001)
for colour, warmup in zip(path.PALETTE, (2000, 4000, 8000)):
    rates = [1000 * noam(step, 512, warmup) for step in all_steps]
    axes.plot(all_steps, rates, color=colour, label=f"warmup = {warmup:,}")
    axes.plot(warmup, 1000 / math.sqrt(512 * warmup), "o", color=colour)
axes.set(title="The peak comes at the warm-up step, at 1/√(n_embd · warmup)", ylim=(0, None))
axes.set(xlabel="step", ylabel="learning rate (thousandths)")
axes.legend(frameon=False)
path.show(figure, "Learning rate against step for width 512. Three curves climb in straight lines, "
                  "peak at 0.99, 0.70 and 0.49 thousandths at steps 2,000, 4,000 and 8,000, and "
                  "then fall together. A dot marks each peak where the formula puts it.")

# %% [markdown]
# At `warmup` the two branches are equal. In the paper `n_embd` is 512 and `warmup` 4,000, so the
# peak is 0.0007. Twice the warm-up: later, and lower by $\sqrt 2$.
#
# Is the climb needed? Stack three blocks instead of one, and set the full rate of 0.01 from the
# first step.

# %% predict="warm-up"
path.predict("warm-up", "a")

# %%
runs = {"post-norm, no warm-up": (False, 1), "post-norm, 30 steps": (False, 30),
        "post-norm, 100 steps": (False, 100), "pre-norm, no warm-up": (True, 1)}
curves = {}
for name, (norm_first, warmup) in runs.items():
    torch.manual_seed(seed)
    deep = Transformer(n_layer=3, norm_first=norm_first)
    curves[name] = train(deep, [0.01 * min(1, step / warmup) for step in range(1, 121)])
    print(f"{name:<22} {np.mean(curves[name][-20:]):.1f} nats in the last 20 steps")

# %%
figure, axes = path.figure()
for (name, losses), line in zip(curves.items(), ("-", "--", ":", "-.")):
    smooth = np.convolve(losses, np.ones(10) / 10, mode="valid")
    axes.plot(range(10, len(losses) + 1), smooth, line, label=name)
axes.axhline(math.log(27), color="grey", lw=0.8)
axes.text(120, math.log(27) + 0.04, "ln 27: knows nothing", fontsize=8, color="grey", ha="right")
axes.set(title="Post-norm needs the warm-up, pre-norm does not", ylim=(None, 4))
axes.set(xlabel="step", ylabel="loss, mean of 10 steps (nats per symbol)")
axes.legend(frameon=False)
path.show(figure, "Loss against step. Post-norm without warm-up stays above 3 nats; with 30 and "
                  "100 steps it falls; pre-norm without warm-up falls fastest and ends lowest.")

# %% [markdown]
# Adam's first step moves every weight by about the full rate, on the word of a single batch. In
# post-norm the last layers then answer loudly, and the model never finds out of it. Warm-up keeps
# the first steps small. Pre-norm keeps the last layers quiet. Since GPT-2 nearly everybody norms
# first.

# %% [markdown]
# ## What is left
#
# Leave out the encoder and `cross`, norm first, and you have GPT. You build it piece by piece in
# [](gpt). In [](formal-algorithms) you meet every part of today again, as pseudocode.

# %% [markdown]
# ## Stretch
#
# None of this is needed to go on. Each has a number to beat; on your processor trainings may end
# with a name or two in a hundred more or fewer.
#
# 1. **Copy.** Let the target be the word itself, forwards. Predict the bars for the encoder's and
#    the decoder's self-attention, then draw them. One goes from about 15 to nearly all. Why?
# 2. **Longer words.** The model has seen up to ten letters. Of 100 random words of eleven it
#    reverses hardly any. Count the source's places from its end: about 28 come back. In training,
#    begin to count at a random number from 0 to 10, the same for both halves. Ours then reverses
#    about 95 words of fourteen letters.
# 3. **Small.** `n_embd = 12`, one head and no decoder self-attention make 4,492 weights, and
#    after 500 steps about 99 of 100 names are right. With `n_embd = 10` it is 3,268 weights and
#    about 97 names. Get 99 of 100 with fewer.
