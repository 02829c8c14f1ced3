"""A number added to one logit."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise


@exercise(
    title="Add to one logit",
    level="easy",
    minutes=5,
    prompt="""
        Return the probabilities after `bias` was added to the logit of one symbol. The logits are
        those whose softmax is `p`: its logarithm will do.
        """,
    probes=lambda rng: [
        (np.array([0.5, 0.3, 0.2]), 0, -2.0),
        (np.array([0.1, 0.6, 0.3]), 2, 1.5),
        (np.array([0.1, 0.6, 0.3]), 1, 0.0),
        (np.array([0.1, 0.6, 0.3]), 1, -np.inf),
        (rng.dirichlet(np.ones(6)), 4, float(rng.normal())),
        (rng.dirichlet(np.ones(9)), 3, 3.0),
    ],
    hints=[
        "What does adding to a logit become after `exp`?",
        "The weight of that symbol is multiplied by `np.exp(bias)`. Then divide all by the sum.",
        "`weights = p.copy()`, then `weights[token] *= ___`, then divide by the sum",
    ],
    passed="The others shrink or grow together, so that their ratios stay as they were.",
)
def biased(p: np.ndarray, token: int, bias: float) -> np.ndarray:
    """The softmax after `bias` was added to one logit.

    p: (V,) probabilities, all above 0; token: its place; bias: any number, or minus infinity.
    Returns (V,) new probabilities. p itself stays as it is.
    """
    weights = p.copy()
    weights[token] *= np.exp(bias)
    return weights / weights.sum()


@biased.misconception(
    "The bias was added to the probability. It belongs to the logit, where adding means "
    "multiplying the probability's weight by e to the bias."
)
def _bias_on_probability(p, token, bias):
    weights = p.copy()
    weights[token] = max(weights[token] + bias, 0)
    return weights / max(weights.sum(), 1e-300)


@biased.spelling(_bias_on_probability)
def _bias_on_probability_uncut(p, token, bias):
    weights = p.copy()
    weights[token] += bias
    return weights / weights.sum() if np.isfinite(bias) else weights


@biased.misconception(
    "The softmax was taken of the probabilities. The logits are their logarithms: with a bias of 0 "
    "the softmax has to give `p` back."
)
def _bias_softmax_of_p(p, token, bias):
    logits = p.copy()
    logits[token] += bias
    return np.exp(logits) / np.exp(logits).sum()


@biased.misconception(
    "The sum isn't 1: one weight changed and nobody was told. Divide all of them by the new sum, "
    "as the softmax does."
)
def _bias_no_sum(p, token, bias):
    weights = p.copy()
    weights[token] *= np.exp(bias)
    return weights


@biased.misconception(
    "The probability was multiplied by the bias itself. A bias of 0 has to change nothing, and a "
    "negative one must not make a probability negative: multiply by e to the bias."
)
def _bias_as_factor(p, token, bias):
    weights = p.copy()
    weights[token] *= bias if np.isfinite(bias) else 0
    return weights / (weights.sum() or 1)


@biased.misconception(
    "The sign is turned round: a positive bias has to make the symbol likelier, so the factor is e "
    "to the bias and not to minus the bias."
)
def _bias_sign(p, token, bias):
    weights = p.copy()
    weights[token] *= np.exp(min(-bias, 700))
    return weights / weights.sum()


@biased.spelling(_bias_sign)
def _bias_sign_uncut(p, token, bias):
    weights = p.copy()
    weights[token] /= np.exp(bias)
    return weights / weights.sum()


@biased.misconception(
    "Every logit got the bias. The softmax doesn't notice a number that is added to all; add it to "
    "the one logit of `token`."
)
def _bias_for_all(p, token, bias):
    return p.copy()


@biased.misconception(
    "The symbol got its probability times e to the bias, and the others were made to fit what is "
    "left. That product is a weight: divide all weights by their sum, this one too."
)
def _bias_rest_fits(p, token, bias):
    new = p.copy()
    new[token] *= np.exp(bias)
    others = np.arange(len(p)) != token
    new[others] *= (1 - new[token]) / new[others].sum()
    return new


@biased.spelling(_bias_rest_fits)
def _bias_rest_fits_cut(p, token, bias):
    new = p.copy()
    new[token] = min(new[token] * np.exp(bias), 1)
    others = np.arange(len(p)) != token
    new[others] *= (1 - new[token]) / new[others].sum()
    return new
