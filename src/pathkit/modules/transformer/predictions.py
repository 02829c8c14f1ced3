"""Predictions and skip questions of `transformer`."""

from __future__ import annotations

from pathkit.checks.prediction import Choice, Number

means = Number(
    id="means",
    ask="A batch of 32 words goes through LayerNorm. Each has 10 letters, and each letter is a "
    "vector of 32 numbers: (32, 10, 32). How many means does LayerNorm compute?",
    value=lambda: 32 * 10,
    within=0.5,
    low="More: every letter of every word has a mean of its own, over its 32 numbers. That makes "
    "32 times 10. (32 would be BatchNorm: one for each feature.)",
    high="Fewer: a mean runs over the 32 numbers of one letter, and there are 32 times 10 letters.",
    right="One for each letter of each word. No letter needs another to be normed.",
)

gradients = Choice(
    id="gradients",
    ask="Stack 54 layers instead of 2 and don't train them. What happens to the gradient that the "
    "last layer gets?",
    options={
        "a": (
            "in post-norm it nearly vanishes, in pre-norm it stays",
            "Many people expect it. But the last layer sits next to the loss, and in post-norm "
            "what it says makes up a fixed share of the normed sum.",
        ),
        "b": (
            "it stays in both",
            "Not in pre-norm: there the stream grows, and the last layer is an ever smaller part "
            "of it.",
        ),
        "c": (
            "in pre-norm it shrinks, in post-norm it doesn't",
            "In pre-norm 54 layers share one growing stream, so each later one counts for less. "
            "In post-norm each sum is normed, and the last layer always counts the same.",
        ),
    },
    right="c",
)


def _sizes(C: int) -> tuple[int, int]:
    """Weights of the feed-forward layer and of the whole encoder block, biases included."""
    feed_forward = 4 * C * C + 4 * C + 4 * C * C + C
    return feed_forward, feed_forward + 4 * (C * C + C) + 4 * C


share = Number(
    id="share",
    ask="An encoder block has `n_embd` = 512. What share of its weights is in the feed-forward "
    "layer, in %?",
    value=lambda: 100 * _sizes(512)[0] / _sizes(512)[1],
    within=4,
    unit="%",
    low="Attention has four square matrices, 4 C². The feed-forward layer has two of C by 4 C, "
    "which makes 8 C²: twice as much.",
    high="Attention isn't free: queries, keys, values and mix are four matrices of C by C. "
    "Against 8 C² in the feed-forward layer that is one third.",
    right="Two thirds. Attention gets the attention, and the feed-forward layer has the weights.",
)

spare_part = Choice(
    id="spare-part",
    ask="One of these parts can be taken out without harm. Which one?",
    options={
        "a": (
            "the encoder's self-attention, a plain average",
            "That average is how the model learns the length of the word. Without it about "
            "15 of 100 names are right.",
        ),
        "b": (
            "the decoder's self-attention",
            "The waves say how many symbols have been written, and the source says which comes "
            "next. What they were doesn't matter here.",
        ),
        "c": (
            "the residual connections: there is only one block",
            "One block is five layers. Without residual connections each must hand on letters and "
            "places by itself, and the model hardly learns.",
        ),
        "d": (
            "the feed-forward layers: reversing needs no thought",
            "It can be learned without them, but after 300 steps only about 80 of 100 names are "
            "right.",
        ),
    },
    right="b",
)

warm_up = Choice(
    id="warm-up",
    ask="Post-norm, three blocks, the full rate from the first step. Where is the loss after 120 "
    "steps?",
    options={
        "a": (
            "above 3 nats: it knows next to nothing",
            "The first steps carry it to a place that it doesn't find out of. The same model with "
            "a warm-up learns.",
        ),
        "b": (
            "lower than with a warm-up, since no step was wasted on a low rate",
            "So it is with pre-norm. In post-norm the first full steps do harm that later ones "
            "don't repair.",
        ),
        "c": (
            "at nan",
            "Many a training without norms ends there. Here the norms keep all numbers "
            "finite, and the model is merely lost.",
        ),
    },
    right="a",
)

skip_axis = Choice(
    id="skip-axis",
    ask="`x` has shape (B, T, C). Which line centres it as LayerNorm does?",
    options={
        "a": (
            "`x - x.mean(dim=(1, 2), keepdim=True)`",
            "That mixes all places of a text: a later token would move the earlier ones.",
        ),
        "b": (
            "`x - x.mean(dim=0, keepdim=True)`",
            "That is BatchNorm: a text's result depends on the other texts in the batch.",
        ),
        "c": (
            "`x - x.mean(dim=-1, keepdim=True)`",
            "Each token by itself, over its own C numbers.",
        ),
    },
    right="c",
    skip=True,
)

skip_cross = Choice(
    id="skip-cross",
    ask="The source has 7 tokens, the target 4. In cross-attention, who makes the keys, and which "
    "shape have the weights?",
    options={
        "a": ("the source; (4, 7)", "The target asks, one row each; the source answers."),
        "b": (
            "the target; (4, 7)",
            "Keys belong to those who can be found: the source, with 7 columns.",
        ),
        "c": (
            "the source; (7, 4)",
            "Rows are those who ask. That is the target, which has 4 tokens.",
        ),
    },
    right="a",
    skip=True,
)

skip_noam = Choice(
    id="skip-noam",
    ask="In the paper's schedule you double the warm-up. What happens to the peak?",
    options={
        "a": (
            "same height, twice as late",
            "The falling branch is lower there: it has fallen by the root of 2 since.",
        ),
        "b": (
            "twice as late, lower by the factor √2",
            "It sits at step `warmup`, where the rate is 1/√(n_embd · warmup).",
        ),
        "c": (
            "twice as late, half as high",
            "The fall goes with one over the root of the step, so twice the steps cost √2.",
        ),
    },
    right="b",
    skip=True,
)
