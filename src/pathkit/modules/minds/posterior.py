"""Who is speaking?"""

from __future__ import annotations

import numpy as np

from pathkit.checks.compare import Tolerance
from pathkit.checks.exercise import exercise


def _heard(rng, speakers: int, words: int) -> tuple:
    prior = rng.dirichlet(np.ones(speakers))
    return prior, rng.dirichlet(np.ones(words), size=speakers), rng.integers(words, size=5)


@exercise(
    title="Who is speaking?",
    level="medium",
    minutes=12,
    prompt="""
        Before the first word each character has its prior probability. Return the probabilities
        before any word, after one word, after two, and so on. Hundreds of words may come, so add
        logarithms. A prior or a chance may be 0.
        """,
    probes=lambda rng: [
        (np.array([0.5, 0.5]), np.array([[0.8, 0.2], [0.4, 0.6]]), np.array([0, 0, 1])),
        (
            np.array([0.9, 0.1]),
            np.array([[0.2, 0.5, 0.3], [0.4, 0.5, 0.1]]),
            np.array([0, 1, 2, 0]),
        ),
        _heard(rng, 3, 4),
        _heard(rng, 4, 3),
        (np.array([0.5, 0.3, 0.2]), rng.dirichlet(np.ones(2), size=3), np.array([], dtype=int)),
        (np.array([0.6, 0.4, 0.0]), rng.dirichlet(np.ones(3), size=3), np.array([2, 0])),
        (np.array([0.5, 0.5]), np.array([[0.0, 1.0], [0.3, 0.7]]), np.array([1, 0, 1])),
        (np.array([0.7, 0.3]), rng.dirichlet(np.full(8, 5.0), size=2), rng.integers(8, size=900)),
        # 900 words that favour somebody whose prior is 0: the maximum must be of prior and words.
        (np.array([1.0, 0.0]), np.array([[0.3, 0.7], [0.8, 0.2]]), np.zeros(900, dtype=int)),
    ],
    hints=[
        "The odds are 1 to 1, and a word is twice as likely under the first. What are they now?",
        """
        1. `np.log` of prior and chances; put both into `with np.errstate(divide="ignore"):`.
        2. Column `words[t]` of the chances says how likely word `t` was under each character.
           Add up such columns from the first word on: `np.cumsum`. A row of zeros stands in front.
        3. Add the log of the prior, subtract each row's maximum, take `np.exp`, divide by the sum.
        """,
        "`gains = np.cumsum(log_chances[:, words].T, axis=___)`",
    ],
    errors=[
        ("IndexError: arrays used as indices must be of integer", "use `words` as it comes."),
        (
            "RuntimeWarning: invalid value encountered in divide",
            "a product of hundreds of chances is 0 as a float: add their logs.",
        ),
        (
            "ValueError: all the input arrays must have same number of dimensions",
            "put a row of zeros of shape (1, K) in front, not a single 0.",
        ),
    ],
    tolerance=Tolerance(relative=1e-7, absolute=1e-12),  # sums of 900 logs, in another order
    equivalents=[
        "with np.errstate():",  # it silences a warning and changes no value
        "heard = np.ones((len(words) + 1, len(prior)))",  # one constant for a row drops out
        "heard = np.zeros((len(words) + 1, len(chances)))",
        "heard = np.zeros((len(words) + 1, len(log_prior)))",
        "heard = np.zeros((len(words) + 1, len(log_chances)))",
    ],
    passed="Each word moves the odds by its likelihood ratio, and nothing else does.",
)
def posterior(prior: np.ndarray, chances: np.ndarray, words: np.ndarray) -> np.ndarray:
    """Probabilities of who is speaking, word by word.

    prior: (K,) of K characters, sums to 1; chances: (K, V), how each one chooses among V words;
    words: (n,) numbers of the words heard, n may be 0. Each word is possible for somebody.
    Returns (n + 1, K); row t is what is known after t words, and sums to 1.
    """
    with np.errstate(divide="ignore"):
        log_prior, log_chances = np.log(prior), np.log(chances)
    heard = np.zeros((len(words) + 1, len(prior)))
    heard[1:] = np.cumsum(log_chances[:, words].T, axis=0)
    scores = log_prior + heard
    scores = np.exp(scores - scores.max(axis=1, keepdims=True))
    return scores / scores.sum(axis=1, keepdims=True)


def _normal(scores):
    return scores / scores.sum(axis=-1, keepdims=True)


@posterior.misconception(
    "The row before any word is missing, or the rows are one place late. Row 0 is the prior; row "
    "t follows from the first t words."
)
def _no_row_before(prior, chances, words):
    return posterior.reference(prior, chances, words)[1:]


@posterior.misconception(
    "Each row uses its own word alone and the prior. What was heard before still counts: multiply "
    "by each word's chances in turn, so that evidence adds up."
)
def _forgets(prior, chances, words):
    return np.vstack([prior, _normal(prior * chances[:, words].T)])


@posterior.misconception(
    "The prior is missing: all characters began alike. Bayes multiplies the likelihood of the "
    "words by what was believed before them."
)
def _no_prior(prior, chances, words):
    return posterior.reference(np.ones(len(prior)) / len(prior), chances, words)


@posterior.misconception(
    "The rows aren't probabilities: they don't sum to 1. Divide each row by its sum, since "
    "somebody must be speaking."
)
def _not_normalised(prior, chances, words):
    rows = np.vstack([np.ones(len(prior)), np.cumprod(chances[:, words].T, axis=0)])
    return prior * rows


@posterior.misconception(
    "Short texts come out right. After hundreds of words the product of the chances is 0 as a "
    "float, and 0 / 0 is nan: add logarithms, and subtract the row's maximum first."
)
def _underflows(prior, chances, words):
    with np.errstate(all="ignore"):
        rows = np.vstack([np.ones(len(prior)), np.cumprod(chances[:, words].T, axis=0)])
        return _normal(prior * rows)


@posterior.misconception(
    "The chances were averaged over the words. Independent evidence multiplies: ten words that "
    "favour one character say far more than one."
)
def _averages(prior, chances, words):
    seen = chances[:, words].T.cumsum(axis=0) / np.arange(1, len(words) + 1)[:, None]
    return np.vstack([prior, _normal(prior * seen)])


@posterior.misconception(
    "The prior was multiplied in again with every word. It is counted once, before the first "
    "word; after that only the words speak."
)
def _prior_each_time(prior, chances, words):
    with np.errstate(divide="ignore"):
        step = np.log(prior) + np.log(chances[:, words].T)
        scores = np.vstack([np.log(prior), np.log(prior) + step.cumsum(axis=0)])
    return _normal(np.exp(scores - scores.max(axis=1, keepdims=True)))


@posterior.spelling(_underflows)
def _underflows_in_a_loop(prior, chances, words):
    rows, p = [prior], prior
    with np.errstate(all="ignore"):
        for word in words:
            p = p * chances[:, word]
            rows.append(p / p.sum())
    return np.array(rows)
