"""Score a model in nats."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise

from .symbols import SMALL, random_names


def _table(rng: np.random.Generator, size: int) -> np.ndarray:
    return rng.dirichlet(np.full(size, 0.7), size=size)


@exercise(
    title="Score a model in nats",
    level="medium",
    minutes=10,
    prompt="""
        Compute the mean negative log-likelihood of the names under the table `P`: over all pairs,
        boundaries included, the average of $-\\ln P[i, j]$. Low is good.
        """,
    probes=lambda rng: [
        (["a"], np.array([[0.2, 0.8], [0.3, 0.7]]), {".": 0, "a": 1}),
        (["ava", "m"], _table(rng, 5), SMALL),
        (["ava", "emma", "e", "emma"], _table(rng, 5), SMALL),
        (random_names(rng, "aemv", 9), _table(rng, 5), SMALL),
    ],
    hints=[
        "How many pairs has a name of four letters? That many terms go into the average.",
        """
        Walk over the pairs as you did when you counted. Collect `P[i, j]` of each pair in a list;
        then take logs, average, and change the sign.
        """,
        "`return -np.mean(np.___(likelihoods))`",
    ],
    errors=[
        ("KeyError: '.'", "the boundary is a symbol, too: `index['.']`."),
        (
            "RuntimeWarning: divide by zero encountered in log",
            "a pair has probability 0. Not a fault of yours: the next section is about it.",
        ),
    ],
    passed="One number for a whole model. From here on, better means lower, whatever the model.",
)
def mean_nll(names: list[str], P: np.ndarray, index: dict[str, int]) -> float:
    """Mean negative log-likelihood of the names, in nats per symbol.

    names: strings; P: (V, V), P[i, j] the probability that j follows i; index: symbol -> row.
    Returns the mean over all pairs of all names, boundaries included (Goodfellow et al. 2016,
    Deep Learning, section 5.5).
    """
    likelihoods = []
    for name in names:
        text = "." + name + "."
        for first, second in zip(text, text[1:]):
            likelihoods.append(P[index[first], index[second]])
    return -np.mean(np.log(likelihoods))


def _likelihoods(names, P, index) -> list[float]:
    pairs = [(a, b) for n in names for a, b in zip("." + n + ".", n + ".")]
    return [P[index[a], index[b]] for a, b in pairs]


@mean_nll.misconception(
    "This is the sum, not the mean. A sum grows with the number of names, so two lists can't be "
    "compared: divide by the number of pairs."
)
def _sum(names, P, index):
    return -np.sum(np.log(_likelihoods(names, P, index)))


@mean_nll.misconception(
    "The sign is missing. The log of a probability is negative; we turn it round so that a loss is "
    "positive and shrinks as the model improves."
)
def _no_minus(names, P, index):
    return np.mean(np.log(_likelihoods(names, P, index)))


@mean_nll.misconception(
    "This is in bits: the log has base 2. The path counts in nats, the natural log, which is what "
    "np.log computes and what every paper's loss curve shows. 1 nat is 1.44 bits."
)
def _bits(names, P, index):
    return -np.mean(np.log2(_likelihoods(names, P, index)))


@mean_nll.misconception(
    "You took the log of the average. Averages of probabilities hide disasters: a pair with "
    "probability 0.000001 hardly moves them, but its log does. Take logs first, then average."
)
def _log_of_mean(names, P, index):
    return -np.log(np.mean(_likelihoods(names, P, index)))


@mean_nll.misconception(
    "You averaged over names. A name of ten letters then counts as much as one of two; the loss is "
    "per symbol, so average over all pairs at once."
)
def _mean_of_names(names, P, index):
    return np.mean([-np.mean(np.log(_likelihoods([n], P, index))) for n in names])


@mean_nll.misconception(
    "You divided by the number of names. That is nats per name; divide by the number of pairs to "
    "get nats per symbol."
)
def _per_name(names, P, index):
    return -np.sum(np.log(_likelihoods(names, P, index))) / len(names)


@mean_nll.misconception(
    "The pairs that end names are left out. The model is paid for knowing when to stop, so its "
    "mistakes there must cost something: score the last boundary as well."
)
def _without_end(names, P, index):
    pairs = [(a, b) for n in names for a, b in zip("." + n, n)]
    return -np.mean(np.log([P[index[a], index[b]] for a, b in pairs]))


@mean_nll.misconception(
    "Row and column are exchanged: P[i, j] is the chance that j follows i, so the first symbol of "
    "the pair is the row."
)
def _reversed(names, P, index):
    return -np.mean(np.log(_likelihoods(names, P.T, index)))
