"""How likely a reading is."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise


def _probe(rng: np.random.Generator, size: int, pairs: int) -> tuple:
    counts = np.zeros((size, size), dtype=int)
    np.add.at(counts, tuple(rng.integers(size, size=(2, pairs))), 1)
    logp = np.log(rng.dirichlet(np.full(size, 0.5), size=size) * 0.99 + 0.01 / size)
    return counts, rng.permutation(size), logp


@exercise(
    title="How likely is a reading?",
    level="medium",
    minutes=8,
    prompt="""
        `counts[i, j]` says how often sign $j$ follows sign $i$ in the secret, and sign $i$ is read
        as symbol `key[i]`. Add up the log-probabilities of all pairs as they are read.
        """,
    probes=lambda rng: [
        (np.array([[0, 2, 0], [1, 0, 0], [0, 0, 0]]), np.array([1, 2, 0]),
         np.log([[0.5, 0.25, 0.25], [0.1, 0.2, 0.7], [0.3, 0.6, 0.1]])),
        _probe(rng, 4, 9),
        _probe(rng, 5, 30),
        _probe(rng, 9, 200),
        _probe(rng, 27, 1500),
    ],
    hints=[
        "The secret holds sign 0 and then sign 1, twice. Which cell of `logp` says how likely that "
        "is, as it is read?",
        "Reorder rows and columns of `logp` by the key, multiply by the counts, and sum.",
        "`return (counts * logp[key][:, ___]).sum()`",
    ],
    errors=[
        ("IndexError: too many indices for array", "`key` has one axis; `logp` has two."),
        ("TypeError: only", "`math.exp` and its like take one number, and no array."),
    ],
    passed="The secret is counted once. Each new key reorders 27 rows and columns, however long "
    "the text is.",
)
def log_score(counts: np.ndarray, key: np.ndarray, logp: np.ndarray) -> float:
    """The log-likelihood of a secret as it is read with a key, in nats.

    counts: (V, V) integers, how often sign j follows sign i; key: (V,) the symbol that each sign is
    read as; logp: (V, V) the log-probability of the second symbol, given the first.
    """
    return (counts * logp[key][:, key]).sum()


@log_score.misconception(
    "Only the rows follow the key: the first symbol of each pair is read, the second is left as a "
    "sign. Reorder the columns as well."
)
def _rows_only(counts, key, logp):
    return (counts * logp[key]).sum()


@log_score.misconception(
    "Only the columns follow the key. The sign before is read with the same key: reorder the rows "
    "as well."
)
def _columns_only(counts, key, logp):
    return (counts * logp[:, key]).sum()


@log_score.misconception(
    "The key was applied to the counts, which reads it backwards: row key[i] of the counts belongs "
    "to another sign. Signs number the counts; symbols number `logp`, so reorder `logp`."
)
def _counts_reordered(counts, key, logp):
    return (counts[key][:, key] * logp).sum()


@log_score.misconception(
    "First and second are exchanged: this scores the text from right to left. Rows of both tables "
    "belong to the symbol that comes first."
)
def _transposed(counts, key, logp):
    return (counts.T * logp[key][:, key]).sum()


@log_score.misconception(
    "Each pair that occurs was added once. A pair that comes five times is five pieces of "
    "evidence: multiply by its count."
)
def _each_once(counts, key, logp):
    return logp[key][:, key][counts > 0].sum()


@log_score.misconception(
    "This is the mean over pairs. The search compares whole texts, where evidence adds up with "
    "every pair: return the sum."
)
def _mean_score(counts, key, logp):
    return (counts * logp[key][:, key]).sum() / counts.sum()


@log_score.misconception(
    "`logp[key, key]` picks the diagonal, where each symbol follows itself. For all pairs reorder "
    "rows and then columns: `logp[key][:, key]`."
)
def _diagonal(counts, key, logp):
    return (counts * logp[key, key]).sum()


@log_score.misconception(
    "The sign is turned round, which gives a cost. Here a likelier reading must score higher, so "
    "add up the logs as they are."
)
def _as_cost(counts, key, logp):
    return -(counts * logp[key][:, key]).sum()


@log_score.misconception(
    "The key doesn't enter: the signs were scored as they stand in the secret. Sign i is read as "
    "`key[i]`, so look up rows and columns of `logp` through the key."
)
def _unread(counts, key, logp):
    return (counts * logp).sum()


@log_score.misconception(
    "`@` is a matrix product, which mixes counts of one pair with probabilities of another. Each "
    "cell belongs to one pair: multiply cell by cell with `*`."
)
def _matrix_product(counts, key, logp):
    return (counts @ logp[key][:, key]).sum()


@log_score.misconception(
    "Probabilities were added, and not their logs. The chance of a whole text is a product, and "
    "`logp` holds logs already: add them up as they are."
)
def _adds_probabilities(counts, key, logp):
    return (counts * np.exp(logp[key][:, key])).sum()
