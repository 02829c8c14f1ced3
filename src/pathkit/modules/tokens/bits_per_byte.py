"""From a loss per token to bits per byte."""

from __future__ import annotations

import math

from pathkit.checks.exercise import exercise


@exercise(
    title="From a loss per token to bits per byte",
    level="easy",
    minutes=4,
    prompt="""
        A model paid `loss` nats for each of the `tokens` tokens of a text, on average. What did it
        pay in bits for each byte of the text?
        """,
    probes=lambda rng: [
        (math.log(2), 4, "aaaaaaaa"),
        (2.0, 5, "the cat sat on it"),
        (3.5, 9, "naïve Ελλάδα 你好"),
        (1.25, 40, "ab" * 11),
        (rng.uniform(0.5, 4), int(rng.integers(3, 30)), "één " * int(rng.integers(2, 9))),
        (0.0, 3, "free"),
    ],
    hints=[
        "What did the whole text cost, in nats? And how many bytes does it have?",
        """
        The whole: `loss * tokens` nats. A nat is 1 / ln 2 bits. The text has `len(text.encode())`
        bytes.
        """,
        "`return loss * tokens / math.log(2) / ___`",
    ],
    errors=[
        ("TypeError: object of type 'int' has no len()", "`tokens` is a number already."),
        ("AttributeError: 'int' object has no attribute 'encode'", "`text` is what has bytes."),
    ],
    passed="Bits and bytes belong to the text, so any two tokenizers can be compared.",
)
def bits_per_byte(loss: float, tokens: int, text: str) -> float:
    """What a model pays for each byte of a text, in bits.

    loss: mean nats for each token. tokens: how many the text has. text: not empty; its bytes are
    those of UTF-8.
    """
    return loss * tokens / math.log(2) / len(text.encode())


@bits_per_byte.misconception(
    "This is in nats. The unit asked for is bits, as files are counted in bits: a nat is 1 / ln 2 "
    "= 1.44 of them, so divide by ln 2."
)
def _nats_for_bits(loss, tokens, text):
    return loss * tokens / len(text.encode())


@bits_per_byte.misconception(
    "You divided by the number of characters. English has one byte a character, but é has two and "
    "你 three: count the bytes, `len(text.encode())`."
)
def _per_character(loss, tokens, text):
    return loss * tokens / math.log(2) / len(text)


@bits_per_byte.misconception(
    "This is bits for each token. Longer tokens are fewer and harder, so that number can't compare "
    "two tokenizers: multiply by the tokens, divide by the bytes."
)
def _bits_per_token(loss, tokens, text):
    return loss / math.log(2)


@bits_per_byte.misconception(
    "The ratio is upside down. With fewer tokens for the same text the cost of a byte must fall, "
    "not rise: multiply by tokens, divide by bytes."
)
def _ratio_upside_down(loss, tokens, text):
    return loss / math.log(2) * len(text.encode()) / tokens


@bits_per_byte.misconception(
    "You multiplied by ln 2 and should have divided. A bit is smaller than a nat, so there are "
    "more of them: 1 nat is 1.44 bits."
)
def _multiplied_by_ln_2(loss, tokens, text):
    return loss * tokens * math.log(2) / len(text.encode())


@bits_per_byte.misconception(
    "The number of tokens is missing. The loss is a mean over tokens, so the whole text cost the "
    "loss times the tokens; that is what the bytes share."
)
def _one_token(loss, tokens, text):
    return loss / math.log(2) / len(text.encode())


@bits_per_byte.misconception(
    "This is what the whole text costs, in bits. Divide by its bytes to get the cost of one."
)
def _whole_text(loss, tokens, text):
    return loss * tokens / math.log(2)


@bits_per_byte.misconception(
    "You took the logarithm of the loss. A loss is a logarithm already, in nats; only its unit "
    "changes: divide it by ln 2, as metres are divided to get miles."
)
def _log_of_the_loss(loss, tokens, text):
    return math.log2(loss) * tokens / len(text.encode())


@bits_per_byte.spelling(_log_of_the_loss)
def _log_of_the_whole(loss, tokens, text):
    return math.log2(loss * tokens) / len(text.encode())


@bits_per_byte.misconception(
    "This is divided by 8 on top of the bytes. The cost is asked in bits, for each byte: only a "
    "size in bytes would need the 8."
)
def _eight_bits(loss, tokens, text):
    return loss * tokens / math.log(2) / len(text.encode()) / 8


@bits_per_byte.misconception(
    "You took e to the loss. That tells among how many tokens a model hesitates; what it pays is "
    "the loss itself, and only its unit changes: divide it by ln 2."
)
def _e_to_the_loss(loss, tokens, text):
    return math.exp(loss) * tokens / len(text.encode())


@bits_per_byte.misconception(
    "You shared the cost among the words. How long a word is differs from language to language; "
    "bytes are asked for, `len(text.encode())`."
)
def _per_word(loss, tokens, text):
    return loss * tokens / math.log(2) / len(text.split())
