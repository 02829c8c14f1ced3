"""Predictions and skip questions of `tokens`."""

from __future__ import annotations

from pathkit.checks.prediction import Choice, Number

from .merge import merge

HINDI = "सभी मनुष्यों को गौरव और अधिकारों के मामले में जन्मजात स्वतन्त्रता और समानता प्राप्त है।"

seven_a = Number(
    id="seven-a",
    ask="In `aaaaaaa`, seven times a, the pair `aa` is merged from left to right. How many tokens "
    "are left?",
    value=lambda: len(merge.reference([97] * 7, (97, 97), 256)),
    within=0,
    unit="tokens",
    low="Each merge uses up two letters. Three merges use six, and the seventh a stays alone.",
    high="Six places hold `aa`, but a letter can be used once only. Three merges use six letters, "
    "and the seventh stays alone.",
    right="Three new tokens and one a. Counting sees six pairs, merging finds room for three.",
)

left_to_right = Choice(
    id="left-to-right",
    ask="The bug merges the first known pair from the left, again and again. Of 1,000 names that "
    "the tokenizer has never seen, how many are cut differently from the rule of the lowest rank?",
    options={
        "a": (
            "none: both merge until nothing is left to merge",
            "Both end when no known pair is left, but they end with different tokens. A letter "
            "that is used on the left is missing on the right.",
        ),
        "b": ("about 1 in 100", "More: in one name of six, two rules compete for a letter."),
        "c": (
            "about 1 in 6",
            "In most names no two rules compete for a letter. In one of six they do, and the "
            "left one isn't always the older one.",
        ),
        "d": (
            "more than half of them",
            "With 50,000 rules it's that many of English words. With 509, fewer rules compete.",
        ),
    },
    right="c",
)

speed = Choice(
    id="speed",
    ask="How much faster is encoding by rank with a cache than the oracle, which applies all rules "
    "to the whole text?",
    options={
        "a": (
            "about twice as fast",
            "The oracle walks through the text once for each of 509 rules, whether they fit or "
            "not.",
        ),
        "b": ("hundreds of times", "509 walks through the text become one look-up for each word."),
        "c": (
            "about twenty times",
            "That is about what the cache alone brings. Looking only at rules that fit brings the "
            "rest.",
        ),
    },
    right="b",
)

round_trip = Choice(
    id="round-trip",
    ask="Take any list of tokens, decode it, and encode the text again. Do you get the same "
    "tokens?",
    options={
        "a": (
            "not always",
            "Several lists may spell one text, and encoding picks one of them. A broken character "
            "is replaced besides.",
        ),
        "b": (
            "always, since decoding loses nothing",
            "It loses which of several lists it was: `t`, `h`, `e` and their merged tokens spell "
            "the same text.",
        ),
        "c": (
            "always for English, not for other scripts",
            "The script doesn't matter: three single letters of an English word come back merged.",
        ),
    },
    right="a",
)

gpt2_size = Number(
    id="gpt2-size",
    ask="GPT-2 starts from bytes, learned 50,000 merges and has one special token. How many tokens "
    "has its vocabulary?",
    value=lambda: 256 + 50_000 + 1,
    within=0,
    unit="tokens",
    low="Add all three: every byte is a token, each merge makes one more, and so does the special. "
    "256 + 50,000 + 1.",
    high="Each merge adds one token, and there are 256 bytes: 256 + 50,000 + 1.",
    right="256 bytes, 50,000 merges, one special: the 50,257 of its paper, without looking it up.",
)

hindi = Number(
    id="hindi",
    ask="Your tokenizer has read English stories. How many tokens does it need for each character "
    "of the Hindi sentence?",
    value=lambda: len(HINDI.encode()) / len(HINDI),
    within=0.3,
    unit="tokens a character",
    low="No merge was learned for Hindi, so each byte is a token. Its letters take three bytes "
    "each, spaces take one.",
    high="Each byte is a token, no more: three for a letter of Hindi, one for a space.",
    right="No merge fits, so it is the bytes: three a letter, one a space.",
)

which_is_better = Choice(
    id="which-is-better",
    ask="Model A pays 2.0 nats for each letter. Model B pays 3.6 nats for each token, and its "
    "tokens have four letters on average. Which is the better model of the text?",
    options={
        "a": (
            "A, because its loss is lower",
            "Its loss is lower for each thing that it predicts, but it predicts four times as many "
            "things.",
        ),
        "b": ("B, at 0.9 nats a letter", "Four letters share 3.6 nats: a text costs under half."),
        "c": (
            "they can't be compared, since their symbols differ",
            "They can: both give a probability to the same text. Share the cost by what the text "
            "has, letters or bytes.",
        ),
    },
    right="b",
)

spelled = Choice(
    id="spelled",
    ask="Both boxes are taught the same 1,000 names. The one that reads bytes then spells more "
    "than half of all new names without a mistake. And the one that reads tokens of 400 merges?",
    options={
        "a": (
            "fewer than one in ten",
            "Most new names hold a token that came in few of the taught ones, and nothing else "
            "tells its letters.",
        ),
        "b": (
            "about a quarter",
            "That would do if a quarter of the new names were made of tokens that it knows well. "
            "But a name is right only if each of its tokens is spelled right.",
        ),
        "c": (
            "as many, since the names are the same",
            "The names are, but not what is learned from them: to copy a byte is one rule, and "
            "the letters of 400 tokens are 400 facts.",
        ),
    },
    right="a",
)

skip_rank = Choice(
    id="skip-rank",
    ask="A tokenizer learned to merge `bc` first and `ab` second, nothing else. How does it cut "
    "`abc`?",
    options={
        "a": ("ab | c", "That goes from left to right. `bc` was learned first, so it gets the b."),
        "b": ("a | b | c", "Both rules would fit, so one of them is used: the earlier one."),
        "c": ("a | bc", "The rule of the lowest rank wins, wherever it stands."),
    },
    right="c",
    skip=True,
)

skip_merges = Choice(
    id="skip-merges",
    ask="A vocabulary that starts from bytes shall have 1,000 entries, two of them specials. How "
    "many merges are learned?",
    options={
        "a": ("1,000", "Then the vocabulary would have 1,258 entries: bytes and specials count."),
        "b": ("742", "1,000 - 256 - 2: bytes and specials are there before anything is learned."),
        "c": ("744", "That is without the two specials, which are entries that nobody learns."),
    },
    right="b",
    skip=True,
)

skip_bits = Choice(
    id="skip-bits",
    ask="A text of 800 bytes has 200 tokens, and a model pays 2 nats for each. What is that in "
    "bits per byte?",
    options={
        "a": ("0.72", "400 nats are 577 bits, shared by 800 bytes."),
        "b": ("0.35", "You multiplied by ln 2. A nat is more than a bit: divide."),
        "c": ("2.89", "That is bits per token. Four bytes share each token."),
    },
    right="a",
    skip=True,
)
