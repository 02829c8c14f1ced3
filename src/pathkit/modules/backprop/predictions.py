"""Predictions and skip questions of `backprop`."""

from __future__ import annotations

from pathkit.checks.prediction import Choice, Number

copies_of_b = Number(
    id="copies-of-b",
    ask="One number b is added to 32 rows, and the loss is the mean of the 32 results. What is the "
    "gradient of b?",
    value=lambda: 1.0,
    within=0.001,
    low="Each row gives 1/32, and there are 32 rows that use b: the copies add up.",
    high="32 copies, yes, but the loss is a mean: each row counts 1/32.",
    right="32 copies with 1/32 each. The mean divides once, the copies add up.",
)

row_sum = Number(
    id="row-sum",
    ask="What do the 27 numbers of one row of the logits' gradient add up to?",
    value=lambda: 0.0,
    within=1e-6,
    low="Predicted minus seen: the probabilities sum to 1, and so does the one-hot row.",
    high="Predicted minus seen: the probabilities sum to 1, and so does the one-hot row.",
    right="1 − 1. Raising all logits alike changes no probability, so nothing pulls that way.",
)

bias_before_norm = Choice(
    id="bias-before-norm",
    ask="Suppose the layer before BatchNorm had a bias `b1`. What would its gradient be?",
    options={
        "a": (
            "the sum of `dz` over the batch, some number like any other",
            "It is that sum. But BatchNorm has taken the mean out of each column of dz, so the sum "
            "is 0.",
        ),
        "b": (
            "0, up to rounding",
            "A constant added to a column is subtracted again with its mean.",
        ),
        "c": (
            "the same as that of `beta`",
            "beta is added after the normalisation and shifts what comes out. A bias before it is "
            "subtracted with the mean.",
        ),
    },
    right="b",
)

three_wrong = Choice(
    id="three-wrong",
    ask="Three backward passes are wrong: one takes BatchNorm's mean and variance for constants, "
    "one ignores the slope of tanh, one keeps a single gradient for each row of C. How many of "
    "them end more than 0.1 nats above the right one?",
    options={
        "a": (
            "none",
            "Each still points roughly downhill, and that is all that training needs. The loss "
            "won't tell you.",
        ),
        "b": (
            "one",
            "Not even one. A direction 20 to 65 degrees off the right one still leads down.",
        ),
        "c": (
            "all three",
            "A wrong gradient isn't a random one: all three still point roughly downhill.",
        ),
    },
    right="a",
)

skip_linear = Choice(
    id="skip-linear",
    ask="`out = x @ W` with x (32, 30) and W (30, 200). `d` is the gradient of out. What is dW?",
    options={
        "a": ("`d.T @ x`", "(200, 32) times (32, 30) is (200, 30): transposed."),
        "b": ("`d @ W.T`", "(32, 200) times (200, 30) is (32, 30): that is dx."),
        "c": ("`x.T @ d`", "(30, 32) times (32, 200) is (30, 200), the shape of W."),
    },
    right="c",
    skip=True,
)

skip_norm = Choice(
    id="skip-norm",
    ask="Every example of a batch receives the same gradient at BatchNorm's output. What comes out "
    "below?",
    options={
        "a": (
            "the same, divided by the spread",
            "That forgets the road through the mean: raising all alike changes nothing.",
        ),
        "b": ("0", "Raising a whole column changes nothing once its mean is subtracted."),
        "c": (
            "the same, for all but the mean example",
            "No example is exempt: the mean of the gradient is subtracted from all of them.",
        ),
    },
    right="b",
    skip=True,
)

skip_start = Choice(
    id="skip-start",
    ask="A backward pass forgets the factor gamma. You compare with autograd at the usual start, "
    "gamma = 1 and beta = 0. What do you see?",
    options={
        "a": (
            "no difference",
            "Times 1 is times nothing. Check at odd numbers, where every factor shows.",
        ),
        "b": (
            "a difference in gamma's gradient alone",
            "The gradient of gamma doesn't contain gamma. What lacks the factor lies below it.",
        ),
        "c": (
            "differences in all layers below",
            "There the factor is missing indeed, but at gamma = 1 it changes nothing.",
        ),
    },
    right="a",
    skip=True,
)
