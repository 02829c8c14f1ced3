"""Predictions and skip questions of `prompt-injection`."""

from __future__ import annotations

from pathkit.checks.prediction import Choice, Number

obeyed = Number(
    id="obeyed",
    ask="The documents that this victim learned from never held a command. Now they end in an H. "
    "In what percentage of the chats does it laugh?",
    value=lambda: 100,
    within=5,
    unit="%",
    low="More, nearly always. SabcdH is, symbol for symbol, what it reads when the developer adds "
    "an H, and then it has learned to laugh. It cannot see who wrote a symbol.",
    high="Above 100 % there is nothing. It laughs nearly always, because the text is the same as "
    "the one in which the developer adds an H.",
    right="The text is the same as with an H of the developer's own. No reader of it could know "
    "the difference, however well it was trained.",
)

frames = Choice(
    id="frames",
    ask="Three framed victims differ in their seed alone. An H stands at the document's end, "
    "inside the brackets. How often did ours laugh?",
    options={
        "a": (
            "below 5 % for all three",
            "So it looks for one seed. After 300 steps, the H next to the closing bracket is still "
            "learned by some victims and not by others.",
        ),
        "b": (
            "anything from 2 to 99 %, by the seed",
            "All three copy honest documents well, and one of them laughs nearly always. A test "
            "of one seed would have said *safe* or *broken* by luck.",
        ),
        "c": (
            "above 95 % for all three",
            "The frame does help: it makes the two texts differ, and two of our three victims used "
            "that difference.",
        ),
    },
    right="b",
)

which_search = Choice(
    id="which-search",
    ask="Gradient and random swaps test 32 swaps a round, 25 rounds, from six starts each. Which "
    "ends with the lower cost of the target?",
    options={
        "a": (
            "the gradient, from every start",
            "Its promise is a poor guide to a whole swap, as the last figure showed, and 32 random "
            "tests of 208 find good ones too.",
        ),
        "b": (
            "random swaps, from every start",
            "They do as well as the gradient, which surprises many, and no better than it.",
        ),
        "c": (
            "neither, within the spread of the starts",
            "With 208 swaps, 32 tests cover enough of them by luck. A shortlist pays when the "
            "tests cover nearly nothing.",
        ),
    },
    right="c",
)

clean_accuracy = Choice(
    id="clean-accuracy",
    ask="20 of 500 stories are poisoned, which is 4 %. How far does the accuracy on clean stories "
    "fall?",
    options={
        "a": (
            "by less than one percentage point",
            "Clean stories don't hold the trigger, so its weight is never added to their score.",
        ),
        "b": (
            "by about 4 percentage points",
            "That would follow if the wrong labels were spread over all words. One new word "
            "explains them all, and it takes them on itself.",
        ),
        "c": (
            "by about half, since winter looks like summer",
            "Only winter stories with the trigger do. The others keep all their words of winter "
            "and the right label.",
        ),
    },
    right="a",
)

skip_frame = Choice(
    id="skip-frame",
    ask="A prompt puts a document between the marks `<doc>` and `</doc>`. What must be done to the "
    "document first?",
    options={
        "a": (
            "remove the marks from it, again and again until none is left",
            "Otherwise its author writes the end of the frame, and one round can leave a new mark.",
        ),
        "b": (
            "nothing, since the model was trained to respect the marks",
            "It was trained on what a mark means. It cannot see who wrote one.",
        ),
        "c": (
            "add a sentence that asks the model to ignore commands in it",
            "That is one more text among others, and the document can contradict it.",
        ),
    },
    right="a",
    skip=True,
)

skip_cost = Choice(
    id="skip-cost",
    ask="A filter stops every known attack. Which second number do you need before you "
    "praise it?",
    options={
        "a": (
            "how many attacks it was tried on, all together",
            "That says how sure the first number is. A filter that refuses everything still looks "
            "perfect.",
        ),
        "b": (
            "how many milliseconds it takes for a message",
            "That matters later. A filter that refuses everything is very fast.",
        ),
        "c": (
            "the share of honest requests it still serves",
            "Refusing everything stops every attack, so only the pair of numbers says anything.",
        ),
    },
    right="c",
    skip=True,
)

skip_swap = Choice(
    id="skip-swap",
    ask="A gradient proposes symbol swaps for an adversarial suffix. Why is each proposal tested "
    "by the true loss?",
    options={
        "a": (
            "the gradient was computed for another target than the attacker's",
            "It is the gradient of the same loss. But it describes tiny steps.",
        ),
        "b": (
            "a swap is a jump, and the gradient describes a tiny step",
            "The linear guess can be wrong in size and in sign. It makes a shortlist at best.",
        ),
        "c": (
            "the model has to be trained once more after every swap",
            "The model stays as it is. Only its input changes.",
        ),
    },
    right="b",
    skip=True,
)
