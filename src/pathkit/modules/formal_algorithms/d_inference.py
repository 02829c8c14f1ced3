"""Algorithm 14: DInference."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise

from .layers import softmax
from .random_inputs import _ids


class _Model:
    """A stand-in: its last column depends on the whole sequence, its columns on their place."""

    def __init__(self, rng: np.random.Generator, N_V: int):
        self.table = rng.normal(size=(N_V, N_V))

    def __call__(self, x):
        logits = self.table[:, np.array(x, dtype=int) - 1].cumsum(axis=1)
        return softmax(logits + np.arange(len(x)) * np.arange(len(self.table))[:, None] / 9)


def _watched(answer, x, model, l_gen, tau, draws):
    """What comes back, and every distribution that was drawn from."""
    seen, left = [], iter(draws)

    def draw(q):
        seen.append(np.array(q, dtype=float))
        return int(np.searchsorted(np.cumsum(q) / np.sum(q), next(left), side="right")) + 1

    return {"IDs": answer(x, model, l_gen, tau, draw), "drawn from": seen}


def _prompted(rng, length: int, N_V: int, l_gen: int, tau: float) -> tuple:
    draws = rng.random(l_gen + 1).tolist()
    return _ids(rng, length, N_V), _Model(rng, N_V), l_gen, tau, draws


@exercise(
    title="Algorithm 14: DInference",
    level="medium",
    minutes=10,
    prompt="""
        Continue the prompt by `l_gen` tokens. Draw each from $q \\propto p^{1/\\tau}$, where $p$ is
        the last column of P, and let the model read it next. Return the new tokens alone.
        """,
    probes=lambda rng: [
        _prompted(rng, 2, 4, 1, 1.0),
        _prompted(rng, 3, 5, 4, 0.5),
        _prompted(rng, 1, 7, 5, 2.0),
        _prompted(rng, 4, 3, 3, 1.6),
        _prompted(rng, 2, 4, 0, 1.0),
    ],
    drive=_watched,
    hints=[
        "The paper writes column ℓ + i − 1. How long is x in round i, and which column is that?",
        """
        1. Copy the prompt into a new list; remember its length.
        2. In each round: `model(x)`, last column, to the power 1/τ, divided by its sum.
        3. Append what `draw` returns: it is an ID from 1 already.
        4. Return everything after the prompt.
        """,
        "`q = model(x)[:, ___] ** (1 / ___)`, then `x.append(draw(q / ___))`",
    ],
    errors=[
        (
            "ValueError: probabilities do not sum to 1",
            "a power doesn't keep the sum: divide q by its own sum.",
        ),
        (
            "TypeError: 'NoneType' object is not",
            "`append` changes the list and returns None: don't write `x = x.append(...)`.",
        ),
        (
            "IndexError: index 2 is out of bounds for axis 1 with size 2",
            "column ℓ + i − 1 is counted from 1. Counted from 0 it is one less: the last.",
        ),
        (
            "StopIteration",
            "you draw more often than `l_gen` times.",
        ),
    ],
    passed="Read, draw, append. This is all that a chat model does between two of your messages.",
)
def DInference(x: list[int], model, l_gen: int, tau: float, draw) -> list[int]:
    """Algorithm 14: continue a prompt.

    x: prompt, token IDs from 1; model: IDs -> P (N_V, l); tau: temperature above 0.
    draw: a distribution q (N_V,) -> an ID from 1, with probability q.
    Returns the l_gen new IDs.

    Line 1: l is the length of the prompt. 2: l_gen rounds. 3: P. 4: p is column l + i − 1.
    5: draw y from q, proportional to p to the power 1/tau. 6: append y to x. 8: what is new.
    """
    x, length = list(x), len(x)  # line 1
    for _ in range(l_gen):  # line 2
        q = model(x)[:, -1] ** (1 / tau)  # lines 3 to 5
        x.append(draw(q / q.sum()))  # lines 5 and 6
    return x[length:]  # line 8


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
    "The temperature is never used: the power is 1 at every τ. Raise p to 1/τ before you draw."
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
    "Nothing was drawn: the most likely token was taken every time. Line 5 samples, so ask `draw`."
)
def _greedy(x, model, l_gen, tau, draw):
    x, length = list(x), len(x)
    for _ in range(l_gen):
        x.append(int(model(x)[:, -1].argmax()) + 1)
    return x[length:]
