"""Predictions and skip questions of `induction-heads`."""

from __future__ import annotations

from pathkit.checks.prediction import Choice

what_a_key_knows = Choice(
    id="what-a-key-knows",
    ask="One layer, as many heads as you like, and every word knows its place. Can the second "
    "`red` find `kite`?",
    options={
        "a": (
            "yes, with two heads: one finds `red`, the other steps on",
            "Heads of one layer work side by side. The second can't start from what the first one "
            "found, since that is written only when both are done.",
        ),
        "b": (
            "yes: the query asks for the place after `red`",
            "The query knows its own word and place. At which place the earlier `red` stands, it "
            "can't know before somebody has looked.",
        ),
        "c": (
            "no: the key of `kite` doesn't know of `red`",
            "A key of the first layer is made from its own word and place. That `red` stood before "
            "is written nowhere yet.",
        ),
        "d": (
            "no: the mask hides `kite` from it",
            "The first `kite` lies in the past, so it may be seen. What is missing is a key that "
            "fits.",
        ),
    },
    right="c",
)

one_layer = Choice(
    id="one-layer",
    ask="A blind guess among all 64 tokens costs 4.2 nats, one among those of the text 2.8. Where "
    "does one layer end after 200 steps?",
    options={
        "a": (
            "near 0, but later than two layers",
            "More steps don't write what stood before into a key. In trials of 1,500 steps it "
            "stayed above 3.",
        ),
        "b": (
            "between the two guesses",
            "It learns roughly which tokens are in play, and never which of them comes next.",
        ),
        "c": (
            "at 4.2, since the tokens are random",
            "The order is random, but only tokens of this text come again. Even one layer can see "
            "which were there.",
        ),
    },
    right="b",
)

which_head = Choice(
    id="which-head",
    ask="The model has two heads in each layer. You switch off one of the four. Which one costs "
    "the most?",
    options={
        "a": (
            "the sharper head of the first layer",
            "All notes come from it, and without notes neither reader can find anything.",
        ),
        "b": (
            "a head of the second layer, where the copying is done",
            "There are two of them, and each can do it alone.",
        ),
        "c": (
            "any of them: each has about a quarter of the work",
            "Heads don't share work evenly. Training makes some indispensable and others spare.",
        ),
    },
    right="a",
)

who_reads = Choice(
    id="who-reads",
    ask="The second layer gets the bare tokens at one of its entrances. At which one does copying "
    "break down?",
    options={
        "a": (
            "at the queries",
            "The query is the token at hand, and the bare token says that already.",
        ),
        "b": (
            "at the keys",
            "The keys must say which token stood before, and only the first layer knows.",
        ),
        "c": ("at the values", "The value is the token to copy, and the bare token is that."),
        "d": (
            "at each of the three",
            "Two of the three need nothing but the token that stands there.",
        ),
    },
    right="b",
)

one_layer_shifted = Choice(
    id="one-layer-shifted",
    ask="One layer gets keys that are moved by one place. What will its loss do?",
    options={
        "a": (
            "it stays near 3.5, since one layer can't do two steps",
            "The second step is gone: the key at `kite` now speaks for `red`, so one look is "
            "enough.",
        ),
        "b": (
            "it falls to 0, about as late as with two layers",
            "Two layers had to wait until two parts fitted. Here there is only one to learn.",
        ),
        "c": (
            "it falls to 0, several times sooner",
            "One part to learn, and it pays from the first step on. No waiting for the other half.",
        ),
    },
    right="c",
)

kept_gpt = Choice(
    id="kept-gpt",
    ask="The GPT that knows stories reads 20 random letters three times over. A blind guess costs "
    "3.3 nats a letter. What does it pay?",
    options={
        "a": (
            "about 3.3 at first, and less than 1 from then on",
            "That is what a model with an induction head does. Stories never taught this one to "
            "copy what it doesn't know.",
        ),
        "b": (
            "more than 3.3 at first, and less each time round",
            "The first half is right: random letters surprise it. But hearing them again doesn't "
            "help it.",
        ),
        "c": (
            "far more than 3.3, and as much each time",
            "It is sure of its stories, so other letters get next to nothing, the second time and "
            "the third time, too.",
        ),
    },
    right="c",
)

skip_where = Choice(
    id="skip-where",
    ask="A text reads `A B C D A`. Where does an induction head look from the last `A`?",
    options={
        "a": (
            "at the first `A`",
            "That would be a head that finds copies. The token to come stands one place further.",
        ),
        "b": ("at `B`", "It followed the earlier `A`, so it is what the head copies."),
        "c": ("at `D`", "That is the place before, where a head of the first layer looks."),
    },
    right="b",
    skip=True,
)

skip_latest = Choice(
    id="skip-latest",
    ask="A token was there three times, and a head gives a third of its weight to each of the "
    "places that followed. What is its prefix-matching score there?",
    options={
        "a": ("1", "All that followed earlier copies counts, and the three thirds add up."),
        "b": ("1/3", "That counts the latest copy alone. Each of the three places is a right one."),
        "c": (
            "0, since it can't decide",
            "It need not decide: all three places are right ones.",
        ),
    },
    right="a",
    skip=True,
)

skip_score = Choice(
    id="skip-score",
    ask="A model's in-context learning score is -0.4 nats. What does that say?",
    options={
        "a": (
            "it has heads that copy",
            "The score says that late tokens are cheaper. By which means, it doesn't say.",
        ),
        "b": (
            "it got worse towards the end of a text",
            "The score is late minus early, so below 0 means that late tokens cost less.",
        ),
        "c": (
            "late tokens cost 0.4 nats less than early ones",
            "Late minus early: it makes use of what it has read, whatever the means.",
        ),
    },
    right="c",
    skip=True,
)
