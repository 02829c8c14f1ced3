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
import time

import numpy as np

import pathkit as path

path.ready("neurons")

# %% tags=["parameters"]
seed = 0  # of the points and of the random start
hidden = 8  # neurons in the hidden layer
steps = 150  # of gradient descent
rate = 1.0  # how far a step goes

# %% [markdown]
# ## The whole thing first
#
# Here are 80 points on two arms of a spiral. A network with eight hidden neurons was shown each
# point and its arm. Nobody told it what a spiral is.


# %%
def spiral(per_arm, rng):
    """Points on two arms of a spiral, and the arm of each: (N, 2), (N,)."""
    t = np.linspace(0.15, 1, per_arm)  # distance from the centre
    angles = 2 * np.pi * t + np.pi * np.array([[0], [1]])  # (2, per_arm): one full turn each
    arms = t[:, None] * np.stack([np.cos(angles), np.sin(angles)], axis=-1)
    X = arms.reshape(-1, 2) + 0.03 * rng.normal(size=(2 * per_arm, 2))
    return X, np.repeat([0, 1], per_arm)


X, labels = spiral(40, np.random.default_rng(seed))


# %% tags=["remove-input"]
def draw_regions(networks, title, alt):
    """For each name -> network: what it answers at every place, and the points."""
    width = max(6, 2.6 * len(networks) + 1.2)
    figure, panels = path.figure(1, len(networks), figsize=(width, 3.5))
    side = np.linspace(-1.25, 1.25, 120)
    grid = np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2)
    for ax, (name, network) in zip(np.atleast_1d(panels), networks.items()):
        z = network(grid)  # (14400, 2)
        p = 1 / (1 + np.exp(np.clip(z[:, 0] - z[:, 1], -50, 50))).reshape(120, 120)
        ax.contourf(side, side, p, levels=np.linspace(0, 1, 11), cmap="PuOr", alpha=0.75)
        if p.min() < 0.5 < p.max():
            ax.contour(side, side, p, levels=[0.5], colors="black")
        ax.scatter(*X[labels == 0].T, s=16, color="#B35806", edgecolor="white", linewidth=0.5)
        ax.scatter(*X[labels == 1].T, s=18, color="#542788", marker="s", edgecolor="white",
                   linewidth=0.5)
        ax.set(title=name, xlabel="first coordinate", aspect="equal")
    np.atleast_1d(panels)[0].set_ylabel("second coordinate")
    figure.suptitle(title, x=0.02, ha="left")
    path.show(figure, alt)


# %% tags=["remove-input"]
from pathkit.exercises import neurons as finished


def start(scale, rng):
    """Random weights and biases: (2, H), (H,), (H, 2), (2,)."""
    W1, b1 = 2 * rng.normal(size=(2, hidden)), rng.normal(size=hidden)
    W2 = rng.normal(size=(hidden, 2)) / np.sqrt(hidden)
    return [scale * W1, scale * b1, scale * W2, np.zeros(2)]


# %% tags=["remove-input"]
def train_arrays(weights, steps):
    """The training of this notebook on whole arrays; the lesson on backprop explains it."""
    W1, b1, W2, b2 = (w.copy() for w in weights)
    for _ in range(steps):
        h = np.tanh(X @ W1 + b1)
        _, dz = finished.cross_entropy(h @ W2 + b2, labels)
        da = dz @ W2.T * (1 - h**2)
        slopes = X.T @ da, da.sum(axis=0), h.T @ dz, dz.sum(axis=0)
        for w, slope in zip((W1, b1, W2, b2), slopes):
            w -= rate * slope
    return [W1, b1, W2, b2]


# %% tags=["remove-input"]
ready_made = train_arrays(start(1.0, np.random.default_rng(seed)), steps)
draw_regions(
    {"": lambda points: finished.two_layers(points, *ready_made)},
    "Eight bends make a boundary that follows a spiral",
    "Two interlocking spiral arms of 40 points each. A black curve winds between them, and every "
    "point lies on the side of its own arm.",
)

# %% [markdown]
# The colour says which arm the network expects there. On the black line it can't decide. Training
# moved the line there in 150 small steps.
#
# You will build all of it: the neuron, the network, the loss. Then comes the part that matters
# most. You write the machine that finds out how to change each weight. PyTorch is such a machine.

# %% predict="how-many-numbers"
path.predict("how-many-numbers", 42)

# %% [markdown]
# ## One neuron
#
# Inputs 0.5 and -1, weights 2 and 1, bias 0.3. Multiply, add up:
# $2 \cdot 0.5 + 1 \cdot (-1) + 0.3 = 0.3$. Then bend: $\tanh(0.3) = 0.29$.
#
# A **neuron** is a weighted sum of its inputs, plus a **bias**, through a bend. Tanh is close to 1
# for large sums and close to -1 for very negative ones. In between it climbs.

# %% exercise="neuron"
from pathkit.modules.neurons.neuron import neuron

# %% tags=["nbval-check-output"]
for bias in (-3.0, 0.0, 0.3, 3.0):
    print(f"bias {bias:4}: {neuron(np.array([0.5, -1.0]), np.array([2.0, 1.0]), bias):6.3f}")

# %% [markdown]
# The **weights** say which inputs count and how much. The bias says how large their sum must be
# before the neuron turns positive.
#
# Eight neurons on the same two inputs need 16 weights. Put them into a matrix, one column for each
# neuron, and one product computes all eight. With a point in each row it does so for all points.
# These eight stand between inputs and outputs: they are a **hidden layer**.

# %% exercise="two_layers"
from pathkit.modules.neurons.two_layers import two_layers

# %% tags=["nbval-check-output"]
W1, b1, W2, b2 = start(1.0, np.random.default_rng(seed))
print("X", X.shape, " W1", W1.shape, " b1", b1.shape, " W2", W2.shape, " b2", b2.shape)
logits = two_layers(X, W1, b1, W2, b2)
print("outputs", logits.shape, " first two rows:", logits[:2].round(2).tolist())

# %% [markdown]
# Two outputs for each point, one for each arm. They are scores, any real numbers, and are called
# **logits**. The arm with the larger one is the answer. With random weights it means nothing yet.
#
# ## Why the bend
#
# Would sums alone do? Take the smallest case: double a number, then triple it. That is one step,
# times six. Adding numbers on the way changes little.

# %% exercise="one_layer"
from pathkit.modules.neurons.one_layer import one_layer

# %% predict="no-bend"
path.predict("no-bend", "c")

# %% tags=["nbval-check-output"]
W, b = one_layer(W1, b1, W2, b2)
print("the same on the spiral:", np.allclose((X @ W1 + b1) @ W2 + b2, X @ W + b))
best = 0
for angle in np.linspace(0, 2 * np.pi, 360, endpoint=False):
    along = X @ [np.cos(angle), np.sin(angle)]  # (80,): how far each point lies that way
    for threshold in along:
        best = max(best, ((along > threshold) == labels).sum())
print(f"the best straight line puts {best} of {len(X)} points on the right side")

# %% [markdown]
# 42 numbers, folded into 6. Depth without bends buys nothing. That holds for a thousand layers as
# for two, and it is why every network has a bend between its layers.

# %% [markdown]
# ## How wrong is it?
#
# A point of the second arm gets the logits 0 and 1.1. Their exponentials are 1 and 3, so
# **softmax** makes 1/4 and 3/4 of them: exponentials, divided by their sum. The right arm got 3/4.
# That costs $-\ln 0.75 = 0.29$.
#
# The mean of these costs is the **cross-entropy**. Its unit is the **nat**. A sure mistake is
# expensive: a probability of 0.001 for the right arm costs 6.9.

# %% predict="clueless"
path.predict("clueless", 0.6931)

# %% [markdown]
# Which way should the logits move? Raise the first, the wrong one, by 0.01: the loss grows by
# 0.0025, a quarter of that. A quarter is also its probability. Raise the right one, and the loss
# changes by $\frac34 - 1 = -\frac14$ of the raise. Predicted minus true.
#
# Such a number is a **slope**: how fast the loss grows with one entry. The slopes of all entries
# together are the **gradient**.

# %% exercise="cross_entropy"
from pathkit.modules.neurons.cross_entropy import cross_entropy

# %% tags=["nbval-check-output"]
loss, gradient = cross_entropy(np.array([[0.0, np.log(3.0)]]), np.array([1]))
print(f"one point: loss {loss:.3f}, gradient {gradient.round(2).tolist()}")
print(f"the untrained network: {cross_entropy(logits, labels)[0]:.2f} nats")
print(f"the finished network:  {cross_entropy(two_layers(X, *ready_made), labels)[0]:.2f} nats")

# %% [markdown]
# ## Numbers that remember
#
# You know how the loss changes with the logits. Training needs to know how it changes with each of
# the 42 weights and biases. Nobody wants to work out 42 formulas by hand.
#
# The loss is made of sums, products and bends, thousands of them. Each alone has a slope that a
# schoolbook knows. So let every number remember what it was made of, and with which slopes.

# %% exercise="Value"
from pathkit.modules.neurons.value import Value

# %% tags=["nbval-check-output"]
a = Value(3.0)
b = a * a  # 9
double, square = b + b, b * b  # 18 and 81
y = double + square
graph = {"a": a, "b = a·a": b, "b + b": double, "b·b": square, "y": y}
for name, value in graph.items():
    print(f"{name:8} {value.data:5.0f}   slopes of its inputs:", [s for _, s in value.inputs])

# %% [markdown]
# How fast does `y` grow with `a`? By hand: $y = 2b + b^2$ grows with $b$ at $2 + 2b = 20$. And
# $b = a^2$ grows with $a$ at $2a = 6$. Multiply: **120**.
#
# That is the **chain rule**: along a path slopes multiply. Where several paths meet, they add up.
#
# In 2022 somebody asked whether that needs any care. Start at the end, give each input its share,
# go on with each input. The first reply was ["It would definitely
# work"](https://github.com/karpathy/micrograd/issues/21).


# %%
def spread(value):
    """The proposal: give each input its share, then go on with each input."""
    for part, slope in value.inputs:
        part.grad += slope * value.grad
    for part, _ in value.inputs:
        spread(part)


y.grad = 1.0  # y grows with itself one to one
spread(y)


# %% tags=["remove-input"]
def draw_graph(graph, title, alt):
    """Values as boxes with number and grad, an arrow to each result, slopes written on it."""
    at = dict(zip(graph, [(0, 0), (1, 0), (2, 0.7), (2, -0.7), (3, 0)]))
    names = {id(value): name for name, value in graph.items()}
    figure, axes = path.figure(figsize=(8.4, 3.2))
    for name, value in graph.items():
        (x, y), box = at[name], {"boxstyle": "round", "fc": "white", "ec": path.PALETTE[0]}
        text = f"{name}\n{value.data:g}  |  grad {value.grad:g}"
        axes.text(x, y, text, ha="center", va="center", bbox=box, zorder=3)
        for source in dict.fromkeys(source for source, _ in value.inputs):
            slopes = ", ".join(f"{s:g}" for v, s in value.inputs if v is source)
            x0, y0 = at[names[id(source)]]
            axes.annotate("", (x, y), (x0, y0), arrowprops={"arrowstyle": "->", "shrinkA": 40,
                                                            "shrinkB": 40})
            axes.text((x0 + x) / 2, (y0 + y) / 2 + 0.16, slopes, ha="center", color="#D55E00")
    axes.set(title=title, xlabel="orange: slope of each use", xlim=(-0.4, 3.4), ylim=(-1.1, 1.1))
    axes.set(xticks=[], yticks=[])
    axes.spines[:].set_visible(False)
    path.show(figure, alt)


# %% tags=["remove-input"]
draw_graph(
    graph,
    "The proposal says 264 where 120 is right",
    "The graph of y: a leads to b, b to both b + b and b times b, and these to y. The grads found "
    "by the proposal: y 1, both middle values 1, b 20, and a 264 instead of 120.",
)

# %% [markdown]
# The grad of `b` is right, and still `a` is wrong. When `b` had only 2 of its 20, it already handed
# them on. Later it handed on all 20, the 2 included. And each time it did so twice.
#
# What surprised many people: small tests don't notice. On $a \cdot a + a$ the proposal is right.
# When does it fail?

# %% exercise="fooled"
from pathkit.modules.neurons.fooled import fooled

# %%
for name, walk in (("the proposal", spread), ("the truth   ", finished.backward)):
    a = Value(3.0)
    result = fooled(a)
    result.grad = 1.0
    walk(result)
    print(f"{name} {a.grad:g}")

# %% [markdown]
# So a value must wait until all its shares are in. An order takes care of that: every value stands
# behind its inputs. Such a list is called a **topological order**. Walk through it from the end,
# and everything that was made of `b` has its turn before `b`.

# %% exercise="backward"
from pathkit.modules.neurons.backward import backward

# %% tags=["remove-input"]
for value in graph.values():
    value.grad = 0.0
backward(y)
draw_graph(
    graph,
    "In topological order each value hands on once",
    "The same graph with the right grads: y 1, both middle values 1, b 20, and a 120.",
)

# %% [markdown]
# ## A whole network of Values
#
# The loss needs two more operations, an exponential and a logarithm. Both follow the pattern.
#
# Now for a small wonder. NumPy arrays may hold objects, and `@` and `np.tanh` then use the objects'
# own `*`, `+` and `.tanh()`. So a `two_layers` made of these runs on Values as it stands. One by
# einsum, or one that fills an array of zeros, wants plain numbers; then the path's own runs here.


# %%
def exp(value):
    return Value(math.exp(value.data), ((value, math.exp(value.data)),))


def log(value):
    return Value(math.log(value.data), ((value, 1 / value.data),))


def values_of(array):
    """The same array, each number in a Value of its own."""
    return np.array([Value(float(x)) for x in array.flat], dtype=object).reshape(array.shape)


def on_values(network):
    """The network if Values go through it, the path's own if it wants plain numbers."""
    try:
        network(values_of(X[:1]), *(values_of(w) for w in (W1, b1, W2, b2)))
    except (AttributeError, TypeError, ValueError):
        return finished.two_layers
    return network


# %%
def mean_loss(logits):
    """Cross-entropy of (N, 2) Values, as one Value: log of the sum of exps, minus the right one."""
    total = Value(0.0)
    for z, label in zip(logits, labels):
        total = total + log(exp(z[0]) + exp(z[1])) + Value(-1.0) * z[label]
    return total * Value(1 / len(labels))


# %% tags=["nbval-check-output"]
points, weights = values_of(X), [values_of(w) for w in (W1, b1, W2, b2)]
network = on_values(two_layers)
z = network(points, *weights)
loss = mean_loss(z)
backward(loss)
found = np.array([[value.grad for value in row] for row in z])  # (80, 2)
by_formula = cross_entropy(logits, labels)[1]
print(f"loss {loss.data:.4f}, as before; logits' grads agree: {np.allclose(found, by_formula)}")

# %% [markdown]
# Nobody told `backward` about predicted minus true. It multiplied and added small slopes, and there
# it is.
#
# ## Never trust a gradient
#
# A wrong gradient rarely crashes. The network learns a little less, and you look for the reason
# elsewhere. So measure: nudge a weight and see what the loss does.

# %% exercise="numeric_gradient"
from pathkit.modules.neurons.numeric_gradient import numeric_gradient


# %% tags=["nbval-check-output"]
def loss_of(W):
    """The loss as a function of the first matrix alone."""
    return cross_entropy(two_layers(X, W, b1, W2, b2), labels)[0]


machine = np.array([[value.grad for value in row] for row in weights[0]])  # (2, 8)
measured = numeric_gradient(loss_of, W1)
print("machine ", machine[0, :4].round(5))
print("measured", measured[0, :4].round(5))

# %% predict="best-nudge"
path.predict("best-nudge", "b")

# %%
nudges = np.geomspace(1e-13, 1, 40)
errors = [abs(numeric_gradient(loss_of, W1, h) - machine).max() for h in nudges]
figure, axes = path.figure()
axes.loglog(nudges, errors, "-o", ms=4)
axes.set(title="Between rounding and bending there is a best nudge", xlabel="nudge h")
axes.set_ylabel("largest error of 16 slopes")
path.show(figure, "Error against nudge, both on log scales. The line falls from nearly 1e-3 at "
                  "1e-13 to below 1e-11 near 3e-5, then rises steeply to more than 1e-3 at 1.")

# %% [markdown]
# On the right the curve bends away from its tangent, and the error grows with $h^2$. On the left
# two almost equal losses are subtracted, and their last digits are rounding. For one gradient that
# costs two losses a weight. Your machine needs one pass for all of them.

# %% [markdown]
# ## Downhill
#
# The gradient points to where the loss grows. Take a small step the other way, compute it again,
# and repeat. That is **gradient descent**. One line is easily forgotten: `backward` adds to the
# grads, so the old ones must go first.


# %%
def train(start_weights, steps, keep=()):
    """Gradient descent with your machine: losses, and the weights at the steps in `keep`."""
    weights = [values_of(w) for w in start_weights]
    every = [value for array in weights for value in array.flat]
    losses, kept = [], {}
    for step in range(steps + 1):
        loss = mean_loss(network(points, *weights))
        losses.append(loss.data)
        if step in keep:
            kept[step] = [np.vectorize(lambda v: v.data)(array) for array in weights]
        for value in every:
            value.grad = 0.0
        backward(loss)
        for value in every:
            value.data -= rate * value.grad
    return losses, kept


# %%
began = time.perf_counter()
moments = (0, 15, 50, steps)
losses, kept = train([W1, b1, W2, b2], steps, moments)
seconds = time.perf_counter() - began
for step, w in kept.items():
    right = (two_layers(X, *w).argmax(axis=1) == labels).sum()
    print(f"step {step:>3}: {losses[step]:.2f} nats, {right} of {len(X)} points right")

# %% tags=["remove-input"]
draw_regions(
    {
        f"step {step}: {losses[step]:.2f} nats": lambda points, w=w: two_layers(points, *w)
        for step, w in kept.items()
    },
    "The boundary bends towards the arms, then between them",
    "Four pictures of the plane during training. At the start the boundary cuts through both arms; "
    "at step 15 and 50 it has begun to curl; at the end it winds between the arms.",
)

# %% [markdown]
# The straight part comes first. The best line had 58 points right, and the curls win the rest.
#
# One thing is poor about your machine: it is slow. Here is the same training on whole arrays, the
# way PyTorch does it.

# %%
began = time.perf_counter()
same = train_arrays([W1, b1, W2, b2], steps)
faster = seconds / (time.perf_counter() - began)
differences = [abs(u - v).max() for u, v in zip(same, kept[steps])]
print(f"largest difference in a weight: {max(differences):.0e}")
print(f"one number at a time {seconds:.1f} s; whole arrays: {faster:.0f} times faster")

# %% [markdown]
# ## A bad start
#
# Everything so far began with random weights of a handy size. Turn that knob: multiply them by 0,
# by 1, by 30.

# %% predict="bad-start"
path.predict("bad-start", "a")

# %%
curves = {1: losses}
for scale in (0, 30):
    curves[scale], _ = train(start(scale, np.random.default_rng(seed)), steps)
figure, axes = path.figure()
for scale, style in ((0, "--"), (1, "-"), (30, ":")):
    axes.plot(curves[scale], style, label=f"{scale} × random")
    print(f"start {scale:>2} × random: {curves[scale][0]:.2f} nats, then {curves[scale][-1]:.2f}")
axes.set(title="From zero nothing is learned, from large weights little", xlabel="step")
axes.set(ylabel="loss (nats per point, log scale)", yscale="log")
axes.legend(frameon=False)
path.show(figure, "Three curves of loss. From zero weights it stays level at 0.69. From weights of "
                  "handy size it falls to 0.07. From large ones it goes from near 10 to 0.42.")

# %% [markdown]
# With zeros, all hidden outputs are 0, and every path back to the first layer has a slope of 0 on
# it. With large weights 97% of the hidden outputs lie above 0.99 or below -0.99. There tanh is
# flat: its slope $1 - t^2$ is almost 0, and what flows back is multiplied by it. How to see such
# illness before you train is the subject of [](activations).
#
# Two more questions stay open. What do you feed in when the input is a letter? [](bigram) counts
# letters first, and [](mlp) turns them into numbers. And how do you go backward through whole
# arrays, by hand? That is [](backprop).

# %% [markdown]
# ## Stretch
#
# None of this is needed to go on. Each has a number to beat.
#
# 1. **Fewer neurons.** Set `hidden` and use `train_arrays`, which takes a fraction of a second.
#    From eight starts and in 5,000 steps, four neurons got all 80 points right each time. Three got
#    77 at best. Beat 77 with three.
# 2. **A faster walk.** Give the descent momentum: keep 0.9 of the last step and add the new one.
#    150 plain steps end at 0.07 nats. Get below 0.01; with `rate = 1.0` you may reach 0.003.
# 3. **A smaller graph.** The loss above is made of 6,605 Values. Write an operation
#    `weigh(x, w, b)` that makes one Value of a whole weighted sum, slopes and all. Fewer than 2,500
#    are enough, and the training is three times as fast.
