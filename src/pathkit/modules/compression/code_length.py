"""What a text costs."""

from __future__ import annotations

import math

import numpy as np

from pathkit.checks.exercise import exercise


@exercise(
    title="What a text costs",
    level="easy",
    minutes=5,
    prompt="""
        A model gave the symbols that really came the probabilities `p`. Add up what they cost, in
        bits: $-\\log_2 p$ each.
        """,
    probes=lambda rng: [
        (np.array([0.5, 0.25, 0.125]),),
        (np.array([0.9, 0.3]),),
        (rng.uniform(0.01, 1, size=7),),
        (rng.uniform(0.0001, 0.01, size=900),),
        (np.array([0.5, 1.0, 0.5, 0.25, 0.5]),),
        (np.full(1200, 0.5),),
        (np.array([1e-12, 0.5, 1e-200]),),
    ],
    hints=[
        "A symbol of probability 1/2 costs one bit. What does one of 1/8 cost?",
        "Take `np.log2` of the whole array, add up, and change the sign.",
        "`return -np.___(np.log2(p))`",
    ],
    errors=[
        ("TypeError: only", "`math.log2` takes one number; `np.log2` takes an array."),
        (
            "ValueError: math domain error",
            "the product of many probabilities is 0 as a float: add up their logs.",
        ),
        (
            "RuntimeWarning: divide by zero encountered in log2",
            "the product of many probabilities is too small for a float: add up their logs.",
        ),
    ],
    passed="Divide by 8 and you have the size of the file, before there is a file.",
)
def code_length(p: np.ndarray) -> float:
    """What a text costs under a model, in bits (Shannon 1948).

    p: (n,) the probability that the model gave to each symbol that came.
    Returns the sum of -log2 p.
    """
    return -np.sum(np.log2(p))


@code_length.misconception(
    "This is in nats: the log is natural. A file is counted in bits, and one nat is 1.44 of them, "
    "so take the log to base 2."
)
def _nats(p):
    return -np.sum(np.log(p))


@code_length.misconception(
    "This is the mean, the bits of one symbol. The file has to hold all of them: add up, don't "
    "average."
)
def _mean(p):
    return -np.mean(np.log2(p))


@code_length.misconception(
    "The cost comes out negative. The log of a probability is at most 0; turn the sign round to "
    "get a number of bits."
)
def _no_minus(p):
    return np.sum(np.log2(p))


@code_length.misconception(
    "Each symbol was rounded up to whole bits. A code that gives every symbol its own bits must do "
    "that; here the whole text becomes one number, and fractions of a bit add up."
)
def _whole_bits(p):
    return np.sum(np.ceil(-np.log2(p)))


@code_length.misconception(
    "Short texts come out right, long ones don't. After some hundred factors a product of "
    "probabilities is smaller than any float and becomes 0, which has no finite log: take the logs "
    "first, then add."
)
def _product(p):
    with np.errstate(all="ignore"):
        return -np.log2(np.prod(p))


@code_length.misconception(
    "Short texts come out right. For a long one the product of the probabilities is 0 as a float, "
    "and `math.log2` refuses 0: add up the logs of the single probabilities."
)
def _product_of_floats(p):
    return -math.log2(math.prod(p))


@code_length.misconception(
    "Rare symbols cost too little: a small number was added to each probability, so none costs "
    "more than that number does. These probabilities aren't 0, however small; take their logs as "
    "they are."
)
def _epsilon(p):
    return -np.sum(np.log2(p + 1e-9))


@code_length.misconception(
    "Each cost is weighted by its probability, as in an entropy. That is what a model expects to "
    "pay before it has seen the symbol; these symbols came, so each costs its whole -log2 p."
)
def _weighted(p):
    return -np.sum(p * np.log2(p))


@code_length.misconception(
    "The whole was rounded up to full bits. That comes last, when the one number is written; what "
    "the text costs under the model keeps its fraction."
)
def _rounded_up(p):
    return math.ceil(-np.sum(np.log2(p)))


@code_length.misconception(
    "What came back are the costs of the single symbols. The text costs their sum, one number."
)
def _not_summed(p):
    return -np.log2(p)


@code_length.misconception(
    "This is in bytes. The exercise asks for bits, as entropy is given in bits; divide by 8 only "
    "when you compare with a file."
)
def _bytes(p):
    return -np.sum(np.log2(p)) / 8
