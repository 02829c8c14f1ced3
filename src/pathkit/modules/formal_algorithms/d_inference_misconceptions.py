"""What goes wrong in algorithm 14."""

from __future__ import annotations

import numpy as np

from .d_inference import DInference


def _continued(x, model, l_gen, tau, draw, *, power=None, column=-1, normed=True, keep=True):
    """The loop with one thing changed."""
    x, length = list(x), len(x)
    new = []
    for _ in range(l_gen):
        q = model(x)[:, column] ** (1 / tau if power is None else power)
        new.append(draw(q / q.sum() if normed else q))
        if keep:
            x.append(new[-1])
    return x[length:] if keep else new


@DInference.misconception(
    "The power is τ, not 1/τ. Heat then sharpens and cold flattens; it should be the other way "
    "round."
)
def _power_tau(x, model, l_gen, tau, draw):
    return _continued(x, model, l_gen, tau, draw, power=tau)


@DInference.misconception(
    "The distributions are p itself at every τ: the temperature has no effect. Raise p to the "
    "power 1/τ. A division of p by τ cancels as soon as q is divided by its sum."
)
def _power_one(x, model, l_gen, tau, draw):
    return _continued(x, model, l_gen, tau, draw, power=1)


@DInference.misconception(
    "q doesn't sum to 1. The sign ∝ hides a division: after the power, divide by the sum."
)
def _unnormalised(x, model, l_gen, tau, draw):
    return _continued(x, model, l_gen, tau, draw, normed=False)


@DInference.misconception(
    "The first column was read: what comes after the first token. Column ℓ + i − 1 is the last "
    "one in round i."
)
def _first_column(x, model, l_gen, tau, draw):
    return _continued(x, model, l_gen, tau, draw, column=0)


@DInference.misconception(
    "Every round draws from the same distribution. Either the model reads the prompt alone, or "
    "column ℓ is read each time; in a causal model that is the same. Append each token, and read "
    "the last column."
)
def _forgets(x, model, l_gen, tau, draw):
    return _continued(x, model, l_gen, tau, draw, keep=False)


@DInference.misconception(
    "The prompt came back, too. Line 8 returns x[ℓ + 1 : ℓ + ℓ_gen], what is new."
)
def _with_prompt(x, model, l_gen, tau, draw):
    return [*x, *_continued(x, model, l_gen, tau, draw)]


@DInference.misconception(
    "The first new token is missing. x[ℓ + 1] of the paper is the first one after the prompt; in "
    "Python that is `x[l]`."
)
def _first_new_lost(x, model, l_gen, tau, draw):
    return _continued(x, model, l_gen, tau, draw)[1:]


@DInference.misconception(
    "The new IDs are one too large: `draw` gives an ID from 1 already. Add 1 only where you turn "
    "an index into an ID."
)
def _one_too_large(x, model, l_gen, tau, draw):
    def read(ids):
        return model([min(i, len(model.table)) for i in ids])

    return _continued(x, read, l_gen, tau, lambda q: draw(q) + 1)


@DInference.misconception(
    "The result is right, but the prompt was changed: `append` works on the caller's own list. "
    "Begin with a copy, `x = list(x)`."
)
def _changes_the_prompt(x, model, l_gen, tau, draw):
    length = len(x)
    for _ in range(l_gen):
        q = model(x)[:, -1] ** (1 / tau)
        x.append(draw(q / q.sum()))
    return x[length:]


@DInference.misconception(
    "`draw` was never called, and each new token is the most likely one. Line 5 samples: append "
    "what `draw` returns for q."
)
def _greedy(x, model, l_gen, tau, draw):
    x, length = list(x), len(x)
    for _ in range(l_gen):
        x.append(int(model(x)[:, -1].argmax()) + 1)
    return x[length:]


@DInference.misconception(
    "The text ended early, at a token that closes a name. Algorithm 14 knows no such token: it "
    "writes l_gen of them, and algorithm 15 is the one that stops."
)
def _stops_at_eos(x, model, l_gen, tau, draw):
    x, length = list(x), len(x)
    for _ in range(l_gen):
        q = model(x)[:, -1] ** (1 / tau)
        x.append(draw(q / q.sum()))
        if x[-1] == 29:
            break
    return x[length:]


@DInference.misconception(
    "The model read the new tokens alone, from the second round on. It reads the prompt and what "
    "was added: append to x."
)
def _prompt_forgotten(x, model, l_gen, tau, draw):
    new = []
    for _ in range(l_gen):
        q = model(new or x)[:, -1] ** (1 / tau)
        new.append(draw(q / q.sum()))
    return new


@DInference.misconception(
    "One token too few: the loop has l_gen rounds, i from 1 to l_gen."
)
def _one_too_few(x, model, l_gen, tau, draw):
    return _continued(x, model, l_gen - 1, tau, draw)


@DInference.misconception(
    "q is a softmax of p/τ. That is the recipe for logits; p holds probabilities already, and they "
    "are raised to the power 1/τ."
)
def _softmax_of_p(x, model, l_gen, tau, draw):
    x, length = list(x), len(x)
    for _ in range(l_gen):
        q = np.exp(model(x)[:, -1] / tau)
        x.append(draw(q / q.sum()))
    return x[length:]
