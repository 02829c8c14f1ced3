"""Predictions and skip questions of `gpt-numpy`."""

from __future__ import annotations

from pathkit.checks.prediction import Choice, Number

complaints = Number(
    id="complaints",
    ask="A block has four matrices: c_attn (48 to 144), attn.c_proj (48 to 48), c_fc (48 to 192)"
    " and mlp.c_proj (192 to 48). You forget to transpose all of them. If you mend only what"
    " NumPy complains about, how many do you mend?",
    value=lambda: sum(n != m for n, m in ((48, 144), (48, 48), (48, 192), (192, 48))),
    within=0,
    unit="matrices",
    low="The three that aren't square all refuse to be multiplied. Only attn.c_proj, 48 by 48, "
    "fits in either layout.",
    high="One of the four is square: attn.c_proj, 48 by 48, fits in either layout. NumPy "
    "multiplies, and nobody is told.",
    right="attn.c_proj is square, and fits in either layout. It stays wrong without a word.",
)

bend = Choice(
    id="bend",
    ask="Take ReLU in place of GELU in the trained model, without training again. What happens "
    "to its loss of 0.13 nats?",
    options={
        "a": (
            "it changes by less than 0.01",
            "The curves are 0.17 apart at most, so the logits move by a sixth. The likeliest "
            "symbol leads by far more than that.",
        ),
        "b": (
            "it about doubles",
            "The bend's numbers do change, in block 0 by nearly half. But the likeliest symbol "
            "leads by about 12 in the logits, and stays ahead.",
        ),
        "c": (
            "it rises above 3, as if nothing was learned",
            "The weights fit a curve with this outline, and ReLU has the outline: it is never more "
            "than 0.17 away.",
        ),
    },
    right="a",
)

tied = Choice(
    id="tied",
    ask="Our model learned a head of its own. Replace it by `wte`, as a loader for GPT-2 would, "
    "and measure again. A model that knows nothing has ln 27 = 3.3 nats.",
    options={
        "a": (
            "about 0.13, since both tables describe the same 27 symbols",
            "They describe them for different purposes. One is read by block 0, the other reads "
            "what the last block wrote, and nothing made them agree.",
        ),
        "b": (
            "well above 3.3",
            "The logits are large, up to 28, and point the wrong way. Confident and wrong costs "
            "more than a blind guess.",
        ),
        "c": (
            "about 3.3",
            "That would be a model that is unsure. This one is sure of something else, and pays "
            "for it.",
        ),
    },
    right="b",
)

lens = Choice(
    id="lens",
    ask="Read the stream right after the embedding, by the last norm and the head. What is the "
    "loss? A bigram reaches 1.8 nats, a blind guess 3.3.",
    options={
        "a": (
            "about 1.8: the stream holds the current token, as a bigram does",
            "It holds the token, but nothing trained the head to read it there.",
        ),
        "b": (
            "about 0.13: the stream carries the answer all the way",
            "The blocks write the answer into the stream. Before them only token and place are "
            "in it.",
        ),
        "c": (
            "well above 2: nothing trained it to be read there",
            "The head was trained for what the last block writes. Read too early, the stream "
            "gives confident nonsense.",
        ),
    },
    right="c",
)

saved = Number(
    id="saved",
    ask="Write 128 tokens, one at a time. How many times as many multiplications does it take "
    "without a cache?",
    value=lambda: _times(128),
    within=8,
    unit="times",
    low="Without a cache, step t computes all t tokens again: 1 + 2 + … + 128 = 8,256 tokens in "
    "place of 128, which is 64 times, and attention adds a little.",
    high="At the last step it is 128 times, but the first steps are short. On average over all "
    "steps it is half of that, and attention adds a little.",
    right="1 + 2 + … + 128 tokens in place of 128: 64 times, and attention adds a little.",
)


def _times(n: int, width: int = 48, layers: int = 2, symbols: int = 27) -> float:
    """Multiplications without a cache, in units of those with one."""
    def products(length: int, new: int) -> int:
        weights = 12 * width**2 * layers + width * symbols
        return new * weights + 2 * new * length * width * layers

    lengths = range(1, n + 1)
    return sum(products(t, t) for t in lengths) / sum(products(t, 1) for t in lengths)


skip_square = Choice(
    id="skip-square",
    ask="A GPT-2 file is loaded without transposing its Conv1D weights. Which layer gives wrong "
    "numbers, and no error?",
    options={
        "a": ("c_attn, which makes queries, keys and values", "768 by 2,304 fits one way only."),
        "b": ("c_fc in the feed-forward layer", "768 by 3,072 doesn't fit the other way round."),
        "c": ("c_proj in attention", "It is 768 by 768, and a square fits in either layout."),
    },
    right="c",
    skip=True,
)

skip_tied = Choice(
    id="skip-tied",
    ask="A GPT-2 model is read and its `numel` added up by name: 163 million, not 124. Why?",
    options={
        "a": (
            "the table of tokens is tied to the head and was counted under both names",
            "50,257 times 768 are 38.6 million, the difference.",
        ),
        "b": (
            "the optimizer's averages are among them",
            "Those would be twice the model, and a published file hasn't got them.",
        ),
        "c": (
            "the 124 leave out the embeddings, as papers do",
            "Without embeddings it would be 85 million.",
        ),
    },
    right="a",
    skip=True,
)

skip_place = Choice(
    id="skip-place",
    ask="Six tokens lie in the cache, and one new token goes into the model. Which row of the "
    "position table is added to it?",
    options={
        "a": ("row 0, since it is alone in its pass", "The model would take it for a beginning."),
        "b": ("row 6", "Rows 0 to 5 belong to the tokens in the cache; the next is 6."),
        "c": ("none, its place is in the cache", "The cache holds other tokens' keys and values."),
    },
    right="b",
    skip=True,
)
