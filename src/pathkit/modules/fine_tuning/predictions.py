"""Predictions and skip questions of `fine-tuning`."""

from __future__ import annotations

from pathkit.checks.prediction import Choice

where = Choice(
    id="where",
    ask="Which probe gets more of the test sentences right?",
    options={
        "a": ("100 labels at the full stop",
              "The vector at the full stop serves to say that a space follows, so that little of "
              "she or he is in it. A hundred labels can't find what is hardly there."),
        "b": ("5 labels at the space after it",
              "The space is where the model must say she or he next, and there the answer is "
              "ready. Five labels suffice to point at it."),
        "c": ("both the same, since both have read the sentence",
              "Both have read it. But each vector holds what the next token needs, and after a "
              "full stop that is a space, whoever the hero is."),
    },
    right="b",
)

five_labels = Choice(
    id="five-labels",
    ask=(
        "Five labels show five of eight names at most. A perfect memory for them guesses the "
        "other names, and gets 75% on average. What does the fine-tuned model get?"
    ),
    options={
        "a": ("nearly 100%, names without a label included",
              "Pretraining has sorted the names already, and the labels say only which side is "
              "called 1."),
        "b": ("about 75%, since nobody can know the names without a label",
              "Nobody can know them from the labels. But the model has read thousands of stories "
              "in which these names are followed by she or he."),
        "c": ("about 50%, since five labels can't move 67,000 weights",
              "They needn't move far. The answer lies in the vectors already, and a few small "
              "steps read it off."),
    },
    right="a",
)

auxiliary = Choice(
    id="auxiliary",
    ask=(
        "Fine-tune on 20 sentences, for 60 steps, with and without the auxiliary loss on the "
        "same sentences. What does it do for the first sentence of a new story?"
    ),
    options={
        "a": ("it keeps it at what it cost before",
              "That is what it is meant for. But it is asked about 20 sentences, over and over, "
              "and not about new ones."),
        "b": ("it halves the damage done",
              "With many sentences it holds the first one in place. These are 20, and each is "
              "seen some 18 times."),
        "c": ("it hardly protects it, or makes it worse",
              "The model learns 20 sentences by heart, which says nothing about another one: "
              "that costs half a nat more, or several."),
    },
    right="c",
)

rank = Choice(
    id="rank",
    ask=(
        "Fifty labels, read at the full stop. All 67,000 weights get nearly everything right. "
        "Which is the smallest change that does nearly as well?"
    ),
    options={
        "a": ("none: a new head alone can do it",
              "The head sees one vector, and little of the answer is in it. Something before it "
              "must bring the answer there."),
        "b": ("detours of rank 4",
              "Rank 4 does it. But what is missing is one bit, brought to one place, and that "
              "takes less."),
        "c": ("detours of rank 1",
              "One bit must be brought to one place, and a single direction in each matrix can "
              "do that."),
    },
    right="c",
)

lower_loss = Choice(
    id="lower-loss",
    ask=(
        "Train with the mended mask, and with the one that is off by one. Which training loss "
        "will look better?"
    ),
    options={
        "a": ("that of the mended mask, since it asks the right questions",
              "It asks the hard one, too: which name or thing it was. Being right is no help to "
              "a loss."),
        "b": ("that of the wrong mask, by far",
              "It never asks for the first letter of an answer, which is the hard one. The "
              "letters after it follow by themselves."),
        "c": ("they are alike: two tokens more or less",
              "The two tokens that are left out are where the work is: to find the answer, and "
              "to end it."),
    },
    right="b",
)

forgotten = Choice(
    id="forgotten",
    ask=(
        "After 120 steps on answers the model gets most of them right. What does a story cost it "
        "now?"
    ),
    options={
        "a": ("as much as before",
              "Every weight has moved, and nothing asked for stories on the way."),
        "b": ("up to half as much again",
              "That would be mild. After a full stop and a space it now expects a question."),
        "c": ("more than three times as much",
              "The very places that went on with stories were trained on something else, and "
              "each surprise costs several nats."),
    },
    right="c",
)

skip_extract = Choice(
    id="skip-extract",
    ask=(
        "Rows of different length are filled up at the end. A head on a causal model reads `x[:, "
        "-1]`. What is wrong?"
    ),
    options={
        "a": ("nothing, the last place has seen all",
              "In a short row the last place holds filling, and the head is trained on its "
              "vector."),
        "b": ("it should read the first place",
              "That is BERT's place. In a causal model the first token has seen itself alone."),
        "c": ("short rows are read at their filling",
              "Each row has an end of its own, and its vector is at place length - 1."),
    },
    right="c",
    skip=True,
)

skip_zero = Choice(
    id="skip-zero",
    ask="In a low-rank adapter B A, why does B start at 0?",
    options={
        "a": ("so that training starts from the old model",
              "B A is 0 then, and A's random numbers let B learn from the first step."),
        "b": ("so that both matrices stay small all along",
              "Both grow as they must. It is about the start: the old model should be "
              "undisturbed."),
        "c": ("so that no gradient reaches the frozen matrix",
              "That is what freezing does. B's zeros make the first output the old one."),
    },
    right="a",
    skip=True,
)

skip_mask = Choice(
    id="skip-mask",
    ask=(
        "A prompt of 5 tokens, an answer of 3, then the end token. How many targets does "
        "training on answers ask for?"
    ),
    options={
        "a": ("3",
              "The end is asked as well, or the model never learns to stop."),
        "b": ("4",
              "Three tokens and the end. The first hangs on the prompt's last token."),
        "c": ("8",
              "The prompt isn't to be learned: its tokens are inputs only."),
    },
    right="b",
    skip=True,
)
