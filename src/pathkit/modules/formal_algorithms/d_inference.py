"""Algorithm 14: DInference."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise
from pathkit.checks.told import Told

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
    """What comes back, and every distribution that was drawn from.

    draws: where on the line from 0 to 1 each draw falls; an int is the ID that is drawn.
    """
    seen, left = [], iter(draws)

    def draw(q):
        place = next(left, None)
        if place is None:
            raise Told(f"`draw` was called more often than l_gen says, which is {l_gen} here: each "
                       "new token is drawn once.")
        seen.append(np.array(q, dtype=float))
        if isinstance(place, int):
            return place
        return int(np.searchsorted(np.cumsum(q) / np.sum(q), place, side="right")) + 1

    new = answer(x, model, l_gen, tau, draw)
    if 0 < len(seen) < l_gen:
        raise Told(f"The text ended after {len(seen)} of {l_gen} draws. Here l_gen tokens are "
                   "wanted, whatever they are; no ID ends the text early.")
    return new, seen


def _prompted(rng, length: int, N_V: int, l_gen: int, tau: float) -> tuple:
    draws = rng.random(l_gen).tolist()
    return _ids(rng, length, N_V), _Model(rng, N_V), l_gen, tau, draws


@exercise(
    title="Algorithm 14: DInference",
    level="medium",
    minutes=10,
    prompt="""
        Continue the prompt by `l_gen` tokens, whatever they are. Draw each from
        $q \\propto p^{1/\\tau}$, where $p$ is the last column of P, and let the model read it next.
        Return the new tokens alone.
        """,
    probes=lambda rng: [
        _prompted(rng, 2, 4, 1, 1.0),
        _prompted(rng, 3, 5, 4, 0.5),
        _prompted(rng, 1, 7, 5, 2.0),
        _prompted(rng, 4, 3, 3, 1.6),
        ([5, 29], _Model(rng, 29), 7, 1.3, [29, 28, 27, 1, 29, 29, 3]),
        _prompted(rng, 3, 6, 60, 1.2),
    ],
    drive=_watched,
    returns=("list of new IDs", "list of distributions that `draw` was given"),
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
            "TypeError: 'NoneType' object is not",
            "`append` changes the list and returns None: don't write `x = x.append(...)`.",
        ),
        (
            "IndexError: index ... is out of bounds for axis 1",
            "column ℓ + i − 1 is counted from 1. Counted from 0 it is one less: the last.",
        ),
        (
            "`draw` was called more often than",
            "draw once in each of the `l_gen` rounds, and keep what comes in a variable.",
        ),
    ],
    passed="Read, draw, append. This is all that a chat model does between two of your messages.",
)
def DInference(x: list[int], model, l_gen: int, tau: float, draw) -> list[int]:
    """Algorithm 14: continue a prompt.

    x: prompt, token IDs from 1; model: IDs -> P (N_V, l); tau: temperature above 0.
    draw: a distribution q (N_V,) -> an ID from 1, with probability q.
    Returns the l_gen new IDs; no ID ends the text early. The caller's own list x stays as it is.

    Line 1: l is the length of the prompt. 2: l_gen rounds. 3: P. 4: p is column l + i − 1.
    5: draw y from q, proportional to p to the power 1/tau. 6: append y to x. 8: what is new.
    """
    x, length = list(x), len(x)  # line 1
    for _ in range(l_gen):  # line 2
        q = model(x)[:, -1] ** (1 / tau)  # lines 3 to 5
        x.append(draw(q / q.sum()))  # lines 5 and 6
    return x[length:]  # line 8
