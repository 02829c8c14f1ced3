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
import torch.nn.functional as F

import pathkit as path

path.ready("activations")

# %% tags=["parameters"]
seed = 0  # of all weights and batches
steps = 4000  # of the network with one hidden layer
deep_steps = 1000  # of each deep network

# %% [markdown]
# ## The same network, started twice
#
# [](mlp) left two things open. Its first loss lies far above 3.30 nats, and its curve looks like a
# hockey stick. Here is that network again: three symbols of context, 200 tanh units. It starts with
# the video's weights of size 1, which gave 27.93 nats there.

# %% tags=["nbval-check-output"]
names = path.datasets.names()
symbols = ".abcdefghijklmnopqrstuvwxyz"
order = np.random.default_rng(0).permutation(len(names))
dev = set(order[1::10])
held_out = dev | set(order[::10])  # the names held out from the start


def windows(chosen):
    """Contexts of three symbols and what came next: (N, 3), (N,)."""
    X, Y = [], []
    for i in chosen:
        codes = [0, 0, 0] + [symbols.index(s) for s in names[i]] + [0]
        X += [codes[t : t + 3] for t in range(len(codes) - 3)]
        Y += codes[3:]
    return torch.tensor(X), torch.tensor(Y)


Xtr, Ytr = windows(i for i in order if i not in held_out)
Xdev, Ydev = windows(order[1::10])
print(f"{len(Xtr):,} windows to train on, {len(Xdev):,} in dev")


# %%
def start(hidden=1.0, output=1.0):
    """Random C, W1, b1, W2, b2; W1 and b1 times `hidden`, W2 times `output` (below 1: no b2)."""
    generator = torch.Generator().manual_seed(seed)
    shapes = [(27, 10), (30, 200), (200,), (200, 27), (27,)]
    factors = [1.0, hidden, hidden, output, 0.0 if output < 1 else 1.0]
    return [torch.randn(s, generator=generator) * f for s, f in zip(shapes, factors)]


def forward(weights, X):
    """(B, 3) symbols -> (B, 200) outputs of the tanh units, (B, 27) logits."""
    C, W1, b1, W2, b2 = weights
    emb = C[X].flatten(1)  # (B, 30)
    h = torch.tanh(emb @ W1 + b1)
    return h, h @ W2 + b2


# %%
def train(weights, logits_of, steps, rate=0.1, watch=None):
    """Plain gradient descent on batches of 32; returns the losses in nats."""
    generator = torch.Generator().manual_seed(seed + 1)
    losses = []
    for weight in weights:
        weight.requires_grad_()
    for step in range(steps):
        batch = torch.randint(len(Xtr), (32,), generator=generator)
        loss = F.cross_entropy(logits_of(Xtr[batch]), Ytr[batch])
        for weight in weights:
            weight.grad = None
        loss.backward()
        if watch and step % 20 == 0:
            watch()
        with torch.no_grad():
            for weight in weights:
                weight -= rate * weight.grad
        losses.append(loss.item())
    return losses


# %%
def run(hidden, output, steps):
    """Train from this start; the losses, averaged over 40 steps each, and the dev loss."""
    weights = start(hidden, output)
    losses = train(weights, lambda X: forward(weights, X)[1], steps)
    with torch.no_grad():
        dev_loss = F.cross_entropy(forward(weights, Xdev)[1], Ydev).item()
    return np.reshape(losses, (-1, 40)).mean(axis=1), dev_loss


figure, axes = path.figure()
for name, factors in {"weights of size 1": (1.0, 1.0), "repaired": (0.3, 0.01)}.items():
    losses, dev_loss = run(*factors, steps)
    axes.plot(40 * np.arange(len(losses)) + 20, losses, label=f"{name}: dev {dev_loss:.2f}")
axes.axhline(math.log(27), color=path.PALETTE[3], ls="--", label="knowing nothing: 3.30")
axes.set(title="A bad start costs more than four thousand steps repay", ylim=(2, 12))
axes.set(xlabel="step", ylabel="loss (nats per symbol)")
axes.legend(frameon=False)
path.show(figure, "Loss against steps. The repaired network begins at 3.3 and falls to 2.5. The "
                  "other comes from far above 12 and is still near 3.0 after 4,000 steps.")

# %% [markdown]
# Same data, same batches, same number of weights. Only the sizes of the random numbers differ, and
# after 4,000 steps half a nat lies between the two.
#
# You will find both faults before training a single step. Then you will examine deeper networks,
# and at the end six broken ones.

# %% [markdown]
# ## The loss before the first step
#
# Take three classes and the logits 0, 0, 0. Each class gets 1/3, and whatever comes costs
# $\ln 3 = 1.10$ nats. Now take 8, 0 and −5, and the second class comes. That costs 8.00 nats.
#
# Nobody has trained either network. The second is sure of something it can't know.

# %% exercise="excess_loss"
from pathkit.modules.activations.excess_loss import excess_loss

# %% predict="calm-loss"
path.predict("calm-loss", 3.31)

# %% tags=["nbval-check-output"]
for output in (1.0, 0.1, 0.01):
    h, logits = forward(start(output=output), Xtr)
    print(f"output weights × {output:<5} logits spread by {logits.std():5.2f}, "
          f"excess {excess_loss(logits, Ytr):5.2f} nats")

# %% [markdown]
# The blade of the hockey stick is the network learning to be less sure. Two numbers do that for it
# in advance: output weights × 0.01, output bias 0. The video finds the same on its names, from
# 27.88 down to 3.32.
#
# Why not × 0? Then no gradient would reach the layers below in the first step. A little
# randomness is left on purpose.

# %% [markdown]
# ## Asleep at both ends
#
# The second fault doesn't show in the loss. Look at tanh itself. Its slope is $1 - h^2$, where $h$
# is its output:
#
# | output $h$ | 0 | 0.5 | 0.9 | 0.99 |
# | :-- | --: | --: | --: | --: |
# | slope | 1 | 0.75 | 0.19 | 0.02 |
#
# On the way back every gradient is multiplied by this slope. A unit near ±1 is **saturated**: it
# answers, and it learns next to nothing.

# %% predict="slope-left"
path.predict("slope-left", 0.06)

# %% exercise="saturated"
from pathkit.modules.activations.saturated import saturated

# %% tags=["nbval-check-output"]
pictures = {}
for hidden in (1.0, 0.3, 0.1):
    h, _ = forward(start(hidden=hidden), Xtr)
    pictures[hidden] = h[:100]
    share, lost = saturated(h, 0.97)
    print(f"hidden weights × {hidden}: {share:4.0%} of the outputs beyond 0.97, {lost:.0%} of the "
          f"units for every window")

# %%
figure, axes = path.figure(1, 3, figsize=(9, 3.2), sharey=True)
for ax, (hidden, h) in zip(axes, pictures.items()):
    ax.imshow(h.abs() > 0.97, cmap="cividis", aspect="auto", interpolation="nearest")
    ax.set(title=f"weights × {hidden}", xlabel="unit")
axes[0].set_ylabel("window")
figure.suptitle("Unit-normal weights put two outputs of three to sleep", x=0.02, ha="left")
path.show(figure, "Three pictures of 100 windows by 200 units; saturated outputs are bright. With "
                  "weights times 1 most of the picture is bright, times 0.3 a fifth, times 0.1 "
                  "nothing.")

# %% [markdown]
# No unit is lost for every window, so this network still learns, slowly. But where does 69% come
# from? Each unit adds up 30 inputs. That is a question of scale, and you can settle it by
# experiment.
#
# ## A scale from an experiment
#
# Multiply inputs of variance 1 by weights of variance 1 and add up. How far do the sums spread?

# %% tags=["nbval-check-output"]
generator = torch.Generator().manual_seed(seed)
for fan_in in (3, 30, 300):
    x = torch.randn(5000, fan_in, generator=generator)
    W = torch.randn(fan_in, 50, generator=generator)
    z = x @ W  # (5000, 50)
    z_small = x @ (W / fan_in**0.5)
    print(f"{fan_in:>3} inputs: standard deviation {z.std():5.1f}, and {z_small.std():.1f} with "
          f"weights / √{fan_in}")

# %% [markdown]
# Variances add up, so the spread of a sum grows as the root of **fan-in**, the number of inputs. 30
# inputs give 5.5, and tanh of 5.5 is 0.99997.
#
# With weights divided by $\sqrt{30}$ the sums spread by 1. But a deep layer doesn't get numbers of
# variance 1. It gets what tanh or ReLU left of them.

# %% exercise="weight_scale"
from pathkit.modules.activations.weight_scale import weight_scale

# %% tags=["nbval-check-output"]
z = torch.randn(1_000_000, generator=torch.Generator().manual_seed(seed))
for name, f in {"linear": lambda z: z, "relu": torch.relu, "tanh": torch.tanh}.items():
    table = torch.nn.init.calculate_gain(name)
    print(f"{name:<7} measured {weight_scale(f, z, 1):.2f}   PyTorch's table {table:.2f}")

# %% [markdown]
# These factors are called **gains**: a layer's weights spread by gain/√fan-in. ReLU sets half of
# its inputs to 0 and keeps half of the mean square, hence $\sqrt2$.
#
# For tanh the table says 5/3, the experiment 1.59. Both work, as you are about to see. The
# network above wants $\frac{5}{3}/\sqrt{30} = 0.30$: that is the repair in the first figure.

# %% predict="ten-layers"
path.predict("ten-layers", "b")

# %% tags=["nbval-check-output"]
spread = {}
for gain in (0.5, 1.0, 5 / 3, 5.0):
    generator = torch.Generator().manual_seed(seed)
    x, spread[gain] = torch.randn(1000, 100, generator=generator), []
    for _ in range(10):
        W = torch.randn(100, 100, generator=generator) * gain / 100**0.5
        x = torch.tanh(x @ W)
        spread[gain].append(x.std().item())
    print(f"gain {gain:.2f}: layer 1 spreads by {spread[gain][0]:.2f}, layer 10 by {x.std():.3f}, "
          f"{saturated(x, 0.97)[0]:.0%} saturated")

# %%
figure, axes = path.figure()
for gain, values in spread.items():
    axes.plot(range(1, 11), values, "-o", ms=4, label=f"gain {gain:.2f}")
axes.set(title="At gain 5/3 the tenth tanh layer hears as much as the second", yscale="log")
axes.set(xlabel="layer", ylabel="standard deviation of outputs")
axes.legend(frameon=False, ncols=2)
path.show(figure, "Spread of the outputs by layer, on a log scale. Gain 0.5 falls in a straight "
                  "line to 0.001, gain 1 slowly to 0.2; 1.67 stays at 0.65 and 5 at 0.9.")

# %% [markdown]
# Gain 5 looks as steady as 5/3, and two thirds of its outputs are saturated. Steady isn't enough:
# look at both numbers.

# %% [markdown]
# ## Or measure, and divide
#
# In 2015 Sergey Ioffe and Christian Szegedy turned the question round. If you want sums of mean 0
# and variance 1, make them so. Take three examples (rows) and two units (columns):

# %% tags=["nbval-check-output"]
z = torch.tensor([[1.0, 100.0], [2.0, 300.0], [6.0, 200.0]])  # (3, 2)
mean, var = z.mean(0), z.var(0, unbiased=False)  # (2,), (2,)
print("mean", mean.tolist(), "  standard deviation", [round(v, 2) for v in var.sqrt().tolist()])
print(((z - mean) / var.sqrt()).numpy().round(2))

# %% [markdown]
# Each column is now centred, whatever its unit of measurement was. With two weights more for each
# unit, so that training may choose another place and size, this is **BatchNorm**:
#
# $$\hat z = \gamma\, \frac{z - \text{mean}}{\sqrt{\text{var} + \epsilon}} + \beta$$
#
# $z$ is (B, n), all else (n,). $\epsilon$ is small and keeps the root away from 0.
#
# When the model is used there may be no batch: somebody asks for one name. So training keeps
# running averages of mean and variance, and evaluation uses those.

# %% exercise="batch_norm"
from pathkit.modules.activations.batch_norm import batch_norm

# %% tags=["nbval-check-output"]
theirs = torch.nn.BatchNorm1d(5)
running = (torch.zeros(5), torch.ones(5))
generator = torch.Generator().manual_seed(seed)
same = []
for training in (True, True, True, False):
    z = 4 * torch.randn(8, 5, generator=generator) + 2  # (8, 5)
    theirs.train(training)
    out, running = batch_norm(z, torch.ones(5), torch.zeros(5), running, training)
    same.append(torch.allclose(out, theirs(z), atol=1e-5))
print("as PyTorch, three batches of training, then evaluation:", same)
print("running mean of unit 0:", round(running[0][0].item(), 2))

# %% [markdown]
# Something odd has come in. In training an example no longer has an output of its own.

# %% exercise="company"
from pathkit.modules.activations.company import company

company = company()

# %% [markdown]
# The other way to average is along a row: each example over its own units. That is **LayerNorm**.
# It needs no company and no running numbers, and every transformer uses it ([](transformer)).


# %% tags=["nbval-check-output"]
def layer_norm(z, eps=1e-5):
    """Normalise each row by itself: (B, n) -> (B, n)."""
    mean, var = z.mean(1, keepdim=True), z.var(1, unbiased=False, keepdim=True)  # (B, 1)
    return (z - mean) / torch.sqrt(var + eps)


z = torch.tensor([[1.0, 2.0, 6.0], [4.0, 4.0, 1.0]])
other = torch.tensor([[1.0, 2.0, 6.0], [0.0, 9.0, 8.0]])  # the second example has changed
rest = (torch.ones(3), torch.zeros(3), (torch.zeros(3), torch.ones(3)), True)
for name, norm in {"Batch": lambda z: batch_norm(z, *rest)[0], "Layer": layer_norm}.items():
    before, after = norm(z)[0].numpy().round(1), norm(other)[0].numpy().round(1)
    print(f"{name}Norm of the first example: {before}, then {after}")

# %% [markdown]
# After training, BatchNorm multiplies each unit by a fixed number and adds another. A linear layer
# can do that by itself.

# %% exercise="folded"
from pathkit.modules.activations.folded import folded

# %% tags=["nbval-check-output"]
generator = torch.Generator().manual_seed(seed)
x, W = torch.randn(6, 5, generator=generator), torch.randn(5, 5, generator=generator)
b, gamma, beta = torch.randn(3, 5, generator=generator)  # odd numbers: zeros would hide mistakes
both, _ = batch_norm(x @ W + b, gamma, beta, running, False)  # in evaluation
W_new, b_new = folded(W, b, gamma, beta, *running, 1e-5)
print("one layer instead of two:", torch.allclose(x @ W_new + b_new, both, atol=1e-5))

# %% [markdown]
# ## Is the step the right size?
#
# Weights may be healthy and the steps still wrong. A learning rate says little by itself. Compare
# the step with the weights it changes.

# %% exercise="update_ratio"
from pathkit.modules.activations.update_ratio import update_ratio


# %%
def layers(gain):
    """Five layers of 100 units: C, the weights of each layer, and the output weights V."""
    generator = torch.Generator().manual_seed(seed)
    C = torch.randn(27, 10, generator=generator)
    sizes = [(30, 100)] + 4 * [(100, 100)]
    Ws = [torch.randn(s, generator=generator) * gain / s[0] ** 0.5 for s in sizes]
    return C, Ws, torch.randn(100, 27, generator=generator) * 0.01


# %%
def deep(gain, norm=False):
    """All that is trained, the weights of the five layers, and the forward pass."""
    C, Ws, V = layers(gain)
    c, betas, gammas = torch.zeros(27), torch.zeros(5, 100), torch.ones(5, 100)
    running = 5 * [(torch.zeros(100), torch.ones(100))]

    def logits_of(X, training=True):
        x = C[X].flatten(1)  # (B, 30)
        for i, W in enumerate(Ws):
            z = x @ W  # (B, 100)
            if norm:
                z, new = batch_norm(z, gammas[i], betas[i], running[i], training)
                running[i] = [part.detach() for part in new]  # statistics, nothing to train
            x = torch.tanh(z if norm else z + betas[i])
        return x @ V + c

    return [C, *Ws, betas, V, c] + ([gammas] if norm else []), Ws, logits_of


# %% predict="best-rate"
path.predict("best-rate", "a")

# %%
def ratios_at(rate):
    """Train at this rate; the losses, and the log ratio of each layer at every 20th step."""
    weights, Ws, logits_of = deep(gain=5 / 3)
    found = []

    def watch():
        found.append([update_ratio(W.detach(), W.grad, rate) for W in Ws])

    return train(weights, logits_of, deep_steps, rate, watch), np.array(found)


# %%
figure, axes = path.figure()
for rate in (0.01, 0.1, 1.0):
    losses, ratios = ratios_at(rate)
    axes.plot(20 * np.arange(len(ratios)), ratios.mean(axis=1), label=f"rate {rate}")
    print(f"rate {rate:<5} log ratio {ratios.mean():.1f}, mean loss of the last 100 steps "
          f"{np.mean(losses[-100:]):.2f} nats")
axes.axhline(-3, color="black", ls=":", label="rule of thumb")
axes.set(title="The best rate moves weights by a few thousandths a step", ylim=(-4.6, -0.8))
axes.set(xlabel="step", ylabel="log10 of step to weights")
axes.legend(frameon=False, ncols=4, loc="lower center")
path.show(figure, "Mean log ratio of the five layers against steps. Rate 0.01 lies near -3.8, rate "
                  "0.1 near -2.6 and rate 1 near -1.5; the rule of thumb is a line at -3.")

# %% [markdown]
# Two curves would have told you without a loss: the upper one says *slower*, the lower one
# *faster*. The video's rule is −3. In 1,000 steps −2.6 gets farther.

# %% [markdown]
# ## Turn the scale with and without BatchNorm
#
# Five layers, rate 0.1, and one knob: the gain at the start. 0.1 is 17 times too small, 10 is 6
# times too large.

# %% predict="bad-scales"
path.predict("bad-scales", "c")

# %%
gains = (0.1, 0.5, 5 / 3, 10.0)
figure, axes = path.figure()
for norm, style, label in ((False, "-o", "without"), (True, "--s", "with BatchNorm")):
    ends = []
    for gain in gains:
        weights, _, logits_of = deep(gain, norm)
        train(weights, logits_of, deep_steps)
        with torch.no_grad():
            ends.append(F.cross_entropy(logits_of(Xdev, training=False), Ydev).item())
    axes.plot(gains, ends, style, label=label)
    print(f"{label:<16} {np.round(ends, 2)}")
print(f"one hidden layer {run(0.3, 0.01, deep_steps)[1]:.2f}")
axes.set(title="BatchNorm forgives a bad scale; a good scale doesn't need it", xscale="log")
axes.set(xlabel="gain of the weights at the start", ylabel="dev loss (nats per symbol)")
axes.set_xticks(gains, ["0.1", "0.5", "5/3", "10"])
axes.minorticks_off()
axes.legend(frameon=False)
path.show(figure, "Dev loss against gain. Without BatchNorm it is near 2.9 at gain 0.1 and at 10, "
                  "near 2.6 at 5/3. With it, between 2.58 and 2.67 everywhere.")

# %% [markdown]
# Wrong by a factor of 17, and BatchNorm pays 0.07 nats for it. Without it the network ends at 2.91:
# [](bigram) knows that number. It is what letter frequencies score. Nothing of the context got
# through.
#
# At the right scale BatchNorm gains nothing. The video found so too. It buys safety, and charges a
# coupling between examples.
#
# A word on depth. The video's published notebook prints 2.40 nats for its deep network, as if depth
# hurt. That run stops after 1,000 of 200,000 steps. Here, after 1,000 steps each, five layers stand
# at 2.58 on dev and one layer at 2.62.

# %% [markdown]
# ## Name the fault
#
# Six deep networks, each broken in one way. You see four plots of each. The first two are taken
# before training, from layers 1 to 5 and from layer 3 alone.
#
# In the last column the dot is the dev loss when a thousand windows are asked at once. The cross
# is the loss when each window is asked alone. Losses above 4.4 are drawn at 4.4.

# %% tags=["remove-input"]
from pathkit.exercises import activations as finished


def draw_patient(row, letter, patient):
    """Four plots of one network: outputs, one layer, step sizes, losses."""
    for i, outputs in enumerate(patient.outputs):
        counts, edges = np.histogram(outputs, bins=60, range=(-3.2, 3.2), density=True)
        row[0].plot(edges[1:], np.minimum(counts, 3), lw=1, color=plt.cm.cividis(i / 5))
    layer = patient.outputs[2][:32]
    row[1].imshow(layer, vmin=-1, vmax=1, cmap="PuOr", aspect="auto", interpolation="nearest")
    row[2].plot(20 * np.arange(len(patient.ratios)), patient.ratios, lw=0.8)
    row[2].axhline(-3, color="black", ls=":")
    row[2].set_ylim(-6.5, 0.5)
    losses = np.reshape(patient.losses, (-1, 20)).mean(axis=1)
    row[3].plot(20 * np.arange(len(losses)) + 10, losses.clip(max=4.4), lw=1)
    right = len(patient.losses)
    row[3].plot(right, min(patient.dev, 4.4), "o", right, min(patient.alone, 4.4), "x", ms=7)
    row[3].set_ylim(2.4, 4.5)
    row[0].set_ylabel(letter, rotation=0, fontsize=14, weight="bold", labelpad=12)


# %% tags=["remove-input"]
import matplotlib.pyplot as plt

patients = finished.ward((Xtr, Ytr), (Xdev, Ydev), deep_steps)
figure, axes = path.figure(6, 4, figsize=(9.5, 11))
for row, (letter, patient) in zip(axes, patients.items()):
    draw_patient(row, letter, patient)
heads = "outputs, layers 1–5", "layer 3: 32 examples", "log10 step to weights", "loss (nats)"
for ax, head in zip(axes[0], heads):
    ax.set_title(head)
for ax, label in zip(axes[-1], ("output", "unit", "step", "step")):
    ax.set_xlabel(label)
figure.suptitle("Six networks, six faults, and each leaves its own trace", x=0.02, ha="left")
path.show(figure, "Six rows of four plots. A: bell-shaped outputs from -3 to 3. B: most units of "
                  "layer 3 constant. C: outputs piled up at -1 and 1. D: healthy but for a cross "
                  "far above the dot. E: outputs shrink to nothing. F: healthy outputs, then "
                  "steps and losses off the chart.")

# %% exercise="diagnosis"
from pathkit.modules.activations.diagnosis import diagnosis

diagnosis = diagnosis()

# %%
for letter, (fault, nats) in finished.repaired((Xtr, Ytr), (Xdev, Ydev), deep_steps).items():
    print(f"{letter}: {fault:<7} {patients[letter].alone:6.2f} nats asked alone, {nats:.2f} once "
          "repaired")

# %% [markdown]
# Each repair changes one thing. Look at A and B again: their losses are nearly healthy. Nothing but
# the other plots tells you that tanh is missing, or that 70 of 100 units are dead.

# %% [markdown]
# ## What stays open
#
# BatchNorm mixes the examples of a batch on the way forward. What flows back through it, and to
# whom? [](backprop) takes that apart by hand. LayerNorm leaves examples alone; where a transformer
# puts it is a question for [](transformer).

# %% [markdown]
# ## Stretch
#
# None of this is needed to go on. Each has a number to beat, on dev. What a healthy training gave
# here may come out 0.01 higher or lower on your processor, which rounds in its own way; what an
# ill one gave, by much more.
#
# 1. **A schedule.** `deep(5 / 3)` ends near 2.58 nats after 1,000 steps of rate 0.1. Let the rate
#    change as it goes; the number of steps and the batch stay. Below 2.53 is good.
# 2. **LayerNorm instead.** Put `layer_norm` into `deep`. At gain 10 BatchNorm ends near 2.64. Ours
#    gets 2.63 with LayerNorm, and 2.58 at gain 5/3. What does evaluation need now?
# 3. **Forty layers.** At gain 5/3 and rate 0.1 they end near 2.88, hardly below letter frequencies.
#    Change gain and rate alone. Ours ends at 2.62, and at 2.65 with the worst of three seeds. Why
#    does a long stack want less of both?
