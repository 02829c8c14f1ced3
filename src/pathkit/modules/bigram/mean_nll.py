"""Score a model in nats."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise

from .symbols import SMALL, random_names


def _table(rng: np.random.Generator, size: int) -> np.ndarray:
    return rng.dirichlet(np.full(size, 0.7), size=size)


# Rows and columns: . a e m v
_WITH_ZEROS = np.array(
    [
        [0.0, 0.5, 0.5, 0.0, 0.0],
        [0.6, 0.0, 0.0, 0.0, 0.4],
        [0.3, 0.0, 0.0, 0.0, 0.7],
        [0.5, 0.3, 0.2, 0.0, 0.0],
        [0.0, 0.8, 0.2, 0.0, 0.0],
    ]
)


@exercise(
    title="Score a model in nats",
    level="medium",
    minutes=10,
    prompt="""
        Compute the mean negative log-likelihood of the names under the table `P`: over all pairs,
        boundaries included, the average of $-\\ln P[i, j]$. Low is good, and a pair that `P` holds
        for impossible makes it infinite.
        """,
    probes=lambda rng: [
        (["aa"], np.array([[0.2, 0.8], [0.3, 0.7]]), {"a": 0, ".": 1}),
        (["ava", "m"], _table(rng, 5), SMALL),
        (["ava", "emma", "e", "emma"], _table(rng, 5), SMALL),
        (random_names(rng, "aemv", 9), _table(rng, 5), SMALL),
        (["ava", "eve"], _WITH_ZEROS, SMALL),  # every pair that occurs is possible
        (["eve", "em"], _WITH_ZEROS, SMALL),  # `em` isn't
        (["emma", "ava", "eve", "e"] * 150, _table(rng, 5), SMALL),  # so many that e^-sum is 0
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
        (
            "ValueError: math domain error",
            "`math.log(0)` is an error (`expected a positive input` from Python 3.14 on); "
            "`np.log(0)` is minus infinity, which is meant here.",
        ),
        (
            "RuntimeWarning: divide by zero encountered in log",
            "a pair has probability 0. Not a fault of yours: the next section is about it.",
        ),
        ("IndexError: only integers, slices", "rows are numbers: `P[index[first], …]`."),
        ("IndexError: string index out of range", "the last symbol has no next one: stop before."),
    ],
    passed="One number for a whole model. From here on, better means lower, whatever the model.",
)
def mean_nll(names: list[str], P: np.ndarray, index: dict[str, int]) -> float:
    """Mean negative log-likelihood of the names, in nats per symbol.

    names: strings; P: (V, V), P[i, j] the probability that j follows i; index: symbol -> row.
    Returns the mean over all pairs of all names, boundaries included; inf where a pair has
    probability 0 (Goodfellow et al. 2016, Deep Learning, section 5.5).
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


def _losses(names, P, index) -> np.ndarray:
    with np.errstate(divide="ignore"):
        return -np.log(_likelihoods(names, P, index))


_FINITE = (
    "A pair of probability 0 that occurs must cost infinitely much, and here it costs {}: a model "
    "that rules out what happens has failed."
)


@mean_nll.misconception(
    "This is e to the loss, the perplexity. The loss itself is asked for: the mean of the "
    "negative logs, with no `np.exp` around it."
)
def _perplexity(names, P, index):
    return np.exp(_losses(names, P, index).mean())


@mean_nll.misconception(
    "The log is missing: this is minus the mean probability. The log makes rare pairs expensive; "
    "take it of each probability, then average."
)
def _no_log(names, P, index):
    return -np.mean(_likelihoods(names, P, index))


@mean_nll.misconception(
    "For many pairs this is infinite: a product of hundreds of probabilities is too small for a "
    "float and becomes 0. Add up logs instead of multiplying probabilities."
)
def _product(names, P, index):
    likelihoods = _likelihoods(names, P, index)
    with np.errstate(divide="ignore"):
        return -np.log(np.prod(likelihoods)) / len(likelihoods)


@mean_nll.misconception(
    "Where a cell of `P` is 0 and its pair never occurs, this is nan: 0 times minus infinity isn't "
    "0. Use only the pairs that occur, or only the cells whose count is above 0."
)
def _zero_times_infinity(names, P, index):
    counts = np.zeros(P.shape)
    for name in names:
        for a, b in zip("." + name, name + "."):
            counts[index[a], index[b]] += 1
    with np.errstate(all="ignore"):
        return -(counts * np.log(P)).sum() / counts.sum()


@mean_nll.misconception(_FINITE.format("nothing and isn't counted"))
def _skips_zeros(names, P, index):
    return -np.mean(np.log([p for p in _likelihoods(names, P, index) if p > 0]))


@mean_nll.misconception(_FINITE.format("nothing"))
def _zeros_cost_nothing(names, P, index):
    likelihoods = _likelihoods(names, P, index)
    return -np.sum(np.log([p for p in likelihoods if p > 0])) / len(likelihoods)


def _with_least(least: float):
    """A wrong answer that lets no probability be smaller than `least`."""

    def answer(names, P, index):
        return -np.mean(np.log(np.maximum(_likelihoods(names, P, index), least)))

    answer.__name__ = f"_at_least_{least:.0e}".replace("-", "minus_")
    return answer


for _least in (1e-8, 1e-9, 1e-10, 1e-12, 1e-15):
    mean_nll.misconception(_FINITE.format(f"{-np.log(_least):.1f} nats"))(_with_least(_least))
