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
from pathkit.exercises.gpt import GPT

path.ready("scaling-laws")

# %% tags=["parameters"]
seed = 0  # of the runs; the source stays the same
widths = (10, 12, 16, 20, 24)  # of the models that you train first, two of each
held_out_width = 32  # of the one that you predict

# %% [markdown]
# ## A source with a long tail
#
# A large model is trained once, and its makers want to know the loss before. That is possible only
# if losses follow a rule. To test such a rule you need a source whose entropy is known exactly.
#
# Here is one, with 64 words. Each has 64 random numbers, its features, and a weighted sum of them
# decides what comes next. Feature $k$ counts with the strength $k^{-0.8}$: a few strong
# regularities and a long tail of weak ones, as in language.

# %%
chain = path.datasets.WordChain()
floor = chain.entropy
k = np.arange(1, 65)
left = 1 - np.cumsum(chain.strengths**2) / np.sum(chain.strengths**2)
figure, axes = path.figure(figsize=(7, 3))
axes.loglog(k[:-1], 100 * left[:-1], "-o", ms=3)
axes.set(title="A few features are strong, and the tail is long", xlabel="features known (of 64)")
axes.set_ylabel("variance left unexplained (%)")
path.show(figure, "On two logarithmic axes, the share of variance left unexplained falls slowly: "
                  "half after one feature, a tenth after a dozen, and nothing after all 64.")
print(f"exact entropy {floor:.4f} nats per word; 64 equal chances have {math.log(64):.4f}")

# %% [markdown]
# The curve falls slowly, which means that a narrow model, with room for a few features, leaves much
# to a wider one. The entropy is again the floor: no model gets below 3.3549 nats.
#
# ## What it costs
#
# A block of width $d$ holds about $12 d^2$ weights, as you counted in *The GPT family*. How much
# does that leave out of the GPT that you kept?

# %%
kept = path.model("gpt")
n_layer, n_embd = kept.config["n_layer"], kept.config["n_embd"]
real = sum(w.size for w in kept.weights.values())
print(f"12 L d^2 = {12 * n_layer * n_embd**2:,} of {real:,} numbers in the file")

# %% [markdown]
# About a sixth is missing: embeddings, positions, biases, norms and the last matrix. Of those, only
# the matrix multiplies vectors, so that it belongs on the bill. A weight costs two operations a
# token forward, and four back, for two gradients.

# %% exercise="flops"
from pathkit.modules.scaling_laws.flops import flops

# %% tags=["nbval-check-output"]
shapes = {"width 10": (1, 10, 64), "GPT-2 small": (12, 768, 50_257),
          "GPT-3": (96, 12_288, 50_257)}
for name, shape in shapes.items():
    share = 1 - flops(shape[0], shape[1], 0, 1) / flops(*shape, 1)
    print(f"{name:<12}{flops(*shape, 1):18,} operations a token, {share:5.1%} for the logits")

# %% [markdown]
# A third of the work makes logits, in your small models and in GPT-2 small alike; in GPT-3 it is
# 0.4%. Kaplan and others (2020) left it out in small models, which explains a gap below.
#
# ## Ten small models
#
# Here is one run, from start to exact loss: the floor plus the divergence from the true chances, so
# that no luck is in it. The learning rate rises for a tenth of the steps, then falls to zero.


# %%
def fresh(width, seed):
    """One block of the GPT that you built: 64 words, 8 of context, one head."""
    torch.manual_seed(seed)
    model = GPT(64, 8, width, 1, 1)
    model.position.weight.data *= 0.1
    return model


@torch.no_grad()
def exact_loss(model):
    x = torch.tensor(chain.sample(200, 8, 10**6))
    p = torch.tensor(chain.P)[x]  # the true chances: (200, 8, 64)
    return floor + (p * (p.log() - model(x).double().log_softmax(-1))).sum(-1).mean().item()


# %%
def trained_loss(width, steps, batch=64, seed=0, look_at=None):
    """The exact loss in nats after some steps (all of them by default) of a planned length."""
    model = fresh(width, seed)
    texts = torch.tensor(chain.sample(batch * steps, 9, seed)).split(batch)
    optimizer = torch.optim.AdamW(
        model.parameters(), betas=(0.9, 0.95), weight_decay=0.0, fused=True)  # the same, faster
    peak = 0.02 * min(1, (8 / width) ** 0.5)
    for i, text in enumerate(texts[:look_at]):
        optimizer.param_groups[0]["lr"] = peak * min((i + 1) / (0.1 * steps), 1 - i / steps)
        loss = F.cross_entropy(model(text[:, :-1]).flatten(0, 1), text[:, 1:].flatten())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return exact_loss(model)


# %% [markdown]
# A wider model also gets more text: batches grow with the width and so do steps, so that each
# parameter has 22 to 29 tokens to learn from. Every text is read once.


# %%
def parameters(width):
    return flops(1, width, 64, 1) / 6  # the N of 6 N D


def run(width, seed):
    return trained_loss(width, 25 * width // 2, 4 * width, seed)


N = np.array([parameters(width) for width in widths for _ in range(2)])
losses = np.array([run(width, 100 * seed + i) for width in widths for i in range(2)])

# %%
figure, panels = path.figure(1, 2, figsize=(9.6, 3.2))
for axes, heights in zip(panels, (losses, losses - floor)):
    axes.loglog(N, heights, "o", color=path.PALETTE[0])
    axes.set(xlabel="parameters N")
    axes.minorticks_off()
    axes.set_xticks([2000, 4000, 8000], ["2,000", "4,000", "8,000"])
panels[0].axhline(floor, color=path.PALETTE[3], ls="--")
panels[0].set(ylabel="loss (nats)", title="the loss, and the floor")
panels[1].set(ylabel="above the floor (nats)", title="what is above the floor")
panels[0].set_yticks([3.4, 3.5, 3.6, 3.7], ["3.4", "3.5", "3.6", "3.7"])
panels[1].set_yticks([0.05, 0.1, 0.2, 0.4], ["0.05", "0.1", "0.2", "0.4"])
figure.suptitle("Above its floor the loss falls on a straight line", x=0.02, ha="left")
path.show(figure, "Left: ten losses against parameters, bending towards a dashed line at 3.35. "
                  "Right: the same minus the floor, on a straight line from about 0.33 to 0.05.")

# %% [markdown]
# A line on two logarithmic axes is a **power law**, $y = A\,x^{-\alpha}$. Equal factors of $x$ give
# equal factors of $y$, because $\ln y = \ln A - \alpha \ln x$.

# %% exercise="power_law"
from pathkit.modules.scaling_laws.power_law import power_law

# %% [markdown]
# Most people who have losses don't know the floor. Suppose that you fit the power law to the left
# panel, to the losses as they are, and follow it to the model of width 32.

# %% predict="without-floor"
path.predict("without-floor", "b")

# %%
A, alpha = power_law(N, losses)
B, beta = power_law(N, losses - floor)
n = np.geomspace(min(N), 30_000)
figure, axes = path.figure(figsize=(7, 3.2))
axes.semilogx(N, losses, "o", color=path.PALETTE[0], label="your ten models")
axes.semilogx(n, A * n**-alpha, color=path.PALETTE[1], label="power law of the loss")
axes.semilogx(n, floor + B * n**-beta, color=path.PALETTE[2], label="floor and power law")
axes.axhline(floor, color=path.PALETTE[3], ls="--", label="floor")
axes.axvline(parameters(held_out_width), color="gray", ls=":")
axes.set(title="A fit without the floor promises the impossible", xlabel="parameters N")
axes.set_ylabel("loss (nats)")
axes.legend(frameon=False, fontsize=8)
path.show(figure, "Two curves through ten points. The one without a floor crosses the dashed floor "
                  "before the dotted line of width 32; the other levels off above it.")
print(f"without the floor: {A * parameters(held_out_width) ** -alpha:.2f} nats at width 32")

# %% [markdown]
# Less than 3.30 nats, and so less than the entropy. Among your ten models that curve is off by some
# hundredths of a nat, at the next one by a tenth, because without a floor it never levels off. A
# small misfit inside becomes a large one outside.
#
# ## The floor from the losses
#
# On real text nobody knows the floor, so it is fitted along with the rest. Try candidates, and keep
# the one whose curve comes closest.

# %% exercise="find_floor"
from pathkit.modules.scaling_laws.find_floor import find_floor

# %%
floors = np.arange(3.0, losses.min() - 0.01, 0.005)
misfits = []
for guess in floors:
    a, b = power_law(N, losses - guess)
    misfits.append(1000 * np.sqrt(np.mean((guess + a * N**-b - losses) ** 2)))
figure, axes = path.figure(figsize=(7, 3))
axes.plot(floors, misfits)
axes.axvline(floor, color=path.PALETTE[3], ls="--", label="the true floor")
axes.set(title="The losses alone leave the floor open by some hundredths", xlabel="floor (nats)")
axes.set_ylabel("misfit (thousandths of a nat)")
axes.legend(frameon=False)
path.show(figure, "Misfit against the candidate floor: a curve that falls from the left, is lowest "
                  "a little right of the true floor at 3.355, and then rises steeply.")
print(f"best floor {find_floor(N, losses, list(floors)):.3f}, true floor {floor:.3f}")

# %% [markdown]
# The best candidate is within some hundredths of a nat of the truth, after seconds of training.
# But candidates a hundredth apart fit almost equally well, and each moves the exponent by about
# 0.1. Far away little is left above the floor, so that a forecast there depends on the floor most.
#
# ## Before it exists
#
# Now the real thing. The widest of your ten models has 8,448 parameters; the next has 14,336. Say
# what its loss will be, and how sure you are.

# %% exercise="predicted"
from pathkit.modules.scaling_laws.predicted import predicted

# %% predict="eleventh"
path.predict("eleventh", 3.381)

# %%
at = parameters(held_out_width)
low, middle, high = predicted(N, losses, floor, at, 1.860)
print(f"{middle:.3f} nats; in 9 of 10 cases between {low:.3f} and {high:.3f}")

# %%
eleventh = run(held_out_width, 100 * seed + 50)
figure, axes = path.figure(figsize=(7, 3.2))
axes.loglog(N, losses - floor, "o", color=path.PALETTE[0], label="your ten models")
n = np.geomspace(min(N), at)
ends = np.array([predicted(N, losses, floor, x, 1.860) for x in n]) - floor
axes.plot(n, ends[:, 1], color=path.PALETTE[2])
axes.fill_between(n, ends[:, 0], ends[:, 2], color=path.PALETTE[2], alpha=0.25, label="9 of 10")
axes.plot([at], [eleventh - floor], "*", ms=13, color=path.PALETTE[3], label="the eleventh")
axes.set(title="The eleventh model lands where the line said", xlabel="parameters N")
axes.set_ylabel("above the floor (nats)")
axes.legend(frameon=False)
path.show(figure, "Ten points on a falling line with a band around it that widens to the right, "
                  "and a star for the eleventh model inside the band.")
print(f"the eleventh: {eleventh:.4f} nats, predicted {low:.4f} to {high:.4f}")

# %% [markdown]
# The forecast is right to some thousandths of a nat. A **confidence interval** of 90% misses one
# time in ten if the line is true, so one hit proves little. With other seeds it held in all of 24
# forecasts, which share their runs and so count for fewer.
#
# The interval knows the noise. It doesn't know whether the line bends beyond your models.
#
# ## One budget, many ways
#
# With a budget $C = 6ND$, where $N$ is what `flops` counts, you can train a wide model briefly or a
# narrow one for long. Seven widths were trained for six lengths, two seeds each, and stored.
# Between two stored lengths, `loss_at` follows the straight line through both in logarithms.

# %%
stored = path.datasets.scaling_grid()
grid = {(w, s): np.mean(two) for w, s, two in stored}  # (width, steps): loss
sizes = sorted({w for w, _ in grid})[:-1]  # without the target of a game below
lengths = sorted({s for _, s in grid})
per_step = 64 * 8  # tokens


def loss_at(width, C):
    """The loss of a width for a budget in operations; None outside of what is stored."""
    steps = C / flops(1, width, 64, per_step)
    if lengths[0] <= steps <= lengths[-1]:
        above = [math.log(grid[width, s] - floor) for s in lengths]
        return floor + math.exp(np.interp(math.log(steps), np.log(lengths), above))


# %% [markdown]
# Losses of equal compute against size make a valley: left of it the model is too small, right of
# it too little trained. Its curve is an **isoFLOP** curve, and its bottom is **compute-optimal**.

# %% exercise="valley"
from pathkit.modules.scaling_laws.valley import valley

# %%
figure, axes = path.figure(figsize=(7.4, 3.4))
budgets, best = np.geomspace(2.5e9, 1.6e10, 4), []
for color, C in zip(path.PALETTE, budgets):
    bought = [(parameters(w), loss_at(w, C)) for w in sizes if loss_at(w, C)]
    n, y = np.array(sorted(bought, key=lambda one: one[1])[:5]).T  # five around the bottom
    best.append(valley(n, y))
    axes.semilogx(*np.array(bought).T, "o-", color=color, label=f"{C:.1e} operations")
    axes.axvline(best[-1], color=color, ls=":")
axes.set(title="Each budget has its own best size", xlabel="parameters N")
axes.set_ylabel("loss (nats)")
axes.legend(frameon=False, fontsize=8)
path.show(figure, "Four valley-shaped curves of loss against parameters, one for each budget. "
                  "Larger budgets have deeper valleys, and their bottoms lie further right.")
for C, size in zip(budgets, best):
    print(f"C = {C:.1e}   best N {size:6,.0f}   tokens per parameter {C / 6 / size**2:4.0f}")
print(f"best N grows as C to the power of {-power_law(budgets, np.array(best))[1]:.2f}")

# %% [markdown]
# The best size grows about as $\sqrt{C}$, and so do the tokens: about 50 per parameter at every
# budget. Equal growth is the Chinchilla paper's rule, with 20. Kaplan had found $C^{0.73}$. So
# count as Kaplan did, without the last matrix, in $N$ and $C$.

# %% predict="blocks-only"
path.predict("blocks-only", "c")

# %%
best = []
for C in budgets:
    bought = []
    for w in sizes:
        both = flops(1, w, 64, 1) / flops(1, w, 0, 1)  # what the last matrix adds
        if y := loss_at(w, C * both):  # C pays for the blocks, the matrix comes on top
            bought.append((parameters(w) / both, y))
    best.append(valley(*np.array(sorted(bought, key=lambda one: one[1])[:5]).T))
_, power = power_law(budgets, np.array(best))
print(f"blocks only: best N grows as C to the power of {-power:.2f}")

# %% [markdown]
# The same runs now advise to grow the model faster, because in small models the last matrix is a
# large share that shrinks as they grow. Pearce and Song (2024) found that this explains much of
# the gap between Kaplan and Chinchilla.
#
# One more trap. Each run here was planned for its own length: the learning rate falls to zero at
# its end. Why not train once, for long, and look at the losses on the way?

# %% predict="early-look"
path.predict("early-look", "c")

# %%
on_the_way = trained_loss(16, 800, look_at=400)
print(f"planned for 400 steps: {grid[16, 400] - floor:.3f} nats above the floor")
print(f"400 of 800 steps:      {on_the_way - floor:.3f} nats above the floor")

# %% [markdown]
# Half way through a long run the rate is still high, so that the loss stays above that of a
# finished run. Read like that, short trainings look worse than they are. The Chinchilla paper
# (2022) names this as a reason why its advice differs from Kaplan's.
#
# ## A law for both
#
# Chinchilla's third method writes $L = E + A / N^\alpha + B / D^\beta$. For given exponents $A$
# and $B$ are least squares, so try exponents as you tried floors.


# %%
def two_terms(N, D, above):
    """The A, alpha, B, beta that fit best, in relative distances, to what is above the floor."""
    best = (math.inf,)
    for alpha in np.arange(0.2, 1.6, 0.02):
        for beta in np.arange(0.2, 1.6, 0.02):
            terms = np.stack([N**-alpha, D**-beta], axis=1)
            (A, B), *_ = np.linalg.lstsq(terms / above[:, None], np.ones(len(N)), rcond=None)
            misfit = np.sum((terms @ [A, B] / above - 1) ** 2)
            if A > 0 and B > 0 and misfit < best[0]:
                best = misfit, A, alpha, B, beta
    return best[1:]


def law_of(runs):
    """The two-term law of some (width, steps) of the grid."""
    N = np.array([parameters(width) for width, _ in runs])
    D = np.array([float(steps * per_step) for _, steps in runs])
    return two_terms(N, D, np.array([grid[one] - floor for one in runs]))


# %% [markdown]
# **The game.** A target of width 64 and 1,600 steps was trained, too, and costs more than you have.
# Your purse is a fifth of its price: spend that on smaller runs, then forecast its loss. Change
# `plan` and run the cell again.

# %%
target = stored[-1][:2]
purse = flops(1, target[0], 64, target[1] * per_step) / 5
plan = [(w, s) for w in (8, 11, 16, 23) for s in (100, 200, 400)]  # yours to change
paid = sum(flops(1, w, 64, s * per_step) for w, s in plan)
A, alpha, B, beta = law_of(plan)
forecast = A / parameters(target[0]) ** alpha + B / (target[1] * per_step) ** beta
error = math.log(forecast / (grid[target] - floor))
print(f"spent {paid / purse:.0%} of the purse on {len(plan)} runs"
      + ("" if paid <= purse else ", which is too much"))
print(f"forecast {floor + forecast:.4f} nats, it is {grid[target]:.4f}; error of the height above "
      f"the floor {error:+.0%}")

# %% [markdown]
# The default plan is off by about 30% of the height, two thousandths of a nat. All 42 stored runs
# together are still off by 12%, because the law itself is only nearly true, and more runs don't
# change that.
#
# A law also says how to split a budget. At the best split, 1% more parameters must gain as much as
# 1% more tokens, because otherwise you would move compute from one to the other.

# %% exercise="spend"
from pathkit.modules.scaling_laws.spend import spend

# %%
n, d = spend(A, alpha, B, beta, budgets[-1])
print(f"your law advises {n:,.0f} parameters for the largest budget, {d / n:.0f} tokens for each")

# %% [markdown]
# With the default plan that is a quarter more parameters than the valley's 7,200. Both leave the
# loss nearly where it is, because the valley is flat.
#
# ## The audit of Chinchilla
#
# Chinchilla has 70 billion parameters and read 1.4 trillion tokens: 20 **tokens per parameter**,
# with a budget of $5.76 \cdot 10^{23}$ operations. The same paper prints the constants of its third
# method, with two digits of each exponent; its TeX source has four. What do *they* advise?

# %% predict="chinchilla"
path.predict("chinchilla", 93)

# %% tags=["nbval-check-output"]
published = {
    "printed, two digits": (406.4, 0.34, 410.7, 0.28),
    "four digits": (406.4, 0.3392, 410.7, 0.2849),
    "refit of 2024": (482.01, 0.3478, 2085.43, 0.3658),
}
for name, constants in published.items():
    n, d = spend(*constants, 5.76e23)
    print(f"{name:<20} N = {n / 1e9:4.1f} billion, D = {d / 1e12:.2f} trillion, {d / n:4.1f} each")

# %%
figure, axes = path.figure(figsize=(7, 3.2))
C = np.geomspace(1e19, 1e26)
for style, (name, constants) in zip(("-", "--", "-."), published.items()):
    n, d = np.array([spend(*constants, one) for one in C]).T
    axes.loglog(C, d / n, style, label=name)
axes.plot([5.76e23], [20], "*", ms=12, color=path.PALETTE[3], label="Chinchilla, as trained")
axes.set(title="Two more digits change the advice by a third", xlabel="compute (operations)")
axes.set_ylabel("tokens per parameter")
axes.legend(frameon=False, fontsize=8)
path.show(figure, "Tokens per parameter against compute. By the printed constants they rise from "
                  "30 to 150, with four digits from 23 to 95; by the refit they fall past 20.")

# %% [markdown]
# From 93 to 59 by two more digits of each exponent, and to 18 by fitting again: the advice isn't
# stable, because exponents act on a 24-digit number. A change of 0.005 in an exponent moves the
# answer by more than a third.
#
# Besiroglu and others (2024) read the runs off the paper's plots and found two causes: constants
# rounded too far, and an optimizer that had stopped too early.
#
# ## A fit that stops early
#
# The second cause is still met. In 2025 the developers of Marin found it in their own scaling code
# ([pull request 749](https://github.com/marin-community/marin/pull/749)). Here is its pattern.

# %% exercise="descend"
from pathkit.modules.scaling_laws.descend import descend

# %% tags=["nbval-check-output"]
rng = np.random.default_rng(0)
x = np.exp(rng.uniform(0, 7, size=400))
y = 5 * x**-0.34 * np.exp(0.05 * rng.normal(size=400))
print(f"least squares {power_law(x, y)[1]:.2f}, your descent {descend(x, y):.2f}")

# %% [markdown]
# ## Kaplan, recomputed
#
# Kaplan's laws have no floor. With $\alpha_N = 0.076$ a doubling of the parameters takes 5% off the
# loss. For compute, section 6.2 joins the exponents of steps, 0.76, batches, 0.21, and parameters:
# their reciprocals add up. Check the paper.

# %% tags=["nbval-check-output"]
print(f"a doubling of N: loss times {2**-0.076:.3f}")
print(f"ten times the compute: N times {10**0.73:.1f}, tokens times {10**0.27:.1f}")
print(f"exponent for compute: {1 / (1 / 0.76 + 1 / 0.21 + 1 / 0.076):.3f}; section 6.2 says 0.054")

# %% [markdown]
# The exponent doesn't follow: 0.052, as the paper's own appendix B has it. Of ten times the compute
# Kaplan gives the model 5.4 times, Chinchilla 3.2 times to model and tokens each.
#
# The laws must also break somewhere. Compute promises $(3.1 \cdot 10^8 / C)^{0.050}$ with $C$ in
# PF-days, of $8.64 \cdot 10^{19}$ operations each. Data allow no less than
# $(5.4 \cdot 10^{13} / D)^{0.095}$, and the best runs read $D = 2 \cdot 10^{10}\,C^{0.27}$ tokens.

# %% exercise="crossing"
from pathkit.modules.scaling_laws.crossing import crossing

# %% tags=["nbval-check-output"]
for k, p in ((2e10, 0.27), (4e10, 0.26)):
    C, loss = crossing(3.1e8, 0.050, 5.4e13, 0.095, k, p)
    print(f"D = {k:.0e} C^{p}: collision at {C:9,.0f} PF-days and {loss:.2f} nats")

# %% [markdown]
# The second line is the same law in another rounding, and the collision moves by a factor of ten,
# because both laws fall slowly. So name the order of magnitude, as the authors do, and no more.
#
# ## The second bill
#
# Training costs $6ND$, an answer $2N$ for each token. Whoever writes three times as many tokens as
# were read pays the same again, because $2N \cdot 3D = 6ND$. Then a smaller model, trained for
# longer than the law advises, is cheaper in all. Operations spent while answering are
# **test-time compute**: a smaller model may also think for longer.

# %% [markdown]
# ## Stretch
#
# Each has a number to beat. Another processor rounds otherwise, so that your runs may differ
# in the third digit above the floor.
#
# 1. **Win the game.** A plan of six runs, for 92% of the purse, is off by 7%. Beat it with a rule
#    that you can defend, and not by trying plans until one fits.
# 2. **Further out.** Set `held_out_width = 48`. The middle of the interval should be off by less
#    than a fifth of the height above the floor.
# 3. **A better rate.** All runs share one rule for the learning rate. Find a `peak` that takes the
#    model of width 24 from 0.05 to below 0.040 nats above the floor. What does it do to the
#    exponent if you tune only the largest model?
