"""The whole backward pass."""

from __future__ import annotations

from collections import namedtuple

import numpy as np

from pathkit.checks.exercise import exercise

from .cross_entropy_backward import cross_entropy_backward
from .linear_backward import linear_backward
from .lookup_backward import lookup_backward
from .norm_backward import norm_backward
from .tanh_backward import tanh_backward
from .tolerance import EXACT

Pieces = namedtuple("Pieces", "loss linear tanh norm lookup")  # as in the lesson


def _pieces() -> Pieces:
    return Pieces(
        cross_entropy_backward.reference, linear_backward.reference, tanh_backward.reference,
        norm_backward.reference, lookup_backward.reference,
    )


def _network(
    rng: np.random.Generator, n: int, T: int, V: int, E: int, H: int, unused: int = 0
) -> tuple:
    """Odd numbers everywhere: zeros and ones would hide a forgotten term or factor.

    unused: how many of the last symbols stand nowhere in the batch.
    """
    P = {
        "C": rng.normal(size=(V, E)), "W1": rng.normal(size=(T * E, H)),
        "gamma": rng.uniform(0.5, 2, size=H), "beta": rng.normal(size=H),
        "W2": rng.normal(size=(H, V)), "b2": rng.normal(size=V),
    }  # fmt: skip
    X = rng.integers(V - unused, size=(n, T))
    return P, X, rng.integers(V, size=n), _forward(P, X), _pieces()


def _forward(P: dict, X: np.ndarray) -> dict:
    emb = P["C"][X].reshape(len(X), -1)
    z = emb @ P["W1"]
    zhat = (z - z.mean(axis=0)) / np.sqrt(z.var(axis=0) + 1e-5)
    h = np.tanh(P["gamma"] * zhat + P["beta"])
    return {"emb": emb, "z": z, "zhat": zhat, "h": h, "logits": h @ P["W2"] + P["b2"]}


@exercise(
    title="The whole backward pass",
    level="hard",
    minutes=12,
    prompt="""
        Join the pieces, from the loss down to `C`. `back` holds the five functions you have
        written; scale and shift, `gamma * zhat + beta`, are for you to take apart.
        """,
    probes=lambda rng: [
        _network(rng, 3, 2, 4, 2, 3),
        _network(rng, 6, 3, 5, 2, 4),
        _network(rng, 4, 1, 3, 4, 4),
        _network(rng, 5, 4, 7, 3, 2, unused=2),
    ],
    hints=[
        "Read the forward pass from its last line to its first. What undoes each line?",
        """
        1. `back.loss(logits, Y)`: (n, V). 2. `back.linear(h, P["W2"], …)`: dh, dW2, db2.
        3. `back.tanh`: the gradient of `gamma * zhat + beta`, (n, H). Call it `d`.
        4. gamma multiplied zhat and served n rows: sum of `d * zhat`. beta was added: sum of `d`.
           zhat gets `d * gamma`. 5. `back.norm(z, …)`. 6. `back.linear` again, for W1; its third
           result is not needed. 7. Reshape to (n, T, E), then `back.lookup(X, …, len(P["C"]))`.
        """,
        '`dz = back.norm(cache["z"], d * ___)` and '
        '`demb, dW1, _ = back.linear(cache["emb"], ___, dz)`',
    ],
    errors=[
        ("KeyError", "in the cache: emb, z, zhat, h, logits; in P: C, W1, gamma, beta, W2, b2."),
        (
            "IndexError: tuple index out of range",
            "`back.lookup` wants (n, T, E): `demb.reshape(*X.shape, -1)`.",
        ),
        (
            "ValueError: cannot reshape array",
            "the checks use other sizes than 3 and 27: take them from `X.shape` and from `P`.",
        ),
        (
            "ValueError: too many values to unpack",
            "`back.linear` returns three gradients, the other functions one.",
        ),
    ],
    tolerance=EXACT,
    passed="`loss.backward()` is this: the lines of the forward pass, undone in reverse.",
)
def backward(P: dict, X: np.ndarray, Y: np.ndarray, cache: dict, back) -> dict:
    """All gradients of the network, by name.

    P: C (V, E), W1 (T * E, H), gamma, beta (H,), W2 (H, V), b2 (V,); X: (n, T); Y: (n,);
    cache: emb (n, T * E), z, zhat, h (n, H), logits (n, V) of the forward pass;
    back: the functions loss, linear, tanh, norm, lookup. Returns a dict with the keys of P.
    """
    dlogits = back.loss(cache["logits"], Y)  # (n, V)
    dh, dW2, db2 = back.linear(cache["h"], P["W2"], dlogits)
    d = back.tanh(cache["h"], dh)  # (n, H)
    dgamma, dbeta = (d * cache["zhat"]).sum(axis=0), d.sum(axis=0)
    dz = back.norm(cache["z"], d * P["gamma"])  # (n, H)
    demb, dW1, _ = back.linear(cache["emb"], P["W1"], dz)
    V, E = P["C"].shape
    dC = back.lookup(X, demb.reshape(*X.shape, E), V)
    return {"C": dC, "W1": dW1, "gamma": dgamma, "beta": dbeta, "W2": dW2, "b2": db2}


def one_changed(P, X, Y, cache, back, *, d=None, gamma=None, to_zhat=None, norm=None, demb=None):
    """The backward pass with one thing changed."""
    dlogits = back.loss(cache["logits"], Y)
    dh, dW2, db2 = back.linear(cache["h"], P["W2"], dlogits)
    d = d(dh) if d else back.tanh(cache["h"], dh)
    dgamma, dbeta = gamma(d) if gamma else ((d * cache["zhat"]).sum(axis=0), d.sum(axis=0))
    dzhat = to_zhat(d) if to_zhat else d * P["gamma"]
    dz = norm(dzhat) if norm else back.norm(cache["z"], dzhat)
    flat, dW1, _ = back.linear(cache["emb"], P["W1"], dz)
    shaped = demb(flat) if demb else flat.reshape(*X.shape, -1)
    dC = back.lookup(X, shaped, len(P["C"]))
    return {"C": dC, "W1": dW1, "gamma": dgamma, "beta": dbeta, "W2": dW2, "b2": db2}


@backward.misconception(
    "`gamma` is forgotten on the way down. It multiplied zhat, so the gradient of zhat is "
    "`d * gamma`. At a start with gamma = 1 nobody would notice."
)
def _forgets_gamma(P, X, Y, cache, back):
    return one_changed(P, X, Y, cache, back, to_zhat=lambda d: d)


@backward.misconception(
    "The gradient of `gamma` lacks its factor. gamma multiplied zhat, so each example contributes "
    "`d * zhat`; without it you get the gradient of beta twice."
)
def _gamma_like_beta(P, X, Y, cache, back):
    return one_changed(P, X, Y, cache, back, gamma=lambda d: (d.sum(axis=0), d.sum(axis=0)))


@backward.misconception(
    "gamma and beta got the mean over the batch. Each served all n rows, so the n contributions "
    "are added; the 1/n of the loss is in them already."
)
def _means(P, X, Y, cache, back):
    def gamma(d):
        return (d * cache["zhat"]).mean(axis=0), d.mean(axis=0)

    return one_changed(P, X, Y, cache, back, gamma=gamma)


@backward.misconception(
    "tanh is skipped: the gradient of its output was used as that of its input. Call `back.tanh` "
    "between the upper linear layer and the normalisation."
)
def _skips_tanh(P, X, Y, cache, back):
    return one_changed(P, X, Y, cache, back, d=lambda dh: dh)


@backward.misconception(
    "The normalisation is skipped: the gradient of zhat was used as that of z. `back.norm` divides "
    "by the spread and takes out what mean and variance take back."
)
def _skips_norm(P, X, Y, cache, back):
    return one_changed(P, X, Y, cache, back, norm=lambda dzhat: dzhat)


@backward.misconception(
    "`back.norm` was given zhat instead of z. It computes mean and variance itself, and those of "
    "zhat are 0 and 1: the factor 1/std is lost."
)
def _norm_of_zhat(P, X, Y, cache, back):
    return one_changed(P, X, Y, cache, back, norm=lambda dzhat: back.norm(cache["zhat"], dzhat))


@backward.misconception(
    "The gradients of the places are mixed: a reshape to (n, E, T) and a transpose put numbers of "
    "one symbol into another's row. Forward it was (n, T, E) to (n, T·E); go back the same way."
)
def _mixed_places(P, X, Y, cache, back):
    def demb(flat):
        n, T = X.shape
        return flat.reshape(n, -1, T).transpose(0, 2, 1)

    return one_changed(P, X, Y, cache, back, demb=demb)
