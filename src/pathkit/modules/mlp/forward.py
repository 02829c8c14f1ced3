"""From windows to logits."""

from __future__ import annotations

from functools import partial

import torch

from pathkit.checks.exercise import exercise
from pathkit.checks.gradient_flow import require_flow
from pathkit.checks.random_tensors import SINGLE, indices, normal


def _network(rng, M, length, V, E, H, scale=1.0) -> tuple:
    return (
        indices(rng, M, length, below=V),
        normal(rng, V, E),
        normal(rng, length * E, H, scale=scale),
        normal(rng, H),
        normal(rng, H, V),
        normal(rng, V),
    )


def _with_its_gradients(answer, X, C, W1, b1, W2, b2):
    logits = answer(X, C, W1, b1, W2, b2)
    require_flow(partial(answer, X), (C, W1, b1, W2, b2))
    return logits


@exercise(
    title="From windows to logits",
    level="medium",
    minutes=8,
    prompt="""
        Compute the network: look the symbols up in `C`, then a layer with `torch.tanh`, then a
        layer without a bend.
        """,
    probes=lambda rng: [
        _network(rng, 1, 1, 2, 1, 2),
        _network(rng, 4, 3, 5, 2, 7),
        _network(rng, 3, 2, 6, 3, 6, scale=0.3),
        _network(rng, 5, 4, 4, 1, 4),
    ],
    drive=_with_its_gradients,
    hints=[
        "You wrote this with points in the lesson on neurons. What stands in the place of `X` now?",
        """
        1. `emb`: (M, length · E), the rows of `C` side by side.
        2. `h`: `emb @ W1 + b1`, bent, (M, H).
        3. Logits: `h @ W2 + b2`, (M, V).
        """,
        "`h = torch.tanh(___ @ W1 + b1)`",
    ],
    errors=[
        (
            "RuntimeError: mat1 and mat2 shapes cannot be multiplied",
            "`C[X]` has three axes; `.flatten(1)` makes one row of each window.",
        ),
        (
            "RuntimeError: Can't call numpy() on Tensor that requires grad",
            "use `torch.tanh`: `np.tanh` and `math.tanh` don't remember where numbers came from.",
        ),
    ],
    tolerance=SINGLE,
    passed="11,897 numbers at the full size, and not one of them belongs to a single window.",
)
def forward(X, C, W1, b1, W2, b2) -> torch.Tensor:
    """The logits of the symbol that follows each window.

    X: (M, length); C: (V, E); W1: (length * E, H); b1: (H,); W2: (H, V); b2: (V,).
    Returns (M, V) (Bengio et al. 2003, section 2, without the direct connections).
    """
    emb = C[X].flatten(1)  # (M, length * E)
    h = torch.tanh(emb @ W1 + b1)  # (M, H)
    return h @ W2 + b2  # (M, V)


@forward.misconception(
    "The bend is missing, so the two layers fold into one. Such a network can give each place of "
    "the window a vote, but no letter can change what another one means."
)
def _no_bend(X, C, W1, b1, W2, b2):
    return (C[X].flatten(1) @ W1 + b1) @ W2 + b2


@forward.misconception(
    "The logits were bent, too. Tanh locks them between -1 and 1, so no symbol could ever be more "
    "than about 7 times as likely as another: leave the output layer straight."
)
def _bends_logits(X, C, W1, b1, W2, b2):
    return torch.tanh(forward(X, C, W1, b1, W2, b2))


@forward.misconception(
    "These are probabilities. `F.cross_entropy` takes logits and does the softmax itself. After a "
    "second one even a perfect network would pay 2.36 nats: return the logits."
)
def _softmaxed(X, C, W1, b1, W2, b2):
    return forward(X, C, W1, b1, W2, b2).softmax(dim=1)


@forward.misconception(
    "The hidden bias was added after the bend. It decides where a neuron switches, so it belongs "
    "to the sum inside tanh."
)
def _bias_outside(X, C, W1, b1, W2, b2):
    return (torch.tanh(C[X].flatten(1) @ W1) + b1) @ W2 + b2


@forward.misconception(
    "The output bias is missing. It holds how frequent each symbol is whatever came before, the "
    "cheapest thing there is to learn: add b2."
)
def _no_output_bias(X, C, W1, b1, W2, b2):
    return torch.tanh(C[X].flatten(1) @ W1 + b1) @ W2


@forward.misconception(
    "No gradient flows back to `C`, though the logits depend on it: `torch.tensor`, `.detach()`, "
    "`.data` and NumPy copy rows and forget where they came from. Then letters would stay where "
    "chance put them."
)
def _copies_rows(X, C, W1, b1, W2, b2):
    return torch.tanh(C[X].detach().flatten(1) @ W1 + b1) @ W2 + b2


@forward.misconception(
    "This bends with ReLU. That works, too, and today it is more common; but the next lesson will "
    "look into this very network, and there it is tanh."
)
def _relu(X, C, W1, b1, W2, b2):
    return torch.relu(C[X].flatten(1) @ W1 + b1) @ W2 + b2


@forward.misconception(
    "These are log-probabilities: each row is shifted so that its chances add up to 1. "
    "`F.cross_entropy` does that itself; return the logits as the last layer leaves them."
)
def _log_softmaxed(X, C, W1, b1, W2, b2):
    return forward(X, C, W1, b1, W2, b2).log_softmax(dim=1)


@forward.misconception(
    "The hidden bias is missing. Without it a neuron can switch at 0 alone; b1 lets it choose "
    "where: add it to the sum inside tanh."
)
def _no_hidden_bias(X, C, W1, b1, W2, b2):
    return torch.tanh(C[X].flatten(1) @ W1) @ W2 + b2


@forward.misconception(
    "This bends with `sigmoid`, from 0 to 1. tanh runs from -1 to 1 around 0, and the next lesson "
    "will look into this very network: take `torch.tanh`."
)
def _sigmoid(X, C, W1, b1, W2, b2):
    return torch.sigmoid(C[X].flatten(1) @ W1 + b1) @ W2 + b2
