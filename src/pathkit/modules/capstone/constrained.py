"""What a rule costs."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise


@exercise(
    title="What a rule costs",
    level="medium",
    minutes=8,
    prompt="""
        Some tokens are forbidden. Return the chances of the next token among those that are
        allowed, and what the rule costs: minus the log to base 2 of the chance that the model gave
        to all allowed tokens together.
        """,
    probes=lambda rng: [
        (np.array([0.0, 0.0, 0.0, 0.0]), np.array([True, True, False, True])),
        (np.array([2.0, -1.0, 0.5]), np.array([False, True, True])),
        (np.array([1.0, 3.0]), np.array([True, True])),
        (np.array([-3.0, -2.0, -5.0, -4.0]), np.array([True, False, True, False])),
        (rng.normal(size=7) * 3, np.array([True, False] * 3 + [True])),
        (np.array([800.0, 803.0, 790.0]), np.array([True, False, True])),
        (np.array([-900.0, 0.0, 10.0]), np.array([True, True, False])),
        (np.array([0.0, 30.0]), np.array([True, False])),
    ],
    hints=[
        "Four tokens are equally likely and one is forbidden. What is left for the other three, "
        "and what share had they before?",
        """
        1. Take off the largest logit, then `exp`: that can't overflow.
        2. The share of the allowed: their sum, divided by the sum of all.
        3. Set the forbidden ones to 0 and divide by the sum of what is left.
        """,
        "`bits = -np.log2(weights[allowed].sum() / ___)`",
    ],
    errors=[
        ("RuntimeWarning: overflow encountered in exp", "subtract the largest logit first."),
        ("RuntimeWarning: invalid value encountered", "subtract the largest logit first."),
        ("IndexError: boolean index did not match", "`allowed` has one entry for each token."),
    ],
    passed="The rule is never broken, and its price is on the bill.",
)
def constrained(logits: np.ndarray, allowed: np.ndarray) -> tuple[np.ndarray, float]:
    """Chances of the next token under a rule, and the bits that the rule takes.

    logits: (V,) scores of the tokens, of any size; allowed: (V,) of True and False, one at least
    True. Returns ((V,) chances that sum to 1 and are 0 where forbidden, bits).
    """
    weights = np.exp(logits - np.max(logits))
    kept = np.where(allowed, weights, 0.0)
    return kept / np.sum(kept), -np.log2(np.sum(kept) / np.sum(weights))


def _parts(logits, allowed):
    p = np.exp(logits - np.max(logits))
    p = p / p.sum()
    kept = np.where(allowed, p, 0.0)
    return p, kept, kept.sum()


@constrained.misconception(
    "A logit of 0 isn't a chance of 0: e to the 0 is 1, so forbidden tokens are still drawn. Give "
    "them minus infinity, or set their chances to 0."
)
def _zero_logits(logits, allowed):
    scores = np.where(allowed, logits, 0.0)
    w = np.exp(scores - scores.max())
    return w / w.sum(), -np.log2(_parts(logits, allowed)[2])


@constrained.misconception(
    "The chances of the allowed tokens sum to less than 1. After the forbidden ones are gone, "
    "divide what is left by its own sum."
)
def _sums_to_less(logits, allowed):
    _, kept, share = _parts(logits, allowed)
    return kept, -np.log2(share)


@constrained.misconception(
    "The cost is in nats. Files and losses are counted in bits here: the log to base 2."
)
def _cost_in_nats(logits, allowed):
    _, kept, share = _parts(logits, allowed)
    return kept / share, -np.log(share)


@constrained.misconception(
    "This is the log of what was forbidden. The rule pays for what the model may still say: take "
    "the share of the allowed tokens."
)
def _share_forbidden(logits, allowed):
    _, kept, share = _parts(logits, allowed)
    with np.errstate(divide="ignore", invalid="ignore"):
        return kept / share, -np.log2(1 - share)


@constrained.misconception(
    "The forbidden tokens are the ones that are kept. `allowed` is True where a token may be "
    "chosen."
)
def _kept_the_forbidden(logits, allowed):
    p, kept, share = _parts(logits, allowed)
    with np.errstate(divide="ignore", invalid="ignore"):
        return (p - kept) / (1 - share), -np.log2(share)


@constrained.misconception(
    "The cost is negative. A share below 1 has a negative log, and a cost is minus that."
)
def _negative_cost(logits, allowed):
    _, kept, share = _parts(logits, allowed)
    return kept / share, np.log2(share)


@constrained.misconception(
    "The share of the allowed tokens was counted, as if all tokens were equally likely. Add up the "
    "chances that the model gave them."
)
def _counts_tokens(logits, allowed):
    _, kept, share = _parts(logits, allowed)
    return kept / share, -np.log2(np.mean(allowed))


@constrained.misconception(
    "The allowed tokens share equally now. A rule takes tokens away and leaves the proportions of "
    "all others as the model had them."
)
def _equal_shares(logits, allowed):
    return allowed / np.sum(allowed), -np.log2(_parts(logits, allowed)[2])


@constrained.misconception(
    "e to a large logit overflows. Subtract the largest logit from all of them first; that changes "
    "no chance."
)
def _overflows(logits, allowed):
    with np.errstate(over="ignore", invalid="ignore"):
        w = np.exp(logits)
        kept = np.where(allowed, w, 0.0)
        return kept / kept.sum(), -np.log2(kept.sum() / w.sum())


@constrained.misconception(
    "The cost was taken after the chances had been divided again, when their sum is 1 and its log "
    "is 0. Take it from the model's own chances, before that."
)
def _cost_of_the_whole(logits, allowed):
    _, kept, share = _parts(logits, allowed)
    return kept / share, -np.log2(np.sum(kept / share))
