"""Predictions and skip questions of `gpt`."""

from __future__ import annotations

from pathkit.checks.prediction import Choice

leak = Choice(
    id="leak",
    ask="The floor is 0.126 nats per character. Somebody reports 0.05 on held-out stories. What "
    "happened?",
    options={
        "a": (
            "their model is larger than yours",
            "No size helps: below the floor you would need to know what hasn't been decided yet.",
        ),
        "b": (
            "their model sees the answer",
            "A leak: a target that isn't shifted, or a mask that hides too little. On new stories "
            "nothing else gets below the entropy.",
        ),
        "c": (
            "they trained for longer on more stories",
            "That brings a model towards the floor from above, never through it.",
        ),
    },
    right="b",
)

average = Choice(
    id="average",
    ask="Replace each token's vector by the average over its past. The bigram's loss was 1.8 nats. "
    "What will it be?",
    options={
        "a": (
            "clearly lower, since each place now knows its whole past",
            "It knows which letters occurred, in no order, and its own letter is drowned among "
            "them.",
        ),
        "b": (
            "about the same",
            "The bigram lives on the current token, and after 100 places that weighs 1/100.",
        ),
        "c": (
            "clearly higher",
            "The current token, all that a bigram has, now weighs 1/(t + 1). More context, worse "
            "model.",
        ),
    },
    right="c",
)

which_piece = Choice(
    id="which-piece",
    ask="Pieces are added in the order of this list, each trained for the same 250 steps. Which "
    "one takes off the most?",
    options={
        "a": (
            "many heads instead of one",
            "They help, by about 0.1 nats. Another piece takes several times as much.",
        ),
        "b": (
            "residual connections",
            "About 0.2 nats here, and indispensable for deep models. But another takes more.",
        ),
        "c": (
            "LayerNorm",
            "With one block it changes next to nothing. It earns its place in deep models.",
        ),
        "d": (
            "positions",
            "Most of spelling asks what stood one, two or three places back, and no head can ask "
            "that without places.",
        ),
    },
    right="d",
)

accepted = Choice(
    id="accepted",
    ask="The longer run is about 0.02 nats per character above the floor. Of 100 stories that it "
    "writes, how many could the grammar have told?",
    options={
        "a": (
            "about 95",
            "A gap of 0.02 sounds like 2 in 100. But it is per character, and a story has 129 "
            "characters in which to slip.",
        ),
        "b": (
            "about 25",
            "0.02 nats times 129 characters is over 2 nats a story: most stories break a promise "
            "somewhere.",
        ),
        "c": (
            "none",
            "The bigram manages none. This model is right most of the way, and a good share of its "
            "stories keeps every promise.",
        ),
    },
    right="b",
)

temperature = Choice(
    id="temperature",
    ask="What do you expect of stories written at temperature 0.5?",
    options={
        "a": (
            "more of them are accepted, and still no two are alike",
            "Slips are unlikely turns, and those get rarer. Free choices stay free: among equal "
            "options nothing is sharpened.",
        ),
        "b": (
            "more are accepted, but it's one story over and over",
            "That happens near 0. The free choices are equally likely, and dividing equal logits "
            "leaves them equal.",
        ),
        "c": (
            "fewer are accepted",
            "Cold removes unlikely turns, and a slip is an unlikely turn.",
        ),
    },
    right="a",
)

skip_targets = Choice(
    id="skip-targets",
    ask="A window of 8 tokens goes into a causal model. How many predictions does it train on?",
    options={
        "a": ("8", "One at each place, each from the tokens up to it."),
        "b": ("1", "Each place predicts its next token; only sampling uses the last one alone."),
        "c": ("64", "Places don't predict every place: each names the token after itself."),
    },
    right="a",
    skip=True,
)

skip_mask = Choice(
    id="skip-mask",
    ask="A head multiplies its softmax weights by a 0/1 triangle. What is wrong?",
    options={
        "a": (
            "nothing, future weights are 0",
            "The future still stands in the softmax's sum: rows sum to less than 1 and leak.",
        ),
        "b": (
            "the triangle should be the upper one",
            "The lower one is the past. The order of mask and softmax is what's wrong.",
        ),
        "c": (
            "the mask must come before the softmax",
            "Minus infinity in the scores takes the future out of the sum, too.",
        ),
    },
    right="c",
    skip=True,
)

skip_block = Choice(
    id="skip-block",
    ask="Which line is the attention half of a GPT-2 block?",
    options={
        "a": (
            "`x = norm(x + attend(x))`",
            "That is post-norm, as in 2017: the stream itself is rescaled.",
        ),
        "b": ("`x = x + attend(norm(x))`", "The layer reads a normed copy; the stream is kept."),
        "c": (
            "`x = attend(norm(x))`",
            "Without the residual the token is gone unless attention passes it on.",
        ),
    },
    right="b",
    skip=True,
)
